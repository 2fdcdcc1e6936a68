//! What is said when a shape that is known only at run time does not fit: a file's, a slice's, an argument's.

use core::fmt;

use crate::axes::{AxisKind, MAX_RANK, PerAxis};
use crate::lengths::{Lengths, element_count};
use crate::shape::{List, ListOf, Shape};

mod unsolved;

pub use unsolved::{NotPositiveDefinite, SingularMatrix};

/// Lengths, or memory, that do not fit a shape.
///
/// Static shapes are checked by the compiler; this is the error of the checks that remain at run time: views of
/// slices, files, run-time lengths, [`broadcast_shapes`](crate::broadcast_shapes()).
///
/// The text has one line that says it all: the shapes as NumPy writes them, the axis counted from the right, and its
/// lengths. Where two shapes differ, they follow aligned at the right, with every axis that does not fit marked.
///
/// Source: the alignment is that of
/// [NumPy, Broadcasting, general rules](https://numpy.org/doc/stable/user/basics.broadcasting.html#general-broadcasting-rules).
///
/// ```
/// use shapewright::broadcast_shapes;
///
/// let error = broadcast_shapes(&[&[32, 1000, 256], &[1000, 64]]).unwrap_err();
/// assert_eq!(error.axis(), Some(-1));
/// assert_eq!(
///     error.to_string(),
///     "\
/// cannot broadcast (32, 1000, 256) with (1000, 64): on axis -1, 256 does not match 64
///   left   32  1000  256
///   right      1000   64
///                    ^^^"
/// );
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ShapeError {
    kind: Held,
}

/// Two shapes are too large for an error that travels through every `Result` by value.
#[cfg(feature = "alloc")]
type Held = alloc::boxed::Box<Fault>;
#[cfg(not(feature = "alloc"))]
type Held = Fault;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Fault {
    Mismatch {
        expected: Wanted,
        found: Lengths,
    },
    Count {
        expected: Lengths,
        needed: usize,
        found: usize,
    },
    Multiple {
        expected: Wanted,
        of: usize,
        found: usize,
    },
    Broadcast {
        left: Lengths,
        right: Lengths,
        arguments: Option<(usize, usize)>,
    },
    Index {
        index: i128,
        name: Option<&'static str>,
        axis: isize,
        shape: Lengths,
    },
    Disagreement {
        name: &'static str,
        first: (usize, Lengths, usize),
        second: (usize, Lengths, usize),
    },
    Rank {
        found: Lengths,
    },
    Overflow {
        found: Lengths,
    },
    Reach {
        expected: Lengths,
        found: usize,
    },
    Bytes {
        expected: Wanted,
        found: usize,
        size: usize,
    },
    Misaligned {
        align: usize,
        remainder: usize,
    },
    InvalidBool {
        index: usize,
        byte: u8,
    },
    Ragged {
        row: usize,
        found: usize,
        first: usize,
    },
    Strides {
        problem: &'static str,
        found: Lengths,
        strides: PerAxis<isize>,
        fix: &'static str,
    },
}

/// What the rest of the crate reports. The path is cold everywhere: no caller inlines the copies of the shapes.
impl ShapeError {
    #[cold]
    fn new(kind: Fault) -> Self {
        #[cfg(feature = "alloc")]
        let kind = alloc::boxed::Box::new(kind);
        Self { kind }
    }

    /// A file or a view has the shape `found`, of any rank, where exactly `expected` is needed.
    #[cfg(any(test, feature = "npy"))]
    pub(crate) fn mismatch(expected: &[usize], found: &[usize]) -> Self {
        debug_assert!(expected.len() <= MAX_RANK && expected != found, "nothing to report");
        Self::new(Fault::Mismatch {
            expected: Wanted::exactly(expected),
            found: Lengths::new(found),
        })
    }

    /// A slice or a `Vec` has `found` elements, which is not the number that shape `expected` holds.
    pub(crate) fn count(expected: &[usize], found: usize) -> Self {
        match element_count(expected) {
            Some(needed) => {
                Self::new(Fault::Count { expected: Lengths::new(expected), needed, found })
            }
            None => Self::overflow(expected),
        }
    }

