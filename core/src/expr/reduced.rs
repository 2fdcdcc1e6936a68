//! The node of a reduction: a statistic over some axes of an expression.

use super::sealed::Sealed;
use super::{Expr, Lazy, Shaped, stored, stored_scratch};
use crate::axes::{AxisSet, MAX_RANK, PerAxis, each_axis};
use crate::element::Element;
use crate::kernels::reduce::reduce;
use crate::kernels::reduce::statistic::Statistic;
use crate::kernels::reduce::way::Keeping;
use crate::layout::{Dense, Layout, Whole};
use crate::memory::{Dest, Memory};
use crate::read::Strides;
use crate::run::level::Work;
use crate::run::scratch::{Scratch, ScratchBytes};
use crate::shape::{Carried, Instance, Shape};

/// `statistic` over `axes` of an expression. `S` is the shape of the result, and `Kept` the shape
/// of the expression with the reduced axes replaced by `One`.
#[derive(Clone, Copy, Debug)]
pub struct Reduced<R, E, S, Kept> {
    pub(crate) statistic: R,
    pub(crate) expr: E,
    pub(crate) axes: AxisSet,
    pub(crate) shape: Carried<S>,
    pub(crate) kept: Carried<Kept>,
}

impl<R, E, S, Kept: Copy> Lazy<Reduced<R, E, S, Kept>> {
    /// Keeps the reduced axes as axes of length [`One`](crate::One), so that the result broadcasts
    /// with the operand.
    ///
    /// `(n, c)` reduced over axis 1 has the shape `(n, 1)` instead of `(n,)`. This is NumPy's
    /// `keepdims=True`.
    ///
    /// ```
    /// use shapewright::{Axis, prelude::*, tensor};
    /// let x = tensor![[1.0, 3.0], [5.0, 9.0]];
    /// let centered = (&x - x.mean_axis(Axis::<1>).keepdims()).to_tensor();
    /// assert_eq!(centered, tensor![[-1.0, 1.0], [-2.0, 2.0]]);
    /// ```
    /// ```compile_fail
    /// # use shapewright::{Axis, prelude::*, tensor};
    /// # let x = tensor![[1.0, 3.0, 0.0], [5.0, 9.0, 0.0]];
    /// let centered = &x - x.mean_axis(Axis::<1>); // (2, 3) with (2,)
    /// ```
    #[doc(alias("keepdim", "keep_dims"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    pub fn keepdims(self) -> Lazy<Reduced<R, E, Kept, Kept>> {
        let Reduced { statistic, expr, axes, kept, .. } = self.0;
        Lazy(Reduced { statistic, expr, axes, shape: kept, kept })
    }
}

impl<R, E, S, Kept> Sealed for Reduced<R, E, S, Kept> {}
impl<R: Statistic<E::Elem, Output: Element>, E: Expr, S: Shape, Kept: Shape> Shaped
    for Reduced<R, E, S, Kept>
{
    type Elem = R::Output;
    type Shape = S;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape(&self) -> S {
        self.shape.get()
    }
}
impl<R: Statistic<E::Elem, Output: Element>, E: Expr, S: Shape, Kept: Shape> Expr
    for Reduced<R, E, S, Kept>
{
    type Layout = Whole;
    type Source<'s, I: Instance>
        = Memory<'s, R::Output, I::Of<S>, Dense>
    where
        Self: 's;
    const WRITE_SCRATCH: ScratchBytes = E::SOURCE_SCRATCH;
    const SOURCE_SCRATCH: ScratchBytes = stored_scratch::<Self>();
    const WORK: Work = E::WORK.weighed(R::WEIGHT).and(Work::of(S::STATIC_LEN));
    #[cfg_attr(not(unoptimised), inline(always))]
    fn source<'s, I: Instance>(&'s self, scratch: &'s Scratch<'_>) -> Self::Source<'s, I> {
        // SAFETY: `stored` writes every element of the result to `scratch`, in row-major order.
        unsafe { Memory::new(stored::<I, _>(self, scratch)) }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn write<I: Instance, L: Layout>(
        &self,
        dest: Dest<'_, R::Output, S, L>,
        scratch: &Scratch<'_>,
    ) {
        let strides = aligned::<E::Shape, S>(self.axes, dest.to.strides);
        let to = Strides { at: dest.to.at, strides };
        // SAFETY: `to` has stride 0 along the reduced axes, so it reaches an element of the
        // destination at each index of the operand's shape. The destination is borrowed
        // exclusively.
        unsafe {
            reduce::<I, Keeping<E::Shape, Kept>, _, _, _>(
                self.statistic,
                self.expr.source::<I>(scratch),
                self.expr.shape(),
                self.axes,
                to,
            );
        }
    }
}

/// The strides of a result, along the axes of the operand's shape `Of`: 0 along the reduced `axes`.
/// `result` has the strides of the result along the axes of its own shape, `S`.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn aligned<Of: Shape, S: Shape>(
    axes: AxisSet,
    result: PerAxis<isize>,
) -> PerAxis<isize> {
    let keeps = S::RANK == Of::RANK;
    let (mut strides, mut axis) = ([0; MAX_RANK], 0);
    each_axis!(K => if const { K < Of::RANK } {
        if !axes.contains(K) {
            strides[K] = result[axis % MAX_RANK];
        }
        axis += usize::from(keeps || !axes.contains(K));
    });
    let _ = axis;
    strides
}
