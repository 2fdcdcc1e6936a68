//! The test of the levels: every operation at each level that the machine has, of every length from 0 to 257, from and to every
//! alignment, has the bits that it has at the scalar level. NaNs are all the same.
//!
//! On other targets than x86-64 that is of little worth, as the compiler uses their vectors at the scalar level too: so the bits at the scalar
//! level are constants, [`expect_hash`], which the tests find on every target.
//!
//! Lengths are of run time, [`Dyn`], so that each operation is compiled once. It is vectorised with optimisation alone, so these tests are there in
//! `cargo test --release -p shapewright --lib every_level` alone; what static lengths make of the loops, the package `tests/levels` samples.

#![allow(clippy::op_ref, reason = "tensors by reference are what is tested")]

use core::cell::Cell;
use core::mem::MaybeUninit;
use std::sync::{Mutex, PoisonError};
use std::vec::Vec;

use crate::axes::PerAxis;
use crate::expr::{IntoExpr, Shaped, Writing, evaluate};
use crate::layout::dense_strides;
use crate::memory::Dest;
use crate::shape::{Dyn, List, NamedLength, RunTime, Shape, element_count};
use crate::storage::{ForeignBuffer, ForeignMutBuffer};
use crate::{Dim, Element, Level, One, TensorView, TensorViewMut};

mod arranged;
mod data;
mod elementwise;
mod products;
mod reductions;

use data::{Kind, Scattered};

/// The length under test.
type N = Dyn<RunTimeLength<0>>;
/// The longest that it is: past four vectors of 64 bytes of `f32`, and past one of `u8`.
const LONGEST: usize = 257;
/// What operands begin at every place of, in bytes: a cache line, or the widest vector.
const LINE: usize = 64;
/// How many columns the tall operand has: more than a vector, and not a multiple of one.
type TallColumns = Dim<19>;

/// Whether every place is tried at every length. Emulators are slow: for other targets it is one place in four, another one for the next
/// length. Those are what is hashed.
const ALL_PLACES: bool = cfg!(target_arch = "x86_64");
/// How many pairs of places, of operands and of the result, are tried of a length: with `f32` and `f64` all of them.
const PAIRS: usize = if ALL_PLACES { 256 } else { 1 };

/// The level is one for the whole process, so a single comparison runs at a time.
static LEVEL: Mutex<()> = Mutex::new(());

std::thread_local! {
    /// A hash of the results at the scalar level, of the test that the thread runs.
    static HASH: Cell<u64> = const { Cell::new(0) };
}

/// Runs comparisons. A hash of what they give at the scalar level is a constant, the same on every target: on most the scalar level is
/// the vectors of the target's baseline, so that there is nothing to compare it with.
#[track_caller]
fn expect_hash(expected: u64, comparisons: impl FnOnce()) {
    HASH.set(0);
    comparisons();
    let found = HASH.get();
    assert!(
        found == expected,
        "the bits are those of {found:#018x}, not {expected:#018x}, as on other targets or before"
    );
}

/// A name of a length of run time.
#[derive(Clone, Copy, Debug)]
struct RunTimeLength<const ID: usize>;
impl<const ID: usize> NamedLength for RunTimeLength<ID> {
    type Size = RunTime;
    type Bits = ();
    const NAME: &'static str = "N";
    const VALUE: Self = Self;
}
/// The axis of this length.
fn run<const ID: usize>(len: usize) -> Dyn<RunTimeLength<ID>> {
    Dyn::named(len)
}

/// How many elements lie between two lines: as many places an operand can begin at.
const fn places<T>() -> usize {
    LINE / size_of::<T>()
}

/// Elements of which the first begins a line.
struct Lines<T> {
    memory: Vec<T>,
    first: usize,
}
impl<T: Element> Lines<T> {
    /// With `len` elements from any place on, and one behind them. The elements are the same wherever the memory is.
    fn new(len: usize, element: impl FnMut() -> T) -> Self {
        let mut memory = std::vec![T::ZERO; len + 2 * places::<T>() + 1];
        // One element is left before the line.
        let first = 1 + memory[1..].as_ptr().align_offset(LINE);
        memory[first..][..len + places::<T>()].fill_with(element);
        Self { memory, first }
    }
    fn at(&self, place: usize) -> &[T] {
        &self.memory[self.first + place..]
    }
}

