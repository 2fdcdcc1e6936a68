//! Taking by indices: at each index, what an operand has there along an axis.
//!
//! Lengths and strides are values here, so this is compiled once for a pair of element types. What
//! is copied at an index is as long a run as lies side by side in both places, a row most often.

use crate::axes::{MAX_RANK, PerAxis};
use crate::element::Integer;
use crate::read::Strides;

/// Elements to take from: an operand of `rank` axes, along axis `axis`, counted from the last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Along<T> {
    pub(crate) from: Strides<*const T>,
    pub(crate) lens: PerAxis<usize>,
    pub(crate) rank: usize,
    pub(crate) axis: usize,
}
/// Indices of `rank` axes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Indices<J> {
    pub(crate) from: Strides<*const J>,
    pub(crate) lens: PerAxis<usize>,
    pub(crate) rank: usize,
}

/// Loops around each other, the innermost first: how long each is, and how far each of two pointers
/// moves by a step.
#[derive(Clone, Copy, Debug)]
struct Loops {
    lens: PerAxis<usize>,
    steps: PerAxis<[isize; 2]>,
    count: usize,
}
impl Loops {
    const NONE: Self = Self { lens: [1; MAX_RANK], steps: [[0; 2]; MAX_RANK], count: 0 };

    fn push(&mut self, len: usize, steps: [isize; 2]) {
        (self.lens[self.count], self.steps[self.count]) = (len, steps);
        self.count += 1;
    }

    fn is_empty(&self) -> bool {
        self.lens.contains(&0)
    }

    /// Calls `body` with how far the two pointers are from their first places, at each turn. No loop
    /// is empty.
    fn each(&self, mut body: impl FnMut([isize; 2])) {
        let (mut index, mut at) = ([0; MAX_RANK], [0isize; 2]);
        loop {
            // The innermost loop, by itself.
            let (mut here, [a, b]) = (at, self.steps[0]);
            for _ in 0..self.lens[0] {
                body(here);
                here = [here[0].wrapping_add(a), here[1].wrapping_add(b)];
            }
            let mut k = 1;
            loop {
                if k >= self.count {
                    return;
                }
                index[k] += 1;
                let [a, b] = self.steps[k];
                if index[k] < self.lens[k] {
                    at = [at[0].wrapping_add(a), at[1].wrapping_add(b)];
                    break;
                }
                let back = self.lens[k] as isize - 1;
                at = [at[0].wrapping_sub(a.wrapping_mul(back)), at[1].wrapping_sub(b.wrapping_mul(back))];
                index[k] = 0;
                k += 1;
            }
        }
    }
}

/// Writes to `to`, of the operand's shape with the axes of the indices in the place of the axis, what the
/// operand has at each index.
///
/// # Panics
/// Where an index is out of range: it was checked, so it is another than it was.
///
/// # Safety
/// `operand` and `indices` reach an element at each index of their shapes, and `to` at each of the
/// result's, exclusively.
pub(crate) unsafe fn take<T: Copy, J: Integer>(operand: Along<T>, indices: Indices<J>, to: Strides<*mut T>) {
    let Along { from, lens, rank, axis } = operand;
    // How many elements lie side by side in both places, and the axes that they are not of.
    let (mut run, mut inside) = (1, Loops::NONE);
    for k in 0..axis {
        let step = [from.strides[k], to.strides[k]];
        let is_next = inside.count == 0 && step == [run as isize; 2];
        if lens[k] == 1 {
            continue;
        } else if is_next {
            run *= lens[k];
        } else {
            inside.push(lens[k], step);
        }
    }
    let mut outside = Loops::NONE;
    for k in axis + 1..rank {
        outside.push(lens[k], [from.strides[k], to.strides[k - 1 + indices.rank]]);
    }
    let mut taken = Loops::NONE;
    for k in 0..indices.rank {
        taken.push(indices.lens[k], [indices.from.strides[k], to.strides[axis + k]]);
    }
    if run == 0 || inside.is_empty() || outside.is_empty() || taken.is_empty() {
        return;
    }
    outside.each(|[outer_from, outer_to]| {
        taken.each(|[index, place_to]| {
            // SAFETY: it is an index of the indices' shape.
            let index = unsafe { indices.from.at.wrapping_offset(index).read() };
            let Some(place) = index.place(lens[axis]) else { changed() };
            let along = from.strides[axis].wrapping_mul(place as isize);
            let source = from.at.wrapping_offset(outer_from.wrapping_add(along));
            let target = to.at.wrapping_offset(outer_to.wrapping_add(place_to));
            if run == 1 && inside.count == 0 {
                // SAFETY: the place is of the operand's axis, and the other axes are at one of their
                // indices.
                unsafe { target.write(source.read()) };
                return;
            }
            inside.each(|[inner_from, inner_to]| {
                let (source, target) = (source.wrapping_offset(inner_from), target.wrapping_offset(inner_to));
                // SAFETY: as above; `run` elements from there on lie side by side in both, and the
                // destination is exclusive, so it is apart from the operand.
                unsafe { source.copy_to_nonoverlapping(target, run) };
            });
        });
    });
}

#[cold]
#[inline(never)]
fn changed() -> ! {
    panic!("an index changed after it was checked")
}
