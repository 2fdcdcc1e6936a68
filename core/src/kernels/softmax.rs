//! Softmax over a set of axes, region by region, while it is in the cache: the greatest element, the exponentials into the destination,
//! their sum, and a last operation in place.

use core::marker::PhantomData;

use super::across::Tile;
use super::along::{Group, Lanes};
use super::fold::{Combined, Highest, Total, total};
use super::reduce::{Columns, Keeping, Region, Way, reduces_lanes};
use super::tree::Planes;
use super::walk::{Axes, Strides, lane_axis};
use crate::element::{Float, Numeric};
use crate::expr::{Lane, Memory, Source};
use crate::shape::{AxisSet, List, Shape};
use crate::storage::Layout;

/// The form of the result.
pub trait Form<T>: Copy {
    /// What is written first, of an element less the greatest.
    fn first(below: T) -> T;
    /// What is summed, of what was written.
    fn term(first: T) -> T;
    /// What the last operation takes of the sum.
    fn factor(sum: T) -> T;
    /// The result, of what was written.
    fn last(first: T, factor: T) -> T;
}

/// How many columns are computed at a time.
const COLUMNS: usize = 256;

/// Writes softmax of `source` over `axes`, those of which `K` has `One` in the place.
///
/// # Safety
/// `to` reaches an element for every index of `shape`, exclusively, no two the same; row-major if `L` is dense.
#[inline(always)]
pub(crate) unsafe fn softmax<F, K: Shape, L: Layout, E: Source, S: Shape>(
    source: E,
    shape: S,
    axes: AxisSet,
    to: Strides<*mut E::Elem>,
) where
    F: Form<E::Elem>,
    E::Elem: Float,
{
    let lens = shape.into_list().lens();
    let count = (0..S::RANK).filter(|&k| axes.contains(k)).map(|k| lens[k]).product();
    let position = (source, to);
    let kept = Axes::new(shape, &position, |k| !axes.contains(k));
    let reduced = Axes::new(shape, &position, |k| axes.contains(k));
    if count == 0 || kept.is_empty() {
        return;
    }
    let given = Given::<_, S, L> { position, kept, reduced, count, layout: PhantomData };
    // SAFETY: the caller's promise; no axis is empty.
    unsafe {
        if const { matches!(Keeping::<S, K>::ALONG, Some(true)) }
            || Keeping::<S, K>::ALONG.is_none() && reduces_lanes::<S>(axes)
        {
            given.along::<F>();
        } else if const { !matches!(Keeping::<S, K>::ALONG, Some(true)) } {
            given.across::<F>();
        }
    }
}

/// An evaluation under way.
struct Given<E: Source, S, L> {
    position: (E, Strides<*mut E::Elem>),
    kept: Axes,
    reduced: Axes,
    count: usize,
    layout: PhantomData<(S, L)>,
}

impl<E: Source<Elem: Float>, S: Shape, L: Layout> Given<E, S, L> {
    /// # Safety
    /// As for [`softmax`]; lanes are reduced, and no axis is empty.
    #[inline(always)]
    unsafe fn along<F: Form<E::Elem>>(mut self) {
        let len = self.reduced.take_lane();
        let Self { mut position, mut kept, reduced, count, .. } = self;
        loop {
            let [greatest] = if len == count {
                Lanes::<S, E, false> { source: &mut position.0, count, shape: PhantomData }
                    .fold::<_, Combined<Highest>>(
                        #[inline(always)]
                        |x| x,
                    )
            } else {
                let source = &mut position.0;
                Group::<S, E, 1> { source, reduced, axis: 0, width: 1, len, count, shape: PhantomData }
                    .fold::<_, Combined<Highest>>(
                        #[inline(always)]
                        |_, x| x,
                    )
                    .get(0)
            };
            // SAFETY: the caller's promise.
            unsafe {
                each_row::<E, S, L>(
                    &mut position,
                    reduced,
                    0,
                    len,
                    #[inline(always)]
                    |_, x, out| {
                        out.write(F::first(x.minus(greatest)));
                    },
                );
            }
            // SAFETY: every element of what is read has been written.
            let mut written = unsafe { written::<E, S, L>(&position.1) };
            let sum = if len == count {
                Lanes::<S, _, false> { source: &mut written, count, shape: PhantomData }
                    .fold::<_, Total>(F::term)
            } else {
                let source = &mut written;
                Group::<S, _, 1> { source, reduced, axis: 0, width: 1, len, count, shape: PhantomData }
                    .fold::<_, Total>(
                        #[inline(always)]
                        |_, x| F::term(x),
                    )
                    .get(0)
            };
            let factor = F::factor(total(sum));
            // SAFETY: as for the first.
            unsafe {
                each_row::<E, S, L>(
                    &mut position,
                    reduced,
                    0,
                    len,
                    #[inline(always)]
                    |_, _, out| {
                        out.write(F::last(out.read(), factor));
                    },
                );
            }
            if !kept.next(&mut position) {
                return;
            }
        }
    }

