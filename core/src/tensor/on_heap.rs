//! Making tensors on the heap: from a value, a function, nested arrays, slices, `Vec`s and
//! iterators.

use core::mem::MaybeUninit;

use super::create::{fill, shape_of};
use super::{Array, Create, Tensor};
use crate::element::{Element, Numeric};
use crate::error::ShapeError;
use crate::shape::{FromCount, IndexedBy, NestedArray, Shape, StaticShape, element_count};
use crate::storage::{Heap, HeapBuffer};
use crate::verify;

impl<T: Element, S: Shape> Tensor<T, S> {
    /// Makes a tensor by calling `write` with the slots of its elements on the heap, in row-major
    /// order.
    ///
    /// # Safety
    /// When `write` returns, it has written every slot.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) unsafe fn write_heap(shape: S, write: impl FnOnce(&mut [MaybeUninit<T>])) -> Self {
        let mut buffer = HeapBuffer::uninit(element_count(shape));
        write(buffer.as_mut_slice());
        // SAFETY: the caller promises that `write` has written every slot.
        Tensor { buffer: unsafe { buffer.assume_init() }, shape }
    }
}

impl<T: Element, S: Shape> Tensor<T, S> {
    /// A tensor in which every element is `value`.
    #[inline]
    pub(crate) fn filled(shape: S, value: T) -> Self {
        // SAFETY: `fill` writes every slot.
        unsafe { Tensor::write_heap(shape, |slots| slots.fill(MaybeUninit::new(value))) }
    }

    /// A tensor with a copy of `elements`, whose number is that of `shape`.
    #[inline]
    pub(super) fn copied(shape: S, elements: &[T]) -> Self {
        assert!(
            elements.len() == element_count(shape),
            "a tensor has as many elements as its shape"
        );
        let copy = |slots: &mut [MaybeUninit<T>]| {
            for (slot, &x) in slots.iter_mut().zip(elements) {
                slot.write(x);
            }
        };
        // SAFETY: `elements` is as long as the slots, so `copy` writes every slot.
        unsafe { Tensor::write_heap(shape, copy) }
    }
}

impl<T: Element, S: StaticShape> Create for Tensor<T, S, Heap> {
    type Elem = T;
    type Shape = S;
    #[inline]
    fn from_fn_any_rank(value: impl FnMut(S::Lengths) -> T) -> Self {
        // SAFETY: `fill` writes every slot.
        unsafe { Tensor::write_heap(S::VALUE, |slots| fill(slots, S::VALUE, value)) }
    }
    #[inline]
    fn zeros() -> Self {
        Tensor { buffer: HeapBuffer::zeroed(const { S::LEN }), shape: S::VALUE }
    }
    #[inline]
    fn full(value: T) -> Self {
        Self::filled(S::VALUE, value)
    }
}

/// Making a tensor on the heap. The elements are written to the heap one by one. Only those of
/// nested arrays pass through the stack.
impl<T: Element, S: Shape> Tensor<T, S> {
    /// A tensor in which every element is 0, or `false`. If the system provides zeroed memory, the
    /// memory is not touched.
    ///
    /// ```
    /// use shapewright::{Tensor, shape, tensor};
    /// assert_eq!(Tensor::<f32, shape![2]>::zeros(), tensor![0.0, 0.0]);
    /// ```
    pub fn zeros() -> Self
    where
        S: StaticShape,
    {
        const { verify::counted::<S>() };
        <Self as Create>::zeros()
    }

    /// A tensor in which every element is 1.
    ///
    /// ```
    /// use shapewright::{Tensor, shape, tensor};
    /// assert_eq!(Tensor::<i32, shape![2]>::ones(), tensor![1, 1]);
    /// ```
    pub fn ones() -> Self
    where
        T: Numeric,
        S: StaticShape,
    {
        const { verify::counted::<S>() };
        <Self as Create>::ones()
    }

    /// A tensor in which every element is `value`.
    ///
    /// ```
    /// use shapewright::{Tensor, shape, tensor};
    /// assert_eq!(Tensor::<f32, shape![3]>::full(2.5), tensor![2.5, 2.5, 2.5]);
    /// ```
    #[doc(alias("from_elem", "from_element"))]
    pub fn full(value: T) -> Self
    where
        S: StaticShape,
    {
        const { verify::counted::<S>() };
        <Self as Create>::full(value)
    }

    /// A tensor with the elements `value(index)`, computed in row-major order. Code that is generic
    /// over the whole shape calls [`from_fn_of`](Self::from_fn_of) with `S::VALUE`.
    ///
    /// ```
    /// use shapewright::{Tensor, shape, tensor};
    /// let x = Tensor::<usize, shape![2, 3]>::from_fn(|[i, j]| 10 * i + j);
    /// assert_eq!(x, tensor![[0, 1, 2], [10, 11, 12]]);
    /// ```
    ///
    /// NumPy's `arange`, `linspace` and `eye` are functions of the index:
    ///
    /// ```
    /// use shapewright::{Tensor, shape, tensor};
    /// let arange = Tensor::<i32, shape![3]>::from_fn(|[i]| i as i32);
    /// let linspace = Tensor::<f64, shape![5]>::from_fn(|[i]| i as f64 / 4.0);
    /// let eye = Tensor::<f64, shape![2, 2]>::from_fn(|[i, j]| f64::from(i == j));
    /// assert_eq!(arange, tensor![0, 1, 2]);
    /// assert_eq!(linspace, tensor![0.0, 0.25, 0.5, 0.75, 1.0]);
    /// assert_eq!(eye, tensor![[1.0, 0.0], [0.0, 1.0]]);
    /// ```
    #[doc(alias("from_shape_fn", "fromfunction", "arange", "linspace", "eye", "identity"))]
    pub fn from_fn<const RANK: usize>(value: impl FnMut([usize; RANK]) -> T) -> Self
    where
        S: StaticShape + IndexedBy<RANK>,
    {
        const { verify::counted::<S>() };
        <Self as Create>::from_fn_any_rank(value)
    }

