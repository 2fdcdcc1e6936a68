//! All axes but the batch as one, as a layer.

use super::layer::Layer;
use crate::agreement;
use crate::arith::FlattensFrom;
use crate::element::Element;
use crate::shape::{Axis, ByStart, Further, ListOf, Shape, kind};
use crate::storage::{Heap, OtherShape};
use crate::tensor::Tensor;
use crate::verify;

/// All axes behind the first as one, in row-major order: of `(n, c, h, w)` it makes
/// `(n, c * h * w)`, as PyTorch's `nn.Flatten()` does.
///
/// As a layer, which moves no element; of tensors and expressions it is
/// [`flatten_from(Axis::<1>)`](crate::ops::Reshaping::flatten_from), which says how far the compiler
/// multiplies.
///
/// ```
/// use shapewright::{nn::{Flatten, Layer}, tensor};
/// assert_eq!(Flatten.forward(tensor![[[1, 2], [3, 4]], [[5, 6], [7, 8]]]), [[1, 2, 3, 4], [5, 6, 7, 8]]);
/// ```
#[doc(alias("nn.Flatten"))]
#[derive(Clone, Copy, Debug, Default)]
pub struct Flatten;

/// How the second axis of the list of the shape `S` is found, which has two or more.
#[diagnostic::on_unimplemented(
    message = "`Flatten` cannot take data of shape `{S}`: it takes 2 axes or more",
    label = "expected data of shape `(n, ..)`",
    note = "all axes behind the batch become one; a batch of one is made by `.expand_dims(Axis::<0>)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait SecondAxis<S> {
    /// The way by which [`Axis<1>`](Axis) is.
    type How;
    /// The kind of axes by position, which is asked about the axis only where there is one.
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
        // No element moves: a tensor on the heap is row-major.
        Tensor { buffer: <Heap as OtherShape<Output>>::with_shape::<T, S>(x.buffer), shape }
    }
}
