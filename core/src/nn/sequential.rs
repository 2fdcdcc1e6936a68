//! Sequences of layers: a tuple of layers in [`Sequential`], and an array of equal blocks.
//!
//! [`TakenBy`] is implemented for tuples of 1 to 16 layers. The shapes between the layers, and the
//! element types, are parameters of the impl: [`Takes`] of layer i has the output of layer i - 1 as
//! its input. The element type after a layer that does not fit is unknown, so of several layers
//! that do not fit the compiler reports only the first.

use super::cost::{plus, times};
use super::layer::{Layer, Sequence, Takes};
use super::summary::Summary;
use crate::element::Element;
use crate::shape::Shape;
use crate::tensor::Tensor;

/// Layers that are applied one after another, in a tuple of up to 16. Each layer takes the result
/// of the layer before it, and the compiler checks that the two fit.
///
/// ```
/// use shapewright::{Dim, nn::{Layer, Linear, Relu, Sequential}, prelude::*, tensor};
/// type Net = Sequential<(Linear<Dim<2>, Dim<3>>, Relu, Linear<Dim<3>, Dim<2>>)>;
/// let net: Net = Sequential((
///     Linear::new(tensor![[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]], tensor![0.0, 0.0, 0.0]),
///     Relu,
///     Linear::new(tensor![[1.0, 2.0, 3.0], [0.0, 0.0, 1.0]], tensor![0.5, 0.0]),
/// ));
/// assert_eq!(net.forward(tensor![[1.0, 2.0], [-4.0, 0.0]]), [[5.5, 0.0], [12.5, 4.0]]);
/// ```
/// A layer that does not fit does not compile, and the error states which it is:
/// ```compile_fail
/// # use shapewright::{Dim, Tensor, nn::{Layer, Linear, Relu, Sequential}, prelude::*, tensor};
/// type Net = Sequential<(Linear<Dim<2>, Dim<3>>, Relu, Linear<Dim<4>, Dim<1>>)>;
/// fn classify(net: &Net, x: Tensor<f32, shape![8, 2]>) {
///     let _ = net.forward(x);
///     // error: layer 2 of the network, `Linear<Dim<4>, Dim<1>>`, cannot take `(Dim<8>, Dim<3>)`
/// }
/// ```
#[doc(alias("nn.Sequential", "chain", "pipeline"))]
#[derive(Clone, Copy, Debug, Default)]
pub struct Sequential<Layers>(pub Layers);

impl<Layers> Sequential<Layers> {
    /// Applies all layers in order to `x`, and returns the result of the last. Each result is
    /// computed before the next layer is applied.
    ///
    /// # Panics
    /// If run-time lengths do not fit a layer.
    ///
    /// ```
    /// use shapewright::{nn::{Relu, Sequential, Tanh}, tensor};
    /// assert_eq!(Sequential((Relu, Tanh)).forward(tensor![-1.0f32, 0.0]), [0.0, 0.0]);
    /// ```
    #[track_caller]
    pub fn forward<S, T: Element, Out: Shape>(&self, x: Tensor<T, S>) -> Tensor<T, Out>
    where
        S: TakenBy<Layers, T, Output = Out>,
    {
        S::forward(&self.0, x)
    }

    /// The table of the layers, for data of the shape `input`.
    pub fn summary<S, T: Element, Out: Shape>(&self, input: S) -> Summary
    where
        S: TakenBy<Layers, T, Output = Out>,
    {
        Layer::<S, T>::summary(self, input)
    }
}

impl<S: Shape, T: Element, Layers, Out: Shape> Layer<S, T> for Sequential<Layers>
where
    S: TakenBy<Layers, T, Output = Out>,
{
    type Output = Out;
    const PARAMETERS: Option<usize> = S::PARAMETERS;
    const MULTIPLICATIONS: Option<usize> = S::MULTIPLICATIONS;
    const ACTIVATION_BYTES: usize = S::ACTIVATION_BYTES;
    #[track_caller]
    fn forward(&self, x: Tensor<T, S>) -> Tensor<T, Out> {
        S::forward(&self.0, x)
    }
    fn describe(&self, to: &mut Summary) {
        S::describe(&self.0, to);
    }
}

/// Data of this shape with elements of type `T` can be passed through the layers of a tuple, one by
/// one.
#[diagnostic::on_unimplemented(
    message = "`Sequential<{Layers}>` is not made of layers: it takes a tuple of 1 to 16",
    label = "expected a tuple of layers",
    note = "one layer is written with a comma behind it: `Sequential((layer,))`; more than 16 are sequences in a sequence",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait TakenBy<Layers, T: Element>: Shape {
    /// The shape of the result of the last layer.
    type Output: Shape;
    /// The number of parameters of all layers; `None` if a layer does not state it.
    const PARAMETERS: Option<usize>;
    /// The number of multiplications of all layers; `None` if a layer does not state it.
    const MULTIPLICATIONS: Option<usize>;
    /// The number of bytes of the results of all layers.
    const ACTIVATION_BYTES: usize;
    /// Adds the layers to a summary, each named by its position.
    fn describe(layers: &Layers, to: &mut Summary);
    /// Applies the layers in order, and returns the result of the last.
    #[track_caller]
    fn forward(
        layers: &Layers,
        x: Tensor<T, Self>,
    ) -> Tensor<T, <Self as TakenBy<Layers, T>>::Output>;
}

