//! Lengths that only values tell: they are compared where two shapes meet, once, at the line of the
//! user who made them meet.
//!
//! That axes match is proven by types, and two run-time axes of one name are one type, whatever
//! their lengths. So each operation that takes two shapes compares the values, of axes that have
//! their lengths as such; of static shapes nothing is left of it. Whatever is unsafe rests on that:
//! UNSAFE.md lists the operations, and `tests/tests/run_time_mismatch.rs` has a case for each.

use core::any::TypeId;
use core::fmt::{self, Display};

use crate::axes::{AxisKind, AxisSet, MAX_RANK, PerAxis};
use crate::broadcast::Mode;
use crate::error::ShapeError;
use crate::lengths::{self, Lengths};
use crate::shape::{Extent, List, ListOf, Shape, of_lengths};
use crate::verify;

mod indices;
mod padding;
mod square;
mod windows;

pub(crate) use indices::{index, refuse};
pub(crate) use padding::padded;
pub(crate) use square::{solve, square};
pub(crate) use windows::windows;

/// A shape as values, for what is said of it.
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

    /// The lengths, first axis first.
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

/// What an axis is called: by its name, or its position from the end.
struct Called(Option<&'static str>, usize);
impl Display for Called {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(name) => f.write_str(name),
            None => write!(f, "axis -{}", self.1 + 1),
        }
    }
}

/// Whether axis `k` of `A` and axis `l` of `B` are both lengths, and not both are static.
const fn meet<A: Shape, B: Shape>(k: usize, l: usize) -> bool {
    match (<ListOf<A> as List>::KINDS[k], <ListOf<B> as List>::KINDS[l]) {
        (AxisKind::Length(a), AxisKind::Length(b)) => a.is_none() || b.is_none(),
        _ => false,
    }
}
/// The axes of `A` and `B` that [`meet`] in the same places from the end.
const fn meeting<A: Shape, B: Shape>() -> AxisSet {
    let (mut axes, mut k) = (0, 0);
    while k < MAX_RANK {
        axes |= (meet::<A, B>(k, k) as u8) << k;
        k += 1;
    }
    AxisSet(axes)
}

/// Whether the lengths of `a` and `b` along an axis of `asked` differ. Of axes that are a constant, what
/// is left of it is a comparison for each of run time.
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

/// The first axis from the end, of those in `asked`, that is a length of both, and not the same.
fn first_difference(a: &Seen, b: &Seen, asked: AxisSet) -> Option<usize> {
    (0..MAX_RANK).find(|&k| {
        asked.contains(k) && a.has_length(k) && b.has_length(k) && a.lens[k] != b.lens[k]
    })
}

/// Which operation two shapes meet in.
#[derive(Clone, Copy)]
enum Meeting {
    Broadcast,
    Receive,
    Concat,
    Stack,
}

/// Compares the axes in `asked`.
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

/// `lhs` and `rhs`, which broadcast by their types, do so by their lengths.
///
/// # Panics
/// Where they do not.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn broadcast<Lhs: Shape, Rhs: Shape>(lhs: Lhs, rhs: Rhs) {
    if differ_along(lhs, rhs, const { meeting::<Lhs, Rhs>() }) {
        compare(Meeting::Broadcast, Seen::of(lhs), Seen::of(rhs), AxisSet::ALL);
    }
}

/// `from`, which broadcasts to `to` by its type, does so by its lengths.
///
/// # Panics
/// Where it does not.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn receive<From: Shape, To: Shape>(from: From, to: To) {
    if differ_along(from, to, const { meeting::<From, To>() }) {
        compare(Meeting::Receive, Seen::of(from), Seen::of(to), AxisSet::ALL);
    }
}

/// `first` and `second`, which are of one rank, differ at most along axis `along`, counted from the
/// last.
///
/// # Panics
/// Where they do.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn concatenate<First: Shape, Second: Shape>(first: First, second: Second, along: usize) {
    let others = AxisSet(!(1 << along));
    if differ_along(first, second, others.and(const { meeting::<First, Second>() })) {
        compare(Meeting::Concat, Seen::of(first), Seen::of(second), others);
    }
}

/// `first` and `second`, which are of one type, are of one shape.
///
/// # Panics
/// Where they are not.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn stack<First: Shape, Second: Shape>(first: First, second: Second) {
    if differ_along(first, second, const { meeting::<First, Second>() }) {
        compare(Meeting::Stack, Seen::of(first), Seen::of(second), AxisSet::ALL);
    }
}

/// `lhs` and `rhs`, which have a matrix product by their types, have one by their lengths.
///
/// # Panics
/// Where they do not.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn multiply<Lhs: Shape, Rhs: Shape>(lhs: Lhs, rhs: Rhs) {
    let (a, b) = (lhs.into_list().lens(), rhs.into_list().lens());
    // Of static lengths the types have proven it, and nothing is left of the comparison.
    let inner_differs =
        const { meet::<Lhs, Rhs>(0, inner(Rhs::RANK)) } && a[0] != b[const { inner(Rhs::RANK) }];
    if inner_differs || differ_along(lhs, rhs, BATCHES.and(const { meeting::<Lhs, Rhs>() })) {
        factors(Seen::of(lhs), Seen::of(rhs));
    }
}

