//! Layers that are part of the binary, made at compile time from a file that `include_safetensors!`
//! includes.
//!
//! Each layer in the storage [`Flash`] has a `const fn included`, which takes the layer's tensors
//! from the file by the names that PyTorch gives them. A struct that derives `Weights` has a
//! function `included` too, which calls the functions `included` of its fields. For a field with an
//! `eps` attribute it calls `__included_with_eps` instead. Every layer has `__included_with_eps`,
//! whether or not the layer uses an `eps`.
//!
//! This module does not depend on `weights`, because layers in the binary read no file at run time.
//! So that a `BatchNorm` can be in the binary, it stores the tensors that a file has, and computes
//! its scale from them in each evaluation.

use core::mem::transmute_copy;

use crate::arith::{Divides, Groups};
use crate::element::{Element, Float};
use crate::io::Included;
use crate::nn::{
    AvgPool2d, BatchNorm, Conv1d, Conv2d, Embedding, GlobalAvgPool2d, GlobalMaxPool2d, LayerNorm,
    Linear, MaxPool2d, NoBias, RmsNorm, WithBias,
};
#[cfg(feature = "alloc")]
use crate::nn::{Flatten, Gelu, Relu, Sigmoid, Silu, Softmax, Tanh};
use crate::shape::{Length, Shape};
use crate::storage::Flash;
use crate::tensor::Tensor;

impl<T: Element, S: Shape> Tensor<T, S, Flash> {
    /// The tensor whose name is the prefix of `file`. Before a struct's `included` calls this
    /// function for a field, it appends the field's name to the prefix ([`Included::at`]).
    #[doc(hidden)]
    #[must_use]
    #[track_caller]
    pub const fn included(file: Included) -> Self {
        file.this()
    }
    #[doc(hidden)]
    #[must_use]
    #[track_caller]
    pub const fn __included_with_eps(file: Included, _eps: f64) -> Self {
        file.this()
    }
}

/// Defines `included` for layers that are made from their tensors alone.
macro_rules! layers {
    ($([$($parameters:tt)*] $layer:ty where [$($bounds:tt)*] |$file:ident| $make:expr;)*) => {$(
        impl<$($parameters)*> $layer
        where
            $($bounds)*
        {
            /// The layer in the binary. Its tensors are those of `file` with the names `weight`
            /// and, if the layer has a bias, `bias`.
            ///
            /// # Panics
            /// When a tensor is missing, or has another element type or shape. In a `static`, this
            /// is an error of `cargo check`.
            #[must_use]
            #[track_caller]
            pub const fn included($file: Included) -> Self {
                $make
            }
            #[doc(hidden)]
            #[must_use]
            #[track_caller]
            pub const fn __included_with_eps(file: Included, _eps: f64) -> Self {
                Self::included(file)
            }
        }
    )*};
}
layers! {
    [In: Length, Out: Length, T: Float] Linear<In, Out, WithBias, T, Flash> where []
        |file| Self::of_parts(file.part("weight"), file.part("bias"));
    [In: Length, Out: Length, T: Float] Linear<In, Out, NoBias, T, Flash> where []
        |file| Self::of_parts(file.part("weight"), ());
    [Words: Length, Width: Length, T: Element] Embedding<Words, Width, T, Flash> where []
        |file| Self::new(file.part("weight"));
}

/// Defines `included` for a convolution, with a bias and without.
macro_rules! convolutions {
    ($($layer:ident)*) => { layers! { $(
        [
            In: Length, Out: Length, const K: usize, const STRIDE: usize, const PAD: usize,
            const DILATION: usize, const GROUPS: usize, T: Float
        ]
        $layer<In, Out, K, STRIDE, PAD, DILATION, GROUPS, WithBias, T, Flash>
        where [Groups<GROUPS>: Divides<In, Self> + Divides<Out, Self>]
        |file| Self::of_parts(file.part("weight"), file.part("bias"));
        [
            In: Length, Out: Length, const K: usize, const STRIDE: usize, const PAD: usize,
            const DILATION: usize, const GROUPS: usize, T: Float
        ]
        $layer<In, Out, K, STRIDE, PAD, DILATION, GROUPS, NoBias, T, Flash>
        where [Groups<GROUPS>: Divides<In, Self> + Divides<Out, Self>]
        |file| Self::of_parts(file.part("weight"), ());
    )* } };
}
convolutions! { Conv1d Conv2d }

