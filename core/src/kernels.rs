//! Evaluation: the loops that compute, and into which expressions are inlined.
//!
//! [`walk`] visits the lanes of a shape, and [`split`] divides a large shape among threads.
//! [`elementwise`] writes or updates one lane at a time; results too large for the caches are
//! written by `stream`. [`reduce`] reduces over axes, [`softmax`] normalises over them, and
//! [`cumulate`] computes running sums and products. [`matmul`] multiplies matrices, and [`solve`]
//! eliminates. [`convolution`] and [`pool`] compute over windows of [`images`]. [`take`],
//! [`one_hot`], [`triangle`] and [`fill`] move or set elements.
//!
//! The words that the kernels use:
//!
//! - *Lane axis*: the last axis of a shape that is not [`One`](crate::One).
//! - *Lane*: the elements along the lane axis at one position along the other axes.
//! - *Source*: an operand as kernels read it; it has a position in the destination's shape and
//!   returns the lane there ([`Source`](crate::read::Source)).
//! - *Destination*: the memory that the results are written to.
//! - *Walk*: a visit of the positions along some axes of a shape, in row-major order, on which the
//!   source and the destination move together ([`walk::Axes`]).
//! - *Stretch*: an operand stretches along an axis if its own axis there is `One` or missing, so
//!   that the same element is read at each index. (In the matrix products a stretch of the inner
//!   axis is one of the sections into which that axis is cut.)
//! - *Splat*: one value copied to every element of a vector, or one state to every accumulator.
//! - *Neighbours*: elements, columns or regions at successive indices along one axis.
//! - *Tile*: a few neighbours along one axis, or a rectangle of them along two, that are computed
//!   together while they are in registers or in a cache.
//! - *Statistic*: what a reduction computes of each region, such as its mean or the position of its
//!   maximum ([`Statistic`](reduce::statistic::Statistic)).
//! - *Region*: the elements that a reduction combines into one result.
//! - *Column*: a region with one element of each lane, where the lane axis is kept. (In the matrix
//!   products a column is that of a matrix.)
//! - *Fold*: the rule by which elements become a state, and two states become one
//!   ([`Fold`](reduce::tree::Fold)); to fold elements is to apply it to them.
//! - *State*: what a fold knows of the elements that it has seen, such as their sum and the
//!   rounding error of that sum.
//! - *Accumulator*: a state to which elements are added in sequence.
//! - *Leaf*: 16 consecutive elements of one accumulator, which are combined with each other before
//!   they are merged with what came before.
//! - *Block*: 1024 leaves of each accumulator of a region, or of a column. (In the matrix products
//!   a block is the part of the right operand that is packed at a time.)

pub(crate) mod convolution;
pub(crate) mod cumulate;
pub(crate) mod elementwise;
pub(crate) mod fill;
pub(crate) mod images;
mod loops;
pub(crate) mod matmul;
pub(crate) mod one_hot;
pub(crate) mod pool;
pub(crate) mod reduce;
pub(crate) mod softmax;
pub(crate) mod solve;
#[cfg(feature = "rayon")]
pub(crate) mod split;
#[cfg(all(any(target_arch = "x86", target_arch = "x86_64"), target_feature = "sse2"))]
mod stream;
pub(crate) mod take;
pub(crate) mod triangle;
pub(crate) mod walk;
