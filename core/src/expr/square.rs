//! A square matrix as the operand of a computation that overwrites the elements, and therefore gets
//! a copy of them.

use super::attempt::{Working, fill, room, with_room};
use super::{Expr, dense_scratch};
use crate::agreement;
use crate::run::scratch::{Scratch, ScratchBytes, plus};
use crate::shape::{Instance, SquareShape};

/// `matrix`, which has `rows` rows and as many columns.
#[derive(Clone, Copy, Debug)]
pub struct SquareMatrix<E> {
    matrix: E,
    rows: usize,
}
impl<E: Expr> SquareMatrix<E> {
    /// Takes a matrix whose two axes have the same type.
    ///
    /// # Panics
    /// If the two lengths are known at run time and are not equal.
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    pub(super) fn new(matrix: E) -> Self
    where
        E::Shape: SquareShape,
    {
        let rows = agreement::square(matrix.shape());
        Self { matrix, rows }
    }

    /// The scratch memory that [`with_elements`](Self::with_elements) needs.
    pub(super) const SCRATCH: ScratchBytes =
        plus(dense_scratch::<E>(), room::<E::Shape, Working<E::Elem>>());

    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn shape(&self) -> E::Shape {
        self.matrix.shape()
    }

    /// Calls `body` with a copy of the elements in row-major order, and with the number of rows.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn with_elements<I: Instance, R>(
        &self,
        scratch: &Scratch<'_>,
        body: impl FnOnce(*mut Working<E::Elem>, usize) -> R,
    ) -> R {
        with_room::<E::Shape, Working<E::Elem>, _>(
            self.rows * self.rows,
            scratch,
            #[cfg_attr(not(unoptimised), inline(always))]
            |a| {
                fill::<I, _>(&self.matrix, a, scratch);
                body(a.as_mut_ptr().cast(), self.rows)
            },
        )
    }
}
