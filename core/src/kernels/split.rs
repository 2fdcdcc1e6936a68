//! Large evaluations as tasks of several threads, with the feature `rayon`.
//!
//! A shape is halved, along its outermost axis that may be, until a part has little to do: a part
//! is the same evaluation of a smaller shape, by the same function. Shapes alone say where, never
//! the number of threads; and no element is computed otherwise than in one walk. So the bits are
//! those of one thread, and those without the feature.

use crate::axes::MAX_RANK;
use crate::read::Steps;
use crate::shape::{List, ListTuple, Shape, lane_axis};

/// From this many additions' time on a shape is halved: with less to do, handing a half to another
/// thread takes a good part of its time.
const LEAST: usize = 256 * 1024;

/// Along lanes parts are multiples of this many elements at least, so that no two threads write to
/// one cache line.
pub(crate) const MULTIPLE: usize = 64;

/// Calls `whole` with each half of `shape`, and the position at its first element, in two tasks, if
/// all of it takes as long as so many additions that there is enough to do for two threads. Where
/// there is not, or there is but one part, gives `false` and calls nothing.
///
/// What is halved is the outermost axis of more than one place that is `cut`; along lanes the first
/// half has a multiple of `multiple` places.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn halved<S: Shape, P: Steps + Copy + Send>(
    (shape, position): (S, P),
    additions: usize,
    multiple: usize,
    cut: impl Fn(usize) -> bool,
    whole: impl Fn(S, P) + Sync,
) -> bool {
    if additions < LEAST {
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
    let (head, tail, mut behind) = (part(first), part(lens[axis] - first), position);
    behind.step(axis, first as isize);
    let whole = &whole;
    both(&mut move || whole(head, position), &mut move || whole(tail, behind));
    true
}

/// Calls both, in two tasks. By reference: what a task is made of is compiled here, once.
pub(crate) fn both(a: &mut (dyn FnMut() + Send), b: &mut (dyn FnMut() + Send)) {
    rayon::join(a, b);
}
