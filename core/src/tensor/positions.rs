//! The positions of a shape in row-major order, from both ends: what iterators walk along.

use core::iter::FusedIterator;

use crate::axes::{MAX_RANK, PerAxis};

/// How far each index of a shape is from the first element, in row-major order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Positions {
    lens: PerAxis<usize>,
    strides: PerAxis<isize>,
    /// The index of the next position, and how far it is.
    index: PerAxis<usize>,
    offset: isize,
    /// The positions that are left, by their numbers.
    front: usize,
    back: usize,
}
impl Positions {
    /// The positions of a shape of `count` elements with these lengths, the last axis first.
    pub(super) fn new(lens: PerAxis<usize>, strides: PerAxis<isize>, count: usize) -> Self {
        Self { lens, strides, index: [0; MAX_RANK], offset: 0, front: 0, back: count }
    }

    /// The index of the next position, the last axis first.
    pub(super) fn index(&self) -> PerAxis<usize> {
        self.index
    }

    /// The index of the position of this number, the last axis first.
    pub(super) fn index_of(&self, mut number: usize) -> PerAxis<usize> {
        core::array::from_fn(|k| {
            // What is past the rank has length 1, and no axis is empty where there is a position.
            let index = number % self.lens[k];
            number /= self.lens[k];
            index
        })
    }

    /// The number behind the last position that is left.
    pub(super) fn back(&self) -> usize {
        self.back
    }
}
impl Iterator for Positions {
    type Item = isize;
    #[inline]
    fn next(&mut self) -> Option<isize> {
        if self.front == self.back {
            return None;
        }
        let offset = self.offset;
        self.front += 1;
        for k in 0..MAX_RANK {
            self.index[k] += 1;
            self.offset = self.offset.wrapping_add(self.strides[k]);
            if self.index[k] < self.lens[k] {
                break;
            }
            self.offset = self.offset.wrapping_sub(self.strides[k].wrapping_mul(self.lens[k] as isize));
            self.index[k] = 0;
        }
        Some(offset)
    }
    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.back - self.front;
        (left, Some(left))
    }
}
impl DoubleEndedIterator for Positions {
    #[inline]
    fn next_back(&mut self) -> Option<isize> {
        if self.front == self.back {
            return None;
        }
        self.back -= 1;
        let index = self.index_of(self.back);
        Some(index.iter().zip(&self.strides).map(|(&i, &stride)| i as isize * stride).sum())
    }
}
impl ExactSizeIterator for Positions {}
impl FusedIterator for Positions {}