/// The axes of factors that are neither rows nor columns.
const BATCHES: AxisSet = AxisSet(!0b11);

/// Which axis of the right factor of rank `rank` is multiplied by the last of the left one.
const fn inner(rank: usize) -> usize {
    if rank > 1 { 1 } else { 0 }
}

#[cold]
#[inline(never)]
#[track_caller]
fn factors(a: Seen, b: Seen) {
    let inner = inner(b.rank);
    let (left, right) = (a.lens[0], b.lens[inner]);
    if left != right {
        let name = a.names[0].or(b.names[inner]);
        let (blank, name) = name.map_or(("", ""), |name| (" ", name));
        panic!(
            "cannot multiply `{a}` by `{b}`: the inner axis{blank}{name} is {left} on the left, {right} on \
             the right"
        );
    }
    compare(Meeting::Broadcast, a, b, BATCHES);
}

/// `to` has as many elements as `from`.
///
/// # Panics
/// Where it has not.
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

/// The number of elements, if it and the product of the nonzero lengths, which strides are made of,
/// are at most as many as memory can hold.
fn count_of(shape: &Seen) -> Option<usize> {
    let nonzero = lengths::element_count(&shape.lens.map(|len| len.max(1)))?;
    let count = if shape.lens.contains(&0) { 0 } else { nonzero };
    (nonzero <= isize::MAX as usize).then_some(count)
}

/// As [`count_of`].
///
/// # Panics
/// Where there are more.
#[inline(never)]
#[track_caller]
fn counted_of(shape: &Seen) -> usize {
    match count_of(shape) {
        Some(count) => count,
        None => panic!("the number of elements of shape `{shape}` overflows"),
    }
}

/// Whether elements of `size` bytes of shape `shape` are no more than memory can hold.
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

/// `shape` has no more elements than memory can hold. Said of each result that may be larger than
/// what it is made of.
///
/// # Panics
/// Where it has more.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn counted<S: Shape>(shape: S) {
    if const { S::STATIC_LEN.is_none() } && !fits(shape, 1) {
        counted_of(&Seen::of(shape));
    }
}

/// Elements of type `T` of shape `shape` take no more bytes than memory can have.
///
/// # Panics
/// Where they take more.
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

/// As [`counted`], of a result under the mode `M`, which may be larger than its operands.
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

/// `shape`, unless it has more elements than memory can hold.
///
/// # Errors
/// Where it has.
pub(crate) fn checked<S: Shape>(shape: S) -> Result<usize, ShapeError> {
    if let Some(len) = S::STATIC_LEN {
        return Ok(len);
    }
    let seen = Seen::of(shape);
    count_of(&seen).ok_or_else(|| ShapeError::overflow(&seen.lengths()))
}

/// The shape of the lengths `found`, in a file or in another library's array: its lengths of run time
/// are those that were found.
///
/// # Errors
/// Where there are more of them or fewer than the shape has axes, or one is not the shape's, or they
/// are of more elements than memory can hold.
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

/// The length `sum` is `first` + `second`.
///
/// # Panics
/// Where it is not.
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

/// `count` indices of axis `axis` of `shape`, counted from the last, from `start` on, every
/// `step`-th, are in range. A negative start counts from the end. Where they start is returned.
///
/// # Panics
/// Where they are not.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn span<S: Shape, A: Extent>(
    shape: S,
    axis: usize,
    start: isize,
    count: usize,
    step: isize,
) -> usize {
    if const { A::STATIC.is_none() } {
        reach(Seen::of(shape), axis, [start as i128, count as i128, step as i128]);
    }
    let len = shape.into_list().lens()[axis];
    if start < 0 { len.wrapping_add_signed(start) } else { start as usize }
}

#[inline(never)]
#[track_caller]
fn reach(shape: Seen, axis: usize, [start, count, step]: [i128; 3]) {
    let len = shape.lens[axis];
    let first = if start < 0 { len as i128 + start } else { start };
    let last = if count == 0 { first } else { first + (count - 1) * step };
    let end = if count == 0 { len as i128 + 1 } else { len as i128 };
    let inside = |index: i128| 0 <= index && index < end;
    assert!(
        inside(first) && inside(last),
        "cannot slice {} of length {len} of shape `{shape}`: {count} indices from {start} in steps of \
         {step} reach past its {}{}",
        Called(shape.names[axis], axis),
        if first < 0 || last < 0 { "start" } else { "end" },
        if step < 0 { verify::BACKWARDS } else { "" },
    );
}

/// Says that axis `axis` of `shape`, counted from the last, does not have the index `index`.
#[cold]
#[track_caller]
pub(crate) fn no_such_index<S: Shape>(shape: S, axis: usize, index: usize) -> ! {
    beyond(&Seen::of(shape), axis, format_args!("index {index} is"))
}

/// Says that axis `axis` of `shape`, counted from the last, does not have `len` indices from `start`
/// on.
#[cold]
#[track_caller]
pub(crate) fn no_such_range<S: Shape>(shape: S, axis: usize, start: usize, len: usize) -> ! {
    beyond(&Seen::of(shape), axis, format_args!("{len} indices from {start} on are"))
}

