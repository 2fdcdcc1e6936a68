//! Padding: elements of one value are added before and after the elements of an axis.

use crate::agreement;
use crate::axes::AxisSet;
use crate::expr::{Expr, IntoExpr, Lazy, Padded, Shaped};
use crate::padding::Pads;
use crate::shape::{AxisArg, Carried, Length, Pad, ReplaceAxis, Shape};
use crate::verify;

/// The return type of the methods of [`Padding`].
type PaddedOf<X, S> = Lazy<Padded<<X as IntoExpr>::Node, <X as IntoExpr>::Elem, S>>;

/// Padding of tensors and lazy expressions with elements of one value.
pub trait Padding: IntoExpr {
    /// Adds elements equal to `value` along an axis: `BEFORE` elements at its start, and `AFTER` at
    /// its end. If a tuple names several axes, each of them is padded in this way. NumPy's `pad`
    /// with a constant.
    ///
    /// The compiler computes the new length up to 1024; for longer axes, and in generic code, use
    /// [`pad_to`](Self::pad_to). Padding a run-time length results in a run-time length without a
    /// name.
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// let x = tensor![[1, 2], [3, 4]];
    /// assert_eq!(x.pad(Axis::<1>, Pad::<1, 0>, 9).to_tensor(), tensor![[9, 1, 2], [9, 3, 4]]);
    /// let framed = x.pad((Axis::<0>, Axis::<1>), Pad::<1, 1>, 0).to_tensor();
    /// assert_eq!(framed, tensor![[0, 0, 0, 0], [0, 1, 2, 0], [0, 3, 4, 0], [0, 0, 0, 0]]);
    /// ```
    #[doc(alias("zero_pad", "constant_pad"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn pad<Which: AxisArg, How, Longer: Shape, const BEFORE: usize, const AFTER: usize>(
        self,
        _axis: Which,
        _pad: Pad<BEFORE, AFTER>,
        value: Self::Elem,
    ) -> PaddedOf<Self, Longer>
    where
        Which::Kind: Pads<Which, Self::Shape, How, BEFORE, AFTER, Output = Longer>,
    {
        const { verify::padded::<Self::Shape, Longer>(Which::Kind::AXES, BEFORE, AFTER) };
        let expr = self.into_expr();
        let shape = Which::Kind::padded(expr.shape());
        padded(expr, shape, Which::Kind::AXES, [BEFORE, AFTER], value)
    }

    /// As [`pad`](Self::pad) along one axis, with a length that the caller names. The length is
    /// verified by a full build (`cargo build`, not `cargo check`).
    ///
    /// # Panics
    /// If the padded length is known only at run time and is not `length`.
    ///
    /// ```
    /// use shapewright::{Dim, Tensor, prelude::*, shape};
    /// let signal = Tensor::<f32, shape![44100]>::ones();
    /// assert_eq!(signal.pad_to(Axis::<0>, Pad::<200, 700>, 0.0, Dim::<45000>).sum(), 44100.0);
    /// ```
    #[doc(alias("zero_pad", "constant_pad"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn pad_to<
        Which: AxisArg,
        How,
        N: Length,
        Longer: Shape,
        const BEFORE: usize,
        const AFTER: usize,
    >(
        self,
        _axis: Which,
        _pad: Pad<BEFORE, AFTER>,
        value: Self::Elem,
        length: N,
    ) -> PaddedOf<Self, Longer>
    where
        Which::Kind: ReplaceAxis<Which, Self::Shape, How, N, Output = Longer>,
    {
        const {
            verify::padded::<Self::Shape, Longer>(AxisSet::of(Which::Kind::INDEX), BEFORE, AFTER);
        };
        let expr = self.into_expr();
        let shape = Which::Kind::replaced(expr.shape(), length);
        padded(expr, shape, AxisSet::of(Which::Kind::INDEX), [BEFORE, AFTER], value)
    }
}
impl<X: IntoExpr> Padding for X {}

/// Makes the lazy node of `expr` padded to `shape`, after checking the run-time lengths of `shape`
/// along `axes`.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
fn padded<E: Expr, S: Shape>(
    expr: E,
    shape: S,
    axes: AxisSet,
    [before, after]: [usize; 2],
    value: E::Elem,
) -> Lazy<Padded<E, E::Elem, S>> {
    agreement::padded(expr.shape(), shape, axes, [before, after]);
    agreement::counted(shape);
    Lazy(Padded { expr, axes, before, value, shape: Carried::new(shape) })
}
