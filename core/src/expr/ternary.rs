//! The node of a function of the elements of three operands, which are broadcast.

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

/// A function of three elements.
pub trait TernaryOp<A, B, C>: Sync {
    /// The type of the result.
    type Output: Element;
    /// Roughly how many additions take as long as one call of the function.
    const WEIGHT: usize = 1;
    /// Applies the function to `a`, `b` and `c`.
    fn apply(&self, a: A, b: B, c: C) -> Self::Output;
}

/// `op` applied to the elements of three expressions. The operation that makes this node fixes the
/// shape `S` of the result, which is a parameter. So operands that do not fit are reported once, at
/// the operation, and not again at each method that is called on the result.
#[derive(Clone, Copy, Debug)]
pub struct Ternary<Op, A, B, C, S> {
    pub(crate) op: Op,
    pub(crate) a: A,
    pub(crate) b: B,
    pub(crate) c: C,
    pub(crate) shape: Carried<S>,
}

impl<Op, A, B, C, S> Sealed for Ternary<Op, A, B, C, S> {}
impl<Op: TernaryOp<A::Elem, B::Elem, C::Elem>, A: Expr, B: Expr, C: Expr, S: Shape> Shaped
    for Ternary<Op, A, B, C, S>
{
    type Elem = Op::Output;
    type Shape = S;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape(&self) -> S {
        self.shape.get()
    }
}
impl<Op: TernaryOp<A::Elem, B::Elem, C::Elem>, A: Expr, B: Expr, C: Expr, S: Shape> Expr
    for Ternary<Op, A, B, C, S>
{
    type Layout = PerElement;
    type Source<'s, I: Instance>
        = TernarySource<
        's,
        (A::Elem, B::Elem, C::Elem),
        Op,
        OperandOf<'s, I, A, S>,
        OperandOf<'s, I, B, S>,
        OperandOf<'s, I, C, S>,
    >
    where
        Self: 's;
    const WRITE_SCRATCH: ScratchBytes = Self::SOURCE_SCRATCH;
    const SOURCE_SCRATCH: ScratchBytes =
        plus(plus(operand_scratch::<A, S>(), operand_scratch::<B, S>()), operand_scratch::<C, S>());
    const WORK: Work =
        A::WORK.and(B::WORK).and(C::WORK).and(Work::of(S::STATIC_LEN)).weighed(Op::WEIGHT);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn source<'s, I: Instance>(&'s self, scratch: &'s Scratch<'_>) -> Self::Source<'s, I> {
        let (a, b) = (operand::<I, A, S>(&self.a, scratch), operand::<I, B, S>(&self.b, scratch));
        TernarySource {
            op: &self.op,
            a,
            b,
            c: operand::<I, C, S>(&self.c, scratch),
            elems: PhantomData,
        }
    }
}

/// The source of [`Ternary`] if `A`, `B` and `C` are sources, and its lane if they are lanes. The
/// elements of the operands are of the types in the tuple `T`.
#[derive(Debug)]
pub struct TernarySource<'s, T, Op, A, B, C> {
    pub(super) op: &'s Op,
    pub(super) a: A,
    pub(super) b: B,
    pub(super) c: C,
    pub(super) elems: PhantomData<fn(T) -> T>,
}
impl<T, Op, A: Copy, B: Copy, C: Copy> Clone for TernarySource<'_, T, Op, A, B, C> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn clone(&self) -> Self {
        *self
    }
}
impl<T, Op, A: Copy, B: Copy, C: Copy> Copy for TernarySource<'_, T, Op, A, B, C> {}

impl<T, Op, A: Steps, B: Steps, C: Steps> Steps for TernarySource<'_, T, Op, A, B, C> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn step(&mut self, axis: usize, steps: isize) {
        self.a.step(axis, steps);
        self.b.step(axis, steps);
        self.c.step(axis, steps);
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn merges(&self, outer: usize, inner: usize, inner_len: usize) -> bool {
        self.a.merges(outer, inner, inner_len)
            && self.b.merges(outer, inner, inner_len)
            && self.c.merges(outer, inner, inner_len)
    }
}
impl<'s, T, U, V, Op, A, B, C> Source for TernarySource<'s, (T, U, V), Op, A, B, C>
where
    Op: TernaryOp<T, U, V>,
    A: Source<Elem = T>,
    B: Source<Elem = U>,
    C: Source<Elem = V>,
{
    type Elem = Op::Output;
    const PACKED: PerAxis<PerAxis<usize>> = sum_packed(sum_packed(A::PACKED, B::PACKED), C::PACKED);
    const WEIGHT: usize = heaviest([Op::WEIGHT, A::WEIGHT, B::WEIGHT, C::WEIGHT]);
    type Lane = TernarySource<'s, (T, U, V), Op, A::Lane, B::Lane, C::Lane>;
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn lane<Out: Along>(&self) -> Self::Lane {
        // SAFETY: this function and those that it calls on the operands have the same contract,
        // which the caller keeps.
        let (a, b, c) =
            unsafe { (self.a.lane::<Out>(), self.b.lane::<Out>(), self.c.lane::<Out>()) };
        TernarySource { op: self.op, a, b, c, elems: PhantomData }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn pack(&mut self, tile: PackedTile, room: &Scratch<'_>) {
        // SAFETY: this function and those that it calls on the operands have the same contract,
        // which the caller keeps.
        unsafe {
            self.a.pack(tile, room);
            self.b.pack(tile, room);
            self.c.pack(tile, room);
        }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn packed<Out: Aside>(&self, j: usize) -> Self::Lane {
        // SAFETY: this function and those that it calls on the operands have the same contract,
        // which the caller keeps.
        let (a, b, c) =
            unsafe { (self.a.packed::<Out>(j), self.b.packed::<Out>(j), self.c.packed::<Out>(j)) };
        TernarySource { op: self.op, a, b, c, elems: PhantomData }
    }
}
impl<T, U, V, Op, A, B, C> Lane for TernarySource<'_, (T, U, V), Op, A, B, C>
where
    Op: TernaryOp<T, U, V>,
    A: Lane<Elem = T>,
    B: Lane<Elem = U>,
    C: Lane<Elem = V>,
{
    type Elem = Op::Output;
    const DENSE: bool = A::DENSE && B::DENSE && C::DENSE;
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn get<Out: Along>(&self, j: usize) -> Op::Output {
        // SAFETY: this function and those that it calls on the operands have the same contract,
        // which the caller keeps.
        let (a, b, c) =
            unsafe { (self.a.get::<Out>(j), self.b.get::<Out>(j), self.c.get::<Out>(j)) };
        self.op.apply(a, b, c)
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn is_contiguous<Out: Along>(&self) -> bool {
        self.a.is_contiguous::<Out>()
            && self.b.is_contiguous::<Out>()
            && self.c.is_contiguous::<Out>()
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn get_contiguous<Out: Along>(&self, j: usize) -> Op::Output {
        // SAFETY: this function and those that it calls on the operands have the same contract,
        // which the caller keeps.
        let (a, b, c) = unsafe {
            (
                self.a.get_contiguous::<Out>(j),
                self.b.get_contiguous::<Out>(j),
                self.c.get_contiguous::<Out>(j),
            )
        };
        self.op.apply(a, b, c)
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn prefetch<Out: Along>(&self, j: usize, len: usize) {
        self.a.prefetch::<Out>(j, len);
        self.b.prefetch::<Out>(j, len);
        self.c.prefetch::<Out>(j, len);
    }
}
