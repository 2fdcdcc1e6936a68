//! The evaluation of the determinant of a square matrix. The determinant is a number, so there is
//! no lazy node: the method that returns the number computes it at once.

use super::attempt::LensOf;
use super::square::SquareMatrix;
use super::{Evaluation, Expr};
use crate::element::StandIn;
use crate::kernels::solve::determinant;
use crate::run::level::Work;
use crate::run::scratch::{Scratch, ScratchBytes, ScratchNeeds};
use crate::shape::{Instance, SquareShape};

/// The [`Evaluation`] that computes the determinant of the matrix.
pub(crate) struct Determinant<E>(SquareMatrix<E>);
impl<E: Expr> Determinant<E> {
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

impl<E: Expr> ScratchNeeds for Determinant<E> {
    const BYTES: ScratchBytes = SquareMatrix::<E>::SCRATCH;
}
impl<E: Expr> Evaluation for Determinant<E> {
    type Output = E::Elem;
    const WORK: Work = E::WORK;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn evaluate<I: Instance>(self, scratch: &Scratch<'_>) -> E::Elem {
        self.0.with_elements::<I, _>(
            scratch,
            #[cfg_attr(not(unoptimised), inline(always))]
            |a, n| {
                // SAFETY: `a` points to `n * n` elements, which nothing else uses during this call.
                E::Elem::of_float(unsafe { determinant::<_, LensOf<E::Shape, E::Shape>>(a, n) })
            },
        )
    }
}
