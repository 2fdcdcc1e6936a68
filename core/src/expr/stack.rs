//! The node of several expressions of one shape, stacked along a new axis.

use super::sealed::Sealed;
use super::{Expr, Shaped, stored, stored_scratch};
use crate::axes::{AxisSet, without};
use crate::element::Element;
use crate::layout::{Dense, Layout, Strided, Whole};
use crate::memory::{Dest, Memory};
use crate::read::Strides;
use crate::run::level::Work;
use crate::run::scratch::{Scratch, ScratchBytes, plus};
use crate::shape::{Carried, Instance, Shape};

/// `parts` stacked along the new axis `axis` (0 is the last axis): part `i` is at index `i`.
#[derive(Clone, Copy, Debug)]
pub struct Stack<Parts, S> {
    pub(crate) parts: Parts,
    pub(crate) axis: usize,
    pub(crate) shape: Carried<S>,
}

/// Expressions of one shape: two of any types, or several of one type.
pub trait Parts {
    /// The element type.
    type Elem: Element;
    /// The scratch memory that `write_each` needs.
    const SCRATCH: ScratchBytes;
    /// An estimate of the time to evaluate the expressions, in additions: the number of elements of
    /// the largest operand or result, times the weight of the most expensive function.
    const WORK: Work;
    /// Computes each expression into memory: expression number `i` at `to` moved by `i * step`
    /// elements.
    ///
    /// # Safety
    /// For each expression number `i`, `to` moved by `i * step` elements reaches an element at each
    /// index of the expression's shape, exclusively.
    unsafe fn write_each<I: Instance>(
        &self,
        to: Strides<*mut Self::Elem>,
        step: isize,
        scratch: &Scratch<'_>,
    );
}
impl<First: Expr, Second: Expr<Elem = First::Elem>> Parts for (First, Second) {
    type Elem = First::Elem;
    const SCRATCH: ScratchBytes = plus(First::WRITE_SCRATCH, Second::WRITE_SCRATCH);
    const WORK: Work = First::WORK.and(Second::WORK);
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn write_each<I: Instance>(
        &self,
        to: Strides<*mut Self::Elem>,
        step: isize,
        scratch: &Scratch<'_>,
    ) {
        // SAFETY: the caller promises that `to` reaches an element at each index of the first
        // shape, exclusively.
        self.0.write::<I, _>(unsafe { Dest::<_, First::Shape, Strided>::new(to) }, scratch);
        let next = Strides { at: to.at.wrapping_offset(step), ..to };
        // SAFETY: the caller promises that `to` moved by `step` reaches an element at each index of
        // the second shape, exclusively.
        self.1.write::<I, _>(unsafe { Dest::<_, Second::Shape, Strided>::new(next) }, scratch);
    }
}
impl<E: Expr, const N: usize> Parts for [E; N] {
    type Elem = E::Elem;
    const SCRATCH: ScratchBytes = match E::WRITE_SCRATCH {
        Some(bytes) => Some(bytes.saturating_mul(N)),
        None => None,
    };
    const WORK: Work = E::WORK;
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn write_each<I: Instance>(
        &self,
        to: Strides<*mut E::Elem>,
        step: isize,
        scratch: &Scratch<'_>,
    ) {
        let mut place = to;
        for part in self {
            // SAFETY: `place` is `to` moved by `i * step` elements, where `i` is the number of
            // `part`. The caller promises that `to` moved so reaches an element at each index of
            // the shape of `part`, exclusively.
            part.write::<I, _>(unsafe { Dest::<_, E::Shape, Strided>::new(place) }, scratch);
            place.at = place.at.wrapping_offset(step);
        }
    }
}

impl<P, S> Sealed for Stack<P, S> {}
impl<P: Parts, S: Shape> Shaped for Stack<P, S> {
    type Elem = P::Elem;
    type Shape = S;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape(&self) -> S {
        self.shape.get()
    }
}
impl<P: Parts, S: Shape> Expr for Stack<P, S> {
    type Layout = Whole;
    type Source<'s, I: Instance>
        = Memory<'s, P::Elem, I::Of<S>, Dense>
    where
        Self: 's;
    const WRITE_SCRATCH: ScratchBytes = P::SCRATCH;
    const SOURCE_SCRATCH: ScratchBytes = stored_scratch::<Self>();
    const WORK: Work = P::WORK.and(Work::of(S::STATIC_LEN));
    #[cfg_attr(not(unoptimised), inline(always))]
    fn source<'s, I: Instance>(&'s self, scratch: &'s Scratch<'_>) -> Self::Source<'s, I> {
        // SAFETY: `stored` writes every element of the result to `scratch`, in row-major order.
        unsafe { Memory::new(stored::<I, _>(self, scratch)) }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn write<I: Instance, L: Layout>(&self, dest: Dest<'_, P::Elem, S, L>, scratch: &Scratch<'_>) {
        let Strides { at, strides } = dest.to;
        let to = Strides { at, strides: without(strides, AxisSet::of(self.axis)) };
        // SAFETY: the new axis has an index for each part. At this index the destination, which is
        // borrowed exclusively, has an element for each index of the part's shape.
        unsafe { self.parts.write_each::<I>(to, strides[self.axis], scratch) };
    }
}
