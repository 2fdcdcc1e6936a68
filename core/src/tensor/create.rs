//! Making inline arrays of a static shape, and [`Create`], which makes tensors on the heap too
//! (`tensor/on_heap.rs`).
//!
//! The closure of `from_fn` takes `[usize; RANK]` and not `S::Lengths`, because then a pattern
//! `|[i, j]|` needs no type annotation. If the whole shape is a type parameter, the compiler cannot
//! prove `IndexedBy<RANK>`: such code calls `from_fn_of` or `from_fn_any_rank`.

use core::marker::PhantomData;
use core::mem::MaybeUninit;

use super::{Array, Tensor};
use crate::element::{Element, Numeric};
use crate::error::ShapeError;
use crate::shape::{FromCount, IndexedBy, List, ListOf, NestedArray, Shape, StaticShape};
use crate::verify;

/// Making an array of a shape that is known at compile time: the functions that [`Array`] shares
/// with [`Tensor`] on the heap.
///
/// ```
/// use shapewright::{Array, array, prelude::*, shape};
/// assert_eq!(Array::<f32, shape![2]>::ones(), array![1.0, 1.0]);
/// ```
pub trait Create: Sized {
    /// The element type.
    type Elem: Element;
    /// The shape.
    type Shape: StaticShape;

    /// An array of the elements `value(index)`, computed in row-major order.
    ///
    /// ```
    /// use shapewright::{Array, array, prelude::*, shape};
    /// let x = Array::<usize, shape![2, 3]>::from_fn(|[i, j]| 10 * i + j);
    /// assert_eq!(x, array![[0, 1, 2], [10, 11, 12]]);
    /// ```
    #[doc(alias("from_shape_fn", "fromfunction", "arange", "linspace", "eye", "identity"))]
    #[inline]
    fn from_fn<const RANK: usize>(value: impl FnMut([usize; RANK]) -> Self::Elem) -> Self
    where
        Self::Shape: IndexedBy<RANK>,
    {
        Self::from_fn_any_rank(value)
    }

    /// As [`from_fn`](Self::from_fn), for code that is generic over the whole shape:
    /// `index.as_ref()` is the index as a slice.
    ///
    /// ```
    /// use shapewright::{Array, StaticShape, array, prelude::*, shape};
    /// fn distances<S: StaticShape>() -> Array<usize, S> {
    ///     Array::<usize, S>::from_fn_any_rank(|index| index.as_ref().iter().sum())
    /// }
    /// assert_eq!(distances::<shape![2, 3]>(), array![[0, 1, 2], [1, 2, 3]]);
    /// ```
    #[doc(alias("from_shape_fn", "fromfunction"))]
    fn from_fn_any_rank(value: impl FnMut(<Self::Shape as Shape>::Lengths) -> Self::Elem) -> Self;

    /// An array in which every element is `value`.
    ///
    /// ```
    /// use shapewright::{Array, array, prelude::*, shape};
    /// assert_eq!(Array::<f32, shape![3]>::full(2.5), array![2.5, 2.5, 2.5]);
    /// ```
    #[doc(alias("from_elem", "from_element"))]
    #[inline]
    fn full(value: Self::Elem) -> Self {
        Self::from_fn_any_rank(|_| value)
    }

    /// An array in which every element is 0, or `false`.
    ///
    /// ```
    /// use shapewright::{Array, array, prelude::*, shape};
    /// assert_eq!(Array::<f32, shape![2]>::zeros(), array![0.0, 0.0]);
    /// ```
    #[inline]
    fn zeros() -> Self {
        Self::full(Self::Elem::ZERO)
    }

    /// An array in which every element is 1.
    ///
    /// ```
    /// use shapewright::{Array, array, prelude::*, shape};
    /// assert_eq!(Array::<i32, shape![2]>::ones(), array![1, 1]);
    /// ```
    #[inline]
    fn ones() -> Self
    where
        Self::Elem: Numeric,
    {
        Self::full(Self::Elem::ONE)
    }

    /// An array with a copy of `elements`, which are in row-major order.
    ///
    /// # Errors
    /// If the number of elements is not that of the shape.
    ///
    /// ```
    /// use shapewright::{Array, array, prelude::*, shape};
    /// assert_eq!(Array::<i32, shape![2, 2]>::from_slice(&[1, 2, 3, 4])?, array![[1, 2], [3, 4]]);
    /// assert!(Array::<i32, shape![2, 2]>::from_slice(&[1, 2, 3]).is_err());
    /// # Ok::<(), shapewright::ShapeError>(())
    /// ```
    #[doc(alias("from_row_slice"))]
    #[inline]
    fn from_slice(elements: &[Self::Elem]) -> Result<Self, ShapeError> {
        shape_of::<Self::Shape>(elements.len())?;
        let mut rest = elements.iter();
        Ok(Self::from_fn_any_rank(|_| rest.next().copied().unwrap_or(Self::Elem::ZERO)))
    }

