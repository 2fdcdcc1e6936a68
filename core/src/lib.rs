//! NumPy's broadcasting, decided by the Rust compiler: array shapes are types.
//!
//! A shape mistake is a compile error whose first line names both shapes, the axis and both lengths. What compiles runs fused, in
//! one pass, with or without an allocator.
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
//! Where things are: [`shape!`] and [`dim!`] write shapes, [`tensor!`] and [`array!`] arrays; [`Tensor`], [`Array`], [`TensorView`] hold them;
//! [`ops`] has the operations; [`nn`] layers; [`io`] files.
//!
//! Features: `std` (default), `alloc` ([`Tensor`] on the heap), `npy` (files), `half` (elements
//! [`f16`](https://docs.rs/half/latest/half/struct.f16.html) and
//! [`bf16`](https://docs.rs/half/latest/half/struct.bf16.html)), `rayon` (large evaluations in the
//! threads of the current
//! `rayon` pool: elementwise, reductions, softmax and products). Without `std` and `alloc` the crate runs on bare
//! metal. No feature changes a numerical result: see [`accuracy`].
#![no_std]
// With `alloc` the error is one pointer; without, it carries its shapes, and is returned from cold paths alone.
#![cfg_attr(not(feature = "alloc"), allow(clippy::result_large_err))]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

#[doc = include_str!("../docs/accuracy.md")]
pub mod accuracy {}
mod arith;
mod axes;
mod broadcast;
mod broadcast_shapes;
mod concatenation;
mod element;
mod error;
#[cfg(all(test, feature = "std", not(unoptimised)))]
mod every_level;
mod expr;
pub mod io;
mod kernels;
mod layout;
mod lengths;
mod macros;
mod math;
mod memory;
mod message;
pub mod nn;
pub mod ops;
#[doc = include_str!("../docs/reading_a_shape_error.md")]
pub mod reading_a_shape_error {}
mod read;
mod run;
mod shape;
mod storage;
mod tensor;
mod verify;

pub use axes::MAX_RANK;
pub use broadcast::{Broadcast, BroadcastOf, BroadcastTo};
pub use broadcast_shapes::broadcast_shapes;
pub use element::{Bitwise, Element, Float, Mask, Numeric, Signed};
pub use error::ShapeError;
pub use expr::{Expr, IntoExpr, Lazy, Operand, Shaped, Stretch};
#[cfg(feature = "half")]
pub use half::{bf16, f16};
pub use lengths::Lengths;
pub use ops::{Moments, Span};
pub use run::level::Level;
pub use shape::{
    Axis, Dim, Extent, Length, NamedLength, One, Shape, Size, Static, StaticExtent, StaticLength, StaticShape,
};
pub use storage::{Foreign, ForeignMut, Heap, Inline, Storage, StorageMut};
pub use tensor::{Array, Create, Tensor, TensorView, TensorViewMut};

/// The nodes of lazy expressions: what the types of expressions are made of, as messages and editors print them.
///
/// They are named here to be read. A function takes or returns an expression as `Lazy<impl Expr<Elem = f32, Shape = (N, C)>>`.
pub mod node {
    pub use crate::expr::{
        Concat, Mapped, Owned, Product, Rearranged, Reduced, Reshaped, Scalar, Softened, Ternary, Zipped,
    };
    pub use crate::ops::kinds::*;
}

/// What everyday code uses: `use shapewright::prelude::*;`.
///
/// It brings the operations into scope, and [`Axis`] and [`Span`]. It leaves out what the first line of an error prints, `Dim` and `One`:
/// a glob import would make the compiler print their paths.
pub mod prelude {
    pub use crate::ops::{Compare, Elementwise, Evaluate, LinearAlgebra, Reduce, Reshaping, Search, Softmax};
    pub use crate::{Axis, Create, Span};
    // For their methods alone: `shape().lengths()`, `Batch.len()`.
    pub use crate::{Extent as _, Shape as _};
}

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

/// What the macros expand to; not for use by hand.
#[doc(hidden)]
pub mod __private {
    pub use crate::arith::PushBit;
    pub use shapewright_macros::{array, dim, shape, tensor};
    pub use typenum;
    pub type Bits4 = typenum::U4;
}

/// Relations between shapes that messages print, named here so that they print without a path.
///
/// Only those are here that take no axis by itself: a crate with a named length of its own could implement the others, and lie.
#[doc(hidden)]
pub mod __relations {
    pub use crate::arith::{CountedList, Different, Flattens, ReshapesFrom, SameCount, SumsTo};
    pub use crate::broadcast::{
        AdmittedBy, BothSides, Broadcast3, FitsList, Free, JoinList, LeftSide, MatMul, MatMulList, Neither,
        NoAxis, RightSide, StretchesBoth, Strict, TakesAxis,
    };
    pub use crate::concatenation::{JoinsRest, SameRank};
    pub use crate::shape::{
        ByEnd, ByName, ByStart, FromEnd, Further, Gone, Rank,
        kind::{Name, Position, Several},
    };
}
