//! The same programs with loops, as one writes them without the library. Each computes its sums in
//! the library's order, so that their bits are the same.

pub mod digits;
pub mod kalman;
pub mod quantised;
pub mod sensor;
