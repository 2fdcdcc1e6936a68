//! nalgebra: matrices are column-major, so our rows are its columns.

use nalgebra::{DMatrix, DVector, SMatrix, SVector};

use crate::FAR;
use crate::suite::batch_norm::{self, ROWS};
use crate::suite::harness::{Who, Workload};
use crate::suite::{Peer, broadcast, products, small, sums};

pub struct Nalgebra;

/// The matrix whose columns are our rows.
fn two(x: &[f32], rows: usize) -> DMatrix<f32> {
    DMatrix::from_column_slice(x.len() / rows, rows, x)
}
fn elements(x: &DMatrix<f32>) -> Vec<f32> {
    x.as_slice().to_vec()
}

impl Peer for Nalgebra {
    fn batch_norm<'a>(&self, given: &'a batch_norm::Given, to: &mut Workload<'a>) {
        let (x, (scale, shift)) = (two(&given.x, ROWS[0]), given.folded());
        let (scale, shift) = (DVector::from_vec(scale), DVector::from_vec(shift));
        let columns = move |out: &mut DMatrix<f32>| {
            for (mut out, x) in out.column_iter_mut().zip(x.column_iter()) {
                out.zip_zip_apply(&x, &scale, |out, x, s| *out = x * s);
                out += &shift;
            }
        };
        to.writing(Who::Peer, "nalgebra, folded", DMatrix::zeros(ROWS[1], ROWS[0]), columns, elements);
    }

    fn moments_of_columns<'a>(&self, x: &'a [f32], to: &mut Workload<'a>) {
        let x = two(x, ROWS[0]);
        let moments = move || (x.column_mean(), x.column_variance());
        to.making(Who::Peer, "nalgebra", moments, |(mean, var)| [mean.as_slice(), var.as_slice()].concat())
            .ulp = Some(FAR);
    }

    fn add_row<'a>(&self, given: &'a broadcast::Given, to: &mut Workload<'a>) {
        let [rows, columns] = broadcast::SHAPE;
        let (x, row) = (two(&given.x, rows), DVector::from_column_slice(&given.row));
        let add = move |out: &mut DMatrix<f32>| {
            for (mut out, x) in out.column_iter_mut().zip(x.column_iter()) {
                x.add_to(&row, &mut out);
            }
        };
        to.writing(Who::Peer, "nalgebra", DMatrix::zeros(columns, rows), add, elements);
    }
    fn add_column<'a>(&self, given: &'a broadcast::Given, to: &mut Workload<'a>) {
        let [rows, columns] = broadcast::SHAPE;
        let x = two(&given.x, rows);
        let add = move |out: &mut DMatrix<f32>| {
            for (i, (mut out, x)) in out.column_iter_mut().zip(x.column_iter()).enumerate() {
                let column = given.column[i];
                out.zip_apply(&x, |out, x| *out = x + column);
            }
        };
        to.writing(Who::Peer, "nalgebra", DMatrix::zeros(columns, rows), add, elements);
    }

    fn add_8<'a>(&self, given: &'a small::Pairs, to: &mut Workload<'a>) {
        let of = |x: &[f32]| x.chunks_exact(8).map(SVector::<f32, 8>::from_column_slice).collect::<Vec<_>>();
        let (a, b) = (of(&given.a), of(&given.b));
        let add = move |all: &mut Vec<SVector<f32, 8>>| {
            for (out, (a, b)) in all.iter_mut().zip(a.iter().zip(&b)) {
                *out = a + b;
            }
        };
        to.writing(Who::Peer, "nalgebra", of(&given.a), add, |all| all.iter().flatten().copied().collect());
    }
    fn product_4<'a>(&self, given: &'a small::Pairs, to: &mut Workload<'a>) {
        small_products::<4>(given, to);
    }
    fn product_16<'a>(&self, given: &'a small::Pairs, to: &mut Workload<'a>) {
        small_products::<16>(given, to);
    }
    fn layer_norm<'a>(&self, given: &'a small::Normed, to: &mut Workload<'a>) {
        type Lane = SVector<f32, { small::NORMED }>;
        let of = |x: &[f32]| x.chunks_exact(small::NORMED).map(Lane::from_column_slice).collect::<Vec<_>>();
        let (x, gamma, beta) = (of(&given.x), of(&given.gamma)[0], of(&given.beta)[0]);
        let norm = move |all: &mut Vec<Lane>| {
            for (out, x) in all.iter_mut().zip(&x) {
                let deviation = x.add_scalar(-x.mean());
                let var = deviation.norm_squared() / small::NORMED as f32;
                *out = (deviation * (1.0 / (var + small::EPS).sqrt())).component_mul(&gamma) + beta;
            }
        };
        to.writing(Who::Peer, "nalgebra", of(&given.x), norm, |all| all.iter().flatten().copied().collect());
    }

    fn product<'a>(&self, given: &'a products::Given, to: &mut Workload<'a>) {
        let [m, k, n] = given.shape;
        // The transposed product of the transposed operands, which is their layout in memory.
        let (a, b) = (two(&given.a, m), two(&given.b, k));
        let product = move |out: &mut DMatrix<f32>| b.mul_to(&a, out);
        to.writing(Who::Peer, "nalgebra", DMatrix::zeros(n, m), product, elements);
    }

    fn sum<'a>(&self, x: &'a [f32], to: &mut Workload<'a>) {
        let x = DVector::from_column_slice(x);
        to.making(Who::Peer, "nalgebra", move || x.sum(), |&sum| vec![sum]).ulp = Some(FAR);
    }
    fn sum_axis_0<'a>(&self, x: &'a [f32], to: &mut Workload<'a>) {
        let x = two(x, sums::SIDE);
        to.making(Who::Peer, "nalgebra", move || x.column_sum(), |sums| sums.as_slice().to_vec()).ulp =
            Some(FAR);
    }
    fn sum_axis_1<'a>(&self, x: &'a [f32], to: &mut Workload<'a>) {
        let x = two(x, sums::SIDE);
        to.making(Who::Peer, "nalgebra", move || x.row_sum(), |sums| sums.as_slice().to_vec()).ulp =
            Some(FAR);
    }
}

fn small_products<'a, const N: usize>(given: &'a small::Pairs, to: &mut Workload<'a>) {
    let of = |x: &[f32]| x.chunks_exact(N * N).map(SMatrix::<f32, N, N>::from_row_slice).collect::<Vec<_>>();
    let (a, b) = (of(&given.a), of(&given.b));
    let product = move |all: &mut Vec<SMatrix<f32, N, N>>| {
        for (out, (a, b)) in all.iter_mut().zip(a.iter().zip(&b)) {
            *out = a * b;
        }
    };
    to.writing(Who::Peer, "nalgebra", of(&given.a), product, |all| {
        all.iter().flat_map(|x| x.transpose().as_slice().to_vec()).collect()
    });
}