    /// As [`count`](Self::count), where a length of the shape is known at run time: any.
    pub(crate) fn count_of<S: Shape>(found: usize) -> Self {
        let known = Wanted::lengths::<S>().map(|len| if len == ANY { 1 } else { len });
        match (S::STATIC_LEN, element_count(&known)) {
            (None, Some(of)) => {
                Self::new(Fault::Multiple { expected: Wanted::of::<S>(), of, found })
            }
            _ => Self::count(&known[..S::RANK], found),
        }
    }

    /// As [`mismatch`](Self::mismatch), of the shape `S`, which has any length where it is of run time.
    pub(crate) fn unlike<S: Shape>(found: &[usize]) -> Self {
        Self::new(Fault::Mismatch { expected: Wanted::of::<S>(), found: Lengths::new(found) })
    }

    /// Two operands that do not broadcast.
    pub(crate) fn broadcast(left: &[usize], right: &[usize]) -> Self {
        Self::new(Fault::Broadcast {
            left: Lengths::new(left),
            right: Lengths::new(right),
            arguments: None,
        })
    }

    /// `arguments[left]` and `arguments[right]` do not broadcast.
    pub(crate) fn broadcast_arguments(arguments: &[&[usize]], left: usize, right: usize) -> Self {
        Self::new(Fault::Broadcast {
            left: Lengths::new(arguments[left]),
            right: Lengths::new(arguments[right]),
            arguments: Some((left, right)),
        })
    }

    /// An axis of this name has one length in the first of two arguments, given as its number, its
    /// shape and the length, and another in the second.
    pub(crate) fn disagreement(
        name: &'static str,
        first: (usize, Lengths, usize),
        second: (usize, Lengths, usize),
    ) -> Self {
        Self::new(Fault::Disagreement { name, first, second })
    }

    /// Axis `axis`, negative, of this name, of the shape `shape` does not have the index `index`.
    pub(crate) fn index(
        index: i128,
        name: Option<&'static str>,
        axis: isize,
        shape: Lengths,
    ) -> Self {
        Self::new(Fault::Index { index, name, axis, shape })
    }

    /// A shape of more than `MAX_RANK` axes.
    pub(crate) fn rank(found: &[usize]) -> Self {
        Self::new(Fault::Rank { found: Lengths::new(found) })
    }

    /// The nonzero lengths of `found`, or the bytes of its elements, multiply past `usize`.
    pub(crate) fn overflow(found: &[usize]) -> Self {
        Self::new(Fault::Overflow { found: Lengths::new(found) })
    }

    /// Strides of a view of shape `expected` reach outside a slice of `found` elements.
    pub(crate) fn reach(expected: &[usize], found: usize) -> Self {
        Self::new(Fault::Reach { expected: Lengths::new(expected), found })
    }

    /// Memory to be seen as a shape `S` of elements of `size` bytes has `found` bytes, which is no whole number of them.
    pub(crate) fn bytes<S: Shape>(found: usize, size: usize) -> Self {
        Self::new(Fault::Bytes { expected: Wanted::of::<S>(), found, size })
    }

    /// Memory at `address` that must be aligned to `align`, a power of two, and is not.
    pub(crate) fn misaligned(address: usize, align: usize) -> Self {
        Self::new(Fault::Misaligned { align, remainder: address % align })
    }

    /// Memory to be seen as `bool` holds `byte` as its element `index`, counted row-major.
    pub(crate) fn invalid_bool(index: usize, byte: u8) -> Self {
        Self::new(Fault::InvalidBool { index, byte })
    }

    /// Of rows that are to be of one length, row `row` has `found` elements, and row 0 has `first`.
    #[cfg_attr(not(feature = "alloc"), allow(dead_code, reason = "rows are vectors, on the heap"))]
    pub(crate) fn ragged(row: usize, found: usize, first: usize) -> Self {
        Self::new(Fault::Ragged { row, found, first })
    }

