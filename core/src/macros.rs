//! The macros' public face. Each passes `$crate` on, so that they work under any name of the crate and need no prelude.

/// A shape: `shape![1000, 256]` is `(Dim<1000>, Dim<256>)`, as a type and as a value.
///
/// A whole number is a length by number, and the literal 1 is [`One`](crate::One), which stretches. An identifier or a path is a type: a
/// generic parameter, or a name that [`dim!`](crate::dim!) declared. A `{const expression}` is a number, so that `{1}` is
/// `Dim<1>`, which does not stretch.
///
/// ```
/// use shapewright::{Array, Length, One, Dim, shape, dim};
/// const CHANNELS: usize = 3;
/// dim!(Batch = 32);
/// let a: shape![Batch, {2 * CHANNELS}, 1] = (Batch, Dim::<6>, One);
/// fn rows<N: Length, C: Length>(_: &Array<f32, shape![N, C]>) {}
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
/// ```compile_fail
/// # use shapewright::tensor;
/// let _ = tensor![[1.0, 2.0], [3.0]];
/// ```
#[cfg(feature = "alloc")]
#[macro_export]
macro_rules! tensor {
    ($($elements:tt)*) => { $crate::__private::tensor! { $crate; $($elements)* } };
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
#[macro_export]
macro_rules! array {
    ($($elements:tt)*) => { $crate::__private::array! { $crate; $($elements)* } };
}

/// Declares lengths by name: nominal, equal only to themselves, whatever their numbers.
///
/// Two axes of one number with different names do not broadcast, so that statistics of the wrong axis do not compile.
///
/// ```
/// use shapewright::{Tensor, dim, prelude::*, shape};
/// dim!(pub Batch = 256, pub Features = 256);
/// fn center(x: &Tensor<f32, shape![Batch, Features]>, mean: &Tensor<f32, shape![Features]>) {
///     let _ = x - mean;
/// }
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
