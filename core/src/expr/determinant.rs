//! The determinant of a square matrix, which is a number: computed where it is asked for.

use super::attempt::{LensOf, Working, fill, room, with_room};
use super::{Evaluation, Expr, dense_scratch};
use crate::element::StandIn;
use crate::kernels::solve::determinant;
use crate::run::level::Count;
use crate::run::scratch::{Bytes, Needs, Scratch, plus};
use crate::shape::Instance;

/// Computing the determinant of `matrix`, of `rows` rows, and as many columns.
pub(crate) struct Determinant<E> {
    matrix: E,
    rows: usize,
}
impl<E: Expr> Determinant<E> {
    /// # Safety
    /// The matrix has so many rows, and as many columns.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) unsafe fn new(matrix: E, rows: usize) -> Self {
        Self { matrix, rows }
    }
}

impl<E: Expr> Needs for Determinant<E> {
    const BYTES: Bytes = plus(dense_scratch::<E>(), room::<E::Shape, Working<E::Elem>>());
}
impl<E: Expr> Evaluation for Determinant<E> {
    type Output = E::Elem;
    const WORK: Count = E::WORK;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn evaluate<I: Instance>(self, scratch: &Scratch<'_>) -> E::Elem {
        let n = self.rows;
        with_room::<E::Shape, Working<E::Elem>, _>(
            n * n,
            scratch,
            #[cfg_attr(not(unoptimised), inline(always))]
            |a| {
                fill::<I, _>(&self.matrix, a, scratch);
                // SAFETY: what `new` was promised: there are `n * n` elements, which have been written.
                let determinant =
                    unsafe { determinant::<_, LensOf<E::Shape, E::Shape>>(a.as_mut_ptr().cast(), n) };
                E::Elem::of_float(determinant)
            },
        )
    }
}
