//! Folding short lanes side by side: as many regions at once as some vectors have elements, so that
//! no vector is folded in itself.
//!
//! The regions are neighbours along the next axis outside the lanes. Operands that vary along it
//! are packed, a tile of them at a time, so that neighbours along it are neighbours in memory; a
//! tile is read once for each index of the axes outside. So it pays where what varies along both is
//! stretched along those: pairwise distances, `(n, 1, k)` with `(m, k)`.

use core::marker::PhantomData;
use core::mem::MaybeUninit;

use super::split;
use crate::axes::{AxisKind, AxisSet};
use crate::kernels::reduce::elements::Elements;
use crate::kernels::reduce::lane::CHUNK;
use crate::kernels::reduce::statistic::{Columns, Results, Statistic};
use crate::kernels::reduce::tree::Fold;
use crate::kernels::reduce::way::Way;
use crate::kernels::walk::Axes;
use crate::read::{Along, Lane, Source, Steps, Tile, WIDTH};
use crate::run::level::{Level, is_dear};
use crate::run::scratch::Scratch;
use crate::shape::{Beside, List, ListOf, Shape, lane_axis, lane_len};

/// The most bytes of a packed tile, which is on the stack. Bare metal has little.
const TILE_BYTES: usize = if cfg!(feature = "std") { 16 } else { 2 } * 1024;
/// The fewest times that a tile is read.
const FEWEST: usize = 8;
/// How many times as much each of several threads has to do as without tiles to pack.
const PART: usize = 8;

/// Whether lanes of `E`, of the shape `S`, are folded side by side when they are reduced.
pub(crate) const fn pays<K: Way, E: Source, S: Shape>() -> bool {
    let (lane, axis) = (lane_axis::<S>(), <Beside<S> as Along>::AXIS);
    let (len, kinds) = (lane_len::<S>(), <ListOf<S> as List>::KINDS);
    // What varies along the lanes alone, or not at all, needs no room, and what varies along the
    // axis alone no more than a place.
    let bytes =
        len.saturating_mul(E::PACKED[axis][lane]).saturating_add(E::PACKED[axis][axis]).saturating_mul(WIDTH);
    // What is dear is computed to a buffer first, lane by lane.
    if is_dear(E::WEIGHT) || !K::ALONE || lane == axis || len < 2 || len >= CHUNK || bytes > TILE_BYTES {
        return false;
    }
    let (mut outside, mut k) = (1, axis + 1);
    while k < S::RANK {
        if let AxisKind::Length(length) = kinds[k] {
            match length {
                // Were anything to vary along both, it would be packed for one use.
                Some(length) if E::PACKED[axis][k] == 0 => outside *= length,
                _ => return false,
            }
        }
        k += 1;
    }
    matches!(kinds[axis], AxisKind::Length(Some(WIDTH..))) && outside >= FEWEST
}

/// Writes `statistic` of the lanes of `source` to `to`.
///
/// # Safety
/// As for [`reduce`](super::reduce()); `axes` is that of lanes alone, and it [`pays`].
#[inline(always)]
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
    let neighbours = shape.into_list().lens()[axis];
    split::each::<S, _, { 2 * PART }>(
        (outside, position),
        // As if there were less to do: each part packs all tiles, so that it is to read them often.
        (neighbours * const { lane_len::<S>() } / PART, 1),
        #[inline(always)]
        // SAFETY: the caller's promise, of a part of the axes outside.
        |outside, position| unsafe { part::<E, S, R, _>(statistic, outside, position, neighbours) },
    );
}

/// As [`reduce`], of the places along the axes `outside` from the position on.
///
/// # Safety
/// As for [`reduce`].
#[inline(always)]
unsafe fn part<E: Source, S: Shape, R: Statistic<E::Elem>, W: Results<R::Output>>(
    statistic: R,
    outside: Axes,
    position: (E, W),
    neighbours: usize,
) {
    let (axis, len) = const { (<Beside<S> as Along>::AXIS, lane_len::<S>()) };
    for start in (0..neighbours).step_by(WIDTH) {
        let width = WIDTH.min(neighbours - start);
        let mut memory = Room([MaybeUninit::uninit(); TILE_BYTES]);
        let room = Scratch::new(&mut memory.0, Level::BASELINE);
        let (mut position, mut outside) = (position, outside);
        position.step(axis, start as isize);
        // SAFETY: the tile is of indices of `S`, `room` lives as long as the position, and nothing
        // varies along `axis` and one outside.
        unsafe { position.0.pack(Tile { axis, width, lane: lane_axis::<S>(), len }, &room) };
        loop {
            let (source, to) = position;
            let side = &mut Side::<S, E> { source, width, shape: PhantomData };
            // SAFETY: `start + c` is below the length of the axis, so this is an index of the
            // shape.
            statistic.across(
                side,
                #[inline(always)]
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
struct Room([MaybeUninit<u8>; TILE_BYTES]);

/// Regions side by side.
struct Side<S, E> {
    source: E,
    width: usize,
    shape: PhantomData<S>,
}
impl<S, E: Copy> Clone for Side<S, E> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}
impl<S, E: Copy> Copy for Side<S, E> {}
impl<S: Shape, E: Source> Elements<E::Elem> for Side<S, E> {
    #[inline(always)]
    fn count(&self) -> usize {
        const { lane_len::<S>() }
    }
    #[inline(always)]
    fn visit(&mut self, mut to: impl FnMut(usize, E::Elem)) {
        for j in 0..const { lane_len::<S>() } {
            // SAFETY: place `j` is below the length of the lane, and the source is packed.
            let lane = unsafe { self.source.packed::<S>(j) };
            for c in 0..self.width {
                // SAFETY: what varies along the axis is packed, `WIDTH` elements of it.
                to(c, unsafe { lane.get::<Beside<S>>(c) });
            }
        }
    }
}
impl<S: Shape, E: Source> Columns<E::Elem, WIDTH> for Side<S, E> {
    #[inline(always)]
    fn width(&self) -> usize {
        self.width
    }
    #[inline(always)]
    fn fold_by<U: Copy, F: Fold<U>, const DEAR: bool>(
        &mut self,
        map: impl Fn(usize, E::Elem) -> U + Sync,
    ) -> F::Planes<WIDTH> {
        F::short_columns(
            const { lane_len::<S>() },
            #[inline(always)]
            |j| {
                // SAFETY: place `j` is below the length of the lane, and the source is packed.
                unsafe { self.source.packed::<S>(j) }
            },
            #[inline(always)]
            // SAFETY: what varies along the axis is packed, `WIDTH` elements of it.
            |lane, c| map(c, unsafe { lane.get::<Beside<S>>(c) }),
        )
    }
    #[inline(always)]
    fn first(&mut self, wanted: impl Fn(usize, E::Elem) -> bool, mut give: impl FnMut(usize, usize)) {
        let len = const { lane_len::<S>() };
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
