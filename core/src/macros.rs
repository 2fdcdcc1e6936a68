//! The public macros. A macro that calls a procedural macro passes `$crate` on to it, so that the
//! expansion needs no prelude, and works whatever name a program gives to this crate.

/// A shape: `shape![1000, 256]` is `(Dim<1000>, Dim<256>)`, as a type and as a value.
///
/// A whole number such as 256 is the length `Dim<256>`, except the literal 1, which is
/// [`One`](crate::One) and stretches. An identifier or a path is a type: a generic parameter, or a
/// name that [`dim!`](crate::dim!) declared. A constant expression in braces is always a `Dim`, so
/// `{1}` is `Dim<1>`, which does not stretch.
///
/// A length that is known only at run time may have a name, which `dim!` declared without a number.
/// In a type it is written `?Batch`, or `?` if it has no name. In a value it is written
/// `Batch.of(n)`, or `Dyn::of(n)` if it has no name.
///
/// ```
/// use shapewright::{Array, Length, One, Dim, shape, dim};
/// const CHANNELS: usize = 3;
/// dim!(Batch = 32);
/// let a: shape![Batch, {2 * CHANNELS}, 1] = (Batch, Dim::<6>, One);
/// fn rows<N: Length, C: Length>(_: &Array<f32, shape![N, C]>) {}
/// # let _ = a;
/// ```
/// ```
/// # use shapewright::{Dyn, dim, shape};
/// dim!(Requests);
/// let a: shape![?Requests, ?, 784] = shape![Requests.of(32), Dyn::of(3), 784];
/// # let _ = a;
/// ```
/// ```compile_fail
/// # use shapewright::shape;
/// let _: shape![2.5] = ();
/// ```
#[macro_export]
macro_rules! shape {
    ($($axes:tt)*) => { $crate::__private::shape! { $crate; $($axes)* } };
}

/// A tensor on the heap, from nested lists or filled with one value.
///
/// An axis of length 1 is [`One`](crate::One), as in [`shape!`](crate::shape!).
///
/// ```
/// use shapewright::{Tensor, shape, tensor};
/// let x: Tensor<f32, shape![2, 3]> = tensor![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
/// let zeros: Tensor<f32, shape![64, 32]> = tensor![0.0; 64, 32];
/// ```
///
/// A length may be known only at run time: `Batch.of(n)`, the axis of another tensor, or a `usize`.
///
/// ```
/// use shapewright::{Tensor, dim, prelude::*, shape, tensor};
/// dim!(Batch);
/// let n = 5;
/// let x: Tensor<f32, shape![?Batch, 32]> = tensor![0.0; Batch.of(n), 32];
/// let y: Tensor<f32, shape![?Batch, 3]> = tensor![0.0; x.shape().0, 3];
/// let z: Tensor<f32, shape![?, 3]> = tensor![0.0; n, 3];
/// # assert_eq!((y.sum(), z.sum()), (0.0, 0.0));
/// ```
/// ```compile_fail
/// # use shapewright::tensor;
/// let _ = tensor![[1.0, 2.0], [3.0]];
/// ```
#[doc(alias("arr1", "arr2", "matrix"))]
#[cfg(feature = "alloc")]
#[macro_export]
macro_rules! tensor {
    ($($elements:tt)*) => { $crate::__private::tensor! { $crate; $($elements)* } };
}

/// Needs the feature `alloc`; without an allocator use [`array!`](crate::array!).
#[cfg(not(feature = "alloc"))]
#[macro_export]
macro_rules! tensor {
    ($($elements:tt)*) => {
        ::core::compile_error!(
            "`tensor!` needs the feature `alloc`; without an allocator it is `array!`"
        )
    };
}

/// An inline array, from nested lists or filled with one value; it works in `const` and `static`.
///
/// An axis of length 1 is [`One`](crate::One), as in [`shape!`](crate::shape!).
///
/// ```
/// use shapewright::{Array, array, shape};
/// static KERNEL: Array<f32, shape![2, 2]> = array![[0.25, 0.5], [0.5, 0.25]];
/// const ZEROS: Array<f32, shape![64, 32]> = array![0.0; 64, 32];
/// ```
/// ```compile_fail
/// # use shapewright::array;
/// let _ = array![[1.0, 2.0], [3.0]];
/// ```
#[doc(alias("arr1", "arr2", "matrix"))]
#[macro_export]
macro_rules! array {
    ($($elements:tt)*) => { $crate::__private::array! { $crate; $($elements)* } };
}

