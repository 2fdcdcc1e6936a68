//! Every operation at each SIMD level that the machine has: for every length from 0 to 257, with
//! operands and results at every alignment, the bits are those of the scalar level. All NaNs count
//! as the same.
//!
//! On targets other than x86-64 the compiler uses the target's vectors at the scalar level too, so
//! comparing levels says little there. The bits at the scalar level are therefore constants as
//! well: [`expect_hash`] requires the same ones on every target.
//!
//! Lengths are known at run time, so each operation is compiled once. `levels.rs` samples lengths
//! that are constants.
//!
//! In a debug build the library is not optimised, so nothing is vectorised. These files are empty
//! there, except for clippy. The tests are run by
//! `cargo test --release -p shapewright-levels --test every_level`.

#![cfg(any(clippy, not(debug_assertions)))]
#![allow(clippy::op_ref, reason = "tensors by reference are what is tested")]

use std::cell::Cell;

use shapewright::Level;
use shapewright_levels::lock_level;

mod arranged;
mod data;
mod elementwise;
mod operands;
mod output;
mod products;
mod reductions;

use data::{Scattered, ValueKind};
use operands::{COLUMNS, Inputs, LONGEST, Operands, places};
use output::Output;

/// Whether every alignment is tried at every length. Emulators are slow, so on targets other than
/// x86-64 only every fourth position in a cache line is tried, and other positions for the next
/// length. The hash has the results at these positions only.
const ALL_PLACES: bool = cfg!(target_arch = "x86_64");

thread_local! {
    /// A hash of the results at the scalar level, for the test that this thread runs.
    static HASH: Cell<u64> = const { Cell::new(0) };
}

/// Runs comparisons, and fails where the hash of their results at the scalar level is another one.
/// The hashes are constants, the same on every target.
#[track_caller]
fn expect_hash(expected: u64, comparisons: impl FnOnce()) {
    HASH.set(0);
    comparisons();
    let found = HASH.get();
    assert!(
        found == expected,
        "the bits are those of {found:#018x}, not {expected:#018x}, as on other targets or before"
    );
}

/// How an operation is compared.
#[derive(Clone, Copy)]
struct Comparison {
    what: &'static str,
    /// The shortest length for which the operation is defined.
    shortest: usize,
    /// The values of the operands. Infinities, NaNs and their like hide the other elements of a
    /// sum.
    kind: ValueKind,
    /// The maximum number of pairs of positions, of the operands and of the result, that are tried
    /// for each length. Each position of the operands is tried at least once.
    pairs: usize,
}

/// Fails where the results of `compute` have other bits than at the scalar level.
#[track_caller]
fn compare<T: Scattered, U: Scattered>(
    comparison: Comparison,
    compute: &dyn Fn(&Inputs<'_, T>, &mut Output<U>),
) {
    let _one_at_a_time = lock_level();
    let Comparison { what, shortest, kind, pairs } = comparison;
    let operands = Operands::<T>::new(kind);
    let mut out = Output::new(COLUMNS * LONGEST);
    let turns = places::<U>().min(pairs.div_ceil(places::<T>()));
    let mut expected = Vec::new();
    for n in shortest..=LONGEST {
        for place in 0..places::<T>() {
            let hashed = (place + n).is_multiple_of(4);
            if !(ALL_PLACES || hashed) {
                continue;
            }
            let given = operands.given(n, place);
            let says = |to, level| {
                format!("{what} of length {n}, {kind:?}, from place {place} to {to}, at {level}")
            };
            Level::SCALAR.force();
            out.place = 0;
            compute(&given, &mut out);
            expected.clear();
            expected.extend_from_slice(out.found(&|| says(0, Level::SCALAR)));
            if hashed {
                HASH.set(expected.iter().fold(HASH.get(), |hash, element| {
                    (hash.rotate_left(5) ^ element.bits()).wrapping_mul(0x9e37_79b9_7f4a_7c15)
                }));
            }
            for level in Level::available() {
                level.force();
                for turn in 0..turns {
                    let to = (place + n + turn * places::<U>() / turns) % places::<U>();
                    out.place = to;
                    compute(&given, &mut out);
                    let found = out.found(&|| says(to, level));
                    assert_eq!(found.len(), expected.len(), "{}", says(to, level));
                    for (k, (found, expected)) in found.iter().zip(&expected).enumerate() {
                        let says = || says(to, level);
                        assert!(
                            found.same(*expected),
                            "{}: element {k} is {found:?}, not {expected:?}",
                            says()
                        );
                    }
                }
            }
        }
    }
    Level::best().force();
}
