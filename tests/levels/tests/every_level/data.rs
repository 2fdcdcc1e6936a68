//! The elements of the operands.

use shapewright::Element;
use shapewright_levels::next_bits;

/// A kind of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ValueKind {
    /// Floats of magnitudes up to 8, or any integers.
    Ordinary,
    /// As `Ordinary`, with special values among them: infinities, NaNs, zeros, extreme values.
    Special,
    /// Floats a few ULP apart, whose mean is far from 0.
    Far,
    /// Floats that are all equal.
    Equal,
    /// Floats up to the maximum of the type.
    Large,
}
impl ValueKind {
    /// The kinds that every reduction is tested with.
    pub(super) const USUAL: &[Self] = &[Self::Ordinary, Self::Special];
    /// The kinds that statistics are tested with.
    pub(super) const ALL: &[Self] =
        &[Self::Ordinary, Self::Special, Self::Far, Self::Equal, Self::Large];
}

/// Elements of which there is a sequence of scattered values.
pub(super) trait Scattered: Element {
    /// The value of memory that no result is written to.
    const MARK: Self;
    /// The next element of the sequence of `state`.
    fn next(state: &mut u64, kind: ValueKind) -> Self;
    /// The bits, the same ones for all NaNs.
    fn bits(self) -> u64;
    /// Whether both are NaN, or the bits are the same.
    fn same(self, other: Self) -> bool {
        self.bits() == other.bits()
    }
}

/// One of `specials` for a quarter of all `bits`, if the kind is `Special`.
fn special<T: Copy>(bits: u64, kind: ValueKind, specials: &[T]) -> Option<T> {
    if kind == ValueKind::Special && bits.is_multiple_of(4) {
        // The remainder is taken of all 64 bits, so that it is the same on targets whose indices
        // have 32 bits.
        specials.get(((bits >> 2) % specials.len() as u64) as usize).copied()
    } else {
        None
    }
}

macro_rules! floats {
    ($($t:ident)*) => {$(
        impl Scattered for $t {
            const MARK: Self = 77.0;
            fn next(state: &mut u64, kind: ValueKind) -> Self {
                let bits = next_bits(state);
                let specials = [
                    0.0, -0.0, 1.0, -1.0, 2.5, $t::INFINITY, $t::NEG_INFINITY, $t::NAN, $t::MAX,
                    $t::MIN, $t::MIN_POSITIVE, -$t::MIN_POSITIVE / 8.0, $t::EPSILON,
                ];
                // From -8 to 8, a quarter of them near 0.
                let x = (bits >> 11) as f64 / (1u64 << 53) as f64 * 16.0 - 8.0;
                let x = if bits % 8 < 2 { x * x * x / 512.0 } else { x };
                match kind {
                    ValueKind::Far => x as $t + 4.0 / $t::EPSILON,
                    ValueKind::Equal => 0.1,
                    ValueKind::Large => x as $t * ($t::MAX / 8.0),
                    _ => special(bits >> 3, kind, &specials).unwrap_or(x as $t),
                }
            }
            fn bits(self) -> u64 {
                if self.is_nan() { u64::MAX } else { self.to_bits().into() }
            }
        }
    )*};
}
floats! { f32 f64 }

macro_rules! integers {
    ($($t:ident)*) => {$(
        impl Scattered for $t {
            const MARK: Self = 77;
            fn next(state: &mut u64, kind: ValueKind) -> Self {
                let bits = next_bits(state);
                let specials = [0, 1, $t::MIN, $t::MAX, $t::MAX - 1, $t::MIN + 1];
                special(bits, kind, &specials).unwrap_or((bits >> 20) as $t)
            }
            fn bits(self) -> u64 {
                self as u64
            }
        }
    )*};
}
integers! { u8 i16 i32 i64 usize }

impl Scattered for bool {
    const MARK: Self = true;
    fn next(state: &mut u64, _: ValueKind) -> Self {
        next_bits(state) >> 40 & 1 == 1
    }
    fn bits(self) -> u64 {
        self.into()
    }
}
