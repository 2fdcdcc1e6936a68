//! Splits large evaluations into tasks for several threads, with the feature `rayon`.
//!
//! ```text
//! evaluate(shape):
//!     if shape takes as long as fewer than 262,144 additions: evaluate it in one walk
//!     else: halve its outermost axis that may be cut, and evaluate both halves in two tasks
//! ```
//!
//! A half is the same evaluation of a smaller shape, by the same function, since lengths are values
//! there. Where a shape is cut depends on the shape alone and never on the number of threads, and
//! each element is computed as it would be in one walk. So the bits are those of one thread, and
//! those without the feature.
//!
//! Reductions are cut along the axes that they keep, and a region of 524,288 elements or more along
//! lanes at the blocks of its tree (`reduce/blocks.rs`). Matrix products have cuts of their own
//! (`matmul/split.rs`). The compiler proves that a source may be shared: `Source` is `Copy + Send`,
//! and operations are `Sync`. This is why functions that are given to `map` must be `Sync` even
//! without the feature: a feature may only add to what compiles.

use crate::axes::MAX_RANK;
use crate::read::Steps;
use crate::shape::{List, ListTuple, Shape, lane_axis};

/// The work in additions from which a shape is halved. With less, passing a half to another thread
/// would take a good part of its time.
const FEWEST_ADDITIONS: usize = 256 * 1024;

/// Along lanes the length of the first part is a multiple of this many elements, so that no two
/// threads write to the same cache line.
pub(crate) const MULTIPLE: usize = 64;

/// Calls `whole` with each half of `shape`, and the position of its first element, in two tasks.
/// `additions` is the time that the shape takes. If that is too little for two threads, or the
/// shape cannot be cut, calls nothing and returns `false`.
///
/// The outermost axis that is longer than 1 and for which `cut` holds is halved. If it is the lane
/// axis, the length of the first half is a multiple of `multiple`.
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

/// Calls both functions, in two tasks. They are passed by reference, so that the code of a task is
/// compiled only once, here.
pub(crate) fn both(a: &mut (dyn FnMut() + Send), b: &mut (dyn FnMut() + Send)) {
    rayon::join(a, b);
}
