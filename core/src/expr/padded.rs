//! The node of an expression padded with a constant.

use super::sealed::Sealed;
use super::{Expr, Shaped, stored, stored_scratch};
use crate::axes::{AxisSet, MAX_RANK};
use crate::kernels::fill::fill;
use crate::kernels::walk::entry;
use crate::layout::{Dense, Layout, Strided, Whole};
use crate::memory::{Dest, Memory};
use crate::read::Strides;
use crate::run::level::Work;
use crate::run::scratch::{Scratch, ScratchBytes};
use crate::shape::{Carried, Instance, List, Shape, Tuple};

/// `expr` padded with the element `value` along each of `axes`: `before` copies of `value` precede
/// the elements of `expr`, and as many follow them as the length in `shape` leaves room for.
#[derive(Clone, Copy, Debug)]
pub struct Padded<E, T, S> {
    pub(crate) expr: E,
    pub(crate) axes: AxisSet,
    pub(crate) before: usize,
    pub(crate) value: T,
    pub(crate) shape: Carried<S>,
}

impl<E, T, S> Sealed for Padded<E, T, S> {}
impl<E: Expr, S: Shape> Shaped for Padded<E, E::Elem, S> {
    type Elem = E::Elem;
    type Shape = S;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape(&self) -> S {
        self.shape.get()
    }
}
impl<E: Expr, S: Shape> Expr for Padded<E, E::Elem, S> {
    type Layout = Whole;
    type Source<'s, I: Instance>
        = Memory<'s, E::Elem, I::Of<S>, Dense>
    where
        Self: 's;
    const WRITE_SCRATCH: ScratchBytes = E::WRITE_SCRATCH;
    const SOURCE_SCRATCH: ScratchBytes = stored_scratch::<Self>();
    const WORK: Work = E::WORK.and(Work::of(S::STATIC_LEN));
    #[cfg_attr(not(unoptimised), inline(always))]
    fn source<'s, I: Instance>(&'s self, scratch: &'s Scratch<'_>) -> Self::Source<'s, I> {
        // SAFETY: `stored` writes every element of the result to `scratch`, in row-major order.
        unsafe { Memory::new(stored::<I, _>(self, scratch)) }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn write<I: Instance, L: Layout>(&self, dest: Dest<'_, E::Elem, S, L>, scratch: &Scratch<'_>) {
        let (mut to, inner) = (dest.to, self.expr.shape().into_list().lens());
        let mut lens = self.shape.get().into_list().lens();
        // For each padded axis the loop fills two parts of `to`: the indices in front of `expr`,
        // and the indices behind it. Then it narrows `to` and `lens` to the indices of `expr` along
        // this axis, so that no element is filled twice.
        for k in (0..MAX_RANK).filter(|&k| self.axes.contains(k)) {
            let k = entry(k);
            let (len, stride) = (lens[k], to.strides[k]);
            lens[k] = self.before;
            // SAFETY: `to` reaches an element at each index of `lens`, whose length along axis `k`
            // is now `before`, the number of indices in front of `expr`. The destination is
            // borrowed exclusively.
            unsafe { fill(to, lens, self.value) };
            let end = stride.wrapping_mul((self.before + inner[k]) as isize);
            lens[k] = len - self.before - inner[k];
            // SAFETY: moved by `end`, `to` reaches an element at each index of `lens`, whose length
            // along axis `k` is now the number of indices behind `expr`. The destination is
            // borrowed exclusively.
            unsafe { fill(Strides { at: to.at.wrapping_offset(end), ..to }, lens, self.value) };
            to.at = to.at.wrapping_offset(stride.wrapping_mul(self.before as isize));
            lens[k] = inner[k];
        }
        // SAFETY: the loop has narrowed `to` to the part of the destination that has the shape of
        // `expr`. The destination is borrowed exclusively.
        self.expr.write::<I, _>(unsafe { Dest::<_, E::Shape, Strided>::new(to) }, scratch);
    }
}
