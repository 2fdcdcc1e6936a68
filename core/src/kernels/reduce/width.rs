//! The number of neighbouring columns or regions that are reduced at a time.
//!
//! The number is limited by the stack that the accumulators take: with `std` up to 16 KiB for
//! states of at most 8 bytes, such as those of sums in `f32`, and 8 KiB for larger states. Without
//! `std` a tile has at most 32 columns, whose accumulators take less than 2 KiB. No result depends
//! on the number, since each column or region is reduced independently.

use super::across::SIDE;
use crate::axes::AxisKind;
use crate::kernels::reduce::lane::CHUNK;
use crate::run::level::HAS_VECTORS;
use crate::shape::{List, ListOf, Shape, lane_axis};

/// The maximum number of bytes of stack for the accumulators of neighbours. The compiler makes
/// copies of them, which need up to twice as much stack in addition, and many times as much in
/// unoptimised builds. On bare metal the number is smaller, because the stack is small, and memory
/// is fast even if it is not read in long runs.
const TILE_BYTES: usize = if cfg!(all(feature = "std", not(unoptimised))) { 8 } else { 2 } * 1024;

/// The maximum number of bytes of stack for the buffers of neighbouring regions, one for each.
const GROUP_BYTES: usize = 2 * TILE_BYTES;

/// The maximum number of columns of shape `S` that are reduced at a time, each with a state of
/// `state` bytes. There are enough columns for memory to be read in long runs, but at most about as
/// many as a lane has elements: room for more columns would cost time and never be used.
pub(super) const fn tile_width<S: Shape>(state: usize) -> usize {
    let most = if cfg!(unoptimised) || !HAS_VECTORS {
        SIDE
    } else if cfg!(feature = "std") {
        2048
    } else {
        32
    };
    let lane = match <ListOf<S> as List>::KINDS[lane_axis::<S>()] {
        AxisKind::Length(Some(len)) => len,
        _ => usize::MAX,
    };
    // Reductions with states of at most 8 bytes wait for memory. Longer rows make them wait less,
    // so they get twice the stack.
    let bytes = if state <= 8 { 2 * TILE_BYTES } else { TILE_BYTES };
    let mut width = SIDE;
    while width < most && width < lane && 2 * width * state <= bytes {
        width *= 2;
    }
    width
}

/// The number of neighbouring regions that are reduced at a time if a region has several lanes of
/// elements `T`. Each region has a buffer of one chunk.
pub(super) const fn group<T>() -> usize {
    match GROUP_BYTES / (CHUNK * size_of::<T>()) {
        0..=3 => 1,
        4..=15 => 4,
        _ => 8,
    }
}
