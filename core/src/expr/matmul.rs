//! The matrix product of two expressions, of which axes before the last two are batches.

use super::sealed::Sealed;
use super::{Dest, Expr, Memory, Shaped, dense, dense_scratch, stored, stored_scratch};
use crate::element::Numeric;
use crate::kernels::level::Count;
use crate::kernels::matmul::product;
use crate::kernels::scratch::{Bytes, Scratch, most, plus};
use crate::kernels::walk::Strides;
use crate::shape::{List, MAX_RANK, Shape, Tuple};
use crate::storage::{Dense, Layout, Whole};

/// `lhs @ rhs`.
#[derive(Clone, Copy, Debug)]
pub struct Product<Lhs, Rhs, S> {
    pub(crate) lhs: Lhs,
    pub(crate) rhs: Rhs,
    pub(crate) shape: S,
}

impl<Lhs, Rhs, S> Sealed for Product<Lhs, Rhs, S> {}
impl<Lhs: Expr<Elem: Numeric>, Rhs: Expr<Elem = Lhs::Elem>, S: Shape> Shaped for Product<Lhs, Rhs, S> {
    type Elem = Lhs::Elem;
    type Shape = S;
    #[inline(always)]
    fn shape(&self) -> S {
        self.shape
    }
}
impl<Lhs: Expr<Elem: Numeric>, Rhs: Expr<Elem = Lhs::Elem>, S: Shape> Expr for Product<Lhs, Rhs, S> {
    type Layout = Whole;
    type Source<'s>
        = Memory<'s, Lhs::Elem, S, Dense>
    where
        Self: 's;
    const WRITE_SCRATCH: Bytes = plus(dense_scratch::<Lhs>(), dense_scratch::<Rhs>());
    const SOURCE_SCRATCH: Bytes = stored_scratch::<Self>();
    const LARGEST: Count = most(most(Lhs::LARGEST, Rhs::LARGEST), S::STATIC_LEN);
    #[inline(always)]
    fn source<'s>(&'s self, scratch: &'s Scratch<'_>) -> Self::Source<'s> {
        // SAFETY: `stored` gives the result as computed into scratch: row-major.
        unsafe { Memory::new(stored(self, scratch)) }
    }
    #[inline(always)]
    fn write<L: Layout>(&self, dest: Dest<'_, Lhs::Elem, S, L>, scratch: &Scratch<'_>) {
        let (lhs, rhs) = (dense(&self.lhs, scratch), dense(&self.rhs, scratch));
        let (a, b) = (self.lhs.shape().into_list().lens(), self.rhs.shape().into_list().lens());
        // A vector on the left is a row, on the right a column; the destination lacks that axis.
        let (row, column) = (Lhs::Shape::RANK == 1, Rhs::Shape::RANK == 1);
        let (rows, inner) = (if row { 1 } else { a[1] }, a[0]);
        let columns = if column { 1 } else { b[0] };
        let mut strides = [0; MAX_RANK];
        strides[1] = if row { 0 } else { dest.to.strides[usize::from(!column)] };
        strides[0] = if column { 0 } else { dest.to.strides[0] };
        // The axes before those of the matrices are batches. Only one side has any where the other is a vector.
        let matrix_axes = usize::from(!row) + usize::from(!column);
        let (mut batch, mut out) = ([0; MAX_RANK], self.shape.into_list().lens());
        out.rotate_left(matrix_axes);
        let batches = S::RANK - matrix_axes;
        if out[..batches].contains(&0) {
            return;
        }
        loop {
            let (mut at, mut l, mut r) = (dest.to.at, 0, 0);
            let (mut l_step, mut r_step) = (rows * inner, inner * columns);
            for (k, &index) in batch.iter().enumerate().take(batches) {
                let offset = dest.to.strides[k + matrix_axes].wrapping_mul(index as isize);
                at = at.wrapping_offset(offset);
                let (l_len, r_len) = (after_matrix(&a, k, row), after_matrix(&b, k, column));
                l += if l_len == 1 { 0 } else { index * l_step };
                r += if r_len == 1 { 0 } else { index * r_step };
                (l_step, r_step) = (l_step * l_len, r_step * r_len);
            }
            let (lhs, rhs) = (&lhs[l..][..rows * inner], &rhs[r..][..inner * columns]);
            // SAFETY: the destination has an element for every row and column of every batch.
            unsafe { product(lhs, rhs, [rows, inner, columns], Strides { at, strides }) }
            let mut k = 0;
            while k < batches {
                batch[k] += 1;
                if batch[k] < out[k] {
                    break;
                }
                batch[k] = 0;
                k += 1;
            }
            if k == batches {
                return;
            }
        }
    }
}

/// The length of batch axis `k`, counted from the last, of an operand with these lengths; 1 where it has no such axis.
#[inline(always)]
fn after_matrix(lens: &[usize; MAX_RANK], k: usize, vector: bool) -> usize {
    if vector || k + 2 >= MAX_RANK { 1 } else { lens[k + 2] }
}
