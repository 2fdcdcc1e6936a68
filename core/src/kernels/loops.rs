//! Nested loops whose number, lengths and strides are known only at run time. Several pointers move
//! together through the loops.

use super::walk::entry;
use crate::axes::{MAX_RANK, PerAxis};

/// Nested loops, the innermost loop as entry 0. Each loop has a length, and a distance that each of
/// `K` pointers moves in one step of the loop.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Loops<const K: usize> {
    lens: PerAxis<usize>,
    steps: PerAxis<[isize; K]>,
    count: usize,
}
impl<const K: usize> Loops<K> {
    /// No loops: the body runs once.
    pub(crate) const NONE: Self = Self { lens: [1; MAX_RANK], steps: [[0; K]; MAX_RANK], count: 0 };

    /// Loops over `axes`, and the length of a *run*: the number of elements that are contiguous for
    /// every pointer. The iterator yields the length of each axis and the stride of each pointer
    /// along it, the last axis first. Innermost axes that are contiguous for every pointer become
    /// part of the run, and the other axes become loops.
    pub(crate) fn over(axes: impl Iterator<Item = (usize, [isize; K])>) -> (Self, usize) {
        let (mut loops, mut run) = (Self::NONE, 1usize);
        for (len, steps) in axes {
            if len == 1 {
                continue;
            } else if loops.count == 0 && steps == [run as isize; K] {
                run *= len;
            } else {
                loops.push(len, steps);
            }
        }
        (loops, run)
    }

    /// Adds a loop outside all loops so far.
    pub(crate) fn push(&mut self, len: usize, steps: [isize; K]) {
        let k = entry(self.count);
        (self.lens[k], self.steps[k]) = (len, steps);
        self.count += 1;
    }

    /// Whether there are no loops.
    pub(crate) fn are_none(&self) -> bool {
        self.count == 0
    }

    /// Whether a loop has length 0.
    pub(crate) fn are_empty(&self) -> bool {
        self.lens.contains(&0)
    }

    /// Calls `body` at each step of the loops, with the distance of each pointer from its start.
    /// The caller has made sure that no loop has length 0.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn each(&self, mut body: impl FnMut([isize; K])) {
        let (mut index, mut at) = ([0; MAX_RANK], [0isize; K]);
        let count = self.count.min(MAX_RANK);
        loop {
            // The innermost loop has a `for` of its own, without the bookkeeping of the outer
            // loops.
            let mut here = at;
            for _ in 0..self.lens[0] {
                body(here);
                move_by(&mut here, self.steps[0], 1);
            }
            let mut k = 1;
            loop {
                if k >= count {
                    return;
                }
                index[k] += 1;
                if index[k] < self.lens[k] {
                    move_by(&mut at, self.steps[k], 1);
                    break;
                }
                move_by(&mut at, self.steps[k], 1 - self.lens[k] as isize);
                index[k] = 0;
                k += 1;
            }
        }
    }
}

/// Adds `times` steps to the distance of each pointer.
#[cfg_attr(not(unoptimised), inline(always))]
fn move_by<const K: usize>(at: &mut [isize; K], steps: [isize; K], times: isize) {
    for (at, step) in at.iter_mut().zip(steps) {
        *at = at.wrapping_add(step.wrapping_mul(times));
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::vec::Vec;

    use super::Loops;

    fn visited<const K: usize>(loops: &Loops<K>) -> Vec<[isize; K]> {
        let mut found = Vec::new();
        loops.each(|at| found.push(at));
        found
    }

    #[test]
    fn places() {
        assert_eq!(visited(&Loops::<2>::NONE), [[0, 0]]);
        let (loops, run) =
            Loops::over([(2, [1, 5]), (1, [9, 9]), (3, [-10, 100]), (2, [7, 0])].into_iter());
        let mut expected = Vec::new();
        for i in 0..2 {
            for j in 0..3 {
                for k in 0..2 {
                    expected.push([7 * i - 10 * j + k, 100 * j + 5 * k]);
                }
            }
        }
        assert_eq!((visited(&loops), run), (expected, 1));
    }

    #[test]
    fn side_by_side() {
        let rows = [(4, [1, 1]), (1, [0, 7]), (3, [4, 4])].into_iter();
        let (loops, run) = Loops::over(rows.clone());
        assert_eq!((visited(&loops).len(), run, loops.are_none()), (1, 12, true));
        let (loops, run) = Loops::over(rows.chain([(2, [12, 13])]));
        assert_eq!((visited(&loops), run), (std::vec![[0, 0], [12, 13]], 12));
        let (loops, run) = Loops::over([(2, [1]), (0, [2])].into_iter());
        assert!(run == 0 || loops.are_empty());
    }
}
