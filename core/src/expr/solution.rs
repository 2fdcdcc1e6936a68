//! The solution of a system of linear equations.

use super::attempt::{Attempts, LensOf, Working, fill, give, room, with_room};
use super::sealed::Sealed;
use super::{Expr, dense_scratch};
use crate::error::SingularMatrix;
use crate::kernels::solve::solve;
use crate::memory::Dest;
use crate::run::level::Count;
use crate::run::scratch::{Bytes, Scratch, most, plus};
use crate::shape::{Instance, Shape, element_count};

/// What times `matrix`, of `rows` rows and as many columns, is `rhs`, of as many rows.
#[derive(Clone, Copy, Debug)]
pub struct Solution<A, B> {
    matrix: A,
    rhs: B,
    rows: usize,
}
impl<A: Expr, B: Expr> Solution<A, B> {
    /// # Safety
    /// The matrix has so many rows, and as many columns, and the right-hand side, of one axis or two,
    /// has as many rows.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) unsafe fn new(matrix: A, rhs: B, rows: usize) -> Self {
        Self { matrix, rhs, rows }
    }
}

impl<A, B> Sealed for Solution<A, B> {}
impl<A: Expr, B: Expr<Elem = A::Elem>> Attempts for Solution<A, B> {
    type Elem = A::Elem;
    type Shape = B::Shape;
    type Error = SingularMatrix;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape(&self) -> B::Shape {
        self.rhs.shape()
    }
    const SCRATCH: Bytes = plus(
        plus(dense_scratch::<A>(), dense_scratch::<B>()),
        plus(room::<A::Shape, Working<A::Elem>>(), room::<B::Shape, Working<A::Elem>>()),
    );
    const WORK: Count = most(A::WORK, B::WORK);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn attempt<I: Instance, L>(
        &self,
        dest: Dest<'_, A::Elem, B::Shape, L>,
        scratch: &Scratch<'_>,
    ) -> Result<(), SingularMatrix> {
        let (n, len) = (self.rows, element_count(self.rhs.shape()));
        let columns = if B::Shape::RANK == 1 { 1 } else { self.rhs.shape().lengths().as_ref()[1] };
        with_room::<A::Shape, Working<A::Elem>, _>(
            n * n,
            scratch,
            #[cfg_attr(not(unoptimised), inline(always))]
            |a| {
                with_room::<B::Shape, Working<A::Elem>, _>(
                    len,
                    scratch,
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |b| {
                        fill::<I, _>(&self.matrix, a, scratch);
                        fill::<I, _>(&self.rhs, b, scratch);
                        let (a, b) = (a.as_mut_ptr().cast(), b.as_mut_ptr().cast());
                        // SAFETY: what `new` was promised: there are `n * n` elements and `n` rows, which
                        // have been written, and the destination has as many as the right-hand side.
                        unsafe {
                            solve::<_, LensOf<A::Shape, B::Shape>>(a, b, n, columns)
                                .map_err(SingularMatrix::without_pivot)?;
                            give(b, dest, self.rhs.shape());
                        }
                        Ok(())
                    },
                )
            },
        )
    }
}
