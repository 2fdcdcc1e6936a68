//! The trait of the layers that networks consist of. Each layer takes data of one shape, and
//! returns data of another.
//!
//! As a [`Layer`], a layer takes a tensor by value and computes its result. So a network compiles
//! to one function per layer, which calls code shared between shapes. Memory is needed for the data
//! of two layers only, and activations work in place. A layer of your own is one short impl. The
//! inherent method `forward` of a layer type, unlike that of the trait, is lazy.
//!
//! [`Sequential`](super::Sequential) uses the trait [`Takes`] to check that a layer fits. Two
//! details of `Takes` make the error message state the position of the layer. First, `Self` is
//! [`Sequence`]: with the layer as `Self`, the compiler would print the message of [`Layer`].
//! Second, the output shape is a parameter of the impl: with the projection `L::Output` in its
//! place, the compiler would report an error in the projection in spite of `do_not_recommend`.

use super::cost::count;
use super::summary::{Row, Summary, shown};
use crate::element::Element;
use crate::shape::Shape;
use crate::tensor::Tensor;

/// A layer: computes data of the shape `Output` from data of shape `S`.
///
/// The layers of this module implement this trait for data of floats, and so do
/// [`Sequential`](super::Sequential) and arrays `[Block; N]`. [`Embedding`](super::Embedding) does
/// not, because its input is indices; apply an embedding before the sequence. A layer of your own
/// is a struct with an impl of this trait:
///
/// ```
/// use shapewright::{Dim, Tensor, nn::{Layer, Linear, Relu, Sequential}, prelude::*};
///
/// /// Two linear layers, with the input added to their output.
/// struct Residual<C: Length> {
///     first: Linear<C, C>,
///     second: Linear<C, C>,
/// }
/// impl<N: Length, C: Length> Layer<(N, C)> for Residual<C> {
///     type Output = (N, C);
///     fn forward(&self, x: Tensor<f32, (N, C)>) -> Tensor<f32, (N, C)> {
///         let hidden = self.first.forward(&x).relu().to_tensor();
///         (self.second.forward(&hidden) + x).to_tensor()
///     }
/// }
/// # let identity = || Linear::new(shapewright::tensor![[1.0f32, 0.0], [0.0, 1.0]], shapewright::tensor![0.0, 0.0]);
/// # let block = || Residual { first: identity(), second: identity() };
/// let net = Sequential((block(), Relu, block()));
/// assert_eq!(net.forward(shapewright::tensor![[1.0f32, 2.0], [3.0, 0.0]]), [[4.0, 8.0], [12.0, 0.0]]);
/// ```
///
/// Such a struct is one row of a [`summary`](Self::summary), in which its number of parameters is
/// unknown. To list its parts instead, implement `describe`:
///
/// ```
/// # use shapewright::{Tensor, nn::{Layer, Linear, Summary}, prelude::*, shape, tensor};
/// # struct Residual<C: Length> { first: Linear<C, C>, second: Linear<C, C> }
/// impl<N: Length, C: Length> Layer<(N, C)> for Residual<C> {
///     type Output = (N, C);
///     fn forward(&self, x: Tensor<f32, (N, C)>) -> Tensor<f32, (N, C)> {
///         let hidden = self.first.forward(&x).relu().to_tensor();
///         (self.second.forward(&hidden) + x).to_tensor()
///     }
///     fn describe(&self, to: &mut Summary) {
///         to.nested("first", |to| Layer::<(N, C)>::describe(&self.first, to));
///         to.nested("second", |to| Layer::<(N, C)>::describe(&self.second, to));
///     }
/// }
/// # let zeros = || Linear::new(tensor![[0.0f32, 0.0], [0.0, 0.0]], tensor![0.0, 0.0]);
/// let table = Residual { first: zeros(), second: zeros() }.summary(shape![8, 2]).to_string();
/// assert!(table.contains("12"), "two layers of 2 * 2 + 2 parameters:\n{table}");
/// ```
///
/// This trait's `forward` returns the same elements as the layer's own method `forward`. But the
/// layer's own method is lazy: it takes any expression, needs no allocator, and fuses with what
/// follows. This trait's method computes the result.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot take data of shape `{S}` and elements of type `{T}`",
    label = "this layer does not take the shape `{S}`",
    note = "call the layer's own `forward` with such data to read what differs",
    note = "a struct of your own implements `shapewright::nn::Layer<S>` for the shapes that it takes",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait Layer<S: Shape, T: Element = f32> {
    /// The shape of the result.
    type Output: Shape;

    /// The number of parameters; `None` if the layer does not state it.
    const PARAMETERS: Option<usize> = None;
    /// The number of multiplications, counting each run-time length as 1; `None` if the layer does
    /// not state it.
    const MULTIPLICATIONS: Option<usize> = None;
    /// The number of bytes of the result, counting each run-time length as 1. It is 0 for
    /// `Relu` and the other elementwise layers, which work in place.
    const ACTIVATION_BYTES: usize = count::<Self::Output>().saturating_mul(size_of::<T>());

    /// Applies the layer to the data.
    ///
    /// # Panics
    /// If run-time lengths do not fit the layer.
    #[track_caller]
    fn forward(&self, x: Tensor<T, S>) -> Tensor<T, Self::Output>;

    /// Adds the layer to a summary, as one row. A layer that is made of other layers adds these
    /// layers instead, by [`Summary::nested`].
    fn describe(&self, to: &mut Summary) {
        to.push(Row {
            layer: core::any::type_name::<Self>(),
            output: shown::<Self::Output>(),
            parameters: Self::PARAMETERS,
            multiplications: Self::MULTIPLICATIONS,
            bytes: Self::ACTIVATION_BYTES,
        });
    }

    /// The table of the layers, for data of the shape `input`.
    fn summary(&self, input: S) -> Summary {
        let _ = input;
        let mut summary = Summary::default();
        self.describe(&mut summary);
        summary
    }
}

