//! The layer that flattens all axes but the batch into one.

use super::layer::Layer;
use crate::agreement;
use crate::arith::FlattensFrom;
use crate::element::Element;
use crate::shape::{Axis, ByStart, Further, ListOf, Shape, kind};
use crate::storage::{Heap, OtherShape};
use crate::tensor::Tensor;
use crate::verify;

/// Flattens all axes after the first into one, in row-major order: `(n, c, h, w)` becomes
/// `(n, c * h * w)`, as with PyTorch's `nn.Flatten()`.
///
/// The layer moves no elements. Tensors and expressions have the method
/// [`flatten_from(Axis::<1>)`](crate::ops::Reshaping::flatten_from). Its documentation states the
/// greatest product of lengths that the compiler can compute.
///
/// ```
/// use shapewright::{nn::{Flatten, Layer}, tensor};
/// assert_eq!(Flatten.forward(tensor![[[1, 2], [3, 4]], [[5, 6], [7, 8]]]), [[1, 2, 3, 4], [5, 6, 7, 8]]);
/// ```
#[doc(alias("nn.Flatten"))]
#[derive(Clone, Copy, Debug, Default)]
pub struct Flatten;

/// `Self`, the list of the axes of `S`, has at least two axes.
#[diagnostic::on_unimplemented(
    message = "`Flatten` cannot take data of shape `{S}`: it takes 2 axes or more",
    label = "expected data of shape `(n, ..)`",
    note = "all axes behind the batch become one; a batch of one is made by `.expand_dims(Axis::<0>)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait SecondAxis<S> {
    /// The path by which the compiler finds [`Axis<1>`](Axis).
    type How;
    /// Always [`kind::Position`]. But the compiler can resolve this type only if there is a second
    /// axis; otherwise it checks no further bound, so that a mistake is reported once.
    type Kind;
}
#[diagnostic::do_not_recommend]
impl<A, B, S> SecondAxis<S> for (((), A), B) {
    type How = ByStart;
    type Kind = kind::Position;
}
#[diagnostic::do_not_recommend]
impl<L, A, B, C, S> SecondAxis<S> for (((L, A), B), C)
where
    ((L, A), B): SecondAxis<S>,
{
    type How = Further<<((L, A), B) as SecondAxis<S>>::How>;
    type Kind = kind::Position;
}

impl<S: Shape, T: Element, How, Kind, Output: Shape> Layer<S, T> for Flatten
where
    ListOf<S>: SecondAxis<S, How = How, Kind = Kind>,
    Kind: FlattensFrom<Axis<1>, S, How, Output = Output>,
{
    type Output = Output;
    const PARAMETERS: Option<usize> = Some(0);
    const MULTIPLICATIONS: Option<usize> = Some(0);
    #[track_caller]
    fn forward(&self, x: Tensor<T, S>) -> Tensor<T, Output> {
        const { verify::same_count::<S, Output>() };
        let shape = <Kind as FlattensFrom<Axis<1>, S, How>>::flattened(x.shape());
        agreement::same_count(x.shape(), shape);
        // No element moves, because a tensor on the heap is contiguous in row-major order.
        Tensor { buffer: <Heap as OtherShape<Output>>::with_shape::<T, S>(x.buffer), shape }
    }
}
