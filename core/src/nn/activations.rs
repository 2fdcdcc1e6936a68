//! Activation functions as layers without parameters. Each type is also the operation of a lazy
//! node: `Relu` is both a layer and the operation in the node that
//! [`relu`](crate::ops::Elementwise::relu) returns.

use super::layer::Layer;
use crate::element::{Element, Float, Numeric};
use crate::expr::UnaryOp;
use crate::ops::{Evaluate, Softmaxing as _};
use crate::shape::{AxesOf, Axis, ByEnd, Shape, kind};
use crate::tensor::Tensor;

/// Replaces each element of `x` by the result of `op` for that element.
fn in_place<T: Element, S: Shape>(
    mut x: Tensor<T, S>,
    op: impl UnaryOp<T, Output = T> + Copy + Send,
) -> Tensor<T, S> {
    x.map_in_place(
        #[cfg_attr(not(unoptimised), inline(always))]
        move |x| op.apply(x),
    );
    x
}

/// Implements `Layer` for types such as `Relu`, each of which is also the operation of a method of
/// [`Elementwise`](crate::ops::Elementwise).
macro_rules! activations {
    ($($name:ident $method:ident $element:ident $alias:literal;)*) => {$(
        #[doc = concat!("As a layer, in place. Of tensors and expressions it is [`", stringify!($method),
            "`](crate::ops::Elementwise::", stringify!($method), "), which fuses.\n\n")]
        #[doc(alias($alias))]
        #[doc(inline)]
        pub use crate::ops::kinds::$name;
        impl<S: Shape, T: $element> Layer<S, T> for $name {
            type Output = S;
            const PARAMETERS: Option<usize> = Some(0);
            const MULTIPLICATIONS: Option<usize> = Some(0);
            const ACTIVATION_BYTES: usize = 0;
            fn forward(&self, x: Tensor<T, S>) -> Tensor<T, S> {
                in_place(x, *self)
            }
        }
    )*};
}
activations! {
    Relu relu Numeric "nn.ReLU";
    Gelu gelu Float "nn.GELU";
    Silu silu Float "nn.SiLU";
    Tanh tanh Float "nn.Tanh";
    Sigmoid sigmoid Float "nn.Sigmoid";
}

/// Softmax along the last axis: the exponential of each element, divided by the sum of the
/// exponentials along that axis.
///
/// This is a layer. The method [`softmax`](crate::ops::Softmaxing::softmax) takes any axis.
///
/// ```
/// use shapewright::{nn::{Layer, Softmax}, tensor};
/// assert_eq!(Softmax.forward(tensor![[1.0f32, 1.0], [1000.0, 0.0]]), [[0.5, 0.5], [1.0, 0.0]]);
/// ```
#[doc(alias("nn.Softmax"))]
#[doc(inline)]
pub use crate::ops::kinds::Softmax;
impl<S: Shape, T: Float> Layer<S, T> for Softmax
where
    kind::Position: AxesOf<Axis<-1>, S, ByEnd>,
{
    type Output = S;
    const PARAMETERS: Option<usize> = Some(0);
    const MULTIPLICATIONS: Option<usize> = Some(0);
    fn forward(&self, x: Tensor<T, S>) -> Tensor<T, S> {
        x.softmax(Axis::<-1>).to_tensor()
    }
}
