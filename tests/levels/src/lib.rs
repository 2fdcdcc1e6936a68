//! What the tests of the SIMD levels share. They test that evaluations have the same bits at every
//! level that the machine has; the scalar level is the reference.
//!
//! `tests/every_level` tests every operation for every length, known at run time. The other tests
//! sample lengths that are constants, as they often are in programs: each is compiled separately.
//!
//! This is a package of its own because it is optimised in every profile: code that is not
//! optimised is not vectorised.

#![allow(clippy::missing_panics_doc, reason = "tests fail by panics")]

pub mod functions;
pub mod reductions;

use std::sync::{Mutex, MutexGuard, PoisonError};

use shapewright::{Element, IntoExpr, Level, prelude::*};

/// Locks the level: the whole process has one level, so a single comparison may run at a time.
pub fn lock_level() -> MutexGuard<'static, ()> {
    static LEVEL: Mutex<()> = Mutex::new(());
    LEVEL.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The number of offsets, 0, 1, 2 and so on, at which operands begin in memory.
const OFFSETS: usize = 17;

/// Fails where the results of `elements`, which takes an offset for its operands, have other bits
/// than at the scalar level. All NaNs count as the same.
#[track_caller]
pub fn same_at_every_level<T: Data>(what: &str, elements: impl Fn(usize) -> Vec<T>) {
    let _one_at_a_time = lock_level();
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
                    "{what}, offset {offset}, element {k}: {found:?} at {level}, \
                     {expected:?} at scalar"
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

/// Elements that can be made of random bits, and the special values of their type.
pub trait Data: Element {
    /// The special values.
    const SPECIAL: &[Self];
    /// An element of random bits.
    fn of(bits: u64) -> Self;
    /// The element moved far from 0, where the type is a float.
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
                0.0, -0.0, 1.0, -1.0, $t::INFINITY, $t::NEG_INFINITY, $t::NAN, $t::MAX, $t::MIN,
                $t::MIN_POSITIVE, $t::MIN_POSITIVE / 8.0, $t::EPSILON,
            ];
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

/// `len` scattered elements, special values among them. Each `seed` gives other elements.
#[must_use]
pub fn data<T: Data>(seed: u64, len: usize) -> Vec<T> {
    with(seed, len, T::SPECIAL)
}

/// As [`data`], without special values: a sum with an infinity or a NaN does not depend on the
/// other elements.
#[must_use]
pub fn ordinary<T: Data>(seed: u64, len: usize) -> Vec<T> {
    with(seed, len, &[])
}

/// As [`ordinary`], but a few ULP around a mean far from 0, which makes a variance hard to compute.
#[must_use]
pub fn far<T: Data>(seed: u64, len: usize) -> Vec<T> {
    ordinary(seed, len).into_iter().map(T::far).collect()
}

/// The next number of a sequence of random ones: SplitMix64.
pub fn next_bits(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut bits = (*state ^ *state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ bits >> 31
}

/// `len` scattered elements, these special values among them.
fn with<T: Data>(seed: u64, len: usize, special: &[T]) -> Vec<T> {
    let mut state = seed;
    (0..len)
        .map(|_| {
            let bits = next_bits(&mut state);
            match special.get((bits % 64) as usize) {
                Some(&special) => special,
                None => T::of(bits),
            }
        })
        .collect()
}
