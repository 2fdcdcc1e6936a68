//! The error for a shape that is known only at run time and does not fit: the shape of a file, a
//! slice or an argument.

use self::fault::Fault;
use self::wanted::{ANY, Wanted};
use crate::axes::element_count;
use crate::axes::{MAX_RANK, PerAxis};
use crate::lengths::Lengths;
use crate::shape::Shape;

mod fault;
mod said;
mod table;
mod text;
mod unsolved;
mod wanted;

pub(crate) use said::Said;
pub use unsolved::{NotPositiveDefinite, SingularMatrix};

/// Lengths, or memory, that do not fit a shape.
///
/// Static shapes are checked by the compiler. This is the error of the checks that remain at run
/// time: views of slices, files, run-time lengths, [`broadcast_shapes`](crate::broadcast_shapes()).
///
/// The first line of the text says everything: the shapes as NumPy writes them, the axis counted
/// from the right, and its lengths. If two shapes differ, the next lines show both, aligned at the
/// right, and mark every axis that does not fit.
///
/// Source: the alignment is that of [NumPy, Broadcasting, general
/// rules](https://numpy.org/doc/stable/user/basics.broadcasting.html#general-broadcasting-rules).
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

/// What a [`ShapeError`] holds. The error is moved with every `Result` that may hold it, and a
/// [`Fault`] with two shapes is large. So the fault is boxed if there is an allocator.
#[cfg(feature = "alloc")]
type Held = alloc::boxed::Box<Fault>;
#[cfg(not(feature = "alloc"))]
type Held = Fault;

/// The constructors, which other modules of this crate call. All of them call `new`, which is cold,
/// so that the compiler keeps the code that makes an error out of the usual path of the callers.
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

    /// A slice or a `Vec` has `found` elements, but the shape `expected` holds another number.
    pub(crate) fn count(expected: &[usize], found: usize) -> Self {
        match element_count(expected, usize::MAX) {
            Some(needed) => {
                Self::new(Fault::Count { expected: Lengths::new(expected), needed, found })
            }
            None => Self::overflow(expected),
        }
    }

    /// A slice or a `Vec` has `found` elements, but no shape of the type `S` holds that many. The
    /// run-time lengths of `S` may have any value.
    pub(crate) fn count_of<S: Shape>(found: usize) -> Self {
        let known = Wanted::lengths::<S>().map(|len| if len == ANY { 1 } else { len });
        match (S::STATIC_LEN, element_count(&known, usize::MAX)) {
            (None, Some(of)) => {
                Self::new(Fault::Multiple { expected: Wanted::of::<S>(), of, found })
            }
            _ => Self::count(&known[..S::RANK], found),
        }
    }

    /// A file or a tensor has the shape `found`, which no shape of the type `S` equals. The
    /// run-time lengths of `S` may have any value.
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

    /// The axis `name` has different lengths in two arguments. `first` and `second` are each the
    /// number of an argument, its shape, and its length of that axis.
    pub(crate) fn disagreement(
        name: &'static str,
        first: (usize, Lengths, usize),
        second: (usize, Lengths, usize),
    ) -> Self {
        Self::new(Fault::Disagreement { name, first, second })
    }

    /// `index` is out of bounds along the axis `axis` of `shape`. `axis` is negative (-1 is the
    /// last axis), and `name` is the name of that axis, if it has one.
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

    /// The product of the nonzero lengths of the shape `found` overflows, or that number of
    /// elements has a number of bytes that overflows.
    pub(crate) fn overflow(found: &[usize]) -> Self {
        Self::new(Fault::Overflow { found: Lengths::new(found) })
    }

    /// The strides of a view of shape `expected` reach outside a slice of `found` elements.
    pub(crate) fn reach(expected: &[usize], found: usize) -> Self {
        Self::new(Fault::Reach { expected: Lengths::new(expected), found })
    }

    /// Memory for a shape `S` has `found` bytes, which is not a multiple of `size`, the size of an
    /// element.
    pub(crate) fn bytes<S: Shape>(found: usize, size: usize) -> Self {
        Self::new(Fault::Bytes { expected: Wanted::of::<S>(), found, size })
    }

    /// Memory at `address` must be aligned to `align`, a power of two, and is not.
    pub(crate) fn misaligned(address: usize, align: usize) -> Self {
        Self::new(Fault::Misaligned { align, remainder: address % align })
    }

    /// Memory to be read as `bool` holds `byte` as element `index`, counted in row-major order.
    pub(crate) fn invalid_bool(index: usize, byte: u8) -> Self {
        Self::new(Fault::InvalidBool { index, byte })
    }

    /// Rows must have one length, but row `row` has `found` elements, and row 0 has `first`.
    #[cfg_attr(not(feature = "alloc"), allow(dead_code, reason = "rows are vectors, on the heap"))]
    pub(crate) fn ragged(row: usize, found: usize, first: usize) -> Self {
        Self::new(Fault::Ragged { row, found, first })
    }

    /// A view of shape `found` has `strides`, given from the last axis to the first, that cannot be
    /// used. `problem` says why, and `fix` says what to do.
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

