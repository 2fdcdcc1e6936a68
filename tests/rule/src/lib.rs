//! Tests the compiler's broadcasting rule for every pair of shapes of rank 0 to 4 over the lengths
//! 0, 1, 2, 3 against NumPy's: 341 shapes, 116281 pairs.
//!
//! - [`shapes`]: the shapes as types, written out by a macro.
//! - [`ask`]: whether an operator accepts two shapes, and the shape of the result, as a constant. A
//!   refusal is not a compile error here.
//! - [`mod@rows`]: a left shape with every right shape, and the test of such rows.
//! - [`numpy`]: NumPy's results, from the files that `make_table.py` writes.
//!
//! The right shapes are always all 341. `tests/sample.rs` has 21 left shapes.
//! `tests/begins_with_*.rs` have the others, which take the compiler minutes:
//!
//! ```text
//! cargo test -p shapewright-rule --features every-pair
//! ```

pub mod ask;
pub mod numpy;
pub mod rows;
pub mod shapes;