/// Memory for the operands of every length.
struct Operands<T> {
    x: Lines<T>,
    y: Lines<T>,
    wide: Lines<T>,
    tall: Lines<T>,
}
impl<T: Scattered> Operands<T> {
    fn new(kind: Kind) -> Self {
        let mut state = kind as u64;
        let mut next = || T::next(&mut state, kind);
        let columns = crate::Extent::len(Dim::<19>);
        Self {
            x: Lines::new(LONGEST, &mut next),
            y: Lines::new(2 * LONGEST, &mut next),
            wide: Lines::new(3 * LONGEST, &mut next),
            tall: Lines::new(columns * LONGEST, &mut next),
        }
    }

    /// The operands of length `n`, those named first from the place `place` on.
    fn given(&self, n: usize, place: usize) -> Inputs<'_, T> {
        let other = (5 * place + n + 3) % places::<T>();
        let vector = (run(n),);
        let y = self.y.at(other);
        let dense = dense_strides(vector);
        Inputs {
            n,
            x: view(self.x.at(place), 0, vector, dense),
            y: view(y, 0, vector, dense),
            spread: view(y, 0, vector, [2, 0, 0, 0, 0, 0, 0, 0]),
            backwards: view(y, n.saturating_sub(1), vector, [-1, 0, 0, 0, 0, 0, 0, 0]),
            wide: rows(self.wide.at(place), (Dim, run(n))),
            column: rows(self.x.at(other), (Dim, One)),
            tall: rows(self.tall.at(place), (run(n), Dim)),
            middle: rows(self.tall.at(place), (Dim, Dim, run(n))),
        }
    }
}

/// A view of the first elements, in row-major order.
fn rows<T: Element, S: Shape>(elements: &[T], shape: S) -> TensorView<'_, T, S> {
    view(elements, 0, shape, dense_strides(shape))
}

/// Operands of one length.
struct Inputs<'g, T: Element> {
    n: usize,
    /// Two vectors.
    x: TensorView<'g, T, (N,)>,
    y: TensorView<'g, T, (N,)>,
    /// A vector with one element between two.
    spread: TensorView<'g, T, (N,)>,
    /// A vector from the last element to the first.
    backwards: TensorView<'g, T, (N,)>,
    /// Three rows.
    wide: TensorView<'g, T, (Dim<3>, N)>,
    /// A number for each of them.
    column: TensorView<'g, T, (Dim<3>, One)>,
    /// Rows of a few columns.
    tall: TensorView<'g, T, (N, TallColumns)>,
    /// A kept axis between two that are reduced.
    middle: TensorView<'g, T, (Dim<2>, Dim<4>, N)>,
}

/// A view of which the first element is that of the place `first`.
fn view<T: Element, S: Shape>(
    elements: &[T],
    first: usize,
    shape: S,
    strides: PerAxis<isize>,
) -> TensorView<'_, T, S> {
    let ends = shape
        .into_list()
        .lens()
        .into_iter()
        .zip(strides)
        .map(|(len, stride)| (len as isize - 1) * stride);
    let (lowest, highest) = ends
        .fold((first as isize, first as isize), |(lowest, highest), end| {
            (lowest + end.min(0), highest + end.max(0))
        });
    let reached = 0 <= lowest && highest < elements.len() as isize;
    assert!(reached || element_count(shape) == 0, "a view is of elements that there are");
    // SAFETY: every index of the shape reaches an element between the lowest and the highest, or there is no index.
    TensorView { buffer: unsafe { ForeignBuffer::new(elements[first..].as_ptr(), strides) }, shape }
}

/// Where a result goes, with an element before and one behind it that stay as they are.
struct Out<U> {
    lines: Lines<U>,
    place: usize,
    len: usize,
}
impl<U: Scattered> Out<U> {
    fn slots(&mut self, len: usize) -> &mut [U] {
        self.len = len;
        let first = self.lines.first + self.place;
        &mut self.lines.memory[first - 1..=first + len]
    }

    /// Computes `x` into the memory, which is dense.
    fn set<X: IntoExpr<Elem = U>>(&mut self, x: X) {
        let node = x.into_expr();
        let shape = node.shape();
        let len = element_count(shape);
        let around = self.slots(len);
        (around[0], around[len + 1]) = (U::MARK, U::MARK);
        let slots: *mut [U] = &mut around[1..=len];
        // SAFETY: an evaluation writes elements, and reads none that it has not written.
        let slots = unsafe { &mut *(slots as *mut [MaybeUninit<U>]) };
        evaluate(Writing { node: &node, dest: Dest::dense(slots, shape) });
    }

