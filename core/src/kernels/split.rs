//! Splits large evaluations into tasks for several threads, with the feature `rayon`.
//!
//! ```text
//! evaluate(shape):
//!     if the evaluation takes less time than 262,144 additions: evaluate the shape in one walk
//!     else: halve the outermost axis that may be split, and evaluate the two halves in two tasks
//! ```
//!
//! Lengths are values in the function that evaluates, so the same function evaluates each half as a
//! smaller shape. Where a shape is split depends on the shape alone and never on the number of
//! threads, and each element is computed as it would be in one walk. So the results have the same
//! bits as with one thread, and as without the feature.
//!
//! A reduction is split along the axes that it keeps. A region of 524,288 or more elements along
//! lanes is also split, between the blocks of its tree (`reduce/blocks.rs`). Matrix products are
//! split by `matmul/split.rs`.
//!
//! That a source may be used by several threads is proved by types: `Source` is `Copy + Send`, and
//! operations are `Sync`. So a function that is given to `map` must be `Sync`. The bound is the
//! same without the feature, because code that compiles must still compile when a feature is added.

use crate::axes::MAX_RANK;
use crate::read::Steps;
use crate::shape::{List, ListTuple, Shape, lane_axis};

/// The least work, in additions, of a shape that is halved. Passing half of a smaller shape to
/// another thread would take a large part of the time that evaluating the half takes.
const FEWEST_ADDITIONS: usize = 256 * 1024;

/// If the lane axis is split, the length of the first half is a multiple of this many elements,
/// which is at least a cache line. So, in an aligned destination, no two threads write to the same
/// cache line.
pub(crate) const MULTIPLE: usize = 64;

/// Calls `whole` in two tasks, each with one half of `shape` and the position of the first element
/// of that half, and returns `true`. `additions` is the time that the evaluation of `shape` takes,
/// in additions. If `additions` is too small for two threads, or the shape cannot be split, calls
/// nothing and returns `false`.
///
/// The axis that is halved is the outermost axis that is longer than 1 and for which `cut` holds.
/// If it is the lane axis, the length of the first half is a multiple of `multiple`.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn halved<S: Shape, P: Steps + Copy + Send>(
    (shape, position): (S, P),
    additions: usize,
    multiple: usize,
    cut: impl Fn(usize) -> bool,
    whole: impl Fn(S, P) + Sync,
) -> bool {
    if additions < FEWEST_ADDITIONS {
        return false;
    }
    let lens = shape.into_list().lens();
    let Some(axis) = (0..MAX_RANK).rev().find(|&k| lens[k] > 1 && cut(k)) else { return false };
    let first =
        (lens[axis] / 2).next_multiple_of(if axis == lane_axis::<S>() { multiple } else { 1 });
    if first >= lens[axis] {
        return false;
    }
    let part = |len: usize| {
        let mut lens = lens;
        lens[axis] = len;
        shape.into_list().with_lens(lens).into_tuple()
    };
    let (head, tail, mut after) = (part(first), part(lens[axis] - first), position);
    after.step(axis, first as isize);
    let whole = &whole;
    both(&mut move || whole(head, position), &mut move || whole(tail, after));
    true
}

/// Calls `a` and `b`, in two tasks. `a` and `b` are `dyn` functions and not type parameters, so
/// that the code of `rayon::join` is compiled only once, here.
pub(crate) fn both(a: &mut (dyn FnMut() + Send), b: &mut (dyn FnMut() + Send)) {
    rayon::join(a, b);
}
