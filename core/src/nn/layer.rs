//! What a network is made of: layers that take data of one shape and give data of another.

use super::cost::count;
use super::summary::{Row, Summary, shown};
use crate::element::Element;
use crate::shape::Shape;
use crate::tensor::Tensor;

/// A layer: what computes data of another shape, or of the same, of data of shape `S`.
///
/// The layers of this module implement it where their data are floats, and so do
/// [`Sequential`](super::Sequential) and arrays `[Block; N]`; [`Embedding`](super::Embedding), which
/// takes indices, does not, and comes before a sequence. A layer of your own is a struct and this
/// trait:
///
/// ```
/// use shapewright::{Dim, Tensor, nn::{Layer, Linear, Relu, Sequential}, prelude::*};
///
/// /// Two linear layers, and what went in added to what comes out.
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
/// Such a struct is one row of a [`summary`](Self::summary), and its parameters are not known there
/// until it says what it is made of:
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
/// What the layers here do as a `Layer` is what their own `forward` does, which is lazy: it takes
/// any expression, needs no allocator, and fuses with what follows. As a `Layer` each is computed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot take data of shape `{S}` and elements of type `{T}`",
    label = "this layer does not take the shape `{S}`",
    note = "call the layer's own `forward` with such data to read what differs",
    note = "a struct of your own implements `shapewright::nn::Layer<S>` for the shapes that it takes",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait Layer<S: Shape, T: Element = f32> {
    /// The shape of what it gives.
    type Output: Shape;

    /// How many parameters the layer has; `None` where it does not say so.
    const PARAMETERS: Option<usize> = None;
    /// How many multiplications it takes, for one element along axes of run time; `None` where it
    /// does not say so.
    const MULTIPLICATIONS: Option<usize> = None;
    /// How many bytes its result takes, for one element along axes of run time.
    const ACTIVATION_BYTES: usize = count::<Self::Output>().saturating_mul(size_of::<T>());

    /// What the layer gives of the data.
    ///
    /// # Panics
    /// Where lengths of run time do not fit the layer.
    #[track_caller]
    fn forward(&self, x: Tensor<T, S>) -> Tensor<T, Self::Output>;

    /// Adds the layer to a summary, as one row. A layer that is made of others adds those, by
    /// [`Summary::nested`].
    fn describe(&self, to: &mut Summary) {
        to.push(Row {
            layer: core::any::type_name::<Self>(),
            output: shown::<Self::Output>(),
            parameters: Self::PARAMETERS,
            multiplications: Self::MULTIPLICATIONS,
            bytes: Self::ACTIVATION_BYTES,
        });
    }

    /// The table of the layers, where data of this shape goes in.
    fn summary(&self, input: S) -> Summary {
        let _ = input;
        let mut summary = Summary::default();
        self.describe(&mut summary);
        summary
    }
}

/// What the compiler asks whether a layer fits where it stands in a sequence.
#[derive(Debug)]
pub struct Sequence;

/// The layer `L`, number `AT` of a sequence, takes data of shape `S` and elements of type `T`.
///
/// It is not the layer that is its `Self`, so that the compiler prints what is said here, and not
/// what is said of [`Layer`].
#[diagnostic::on_unimplemented(
    message = "layer {AT} of the network, `{L}`, cannot take `{S}` of `{T}`",
    label = "layer {AT} cannot take the shape or the elements that are given to it",
    note = "that is what comes out of the layer before, or goes into the network; layers count from 0, as in PyTorch's `nn.Sequential`",
    note = "what differs is said where the layer's own `forward` is called with such data; a struct of your own is a layer where it implements `shapewright::nn::Layer`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait Takes<L, S: Shape, T: Element, const AT: usize> {
    /// The shape of what the layer gives.
    type Output: Shape;
    /// Its elements, which are of type `T`. Where the layer does not fit they are unknown, and the
    /// compiler has nothing to say of the layers that follow.
    type Element: Element;
    /// As [`Layer`] has them.
    const PARAMETERS: Option<usize>;
    /// As [`Layer`] has them.
    const MULTIPLICATIONS: Option<usize>;
    /// As [`Layer`] has them.
    const ACTIVATION_BYTES: usize;
    /// What the layer gives of the data.
    #[track_caller]
    fn forward(layer: &L, x: Tensor<T, S>) -> Tensor<Self::Element, Self::Output>;
    /// As [`Layer`] does.
    fn describe(layer: &L, to: &mut Summary);
}

/// The shape of what a layer gives, of elements of type `T`. It is asked of the shape: where that is
/// unknown, as the layer does not fit, so is the type.
pub trait LayerOutput {
    /// `T`.
    type Element<T: Element>: Element;
}
impl<S: Shape> LayerOutput for S {
    type Element<T: Element> = T;
}

// Hidden from what the compiler recommends, so that it says which layer, and not what that lacks;
// and the output is a parameter, as the compiler would look for a projection of the layer on a way
// past this impl.
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
