//! Checks of lengths that are known only at run time.
//!
//! The types prove that the axes of two shapes match. But two run-time axes of one name have the
//! same type whatever their lengths, so their lengths are compared as values. Each operation that
//! takes two shapes compares them once, before it makes its node, so that a panic names the user's
//! line.
//!
//! Which pairs of axes have to be compared is a constant, computed from the two shape types. So for
//! static shapes the compiler removes the comparisons. The functions that panic are not generic, so
//! that they are compiled once: they take the shapes as values ([`Seen`]).
//!
//! The unsafe code that evaluates nodes relies on these checks. UNSAFE.md lists the operations, and
//! `tests/tests/run_time_mismatch.rs` has a case for each operation.

use core::fmt::{self, Display};

use crate::axes::{AxisKind, AxisSet, MAX_RANK, PerAxis, element_count};
use crate::broadcast::Mode;
use crate::error::ShapeError;
use crate::lengths::Lengths;
use crate::shape::{Extent, List, ListOf, Shape, of_lengths};

mod indices;
mod layers;
mod named;
mod padding;
mod product;
mod ranges;
mod reduction;
mod square;
mod windows;

pub(crate) use indices::{index, refuse};
#[cfg(feature = "alloc")]
pub(crate) use layers::attend;
pub(crate) use layers::{channels, features};
pub use named::Named;
pub(crate) use padding::padded;
pub(crate) use product::multiply;
pub(crate) use ranges::{no_such_index, no_such_range, span};
pub(crate) use reduction::not_empty;
pub(crate) use square::{solve, square};
pub(crate) use windows::windows;

/// A shape as a value: the lengths, kinds and names of its axes, the last axis first, and its rank.
/// Functions that compare shapes and panic take a `Seen`, so that they are compiled once and not
/// for each shape.
#[derive(Clone, Copy)]
struct Seen {
    lens: PerAxis<usize>,
    kinds: &'static PerAxis<AxisKind>,
    names: &'static PerAxis<Option<&'static str>>,
    rank: usize,
}
impl Seen {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn of<S: Shape>(shape: S) -> Self {
        Self {
            lens: shape.into_list().lens(),
            kinds: const { &<ListOf<S> as List>::KINDS },
            names: const { &<ListOf<S> as List>::NAMES },
            rank: S::RANK,
        }
    }

    /// The lengths of the axes, the first axis first.
    fn lengths(&self) -> Lengths {
        let mut lengths = self.lens;
        lengths[..self.rank].reverse();
        Lengths::new(&lengths[..self.rank])
    }

    fn has_length(&self, k: usize) -> bool {
        matches!(self.kinds[k], AxisKind::Length(_))
    }
}
impl Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(&self.lengths(), f)
    }
}

/// How a message names an axis: by the name in the first field if there is one, or else by the
/// position in the second field (0 is the last axis).
struct Called(Option<&'static str>, usize);
impl Display for Called {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(name) => f.write_str(name),
            None => write!(f, "axis -{}", self.1 + 1),
        }
    }
}

/// Whether axis `k` of `A` and axis `l` of `B` (0 is the last axis) have to be compared at run
/// time: both are lengths (not `One`), and at least one is known only at run time.
const fn meet<A: Shape, B: Shape>(k: usize, l: usize) -> bool {
    match (<ListOf<A> as List>::KINDS[k], <ListOf<B> as List>::KINDS[l]) {
        (AxisKind::Length(a), AxisKind::Length(b)) => a.is_none() || b.is_none(),
        _ => false,
    }
}
/// The set of the axes `k` for which axis `k` of `A` and axis `k` of `B` have to be compared at run
/// time ([`meet`]).
const fn meeting<A: Shape, B: Shape>() -> AxisSet {
    let (mut axes, mut k) = (0, 0);
    while k < MAX_RANK {
        axes |= (meet::<A, B>(k, k) as u8) << k;
        k += 1;
    }
    AxisSet(axes)
}

/// Whether the lengths of `a` and `b` differ along any of the axes in `asked`. If `asked` is a
/// constant, the compiled code has one comparison for each axis in `asked`.
#[cfg_attr(not(unoptimised), inline(always))]
fn differ_along<A: Shape, B: Shape>(a: A, b: B, asked: AxisSet) -> bool {
    let (a, b) = (a.into_list().lens(), b.into_list().lens());
    let (mut differ, mut k) = (false, 0);
    while k < MAX_RANK {
        differ |= asked.contains(k) & (a[k] != b[k]);
        k += 1;
    }
    differ
}

