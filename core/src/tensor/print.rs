//! Printing tensors as nested lists, as NumPy does: columns are aligned, all numbers have the same
//! number of decimals, and long axes are shortened to their ends.

use core::any::TypeId;
use core::fmt::{self, Write};

use super::Tensor;
use crate::element::Element;
use crate::shape::Shape;
use crate::storage::Storage;

/// A tensor of more elements than this is shortened when it is printed. For this count an axis of
/// length 0 counts as an axis of length 1.
const WHOLE: usize = 1000;
/// How many elements are printed at each end of a shortened axis.
const EDGE: usize = 3;

/// The maximum number of decimals if the format string does not set the number, as in NumPy.
const DECIMALS: usize = 8;

/// The elements as nested lists, in aligned columns.
///
/// All floats have the same number of decimals: 3 for `{:.3}`, and for `{}` as many as are needed
/// to read each float back as the same number, but at most 8. If `{:?}` prints one of the floats
/// with an exponent, because it is very large or very small, `{}` prints all of them as `{:?}`
/// does. A width, as in `{:>6}`, is the minimum width of each element, and `{:+}` prints the sign
/// of positive numbers.
///
/// Source: [NumPy,
/// `array2string`](https://numpy.org/doc/stable/reference/generated/numpy.array2string.html), which
/// pads decimals with blanks and not with zeros, and prints an empty array of any shape as `[]`.
///
/// ```
/// use shapewright::tensor;
/// let x = tensor![[1.0, -20.0], [0.125, 3.0]];
/// assert_eq!(x.to_string(), "\
/// [[  1.000, -20.000],
///  [  0.125,   3.000]]");
/// assert_eq!(format!("{x:.1}"), "\
/// [[  1.0, -20.0],
///  [  0.1,   3.0]]");
/// ```
impl<T: Element, S: Shape, B: Storage> fmt::Display for Tensor<T, S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut index = S::FIRST;
        if f.sign_aware_zero_pad() {
            // With `{:06}` the zeros go between the sign and the digits, so `Display` of the
            // element has to write the zeros.
            return nested(self, f, &mut index, 0, &|x, f| fmt::Display::fmt(&x.shown(), f));
        }
        let style = match f.precision() {
            Some(decimals) if TypeId::of::<T>() != TypeId::of::<bool>() => Style::Fixed(decimals),
            _ => self.style(),
        };
        let mut width = f.width().unwrap_or(0);
        let plus = f.sign_plus();
        self.each_shown(&mut index, 0, &mut |x| width = width.max(Text::of(style, plus, x).len));
        nested(self, f, &mut index, 0, &|x, f| {
            let missing = width - Text::of(style, plus, x).len;
            let before = match f.align() {
                Some(fmt::Alignment::Left) => 0,
                Some(fmt::Alignment::Center) => missing / 2,
                _ => missing,
            };
            let fill = f.fill();
            (0..before).try_for_each(|_| f.write_char(fill))?;
            style.write(plus, x, f)?;
            (before..missing).try_for_each(|_| f.write_char(fill))
        })
    }
}

/// How all elements of a tensor are printed.
#[derive(Clone, Copy)]
enum Style {
    /// By the element type's `Display`, as integers and `bool` are.
    Plain,
    /// With this number of decimals. If the shortest text that is read back as the same number has
    /// fewer, zeros follow it.
    Decimals(usize),
    /// With this number of decimals, to which the exact value is rounded.
    Fixed(usize),
    /// By `{:?}`: each with an exponent only if it is very large or very small.
    Exponents,
}
impl Style {
    fn write<T: Element>(self, plus: bool, x: &T, to: &mut impl Write) -> fmt::Result {
        let x = x.shown();
        if plus && Text::shortest(&x).is_positive() {
            to.write_char('+')?;
        }
        match self {
            Self::Plain => write!(to, "{x}"),
            Self::Fixed(decimals) => write!(to, "{x:.decimals$}"),
            Self::Exponents => write!(to, "{x:?}"),
            Self::Decimals(decimals) => {
                let shortest = Text::shortest(&x);
                if shortest.decimals > decimals {
                    return write!(to, "{x:.decimals$}");
                }
                write!(to, "{x}")?;
                if shortest.is_number && shortest.point.is_none() {
                    to.write_char('.')?;
                }
                let missing = if shortest.is_number { decimals - shortest.decimals } else { 0 };
                (0..missing).try_for_each(|_| to.write_char('0'))
            }
        }
    }
}

/// Measures of the text of an element. The text itself is not kept, so no allocator is needed.
#[derive(Default)]
struct Text {
    len: usize,
    is_negative: bool,
    /// Whether the text is a number, and whether it has an exponent.
    is_number: bool,
    has_exponent: bool,
    /// `point` is the position after the decimal point, if there is one, and `decimals` the number
    /// of digits after the point, up to the last that is not 0.
    point: Option<usize>,
    decimals: usize,
}
impl Text {
    /// Measures the text of an element in a style.
    fn of<T: Element>(style: Style, plus: bool, x: &T) -> Self {
        let mut text = Self::default();
        // The result is ignored, because writing to a `Text` never fails.
        let _ = style.write(plus, x, &mut text);
        text
    }

