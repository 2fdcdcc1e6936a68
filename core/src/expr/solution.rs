//! The node of the solution of a system of linear equations.

use super::attempt::{Attempts, LensOf, Working, fill, give, room, with_room};
use super::sealed::Sealed;
use super::square::SquareMatrix;
use super::{Expr, dense_scratch};
use crate::agreement;
use crate::broadcast::SolvedBy;
use crate::error::SingularMatrix;
use crate::kernels::solve::solve;
use crate::memory::Dest;
use crate::run::level::Work;
use crate::run::scratch::{Scratch, ScratchBytes, plus};
use crate::shape::{Instance, Shape, SquareShape, element_count};

/// The `x` with `matrix @ x == rhs`, where `rhs` has as many rows as `matrix`.
#[derive(Clone, Copy, Debug)]
pub struct Solution<A, B> {
    matrix: SquareMatrix<A>,
    rhs: B,
}
impl<A: Expr, B: Expr> Solution<A, B> {
    /// # Panics
    /// If the matrix has run-time lengths and is not square, or if a number of rows is known only
    /// at run time and the right-hand side does not have as many rows as the matrix.
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    pub(crate) fn new(matrix: A, rhs: B) -> Self
    where
        A::Shape: SquareShape,
        B::Shape: SolvedBy<<A::Shape as SquareShape>::Axis, A::Shape>,
    {
        let matrix = SquareMatrix::new(matrix);
        agreement::solve(matrix.shape(), rhs.shape());
        Self { matrix, rhs }
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
    const SCRATCH: ScratchBytes = plus(
        SquareMatrix::<A>::SCRATCH,
        plus(dense_scratch::<B>(), room::<B::Shape, Working<A::Elem>>()),
    );
    const WORK: Work = A::WORK.and(B::WORK);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn attempt<I: Instance, L>(
        &self,
        dest: Dest<'_, A::Elem, B::Shape, L>,
        scratch: &Scratch<'_>,
    ) -> Result<(), SingularMatrix> {
        let shape = self.rhs.shape();
        let columns = if B::Shape::RANK == 1 { 1 } else { shape.lengths().as_ref()[1] };
        self.matrix.with_elements::<I, _>(
            scratch,
            #[cfg_attr(not(unoptimised), inline(always))]
            |a, n| {
                with_room::<B::Shape, Working<A::Elem>, _>(
                    element_count(shape),
                    scratch,
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |b| {
                        fill::<I, _>(&self.rhs, b, scratch);
                        let b = b.as_mut_ptr().cast();
                        // SAFETY: `a` points to `n * n` elements. `fill` has written every element
                        // of `b`, which are `n` rows of `columns` elements, as `new` has checked.
                        // Nothing else uses `a` and `b` during this call, and `dest` has the shape
                        // of the right-hand side.
                        unsafe {
                            solve::<_, LensOf<A::Shape, B::Shape>>(a, b, n, columns)
                                .map_err(SingularMatrix::without_pivot)?;
                            give(b, dest, shape);
                        }
                        Ok(())
                    },
                )
            },
        )
    }
}
