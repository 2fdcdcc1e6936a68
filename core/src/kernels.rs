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
//! - *Position*: an index of a shape that a source or a destination currently is at.
//! - *Inside*: axis `a` is inside axis `b` if `a` is to the right of `b` in the shape, so that the
//!   index along `a` changes faster in row-major order. Kernels number axes from the inside: 0 is
//!   the last axis.
//! - *Source*: an operand as kernels read it. It has a position in the destination's shape, and
//!   returns the lane there ([`Source`](crate::read::Source)).
//! - *Destination*: the memory that the results are written to.
//! - *Reaches*: a pointer reaches an element if the element lies at the pointer moved by whole
//!   strides, and may be read there, or written where the pointer is of a destination. It reaches
//!   elements *exclusively* if nothing else reads or writes them meanwhile.
//! - *Weight*: how long a function takes for one element, roughly, as a number of additions.
//! - *Materialised*: an operand whose elements have been computed into memory before the kernel
//!   reads them.
//! - *Packed*: copied so that elements that are read together are contiguous.
//! - *SIMD level*: the vector instructions that an evaluation uses, such as AVX2. The loops of an
//!   evaluation are inlined into one function per level, compiled for its instructions; the level
//!   is chosen at run time ([`dispatch`](crate::run::dispatch)).
//! - *Baseline*: the instructions that the whole program is compiled for. Code that is not inlined
//!   into the function of a SIMD level uses no others.
//! - *Target without vectors*: one for whose instructions no kernel has explicit SIMD code, such as
//!   a Cortex-M ([`HAS_VECTORS`](crate::run::level::HAS_VECTORS) is false).
//! - *Expensive*: said of functions that evaluate at least one polynomial, such as an exponential,
//!   and of elements that such a function computes.
//! - *Cold*: said of a function that is marked `#[cold]` because it is rarely called, so that its
//!   code stays out of the loops.
//! - *Monomorphised*: compiled once for each combination of the type parameters that it is used
//!   with.
//! - *A panic is left* in the compiled code where the compiler cannot prove that an index is in
//!   bounds. Kernels avoid that, for size and because it would keep loops from being vectorised.
//! - *Walk*: a visit of the positions along some axes of a shape, in row-major order, on which the
//!   source and the destination move together ([`walk::Axes`]).
//! - *Stretch*: an operand stretches along an axis if its own axis there is `One` or missing, so
//!   that the same element is read at each index. (In the matrix products a stretch of the inner
//!   axis is one of the sections into which that axis is cut.)
//! - *Splat*: to copy one value to every element of a SIMD vector, or one state to every
//!   accumulator.
//! - *Neighbours*: elements, columns or regions at successive indices along one axis.
//! - *Tile*: a few neighbours along one axis, or a rectangle of them along two, that are computed
//!   together while they are in registers or in a cache.
//! - *Statistic*: what a reduction computes of each region, such as its mean or the position of its
//!   maximum ([`Statistic`](reduce::statistic::Statistic)).
//! - *Reduced* and *kept* axes: those that a reduction is over, and all others.
//! - *Region*: the elements that a reduction combines into one result.
//! - *Column*: a region with one element of each lane, where the lane axis is kept. (In the matrix
//!   products a column is that of a matrix.)
//! - *Row*: 16 consecutive elements of a region, one for each of its 16 accumulators. Of columns, a
//!   row has the element of each column at one index along the reduced axes.
//! - *By halves*: of n values, a power of 2, value k is combined with value k + n/2 for each k
//!   below n/2; the n/2 results are then combined in the same way, until one is left.
//! - *Fold*: the rule by which elements become a state, and two states become one
//!   ([`Fold`](reduce::tree::Fold)); to fold elements is to apply it to them.
//! - *State*: what a fold knows of the elements that it has seen, such as their sum and the
//!   rounding error of that sum.
//! - *Accumulator*: a state to which elements are added in sequence.
//! - *Leaf*: 16 consecutive elements of one accumulator, which are combined with each other before
//!   they are merged with the state of the elements before them.
//! - *Segment*: 16 to 128 consecutive elements of one accumulator that a mean or a variance
//!   measures from the same *anchor*, a number close to them. A state is *settled* when no segment
//!   is open in it.
//! - *Compensated*: said of a sum that carries its rounding error along and adds it at the end.
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
