//! The operands: views of every length, dense and strided, that begin at every position in a cache
//! line.

use shapewright::{Element, Shape, TensorView, dim, shape};

use super::data::{Scattered, ValueKind};

dim!(pub N, pub Doubled);

/// The longest length under test: more than four vectors of 64 bytes of `f32`, and more than one of
/// `u8`.
pub(super) const LONGEST: usize = 257;
/// The number of columns of the tall operand: more than the 16 elements of a vector of `f32`, and
/// no multiple of them.
pub(super) const COLUMNS: usize = 19;
/// The size in bytes of a cache line, and of the widest vector: operands begin at every position in
/// it.
const LINE: usize = 64;

/// The number of elements in a line, which is the number of positions that an operand can begin at.
pub(super) const fn places<T>() -> usize {
    LINE / size_of::<T>()
}

/// Memory of which the element at index `first` begins a line.
pub(super) struct Lines<T> {
    pub(super) memory: Vec<T>,
    pub(super) first: usize,
}
impl<T: Element> Lines<T> {
    /// Memory that holds `len` elements from any position in the first line on, one element before
    /// them and one after. The elements do not depend on the address of the memory.
    pub(super) fn new(len: usize, element: impl FnMut() -> T) -> Self {
        let mut memory = vec![T::ZERO; len + 2 * places::<T>() + 1];
        // One element is left before the line.
        let first = 1 + memory[1..].as_ptr().align_offset(LINE);
        memory[first..][..len + places::<T>()].fill_with(element);
        Self { memory, first }
    }

    /// The elements from the position `place` of the first line on.
    pub(super) fn at(&self, place: usize) -> &[T] {
        &self.memory[self.first + place..]
    }
}

/// Memory for the operands of every length.
pub(super) struct Operands<T> {
    x: Lines<T>,
    y: Lines<T>,
    wide: Lines<T>,
    tall: Lines<T>,
}
impl<T: Scattered> Operands<T> {
    pub(super) fn new(kind: ValueKind) -> Self {
        let mut state = kind as u64;
        let mut next = || T::next(&mut state, kind);
        Self {
            x: Lines::new(LONGEST, &mut next),
            y: Lines::new(2 * LONGEST, &mut next),
            wide: Lines::new(3 * LONGEST, &mut next),
            tall: Lines::new(COLUMNS * LONGEST, &mut next),
        }
    }

    /// The operands of length `n`. `x`, `wide`, `tall` and `middle` begin at the position `place`,
    /// the other operands at another one.
    pub(super) fn given(&self, n: usize, place: usize) -> Inputs<'_, T> {
        let other = (5 * place + n + 3) % places::<T>();
        let y = self.y.at(other);
        Inputs {
            n,
            x: dense(self.x.at(place), shape![N.of(n)]),
            y: dense(y, shape![N.of(n)]),
            spread: strided(y, n, 0, 2),
            backwards: strided(y, n, n.saturating_sub(1), -1),
            wide: dense(self.wide.at(place), shape![3, N.of(n)]),
            column: dense(self.x.at(other), shape![3, 1]),
            tall: dense(self.tall.at(place), shape![N.of(n), { COLUMNS }]),
            middle: dense(self.tall.at(place), shape![2, 4, N.of(n)]),
        }
    }
}

/// A view of the first elements, in row-major order.
fn dense<T: Element, S: Shape>(elements: &[T], shape: S) -> TensorView<'_, T, S> {
    TensorView::from_shape(shape, &elements[..element_count(shape)]).expect("as many elements")
}
/// A vector of `n` elements that are `stride` apart, from the index `first` on.
fn strided<T: Element>(
    elements: &[T],
    n: usize,
    first: usize,
    stride: isize,
) -> TensorView<'_, T, shape![?N]> {
    TensorView::from_shape_strides(shape![N.of(n)], elements, first, [stride])
        .expect("the elements are there")
}

/// The number of elements of a shape.
pub(super) fn element_count<S: Shape>(shape: S) -> usize {
    shape.lengths().as_ref().iter().product()
}

/// The operands of one length.
pub(super) struct Inputs<'g, T: Element> {
    pub(super) n: usize,
    /// Two vectors.
    pub(super) x: TensorView<'g, T, shape![?N]>,
    pub(super) y: TensorView<'g, T, shape![?N]>,
    /// A vector of every second element.
    pub(super) spread: TensorView<'g, T, shape![?N]>,
    /// A vector from the last element to the first.
    pub(super) backwards: TensorView<'g, T, shape![?N]>,
    /// Three rows.
    pub(super) wide: TensorView<'g, T, shape![3, ?N]>,
    /// One number for each of the three rows.
    pub(super) column: TensorView<'g, T, shape![3, 1]>,
    /// Rows of a few columns.
    pub(super) tall: TensorView<'g, T, shape![?N, { COLUMNS }]>,
    /// Three axes, to keep the one between two that are reduced.
    pub(super) middle: TensorView<'g, T, shape![2, 4, ?N]>,
}