    /// A tensor with the elements of nested arrays: `[[T; 3]; 2]` for the shape `(2, 3)`.
    /// [`tensor!`](crate::tensor!) infers the shape, too.
    ///
    /// ```
    /// use shapewright::{Tensor, shape, tensor};
    /// let x: Tensor<f32, shape![2, 2]> = Tensor::from_nested([[1.0, 2.0], [3.0, 4.0]]);
    /// assert_eq!(x, tensor![[1.0, 2.0], [3.0, 4.0]]);
    /// ```
    #[doc(alias("arr1", "arr2", "arr3", "asarray"))]
    pub fn from_nested<A: NestedArray<T, S>>(elements: A) -> Self
    where
        S: StaticShape,
    {
        const { verify::counted::<S>() };
        let elements = Array::<T, S>::new(elements);
        Self::copied(S::VALUE, elements.as_slice())
    }

    /// A tensor with a copy of `elements`, which are in row-major order. If the shape has one
    /// run-time length, this length follows from the number of elements. For a shape with several,
    /// call [`from_shape_slice`](Self::from_shape_slice) with the shape as a value.
    ///
    /// # Errors
    /// If the shape cannot have this number of elements.
    ///
    /// ```
    /// use shapewright::{Tensor, shape, tensor};
    /// assert_eq!(Tensor::<i32, shape![2, 2]>::from_slice(&[1, 2, 3, 4])?, tensor![[1, 2], [3, 4]]);
    /// let error = Tensor::<i32, shape![2, 2]>::from_slice(&[1, 2, 3]).unwrap_err();
    /// assert!(error.to_string().contains("(2, 2)"));
    /// # Ok::<(), shapewright::ShapeError>(())
    /// ```
    #[doc(alias("from_row_slice"))]
    pub fn from_slice(elements: &[T]) -> Result<Self, ShapeError>
    where
        S: FromCount,
    {
        const { verify::counted::<S>() };
        Self::from_shape_slice(shape_of(elements.len())?, elements)
    }

    /// A tensor of the elements of an iterator, in row-major order. The iterator is run to its end.
    /// If the shape has one run-time length, this length follows from the number of elements. A
    /// tensor whose first axis is a run-time length and whose rows have a static length can be
    /// collected by `.collect()` as well.
    ///
    /// # Errors
    /// If the shape cannot have this number of elements.
    ///
    /// ```
    /// use shapewright::{Tensor, shape};
    /// let x = Tensor::<i32, shape![?, 2]>::try_from_iter(1..=6)?;
    /// assert_eq!(x, [[1, 2], [3, 4], [5, 6]]);
    /// let error = Tensor::<i32, shape![2, 2]>::try_from_iter(1..=6).unwrap_err();
    /// assert_eq!(error.to_string(), "wrong number of elements: shape (2, 2) holds 4 elements, found 6");
    /// # Ok::<(), shapewright::ShapeError>(())
    /// ```
    #[doc(alias("fromiter", "from_iter", "collect", "from_row_iterator"))]
    pub fn try_from_iter(elements: impl IntoIterator<Item = T>) -> Result<Self, ShapeError>
    where
        S: FromCount,
    {
        let mut rest = elements.into_iter();
        let Some(len) = S::STATIC_LEN else {
            return Self::from_vec(rest.collect());
        };
        // The shape has `len` elements, so no more are kept, whatever the iterator's size hint says
        // and however many elements it returns. The others are only counted.
        let kept: alloc::vec::Vec<T> = rest.by_ref().take(len).collect();
        let found = kept.len() + if kept.len() == len { rest.count() } else { 0 };
        Self::from_shape_vec(shape_of(found)?, kept)
    }

    /// A tensor of the elements of a `Vec`, which are in row-major order. They are copied, into
    /// memory that is aligned to 64 bytes. If the shape has one run-time length, this length
    /// follows from the number of elements. For a shape with several, call
    /// [`from_shape_vec`](Self::from_shape_vec) with the shape as a value.
    ///
    /// # Errors
    /// If the shape cannot have this number of elements.
    ///
    /// ```
    /// use shapewright::{Tensor, shape, tensor};
    /// assert_eq!(Tensor::<i32, shape![3]>::from_vec(vec![1, 2, 3])?, tensor![1, 2, 3]);
    /// assert_eq!(Tensor::<i32, shape![?, 2]>::from_vec(vec![1, 2, 3, 4])?[[1, 0]], 3);
    /// let error = Tensor::<i32, shape![?, 2]>::from_vec(vec![1, 2, 3]).unwrap_err();
    /// assert_eq!(error.to_string(), "wrong number of elements: shape (?, 2) holds a multiple of 2, found 3");
    /// # Ok::<(), shapewright::ShapeError>(())
    /// ```
    pub fn from_vec(elements: alloc::vec::Vec<T>) -> Result<Self, ShapeError>
    where
        S: FromCount,
    {
        Self::from_slice(&elements)
    }
}
