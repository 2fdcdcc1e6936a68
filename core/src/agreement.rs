//! Checks of lengths that are known only at run time.
//!
//! The types prove that the axes of two shapes match. Two run-time axes of one name have the same
//! type whatever their lengths, so their lengths are compared as values: by each operation that
//! takes two shapes, once, before it makes its node, so that a panic names the user's line.
//!
//! Which pairs of axes have to be compared is a constant of the two types. For static shapes no
//! code is left. What panics is a cold function that is not generic: it takes the shapes as values
//! ([`Seen`]).
//!
//! All unsafe code after a node relies on these checks. UNSAFE.md lists the operations, and
//! `tests/tests/run_time_mismatch.rs` has a case for each.

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

/// The lengths, kinds and names of a shape's axes as values, the last axis first. The functions
/// that compare and report take shapes in this form, so that they are compiled once and not for
/// each shape.
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

    /// The lengths, the first axis first.
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

/// How a message names an axis: by its name, or else by its position from the end.
struct Called(Option<&'static str>, usize);
impl Display for Called {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(name) => f.write_str(name),
            None => write!(f, "axis -{}", self.1 + 1),
        }
    }
}

/// Whether axis `k` of `A` and axis `l` of `B`, counted from the last, are both lengths (not `One`)
/// and at least one of them is known only at run time.
const fn meet<A: Shape, B: Shape>(k: usize, l: usize) -> bool {
    match (<ListOf<A> as List>::KINDS[k], <ListOf<B> as List>::KINDS[l]) {
        (AxisKind::Length(a), AxisKind::Length(b)) => a.is_none() || b.is_none(),
        _ => false,
    }
}
/// The axes, counted from the last, at which those of `A` and `B` [`meet`].
const fn meeting<A: Shape, B: Shape>() -> AxisSet {
    let (mut axes, mut k) = (0, 0);
    while k < MAX_RANK {
        axes |= (meet::<A, B>(k, k) as u8) << k;
        k += 1;
    }
    AxisSet(axes)
}

/// Whether the lengths of `a` and `b` differ along one of the axes `asked`. Where `asked` is a
/// constant, this is one comparison for each axis in it.
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

/// The first axis from the end among `asked` that is a length in both shapes and has different
/// lengths.
fn first_difference(a: &Seen, b: &Seen, asked: AxisSet) -> Option<usize> {
    (0..MAX_RANK).find(|&k| {
        asked.contains(k) && a.has_length(k) && b.has_length(k) && a.lens[k] != b.lens[k]
    })
}

/// The operation in which two shapes meet.
#[derive(Clone, Copy)]
enum Meeting {
    Broadcast,
    Receive,
    Concat,
    Stack,
}

/// Panics with the message of `meeting` if `a` and `b` have different lengths along one of `asked`.
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

/// Checks that the lengths of `lhs` and `rhs`, which broadcast by their types, do.
///
/// # Panics
/// If they do not.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn broadcast<Lhs: Shape, Rhs: Shape>(lhs: Lhs, rhs: Rhs) {
    if differ_along(lhs, rhs, const { meeting::<Lhs, Rhs>() }) {
        compare(Meeting::Broadcast, Seen::of(lhs), Seen::of(rhs), AxisSet::ALL);
    }
}

/// Checks that the lengths of `from`, which broadcasts to `to` by its type, do.
///
/// # Panics
/// If they do not.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn receive<From: Shape, To: Shape>(from: From, to: To) {
    if differ_along(from, to, const { meeting::<From, To>() }) {
        compare(Meeting::Receive, Seen::of(from), Seen::of(to), AxisSet::ALL);
    }
}

/// Checks that `first` and `second`, which have the same rank, have the same lengths along all axes
/// but `along`, counted from the last.
///
/// # Panics
/// If they have not.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn concatenate<First: Shape, Second: Shape>(first: First, second: Second, along: usize) {
    let others = AxisSet(!(1 << along));
    if differ_along(first, second, others.and(const { meeting::<First, Second>() })) {
        compare(Meeting::Concat, Seen::of(first), Seen::of(second), others);
    }
}

/// Checks that `first` and `second`, which can be stacked by their types, have the same lengths.
///
/// # Panics
/// If they have not.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn stack<First: Shape, Second: Shape>(first: First, second: Second) {
    if differ_along(first, second, const { meeting::<First, Second>() }) {
        compare(Meeting::Stack, Seen::of(first), Seen::of(second), AxisSet::ALL);
    }
}

/// Checks that `to` has as many elements as `from`.
///
/// # Panics
/// If it has not.
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

/// The number of elements; `None` where the product of the nonzero lengths is more than memory can
/// hold. Strides are products of nonzero lengths, so this holds for shapes with an empty axis too.
fn count_of(shape: &Seen) -> Option<usize> {
    element_count(&shape.lens, isize::MAX as usize)
}

/// As [`count_of`].
///
/// # Panics
/// If there is no such number.
#[inline(never)]
#[track_caller]
fn counted_of(shape: &Seen) -> usize {
    match count_of(shape) {
        Some(count) => count,
        None => panic!("the number of elements of shape `{shape}` overflows"),
    }
}

/// Whether elements of `size` bytes fill no more than memory can hold. Lengths of 0 count as 1.
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

/// Checks that memory could hold the elements of `shape`, of one byte each. Each operation whose
/// result may be larger than its operands calls this.
///
/// # Panics
/// If it could not.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn counted<S: Shape>(shape: S) {
    if const { S::STATIC_LEN.is_none() } && !fits(shape, 1) {
        counted_of(&Seen::of(shape));
    }
}

/// Checks that memory could hold elements of type `T` of shape `shape`.
///
/// # Panics
/// If it could not.
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

/// As [`counted`], for a result under the mode `M`, if it may be larger than its operands.
///
/// # Panics
/// As [`counted`].
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
/// If it is more than memory can hold.
pub(crate) fn checked<S: Shape>(shape: S) -> Result<usize, ShapeError> {
    if let Some(len) = S::STATIC_LEN {
        return Ok(len);
    }
    let seen = Seen::of(shape);
    count_of(&seen).ok_or_else(|| ShapeError::overflow(&seen.lengths()))
}

/// The shape `S` with the lengths `found` in a file or in another library's array, which its
/// run-time lengths take on.
///
/// # Errors
/// If `found` has another rank than `S`, if one of its lengths differs from a static length of `S`,
/// or if there are more elements than memory can hold.
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
/// If it is not.
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
