//! Folding short lanes side by side: 32 regions at once, so that a vector holds the states of
//! different regions and is never folded within itself. Each region is folded in the order of the
//! tree, so the bits are those of one region at a time.
//!
//! 1. The regions are neighbours along the next axis outside the lanes, here `axis`. 32 of them are
//!    a tile.
//! 2. Operands that vary along `axis` are packed (copied) for the tile, so that neighbours along it
//!    are contiguous.
//! 3. For each index of the axes outside, the regions of the tile are folded, element by element of
//!    the lanes, 32 at a time, from the packed elements.
//!
//! This pays where the packed tile is read many times: where operands that vary along `axis` are
//! stretched along the axes outside. An example is pairwise distances, of `(n, 1, k)` and `(m, k)`.

use core::marker::PhantomData;
use core::mem::MaybeUninit;

use crate::axes::{AxisKind, AxisSet, PerAxis};
use crate::kernels::reduce::elements::Elements;
use crate::kernels::reduce::lane::CHUNK;
use crate::kernels::reduce::statistic::{Columns, Results, Statistic};
use crate::kernels::reduce::tree::Fold;
use crate::kernels::reduce::tree::accumulators::Accumulators;
use crate::kernels::reduce::way::Way;
use crate::kernels::walk::Axes;
use crate::read::{Along, Lane, PackedTile, Source, Steps, WIDTH};
use crate::run::level::{HAS_VECTORS, is_expensive};
use crate::run::scratch::Scratch;
use crate::shape::{Beside, List, ListOf, Shape, lane_axis};

/// The maximum number of bytes of a packed tile, which is on the stack. Bare metal has little.
const TILE_BYTES: usize = if cfg!(feature = "std") { 16 } else { 2 } * 1024;
/// The minimum number of times that a tile is read.
const FEWEST: usize = 8;
/// The factor by which each of several threads needs more work than without tiles, as each thread
/// packs all of them.
#[cfg(feature = "rayon")]
pub(super) const PART: usize = 8;

/// Whether the types allow that lanes of `E`, of the shape `S`, are folded side by side.
pub(crate) const fn may_pay<K: Way, E: Source, S: Shape>() -> bool {
    let (lane, axis) = (lane_axis::<S>(), <Beside<S> as Along>::AXIS);
    // Expensive elements are computed into a buffer first, lane by lane. Few elements take less
    // time than packing a tile.
    if !HAS_VECTORS
        || is_expensive(E::WEIGHT)
        || !K::ALONE
        || lane == axis
        || matches!(S::STATIC_LEN, Some(len) if len < FEWEST * WIDTH * 2)
    {
        return false;
    }
    let (mut outside, mut k) = (0, axis + 1);
    while k < S::RANK {
        if matches!(<ListOf<S> as List>::KINDS[k], AxisKind::Length(_)) {
            // An operand that varies along both axes would be packed for a single use.
            if E::PACKED[axis][k] != 0 {
                return false;
            }
            outside += 1;
        }
        k += 1;
    }
    outside > 0
}

/// Whether lanes of `E`, of the shape `S` with these lengths, are folded side by side if the types
/// [allow](may_pay) it.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn pays<E: Source, S: Shape>(lens: PerAxis<usize>) -> bool {
    let (lane, axis) = const { (lane_axis::<S>(), <Beside<S> as Along>::AXIS) };
    // An operand that does not vary along `axis` needs no room. One that varies along `axis` alone
    // needs room for one element of each lane.
    let each = const { E::PACKED[<Beside<S> as Along>::AXIS][lane_axis::<S>()] };
    let once = const { E::PACKED[<Beside<S> as Along>::AXIS][<Beside<S> as Along>::AXIS] };
    let bytes = lens[lane].saturating_mul(each).saturating_add(once).saturating_mul(WIDTH);
    let outside: usize = lens[axis + 1..].iter().product();
    (2..CHUNK).contains(&lens[lane])
        && bytes <= TILE_BYTES
        && lens[axis] >= WIDTH
        && outside >= FEWEST
}

/// Writes the `statistic` of each lane of `source` to `to`.
///
/// # Safety
/// As for [`reduce`](super::reduce()); `axes` is the lane axis alone, and both [`may_pay`] and
/// [`pays`] hold.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) unsafe fn reduce<E: Source, S: Shape, R: Statistic<E::Elem>>(
    statistic: R,
    source: E,
    shape: S,
    axes: AxisSet,
    to: impl Results<R::Output>,
) {
    let axis = const { <Beside<S> as Along>::AXIS };
    let position = (source, to);
    let outside = Axes::new(shape, &position, |k| !axes.contains(k) && k != axis);
    let lens = shape.into_list().lens();
    let (neighbours, len) = (lens[axis], lens[const { lane_axis::<S>() }]);
    // SAFETY: the caller's promise.
    unsafe { part::<E, S, R, _>(statistic, outside, position, neighbours, len) };
}