/// Implements [`TakenBy`] for tuples of 1 to 16 layers. The macro is called with an entry for each
/// layer, such as `B 1 S1 S2 T1 T2`: the type parameter of the layer, the layer's position, the
/// parameters for the shapes before and after the layer, and those for the element types before and
/// after the layer.
macro_rules! sequences {
    ([$($element:ident)*] [$($done:tt)*]) => {};
    ([$($element:ident)*] [$($done:tt)*]
        $layer:ident $position:tt $from:ident $to:ident $of:ident $then:ident; $($rest:tt)*) => {
        sequences! { @stamp [$($element)*] $($done)* $layer $position $from $to $of T; => $to }
        sequences! { [$($element)* $then] [$($done)* $layer $position $from $to $of $then;] $($rest)* }
    };
    (@stamp [$($element:ident)*]
        $($layer:ident $position:tt $from:ident $to:ident $of:ident $then:ident;)* => $last:ident) => {
        impl<S0: Shape, T: Element, $($element: Element,)* $($layer, $to: Shape),*> TakenBy<($($layer,)*), T> for S0
        where
            $(Sequence: Takes<$layer, $from, $of, $position, Output = $to, Element = $then>,)*
        {
            type Output = $last;
            const PARAMETERS: Option<usize> = {
                let sum = Some(0);
                $(let sum = plus(sum, <Sequence as Takes<$layer, $from, $of, $position>>::PARAMETERS);)*
                sum
            };
            const MULTIPLICATIONS: Option<usize> = {
                let sum = Some(0);
                $(let sum = plus(sum, <Sequence as Takes<$layer, $from, $of, $position>>::MULTIPLICATIONS);)*
                sum
            };
            const ACTIVATION_BYTES: usize = {
                let sum = 0usize;
                $(let sum = sum.saturating_add(<Sequence as Takes<$layer, $from, $of, $position>>::ACTIVATION_BYTES);)*
                sum
            };
            fn describe(layers: &($($layer,)*), to: &mut Summary) {
                $(to.nested($position, |to| {
                    <Sequence as Takes<$layer, $from, $of, $position>>::describe(&layers.$position, to);
                });)*
            }
            #[track_caller]
            fn forward(layers: &($($layer,)*), x: Tensor<T, S0>) -> Tensor<T, $last> {
                $(let x = <Sequence as Takes<$layer, $from, $of, $position>>::forward(&layers.$position, x);)*
                x
            }
        }
    };
}
sequences! {
    [] []
    A 0 S0 S1 T T1; B 1 S1 S2 T1 T2; C 2 S2 S3 T2 T3; D 3 S3 S4 T3 T4;
    E 4 S4 S5 T4 T5; F 5 S5 S6 T5 T6; G 6 S6 S7 T6 T7; H 7 S7 S8 T7 T8;
    I 8 S8 S9 T8 T9; J 9 S9 S10 T9 T10; K 10 S10 S11 T10 T11; L 11 S11 S12 T11 T12;
    M 12 S12 S13 T12 T13; N 13 S13 S14 T13 T14; O 14 S14 S15 T14 T15; P 15 S15 S16 T15 T16;
}

/// A sequence of blocks of one type, applied one after another. The result of each block has the
/// shape of the block's input.
///
/// ```
/// use shapewright::{nn::{Layer, Linear}, tensor};
/// let double = || Linear::without_bias(tensor![[2.0f32, 0.0], [0.0, 2.0]]);
/// assert_eq!([double(), double(), double()].forward(tensor![1.0, 3.0]), [8.0, 24.0]);
/// ```
impl<S: Shape, T: Element, Block, Out, const N: usize> Layer<S, T> for [Block; N]
where
    Block: Layer<S, T, Output = Out>,
    Out: Repeats<Block, S>,
{
    type Output = S;
    const PARAMETERS: Option<usize> = times(Block::PARAMETERS, N);
    const MULTIPLICATIONS: Option<usize> = times(Block::MULTIPLICATIONS, N);
    const ACTIVATION_BYTES: usize = Block::ACTIVATION_BYTES.saturating_mul(N);
    #[track_caller]
    fn forward(&self, x: Tensor<T, S>) -> Tensor<T, S> {
        let mut x = x;
        for block in self {
            x = Out::again(block.forward(x));
        }
        x
    }
    fn describe(&self, to: &mut Summary) {
        for (k, block) in self.iter().enumerate() {
            to.nested(k, |to| block.describe(to));
        }
    }
}

/// `Self`, the shape of the result of `Block` for data of shape `S`, is `S` itself, so that another
/// block can follow.
#[diagnostic::on_unimplemented(
    message = "`{Block}` cannot follow itself: of `{S}` it makes `{Self}`",
    label = "in `[{Block}; N]` each block takes what the one before gives",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait Repeats<Block, S: Shape>: Shape {
    /// Returns `x`, as the input of the next block.
    fn again<T: Element>(x: Tensor<T, Self>) -> Tensor<T, S>;
}
#[diagnostic::do_not_recommend]
impl<Block, S: Shape> Repeats<Block, S> for S {
    fn again<T: Element>(x: Tensor<T, S>) -> Tensor<T, S> {
        x
    }
}
