//! The node of a matrix product of two expressions. Axes before the last two are batch axes.

use super::sealed::Sealed;
use super::{Expr, Shaped, stored, stored_scratch};
use crate::axes::{PerAxis, pushed};
use crate::element::Numeric;
use crate::kernels::matmul::{
    ProductTask, inner_product, is_sized, is_tiny, lens_of_two, product, product_of_two, sized,
    tiny,
};
use crate::layout::{Dense, Layout, Whole};
use crate::memory::{Dest, Memory};
use crate::run::level::{Level, Work};
use crate::run::scratch::{Scratch, ScratchBytes, plus};
use crate::shape::{Carried, Instance, List, Shape, Tuple};

/// `lhs @ rhs`.
#[derive(Clone, Copy, Debug)]
pub struct Product<Lhs, Rhs, S> {
    pub(crate) lhs: Lhs,
    pub(crate) rhs: Rhs,
    pub(crate) shape: Carried<S>,
}

impl<Lhs, Rhs, S> Sealed for Product<Lhs, Rhs, S> {}
impl<Lhs: Expr<Elem: Numeric>, Rhs: Expr<Elem = Lhs::Elem>, S: Shape> Shaped
    for Product<Lhs, Rhs, S>
{
    type Elem = Lhs::Elem;
    type Shape = S;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape(&self) -> S {
        self.shape.get()
    }
}
impl<Lhs: Expr<Elem: Numeric>, Rhs: Expr<Elem = Lhs::Elem>, S: Shape> Expr
    for Product<Lhs, Rhs, S>
{
    type Layout = Whole;
    type Source<'s, I: Instance>
        = Memory<'s, Lhs::Elem, I::Of<S>, Dense>
    where
        Self: 's;
    const WRITE_SCRATCH: ScratchBytes = plus(stored_scratch::<Lhs>(), stored_scratch::<Rhs>());
    const SOURCE_SCRATCH: ScratchBytes = stored_scratch::<Self>();
    const WORK: Work = Lhs::WORK.and(Rhs::WORK).and(Work::of(S::STATIC_LEN));
    #[cfg_attr(not(unoptimised), inline(always))]
    fn source<'s, I: Instance>(&'s self, scratch: &'s Scratch<'_>) -> Self::Source<'s, I> {
        // SAFETY: `stored` writes every element of the result to `scratch`, in row-major order.
        unsafe { Memory::new(stored::<I, _>(self, scratch)) }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn write<I: Instance, L: Layout>(
        &self,
        dest: Dest<'_, Lhs::Elem, S, L>,
        scratch: &Scratch<'_>,
    ) {
        let (mut a, mut b) =
            (stored::<I, _>(&self.lhs, scratch), stored::<I, _>(&self.rhs, scratch));
        let level = Level::current();
        if const {
            dense_when_stored::<Lhs>()
                && dense_when_stored::<Rhs>()
                && L::DENSE
                && is_sized::<Lhs::Shape, Rhs::Shape>()
        } {
            if const { is_tiny::<Lhs::Elem, Lhs::Shape, Rhs::Shape>() } {
                // SAFETY: `a`, `b` and the destination are row-major matrices in the static shapes
                // of the operands and the product, and the destination is borrowed exclusively.
                return unsafe { tiny::<_, Lhs::Shape, Rhs::Shape>(level, a.at, b.at, dest.to.at) };
            }
            // SAFETY: `a`, `b` and the destination are row-major matrices in the static shapes of
            // the operands and the product, and the destination is borrowed exclusively.
            return unsafe { sized::<_, Lhs::Shape, Rhs::Shape>(level, a.at, b.at, dest.to.at) };
        }
        let (mut lens, mut to) = (self.shape.get().into_list().lens(), dest.to);
        let inner = self.lhs.shape().into_list().lens()[0];
        // A left operand of rank 1 is a matrix of one row, and a right operand of rank 1 a matrix
        // of one column. The destination has no axis for the one row or column, so an axis of
        // length 1 is inserted here. Along batch axes that an operand lacks or stretches along, its
        // stride is 0 already.
        if Rhs::Shape::RANK == 1 {
            b.strides = pushed(b.strides, 0);
            (lens, to.strides) = (pushed(lens, 1), pushed(to.strides, 0));
        }
        if Lhs::Shape::RANK == 1 {
            a.strides = with_row(a.strides, 0);
            (lens, to.strides) = (with_row(lens, 1), with_row(to.strides, 0));
        }
        let problem = ProductTask { a, b, to, lens, inner };
        if let Some(lens) = const { lens_of_two::<Lhs::Shape, Rhs::Shape>() } {
            // SAFETY: `a` and `b` reach an element at each index of their shapes, and `to` reaches
            // an element of the destination for every row and column, exclusively.
            return unsafe { product_of_two(&problem, lens) };
        }
        if const { Lhs::Shape::RANK == 1 && Rhs::Shape::RANK == 1 } {
            // SAFETY: `a` and `b` reach an element at each index of their shapes, and `to` reaches
            // the only element of the destination, exclusively.
            unsafe { inner_product::<I, _>(problem) }
        } else {
            // SAFETY: `a` and `b` reach an element at each index of their shapes, and `to` reaches
            // an element of the destination for every row, column and index of the batch axes,
            // exclusively.
            unsafe { product(level, problem) }
        }
    }
}

/// `axes`, in which entry 0 is the last axis, with `row` inserted as entry 1, for an axis of rows
/// before the last axis.
#[cfg_attr(not(unoptimised), inline(always))]
fn with_row<T: Copy>(axes: PerAxis<T>, row: T) -> PerAxis<T> {
    let mut all = pushed(axes, axes[0]);
    all[1] = row;
    all
}

/// Whether the elements of `E` that [`stored()`] returns are row-major: either they are row-major
/// in memory already, or `stored` computes them into scratch memory in this order.
const fn dense_when_stored<E: Expr>() -> bool {
    E::Layout::DENSE || !E::Layout::IN_MEMORY
}