    /// Several results.
    fn numbers<const K: usize>(&mut self, numbers: [U; K]) {
        let around = self.slots(K);
        around[1..=K].copy_from_slice(&numbers);
        (around[0], around[K + 1]) = (U::MARK, U::MARK);
    }

    /// Changes a view of the memory, which holds some elements before.
    fn change<S: Shape>(&mut self, shape: S, change: impl FnOnce(TensorViewMut<'_, U, S>)) {
        let len = element_count(shape);
        let around = self.slots(len);
        let mut state = 7;
        around.fill_with(|| U::next(&mut state, Kind::Special));
        (around[0], around[len + 1]) = (U::MARK, U::MARK);
        let first = around[1..=len].as_mut_ptr();
        // SAFETY: there are as many elements as the shape has, borrowed exclusively.
        let buffer = unsafe { ForeignMutBuffer::new(first, dense_strides(shape)) };
        change(TensorViewMut { buffer, shape });
    }

    /// The result.
    #[track_caller]
    fn found(&self, what: &dyn Fn() -> std::string::String) -> &[U] {
        let first = self.lines.first + self.place;
        let (before, behind) = (self.lines.memory[first - 1], self.lines.memory[first + self.len]);
        assert!(
            before.same(U::MARK) && behind.same(U::MARK),
            "{} writes beside the result",
            what()
        );
        &self.lines.memory[first..][..self.len]
    }
}

/// How an operation is asked about.
#[derive(Clone, Copy)]
struct Query {
    what: &'static str,
    /// The shortest length for which it is defined.
    least: usize,
    /// Which elements there are. Infinities, NaNs and their like hide the others in a sum.
    kind: Kind,
    /// How many pairs of places, of operands and of the result, are tried of each length, at most; at least each place of the operands.
    pairs: usize,
}

/// Fails where `compute` gives other bits than at the scalar level.
#[track_caller]
fn compare<T: Scattered, U: Scattered>(ask: Query, compute: &dyn Fn(&Inputs<'_, T>, &mut Out<U>)) {
    let _one_at_a_time = LEVEL.lock().unwrap_or_else(PoisonError::into_inner);
    let operands = Operands::<T>::new(ask.kind);
    let room = 1 + crate::Extent::len(Dim::<19>) * LONGEST;
    let mut out = Out { lines: Lines::new(room, || U::MARK), place: 0, len: 0 };
    let turns = places::<U>().min(ask.pairs.div_ceil(places::<T>()));
    let mut expected = Vec::new();
    for n in ask.least..=LONGEST {
        for place in 0..places::<T>() {
            let hashed = (place + n).is_multiple_of(4);
            if !(ALL_PLACES || hashed) {
                continue;
            }
            let given = operands.given(n, place);
            let says = |to, level| {
                std::format!(
                    "{} of length {n}, {:?}, from place {place} to {to}, at {level}",
                    ask.what,
                    ask.kind
                )
            };
            Level::SCALAR.force();
            out.place = 0;
            compute(&given, &mut out);
            expected.clear();
            expected.extend_from_slice(out.found(&|| says(0, Level::SCALAR)));
            if hashed {
                HASH.set(expected.iter().fold(HASH.get(), |hash, element| {
                    (hash.rotate_left(5) ^ element.bits()).wrapping_mul(0x9e37_79b9_7f4a_7c15)
                }));
            }
            for level in Level::available() {
                level.force();
                for turn in 0..turns {
                    let to = (place + n + turn * places::<U>() / turns) % places::<U>();
                    out.place = to;
                    compute(&given, &mut out);
                    let found = out.found(&|| says(to, level));
                    assert_eq!(found.len(), expected.len(), "{}", says(to, level));
                    for (k, (found, expected)) in found.iter().zip(&expected).enumerate() {
                        let says = || says(to, level);
                        assert!(
                            found.same(*expected),
                            "{}: element {k} is {found:?}, not {expected:?}",
                            says()
                        );
                    }
                }
            }
        }
    }
    Level::best().force();
}
