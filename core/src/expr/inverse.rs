//! The inverse of a square matrix.

use core::mem::MaybeUninit;

use super::attempt::{Attempts, LensOf, Working, fill, give, room, with_room};
use super::sealed::Sealed;
use super::{Expr, dense_scratch};
use crate::element::Numeric;
use crate::error::SingularMatrix;
use crate::kernels::solve::solve;
use crate::memory::Dest;
use crate::run::level::Count;
use crate::run::scratch::{Bytes, Scratch, plus};
use crate::shape::Instance;

/// The inverse of `matrix`, of `rows` rows, and as many columns.
#[derive(Clone, Copy, Debug)]
pub struct Inverse<E> {
    matrix: E,
    rows: usize,
}
impl<E: Expr> Inverse<E> {
    /// # Safety
    /// The matrix has so many rows, and as many columns.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) unsafe fn new(matrix: E, rows: usize) -> Self {
        Self { matrix, rows }
    }
}

impl<E> Sealed for Inverse<E> {}
impl<E: Expr> Attempts for Inverse<E> {
    type Elem = E::Elem;
    type Shape = E::Shape;
    type Error = SingularMatrix;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape(&self) -> E::Shape {
        self.matrix.shape()
    }
    const SCRATCH: Bytes = {
        let room = room::<E::Shape, Working<E::Elem>>();
        plus(dense_scratch::<E>(), plus(room, room))
    };
    const WORK: Count = E::WORK;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn attempt<I: Instance, L>(
        &self,
        dest: Dest<'_, E::Elem, E::Shape, L>,
        scratch: &Scratch<'_>,
    ) -> Result<(), SingularMatrix> {
        let (n, len) = (self.rows, self.rows * self.rows);
        with_room::<E::Shape, Working<E::Elem>, _>(
            len,
            scratch,
            #[cfg_attr(not(unoptimised), inline(always))]
            |a| {
                with_room::<E::Shape, Working<E::Elem>, _>(
                    len,
                    scratch,
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |b| {
                        fill::<I, _>(&self.matrix, a, scratch);
                        identity(b, n);
                        let (a, b) = (a.as_mut_ptr().cast(), b.as_mut_ptr().cast());
                        // SAFETY: what `new` was promised: both have `n * n` elements, which have been
                        // written, and the destination has as many.
                        unsafe {
                            solve::<_, LensOf<E::Shape, E::Shape>>(a, b, n, n)
                                .map_err(SingularMatrix::without_pivot)?;
                            give(b, dest, self.matrix.shape());
                        }
                        Ok(())
                    },
                )
            },
        )
    }
}

/// Writes ones to the diagonal of `n` rows and columns, and zeros to the others.
#[cfg_attr(not(unoptimised), inline(always))]
fn identity<T: Numeric>(places: &mut [MaybeUninit<T>], n: usize) {
    for (k, place) in places.iter_mut().enumerate() {
        place.write(if k % (n + 1) == 0 { T::ONE } else { T::ZERO });
    }
}
