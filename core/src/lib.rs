//! NumPy's broadcasting, decided by the Rust compiler: array shapes are types.
//!
//! A shape mistake is a compile error whose first line names both shapes, the axis and both
//! lengths. An expression that compiles is computed fused, in one pass, with or without an
//! allocator.
//!
//! ```
//! use shapewright::{Tensor, prelude::*, shape};
//!
//! /// Batch-norm inference: data `(n, c)`, statistics and parameters `(c,)`.
//! fn batch_norm(
//!     x: &Tensor<f32, shape![1000, 256]>,
//!     mean: &Tensor<f32, shape![256]>,
//!     var: &Tensor<f32, shape![256]>,
//! ) -> Tensor<f32, shape![1000, 256]> {
//!     ((x - mean) / (var + 1e-5).sqrt()).to_tensor()
//! }
//! ```
//!
//! Statistics of the wrong length do not compile:
//!
//! ```compile_fail
//! # use shapewright::{Tensor, prelude::*, shape};
//! fn center(x: &Tensor<f32, shape![1000, 256]>, mean: &Tensor<f32, shape![1000]>) {
//!     let _ = x - mean;
//!     // error: cannot broadcast `(Dim<1000>, Dim<256>)` with `(Dim<1000>,)`: axis -1 is Dim<256> on the left, Dim<1000> on the right
//! }
//! ```
//!
//! A length that is known only at run time is a name without a number. A shape may have such
//! lengths beside static ones, in every operation. An operation that pairs axes of different names
//! does not compile. Two lengths with the same name are compared when the program runs: by
//! [`agree`], once, at the start of a function, or else by each operation.
//!
//! ```
//! use shapewright::{ShapeError, Tensor, TensorView, agree, dim, prelude::*, shape};
//!
//! dim!(pub Batch);
//!
//! /// The mean of each row, weighed: data `(n, 256)`, weights `(n,)`, for any `n`.
//! fn weighed_means(x: &[f32], weights: &[f32]) -> Result<Vec<f32>, ShapeError> {
//!     let x = TensorView::<f32, shape![?Batch, 256]>::new(x)?;
//!     let weights = TensorView::<f32, shape![?Batch]>::new(weights)?;
//!     agree((&x, &weights))?;
//!     Ok((x.mean_axis(Axis::<1>) * weights).to_tensor().as_slice().to_vec())
//! }
//! assert_eq!(weighed_means(&[1.0; 512], &[1.0, 2.0])?, [1.0, 2.0]);
//! assert!(weighed_means(&[1.0; 500], &[1.0, 2.0]).is_err()); // no whole number of rows
//! assert!(weighed_means(&[1.0; 512], &[1.0]).is_err()); // Batch is 2 in argument 0 (2, 256), 1 in argument 1 (1,)
//! # Ok::<(), shapewright::ShapeError>(())
//! ```
//!
//! Where to find what:
//!
//! - [`shape!`] and [`dim!`] write shapes. [`tensor!`] and [`array!`] write values of the types
//!   [`Tensor`] (on the heap) and [`Array`] (inline). A [`TensorView`] borrows elements.
//! - [`ops`] has the operations, and [`nn`] the layers of neural networks. [`io`] reads and writes
//!   files, and has weights that are part of the binary.
//! - [`from_numpy`] and [`from_pytorch`] are for those who know NumPy and PyTorch.
//! - [`containers`] has every conversion between tensors and other containers, such as nested
//!   arrays, `Vec`s and the arrays of `ndarray`.
//! - [`lazy_values`] explains how expressions borrow their operands, and [`reading_a_shape_error`]
//!   explains the compiler's errors about shapes.
//!
//! Features:
//!
//! - `std` (default), and `alloc` ([`Tensor`] on the heap). Without both the crate runs on bare
//!   metal.
//! - `npy` (files), `npz` (NumPy's archives), `safetensors` (weights by name, and
//!   `#[derive(Weights)]`), and `mmap` (weights that stay in their file).
//! - `half`: elements [`f16`](https://docs.rs/half/latest/half/struct.f16.html) and
//!   [`bf16`](https://docs.rs/half/latest/half/struct.bf16.html).
//! - `rayon`: large elementwise evaluations, reductions, softmaxes, products and convolutions run
//!   in the threads of the current `rayon` pool.
//! - `bytemuck` (casts to plain bytes), `defmt` (tensors in a firmware's logs, where a `Display` of
//!   three floats costs some 20 KB of flash), `nalgebra` and `ndarray` (views in both directions),
//!   `rand` (random elements), and `serde` (JSON and binary formats): see [`containers`].
//!
//! No feature changes a numerical result: see [`accuracy`].
#![no_std]
// With `alloc`, a `ShapeError` is one pointer. Without `alloc` it is large, because it holds its
// shapes itself. Clippy's warning about that is turned off, as only cold paths return a
// `ShapeError`.
#![cfg_attr(not(feature = "alloc"), allow(clippy::result_large_err))]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

