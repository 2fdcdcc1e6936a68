//! The features that know other crates, each tested against the real crate: one file of `tests/`
//! for each. Nothing is here but this.