/// Declares lengths with names. A name matches only itself, even if another length has the same
/// number.
///
/// So if `Batch` and `Features` are both 256, code that mixes them up, such as by statistics of the
/// wrong axis, does not compile.
///
/// A name without a number declares a length that is known at run time: [`Dyn<Batch>`](crate::Dyn),
/// written `?Batch` in [`shape!`](crate::shape!). `Batch.of(32)` is a value of that type, and
/// `Batch` alone names the axis in calls, such as `x.sum_axis(Batch)`.
///
/// ```
/// use shapewright::{Tensor, dim, prelude::*, shape};
/// dim!(pub Batch = 256, pub Features = 256);
/// fn center(x: &Tensor<f32, shape![Batch, Features]>, mean: &Tensor<f32, shape![Features]>) {
///     let _ = x - mean;
/// }
/// ```
/// ```
/// use shapewright::{Tensor, dim, prelude::*, shape};
/// dim!(pub Rows);
/// let x = Tensor::<f32, _>::ones_of(shape![Rows.of(5), 3]);
/// assert_eq!(x.sum_axis(Rows).to_tensor(), shapewright::tensor![5.0, 5.0, 5.0]);
/// ```
/// The number of a name such as `Batch` is `Batch::LEN`, a constant of the trait
/// [`StaticExtent`](crate::StaticExtent). An axis with a number and no name does not match a named
/// axis. So a Rust array such as `[1.0, 2.0]` matches only axes without a name. A name is given by
/// `.rename()`, as in `array![1.0, 2.0].rename()`. After `.slice()` along a named axis, that axis
/// has no name, and is given one in the same way.
/// ```
/// use shapewright::{Array, StaticExtent, array, dim, prelude::*, shape};
/// dim!(pub Samples = 50, pub Axes = 3);
/// let window = [[0i16; Axes::LEN]; Samples::LEN];
/// let counts = TensorView::<i16, shape![Samples, Axes]>::from(&window);
/// let offsets = array![1.0f32, 2.0, 3.0].rename::<shape![Axes]>();
/// let means: Array<f32, shape![Axes]> = (counts.widen::<f32>() - &offsets).mean_axis(Samples).to_array();
/// assert_eq!(means, [-1.0, -2.0, -3.0]);
/// ```
/// ```compile_fail
/// # use shapewright::{Tensor, dim, prelude::*, shape};
/// # dim!(pub Batch = 256, pub Features = 256);
/// fn center(x: &Tensor<f32, shape![Batch, Features]>, mean: &Tensor<f32, shape![Batch]>) {
///     let _ = x - mean; // statistics of the wrong axis
/// }
/// ```
#[macro_export]
macro_rules! dim {
    ($($declarations:tt)*) => { $crate::__private::dim! { $crate; $($declarations)* } };
}