/// Defines `included_with_eps` for layers that need the number `eps` besides their tensors.
macro_rules! norms {
    ($([$($parameters:tt)*] $layer:ty, $names:literal |$file:ident, $eps:ident| $make:expr;)*) => {$(
        impl<$($parameters)*> $layer {
            /// The layer in the binary. Its tensors are those of `file` with these names:
            #[doc = $names]
            ///
            /// # Panics
            /// When a tensor is missing, or has another element type or shape. In a `static`, this
            /// is an error of `cargo check`.
            #[must_use]
            #[track_caller]
            pub const fn included_with_eps($file: Included, $eps: T) -> Self {
                $make
            }
            #[doc(hidden)]
            #[must_use]
            #[track_caller]
            pub const fn included(file: Included) -> Self {
                file.__refused(
                    "needs a number that no file has: write `#[weights(eps = 1e-5)]` above the field",
                )
            }
            #[doc(hidden)]
            #[must_use]
            #[track_caller]
            pub const fn __included_with_eps(file: Included, eps: f64) -> Self {
                Self::included_with_eps(file, nearest(eps))
            }
        }
    )*};
}
norms! {
    [C: Length, T: Float] BatchNorm<C, T, Flash>, "`weight`, `bias`, `running_mean` and `running_var`."
        |file, eps| Self::of_parts(
            file.part("weight"),
            file.part("bias"),
            file.part("running_mean"),
            file.part("running_var"),
            eps,
        );
    [N: Length, T: Float] LayerNorm<N, WithBias, T, Flash>, "`weight` and `bias`."
        |file, eps| Self::of_parts(file.part("weight"), file.part("bias"), eps);
    [N: Length, T: Float] LayerNorm<N, NoBias, T, Flash>, "`weight`."
        |file, eps| Self::of_parts(file.part("weight"), (), eps);
    [N: Length, T: Float] RmsNorm<N, T, Flash>, "`weight`."
        |file, eps| Self::new(file.part("weight"), eps);
}

/// The float of type `T` nearest to `x`. This is a `const fn`, because the conversions of `T`'s
/// traits cannot be called in constants.
const fn nearest<T: Float>(x: f64) -> T {
    // SAFETY: the trait `Element` is sealed, and no two element types have the same
    // `NAME_IN_FILES`. So in each arm `T` is the type of the value that `transmute_copy` reads.
    unsafe {
        match T::NAME_IN_FILES.as_bytes() {
            b"F32" => transmute_copy(&(x as f32)),
            b"F64" => transmute_copy(&x),
            #[cfg(feature = "half")]
            b"F16" => transmute_copy(&crate::element::nearest_f16(x)),
            #[cfg(feature = "half")]
            b"BF16" => transmute_copy(&crate::element::nearest_bf16(x)),
            _ => T::NAN,
        }
    }
}

/// Defines `included` for layers without parameters, which take nothing from the file.
macro_rules! without_parameters {
    ($([$($parameters:tt)*] $layer:ty;)*) => {$(
        impl<$($parameters)*> $layer {
            #[doc(hidden)]
            #[must_use]
            pub const fn included(_file: Included) -> Self {
                Self
            }
            #[doc(hidden)]
            #[must_use]
            pub const fn __included_with_eps(_file: Included, _eps: f64) -> Self {
                Self
            }
        }
    )*};
}
without_parameters! {
    [] GlobalAvgPool2d; [] GlobalMaxPool2d;
    [const K: usize, const STRIDE: usize, const PAD: usize] MaxPool2d<K, STRIDE, PAD>;
    [const K: usize, const STRIDE: usize, const PAD: usize, const ALL: bool] AvgPool2d<K, STRIDE, PAD, ALL>;
}
#[cfg(feature = "alloc")]
without_parameters! { [] Flatten; [] Gelu; [] Relu; [] Sigmoid; [] Silu; [] Softmax; [] Tanh; }
