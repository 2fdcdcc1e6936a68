//! Conversions between nested arrays and tensors, and comparisons of the two: `[[T; 3]; 2]` has the
//! shape `(2, 3)`.
//!
//! There is an impl for each rank, over axes that are as long as the arrays. A single impl for all
//! types `A: NestedArray<T, S>` would be an impl for every type `A`, and so conflict with Rust's
//! own impl of `From<T>` for every `T`. For arrays that do not have the lengths of the shape, the
//! compiler reports the message of [`NestedArray`].

use super::{Array, Tensor, TensorView, TensorViewMut};
use crate::element::Element;
use crate::shape::{Extent, NestedArray, Shape, StaticExtent};
use crate::storage::Storage;

/// Nested arrays as the impls below need them: their elements as one slice in row-major order, and
/// arrays of zeros to write to.
trait Nested<T> {
    /// Nested arrays in which every element is 0, or `false`.
    const ZEROS: Self;
    /// The elements as a slice in row-major order.
    fn flat(&self) -> &[T];
    /// The elements as a mutable slice in row-major order.
    fn flat_mut(&mut self) -> &mut [T];
}
impl<T: Element, const N: usize> Nested<T> for [T; N] {
    const ZEROS: Self = [T::ZERO; N];
    fn flat(&self) -> &[T] {
        self
    }
    fn flat_mut(&mut self) -> &mut [T] {
        self
    }
}
impl<T: Element, const N: usize, const M: usize> Nested<T> for [[T; N]; M] {
    const ZEROS: Self = [[T::ZERO; N]; M];
    fn flat(&self) -> &[T] {
        self.as_flattened()
    }
    fn flat_mut(&mut self) -> &mut [T] {
        self.as_flattened_mut()
    }
}
impl<T: Element, const N: usize, const M: usize, const L: usize> Nested<T> for [[[T; N]; M]; L] {
    const ZEROS: Self = [[[T::ZERO; N]; M]; L];
    fn flat(&self) -> &[T] {
        self.as_flattened().as_flattened()
    }
    fn flat_mut(&mut self) -> &mut [T] {
        self.as_flattened_mut().as_flattened_mut()
    }
}
impl<T: Element, const N: usize, const M: usize, const L: usize, const K: usize> Nested<T>
    for [[[[T; N]; M]; L]; K]
{
    const ZEROS: Self = [[[[T::ZERO; N]; M]; L]; K];
    fn flat(&self) -> &[T] {
        self.as_flattened().as_flattened().as_flattened()
    }
    fn flat_mut(&mut self) -> &mut [T] {
        self.as_flattened_mut().as_flattened_mut().as_flattened_mut()
    }
}