/// Parts of the text of a [`ShapeError`], for the texts of errors that contain one.
#[cfg(any(feature = "npz", feature = "safetensors", feature = "serde"))]
impl ShapeError {
    /// The text without the table of shapes: one line.
    #[cfg(feature = "serde")]
    pub(crate) fn line(&self) -> impl core::fmt::Display {
        Said(|f: &mut core::fmt::Formatter<'_>| self.say(f))
    }

    /// Why two shapes differ: the axis that does not fit and its two lengths, or the two ranks. If
    /// the error is not about two shapes, the first line of its text.
    #[cfg(any(feature = "npz", feature = "safetensors"))]
    pub(crate) fn why(&self) -> impl core::fmt::Display {
        Said(|f: &mut core::fmt::Formatter<'_>| self.say_why(f))
    }

    /// The shape `S` as the text of an expected shape, such as `(?Batch, 784)`.
    pub(crate) fn wanted<S: Shape>() -> impl core::fmt::Display {
        Wanted::of::<S>()
    }
}

impl ShapeError {
    /// The shape that was needed, as in `expected (1000, 256)`. For a failed broadcast, it is the
    /// shape on the left; for two arguments that do not [agree](crate::agree()), that of the first.
    /// A run-time length that may have any value is `usize::MAX` in the returned lengths, and `?`
    /// in the text of the error.
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

    /// The shape that was found. For a failed broadcast, it is the shape on the right; for two
    /// arguments that do not [agree](crate::agree()), that of the second; for an index out of
    /// range, the shape that is indexed.
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

    /// The axis that does not fit, as a negative number, counted from the right. If there are
    /// several, the rightmost one.
    ///
    /// `None` for an error of [`agree`](crate::agree()), which names the axis, and if no single
    /// axis is wrong: the number of axes differs, or the error is about memory.
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

    /// The positions, counted from 0, of the two arguments whose shapes do not fit. Their shapes
    /// are [`expected`](Self::expected) and [`found`](Self::found).
    ///
    /// Only errors of [`agree`](crate::agree()), and of
    /// [`broadcast_shapes`](crate::broadcast_shapes()) with more than two arguments, have
    /// positions; for others this is `None`.
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

    /// The two shapes that were compared, and the function that says whether two of their axes fit.
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

/// Whether two aligned axes fit, given by their lengths. `None` stands for an axis that the shape
/// does not have.
type AxesFit = fn(Option<usize>, Option<usize>) -> bool;

/// The length of axis `-1 - from_right` of `shape`, if `shape` has that axis.
fn axis(shape: &[usize], from_right: usize) -> Option<usize> {
    shape.iter().rev().nth(from_right).copied()
}

impl core::error::Error for ShapeError {}

#[cfg(all(test, feature = "alloc"))]
mod tests;