    /// Measures the shortest text without an exponent that is read back as the same number.
    fn shortest(x: &impl fmt::Display) -> Self {
        let mut text = Self::default();
        // The result is ignored, because writing to a `Text` never fails.
        let _ = write!(text, "{x}");
        text
    }

    fn is_positive(&self) -> bool {
        self.is_number && !self.is_negative
    }
}
impl Write for Text {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        for c in part.chars() {
            self.is_negative |= self.len == 0 && c == '-';
            self.is_number |= c.is_ascii_digit();
            self.has_exponent |= self.is_number && c == 'e';
            self.len += 1;
            match self.point {
                None if c == '.' => self.point = Some(self.len),
                Some(point) if c != '0' => self.decimals = self.len - point,
                _ => {}
            }
        }
        Ok(())
    }
}

impl<T: Element, S: Shape, B: Storage> Tensor<T, S, B> {
    /// The style in which the elements are printed if the format string does not set the number of
    /// decimals.
    fn style(&self) -> Style {
        let (mut are_floats, mut has_exponents, mut decimals) = (false, false, 1);
        self.each_shown(&mut { S::FIRST }, 0, &mut |x| {
            let text = Text::of(Style::Exponents, false, x);
            are_floats |= text.point.is_some() || text.has_exponent;
            has_exponents |= text.has_exponent;
            if text.point.is_some() {
                let needed = match Text::shortest(&x.shown()).decimals {
                    few @ ..=DECIMALS => few,
                    _ => Text::of(Style::Fixed(DECIMALS), false, x).decimals,
                };
                decimals = decimals.max(needed);
            }
        });
        match (are_floats, has_exponents) {
            (false, _) => Style::Plain,
            (true, true) => Style::Exponents,
            (true, false) => Style::Decimals(decimals),
        }
    }

    /// Calls `with` with each element that is printed, over `axis` and all axes after it. `index`
    /// has the indices along the axes before `axis`.
    fn each_shown(&self, index: &mut S::Lengths, axis: usize, with: &mut dyn FnMut(&T)) {
        if axis == S::RANK {
            self.get(*index).into_iter().for_each(with);
            return;
        }
        let lengths = self.shape().lengths();
        let len = lengths.as_ref()[axis];
        let (near, far) = match is_shortened(lengths.as_ref(), axis) {
            true => (0..EDGE, len - EDGE..len),
            false => (0..len, len..len),
        };
        for i in near.chain(far) {
            index.as_mut()[axis] = i;
            self.each_shown(index, axis + 1, with);
        }
    }
}

/// The shape, then the elements as nested lists.
impl<T: Element, S: Shape, B: Storage> fmt::Debug for Tensor<T, S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} ", self.shape())?;
        let mut index = S::FIRST;
        nested(self, f, &mut index, 0, &<T as fmt::Debug>::fmt)
    }
}

/// The number of elements of a tensor with these lengths, to be compared with [`WHOLE`]. An empty
/// axis counts as 1, because it is printed as `[]`.
fn printed(lengths: &[usize]) -> usize {
    lengths.iter().fold(1, |count: usize, &len| count.saturating_mul(len.max(1)))
}

/// Whether axis `axis` of a tensor of these lengths is shortened to its ends.
fn is_shortened(lengths: &[usize], axis: usize) -> bool {
    lengths[axis] > 2 * EDGE && printed(lengths) > WHOLE
}

fn nested<T: Element, S: Shape, B: Storage>(
    tensor: &Tensor<T, S, B>,
    f: &mut fmt::Formatter<'_>,
    index: &mut S::Lengths,
    axis: usize,
    element: &dyn Fn(&T, &mut fmt::Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    if axis == S::RANK {
        return tensor.get(*index).map_or(Ok(()), |x| element(x, f));
    }
    let lengths = tensor.shape().lengths();
    let len = lengths.as_ref()[axis];
    let shortened = is_shortened(lengths.as_ref(), axis);
    f.write_str("[")?;
    let mut i = 0;
    while i < len {
        if i > 0 {
            f.write_str(",")?;
            if axis + 1 == S::RANK {
                f.write_str(" ")?;
            } else {
                // Rows are set apart by one newline, matrices by two, and so on: one newline for
                // each axis after `axis`.
                (axis + 1..S::RANK).try_for_each(|_| f.write_str("\n"))?;
                (0..=axis).try_for_each(|_| f.write_str(" "))?;
            }
        }
        if shortened && i == EDGE {
            f.write_str("...")?;
            i = len - EDGE;
            // The next iteration prints the comma and the first element of the far end.
            continue;
        }
        index.as_mut()[axis] = i;
        nested(tensor, f, index, axis + 1, element)?;
        i += 1;
    }
    f.write_str("]")
}
