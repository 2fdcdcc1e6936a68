//! Tests of the features for other crates, each against the real crate: one file of `tests/` for
//! each. This library itself is empty.
