//! The leaves of an expression: tensors by reference and by value, arrays, and scalars. Their
//! elements are in memory.

use super::sealed::Sealed;
use super::{Expr, IntoExpr, Operand, Shaped};
use crate::axes::MAX_RANK;
use crate::broadcast::Strict;
use crate::element::Element;
use crate::layout::Dense;
use crate::memory::Memory;
use crate::read::Strides;
use crate::run::level::Work;
use crate::run::scratch::{Scratch, ScratchBytes};
use crate::shape::{Dim, Instance, Shape};
use crate::storage::Storage;
use crate::tensor::{Array, Tensor, TensorView};

impl<T: Element, S: Shape, B: Storage> Sealed for &Tensor<T, S, B> {}
impl<T: Element, S: Shape, B: Storage> Shaped for &Tensor<T, S, B> {
    type Elem = T;
    type Shape = S;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape(&self) -> S {
        (**self).shape()
    }
}
impl<T: Element, S: Shape, B: Storage> Expr for &Tensor<T, S, B> {
    type Layout = B::Layout;
    type Source<'s, I: Instance>
        = Memory<'s, T, I::Of<S>, B::Layout>
    where
        Self: 's;
    const WRITE_SCRATCH: ScratchBytes = Some(0);
    const SOURCE_SCRATCH: ScratchBytes = Some(0);
    const WORK: Work = Work::of(S::STATIC_LEN);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn source<'s, I: Instance>(&'s self, _: &'s Scratch<'_>) -> Self::Source<'s, I> {
        // SAFETY: by the contract of `Storage` the strides reach an element at every index of `S`,
        // and the tensor is borrowed for longer than `'s`.
        unsafe { Memory::new(self.strided()) }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn memory(&self) -> Option<Strides<*const T>> {
        Some(self.strided())
    }
}
impl<T: Element, S: Shape, B: Storage> IntoExpr for &Tensor<T, S, B> {
    type Elem = T;
    type Shape = S;
    type Mode = Strict;
    type Node = Self;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn into_expr(self) -> Self {
        self
    }
}
#[diagnostic::do_not_recommend]
impl<T: Element, S: Shape, B: Storage> Operand<T> for &Tensor<T, S, B> {
    type Mode = Strict;
    type Shape = S;
    type Node = Self;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn into_operand(self) -> Self {
        self
    }
}

/// A tensor that an expression owns.
#[derive(Clone, Copy, Debug)]
pub struct Owned<X>(pub(crate) X);

impl<X> Sealed for Owned<X> {}
impl<T: Element, S: Shape, B: Storage> Shaped for Owned<Tensor<T, S, B>> {
    type Elem = T;
    type Shape = S;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape(&self) -> S {
        self.0.shape()
    }
}
impl<T: Element, S: Shape, B: Storage> Expr for Owned<Tensor<T, S, B>> {
    type Layout = B::Layout;
    type Source<'s, I: Instance>
        = Memory<'s, T, I::Of<S>, B::Layout>
    where
        Self: 's;
    const WRITE_SCRATCH: ScratchBytes = Some(0);
    const SOURCE_SCRATCH: ScratchBytes = Some(0);
    const WORK: Work = Work::of(S::STATIC_LEN);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn source<'s, I: Instance>(&'s self, _: &'s Scratch<'_>) -> Self::Source<'s, I> {
        // SAFETY: by the contract of `Storage` the strides reach an element at every index of `S`,
        // and `self` is borrowed for `'s`.
        unsafe { Memory::new(self.0.strided()) }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn memory(&self) -> Option<Strides<*const T>> {
        Some(self.0.strided())
    }
}
#[diagnostic::do_not_recommend]
impl<T: Element, S: Shape, B: Storage> Operand<T> for Tensor<T, S, B> {
    type Mode = Strict;
    type Shape = S;
    type Node = Owned<Self>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn into_operand(self) -> Owned<Self> {
        Owned(self)
    }
}

// A Rust array is an operand with one axis. Number literals in the array get the element type `T`
// that the operation expects of this operand.
#[diagnostic::do_not_recommend]
impl<T: Element, const N: usize> Operand<T> for [T; N] {
    type Mode = Strict;
    type Shape = (Dim<N>,);
    type Node = Owned<Array<T, (Dim<N>,)>>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn into_operand(self) -> Self::Node {
        Owned(Array::from(self))
    }
}
#[diagnostic::do_not_recommend]
impl<'a, T: Element, const N: usize> Operand<T> for &'a [T; N] {
    type Mode = Strict;
    type Shape = (Dim<N>,);
    type Node = Owned<TensorView<'a, T, (Dim<N>,)>>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn into_operand(self) -> Self::Node {
        Owned(TensorView::from(self))
    }
}

/// How many copies of its number a [`Scalar`] holds. LLVM may load 16 bytes of a `Scalar` to fill a
/// SIMD vector. If shorter stores have just written these bytes, the load waits until the stores
/// have left the processor's store buffer. Without the copies, which make the stores longer, the
/// evaluation of an expression that a function returns took a third longer.
const COPIES: usize = if cfg!(any(target_arch = "x86", target_arch = "x86_64")) { 4 } else { 1 };

/// A number in an expression.
#[derive(Clone, Copy, Debug)]
pub struct Scalar<T>([T; COPIES]);

impl<T> Sealed for Scalar<T> {}
impl<T: Element> Shaped for Scalar<T> {
    type Elem = T;
    type Shape = ();
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape(&self) {}
}
impl<T: Element> Expr for Scalar<T> {
    type Layout = Dense;
    type Source<'s, I: Instance> = Memory<'s, T, (), Dense>;
    const WRITE_SCRATCH: ScratchBytes = Some(0);
    const SOURCE_SCRATCH: ScratchBytes = Some(0);
    const WORK: Work = Work::of(Some(1));
    #[cfg_attr(not(unoptimised), inline(always))]
    fn source<'s, I: Instance>(&'s self, _: &'s Scratch<'_>) -> Self::Source<'s, I> {
        // SAFETY: the one element is in `self`, which is borrowed for `'s`.
        unsafe { Memory::new(Strides { at: &self.0[0], strides: [0; MAX_RANK] }) }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn memory(&self) -> Option<Strides<*const T>> {
        Some(Strides { at: &self.0[0], strides: [0; MAX_RANK] })
    }
}
#[diagnostic::do_not_recommend]
impl<T: Element> Operand<T> for T {
    type Mode = Strict;
    type Shape = ();
    type Node = Scalar<T>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn into_operand(self) -> Scalar<T> {
        Scalar([self; COPIES])
    }
}
