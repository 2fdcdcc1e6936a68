//! The node of a function of each element of one operand.

use core::marker::PhantomData;

use super::sealed::Sealed;
use super::{Expr, Shaped};
use crate::axes::PerAxis;
use crate::element::Element;
use crate::layout::PerElement;
use crate::read::{Along, Aside, Lane, PackedTile, Source, Steps};
use crate::run::level::{Work, heaviest};
use crate::run::scratch::{Scratch, ScratchBytes};
use crate::shape::Instance;

/// A function of one element.
pub trait UnaryOp<T>: Sync {
    /// The type of the result.
    type Output: Element;
    /// Roughly how many additions take as long as one call of the function.
    const WEIGHT: usize = 1;
    /// Applies the function to `x`.
    fn apply(&self, x: T) -> Self::Output;
}

/// `op` applied to each element of an expression.
#[derive(Clone, Copy, Debug)]
pub struct Mapped<Op, E> {
    pub(crate) op: Op,
    pub(crate) expr: E,
}

impl<Op, E> Sealed for Mapped<Op, E> {}
impl<Op: UnaryOp<E::Elem>, E: Expr> Shaped for Mapped<Op, E> {
    type Elem = Op::Output;
    type Shape = E::Shape;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape(&self) -> E::Shape {
        self.expr.shape()
    }
}
impl<Op: UnaryOp<E::Elem>, E: Expr> Expr for Mapped<Op, E> {
    type Layout = PerElement;
    type Source<'s, I: Instance>
        = MappedSource<'s, E::Elem, Op, E::Source<'s, I>>
    where
        Self: 's;
    const WRITE_SCRATCH: ScratchBytes = E::SOURCE_SCRATCH;
    const SOURCE_SCRATCH: ScratchBytes = E::SOURCE_SCRATCH;
    const WORK: Work = E::WORK.weighed(Op::WEIGHT);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn source<'s, I: Instance>(&'s self, scratch: &'s Scratch<'_>) -> Self::Source<'s, I> {
        MappedSource { op: &self.op, x: self.expr.source::<I>(scratch), elem: PhantomData }
    }
}

/// The source of [`Mapped`] if `X` is a source, and its lane if `X` is a lane. The elements of the
/// operand `x` are of type `T`.
#[derive(Debug)]
pub struct MappedSource<'s, T, Op, X> {
    op: &'s Op,
    x: X,
    elem: PhantomData<fn(T) -> T>,
}
impl<T, Op, X: Copy> Clone for MappedSource<'_, T, Op, X> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn clone(&self) -> Self {
        *self
    }
}
impl<T, Op, X: Copy> Copy for MappedSource<'_, T, Op, X> {}

impl<T, Op, X: Steps> Steps for MappedSource<'_, T, Op, X> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn step(&mut self, axis: usize, steps: isize) {
        self.x.step(axis, steps);
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn merges(&self, outer: usize, inner: usize, inner_len: usize) -> bool {
        self.x.merges(outer, inner, inner_len)
    }
}
impl<'s, T, Op: UnaryOp<T>, X: Source<Elem = T>> Source for MappedSource<'s, T, Op, X> {
    type Elem = Op::Output;
    const PACKED: PerAxis<PerAxis<usize>> = X::PACKED;
    const WEIGHT: usize = heaviest([Op::WEIGHT, X::WEIGHT]);
    type Lane = MappedSource<'s, T, Op, X::Lane>;
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn lane<Out: Along>(&self) -> Self::Lane {
        // SAFETY: this function and the function that it calls on `x` have the same contract, which
        // the caller keeps.
        MappedSource { op: self.op, x: unsafe { self.x.lane::<Out>() }, elem: PhantomData }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn pack(&mut self, tile: PackedTile, room: &Scratch<'_>) {
        // SAFETY: this function and the function that it calls on `x` have the same contract, which
        // the caller keeps.
        unsafe {
            self.x.pack(tile, room);
        }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn packed<Out: Aside>(&self, j: usize) -> Self::Lane {
        // SAFETY: this function and the function that it calls on `x` have the same contract, which
        // the caller keeps.
        MappedSource { op: self.op, x: unsafe { self.x.packed::<Out>(j) }, elem: PhantomData }
    }
}
impl<T, Op: UnaryOp<T>, X: Lane<Elem = T>> Lane for MappedSource<'_, T, Op, X> {
    type Elem = Op::Output;
    const DENSE: bool = X::DENSE;
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn get<Out: Along>(&self, j: usize) -> Op::Output {
        // SAFETY: this function and the function that it calls on `x` have the same contract, which
        // the caller keeps.
        self.op.apply(unsafe { self.x.get::<Out>(j) })
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn is_contiguous<Out: Along>(&self) -> bool {
        self.x.is_contiguous::<Out>()
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn get_contiguous<Out: Along>(&self, j: usize) -> Op::Output {
        // SAFETY: this function and the function that it calls on `x` have the same contract, which
        // the caller keeps.
        self.op.apply(unsafe { self.x.get_contiguous::<Out>(j) })
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn prefetch<Out: Along>(&self, j: usize, len: usize) {
        self.x.prefetch::<Out>(j, len);
    }
}