/// As [`reduce`], for `neighbours` lanes of `len` elements at each index of the axes `outside`.
///
/// # Safety
/// As for [`reduce`].
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn part<E: Source, S: Shape, R: Statistic<E::Elem>, W: Results<R::Output>>(
    statistic: R,
    outside: Axes,
    position: (E, W),
    neighbours: usize,
    len: usize,
) {
    let axis = const { <Beside<S> as Along>::AXIS };
    for start in (0..neighbours).step_by(WIDTH) {
        let width = WIDTH.min(neighbours - start);
        let mut memory = TileMemory([MaybeUninit::uninit(); TILE_BYTES]);
        let room = Scratch::new(&mut memory.0);
        let (mut position, mut outside) = (position, outside);
        position.step(axis, start as isize);
        // SAFETY: the tile is within `S`, `room` lives as long as the position, and no operand
        // varies along both `axis` and one of the axes outside.
        unsafe { position.0.pack(PackedTile { axis, width, lane: lane_axis::<S>(), len }, &room) };
        loop {
            let (source, to) = position;
            let side = &mut SideBySide::<S, E> { source, width, len, shape: PhantomData };
            // SAFETY: `start + c` is below the length of the axis, so this is an index of the
            // shape.
            statistic.across(
                side,
                #[cfg_attr(not(unoptimised), inline(always))]
                |c, result| unsafe { to.write(axis, c, result) },
            );
            if !outside.next(&mut position) {
                break;
            }
        }
    }
}

/// Memory for a packed tile, aligned for whole vectors.
#[repr(align(64))]
struct TileMemory([MaybeUninit<u8>; TILE_BYTES]);

/// The regions of a tile, at one index of the axes outside.
struct SideBySide<S, E> {
    source: E,
    /// The number of regions.
    width: usize,
    /// The length of a lane.
    len: usize,
    shape: PhantomData<S>,
}
impl<S, E: Copy> Clone for SideBySide<S, E> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn clone(&self) -> Self {
        *self
    }
}
impl<S, E: Copy> Copy for SideBySide<S, E> {}
impl<S: Shape, E: Source> Elements<E::Elem> for SideBySide<S, E> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn count(&self) -> usize {
        self.len
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn visit(&mut self, mut to: impl FnMut(usize, E::Elem)) {
        for j in 0..self.len {
            // SAFETY: `j` is below the length of the lane, and the source is packed.
            let lane = unsafe { self.source.packed::<S>(j) };
            for c in 0..self.width {
                // SAFETY: operands that vary along the axis are packed, `WIDTH` elements of each.
                to(c, unsafe { lane.get::<Beside<S>>(c) });
            }
        }
    }
}
impl<S: Shape, E: Source> Columns<E::Elem, WIDTH> for SideBySide<S, E> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn width(&self) -> usize {
        self.width
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn fold_to<U: Copy, F: Fold<U>, const EXPENSIVE: bool>(
        &mut self,
        to: &mut Accumulators<U, F, WIDTH, false>,
        map: impl Fn(usize, E::Elem) -> U + Sync,
    ) {
        to.set_all(F::short_columns(
            self.len,
            #[cfg_attr(not(unoptimised), inline(always))]
            |j| {
                // SAFETY: `j` is below the length of the lane, and the source is packed.
                unsafe { self.source.packed::<S>(j) }
            },
            #[cfg_attr(not(unoptimised), inline(always))]
            // SAFETY: operands that vary along the axis are packed, `WIDTH` elements of each.
            |lane, c| map(c, unsafe { lane.get::<Beside<S>>(c) }),
        ));
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn first(
        &mut self,
        wanted: impl Fn(usize, E::Elem) -> bool,
        mut give: impl FnMut(usize, usize),
    ) {
        let len = self.len;
        let mut places = [len; WIDTH];
        for j in (0..len).rev() {
            // SAFETY: as in `fold_to`.
            let lane = unsafe { self.source.packed::<S>(j) };
            for (c, place) in places.iter_mut().enumerate() {
                // SAFETY: as in `fold_to`.
                let here = wanted(c, unsafe { lane.get::<Beside<S>>(c) });
                *place = if here { j } else { *place };
            }
        }
        for (c, &place) in places.iter().enumerate().take(self.width) {
            give(c, place);
        }
    }
}
