//! The same tensor with a shape of the same lengths but of other types.

use super::Tensor;
use crate::element::Element;
use crate::error::ShapeError;
use crate::shape::{FromLengths, Renames, Shape};
use crate::storage::{OtherShape, Storage};

/// Changing the types of the lengths, such as a number to a name. On the heap and in views nothing
/// is copied.
impl<T: Element, S: Shape, B: Storage> Tensor<T, S, B> {
    /// The same elements with other names for the axes. A static length can become any axis of the
    /// same static length: a number can become a name, a name can become a number, and
    /// [`One`](crate::One) and `Dim<1>` can replace each other. Every axis can become a run-time
    /// length. A run-time length cannot become static; [`try_with_shape`](Self::try_with_shape)
    /// compares it first. A tensor that is borrowed is renamed by its view, `x.view().rename()`.
    ///
    /// ```
    /// use shapewright::{Tensor, dim, prelude::*, shape, tensor};
    /// dim!(pub Rows = 2, pub Batch);
    /// let x = tensor![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]].rename::<shape![Rows, 3]>();
    /// assert_eq!(x.sum_axis(Rows).to_tensor(), tensor![5.0, 7.0, 9.0]);
    /// let batch: Tensor<f64, shape![?Batch, 3]> = x.rename();
    /// assert_eq!(batch.shape().lengths(), [2, 3]);
    /// ```
    /// An inline array can only get static lengths:
    /// ```
    /// # use shapewright::{array, dim, prelude::*, shape};
    /// # dim!(pub Rows = 2);
    /// let x = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]].rename::<shape![Rows, 3]>();
    /// assert_eq!(x.sum_axis(Rows).to_array(), [5.0, 7.0, 9.0]);
    /// ```
    /// ```compile_fail
    /// # use shapewright::{prelude::*, shape, tensor};
    /// let _ = tensor![1.0, 2.0].rename::<shape![3]>(); // another length
    /// ```
    #[doc(alias("refine_names"))]
    #[must_use]
    pub fn rename<To: Renames<S>>(self) -> Tensor<T, To, B>
    where
        B: OtherShape<To>,
    {
        let shape = To::renamed(self.shape());
        Tensor { buffer: B::with_shape::<T, S>(self.buffer), shape: B::kept(shape) }
    }

    /// The same elements as a tensor of the shape `To`, if its lengths are the same: run-time
    /// lengths are compared once, and the lengths of the result can be static.
    ///
    /// If a length differs, the tensor is dropped. To keep it, call `try_with_shape` on a
    /// [`view`](Tensor::view).
    ///
    /// # Errors
    /// If a length differs.
    ///
    /// ```
    /// use shapewright::{Tensor, prelude::*, shape};
    /// let x: Tensor<f32, shape![?, ?]> = Tensor::from_fn_of(shape![shapewright::Dyn::of(2), shapewright::Dyn::of(3)], |_| 1.0);
    /// let error = x.view().try_with_shape::<shape![2, 4]>().unwrap_err();
    /// assert!(error.to_string().starts_with("shape mismatch: expected (2, 4), found (2, 3): axis -1 must be 4, not 3"));
    /// let x: Tensor<f32, shape![2, 3]> = x.try_with_shape()?;
    /// # assert_eq!(x.sum(), 6.0);
    /// # Ok::<(), shapewright::ShapeError>(())
    /// ```
    #[doc(alias("into_dimensionality"))]
    pub fn try_with_shape<To: FromLengths<Lengths = S::Lengths>>(
        self,
    ) -> Result<Tensor<T, To, B>, ShapeError>
    where
        B: OtherShape<To>,
    {
        let lengths = self.shape().lengths();
        match To::from_lengths(lengths) {
            Some(shape) => {
                Ok(Tensor { buffer: B::with_shape::<T, S>(self.buffer), shape: B::kept(shape) })
            }
            None => Err(ShapeError::unlike::<To>(lengths.as_ref())),
        }
    }
}