/// The rightmost axis in `asked` that is a length (not `One`) in both shapes, and along which the
/// two lengths differ.
fn first_difference(a: &Seen, b: &Seen, asked: AxisSet) -> Option<usize> {
    (0..MAX_RANK).find(|&k| {
        asked.contains(k) && a.has_length(k) && b.has_length(k) && a.lens[k] != b.lens[k]
    })
}

/// The operation that two shapes are compared for; the text of the panic depends on it.
#[derive(Clone, Copy)]
enum Meeting {
    Broadcast,
    Receive,
    Concat,
    Stack,
}

/// Panics with the message of `meeting` if `a` and `b` have different lengths along an axis in
/// `asked`.
#[cold]
#[inline(never)]
#[track_caller]
fn compare(meeting: Meeting, a: Seen, b: Seen, asked: AxisSet) {
    if let Some(k) = first_difference(&a, &b, asked) {
        differ(meeting, &a, &b, k);
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn differ(meeting: Meeting, a: &Seen, b: &Seen, k: usize) -> ! {
    let axis = Called(a.names[k].or(b.names[k]), k);
    let (left, right) = (a.lens[k], b.lens[k]);
    match meeting {
        Meeting::Broadcast => {
            panic!("{axis} is {left} on the left, {right} on the right: `{a}` with `{b}`")
        }
        Meeting::Receive => {
            panic!("cannot broadcast `{a}` to `{b}`: {axis} is {left}, not {right}")
        }
        Meeting::Stack => {
            panic!(
                "cannot stack `{a}` and `{b}`: {axis} is {left} in the first, {right} in the second"
            )
        }
        Meeting::Concat => {
            panic!(
                "cannot concatenate `{a}` and `{b}`: {axis} is {left} in the first, {right} in the second"
            )
        }
    }
}

/// Checks that `lhs` and `rhs`, whose types broadcast, also broadcast by their run-time lengths.
///
/// # Panics
/// If a length of `lhs` differs from that of `rhs` along an axis that neither stretches along.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn broadcast<Lhs: Shape, Rhs: Shape>(lhs: Lhs, rhs: Rhs) {
    if differ_along(lhs, rhs, const { meeting::<Lhs, Rhs>() }) {
        compare(Meeting::Broadcast, Seen::of(lhs), Seen::of(rhs), AxisSet::ALL);
    }
}

/// Checks that `from`, whose type broadcasts to that of `to`, also broadcasts to `to` by its
/// run-time lengths.
///
/// # Panics
/// If a length of `from` differs from that of `to` along an axis that `from` does not stretch
/// along.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn receive<From: Shape, To: Shape>(from: From, to: To) {
    if differ_along(from, to, const { meeting::<From, To>() }) {
        compare(Meeting::Receive, Seen::of(from), Seen::of(to), AxisSet::ALL);
    }
}

/// Checks that `first` and `second`, which have the same rank, have the same lengths along all axes
/// except the axis `along` (0 is the last axis).
///
/// # Panics
/// If their lengths differ along any axis but `along`.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn concatenate<First: Shape, Second: Shape>(first: First, second: Second, along: usize) {
    let others = AxisSet(!(1 << along));
    if differ_along(first, second, others.and(const { meeting::<First, Second>() })) {
        compare(Meeting::Concat, Seen::of(first), Seen::of(second), others);
    }
}

/// Checks that `first` and `second`, whose types can be stacked, have the same lengths.
///
/// # Panics
/// If their lengths along an axis differ.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn stack<First: Shape, Second: Shape>(first: First, second: Second) {
    if differ_along(first, second, const { meeting::<First, Second>() }) {
        compare(Meeting::Stack, Seen::of(first), Seen::of(second), AxisSet::ALL);
    }
}

/// Checks that `to` has as many elements as `from`. Two static shapes are checked by `verify.rs`
/// instead.
///
/// # Panics
/// If the numbers of elements differ, or if one overflows.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn same_count<From: Shape, To: Shape>(from: From, to: To) {
    if const { From::STATIC_LEN.is_none() || To::STATIC_LEN.is_none() } {
        count_both(Seen::of(from), Seen::of(to));
    }
}

#[inline(never)]
#[track_caller]
fn count_both(from: Seen, to: Seen) {
    let counts = (counted_of(&from), counted_of(&to));
    assert!(
        counts.0 == counts.1,
        "cannot reshape `{from}` to `{to}`: {} elements are not {}",
        counts.0,
        counts.1
    );
}

