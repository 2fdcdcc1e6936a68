//! The Cholesky factor of a positive definite matrix.

use super::attempt::{Attempts, LensOf, Working, fill, give, room, with_room};
use super::sealed::Sealed;
use super::{Expr, dense_scratch};
use crate::error::NotPositiveDefinite;
use crate::kernels::solve::cholesky;
use crate::memory::Dest;
use crate::run::level::Count;
use crate::run::scratch::{Bytes, Scratch, plus};
use crate::shape::Instance;

/// The lower triangle that times its transpose is `matrix`, of `rows` rows, and as many columns.
#[derive(Clone, Copy, Debug)]
pub struct Cholesky<E> {
    matrix: E,
    rows: usize,
}
impl<E: Expr> Cholesky<E> {
    /// # Safety
    /// The matrix has so many rows, and as many columns.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) unsafe fn new(matrix: E, rows: usize) -> Self {
        Self { matrix, rows }
    }
}

impl<E> Sealed for Cholesky<E> {}
impl<E: Expr> Attempts for Cholesky<E> {
    type Elem = E::Elem;
    type Shape = E::Shape;
    type Error = NotPositiveDefinite;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape(&self) -> E::Shape {
        self.matrix.shape()
    }
    const SCRATCH: Bytes = plus(dense_scratch::<E>(), room::<E::Shape, Working<E::Elem>>());
    const WORK: Count = E::WORK;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn attempt<I: Instance, L>(
        &self,
        dest: Dest<'_, E::Elem, E::Shape, L>,
        scratch: &Scratch<'_>,
    ) -> Result<(), NotPositiveDefinite> {
        let n = self.rows;
        with_room::<E::Shape, Working<E::Elem>, _>(
            n * n,
            scratch,
            #[cfg_attr(not(unoptimised), inline(always))]
            |a| {
                fill::<I, _>(&self.matrix, a, scratch);
                let a = a.as_mut_ptr().cast();
                // SAFETY: what `new` was promised: there are `n * n` elements, which have been written, and
                // the destination has as many.
                unsafe {
                    cholesky::<_, LensOf<E::Shape, E::Shape>>(a, n)
                        .map_err(|k| NotPositiveDefinite::from_order(k + 1))?;
                    give(a, dest, self.matrix.shape());
                }
                Ok(())
            },
        )
    }
}
