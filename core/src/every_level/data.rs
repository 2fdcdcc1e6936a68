//! The elements that levels are compared with.

use crate::Element;

/// Which elements there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ValueKind {
    /// Of everyday sizes.
    Ordinary,
    /// With special ones among them.
    Special,
    /// Floats a few ULP about a mean that is far from 0.
    Far,
    /// Floats that are all the same.
    Equal,
    /// Floats up to the greatest.
    Large,
}
impl ValueKind {
    /// What everything is asked of.
    pub(super) const USUAL: &[Self] = &[Self::Ordinary, Self::Special];
    /// What statistics are asked of.
    pub(super) const ALL: &[Self] =
        &[Self::Ordinary, Self::Special, Self::Far, Self::Equal, Self::Large];
}

/// Elements whose values are scattered.
pub(super) trait Scattered: Element {
    /// What stands beside a result.
    const MARK: Self;
    /// The next of a sequence.
    fn next(state: &mut u64, kind: ValueKind) -> Self;
    /// The bits, which are the same for all NaNs.
    fn bits(self) -> u64;
    /// Whether both are NaN, or the bits are the same.
    fn same(self, other: Self) -> bool {
        self.bits() == other.bits()
    }
}

/// SplitMix64.
fn scattered(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut bits = (*state ^ *state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ bits >> 31
}

/// One of `specials` a quarter of the time, if there are any.
fn some<T: Copy>(bits: u64, kind: ValueKind, specials: &[T]) -> Option<T> {
    if kind == ValueKind::Special && bits.is_multiple_of(4) {
        // The remainder of 64 bits, also where an index has 32.
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
                let bits = scattered(state);
                let specials = [
                    0.0, -0.0, 1.0, -1.0, 2.5, $t::INFINITY, $t::NEG_INFINITY, $t::NAN, $t::MAX, $t::MIN, $t::MIN_POSITIVE,
                    -$t::MIN_POSITIVE / 8.0, $t::EPSILON,
                ];
                // From -8 to 8, a quarter of them near 0.
                let x = (bits >> 11) as f64 / (1u64 << 53) as f64 * 16.0 - 8.0;
                let x = if bits % 8 < 2 { x * x * x / 512.0 } else { x };
                match kind {
                    ValueKind::Far => x as $t + 4.0 / $t::EPSILON,
                    ValueKind::Equal => 0.1,
                    ValueKind::Large => x as $t * ($t::MAX / 8.0),
                    _ => some(bits >> 3, kind, &specials).unwrap_or(x as $t),
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
                let bits = scattered(state);
                some(bits, kind, &[0, 1, $t::MIN, $t::MAX, $t::MAX - 1, $t::MIN + 1]).unwrap_or((bits >> 20) as $t)
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
        scattered(state) >> 40 & 1 == 1
    }
    fn bits(self) -> u64 {
        self.into()
    }
}
