//! The node of two expressions concatenated along an axis.

use super::sealed::Sealed;
use super::{Expr, Shaped, stored, stored_scratch};
use crate::layout::{Dense, Layout, Strided, Whole};
use crate::memory::{Dest, Memory};
use crate::read::Strides;
use crate::run::level::Work;
use crate::run::scratch::{Scratch, ScratchBytes, plus};
use crate::shape::{Carried, Instance, Shape};

/// `first`, and `second` after it, along axis `axis`, counted from the last.
#[derive(Clone, Copy, Debug)]
pub struct Concat<First, Second, S> {
    pub(crate) first: First,
    pub(crate) second: Second,
    pub(crate) axis: usize,
    /// The length of `first` along the axis.
    pub(crate) first_len: usize,
    pub(crate) shape: Carried<S>,
}

impl<First, Second, S> Sealed for Concat<First, Second, S> {}
impl<First: Expr, Second: Expr<Elem = First::Elem>, S: Shape> Shaped for Concat<First, Second, S> {
    type Elem = First::Elem;
    type Shape = S;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape(&self) -> S {
        self.shape.get()
    }
}
impl<First: Expr, Second: Expr<Elem = First::Elem>, S: Shape> Expr for Concat<First, Second, S> {
    type Layout = Whole;
    type Source<'s, I: Instance>
        = Memory<'s, First::Elem, I::Of<S>, Dense>
    where
        Self: 's;
    const WRITE_SCRATCH: ScratchBytes = plus(First::WRITE_SCRATCH, Second::WRITE_SCRATCH);
    const SOURCE_SCRATCH: ScratchBytes = stored_scratch::<Self>();
    const WORK: Work = First::WORK.and(Second::WORK).and(Work::of(S::STATIC_LEN));
    #[cfg_attr(not(unoptimised), inline(always))]
    fn source<'s, I: Instance>(&'s self, scratch: &'s Scratch<'_>) -> Self::Source<'s, I> {
        // SAFETY: `stored` computes the result into scratch, row-major.
        unsafe { Memory::new(stored::<I, _>(self, scratch)) }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn write<I: Instance, L: Layout>(
        &self,
        dest: Dest<'_, First::Elem, S, L>,
        scratch: &Scratch<'_>,
    ) {
        let Strides { at, strides } = dest.to;
        // SAFETY: the first part of the destination has the shape of `first`.
        self.first
            .write::<I, _>(unsafe { Dest::<_, First::Shape, Strided>::new(dest.to) }, scratch);
        let after = at.wrapping_offset(strides[self.axis].wrapping_mul(self.first_len as isize));
        let to = Strides { at: after, strides };
        // SAFETY: the part after the first has the shape of `second`, as the lengths along the axis
        // add up to the destination's.
        self.second.write::<I, _>(unsafe { Dest::<_, Second::Shape, Strided>::new(to) }, scratch);
    }
}