    /// A view of shape `found` has strides, given from the last axis, that are a `problem`, which is removed by the `fix`.
    #[cfg_attr(
        not(any(feature = "nalgebra", feature = "ndarray")),
        allow(dead_code, reason = "other libraries' strides are any")
    )]
    pub(crate) fn strides(
        problem: &'static str,
        found: &[usize],
        strides: PerAxis<isize>,
        fix: &'static str,
    ) -> Self {
        Self::new(Fault::Strides { problem, found: Lengths::new(found), strides, fix })
    }
}

/// What a function writes. (`fmt::from_fn` asks for Rust 1.93.)
pub(crate) struct Said<F>(pub(crate) F);
impl<F: Fn(&mut fmt::Formatter<'_>) -> fmt::Result> fmt::Display for Said<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0(f)
    }
}

impl<F: Fn(&mut fmt::Formatter<'_>) -> fmt::Result> fmt::Debug for Said<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0(f)
    }
}

/// Parts of the text, for errors that have more to say around them.
#[cfg(any(feature = "npz", feature = "safetensors", feature = "serde"))]
impl ShapeError {
    /// The text without the shapes under each other: one line.
    #[cfg(feature = "serde")]
    pub(crate) fn line(&self) -> impl fmt::Display {
        Said(|f: &mut fmt::Formatter<'_>| self.say(f))
    }

    /// Of a shape that is another: which axis, and its lengths; of other errors the text.
    #[cfg(any(feature = "npz", feature = "safetensors"))]
    pub(crate) fn why(&self) -> impl fmt::Display {
        Said(|f: &mut fmt::Formatter<'_>| self.say_why(f))
    }

    /// The shape `S` as it is expected: `(?Batch, 784)`.
    pub(crate) fn wanted<S: Shape>() -> impl fmt::Display {
        Wanted::of::<S>()
    }
}

impl ShapeError {
    /// The shape that was needed, as in `expected (1000, 256)`; of a failed broadcast, the shape on the left; of two
    /// arguments that do not [agree](crate::agree()), that of the first. A length of run time, which may be any, is
    /// `usize::MAX` in it, and `?` in the text.
    ///
    /// ```
    /// let error = shapewright::broadcast_shapes(&[&[1000, 256], &[64]]).unwrap_err();
    /// assert_eq!(*error.expected().unwrap(), [1000, 256]);
    /// ```
    #[must_use]
    pub fn expected(&self) -> Option<&Lengths> {
        match self.kind() {
            Fault::Mismatch { expected, .. }
            | Fault::Multiple { expected, .. }
            | Fault::Bytes { expected, .. } => Some(&expected.lengths),
            Fault::Count { expected, .. } | Fault::Reach { expected, .. } => Some(expected),
            Fault::Broadcast { left, .. } => Some(left),
            Fault::Disagreement { first: (_, shape, _), .. } => Some(shape),
            Fault::Index { .. }
            | Fault::Rank { .. }
            | Fault::Overflow { .. }
            | Fault::Misaligned { .. }
            | Fault::InvalidBool { .. }
            | Fault::Ragged { .. }
            | Fault::Strides { .. } => None,
        }
    }

    /// The shape that was found; of a failed broadcast, the shape on the right; of two arguments that do not
    /// [agree](crate::agree()), that of the second; of an index out of range, the shape that does not have it.
    ///
    /// ```
    /// let error = shapewright::broadcast_shapes(&[&[1000, 256], &[64]]).unwrap_err();
    /// assert_eq!(*error.found().unwrap(), [64]);
    /// ```
    #[must_use]
    pub fn found(&self) -> Option<&Lengths> {
        match self.kind() {
            Fault::Mismatch { found, .. }
            | Fault::Rank { found }
            | Fault::Overflow { found }
            | Fault::Strides { found, .. } => Some(found),
            Fault::Broadcast { right, .. } => Some(right),
            Fault::Disagreement { second: (_, shape, _), .. } | Fault::Index { shape, .. } => {
                Some(shape)
            }
            Fault::Count { .. }
            | Fault::Multiple { .. }
            | Fault::Reach { .. }
            | Fault::Bytes { .. }
            | Fault::Misaligned { .. }
            | Fault::InvalidBool { .. }
            | Fault::Ragged { .. } => None,
        }
    }

    /// The axis that does not fit, negative: counted from the right. Of several, the rightmost.
    ///
    /// `None` where no single axis is wrong: the number of axes differs, or the error is about memory.
    ///
    /// ```
    /// let error = shapewright::broadcast_shapes(&[&[1000, 256], &[64]]).unwrap_err();
    /// assert_eq!(error.axis(), Some(-1));
    /// ```
    #[must_use]
    pub fn axis(&self) -> Option<isize> {
        if let Fault::Index { axis, .. } = self.kind() {
            return Some(*axis);
        }
        let (first, second, fits) = self.pair()?;
        if matches!(self.kind(), Fault::Mismatch { .. }) && first.rank() != second.rank() {
            return None;
        }
        let from_right = (0..MAX_RANK).find(|&k| !fits(axis(first, k), axis(second, k)))?;
        Some(-1 - from_right as isize)
    }

    /// Which arguments of [`broadcast_shapes`](crate::broadcast_shapes()) do not broadcast, counted from 0, where there
    /// were more than two: those with the shapes [`expected`](Self::expected) and [`found`](Self::found).
    ///
    /// ```
    /// let error = shapewright::broadcast_shapes(&[&[8, 1, 6], &[7, 1], &[1, 5]]).unwrap_err();
    /// assert_eq!(error.arguments(), Some((0, 2)));
    /// ```
    #[must_use]
    pub fn arguments(&self) -> Option<(usize, usize)> {
        match self.kind() {
            Fault::Broadcast { arguments, .. } => *arguments,
            Fault::Disagreement { first, second, .. } => Some((first.0, second.0)),
            _ => None,
        }
    }

    fn kind(&self) -> &Fault {
        &self.kind
    }

    /// The two shapes that were compared, and the relation that their axes ought to have.
    fn pair(&self) -> Option<(&Lengths, &Lengths, AxesFit)> {
        match self.kind() {
            Fault::Mismatch { expected, found } => {
                Some((&expected.lengths, found, |a, b| a == b || (a == Some(ANY) && b.is_some())))
            }
            Fault::Broadcast { left, right, .. } => Some((left, right, |a, b| match (a, b) {
                (Some(a), Some(b)) => a == b || a == 1 || b == 1,
                _ => true,
            })),
            _ => None,
        }
    }
}

/// The length of an axis that takes any.
const ANY: usize = usize::MAX;

/// The shape that is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wanted {
    /// [`ANY`] where a length is known at run time.
    lengths: Lengths,
    /// The names of the axes, the last first.
    names: &'static PerAxis<Option<&'static str>>,
}
impl Wanted {
    #[cfg(any(test, feature = "npy"))]
    fn exactly(lengths: &[usize]) -> Self {
        Self { lengths: Lengths::new(lengths), names: &[None; MAX_RANK] }
    }