    /// # Safety
    /// As for [`softmax`]; lanes are kept, and no axis is empty.
    #[inline(always)]
    unsafe fn across<F: Form<E::Elem>>(mut self) {
        let len = self.kept.take_lane();
        let Self { mut position, mut kept, reduced, count, .. } = self;
        loop {
            for start in (0..len).step_by(COLUMNS) {
                let width = COLUMNS.min(len - start);
                let source = &mut position.0;
                let [greatest] =
                    Tile::<S, E, COLUMNS> { source, reduced, start, width, count, shape: PhantomData }
                        .fold::<_, Combined<Highest>>(
                        #[inline(always)]
                        |_, x| x,
                    );
                // SAFETY: the caller's promise; the tile ends at the end of the lane or before.
                unsafe {
                    each_row::<E, S, L>(
                        &mut position,
                        reduced,
                        start,
                        width,
                        #[inline(always)]
                        |k, x, out| {
                            out.write(F::first(x.minus(greatest[k])));
                        },
                    );
                }
                // SAFETY: every element of what is read has been written.
                let mut written = unsafe { written::<E, S, L>(&position.1) };
                let source = &mut written;
                let sums = Tile::<S, _, COLUMNS> { source, reduced, start, width, count, shape: PhantomData }
                    .fold::<_, Total>(
                        #[inline(always)]
                        |_, x| F::term(x),
                    );
                let mut factors = greatest;
                for (k, factor) in factors.iter_mut().enumerate() {
                    *factor = F::factor(total(sums.get(k)));
                }
                // SAFETY: as for the first.
                unsafe {
                    each_row::<E, S, L>(
                        &mut position,
                        reduced,
                        start,
                        width,
                        #[inline(always)]
                        |k, _, out| {
                            out.write(F::last(out.read(), factors[k]));
                        },
                    );
                }
            }
            if !kept.next(&mut position) {
                return;
            }
        }
    }
}

/// Calls `body` with each of `width` columns from `start` on of every lane along `reduced`: its number, the element and the place of the result.
///
/// # Safety
/// The position is an index of `S`, so are those along `reduced`, and `start + width` is at most the length of a lane.
#[inline(always)]
unsafe fn each_row<E: Source, S: Shape, L: Layout>(
    position: &mut (E, Strides<*mut E::Elem>),
    mut reduced: Axes,
    start: usize,
    width: usize,
    body: impl Fn(usize, E::Elem, *mut E::Elem),
) {
    let stride = if L::DENSE { 1 } else { position.1.strides[lane_axis::<S>()] };
    loop {
        // SAFETY: the caller's promise.
        let lane = unsafe { position.0.lane::<S>() };
        for k in 0..width {
            let out = position.1.at.wrapping_offset(stride.wrapping_mul((start + k) as isize));
            // SAFETY: `start + k` is below the length of the lane.
            body(k, unsafe { lane.get::<S>(start + k) }, out);
        }
        if !reduced.next(position) {
            return;
        }
    }
}

/// The destination, to be read.
///
/// # Safety
/// What is read of it has been written.
#[inline(always)]
unsafe fn written<'d, E: Source, S: Shape, L: Layout>(
    to: &Strides<*mut E::Elem>,
) -> Memory<'d, E::Elem, S, L> {
    // SAFETY: the caller's promise; the strides reach an element at every index of `S`.
    unsafe { Memory::new(Strides { at: to.at.cast_const(), strides: to.strides }) }
}
