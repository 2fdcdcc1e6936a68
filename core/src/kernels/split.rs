//! Large evaluations as tasks of several threads, with the feature `rayon`.
//!
//! A walk is halved, along its outermost axis that can be, until a part has little to do. Shapes alone say where, never the number of
//! threads; and no element is computed otherwise than in one walk. So the bits are those of one thread, and those without the feature.
//!
//! Each part is inlined into a function of the level again, as tasks are called from functions that are compiled for the baseline.

use crate::kernels::walk::Axes;
use crate::read::Steps;
#[cfg(feature = "rayon")]
use crate::run::level;
use crate::shape::Shape;
#[cfg(feature = "rayon")]
use crate::shape::lane_axis;

/// From this many additions' time on a walk is halved: with less to do, handing a half to another thread takes a good part of its time.
#[cfg(feature = "rayon")]
const LEAST: usize = 256 * 1024;

/// Along lanes parts are multiples of this many elements at least, so that no two threads write to one cache line.
pub(crate) const MULTIPLE: usize = 64;

/// Calls `body` with the axes and the position of each part of a walk, none of whose axes is empty, within the shape `S`. Each place
/// takes about as long as `work` additions. Along lanes parts are multiples of `multiple` places. `work` times the
/// number of places is at least a `PART` of the elements of `S`.
#[inline(always)]
pub(crate) fn each<S: Shape, P: Steps + Copy + Send, const PART: usize>(
    (axes, position): (Axes, P),
    (work, multiple): (usize, usize),
    body: impl Fn(Axes, P) + Sync,
) {
    #[cfg(feature = "rayon")]
    if const { is_split::<S>(PART) }
        || const { may_split::<S>() } && axes.places().saturating_mul(work) >= LEAST
    {
        return halved::<S, _>(axes, position, (work, multiple), &body);
    }
    #[cfg(not(feature = "rayon"))]
    let _ = (work, multiple, S::RANK);
    body(axes, position);
}

/// Whether an array of `S` may have enough elements; for most shapes the types tell that it has not, and no tasks are compiled.
#[cfg(feature = "rayon")]
const fn may_split<S: Shape>() -> bool {
    match S::STATIC_LEN {
        Some(len) => len >= LEAST / level::DEAR,
        None => true,
    }
}

/// Whether the types tell that an evaluation of `S` has enough to do: what it is without tasks is not compiled then.
#[cfg(feature = "rayon")]
const fn is_split<S: Shape>(part: usize) -> bool {
    match S::STATIC_LEN {
        Some(len) => len / part >= LEAST,
        None => false,
    }
}

#[cfg(feature = "rayon")]
#[inline(never)]
fn halved<S: Shape, P: Steps + Copy + Send>(
    axes: Axes,
    position: P,
    (work, multiple): (usize, usize),
    body: &(impl Fn(Axes, P) + Sync),
) {
    let halves = if axes.places().saturating_mul(work) < LEAST {
        None
    } else {
        axes.halves(lane_axis::<S>(), multiple)
    };
    match halves {
        Some((first, second, axis, steps)) => {
            let mut behind = position;
            behind.step(axis, steps as isize);
            rayon::join(
                move || halved::<S, _>(first, position, (work, multiple), body),
                move || halved::<S, _>(second, behind, (work, multiple), body),
            );
        }
        None => part(axes, position, body),
    }
}

/// Calls `body`, in a frame of its own: it may take much of the stack, and the halves that are waiting for it would take as much each.
#[cfg(feature = "rayon")]
#[inline(never)]
fn part<P>(axes: Axes, position: P, body: &impl Fn(Axes, P)) {
    level::run(
        #[inline(always)]
        // Not by the reference: a call of that is std's, which is not sure to be inlined.
        |_| (*body)(axes, position),
    );
}
