//! What an evaluation runs with: [`level`] says which vector instructions, and [`dispatch`] inlines
//! what it calls into a function that has them, once an evaluation; [`scratch`] is the memory for
//! what must be materialised on the way; [`prefetch`] asks for memory ahead; [`lined`] memory
//! begins at a cache line; [`simd`] has the vectors of kernels with vectors of their own.

pub(crate) mod dispatch;
pub(crate) mod level;
pub(crate) mod lined;
pub(crate) mod prefetch;
pub(crate) mod scratch;
pub(crate) mod simd;
