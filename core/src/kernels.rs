//! Evaluation: the loops that expressions inline into.
//!
//! [`walk`] visits the lanes of a shape; [`elementwise`] writes or updates one lane at a time, and what no cache holds by `stream`; [`reduce`]
//! folds regions by the fixed tree of [`tree`] into [`accumulators`], [`along`] lanes, `joined` or not, [`short`] ones, [`across`] them or [`beside`] each other, to what [`fold`] says;
//! [`prefetch`] asks for memory ahead; [`matmul`] multiplies; [`math`]
//! has the transcendental functions; [`scratch`] is the memory for what must be materialised on the way; [`level`] chooses the vector
//! instructions, once an evaluation; [`split`] makes tasks of large ones, and `blocks` of
//! a large region.

pub(crate) mod elementwise;
pub(crate) mod matmul;
pub(crate) mod reduce;
pub(crate) mod softmax;
pub(crate) mod split;
#[cfg(all(any(target_arch = "x86", target_arch = "x86_64"), target_feature = "sse2"))]
mod stream;
pub(crate) mod walk;
