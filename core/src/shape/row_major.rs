//! The row-major strides of a static shape, as a type without a value.

use core::fmt::{self, Debug};
use core::marker::PhantomData;

use super::{Invariant, List, ListOf, Shape, static_lens};
use crate::axes::{MAX_RANK, PerAxis, row_major};
use crate::read::Apart;

/// The row-major strides of the shape `S`, whose lengths are static. The strides are constants and
/// this type has no fields, so the optimiser need not find the values of strides that are stored in
/// memory.
pub struct RowMajor<S>(Invariant<S>);
impl<S> Clone for RowMajor<S> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn clone(&self) -> Self {
        *self
    }
}
impl<S> Copy for RowMajor<S> {}
impl<S> Debug for RowMajor<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RowMajor")
    }
}
impl<S: Shape> Apart for RowMajor<S> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn new(_: PerAxis<isize>) -> Self {
        Self(PhantomData)
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn along(&self, axis: usize) -> isize {
        // `axis` is always less than `MAX_RANK`, but the compiler does not know that. The remainder
        // does not change `axis`, and because of it the compiler leaves out the bounds check.
        (const { strides::<S>() })[axis % MAX_RANK]
    }
}

/// The row-major strides of a shape whose lengths are static.
const fn strides<S: Shape>() -> PerAxis<isize> {
    match static_strides::<S>() {
        Some(strides) => strides,
        None => panic!("strides are constants where all lengths are"),
    }
}

/// The row-major strides of a shape, if all its lengths are static.
pub(crate) const fn static_strides<S: Shape>() -> Option<PerAxis<isize>> {
    match static_lens::<ListOf<S>>() {
        Some(lens) => Some(row_major(<ListOf<S> as List>::KINDS, lens)),
        None => None,
    }
}