    /// An array of the elements of an iterator, in row-major order. The iterator has to return as
    /// many elements as the shape has, and is run to its end.
    ///
    /// # Errors
    /// If the number of elements is not that of the shape.
    ///
    /// ```
    /// use shapewright::{Array, array, prelude::*, shape};
    /// let x = Array::<i32, shape![2, 2]>::try_from_iter((1..).take(4))?;
    /// assert_eq!(x, array![[1, 2], [3, 4]]);
    /// assert!(Array::<i32, shape![2, 2]>::try_from_iter(1..4).is_err());
    /// # Ok::<(), shapewright::ShapeError>(())
    /// ```
    #[doc(alias("fromiter", "from_iter", "collect", "from_row_iterator"))]
    fn try_from_iter(elements: impl IntoIterator<Item = Self::Elem>) -> Result<Self, ShapeError> {
        let mut rest = elements.into_iter().fuse();
        let mut found = 0;
        let filled = Self::from_fn_any_rank(|_| match rest.next() {
            Some(element) => {
                found += 1;
                element
            }
            None => Self::Elem::ZERO,
        });
        shape_of::<Self::Shape>(found + rest.count())?;
        Ok(filled)
    }
}

/// The shape `S` of `found` elements, or an error if `S` cannot have this number of elements.
pub(super) fn shape_of<S: FromCount>(found: usize) -> Result<S, ShapeError> {
    S::from_count(found).ok_or_else(
        #[cold]
        || ShapeError::count_of::<S>(found),
    )
}

/// Writes `value(index)` to `slots` for every index of `shape`, in row-major order.
#[inline]
pub(super) fn fill<T: Element, S: Shape>(
    slots: &mut [MaybeUninit<T>],
    shape: S,
    mut value: impl FnMut(S::Lengths) -> T,
) {
    let lengths = shape.lengths();
    let mut index = S::FIRST;
    for slot in slots {
        slot.write(value(index));
        for axis in (0..S::RANK).rev() {
            index.as_mut()[axis] += 1;
            if index.as_ref()[axis] < lengths.as_ref()[axis] {
                break;
            }
            index.as_mut()[axis] = 0;
        }
    }
}

impl<T: Element, S: StaticShape> Array<T, S> {
    /// An array with the elements of nested arrays: `[[T; 3]; 2]` for the shape `(2, 3)`.
    /// [`array!`](crate::array!) infers the shape, too.
    ///
    /// ```
    /// use shapewright::{Array, shape};
    /// const X: Array<f32, shape![2, 3]> = Array::new([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
    /// assert_eq!(X[[1, 0]], 4.0);
    /// ```
    /// ```compile_fail
    /// # use shapewright::{Array, shape};
    /// const X: Array<f32, shape![2, 3]> = Array::new([[1.0, 2.0], [4.0, 5.0]]);
    /// ```
    #[doc(alias("arr1", "arr2", "arr3"))]
    pub const fn new<A: NestedArray<T, S>>(elements: A) -> Self {
        const { verify::counted::<S>() };
        // SAFETY: the bound `NestedArray<T, S>` says that `A` is the same type as the buffer.
        let buffer =
            unsafe { core::mem::transmute_copy::<A, <ListOf<S> as List>::Array<T>>(&elements) };
        Self::of_buffer(buffer)
    }

    /// An array in which every element is `value`, as by [`full`](Create::full), and usable in
    /// `const` and `static`.
    ///
    /// ```
    /// use shapewright::{Array, array, shape};
    /// static X: Array<f32, shape![2, 2]> = Array::splat(1.5);
    /// assert_eq!(X, array![[1.5, 1.5], [1.5, 1.5]]);
    /// ```
    #[doc(alias("full", "from_elem", "from_element"))]
    pub const fn splat(value: T) -> Self {
        let mut buffer = MaybeUninit::<<ListOf<S> as List>::Array<T>>::uninit();
        let first: *mut T = buffer.as_mut_ptr().cast();
        let mut i = 0;
        while i < S::LEN {
            // SAFETY: `i` is less than `S::LEN`, the number of elements of the nested arrays.
            unsafe { first.add(i).write(value) };
            i += 1;
        }
        // SAFETY: the loop has written every element.
        Self::of_buffer(unsafe { buffer.assume_init() })
    }

    const fn of_buffer(buffer: <ListOf<S> as List>::Array<T>) -> Self {
        Tensor { buffer, shape: PhantomData }
    }

    /// Makes an array by calling `write` with the slots of its elements in row-major order.
    ///
    /// # Safety
    /// When `write` returns, it has written every slot.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) unsafe fn write_inline(write: impl FnOnce(&mut [MaybeUninit<T>])) -> Self {
        let mut buffer = MaybeUninit::<<ListOf<S> as List>::Array<T>>::uninit();
        // SAFETY: the nested arrays in `buffer` have `S::LEN` contiguous elements.
        write(unsafe {
            core::slice::from_raw_parts_mut(buffer.as_mut_ptr().cast(), const { S::LEN })
        });
        // SAFETY: the caller promises that `write` has written every slot.
        Self::of_buffer(unsafe { buffer.assume_init() })
    }
}

impl<T: Element, S: StaticShape> Create for Array<T, S> {
    type Elem = T;
    type Shape = S;
    #[inline]
    fn from_fn_any_rank(value: impl FnMut(S::Lengths) -> T) -> Self {
        // SAFETY: `fill` writes every slot.
        unsafe { Self::write_inline(|slots| fill(slots, S::VALUE, value)) }
    }
}
