//! The node of an expression minus its mean over some axes, divided by its standard deviation over
//! the same axes.

use core::marker::PhantomData;

use super::sealed::Sealed;
use super::ternary::{TernaryOp, TernarySource};
use super::{Expr, Shaped, aligned};
use crate::axes::AxisSet;
use crate::element::{Element, Float, Numeric};
use crate::kernels::reduce::reduce;
use crate::kernels::reduce::statistic::Statistic;
use crate::kernels::reduce::way::Keeping;
use crate::layout::{Dense, PerElement, dense_strides};
use crate::memory::Memory;
use crate::read::Strides;
use crate::run::level::Work;
use crate::run::scratch::{Scratch, ScratchBytes, bytes_of, plus};
use crate::shape::{Carried, Instance, Shape, element_count};

/// `(x - mean) * root` for the elements of an expression, where `statistic` computes two numbers
/// over `axes`: `mean`, and `root`, the reciprocal of the standard deviation. `Kept` is the shape
/// of the expression with `axes` replaced by `One`.
///
/// The statistic is computed before the loop over the destination. An operand that is not in memory
/// is computed twice: once for the statistic, and once in the loop.
#[derive(Clone, Copy, Debug)]
pub struct Standardized<R, E, Kept> {
    pub(crate) statistic: R,
    pub(crate) expr: E,
    pub(crate) axes: AxisSet,
    pub(crate) kept: Carried<Kept>,
}

/// The function `(x - mean) * root`, where `root` is the reciprocal standard deviation.
#[derive(Clone, Copy, Debug)]
pub struct Standardize;
impl<T: Element> TernaryOp<T, T, T> for Standardize {
    type Output = T;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn apply(&self, x: T, mean: T, root: T) -> T {
        T::of_float(x.float().minus(mean.float()).times(root.float()))
    }
}

impl<R, E, Kept> Sealed for Standardized<R, E, Kept> {}
impl<R, E: Shaped, Kept> Shaped for Standardized<R, E, Kept> {
    type Elem = E::Elem;
    type Shape = E::Shape;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape(&self) -> E::Shape {
        self.expr.shape()
    }
}
impl<R, E: Expr<Elem: Float>, Kept: Shape> Expr for Standardized<R, E, Kept>
where
    R: Statistic<E::Elem, Output = (E::Elem, E::Elem)>,
{
    type Layout = PerElement;
    type Source<'s, I: Instance>
        = TernarySource<
        's,
        (E::Elem, E::Elem, E::Elem),
        Standardize,
        E::Source<'s, I>,
        Memory<'s, E::Elem, I::Of<Kept>, Dense>,
        Memory<'s, E::Elem, I::Of<Kept>, Dense>,
    >
    where
        Self: 's;
    const WRITE_SCRATCH: ScratchBytes = Self::SOURCE_SCRATCH;
    const SOURCE_SCRATCH: ScratchBytes = {
        let kept = bytes_of::<E::Elem>(Kept::STATIC_LEN);
        plus(plus(E::SOURCE_SCRATCH, E::SOURCE_SCRATCH), plus(kept, kept))
    };
    const WORK: Work = E::WORK.weighed(R::WEIGHT);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn source<'s, I: Instance>(&'s self, scratch: &'s Scratch<'_>) -> Self::Source<'s, I> {
        let kept = self.kept.get();
        let (count, strides) = (element_count(kept), dense_strides(kept));
        let (means, roots) = (scratch.take::<E::Elem>(count), scratch.take::<E::Elem>(count));
        let along = aligned::<E::Shape, Kept>(self.axes, strides);
        let to = |at: *mut E::Elem| Strides { at, strides: along };
        let results = (to(means.as_mut_ptr().cast()), to(roots.as_mut_ptr().cast()));
        // SAFETY: `results` have stride 0 along `axes`, so at each index of the operand's shape
        // they reach an element of `means` and one of `roots`, which nothing else uses meanwhile.
        unsafe {
            reduce::<I, Keeping<E::Shape, Kept>, _, _, _>(
                self.statistic,
                self.expr.source::<I>(scratch),
                self.expr.shape(),
                self.axes,
                results,
            );
        }
        let of = |at: *const E::Elem| Strides { at, strides };
        // SAFETY: `reduce` has written an element of `means` and one of `roots` for each index of
        // `kept`, in row-major order.
        let (b, c) = unsafe {
            (Memory::new(of(means.as_ptr().cast())), Memory::new(of(roots.as_ptr().cast())))
        };
        TernarySource {
            op: &Standardize,
            a: self.expr.source::<I>(scratch),
            b,
            c,
            elems: PhantomData,
        }
    }
}