macro_rules! conversions {
    ($(
        ($($axis:ident $len:ident),+), $nested:ty, $shape:literal, $type:literal, $value:literal;
    )*) => {$(
        /// The elements of nested arrays, copied to the heap. The outermost array is the first
        /// axis.
        ///
        /// ```
        /// use shapewright::{Tensor, shape, tensor};
        #[doc = concat!("let x: Tensor<i32, shape![", $shape, "]> = ", $value, ".into();")]
        #[doc = concat!("assert_eq!(x, tensor!", $value, ");")]
        /// ```
        #[cfg(feature = "alloc")]
        impl<T: Element, $($axis: StaticExtent, const $len: usize),+> From<$nested>
            for Tensor<T, ($($axis,)+)>
        where
            $nested: NestedArray<T, ($($axis,)+)>,
        {
            #[inline]
            fn from(elements: $nested) -> Self {
                Self::from_nested(elements)
            }
        }

        /// The elements of nested arrays. The outermost array is the first axis. In a `const` use
        /// [`Array::new`].
        ///
        /// ```
        /// use shapewright::{Array, array, shape};
        #[doc = concat!("let x: Array<i32, shape![", $shape, "]> = ", $value, ".into();")]
        #[doc = concat!("assert_eq!(x, array!", $value, ");")]
        /// ```
        impl<T: Element, $($axis: StaticExtent, const $len: usize),+> From<$nested>
            for Array<T, ($($axis,)+)>
        where
            $nested: NestedArray<T, ($($axis,)+)>,
        {
            #[inline]
            fn from(elements: $nested) -> Self {
                Self::new(elements)
            }
        }

        /// A view of the elements of nested arrays. The outermost array is the first axis. Nothing
        /// is copied.
        ///
        /// ```
        /// use shapewright::{TensorView, array, shape};
        #[doc = concat!("let samples = ", $value, ";")]
        #[doc = concat!("let x: TensorView<i32, shape![", $shape, "]> = (&samples).into();")]
        #[doc = concat!("assert_eq!(x, array!", $value, ");")]
        /// ```
        impl<'a, T: Element, $($axis: StaticExtent, const $len: usize),+> From<&'a $nested>
            for TensorView<'a, T, ($($axis,)+)>
        where
            $nested: NestedArray<T, ($($axis,)+)>,
        {
            #[inline]
            fn from(elements: &'a $nested) -> Self {
                Self::new(elements.flat()).expect("the arrays are as long as the axes")
            }
        }

        /// A mutable view of the elements of nested arrays. The outermost array is the first axis.
        ///
        /// ```
        /// use shapewright::{TensorViewMut, shape};
        #[doc = concat!("let mut samples = ", $value, ";")]
        #[doc = concat!("let mut x: TensorViewMut<i32, shape![", $shape, "]> = (&mut samples).into();")]
        /// x += 1;
        #[doc = concat!("assert_ne!(samples, ", $value, ");")]
        /// ```
        impl<'a, T: Element, $($axis: StaticExtent, const $len: usize),+> From<&'a mut $nested>
            for TensorViewMut<'a, T, ($($axis,)+)>
        where
            $nested: NestedArray<T, ($($axis,)+)>,
        {
            #[inline]
            fn from(elements: &'a mut $nested) -> Self {
                Self::new(elements.flat_mut()).expect("the arrays are as long as the axes")
            }
        }

        /// The elements of a tensor in any storage, as nested arrays on the stack. The outermost
        /// array is the first axis.
        ///
        /// ```
        /// use shapewright::tensor;
        #[doc = concat!("let x: ", $type, " = tensor!", $value, ".into();")]
        #[doc = concat!("assert_eq!(x, ", $value, ");")]
        /// ```
        impl<T: Element, $($axis: StaticExtent, const $len: usize,)+ Kept: Storage>
            From<Tensor<T, ($($axis,)+), Kept>> for $nested
        where
            $nested: NestedArray<T, ($($axis,)+)>,
        {
            #[inline]
            fn from(tensor: Tensor<T, ($($axis,)+), Kept>) -> Self {
                let mut elements = Self::ZEROS;
                tensor.copy_into(elements.flat_mut());
                elements
            }
        }
    )*};
}
conversions! {
    (A N), [T; N], "2", "[i32; 2]", "[1, 2]";
    (A M, B N), [[T; N]; M], "2, 3", "[[i32; 3]; 2]", "[[1, 2, 3], [4, 5, 6]]";
    (A L, B M, C N), [[[T; N]; M]; L], "3, 1, 2", "[[[i32; 2]; 1]; 3]",
        "[[[1, 2]], [[3, 4]], [[5, 6]]]";
    (A K, B L, C M, D N), [[[[T; N]; M]; L]; K], "2, 1, 1, 3", "[[[[i32; 3]; 1]; 1]; 2]",
        "[[[[1, 2, 3]]], [[[4, 5, 6]]]]";
}

macro_rules! equality {
    ($(($($axis:ident $len:ident),+), $nested:ty, $value:literal;)*) => {$(
        /// Whole-tensor equality with nested arrays. Arrays of other lengths are not equal to the
        /// tensor.
        ///
        /// ```
        /// use shapewright::tensor;
        #[doc = concat!("assert_eq!(tensor!", $value, ", ", $value, ");")]
        /// ```
        // Without this attribute the compiler would mention this impl in its error for two tensors
        // that cannot be compared.
        #[diagnostic::do_not_recommend]
        impl<T: Element, $($axis: Extent, const $len: usize,)+ Kept: Storage> PartialEq<$nested>
            for Tensor<T, ($($axis,)+), Kept>
        {
            fn eq(&self, other: &$nested) -> bool {
                // `from_shape` is called only if the lengths are the same, so it does not fail.
                let same = self.shape().lengths() == [$($len),+];
                same && TensorView::from_shape(self.shape(), other.flat()).is_ok_and(|x| *self == x)
            }
        }
    )*};
}
equality! {
    (A N), [T; N], "[1, 2]";
    (A M, B N), [[T; N]; M], "[[1, 2, 3], [4, 5, 6]]";
    (A L, B M, C N), [[[T; N]; M]; L], "[[[1, 2]], [[3, 4]], [[5, 6]]]";
    (A K, B L, C M, D N), [[[[T; N]; M]; L]; K], "[[[[1, 2, 3]]], [[[4, 5, 6]]]]";
}

macro_rules! vectors {
    ($($elements:ty, $value:literal;)*) => {$(
        /// Equality of a one-axis tensor with a slice or a `Vec`. A slice or a `Vec` of another
        /// length is not equal to the tensor.
        ///
        /// ```
        /// use shapewright::tensor;
        #[doc = concat!("assert_eq!(tensor![1, 2], ", $value, ");")]
        /// ```
        // Without this attribute the compiler would mention this impl in its error for two tensors
        // that cannot be compared.
        #[diagnostic::do_not_recommend]
        impl<T: Element, A: Extent, Kept: Storage> PartialEq<$elements> for Tensor<T, (A,), Kept> {
            fn eq(&self, other: &$elements) -> bool {
                self.iter().eq(other.iter())
            }
        }
    )*};
}
vectors! {
    [T], "[1, 2][..]";
    &[T], "&[1, 2][..]";
}
#[cfg(feature = "alloc")]
vectors! {
    alloc::vec::Vec<T>, "vec![1, 2]";
}
