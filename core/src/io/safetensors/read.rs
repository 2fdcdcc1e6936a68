//! Reads a tensor of a file: checks its element type, shape and elements, and copies or views it.

use alloc::string::ToString;

use super::element::{Dtype, SafeTensorsElement};
use super::error::SafeTensorsError;
use super::{SafeTensors, header};
use crate::element::Element;
use crate::shape::FromLengths;
use crate::tensor::{Tensor, TensorView, elements_in};

impl SafeTensors<'_> {
    /// A copy of the tensor `name`, as [`tensor`](Self::tensor) makes it.
    pub(super) fn copied<T, S>(&self, name: &str) -> Result<Tensor<T, S>, SafeTensorsError>
    where
        T: Element + SafeTensorsElement,
        S: FromLengths,
    {
        let (shape, data) = self.find::<T, S>(name)?;
        // On a little-endian machine, aligned data is copied as it is, without a conversion of each
        // element.
        if cfg!(target_endian = "little")
            && let Ok(elements) = elements_in(data)
            && let Ok(tensor) = Tensor::from_shape_slice(shape, elements)
        {
            return Ok(tensor);
        }
        let mut elements = data.chunks_exact(size_of::<T>()).map(T::from_little_endian);
        Ok(Tensor::from_fn_of(shape, |_| elements.next().unwrap_or(T::ZERO)))
    }

    /// A view of the tensor `name`, as [`view`](Self::view) makes it.
    pub(super) fn viewed<T, S>(&self, name: &str) -> Result<TensorView<'_, T, S>, SafeTensorsError>
    where
        T: Element + SafeTensorsElement,
        S: FromLengths,
    {
        let (shape, data) = self.find::<T, S>(name)?;
        if cfg!(target_endian = "big") && size_of::<T>() > 1 {
            return Err(SafeTensorsError::BigEndian { name: name.to_string() });
        }
        let elements = elements_in(data).map_err(|_| SafeTensorsError::Misaligned {
            name: name.to_string(),
            align: align_of::<T>(),
            past: data.as_ptr().addr() % align_of::<T>(),
        })?;
        let view = TensorView::from_shape(shape, elements);
        view.map_err(|error| {
            let lengths = shape.lengths();
            SafeTensorsError::unlike::<T, S>(name, Dtype::of::<T>(), lengths.as_ref(), Some(error))
        })
    }

    /// The shape and the data of the tensor `name`. The data is as long as the elements of that
    /// shape, and each element is a valid `T`.
    fn find<T, S>(&self, name: &str) -> Result<(S, &[u8]), SafeTensorsError>
    where
        T: Element + SafeTensorsElement,
        S: FromLengths,
    {
        let info = self.info(name)?;
        let found = Dtype::known(info.dtype);
        let shape = header::shape_of::<S>(&info.shape);
        let (shape, bytes) = match shape {
            Ok((shape, count)) if found.is::<T>() => (shape, count.saturating_mul(size_of::<T>())),
            other => {
                return Err(SafeTensorsError::unlike::<T, S>(
                    name,
                    found,
                    &info.shape,
                    other.err(),
                ));
            }
        };
        let data = self.data_of(info);
        if data.len() != bytes {
            return Err(SafeTensorsError::Truncated {
                part: "data",
                expected: bytes,
                found: data.len(),
            });
        }
        match T::invalid(data) {
            Some((index, byte)) => {
                Err(SafeTensorsError::InvalidBool { name: name.to_string(), index, byte })
            }
            None => Ok((shape, data)),
        }
    }
}