    fn of<S: Shape>() -> Self {
        let names = const { &<ListOf<S> as List>::NAMES };
        Self { lengths: Lengths::new(&Self::lengths::<S>()[..S::RANK]), names }
    }

    /// The lengths of `S`, first axis first, and 1 past its rank.
    fn lengths<S: Shape>() -> PerAxis<usize> {
        let mut lengths = [1; MAX_RANK];
        for (k, length) in lengths[..S::RANK].iter_mut().rev().enumerate() {
            *length = match <ListOf<S> as List>::KINDS[k] {
                AxisKind::Length(len) => len.unwrap_or(ANY),
                AxisKind::Stretching | AxisKind::Absent => 1,
            };
        }
        lengths
    }
}
/// `?Name` or `?` for any length.
impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rank = self.lengths.len();
        f.write_str("(")?;
        for (at, &length) in self.lengths.iter().enumerate() {
            f.write_str(if at == 0 { "" } else { ", " })?;
            if length == ANY {
                write!(f, "?{}", self.names[rank - 1 - at].unwrap_or(""))?;
            } else {
                write!(f, "{length}")?;
            }
        }
        f.write_str(if rank == 1 { ",)" } else { ")" })
    }
}

/// Whether two aligned axes fit; `None` is an axis that the shape does not have.
type AxesFit = fn(Option<usize>, Option<usize>) -> bool;

