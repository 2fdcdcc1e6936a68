//! The node of a function of the elements of two operands, which are broadcast.

use core::marker::PhantomData;

use super::operand::{OperandOf, operand, operand_scratch};
use super::sealed::Sealed;
use super::{Expr, Shaped};
use crate::axes::PerAxis;
use crate::element::Element;
use crate::layout::PerElement;
use crate::read::{Along, Aside, Lane, PackedTile, Source, Steps, sum_packed};
use crate::run::level::{Work, heaviest};
use crate::run::scratch::{Scratch, ScratchBytes, plus};
use crate::shape::{Carried, Instance, Shape};

/// A function of two elements.
pub trait BinaryOp<A, B>: Sync {
    /// The type of the result.
    type Output: Element;
    /// Roughly how many additions take as long as one call of the function.
    const WEIGHT: usize = 1;
    /// Applies the function to `a` and `b`.
    fn apply(&self, a: A, b: B) -> Self::Output;
}

/// `op` applied to the elements of two expressions. The operator that makes this node fixes the
/// shape `S` of the result, which is a parameter. So operands that do not fit are reported once, at
/// the operator, and not again at each method that is called on the result.
#[derive(Clone, Copy, Debug)]
pub struct Zipped<S, T, Op, Lhs, Rhs> {
    pub(crate) op: Op,
    pub(crate) lhs: Lhs,
    pub(crate) rhs: Rhs,
    pub(crate) shape: Carried<S>,
    pub(crate) elem: PhantomData<T>,
}

impl<Op, Lhs, Rhs, S, T> Sealed for Zipped<S, T, Op, Lhs, Rhs> {}
impl<Op, Lhs, Rhs, S: Shape, T: Element> Shaped for Zipped<S, T, Op, Lhs, Rhs> {
    type Elem = T;
    type Shape = S;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape(&self) -> S {
        self.shape.get()
    }
}
impl<Op: BinaryOp<Lhs::Elem, Rhs::Elem, Output = T>, Lhs: Expr, Rhs: Expr, S: Shape, T: Element>
    Expr for Zipped<S, T, Op, Lhs, Rhs>
{
    type Layout = PerElement;
    type Source<'s, I: Instance>
        = ZippedSource<
        's,
        Lhs::Elem,
        Rhs::Elem,
        Op,
        OperandOf<'s, I, Lhs, S>,
        OperandOf<'s, I, Rhs, S>,
    >
    where
        Self: 's;
    const WRITE_SCRATCH: ScratchBytes = Self::SOURCE_SCRATCH;
    const SOURCE_SCRATCH: ScratchBytes =
        plus(operand_scratch::<Lhs, S>(), operand_scratch::<Rhs, S>());
    const WORK: Work = Lhs::WORK.and(Rhs::WORK).and(Work::of(S::STATIC_LEN)).weighed(Op::WEIGHT);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn source<'s, I: Instance>(&'s self, scratch: &'s Scratch<'_>) -> Self::Source<'s, I> {
        let (a, b) =
            (operand::<I, Lhs, S>(&self.lhs, scratch), operand::<I, Rhs, S>(&self.rhs, scratch));
        ZippedSource { op: &self.op, a, b, elems: PhantomData }
    }
}

/// The source of [`Zipped`] if `A` and `B` are sources, and its lane if they are lanes. The
/// operands have elements of the types `T` and `U`. `T` and `U` are parameters: if they were
/// written as associated types of the operands, the compiler would follow the whole expression
/// again at each node.
#[derive(Debug)]
pub struct ZippedSource<'s, T, U, Op, A, B> {
    op: &'s Op,
    a: A,
    b: B,
    elems: PhantomData<fn(T, U) -> (T, U)>,
}
impl<T, U, Op, A: Copy, B: Copy> Clone for ZippedSource<'_, T, U, Op, A, B> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn clone(&self) -> Self {
        *self
    }
}
impl<T, U, Op, A: Copy, B: Copy> Copy for ZippedSource<'_, T, U, Op, A, B> {}

impl<T, U, Op, A: Steps, B: Steps> Steps for ZippedSource<'_, T, U, Op, A, B> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn step(&mut self, axis: usize, steps: isize) {
        self.a.step(axis, steps);
        self.b.step(axis, steps);
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn merges(&self, outer: usize, inner: usize, inner_len: usize) -> bool {
        self.a.merges(outer, inner, inner_len) && self.b.merges(outer, inner, inner_len)
    }
}
impl<'s, T, U, Op: BinaryOp<T, U>, A: Source<Elem = T>, B: Source<Elem = U>> Source
    for ZippedSource<'s, T, U, Op, A, B>
{
    type Elem = Op::Output;
    const PACKED: PerAxis<PerAxis<usize>> = sum_packed(A::PACKED, B::PACKED);
    const WEIGHT: usize = heaviest([Op::WEIGHT, A::WEIGHT, B::WEIGHT]);
    type Lane = ZippedSource<'s, T, U, Op, A::Lane, B::Lane>;
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn lane<Out: Along>(&self) -> Self::Lane {
        // SAFETY: this function and those that it calls on the operands have the same contract,
        // which the caller keeps.
        let (a, b) = unsafe { (self.a.lane::<Out>(), self.b.lane::<Out>()) };
        ZippedSource { op: self.op, a, b, elems: PhantomData }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn pack(&mut self, tile: PackedTile, room: &Scratch<'_>) {
        // SAFETY: this function and those that it calls on the operands have the same contract,
        // which the caller keeps.
        unsafe {
            self.a.pack(tile, room);
            self.b.pack(tile, room);
        }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn packed<Out: Aside>(&self, j: usize) -> Self::Lane {
        // SAFETY: this function and those that it calls on the operands have the same contract,
        // which the caller keeps.
        let (a, b) = unsafe { (self.a.packed::<Out>(j), self.b.packed::<Out>(j)) };
        ZippedSource { op: self.op, a, b, elems: PhantomData }
    }
}
impl<T, U, Op: BinaryOp<T, U>, A: Lane<Elem = T>, B: Lane<Elem = U>> Lane
    for ZippedSource<'_, T, U, Op, A, B>
{
    type Elem = Op::Output;
    const DENSE: bool = A::DENSE && B::DENSE;
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn get<Out: Along>(&self, j: usize) -> Op::Output {
        // SAFETY: this function and those that it calls on the operands have the same contract,
        // which the caller keeps.
        let (a, b) = unsafe { (self.a.get::<Out>(j), self.b.get::<Out>(j)) };
        self.op.apply(a, b)
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn is_contiguous<Out: Along>(&self) -> bool {
        self.a.is_contiguous::<Out>() && self.b.is_contiguous::<Out>()
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn get_contiguous<Out: Along>(&self, j: usize) -> Op::Output {
        // SAFETY: this function and those that it calls on the operands have the same contract,
        // which the caller keeps.
        let (a, b) = unsafe { (self.a.get_contiguous::<Out>(j), self.b.get_contiguous::<Out>(j)) };
        self.op.apply(a, b)
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn prefetch<Out: Along>(&self, j: usize, len: usize) {
        self.a.prefetch::<Out>(j, len);
        self.b.prefetch::<Out>(j, len);
    }
}
