//! What an evaluation runs with:
//!
//! - [`level`]: which vector instructions are used;
//! - [`dispatch`]: runs an evaluation inside a function that is compiled for those instructions;
//! - [`adder`]: how a loop subtracts;
//! - [`scratch`]: memory for the operands that must be computed and stored before the evaluation's
//!   loop runs;
//! - [`prefetch`]: requests memory before it is read;
//! - [`lined`]: values that are aligned to a cache line;
//! - [`simd`]: the SIMD vectors of kernels that are written with explicit vectors.

pub(crate) mod adder;
pub(crate) mod dispatch;
pub(crate) mod level;
pub(crate) mod lined;
pub(crate) mod prefetch;
pub(crate) mod scratch;
pub(crate) mod simd;