/// Makes the documentation page on accuracy: its text, and at its end a table with a row for each
/// function that is not exact.
macro_rules! accuracy {
    ($($(#[$_doc:meta])* $name:ident $_node:ident by $_module:ident($_of_f32:ident, $_of_f64:ident)
        $(, $_weight:ident)? $(, within [$f32:literal, $found_f32:literal, $f64:literal, $found_f64:literal])?;)*) => {
        #[doc = include_str!("../docs/accuracy.md")]
        $($(
            #[doc = concat!("| `", stringify!($name), "` | ", $f32, " | ", $found_f32, " | ", $f64, " | ", $found_f64, " |")]
        )?)*
        pub mod accuracy {}
    };
}
math::functions_of_floats! { accuracy }
mod agreement;
mod arith;
mod axes;
mod broadcast;
mod broadcast_shapes;
mod claims;
mod concatenation;
#[doc = include_str!("../docs/containers.md")]
pub mod containers {}
mod element;
mod error;
mod expr;
mod flash;
#[doc = include_str!("../docs/from_numpy.md")]
pub mod from_numpy {}
#[doc = include_str!("../docs/from_pytorch.md")]
pub mod from_pytorch {}
mod interop;
pub mod io;
mod kernels;
mod layout;
#[doc = include_str!("../docs/lazy_values.md")]
pub mod lazy_values {}
mod lengths;
mod macros;
mod math;
mod memory;
mod message;
pub mod nn;
pub mod ops;
mod padding;
#[doc = include_str!("../docs/proving.md")]
pub mod proving {}
#[doc = include_str!("../docs/reading_a_shape_error.md")]
pub mod reading_a_shape_error {}
mod read;
mod run;
mod shape;
mod sliding;
mod stacking;
mod storage;
mod tensor;
mod verify;
#[cfg(any(feature = "npz", feature = "safetensors"))]
pub mod weights;

pub use axes::MAX_RANK;
pub use broadcast::{Broadcast, BroadcastOf, BroadcastTo};
pub use broadcast_shapes::broadcast_shapes;
pub use element::{Bitwise, Element, Float, Integer, Mask, Numeric, Signed};
pub use error::{NotPositiveDefinite, ShapeError, SingularMatrix};
pub use expr::{Attempt, Attempts, Expr, Indices, IntoExpr, Lazy, Operand, Shaped, Stretch};
#[cfg(feature = "half")]
pub use half::{bf16, f16};
#[cfg(feature = "rand")]
pub use interop::rand::Random;
pub use lengths::Lengths;
pub use ops::{Moments, agree, stack};
pub use run::level::Level;
pub use shape::{
    Axis, Dim, Dyn, Extent, FromCount, FromLengths, IndexedBy, Length, NamedLength, Nameless, One,
    Pad, RunTime, RunTimeName, Shape, Size, Span, Static, StaticExtent, StaticLength, StaticShape,
    Window,
};
#[cfg(not(any(feature = "npz", feature = "safetensors")))]
pub use shapewright_macros::Weights;
pub use storage::{
    DenseStorage, Flash, Foreign, ForeignMut, Heap, Inline, OtherShape, Storage, StorageMut,
};
pub use tensor::{Array, Create, Tensor, TensorView, TensorViewMut};
#[cfg(any(feature = "npz", feature = "safetensors"))]
pub use weights::Weights;

/// The nodes of lazy expressions: the types that the compiler and editors print for an expression.
///
/// They are public so that their documentation can be read. Functions need not name them: a
/// function takes or returns an expression as `Lazy<impl Expr<Elem = f32, Shape = (N, C)>>`.
pub mod node {
    pub use crate::expr::{
        Cholesky, Concat, Convolved, Cumulated, Inverse, Mapped, OneHot, Owned, Padded, Pooled,
        Product, Rearranged, Reduced, Reshaped, Scalar, Softmaxed, Solution, Stack, Standardized,
        Take, Ternary, Triangle, Zipped,
    };
    pub use crate::ops::kinds::*;
}

/// The iterators over elements and parts of a tensor. The methods `iter`, `indexed_iter`, `rows`,
/// `axis_iter`, `axis_chunks` and `lanes` of [`Tensor`] return them, and so do the methods with
/// `_mut` at the end of their names, such as `iter_mut`.
pub mod iter {
    pub use crate::tensor::{AxisChunks, AxisIter, IndexedIter, Iter, IterMut, Lanes};
    pub use crate::tensor::{AxisChunksMut, AxisIterMut, LanesMut};
}

/// What everyday code needs: `use shapewright::{Tensor, prelude::*};`.
///
/// The prelude has the traits of the operations, the macros, the traits and aliases that signatures
/// name, and [`Axis`], [`Span`], [`Window`] and [`Pad`]. It leaves out the types that the first
/// line of an error prints: import [`Tensor`], [`Lazy`], [`ShapeError`], [`Dim`], [`One`] and
/// [`Dyn`] by their names. The compiler prints the path of a type that a program names through a
/// glob import, and `Tensor<f32, (Dim<1000>,)>` is easier to read without the path.
///
/// ```
/// use shapewright::{Tensor, prelude::*};
///
/// dim!(pub Batch);
///
/// fn center<N: Length, C: Length>(x: &Tensor<f32, (N, C)>) -> Tensor<f32, (N, C)> {
///     (x - x.mean_axis(Axis::<0>)).to_tensor()
/// }
/// let x: Tensor<f32, shape![?Batch, 2]> = vec![[1.0, 2.0], [3.0, 6.0]].into();
/// assert_eq!(center(&x), [[-1.0, -2.0], [1.0, 2.0]]);
/// ```
pub mod prelude {
    #[cfg(feature = "rand")]
    pub use crate::Random;
    pub use crate::ops::{
        Compare, Cumulative, Elementwise, Evaluate, Indexing, Integers, LinearAlgebra, Padding,
        Reduce, Reshaping, Search, Sliding, Stacking,
    };
    // `as _` brings the methods of the trait into scope, but not its name.
    pub use crate::ops::Softmaxing as _;
    pub use crate::tensor;
    pub use crate::{
        Array, Axis, Create, Expr, IntoExpr, Length, Pad, Shape, Span, StaticLength, StaticShape,
        Window,
    };
    pub use crate::{Storage, StorageMut, TensorView, TensorViewMut};
    pub use crate::{array, assert_broadcasts, assert_refuses, dim, shape};
    // `as _` brings the methods of the trait into scope, such as `Batch.len()`, but not its name.
    pub use crate::Extent as _;
}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// The items that the expansions of the macros name. They are not for use by hand.
#[doc(hidden)]
pub mod __private {
    pub use crate::arith::PushBit;
    pub use crate::claims::{Ask, Claimed, Refused, assign, matmul, operator, shapes};
    pub use crate::io::included::{Aligned, IncludedTensor, Place, Stated, data_of, included};
    pub use crate::shape::{axis, name_and_length};
    #[cfg(any(feature = "npz", feature = "safetensors"))]
    pub use crate::weights::{field, read_below, skipped, write_below};
    pub use shapewright_macros::{array, dim, include_npy, include_safetensors, shape, tensor};
    pub use typenum;
    pub type Bits4 = typenum::U4;
}

/// Relations between shapes that compiler errors print. The compiler prints them without a path
/// because they are re-exported here.
///
/// Relations with a single axis as a parameter are not here. Another crate that can name them could
/// implement them for a named length of its own, and so claim something false about that length.
#[doc(hidden)]
pub mod __relations {
    pub use crate::arith::{CountedList, Different, Flattens, ReshapesFrom, SameCount, SumsTo};
    pub use crate::broadcast::{
        AdmittedBy, BothSides, Broadcast3, FitsList, Free, JoinList, LeftSide, MatMul, MatMulList,
        Neither, NoAxis, RhsList, RightSide, SolvedBy, StretchesBoth, Strict, TakesAxis,
    };
    pub use crate::concatenation::{JoinsRest, SameRank};
    pub use crate::shape::{
        ByEnd, ByName, ByStart, FromEnd, Further, Gone, Rank, Renames, SquareShape,
        kind::{Name, Position, Several},
    };
}