/// A `.npy` file that is part of the program, as a constant view. For `f32` elements and the
/// shape `(256,)` the macro returns a `TensorView<'static, f32, shape![256]>`, which is a tensor
/// with the storage [`Flash`](crate::Flash).
///
/// The file is read when the crate compiles. Its element type and shape are compared with the type
/// that is stated where the macro is called, so statistics of another shape fail the build:
///
/// ```
/// use shapewright::{Flash, Tensor, include_npy, prelude::*};
/// static MEAN: Tensor<f32, shape![4], Flash> = include_npy!("../docs/files/mean.npy");
/// fn center(x: &Array<f32, shape![2, 4]>) -> Array<f32, shape![2, 4]> {
///     (x - MEAN).to_array()
/// }
/// # assert_eq!(center(&Array::ones()), [[0.5, -0.5, -1.5, -2.5]; 2]);
/// ```
/// ```compile_fail
/// # use shapewright::{Flash, Tensor, include_npy, prelude::*};
/// static MEAN: Tensor<f32, shape![4], Flash> = include_npy!("../docs/files/stats.npy");
/// // error: ../docs/files/stats.npy is f32 (8,), and the type here says f32 (Dim<4>,)
/// ```
///
/// A stated type may have names for the lengths, from [`dim!`](crate::dim!), and
/// [`One`](crate::One) for a 1. If no type is stated, the element type and the shape are those of
/// the file, and a length of 1 is `Dim<1>`, which does not stretch.
///
/// ```
/// use shapewright::{Dim, Flash, Tensor, dim, include_npy, prelude::*};
/// dim!(Features = 4);
/// static MEAN: Tensor<f32, shape![Features], Flash> = include_npy!("../docs/files/mean.npy");
/// let mean = include_npy!("../docs/files/mean.npy");
/// let _: &Tensor<f32, (Dim<4>,), Flash> = &mean;
/// assert_eq!(mean.sum(), MEAN.sum());
/// ```
///
/// # Files
/// The path is relative to the source file, as in [`include_bytes!`]. It may also be written with
/// `concat!` and `env!`, such as `concat!(env!("OUT_DIR"), "/mean.npy")`. When the file changes,
/// the crate is compiled again.
///
/// `include_npy!("mean.npy" as f32)` converts `f16` and `f64`; a number that is too large is an
/// error. Without `as` nothing is converted: the elements are `f32`, `f64`, `i8` to `i64`, `u8` to
/// `u64` or `bool`, and with the feature `half` also `f16`. Big-endian files are accepted. A file
/// in Fortran order is refused: `numpy.save(path, numpy.ascontiguousarray(x))` writes it in C
/// order.
///
/// The elements are in the binary once for each call, aligned to 64 bytes, and the program does
/// nothing with them when it starts. So the macro needs no allocator and none of the crate's
/// features. [`io::npy`](crate::io) reads files at run time.
///
/// The macro does not work in modules with `#![no_implicit_prelude]`, because the compiler does not
/// know its own attribute `diagnostic` there.
#[doc(alias("load", "include_bytes"))]
#[macro_export]
macro_rules! include_npy {
    ($($file:tt)*) => { $crate::__private::include_npy! { $crate; $($file)* } };
}

/// A `.safetensors` file that is part of the program, as a constant of type
/// [`Included`](crate::io::Included), which returns the file's tensors as constant views.
///
/// The header is read when the crate compiles. A name that is not in the file, another shape or
/// another element type is an error of `cargo check` if the view is made in a `static` or a
/// `const`.
///
/// ```
/// use shapewright::{Flash, Tensor, include_safetensors, io::Included, prelude::*};
/// const FILE: Included = include_safetensors!("../docs/files/model.safetensors");
/// static HEAD: Tensor<f32, shape![3, 2], Flash> = FILE.view("head.weight");
/// assert_eq!(HEAD.sum(), 15.0);
/// ```
/// ```compile_fail
/// # use shapewright::{Flash, Tensor, include_safetensors, io::Included, prelude::*};
/// # const FILE: Included = include_safetensors!("../docs/files/model.safetensors");
/// static HEAD: Tensor<f32, shape![2, 3], Flash> = FILE.view("head.weight");
/// // error: ../docs/files/model.safetensors: `head.weight` is F32 (3, 2), and the type says F32 (2, 3)
/// ```
///
/// The path is relative to the source file, as in [`include_npy!`](crate::include_npy!).
/// `include_safetensors!("x.safetensors" as f32)` converts the tensors of type `F16`, `BF16` and
/// `F64`, and leaves the others as they are.
///
/// All tensors of the file are in the binary, once for each call, each aligned for its elements.
/// The header is not in the binary. Of the table of names, the binary has only what the program
/// uses at run time. The macro needs no allocator and none of the crate's features.
#[doc(alias("load_file", "include_bytes"))]
#[macro_export]
macro_rules! include_safetensors {
    ($($file:tt)*) => { $crate::__private::include_safetensors! { $crate; $($file)* } };
}

/// The code `$value`, which needs the feature `half`.
#[cfg(feature = "half")]
#[doc(hidden)]
#[macro_export]
macro_rules! __half {
    ($problem:literal, $value:expr) => {
        $value
    };
}
/// The compile error `$problem` in place of the code `$value`, which needs the feature `half`.
#[cfg(not(feature = "half"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __half {
    ($problem:literal, $value:expr) => {
        ::core::compile_error!($problem)
    };
}

/// The items `$items`, which need a file format of weights: the feature `npz` or `safetensors`.
#[cfg(any(feature = "npz", feature = "safetensors"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __weights {
    ($($items:tt)*) => { $($items)* };
}
/// Leaves out the items `$items`, which load weights: without the features `npz` and `safetensors`
/// there is no file format to load weights from.
#[cfg(not(any(feature = "npz", feature = "safetensors")))]
#[doc(hidden)]
#[macro_export]
macro_rules! __weights {
    ($($items:tt)*) => {};
}