#[cold]
#[inline(never)]
#[track_caller]
fn beyond(shape: &Seen, axis: usize, what: fmt::Arguments<'_>) -> ! {
    let (name, len) = (Called(shape.names[axis], axis), shape.lens[axis]);
    panic!("{what} out of range for {name} of length {len} of shape `{shape}`")
}

/// The axes of `shape` that `operation` reduces are not empty, so that there is a least and a
/// greatest element.
///
/// # Panics
/// Where one is.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn not_empty<S: Shape>(operation: &str, axes: AxisSet, shape: S) {
    if const { S::STATIC_LEN.is_none() } {
        find_empty(operation, axes, Seen::of(shape));
    }
}

#[inline(never)]
#[track_caller]
fn find_empty(operation: &str, axes: AxisSet, shape: Seen) {
    let empty = |k: &usize| axes.contains(*k) && shape.has_length(*k) && shape.lens[*k] == 0;
    if let Some(k) = (0..MAX_RANK).find(empty) {
        let axis = Called(shape.names[k], k);
        panic!("{operation} of no elements: {axis} of shape `{shape}` has length 0");
    }
}

/// A layer over `expected` channels takes data of shape `data` whose axis 1 is `found`.
///
/// # Panics
/// Where the two differ.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn channels<S: Shape>(layer: &str, expected: usize, found: usize, data: S) {
    if expected != found {
        another_length(layer, [expected, found], Seen::of(data), "channels", "axis 1");
    }
}

/// A layer over `expected` features takes data of shape `data` whose last axis is `found`.
///
/// # Panics
/// Where the two differ.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn features<In: Extent, S: Shape>(layer: &str, expected: In, found: usize, data: S) {
    if expected.len() != found {
        another_length(layer, [expected.len(), found], Seen::of(data), "features", "the last axis");
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn another_length(layer: &str, [expected, found]: [usize; 2], data: Seen, of: &str, axis: &str) {
    panic!("{layer} over {expected} {of} cannot take data of shape `{data}`: {axis} is {found}")
}

/// Queries, keys and values, which fit by their types, do so by their lengths: `(.., t, d)`,
/// `(.., s, d)` and `(.., s, e)`.
///
/// # Panics
/// Where they do not.
#[cfg(feature = "alloc")]
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
pub(crate) fn attend<Q: Shape, K: Shape, V: Shape>(queries: Q, keys: K, values: V) {
    let ([q, k, v], [width, keys_axis]) =
        ([queries.into_list().lens(), keys.into_list().lens(), values.into_list().lens()], [0, 1]);
    let heads_differ = (2..MAX_RANK).any(|axis| q[axis] != k[axis] || q[axis] != v[axis]);
    if q[width] != k[width] || k[keys_axis] != v[keys_axis] || heads_differ {
        disagree_in_attention(Seen::of(queries), Seen::of(keys), Seen::of(values));
    }
}

#[cfg(feature = "alloc")]
#[cold]
#[inline(never)]
#[track_caller]
fn disagree_in_attention(queries: Seen, keys: Seen, values: Seen) -> ! {
    panic!(
        "attention of queries `{queries}` to keys `{keys}` with values `{values}`: they are to be \
         (.., t, d), (.., s, d) and (.., s, e)"
    )
}

/// The lengths of names, as far as they have been seen.
#[derive(Debug)]
pub struct Named {
    /// The name, its length, the number of the argument that it was first seen in, and the shape of that.
    seen: [Option<(TypeId, usize, usize, Lengths)>; MAX_RANK * MAX_RANK],
    count: usize,
}
impl Named {
    pub(crate) fn new() -> Self {
        Self { seen: [None; MAX_RANK * MAX_RANK], count: 0 }
    }

    /// Notes the lengths of argument `number`.
    ///
    /// # Errors
    /// When a name has another length than before.
    pub(crate) fn note<S: Shape>(&mut self, number: usize, shape: S) -> Result<(), ShapeError> {
        self.note_all(number, &Seen::of(shape), <ListOf<S> as List>::ids())
    }

    fn note_all(
        &mut self,
        number: usize,
        shape: &Seen,
        ids: PerAxis<Option<TypeId>>,
    ) -> Result<(), ShapeError> {
        for k in (0..shape.rank).rev() {
            let Some(id) = ids[k] else { continue };
            let (len, lengths) = (shape.lens[k], shape.lengths());
            let before = self.seen[..self.count].iter().flatten().find(|(of, ..)| *of == id);
            match before {
                Some(&(_, other, first, of)) if other != len => {
                    let name = shape.names[k].unwrap_or("?");
                    return Err(ShapeError::disagreement(
                        name,
                        (first, of, other),
                        (number, lengths, len),
                    ));
                }
                Some(_) => {}
                None => {
                    // Eight shapes have no more than 64 axes.
                    if let Some(place) = self.seen.get_mut(self.count) {
                        *place = Some((id, len, number, lengths));
                        self.count += 1;
                    }
                }
            }
        }
        Ok(())
    }
}