/// The length of axis `-1 - from_right`.
fn axis(shape: &[usize], from_right: usize) -> Option<usize> {
    shape.iter().rev().nth(from_right).copied()
}

impl core::error::Error for ShapeError {}

/// What [`Display`](fmt::Display) says: it is what `unwrap` prints.
impl fmt::Debug for ShapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ShapeError({self})")
    }
}

impl fmt::Display for ShapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.say(f)?;
        match self.kind() {
            Fault::Mismatch { .. } => self.table(f, [Cell::Word("expected"), Cell::Word("found")]),
            Fault::Broadcast { arguments: None, .. } => {
                self.table(f, [Cell::Word("left"), Cell::Word("right")])
            }
            Fault::Broadcast { arguments: Some((i, j)), .. } => {
                self.table(f, [Cell::Argument(*i), Cell::Argument(*j)])
            }
            _ => Ok(()),
        }
    }
}

impl ShapeError {
    /// The line that says it all.
    fn say(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            Fault::Mismatch { expected, found } => {
                write!(f, "shape mismatch: expected {expected}, found {found}: ")?;
                self.say_why(f)
            }
            Fault::Broadcast { left, right, arguments } => {
                match arguments {
                    None => write!(f, "cannot broadcast {left} with {right}")?,
                    Some((i, j)) => {
                        write!(f, "cannot broadcast argument {i} {left} with argument {j} {right}")?
                    }
                }
                match self.lengths_on_axis() {
                    Some((axis, left, right)) => {
                        write!(f, ": on axis {axis}, {left} does not match {right}")
                    }
                    None => Ok(()),
                }
            }
            Fault::Count { expected, needed, found } => {
                let s = if *needed == 1 { "" } else { "s" };
                write!(
                    f,
                    "wrong number of elements: shape {expected} holds {needed} element{s}, found {found}"
                )
            }
            Fault::Multiple { expected, of: 0, found } => {
                write!(f, "wrong number of elements: shape {expected} holds none, found {found}")
            }
            Fault::Multiple { expected, of, found } => {
                write!(
                    f,
                    "wrong number of elements: shape {expected} holds a multiple of {of}, found {found}"
                )
            }
            Fault::Disagreement { name, first: (i, a, m), second: (j, b, n) } => {
                write!(f, "{name} is {m} in argument {i} {a}, {n} in argument {j} {b}")
            }
            Fault::Index { index, name, axis: at, shape } => {
                write!(f, "index {index} is out of range for ")?;
                match name {
                    Some(name) => f.write_str(name)?,
                    None => write!(f, "axis {at}")?,
                }
                let len = axis(shape, at.unsigned_abs() - 1).unwrap_or(0);
                write!(f, " of length {len} of shape {shape}")
            }
            Fault::Rank { found } => {
                write!(
                    f,
                    "too many axes: {found} has rank {}, at most {MAX_RANK} is supported",
                    found.rank()
                )
            }
            Fault::Overflow { found } => {
                write!(
                    f,
                    "shape {found} is too large: its nonzero lengths multiply past the address space"
                )
            }
            Fault::Reach { expected, found } => {
                write!(
                    f,
                    "the strides of a view of shape {expected} reach outside its {found} elements"
                )
            }
            Fault::Bytes { expected, found, size } => {
                write!(
                    f,
                    "wrong number of bytes: shape {expected} holds elements of {size} bytes, found {found} bytes"
                )
            }
            Fault::Misaligned { align, remainder } => {
                write!(
                    f,
                    "misaligned memory: its address must be a multiple of {align}, and is {remainder} past one"
                )
            }
            Fault::InvalidBool { index, byte } => {
                write!(f, "invalid bool: element {index} is the byte {byte}, a bool is 0 or 1")
            }
            Fault::Ragged { row, found, first } => {
                let s = if *found == 1 { "" } else { "s" };
                write!(f, "row {row} has {found} element{s}, row 0 has {first}")
            }
            Fault::Strides { problem, found, strides, fix } => {
                write!(f, "{problem}: shape {found} has strides (")?;
                for (k, stride) in strides[..found.len()].iter().rev().enumerate() {
                    write!(f, "{}{stride}", if k == 0 { "" } else { ", " })?;
                }
                write!(f, "{}; {fix}", if found.len() == 1 { ",)" } else { ")" })
            }
        }
    }

    /// What differs between the shape that is expected and the one that is found; of other errors the
    /// text.
    fn say_why(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.lengths_on_axis(), self.expected(), self.found()) {
            (Some((axis, expected, found)), ..) => {
                write!(f, "axis {axis} must be {expected}, not {found}")
            }
            (None, Some(expected), Some(found)) => {
                write!(f, "rank must be {}, not {}", expected.rank(), found.rank())
            }
            _ => self.say(f),
        }
    }

    /// The axis that does not fit, and its length in both shapes.
    fn lengths_on_axis(&self) -> Option<(isize, usize, usize)> {
        let (first, second, _) = self.pair()?;
        let at = self.axis()?;
        let from_right = at.unsigned_abs() - 1;
        Some((at, axis(first, from_right)?, axis(second, from_right)?))
    }

    /// The compared shapes under each other, aligned at the right, and carets under the axes that do not fit.
    ///
    /// A column is as wide as its widest length. No line ends in a blank.
    fn table(&self, f: &mut fmt::Formatter<'_>, labels: [Cell; 2]) -> fmt::Result {
        let Some((first, second, fits)) = self.pair() else { return Ok(()) };
        let indent = labels[0].width().max(labels[1].width());
        let any = matches!(self.kind(), Fault::Mismatch { .. });
        let cell = |shape: &Lengths, k| match axis(shape, k) {
            Some(ANY) if any => Cell::Any,
            Some(length) => Cell::Length(length),
            None => Cell::Blank,
        };
        let width = |k| cell(first, k).width().max(cell(second, k).width());
        let columns = (0..first.len().max(second.len())).rev();
        let cut = first.is_cut() || second.is_cut();

        for (label, shape) in labels.into_iter().zip([first, second]) {
            write!(f, "\n  {label}")?;
            let mut blanks = indent - label.width();
            if cut {
                put(f, &mut blanks, 1, if shape.is_cut() { Cell::Ellipsis } else { Cell::Blank })?;
            }
            for k in columns.clone() {
                put(f, &mut blanks, width(k), cell(shape, k))?;
            }
        }

        f.write_str("\n")?;
        let mut blanks = 2 + indent;
        if cut {
            // What was cut off cannot be compared: it differs because the ranks do.
            put(f, &mut blanks, 1, Cell::Carets(1))?;
        }
        for k in columns {
            let fits = fits(axis(first, k), axis(second, k));
            put(f, &mut blanks, width(k), if fits { Cell::Blank } else { Cell::Carets(width(k)) })?;
        }
        Ok(())
    }
}