/// The only type that implements [`Takes`], the trait that checks whether a layer fits at its
/// position in a sequence.
#[derive(Debug)]
pub struct Sequence;

/// The layer `L`, at position `AT` of a sequence, takes data of shape `S` and elements of type `T`.
///
/// `Self` is [`Sequence`] and not the layer, so that the compiler prints this trait's message and
/// not that of [`Layer`].
#[diagnostic::on_unimplemented(
    message = "layer {AT} of the network, `{L}`, cannot take `{S}` of `{T}`",
    label = "layer {AT} cannot take the shape or the elements that are given to it",
    note = "that is what comes out of the layer before, or goes into the network; layers count from 0, as in PyTorch's `nn.Sequential`",
    note = "what differs is said where the layer's own `forward` is called with such data; a struct of your own is a layer where it implements `shapewright::nn::Layer`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait Takes<L, S: Shape, T: Element, const AT: usize> {
    /// The shape of the result.
    type Output: Shape;
    /// The element type of the result, which is `T`. If the layer does not fit, the compiler cannot
    /// resolve this type, and reports nothing about the layers that follow.
    type Element: Element;
    /// As [`Layer::PARAMETERS`].
    const PARAMETERS: Option<usize>;
    /// As [`Layer::MULTIPLICATIONS`].
    const MULTIPLICATIONS: Option<usize>;
    /// As [`Layer::ACTIVATION_BYTES`].
    const ACTIVATION_BYTES: usize;
    /// Applies the layer to the data.
    #[track_caller]
    fn forward(layer: &L, x: Tensor<T, S>) -> Tensor<Self::Element, Self::Output>;
    /// As [`Layer::describe`].
    fn describe(layer: &L, to: &mut Summary);
}

/// Implemented for every shape. `Self` is the shape of a layer's result, and `Element<T>` is always
/// `T`. If the layer does not fit, the compiler knows neither `Self` nor the element type, so it
/// reports nothing about the layers that follow (see [`Takes::Element`]).
pub trait LayerOutput {
    /// Always `T`.
    type Element<T: Element>: Element;
}
impl<S: Shape> LayerOutput for S {
    type Element<T: Element> = T;
}

// `do_not_recommend` hides this impl, so that the compiler reports which layer does not fit, and
// not which bound of the impl fails. The output shape is the parameter `Out` and not the projection
// `L::Output`, because the compiler would report an error in a projection in spite of
// `do_not_recommend`.
#[diagnostic::do_not_recommend]
impl<L: Layer<S, T, Output = Out>, S: Shape, T: Element, Out: Shape, const AT: usize>
    Takes<L, S, T, AT> for Sequence
{
    type Output = Out;
    type Element = <Out as LayerOutput>::Element<T>;
    const PARAMETERS: Option<usize> = L::PARAMETERS;
    const MULTIPLICATIONS: Option<usize> = L::MULTIPLICATIONS;
    const ACTIVATION_BYTES: usize = L::ACTIVATION_BYTES;
    #[inline]
    #[track_caller]
    fn forward(layer: &L, x: Tensor<T, S>) -> Tensor<T, Out> {
        layer.forward(x)
    }
    fn describe(layer: &L, to: &mut Summary) {
        layer.describe(to);
    }
}
