//! The element type and the shape that the user states where a `.npy` file is included, compared
//! with those of the file.

use core::marker::PhantomData;

use super::Aligned;
use super::table::IncludedTensor;
use crate::element::Element;
use crate::shape::{Invariant, Shape};
use crate::tensor::TensorView;

/// The element type and the shape that the code around the macro states. What that code does not
/// state is inferred: it is that of the file.
#[derive(Debug)]
pub struct Stated<T, S>(Invariant<(T, S)>);
impl<T, S> Clone for Stated<T, S> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T, S> Copy for Stated<T, S> {}

impl<T: Element, S: Shape> Stated<T, S> {
    /// A value whose `T` and `S` the compiler infers from the code that uses it.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "a macro's")]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

/// The view of the tensor that the macro read. The compiler has already compared its element type
/// and shape with `T` and `S`.
///
/// # Panics
/// If the element type of the tensor is not `T`, or its shape is not `S`, in spite of that.
#[must_use]
pub const fn included<T: Element, S: Shape>(
    _: Stated<T, S>,
    tensor: &IncludedTensor,
    data: &'static Aligned<[u8]>,
) -> TensorView<'static, T, S> {
    if tensor.is::<T, S>()
        && let Some(view) = data.view(tensor.start, tensor.end)
    {
        return view;
    }
    panic!("the file is of another element type or shape than the type says")
}
