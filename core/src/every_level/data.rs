//! The elements that levels are compared with.

use crate::Element;

/// Elements whose values are scattered.
pub(super) trait Data: Element {
    /// What stands beside a result.
    const MARK: Self;
    /// The next of a sequence, a special one now and then if `special`.
    fn next(state: &mut u64, special: bool) -> Self;
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

/// One of `specials` a quarter of the time.
fn some<T: Copy>(bits: u64, special: bool, specials: &[T]) -> Option<T> {
    if special && bits.is_multiple_of(4) {
        // The remainder of 64 bits, also where an index has 32.
        specials.get(((bits >> 2) % specials.len() as u64) as usize).copied()
    } else {
        None
    }
}

macro_rules! floats {
    ($($t:ident)*) => {$(
        impl Data for $t {
            const MARK: Self = 77.0;
            fn next(state: &mut u64, special: bool) -> Self {
                let bits = scattered(state);
                let specials = [
                    0.0, -0.0, 1.0, -1.0, 2.5, $t::INFINITY, $t::NEG_INFINITY, $t::NAN, $t::MAX, $t::MIN, $t::MIN_POSITIVE,
                    -$t::MIN_POSITIVE / 8.0, $t::EPSILON,
                ];
                // From -8 to 8, a quarter of them near 0.
                let x = (bits >> 11) as f64 / (1u64 << 53) as f64 * 16.0 - 8.0;
                let x = if bits % 8 < 2 { x * x * x / 512.0 } else { x };
                some(bits >> 3, special, &specials).unwrap_or(x as $t)
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
        impl Data for $t {
            const MARK: Self = 77;
            fn next(state: &mut u64, special: bool) -> Self {
                let bits = scattered(state);
                some(bits, special, &[0, 1, $t::MIN, $t::MAX, $t::MAX - 1, $t::MIN + 1]).unwrap_or((bits >> 20) as $t)
            }
            fn bits(self) -> u64 {
                self as u64
            }
        }
    )*};
}
integers! { u8 i16 i32 i64 usize }

impl Data for bool {
    const MARK: Self = true;
    fn next(state: &mut u64, _: bool) -> Self {
        scattered(state) >> 40 & 1 == 1
    }
    fn bits(self) -> u64 {
        self.into()
    }
}