/// Claims that two shapes broadcast, and to which shape. If they do not, the build fails, with the
/// error that an operator would have.
///
/// A claim is written in a test or next to items, and costs nothing at run time. `matmul` before
/// the shapes claims the shape of `a.matmul(b)`. `assign` before them claims that `a.assign(b)`
/// compiles; as `assign` has no result, this claim has no `=>`.
///
/// ```
/// use shapewright::{assert_broadcasts, dim, shape};
/// dim!(Batch, Features = 256);
/// assert_broadcasts!(shape![1000, 256], shape![256] => shape![1000, 256]);
/// assert_broadcasts!(shape![?Batch, Features], shape![Features] => shape![?Batch, Features]);
/// assert_broadcasts!(matmul shape![32, 784], shape![784, 10] => shape![32, 10]);
/// assert_broadcasts!(assign shape![32, 10], shape![10]);
/// ```
/// ```compile_fail
/// # use shapewright::{assert_broadcasts, shape};
/// assert_broadcasts!(shape![1000, 256], shape![1000] => shape![1000, 256]);
/// ```
#[macro_export]
macro_rules! assert_broadcasts {
    (matmul $lhs:ty, $rhs:ty => $output:ty $(,)?) => {
        const _: fn() -> $crate::__private::Claimed<$output> =
            $crate::__private::matmul::<$lhs, $rhs>;
    };
    (assign $lhs:ty, $rhs:ty $(,)?) => {
        const _: fn() = $crate::__private::assign::<$lhs, $rhs>;
    };
    ($lhs:ty, $rhs:ty $(,)?) => {
        ::core::compile_error!("say what they broadcast to: `=> shape![1000, 256]`");
    };
    (matmul $lhs:ty, $rhs:ty $(,)?) => {
        ::core::compile_error!("say what their product is: `=> shape![32, 10]`");
    };
    ($lhs:ty, $rhs:ty => $output:ty $(,)?) => {
        const _: fn() -> $crate::__private::Claimed<$output> =
            $crate::__private::operator::<$lhs, $rhs>;
    };
}

/// Claims that an operator between two shapes does not compile. If the operator compiles, the build
/// fails.
///
/// A claim is written in a test or next to items, and costs nothing at run time. With such claims a
/// program asserts that the compiler finds mistakes in its shapes. `matmul` before the shapes
/// claims that `a.matmul(b)` does not compile, and `assign` that `a.assign(b)` does not.
///
/// ```
/// use shapewright::{assert_refuses, dim, shape};
/// dim!(Batch = 256, Features = 256);
/// assert_refuses!(shape![1000, 256], shape![1000]); // statistics of the rows
/// assert_refuses!(shape![1000], shape![1000, 1]); // NumPy's silent (1000, 1000)
/// assert_refuses!(shape![Batch, Features], shape![Batch]); // of the same length, on the wrong axis
/// assert_refuses!(matmul shape![32, 784], shape![10, 784]);
/// assert_refuses!(assign shape![10], shape![32, 10]);
/// ```
/// ```compile_fail
/// # use shapewright::{assert_refuses, shape};
/// assert_refuses!(shape![1000, 256], shape![256]); // they broadcast
/// ```
#[macro_export]
macro_rules! assert_refuses {
    (matmul $lhs:ty, $rhs:ty $(,)?) => {
        $crate::assert_refuses!(@MATMUL "has a matrix product with", $lhs, $rhs);
    };
    (assign $lhs:ty, $rhs:ty $(,)?) => {
        $crate::assert_refuses!(@ASSIGN "can be assigned", $lhs, $rhs);
    };
    (@$question:ident $words:literal, $lhs:ty, $rhs:ty) => {
        const _: fn() = $crate::__private::shapes::<$lhs, $rhs>;
        const _: () = {
            #[allow(unused_imports, reason = "where the compiler takes it, the answer is inherent")]
            use $crate::__private::Refused as _;
            ::core::assert!(
                !<$crate::__private::Ask<$lhs, $rhs>>::$question,
                "{}",
                ::core::concat!(
                    "`", ::core::stringify!($lhs), "` ", $words, " `", ::core::stringify!($rhs),
                    "`, and this claims that it does not",
                ),
            );
        };
    };
    ($lhs:ty, $rhs:ty $(,)?) => {
        $crate::assert_refuses!(@OPERATOR "broadcasts with", $lhs, $rhs);
    };
}
