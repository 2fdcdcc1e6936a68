//! Reads and checks tensors, and records which tensors have been read and what was wrong with them.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::content::{Content, DescribedTensor};
use super::element::WeightElement;
use super::problem::Problem;
use crate::agreement;
use crate::axes::MAX_RANK;
use crate::error::ShapeError;
use crate::lengths::Lengths;
use crate::shape::Shape;
use crate::tensor::{Tensor, elements_in};
use crate::verify;

/// The state of loading a value: the current name, the tensors that have been read, and the
/// problems.
pub(super) struct Log {
    /// The name of the value that is being read, with the prefix.
    pub(super) name: String,
    /// The length of the prefix, with which `name` begins.
    pub(super) prefix: usize,
    convert: bool,
    /// For each tensor of the file, whether it has been read.
    pub(super) read: Vec<bool>,
    pub(super) problems: Vec<Problem>,
}

impl Log {
    pub(super) fn new(content: &Content<'_>, prefix: &str, convert: bool) -> Self {
        let read = vec![false; content.tensors().len()];
        Self { name: prefix.to_owned(), prefix: prefix.len(), convert, read, problems: Vec::new() }
    }

    /// Calls `f` with `name` appended to the current name.
    pub(super) fn below<R>(&mut self, name: &str, f: impl FnOnce(&mut Self) -> R) -> R {
        let length = self.name.len();
        if length > self.prefix {
            self.name.push('.');
        }
        self.name.push_str(name);
        let result = f(self);
        self.name.truncate(length);
        result
    }

    /// Reads the tensor with the current name, which must have the shape `expected` if a shape is
    /// given.
    pub(super) fn tensor<T: WeightElement, S: Shape>(
        &mut self,
        content: &Content<'_>,
        expected: Option<S>,
    ) -> Option<Tensor<T, S>> {
        const { verify::counted::<S>() };
        let Some(index) = content.find(&self.name) else {
            self.problems.push(Problem::Missing { name: self.name.clone(), nearest: None });
            return None;
        };
        self.read[index] = true;
        let described = match &content.tensors()[index].what {
            Ok(described) => described,
            Err(problem) => {
                let (name, problem) = (self.name.clone(), problem.clone());
                self.problems.push(Problem::TensorData { name, problem });
                return None;
            }
        };
        let before = self.problems.len();
        self.check_element::<T>(described);
        let shape = self.check_shape(described, expected);
        let shape = shape.filter(|_| self.problems.len() == before)?;
        read(content, index, described, shape)
            .map_err(|problem| {
                self.problems.push(Problem::TensorData { name: self.name.clone(), problem })
            })
            .ok()
    }

    fn check_element<T: WeightElement>(&mut self, described: &DescribedTensor) {
        let converts = described.kind.is_some_and(|kind| kind.is_float() && T::KIND.is_float());
        if described.kind != Some(T::KIND) && !(converts && self.convert) {
            let found = described
                .kind
                .map_or_else(|| described.words.clone(), |kind| kind.name().to_owned());
            let (name, expected) = (self.name.clone(), T::KIND.name());
            self.problems.push(Problem::Element { name, found, expected, converts });
        }
    }

    fn check_shape<S: Shape>(
        &mut self,
        described: &DescribedTensor,
        expected: Option<S>,
    ) -> Option<S> {
        let lengths = &described.shape;
        let found = agreement::found::<S>(lengths);
        let (words, why) = match (found, expected) {
            (Ok(found), None) => return Some(found),
            (Ok(found), Some(expected)) if found.lengths() == expected.lengths() => {
                return Some(found);
            }
            (Ok(found), Some(expected)) => {
                let (found, expected) = (found.lengths(), expected.lengths());
                (
                    Lengths::new(expected.as_ref()).to_string(),
                    differ(found.as_ref(), expected.as_ref()),
                )
            }
            (Err(error), None) => {
                (ShapeError::wanted::<S>().to_string(), turned::<S>(lengths, error))
            }
            (Err(error), Some(expected)) => {
                (Lengths::new(expected.lengths().as_ref()).to_string(), turned::<S>(lengths, error))
            }
        };
        let (name, found) = (self.name.clone(), Lengths::new(lengths));
        self.problems.push(Problem::Shape { name, found, expected: words, why });
        None
    }
}

/// The difference between two shapes with the same number of axes, in words.
fn differ(found: &[usize], expected: &[usize]) -> String {
    let axis = found
        .iter()
        .rev()
        .zip(expected.iter().rev())
        .position(|(found, expected)| found != expected);
    let at = axis.unwrap_or(0) + 1;
    format!("axis -{at} must be {}, not {}", expected[expected.len() - at], found[found.len() - at])
}

/// Says in words why the lengths `found` do not fit the shape `S`. `error` is what their comparison
/// has returned.
fn turned<S: Shape>(found: &[usize], error: ShapeError) -> String {
    let mut turned = found.to_vec();
    turned.reverse();
    if turned != found && found.len() <= MAX_RANK && agreement::found::<S>(&turned).is_ok() {
        return "its axes are the other way round".to_string();
    }
    error.why().to_string()
}

/// Reads a tensor whose shape and element type have been checked.
fn read<T: WeightElement, S: Shape>(
    content: &Content<'_>,
    index: usize,
    described: &DescribedTensor,
    shape: S,
) -> Result<Tensor<T, S>, String> {
    let Some(kind) = described.kind else { return Err(described.words.clone()) };
    let count = agreement::checked(shape).map_err(|error| error.to_string())?;
    let bytes =
        |size: usize| count.checked_mul(size).filter(|&bytes| isize::try_from(bytes).is_ok());
    let (Some(expected), Some(_)) = (bytes(kind.size()), bytes(size_of::<T>())) else {
        return Err("it has more bytes than memory".to_string());
    };
    let data = content.data(index, expected)?;
    let data = data.bytes();
    let same = kind == T::KIND;
    if same
        && kind.name() == "bool"
        && let Some(at) = data.iter().position(|&byte| byte > 1)
    {
        return Err(format!(
            "invalid bool: element {at} is the byte {}, a bool is 0 or 1",
            data[at]
        ));
    }
    // If the bytes of the data are those that the tensor has in memory, they are copied at once,
    // and not element by element.
    if same
        && !described.fortran_order
        && (described.big_endian == cfg!(target_endian = "big") || kind.size() == 1)
        && let Ok(elements) = elements_in(data)
        && let Ok(tensor) = Tensor::from_shape_slice(shape, elements)
    {
        return Ok(tensor);
    }
    let element = |raw: &[u8]| {
        if same {
            T::from_raw(raw, described.big_endian)
        } else {
            T::from_f64(kind.float(raw, described.big_endian)).unwrap_or(T::ZERO)
        }
    };
    #[cfg(feature = "npz")]
    if described.fortran_order {
        let mut raw = crate::io::npy::Raw::new(data, &described.shape, true);
        return Ok(Tensor::from_fn_of(shape, |_| raw.next(kind.size()).map_or(T::ZERO, element)));
    }
    let mut raw = data.chunks_exact(kind.size());
    Ok(Tensor::from_fn_of(shape, |_| raw.next().map_or(T::ZERO, element)))
}