/// One entry of the table.
#[derive(Clone, Copy)]
enum Cell {
    Blank,
    Word(&'static str),
    Argument(usize),
    Ellipsis,
    Any,
    Length(usize),
    Carets(usize),
}

impl Cell {
    fn width(self) -> usize {
        let digits = |number: usize| number.checked_ilog10().map_or(1, |log| log as usize + 1);
        match self {
            Self::Blank => 0,
            Self::Word(word) => word.len(),
            Self::Argument(index) => "argument ".len() + digits(index),
            Self::Ellipsis | Self::Any => 1,
            Self::Length(length) => digits(length),
            Self::Carets(width) => width,
        }
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Blank => Ok(()),
            Self::Word(word) => f.write_str(word),
            Self::Argument(index) => write!(f, "argument {index}"),
            Self::Ellipsis => f.write_str("…"),
            Self::Any => f.write_str("?"),
            Self::Length(length) => write!(f, "{length}"),
            Self::Carets(width) => write!(f, "{:^>width$}", ""),
        }
    }
}

/// Writes `cell` at the right of a column; `blanks` are those that precede it and wait to be written, so that no line
/// ends in one.
fn put(f: &mut fmt::Formatter<'_>, blanks: &mut usize, width: usize, cell: Cell) -> fmt::Result {
    *blanks += 2 + width - cell.width();
    if matches!(cell, Cell::Blank) {
        return Ok(());
    }
    write!(f, "{:1$}{cell}", "", core::mem::take(blanks))
}

