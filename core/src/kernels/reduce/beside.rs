//! Folding short lanes side by side: 32 regions at once, so that a SIMD vector holds states of
//! different regions, and its elements are never combined with each other. Each region is folded in
//! the order of the tree, so the bits are the same as if one region were folded at a time.
//!
//! 1. The regions are neighbours along `axis`, the next axis outside the lane axis. 32 neighbouring
//!    regions are a tile.
//! 2. Operands that vary along `axis` are packed for the tile: copied so that neighbours along
//!    `axis` are contiguous.
//! 3. For each index along the axes outside `axis`, the regions of the tile are folded from the
//!    packed elements: first element 0 of all 32 lanes, then element 1 of all 32 lanes, and so on.
//!
//! This pays where a packed tile is read many times, because the operands that vary along `axis`
//! are stretched along the axes outside `axis`. An example is the sum over k of the differences
//! between an operand of shape `(n, 1, k)` and one of shape `(m, k)`, as in pairwise distances.

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

/// The maximum number of bytes of a packed tile. It is on the stack, of which bare metal has
/// little.
const TILE_BYTES: usize = if cfg!(feature = "std") { 16 } else { 2 } * 1024;
/// The minimum number of times that a packed tile must be read for packing to pay.
const FEWEST: usize = 8;
/// The factor by which the minimum work of a thread is larger than without tiles, because each
/// thread packs all tiles that it reads.
#[cfg(feature = "rayon")]
pub(super) const PART: usize = 8;

/// Whether, as far as the types tell, folding the lanes of `E` side by side may pay. `S` is the
/// shape of `E`. If the result is false, code for folding side by side is not compiled.
pub(crate) const fn may_pay<K: Way, E: Source, S: Shape>() -> bool {
    let (lane, axis) = (lane_axis::<S>(), <Beside<S> as Along>::AXIS);
    // Expensive elements are first computed into a buffer, lane by lane, which needs no tiles. And
    // if the array has few elements, packing a tile would take longer than reducing them.
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
            // If an operand varies along axis `k` as well as along `axis`, each of its packed
            // elements is read only once, at one index along axis `k`, so packing it does not pay.
            if E::PACKED[axis][k] != 0 {
                return false;
            }
            outside += 1;
        }
        k += 1;
    }
    outside > 0
}

/// Whether folding the lanes of `E` side by side pays; only called if [`may_pay`] is true. `S` is
/// the shape of `E`, with the lengths `lens`.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn pays<E: Source, S: Shape>(lens: PerAxis<usize>) -> bool {
    let (lane, axis) = const { (lane_axis::<S>(), <Beside<S> as Along>::AXIS) };
    // `each` is the number of bytes to pack for each element of a lane, and `once` the number of
    // bytes to pack once per lane, for operands that vary along `axis` but not along the lane.
    let each = const { E::PACKED[<Beside<S> as Along>::AXIS][lane_axis::<S>()] };
    let once = const { E::PACKED[<Beside<S> as Along>::AXIS][<Beside<S> as Along>::AXIS] };
    let bytes = lens[lane].saturating_mul(each).saturating_add(once).saturating_mul(WIDTH);
    let outside: usize = lens[axis + 1..].iter().product();
    (2..CHUNK).contains(&lens[lane])
        && bytes <= TILE_BYTES
        && lens[axis] >= WIDTH
        && outside >= FEWEST
}

/// Reduces each lane of `source` by `statistic`, and writes the results to `to`.
///
/// # Safety
/// `to` exclusively reaches a result for each lane of `source`. `axes` contains only the lane axis,
/// and both [`may_pay`] and [`pays`] are true.
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
    // SAFETY: the caller keeps this function's contract.
    unsafe { part::<E, S, R, _>(statistic, outside, position, neighbours, len) };
}

/// As [`reduce`], for `neighbours` lanes at each index along the axes `outside`. Each lane has
/// `len` elements.
///
/// # Safety
/// `position.1` exclusively reaches a result for each lane. The lane axis is the only reduced axis,
/// and both [`may_pay`] and [`pays`] are true.
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
        // SAFETY: `start + width` is at most `neighbours`, the length of `axis`. `room` outlives
        // `position`. `may_pay` is true, so no packed operand varies along the axes `outside`, and
        // after this call `position` moves along these axes only.
        unsafe { position.0.pack(PackedTile { axis, width, lane: lane_axis::<S>(), len }, &room) };
        loop {
            let (source, to) = position;
            let side = &mut SideBySide::<S, E> { source, width, len, shape: PhantomData };
            // SAFETY: `c` is less than `width`, so `start + c` is less than `neighbours`, the
            // number of results along `axis`.
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

/// Memory for a packed tile. It is aligned to a cache line, so that no SIMD vector that is loaded
/// from it crosses into another line.
#[repr(align(64))]
struct TileMemory([MaybeUninit<u8>; TILE_BYTES]);

/// The regions of a packed tile, at one index along the axes outside the axis of the tile.
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
            // SAFETY: `j` is less than `len`, the length of the lane, and `part` has packed the
            // source.
            let lane = unsafe { self.source.packed::<S>(j) };
            for c in 0..self.width {
                // SAFETY: `c` is less than `WIDTH`, and at each index `j` of the lane axis a packed
                // operand has `WIDTH` elements, one of each lane of the tile.
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
                // SAFETY: `j` is less than `len`, the length of the lane, and `part` has packed the
                // source.
                unsafe { self.source.packed::<S>(j) }
            },
            #[cfg_attr(not(unoptimised), inline(always))]
            // SAFETY: `c` is less than `WIDTH`, and at each index `j` of the lane axis a packed
            // operand has `WIDTH` elements, one of each lane of the tile.
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
            // SAFETY: `j` is less than `len`, the length of the lane, and `part` has packed the
            // source.
            let lane = unsafe { self.source.packed::<S>(j) };
            for (c, place) in places.iter_mut().enumerate() {
                // SAFETY: `c` is less than `WIDTH`, and at each index `j` of the lane axis a packed
                // operand has `WIDTH` elements, one of each lane of the tile.
                let here = wanted(c, unsafe { lane.get::<Beside<S>>(c) });
                *place = if here { j } else { *place };
            }
        }
        for (c, &place) in places.iter().enumerate().take(self.width) {
            give(c, place);
        }
    }
}
