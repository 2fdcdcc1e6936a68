//! The node of the Cholesky factor of a positive definite matrix.

use super::Expr;
use super::attempt::{Attempts, LensOf, give};
use super::sealed::Sealed;
use super::square::SquareMatrix;
use crate::error::NotPositiveDefinite;
use crate::kernels::solve::cholesky;
use crate::memory::Dest;
use crate::run::level::Work;
use crate::run::scratch::{Scratch, ScratchBytes};
use crate::shape::{Instance, SquareShape};

/// The lower triangular matrix `L` for which `L @ L.T` is the operand.
#[derive(Clone, Copy, Debug)]
pub struct Cholesky<E>(SquareMatrix<E>);
impl<E: Expr> Cholesky<E> {
    /// # Panics
    /// If the matrix has run-time lengths and is not square.
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    pub(crate) fn new(matrix: E) -> Self
    where
        E::Shape: SquareShape,
    {
        Self(SquareMatrix::new(matrix))
    }
}

impl<E> Sealed for Cholesky<E> {}
impl<E: Expr> Attempts for Cholesky<E> {
    type Elem = E::Elem;
    type Shape = E::Shape;
    type Error = NotPositiveDefinite;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape(&self) -> E::Shape {
        self.0.shape()
    }
    const SCRATCH: ScratchBytes = SquareMatrix::<E>::SCRATCH;
    const WORK: Work = E::WORK;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn attempt<I: Instance, L>(
        &self,
        dest: Dest<'_, E::Elem, E::Shape, L>,
        scratch: &Scratch<'_>,
    ) -> Result<(), NotPositiveDefinite> {
        self.0.with_elements::<I, _>(
            scratch,
            #[cfg_attr(not(unoptimised), inline(always))]
            |a, n| {
                // SAFETY: `a` points to the copy of the `n * n` elements that `with_elements` has
                // made, which nothing else uses during this call. `dest` has the shape of the
                // matrix.
                unsafe {
                    cholesky::<_, LensOf<E::Shape, E::Shape>>(a, n)
                        .map_err(|k| NotPositiveDefinite::from_order(k + 1))?;
                    give(a, dest, self.0.shape());
                }
                Ok(())
            },
        )
    }
}
