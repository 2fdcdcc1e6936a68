//! The impls and methods that a lazy value lacks because its elements are not computed: those that
//! print it, index it, rename its axes, or return its elements as a slice. Each is declared here
//! with a `where` bound that nothing meets ([`Computed`]), so that the compiler reports with our
//! message that `.to_tensor()` is missing.

use core::fmt;
use core::iter::{Once, once};
use core::ops::Index;

use super::{Lazy, Shaped};
use crate::element::Element;
use crate::error::ShapeError;
use crate::shape::Shape;
use crate::tensor::Tensor;

/// The elements of an expression, of type `T` and in the shape `S`, are in memory. Nothing
/// implements this trait, so the compiler reports its message.
#[diagnostic::on_unimplemented(
    message = "this expression of shape `{S}` is lazy: its elements are not computed yet",
    label = "not computed: `.to_tensor()` goes here",
    note = "`.to_tensor()` computes it, or `.to_array()` without an allocator; the result is printed, indexed, iterated, renamed and taken as a slice; of a rearranged tensor, such as `x.t()`, `.view()` does without a copy",
    note = "more in the docs: `shapewright::lazy_values`"
)]
pub trait Computed<T, S> {
    /// The elements, in row-major order.
    fn elements(&self) -> &[T];
    /// The element at `index`.
    fn element<I>(&self, index: I) -> &T;
    /// Cannot be called, because nothing implements this trait.
    fn refused(&self) -> !;
}

/// A lazy value cannot be printed before it is computed: the compiler asks for `.to_tensor()`.
///
/// ```compile_fail
/// let x = shapewright::tensor![1.0, 2.0];
/// println!("{}", &x * 2.0);
/// ```
impl<E: Shaped + Computed<E::Elem, E::Shape>> fmt::Display for Lazy<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.elements()).finish()
    }
}

/// A lazy value cannot be indexed before it is computed: the compiler asks for `.to_tensor()`.
///
/// ```compile_fail
/// let x = shapewright::tensor![1.0, 2.0];
/// let _ = (&x * 2.0)[[0]];
/// ```
impl<I, E: Shaped + Computed<E::Elem, E::Shape>> Index<I> for Lazy<E> {
    type Output = E::Elem;
    fn index(&self, index: I) -> &E::Elem {
        self.0.element(index)
    }
}

/// Methods that a tensor has, and a lazy value only once it is computed: the compiler asks for
/// `.to_tensor()`. Each method has the `where` bound itself, because for a bound on the whole impl
/// block the compiler reports another message than ours.
#[doc(hidden)]
impl<T: Element, S, E: Shaped<Elem = T, Shape = S>> Lazy<E> {
    pub fn as_slice(&self) -> &[T]
    where
        E: Computed<T, S>,
    {
        self.0.elements()
    }
    pub fn iter(&self) -> core::slice::Iter<'_, T>
    where
        E: Computed<T, S>,
    {
        self.0.elements().iter()
    }
    pub fn get<I>(&self, index: I) -> Option<&T>
    where
        E: Computed<T, S>,
    {
        Some(self.0.element(index))
    }
    pub fn item(&self) -> T
    where
        E: Computed<T, S>,
    {
        self.0.refused()
    }
    pub fn as_bytes(&self) -> &[u8]
    where
        E: Computed<T, S>,
    {
        self.0.refused()
    }
    #[cfg(feature = "alloc")]
    pub fn to_vec(&self) -> alloc::vec::Vec<T>
    where
        E: Computed<T, S>,
    {
        self.0.elements().to_vec()
    }
}

/// Methods that return parts or iterators over parts. Here each returns the lazy value itself as
/// the part, so that the compiler does not report what is called on the part as a second error.
#[doc(hidden)]
impl<T: Element, S, E: Shaped<Elem = T, Shape = S>> Lazy<E> {
    fn part(self) -> Self
    where
        E: Computed<T, S>,
    {
        let _ = self.0.elements();
        self
    }
    pub fn row(self, _: usize) -> Self
    where
        E: Computed<T, S>,
    {
        self.part()
    }
    pub fn column(self, _: usize) -> Self
    where
        E: Computed<T, S>,
    {
        self.part()
    }
    pub fn index_axis<W>(self, _: W, _: usize) -> Self
    where
        E: Computed<T, S>,
    {
        self.part()
    }
    pub fn narrow<W, N>(self, _: W, _: usize, _: N) -> Self
    where
        E: Computed<T, S>,
    {
        self.part()
    }
    pub fn slice_range<W, R>(self, _: W, _: R) -> Self
    where
        E: Computed<T, S>,
    {
        self.part()
    }
    pub fn rows(self) -> Once<Self>
    where
        E: Computed<T, S>,
    {
        once(self.part())
    }
    pub fn axis_iter<W>(self, _: W) -> Once<Self>
    where
        E: Computed<T, S>,
    {
        once(self.part())
    }
    pub fn lanes<W>(self, _: W) -> Once<Self>
    where
        E: Computed<T, S>,
    {
        once(self.part())
    }
    pub fn axis_chunks<W>(self, _: W, _: usize) -> Once<Self>
    where
        E: Computed<T, S>,
    {
        once(self.part())
    }
    pub fn indexed_iter(self) -> Once<Self>
    where
        E: Computed<T, S>,
    {
        once(self.part())
    }
    pub fn len(&self) -> usize
    where
        E: Computed<T, S>,
    {
        self.0.elements().len()
    }
    pub fn is_empty(&self) -> bool
    where
        E: Computed<T, S>,
    {
        self.0.elements().is_empty()
    }
    #[cfg(feature = "alloc")]
    pub fn into_vec(self) -> alloc::vec::Vec<T>
    where
        E: Computed<T, S>,
    {
        self.0.elements().to_vec()
    }
}

/// Methods that return a tensor of another shape, as they do of a tensor, so that the compiler
/// infers that shape and does not report what is called on the result as a second error.
#[doc(hidden)]
impl<T: Element, S, E: Shaped<Elem = T, Shape = S>> Lazy<E> {
    pub fn rename<To: Shape>(self) -> Tensor<T, To>
    where
        E: Computed<T, S>,
    {
        self.0.refused()
    }
    pub fn try_with_shape<To: Shape>(self) -> Result<Tensor<T, To>, ShapeError>
    where
        E: Computed<T, S>,
    {
        self.0.refused()
    }
}
