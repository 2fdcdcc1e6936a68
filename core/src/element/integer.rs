//! Operations of integers besides arithmetic: use as an index along an axis, shifts, and
//! saturation.

use super::{Element, each_integer};

/// The names of the integer types, as code in Markdown. The spaces at both ends are not shown.
macro_rules! names {
    ($($t:ident: $_sign:ident, beside $_unsigned:ident $_signed:ident, twice $_twice:tt,
        named $_name:literal, fits $_wide:tt $_half:tt;)*) => {
        concat!("` ", $(stringify!($t), " ",)* "`")
    };
}

/// An integer:
#[doc = each_integer!(names)]
///
/// A tensor of integers can hold indices, for [`take`](crate::ops::Indexing::take), or classes, for
/// [`one_hot`](crate::ops::Indexing::one_hot). It is shifted by `<<` and `>>`.
/// [`Integers`](crate::ops::Integers) has the operations that saturate instead of wrapping.
///
/// ```
/// use shapewright::Integer;
/// assert_eq!((2u8.position(3), 3i64.position(3)), (Some(2), None));
/// assert_eq!(((-1i32).position(3), (-4i32).position(3)), (Some(2), None)); // from the end
/// assert_eq!((Integer::saturating_add(100i8, 100), 1u8.shifted_left(8)), (127, 0));
/// ```
#[diagnostic::on_unimplemented(
    message = "elements of type `{Self}` are not integers",
    label = "needs whole numbers",
    note = "indices and classes are converted by `.map(|x| x as usize)`, and computed by `.to_tensor()`; a mask is no index: the places of what it admits are collected",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Elements\""
)]
pub trait Integer: Element {
    /// The position of this index along an axis of length `len`. A negative index counts from the
    /// end: -1 is the last position. `None` if the index is out of range.
    fn position(self, len: usize) -> Option<usize>;
    /// As [`position`](Self::position), but `None` for a negative index, too. `one_hot` finds the
    /// position of a class by this method, because classes do not count from the end.
    fn position_from_start(self, len: usize) -> Option<usize>;
    /// `self` as an `i128`, for error messages.
    fn number(self) -> i128;
    /// `self + rhs`, or the nearest number of the type if the sum is out of its range.
    fn saturating_add(self, rhs: Self) -> Self;
    /// `self - rhs`, or the nearest number of the type if the difference is out of its range.
    fn saturating_sub(self, rhs: Self) -> Self;
    /// `self * rhs`, or the nearest number of the type if the product is out of its range.
    fn saturating_mul(self, rhs: Self) -> Self;
    /// `self << rhs`, as in NumPy. The result is 0 if `rhs` is negative, or at least the number of
    /// bits of the type.
    fn shifted_left(self, rhs: Self) -> Self;
    /// `self >> rhs`, which keeps the sign, as in NumPy. If `rhs` is negative, or at least the
    /// number of bits of the type, the result is -1 for a negative `self`, and 0 for any other.
    fn shifted_right(self, rhs: Self) -> Self;
}

/// The methods that signed and unsigned integers share. `$wide` is the type with twice the bits, in
/// which saturating products are computed; it is left out if loops over `$wide` do not vectorise.
macro_rules! beside_arithmetic {
    ($t:ty, $unsigned:ty, $($wide:ty)?) => {
        fn number(self) -> i128 {
            i128::try_from(self).unwrap_or(i128::MAX)
        }
        #[cfg_attr(not(unoptimised), inline(always))]
        fn saturating_add(self, rhs: $t) -> $t {
            self.saturating_add(rhs)
        }
        #[cfg_attr(not(unoptimised), inline(always))]
        fn saturating_sub(self, rhs: $t) -> $t {
            self.saturating_sub(rhs)
        }
        #[cfg_attr(not(unoptimised), inline(always))]
        fn saturating_mul(self, rhs: $t) -> $t {
            by_wide!(self * rhs, $t, $($wide)?)
        }
        #[cfg_attr(not(unoptimised), inline(always))]
        fn shifted_left(self, rhs: $t) -> $t {
            let count = rhs as $unsigned;
            if count < <$t>::BITS as $unsigned { self.wrapping_shl(count as u32) } else { 0 }
        }
        #[cfg_attr(not(unoptimised), inline(always))]
        fn shifted_right(self, rhs: $t) -> $t {
            let (count, last) = (rhs as $unsigned, (<$t>::BITS - 1) as $unsigned);
            // To shift out all bits takes two shifts, the second by 1, because `wrapping_shr` by
            // the number of bits would shift by 0. Copies of the sign bit fill the result.
            let shifted = self.wrapping_shr((if count < last { count } else { last }) as u32);
            if count > last { shifted.wrapping_shr(1) } else { shifted }
        }
    };
}
/// `$a * $b`, or the nearest number of the type `$t` if the product is out of its range. If
/// `$wide`, the type with twice the bits, is given, the product is computed in it.
macro_rules! by_wide {
    ($a:tt * $b:tt, $t:ty, $wide:ty) => {
        (($a as $wide) * ($b as $wide)).clamp(<$t>::MIN as $wide, <$t>::MAX as $wide) as $t
    };
    ($a:tt * $b:tt, $t:ty,) => {
        $a.saturating_mul($b)
    };
}

