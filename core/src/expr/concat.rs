//! The node of two expressions concatenated along an axis.

use super::sealed::Sealed;
use super::{Expr, Shaped, stored, stored_scratch};
use crate::layout::{Dense, Layout, Strided, Whole};
use crate::memory::{Dest, Memory};
use crate::read::Strides;
use crate::run::level::Work;
use crate::run::scratch::{Scratch, ScratchBytes, plus};
use crate::shape::{Carried, Instance, Shape};

/// `first` followed by `second` along axis `axis` (0 is the last axis).
#[derive(Clone, Copy, Debug)]
pub struct Concat<First, Second, S> {
    pub(crate) first: First,
    pub(crate) second: Second,
    pub(crate) axis: usize,
    /// The length of `first` along `axis`.
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
        // SAFETY: `stored` writes every element of the result to `scratch`, in row-major order.
        unsafe { Memory::new(stored::<I, _>(self, scratch)) }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn write<I: Instance, L: Layout>(
        &self,
        dest: Dest<'_, First::Elem, S, L>,
        scratch: &Scratch<'_>,
    ) {
        let Strides { at, strides } = dest.to;
        // SAFETY: the part of the destination at its first `first_len` indices along `axis` has the
        // shape of `first`. The destination is borrowed exclusively.
        self.first
            .write::<I, _>(unsafe { Dest::<_, First::Shape, Strided>::new(dest.to) }, scratch);
        let after = at.wrapping_offset(strides[self.axis].wrapping_mul(self.first_len as isize));
        let to = Strides { at: after, strides };
        // SAFETY: the part of the destination from `after` on has the shape of `second`, because
        // the lengths of `first` and `second` along `axis` add up to the destination's. The
        // destination is borrowed exclusively, and the first part is not written any more.
        self.second.write::<I, _>(unsafe { Dest::<_, Second::Shape, Strided>::new(to) }, scratch);
    }
}
