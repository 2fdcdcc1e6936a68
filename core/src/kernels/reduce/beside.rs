//! Folding short lanes side by side: as many regions at once as some vectors have elements, so that
//! no vector is folded in itself.
//!
//! The regions are neighbours along the next axis outside the lanes. Operands that vary along it
//! are packed, a tile of them at a time, so that neighbours along it are neighbours in memory; a
//! tile is read once for each index of the axes outside. So it pays where what varies along both is
//! stretched along those: pairwise distances, `(n, 1, k)` with `(m, k)`.

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

/// The most bytes of a packed tile, which is on the stack. Bare metal has little.
const TILE_BYTES: usize = if cfg!(feature = "std") { 16 } else { 2 } * 1024;
/// The fewest times that a tile is read.
const FEWEST: usize = 8;
/// How many times as much each of several threads has to do as without tiles to pack, which each
/// packs all of.
#[cfg(feature = "rayon")]
pub(super) const PART: usize = 8;

/// Whether the types let lanes of `E`, of the shape `S`, be folded side by side when they are
/// reduced.
pub(crate) const fn may_pay<K: Way, E: Source, S: Shape>() -> bool {
    let (lane, axis) = (lane_axis::<S>(), <Beside<S> as Along>::AXIS);
    // What is dear is computed to a buffer first, lane by lane. Few elements are over before a tile
    // is packed.
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
            // Were anything to vary along both, it would be packed for one use.
            if E::PACKED[axis][k] != 0 {
                return false;
            }
            outside += 1;
        }
        k += 1;
    }
    outside > 0
}

/// Whether lanes of `E`, of the shape `S` with these lengths, are folded side by side where they
/// [may](may_pay) be.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn pays<E: Source, S: Shape>(lens: PerAxis<usize>) -> bool {
    let (lane, axis) = const { (lane_axis::<S>(), <Beside<S> as Along>::AXIS) };
    // What varies along the lanes alone, or not at all, needs no room, and what varies along the
    // axis alone no more than a place.
    let each = const { E::PACKED[<Beside<S> as Along>::AXIS][lane_axis::<S>()] };
    let once = const { E::PACKED[<Beside<S> as Along>::AXIS][<Beside<S> as Along>::AXIS] };
    let bytes = lens[lane].saturating_mul(each).saturating_add(once).saturating_mul(WIDTH);
    let outside: usize = lens[axis + 1..].iter().product();
    (2..CHUNK).contains(&lens[lane])
        && bytes <= TILE_BYTES
        && lens[axis] >= WIDTH
        && outside >= FEWEST
}

/// Writes `statistic` of the lanes of `source` to `to`.
///
/// # Safety
/// As for [`reduce`](super::reduce()); `axes` is that of lanes alone, it [may pay](may_pay) and it
/// [`pays`].
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

/// As [`reduce`], of the places along the axes `outside` from the position on.
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
        // SAFETY: the tile is of indices of `S`, `room` lives as long as the position, and nothing
        // varies along `axis` and one outside.
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

/// Memory for a packed tile, aligned as vectors like it.
#[repr(align(64))]
struct TileMemory([MaybeUninit<u8>; TILE_BYTES]);

/// Regions side by side.
struct SideBySide<S, E> {
    source: E,
    width: usize,
    /// How long a lane is.
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
            // SAFETY: place `j` is below the length of the lane, and the source is packed.
            let lane = unsafe { self.source.packed::<S>(j) };
            for c in 0..self.width {
                // SAFETY: what varies along the axis is packed, `WIDTH` elements of it.
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
                // SAFETY: place `j` is below the length of the lane, and the source is packed.
                unsafe { self.source.packed::<S>(j) }
            },
            #[cfg_attr(not(unoptimised), inline(always))]
            // SAFETY: what varies along the axis is packed, `WIDTH` elements of it.
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
            // SAFETY: as for `fold`.
            let lane = unsafe { self.source.packed::<S>(j) };
            for (c, place) in places.iter_mut().enumerate() {
                // SAFETY: as for `fold`.
                let here = wanted(c, unsafe { lane.get::<Beside<S>>(c) });
                *place = if here { j } else { *place };
            }
        }
        for (c, &place) in places.iter().enumerate().take(self.width) {
            give(c, place);
        }
    }
}
