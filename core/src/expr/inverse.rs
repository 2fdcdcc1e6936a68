//! The node of the inverse of a square matrix.

use core::mem::MaybeUninit;

use super::Expr;
use super::attempt::{Attempts, LensOf, Working, give, room, with_room};
use super::sealed::Sealed;
use super::square::SquareMatrix;
use crate::element::Numeric;
use crate::error::SingularMatrix;
use crate::kernels::solve::solve;
use crate::memory::Dest;
use crate::run::level::Work;
use crate::run::scratch::{Scratch, ScratchBytes, plus};
use crate::shape::{Instance, SquareShape};

/// The inverse of the operand, which is a square matrix.
#[derive(Clone, Copy, Debug)]
pub struct Inverse<E>(SquareMatrix<E>);
impl<E: Expr> Inverse<E> {
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

impl<E> Sealed for Inverse<E> {}
impl<E: Expr> Attempts for Inverse<E> {
    type Elem = E::Elem;
    type Shape = E::Shape;
    type Error = SingularMatrix;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape(&self) -> E::Shape {
        self.0.shape()
    }
    const SCRATCH: ScratchBytes =
        plus(SquareMatrix::<E>::SCRATCH, room::<E::Shape, Working<E::Elem>>());
    const WORK: Work = E::WORK;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn attempt<I: Instance, L>(
        &self,
        dest: Dest<'_, E::Elem, E::Shape, L>,
        scratch: &Scratch<'_>,
    ) -> Result<(), SingularMatrix> {
        self.0.with_elements::<I, _>(
            scratch,
            #[cfg_attr(not(unoptimised), inline(always))]
            |a, n| {
                with_room::<E::Shape, Working<E::Elem>, _>(
                    n * n,
                    scratch,
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |b| {
                        identity(b, n);
                        let b = b.as_mut_ptr().cast();
                        // SAFETY: `a` and `b` point to `n * n` initialised elements each, which
                        // nothing else uses during this call, and `dest` has the shape of the
                        // matrix.
                        unsafe {
                            solve::<_, LensOf<E::Shape, E::Shape>>(a, b, n, n)
                                .map_err(SingularMatrix::without_pivot)?;
                            give(b, dest, self.0.shape());
                        }
                        Ok(())
                    },
                )
            },
        )
    }
}

/// Writes the identity matrix of `n` rows to `places`, in row-major order.
#[cfg_attr(not(unoptimised), inline(always))]
fn identity<T: Numeric>(places: &mut [MaybeUninit<T>], n: usize) {
    for (k, place) in places.iter_mut().enumerate() {
        place.write(if k % (n + 1) == 0 { T::ONE } else { T::ZERO });
    }
}
