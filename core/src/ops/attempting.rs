//! Evaluation of computations that may fail, such as an inverse: into a new array, a new tensor, or
//! an existing tensor.

use core::mem::MaybeUninit;

use crate::agreement;
use crate::element::Element;
use crate::expr::{Attempt, Attempting, Attempts, Fills, evaluate};
use crate::memory::Dest;
use crate::shape::{Shape, StaticShape};
#[cfg(not(feature = "alloc"))]
use crate::storage::OnHeap;
use crate::storage::{Storage, StorageMut};
use crate::tensor::{Array, Tensor};

impl<X: Attempts> Attempt<X> {
    /// Computes every element into a new inline array. Needs no allocator.
    ///
    /// # Errors
    /// As documented on the method that made this [`Attempt`].
    ///
    /// ```
    /// use shapewright::{array, prelude::*};
    /// assert_eq!(array![[4.0f32]].inv().to_array(), Ok(array![[0.25]]));
    /// ```
    #[inline]
    pub fn to_array(&self) -> Result<Array<X::Elem, X::Shape>, X::Error>
    where
        X::Shape: StaticShape,
    {
        let mut done = Ok(());
        // SAFETY: `attempted` writes every element, with zeros if it fails.
        let array = unsafe { Array::write_inline(|slots| done = attempted(&self.0, slots)) };
        done.map(|()| array)
    }

    /// Computes every element into a new tensor on the heap.
    ///
    /// # Errors
    /// As documented on the method that made this [`Attempt`].
    ///
    /// ```
    /// use shapewright::{prelude::*, tensor};
    /// assert_eq!(tensor![[4.0f32]].inv().to_tensor(), Ok(tensor![[0.25]]));
    /// ```
    #[cfg(feature = "alloc")]
    #[inline]
    #[track_caller]
    pub fn to_tensor(&self) -> Result<Tensor<X::Elem, X::Shape>, X::Error> {
        let shape = self.0.shape();
        agreement::allocated::<X::Elem, _>(shape);
        let mut done = Ok(());
        // SAFETY: `attempted` writes every element, with zeros if it fails.
        let tensor = unsafe { Tensor::write_heap(shape, |slots| done = attempted(&self.0, slots)) };
        done.map(|()| tensor)
    }
}

#[cfg(not(feature = "alloc"))]
impl<X: Attempts> Attempt<X> {
    /// Needs the feature `alloc`: without it a call does not compile, and the error suggests
    /// [`to_array`](Self::to_array).
    ///
    /// # Errors
    /// None, because it cannot be called.
    pub fn to_tensor(&self) -> Result<Tensor<X::Elem, X::Shape>, X::Error>
    where
        X::Shape: OnHeap,
    {
        X::Shape::refused()
    }
}

/// Computes every element into `slots`. If that fails, fills `slots` with zeros, so that they are
/// initialised, and returns the error.
#[cfg_attr(not(unoptimised), inline(always))]
fn attempted<X: Attempts>(attempt: &X, slots: &mut [MaybeUninit<X::Elem>]) -> Result<(), X::Error> {
    let done = evaluate(Attempting { attempt, dest: Dest::dense(slots, attempt.shape()) });
    if done.is_err() {
        slots.fill(MaybeUninit::new(X::Elem::ZERO));
    }
    done
}

impl<T: Element, S: Shape, B: Storage> Tensor<T, S, B> {
    /// Computes an [`Attempt`] into this tensor, as [`assign`](Self::assign) does with an
    /// expression. If the computation fails, this tensor keeps its elements.
    ///
    /// # Errors
    /// As documented on the method that made this [`Attempt`].
    ///
    /// # Panics
    /// If a length is known only at run time and differs between the result and this tensor.
    ///
    /// ```
    /// use shapewright::{SingularMatrix, array, prelude::*};
    /// let mut out = array![0.0; 2, 2];
    /// out.try_assign(array![[4.0, 0.0], [0.0, 2.0]].inv())?;
    /// assert_eq!(out, array![[0.25, 0.0], [0.0, 0.5]]);
    /// assert!(out.try_assign(array![[4.0, 0.0], [0.0, 0.0]].inv()).is_err());
    /// assert_eq!(out[[1, 1]], 0.5);
    /// # Ok::<(), SingularMatrix>(())
    /// ```
    #[inline]
    #[track_caller]
    pub fn try_assign<X: Attempts<Elem = T, Shape = Of>, Of: Fills<S>>(
        &mut self,
        value: Attempt<X>,
    ) -> Result<(), X::Error>
    where
        B: StorageMut,
    {
        agreement::receive(value.0.shape(), self.shape());
        // SAFETY: by `Of: Fills<S>`, `Of` is the shape of `self`, and `receive` has compared the
        // run-time lengths. `StorageMut` promises memory for every element of `self`, which is
        // borrowed exclusively.
        let dest = unsafe { Dest::<_, Of, B::Layout>::new(self.strided_mut()) };
        evaluate(Attempting { attempt: &value.0, dest })
    }
}
