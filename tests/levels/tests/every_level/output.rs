//! The memory that results are computed into.

use shapewright::{IntoExpr, Shape, TensorViewMut, prelude::*};

use super::data::{Scattered, ValueKind};
use super::operands::{Lines, element_count};

/// Memory for a result, with one element before it and one after it that must stay as they are.
pub(super) struct Output<U> {
    lines: Lines<U>,
    /// The position in a cache line at which the result begins.
    pub(super) place: usize,
    /// The number of elements of the result.
    len: usize,
}
impl<U: Scattered> Output<U> {
    /// Memory for results of at most `most` elements.
    pub(super) fn new(most: usize) -> Self {
        Self { lines: Lines::new(1 + most, || U::MARK), place: 0, len: 0 }
    }

    /// The memory of a result of `len` elements, which holds `element()` everywhere.
    fn slots(&mut self, len: usize, element: impl FnMut() -> U) -> &mut [U] {
        self.len = len;
        let first = self.lines.first + self.place;
        let around = &mut self.lines.memory[first - 1..=first + len];
        around.fill_with(element);
        (around[0], around[len + 1]) = (U::MARK, U::MARK);
        &mut around[1..=len]
    }

    /// Computes an expression into the memory.
    ///
    /// Results whose elements have 4 bytes, such as `f32`, are written through a view that begins
    /// at any position of a cache line. All others are written to a tensor, whose memory is known
    /// to be dense, and copied: kernels have code of their own for such memory, and to compile both
    /// for every expression would take twice as long.
    pub(super) fn set<X: IntoExpr<Elem = U>>(&mut self, x: X) {
        let x = x.lazy();
        let shape = x.shape();
        if const { size_of::<U>() == 4 } {
            let slots = self.slots(element_count(shape), || U::MARK);
            TensorViewMut::from_shape(shape, slots).expect("as many elements").assign(x);
        } else {
            let result = x.to_tensor();
            self.slots(result.len(), || U::MARK).copy_from_slice(result.as_slice());
        }
    }

    /// Stores several results.
    pub(super) fn numbers<const K: usize>(&mut self, numbers: [U; K]) {
        self.slots(K, || U::MARK).copy_from_slice(&numbers);
    }

    /// Updates a view of the memory, which holds scattered elements before.
    pub(super) fn update<S: Shape>(
        &mut self,
        shape: S,
        update: impl FnOnce(TensorViewMut<'_, U, S>),
    ) {
        let mut state = 7;
        let slots = self.slots(element_count(shape), || U::next(&mut state, ValueKind::Special));
        update(TensorViewMut::from_shape(shape, slots).expect("as many elements"));
    }

    /// The result.
    #[track_caller]
    pub(super) fn found(&self, what: &dyn Fn() -> String) -> &[U] {
        let first = self.lines.first + self.place;
        let (before, after) = (self.lines.memory[first - 1], self.lines.memory[first + self.len]);
        assert!(before.same(U::MARK) && after.same(U::MARK), "{} writes beside the result", what());
        &self.lines.memory[first..][..self.len]
    }
}
