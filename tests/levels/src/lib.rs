//! Whether evaluations give the same bits at every SIMD level that the machine has: the scalar level is the oracle.
//!
//! This is a sample, by lengths that are constants, as users' are: each is code of its own. The test of every operation, of every length,
//! is `every_level` in the library's crate. A package of its own because it is compiled with optimisation, in every profile: without it
//! nothing is vectorised.

#![allow(clippy::missing_panics_doc, reason = "tests fail by panics")]

pub mod functions;

use std::sync::Mutex;

use shapewright::{Element, IntoExpr, Level, prelude::*};

/// The level is one for the whole process, so a single comparison runs at a time.
static LEVEL: Mutex<()> = Mutex::new(());

/// Operands begin at each of so many neighbouring elements.
const OFFSETS: usize = 17;

/// Fails where `elements`, given an offset for its operands, differ in a bit from those at the scalar level. NaNs are the same.
#[track_caller]
pub fn same_at_every_level<T: Data>(what: &str, elements: impl Fn(usize) -> Vec<T>) {
    let _one_at_a_time = LEVEL.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    for offset in 0..OFFSETS {
        Level::SCALAR.force();
        let expected = elements(offset);
        for level in Level::available().filter(|&level| level != Level::SCALAR) {
            level.force();
            let found = elements(offset);
            assert_eq!(found.len(), expected.len(), "{what} at {level}");
            for (k, (found, expected)) in found.into_iter().zip(&expected).enumerate() {
                assert!(
                    found.same(*expected),
                    "{what}, offset {offset}, element {k}: {found:?} at {level}, {expected:?} at scalar"
                );
            }
        }
    }
    Level::best().force();
}

/// The elements of an expression.
pub fn elements<X: IntoExpr>(x: X) -> Vec<X::Elem> {
    x.to_tensor().as_slice().to_vec()
}

/// Elements whose values are scattered, with every special one among them.
pub trait Data: Element {
    /// The special values.
    const SPECIAL: &[Self];
    /// An element of random bits.
    fn of(bits: u64) -> Self;
    /// Far from 0, if there are such.
    #[must_use]
    fn far(self) -> Self {
        self
    }
    /// Whether both are NaN, or the bits are the same.
    fn same(self, other: Self) -> bool;
}

macro_rules! floats {
    ($($t:ident)*) => {$(
        impl Data for $t {
            const SPECIAL: &[Self] = &[
                0.0, -0.0, 1.0, -1.0, $t::INFINITY, $t::NEG_INFINITY, $t::NAN, $t::MAX, $t::MIN, $t::MIN_POSITIVE, $t::MIN_POSITIVE / 8.0,
                $t::EPSILON,
            ];
            #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "any number will do")]
            fn of(bits: u64) -> Self {
                // From -8 to 8, a quarter of them near 0.
                let x = (bits >> 11) as f64 / (1u64 << 53) as f64 * 16.0 - 8.0;
                (if bits % 4 == 0 { x * x * x / 512.0 } else { x }) as $t
            }
            fn far(self) -> Self {
                self + 4.0 / $t::EPSILON
            }
            fn same(self, other: Self) -> bool {
                self.to_bits() == other.to_bits() || self.is_nan() && other.is_nan()
            }
        }
    )*};
}
floats! { f32 f64 }

macro_rules! integers {
    ($($t:ident)*) => {$(
        impl Data for $t {
            const SPECIAL: &[Self] = &[0, 1, $t::MIN, $t::MAX, $t::MAX - 1, $t::MIN + 1];
            #[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "any number will do")]
            fn of(bits: u64) -> Self {
                (bits >> 20) as $t
            }
            fn same(self, other: Self) -> bool {
                self == other
            }
        }
    )*};
}
integers! { i32 u8 }

impl Data for bool {
    const SPECIAL: &[Self] = &[];
    fn of(bits: u64) -> Self {
        bits >> 40 & 1 == 1
    }
    fn same(self, other: Self) -> bool {
        self == other
    }
}

/// `len` elements, others for another `seed`.
#[must_use]
pub fn data<T: Data>(seed: u64, len: usize) -> Vec<T> {
    with(seed, len, T::SPECIAL)
}

/// As [`data`], with no special ones among them: what is summed with those is NaN, whatever the others are.
#[must_use]
pub fn ordinary<T: Data>(seed: u64, len: usize) -> Vec<T> {
    with(seed, len, &[])
}

/// As [`ordinary`], a few ULP about a mean far from 0, so that a variance is hard to find.
#[must_use]
pub fn far<T: Data>(seed: u64, len: usize) -> Vec<T> {
    ordinary(seed, len).into_iter().map(T::far).collect()
}

fn with<T: Data>(seed: u64, len: usize, special: &[T]) -> Vec<T> {
    let mut state = seed;
    (0..len)
        .map(|_| {
            // SplitMix64.
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut bits = (state ^ state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
            bits ^= bits >> 31;
            match special.get((bits % 64) as usize) {
                Some(&special) => special,
                None => T::of(bits),
            }
        })
        .collect()
}