/// The number of elements of `shape`, or `None` if the product of the lengths that are not 0 is
/// more than `isize::MAX`. Strides are products of lengths that are not 0, so they do not overflow
/// either, even in a shape with a length of 0.
fn count_of(shape: &Seen) -> Option<usize> {
    element_count(&shape.lens, isize::MAX as usize)
}

/// The number of elements of `shape`.
///
/// # Panics
/// If the product of the lengths that are not 0 is more than `isize::MAX`.
#[inline(never)]
#[track_caller]
fn counted_of(shape: &Seen) -> usize {
    match count_of(shape) {
        Some(count) => count,
        None => panic!("the number of elements of shape `{shape}` overflows"),
    }
}

/// Whether the elements of `shape`, of `size` bytes each, take at most `isize::MAX` bytes. A length
/// of 0 counts as 1, as in [`count_of`].
#[cfg_attr(not(unoptimised), inline(always))]
fn fits<S: Shape>(shape: S, size: usize) -> bool {
    let lens = shape.into_list().lens();
    let (mut bytes, mut k) = (size, 0);
    while k < S::RANK {
        bytes = bytes.saturating_mul(if lens[k] == 0 { 1 } else { lens[k] });
        k += 1;
    }
    bytes <= isize::MAX as usize
}

/// Checks that `shape` has at most `isize::MAX` elements (a length of 0 counts as 1). Each
/// operation whose result may be larger than its operands calls this.
///
/// # Panics
/// If `shape` has more elements.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn counted<S: Shape>(shape: S) {
    if const { S::STATIC_LEN.is_none() } && !fits(shape, 1) {
        counted_of(&Seen::of(shape));
    }
}

/// Checks that the elements of a tensor of shape `shape`, of type `T`, take at most `isize::MAX`
/// bytes.
///
/// # Panics
/// If the elements take more bytes.
#[cfg(feature = "alloc")]
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn allocated<T, S: Shape>(shape: S) {
    if const { S::STATIC_LEN.is_none() } && !fits(shape, size_of::<T>()) {
        weigh(&Seen::of(shape), size_of::<T>());
    }
}

#[cfg(feature = "alloc")]
#[cold]
#[inline(never)]
#[track_caller]
fn weigh(shape: &Seen, size: usize) {
    let bytes = counted_of(shape).checked_mul(size);
    if bytes.is_none_or(|bytes| bytes > isize::MAX as usize) {
        panic!("shape `{shape}` of elements of {size} bytes takes more memory than there can be");
    }
}

/// Checks that `shape`, the shape of a result, has at most `isize::MAX` elements (a length of 0
/// counts as 1), if the mode `M` lets the result be larger than every operand.
///
/// # Panics
/// If `M` lets the result be larger, and `shape` has more elements.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn grown<M: Mode, S: Shape>(shape: S) {
    if const { M::GROWS } {
        counted(shape);
    }
}

/// The number of elements of `shape`.
///
/// # Errors
/// If the number of elements, where a length of 0 counts as 1, is more than `isize::MAX`.
pub(crate) fn checked<S: Shape>(shape: S) -> Result<usize, ShapeError> {
    if let Some(len) = S::STATIC_LEN {
        return Ok(len);
    }
    let seen = Seen::of(shape);
    count_of(&seen).ok_or_else(|| ShapeError::overflow(&seen.lengths()))
}

/// The shape `S` with the lengths `found`, which a file or an array of another library has. The
/// run-time lengths of `S` get their values from `found`.
///
/// # Errors
/// If `found` has another rank than `S`, if a length in `found` differs from a static length of
/// `S`, or if there are more than `isize::MAX` elements (a length of 0 counts as 1).
#[cfg_attr(
    not(feature = "alloc"),
    allow(dead_code, reason = "what is found is mostly copied to the heap")
)]
pub(crate) fn found<S: Shape>(found: &[usize]) -> Result<S, ShapeError> {
    let shape = of_lengths::<S>(found).ok_or_else(
        #[cold]
        || ShapeError::unlike::<S>(found),
    )?;
    checked(shape)?;
    Ok(shape)
}

/// Checks that the length `sum` is `first` + `second`.
///
/// # Panics
/// If `sum` is another length.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn sum<First: Extent, Second: Extent, Sum: Extent>(
    first: First,
    second: Second,
    sum: Sum,
) {
    if const { First::STATIC.is_none() || Second::STATIC.is_none() || Sum::STATIC.is_none() } {
        add(first.len(), second.len(), sum.len());
    }
}

#[inline(never)]
#[track_caller]
fn add(first: usize, second: usize, sum: usize) {
    assert!(
        first.checked_add(second) == Some(sum),
        "cannot concatenate lengths {first} and {second} to {sum}"
    );
}