#[cfg(all(test, feature = "alloc"))]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[track_caller]
    fn says(error: &ShapeError, text: &str) {
        assert_eq!(error.to_string(), text);
        assert!(
            error.to_string().lines().all(|line| line == line.trim_end()),
            "a line ends in a blank"
        );
    }

    #[test]
    fn one_axis_differs() {
        let error = ShapeError::mismatch(&[1000, 256], &[1000, 64]);
        says(
            &error,
            "\
shape mismatch: expected (1000, 256), found (1000, 64): axis -1 must be 256, not 64
  expected  1000  256
  found     1000   64
                  ^^^",
        );
        assert_eq!((error.axis(), error.arguments()), (Some(-1), None));
        assert_eq!(*error.expected().unwrap(), [1000, 256]);
        assert_eq!(*error.found().unwrap(), [1000, 64]);
        says(
            &ShapeError::mismatch(&[8, 3, 224, 224], &[16, 3, 224, 224]),
            "\
shape mismatch: expected (8, 3, 224, 224), found (16, 3, 224, 224): axis -4 must be 8, not 16
  expected   8  3  224  224
  found     16  3  224  224
            ^^",
        );
    }

    #[test]
    fn several_axes_differ() {
        let error = ShapeError::mismatch(&[2, 64, 1000], &[2, 1000, 64]);
        says(
            &error,
            "\
shape mismatch: expected (2, 64, 1000), found (2, 1000, 64): axis -1 must be 1000, not 64
  expected  2    64  1000
  found     2  1000    64
               ^^^^  ^^^^",
        );
        assert_eq!(error.axis(), Some(-1));
    }

    #[test]
    fn ranks_differ() {
        let error = ShapeError::mismatch(&[1000, 256], &[256]);
        says(
            &error,
            "\
shape mismatch: expected (1000, 256), found (256,): rank must be 2, not 1
  expected  1000  256
  found           256
            ^^^^",
        );
        assert_eq!(error.axis(), None);
        says(
            &ShapeError::mismatch(&[], &[3]),
            "\
shape mismatch: expected (), found (3,): rank must be 0, not 1
  expected
  found     3
            ^",
        );
        says(
            &ShapeError::mismatch(&[3], &[]),
            "\
shape mismatch: expected (3,), found (): rank must be 1, not 0
  expected  3
  found
            ^",
        );
        says(
            &ShapeError::mismatch(&[8, 0], &[1, 2, 3, 4, 5, 6, 7, 8, 9]),
            "\
shape mismatch: expected (8, 0), found (…, 2, 3, 4, 5, 6, 7, 8, 9): rank must be 2, not 9
  expected                       8  0
  found     …  2  3  4  5  6  7  8  9
            ^  ^  ^  ^  ^  ^  ^     ^",
        );
    }

    #[test]
    fn what_does_not_broadcast() {
        says(
            &ShapeError::broadcast(&[1000, 256], &[1000]),
            "\
cannot broadcast (1000, 256) with (1000,): on axis -1, 256 does not match 1000
  left   1000   256
  right        1000
               ^^^^",
        );
        let error = ShapeError::broadcast(&[3, 7, 1, 5], &[4, 8, 6, 1]);
        says(
            &error,
            "\
cannot broadcast (3, 7, 1, 5) with (4, 8, 6, 1): on axis -3, 7 does not match 8
  left   3  7  1  5
  right  4  8  6  1
         ^  ^",
        );
        assert_eq!((error.axis(), error.arguments()), (Some(-3), None));
    }

    #[test]
    fn which_arguments_do_not_broadcast() {
        let error =
            crate::broadcast_shapes::broadcast_shapes(&[&[8, 1, 6], &[7, 1], &[1, 5]]).unwrap_err();
        says(
            &error,
            "\
cannot broadcast argument 0 (8, 1, 6) with argument 2 (1, 5): on axis -1, 6 does not match 5
  argument 0  8  1  6
  argument 2     1  5
                    ^",
        );
        let mut many: [&[usize]; 12] = [&[1]; 12];
        (many[3], many[11]) = (&[4], &[5]);
        says(
            &crate::broadcast_shapes::broadcast_shapes(&many).unwrap_err(),
            "\
cannot broadcast argument 3 (4,) with argument 11 (5,): on axis -1, 4 does not match 5
  argument 3   4
  argument 11  5
               ^",
        );
    }

    #[test]
    fn what_has_no_table() {
        says(
            &ShapeError::count(&[1000, 256], 255_999),
            "wrong number of elements: shape (1000, 256) holds 256000 elements, found 255999",
        );
        says(
            &ShapeError::count(&[], 0),
            "wrong number of elements: shape () holds 1 element, found 0",
        );
        says(
            &ShapeError::rank(&[1; 9]),
            "too many axes: (…, 1, 1, 1, 1, 1, 1, 1, 1) has rank 9, at most 8 is supported",
        );
        says(
            &ShapeError::misaligned(4098, 4),
            "misaligned memory: its address must be a multiple of 4, and is 2 past one",
        );
        says(
            &ShapeError::invalid_bool(17, 2),
            "invalid bool: element 17 is the byte 2, a bool is 0 or 1",
        );
        says(&ShapeError::ragged(2, 3, 4), "row 2 has 3 elements, row 0 has 4");
        says(&ShapeError::ragged(5, 1, 0), "row 5 has 1 element, row 0 has 0");
        says(
            &ShapeError::strides("rows repeat", &[2, 3], [1, 0, 0, 0, 0, 0, 0, 0], "copy it"),
            "rows repeat: shape (2, 3) has strides (0, 1); copy it",
        );
        says(
            &ShapeError::strides("backwards", &[2], [-1, 0, 0, 0, 0, 0, 0, 0], "copy it"),
            "backwards: shape (2,) has strides (-1,); copy it",
        );
        assert_eq!(ShapeError::ragged(2, 3, 4).axis(), None);
        assert!(ShapeError::ragged(2, 3, 4).expected().is_none());
        assert_eq!(ShapeError::count(&[2], 3).axis(), None);
        assert!(ShapeError::count(&[2], 3).found().is_none());
    }

    #[test]
    fn shapes_too_large() {
        let too_large = [0, 1 << (usize::BITS / 2), 1 << (usize::BITS / 2)];
        let error = ShapeError::count(&too_large, 0);
        let shape = Lengths::new(&too_large);
        says(
            &error,
            &alloc::format!(
                "shape {shape} is too large: its nonzero lengths multiply past the address space"
            ),
        );
        assert_eq!(*error.found().unwrap(), too_large);
    }

    #[test]
    fn it_is_an_error_that_travels_cheaply() {
        fn is_error<E: core::error::Error + Clone + Eq + Send + Sync + 'static>() {}
        is_error::<ShapeError>();
        assert_eq!(size_of::<ShapeError>(), size_of::<usize>());
    }
}