macro_rules! unsigned {
    ($t:ty, $($wide:ty)?) => {
        #[diagnostic::do_not_recommend]
        impl Integer for $t {
            #[cfg_attr(not(unoptimised), inline(always))]
            fn position(self, len: usize) -> Option<usize> {
                // `self` may have more bits than `usize`, so it is compared with `len` as a `u64`,
                // before the cast to `usize` can drop bits. The second comparison fails if `self`
                // is of a type wider than `u64` and the cast to `u64` has dropped bits.
                let index = self as u64;
                if index < len as u64 && index as $t == self { Some(index as usize) } else { None }
            }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn position_from_start(self, len: usize) -> Option<usize> {
                self.position(len)
            }
            beside_arithmetic! { $t, $t, $($wide)? }
        }
    };
}

macro_rules! signed {
    ($t:ty, $unsigned:ty, $($wide:ty)?) => {
        #[diagnostic::do_not_recommend]
        impl Integer for $t {
            #[cfg_attr(not(unoptimised), inline(always))]
            fn position(self, len: usize) -> Option<usize> {
                let index = self as i64;
                // If `self` does not fit in an `i64`, the cast has dropped bits, and the index is
                // out of bounds.
                if index as $t != self {
                    return None;
                }
                // If `index + len` is still negative, the cast to `u64` makes it larger than any
                // `len`, so the index is out of bounds.
                let position = if index < 0 { index.wrapping_add(len as i64) } else { index } as u64;
                if position < len as u64 { Some(position as usize) } else { None }
            }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn position_from_start(self, len: usize) -> Option<usize> {
                if self < 0 { None } else { self.position(len) }
            }
            beside_arithmetic! { $t, $unsigned, $($wide)? }
        }
    };
}

macro_rules! integers {
    ($($t:ident: $sign:ident, beside $unsigned:ident $_signed:ident, twice ($($twice:ident)?),
        named $_name:literal, fits $_wide:tt $_half:tt;)*) => {
        $(integers! { @$sign $t, $unsigned, $($twice)? })*
    };
    (@unsigned $t:ident, $unsigned:ident, $($wide:ident)?) => {
        unsigned! { $t, $($wide)? }
    };
    (@signed $t:ident, $unsigned:ident, $($wide:ident)?) => {
        signed! { $t, $unsigned, $($wide)? }
    };
}
each_integer! { integers }

#[cfg(test)]
mod tests {
    use super::Integer;

    #[test]
    fn positions() {
        assert_eq!(i64::MIN.position(isize::MAX as usize), None);
        assert_eq!(i64::MAX.position(isize::MAX as usize), None);
        assert_eq!(u64::MAX.position(isize::MAX as usize), None);
        assert_eq!(i8::MIN.position(128), Some(0));
        assert_eq!((0u16.position(0), (-1i16).position(0)), (None, None));
        assert_eq!((4usize.position(5), (-5isize).position(5)), (Some(4), Some(0)));
        assert_eq!((4u8.position_from_start(5), 5i8.position_from_start(5)), (Some(4), None));
        assert_eq!(((-1i32).position_from_start(5), 0i64.position_from_start(1)), (None, Some(0)));
    }
}
