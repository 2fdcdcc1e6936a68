//! The crates of matrix products only: faer, gemm, matrixmultiply. The batch shares its right
//! operand, so it is one product of all rows.

use faer::{Accum, MatMut, MatRef, Par, linalg::matmul::matmul};

use crate::suite::harness::{Who, Workload};
use crate::suite::{Peer, products};

pub struct Products;

impl Peer for Products {
    fn product<'a>(&self, given: &'a products::Given, to: &mut Workload<'a>) {
        let products::Given { a, b, shape: [m, k, n] } = given;
        let (m, k, n) = (*m, *k, *n);
        let zeros = || vec![0f32; m * n];
        let by_faer = move |out: &mut Vec<f32>| {
            let out = MatMut::from_row_major_slice_mut(out, m, n);
            let (a, b) = (MatRef::from_row_major_slice(a, m, k), MatRef::from_row_major_slice(b, k, n));
            matmul(out, Accum::Replace, a, b, 1.0, Par::Seq);
        };
        to.writing(Who::Peer, "faer", zeros(), by_faer, Clone::clone);

        let [row_of_a, row_of_b] = [k as isize, n as isize];
        let by_gemm = move |out: &mut Vec<f32>| {
            let (out, a, b) = (out.as_mut_ptr(), a.as_ptr(), b.as_ptr());
            // SAFETY: `out`, `a` and `b` have the elements of row-major matrices with these lengths
            // and strides.
            unsafe {
                gemm::gemm(
                    m,
                    n,
                    k,
                    out,
                    1,
                    row_of_b,
                    false,
                    a,
                    1,
                    row_of_a,
                    b,
                    1,
                    row_of_b,
                    0.0,
                    1.0,
                    false,
                    false,
                    false,
                    gemm::Parallelism::None,
                );
            }
        };
        to.writing(Who::Peer, "gemm", zeros(), by_gemm, Clone::clone);

        let by_matrixmultiply = move |out: &mut Vec<f32>| {
            let (out, a, b) = (out.as_mut_ptr(), a.as_ptr(), b.as_ptr());
            // SAFETY: `out`, `a` and `b` have the elements of row-major matrices with these lengths
            // and strides.
            unsafe {
                matrixmultiply::sgemm(m, k, n, 1.0, a, row_of_a, 1, b, row_of_b, 1, 0.0, out, row_of_b, 1);
            }
        };
        to.writing(Who::Peer, "matrixmultiply", zeros(), by_matrixmultiply, Clone::clone);
    }

    fn batched_product<'a>(&self, given: &'a products::Given, to: &mut Workload<'a>) {
        self.product(given, to);
    }
}
