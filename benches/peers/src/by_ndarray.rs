//! ndarray: operators, and `Zip`.

mod layers;

use ndarray::{Array1, Array2, Array3, Array4, Axis, Zip, linalg::general_mat_mul};

use crate::FAR;
use crate::suite::batch_norm::{self, EPS, PLANES, ROWS};
use crate::suite::harness::{Who, Workload};
use crate::suite::layers::{attention, convolution, digits, layer_norm, linear};
use crate::suite::{Peer, broadcast, distances, products, small, sums};

pub struct Ndarray;

fn one(x: &[f32]) -> Array1<f32> {
    x.to_vec().into()
}
fn two(x: &[f32], rows: usize) -> Array2<f32> {
    Array2::from_shape_vec((rows, x.len() / rows), x.to_vec()).expect("a whole number of rows")
}
fn four(x: &[f32]) -> Array4<f32> {
    Array4::from_shape_vec(PLANES, x.to_vec()).expect("as many as the shape has")
}
fn three(x: &[f32], shape: [usize; 3]) -> Array3<f32> {
    Array3::from_shape_vec(shape, x.to_vec()).expect("as many as the shape has")
}
fn elements<D: ndarray::Dimension>(x: &ndarray::Array<f32, D>) -> Vec<f32> {
    x.iter().copied().collect()
}

impl Peer for Ndarray {
    fn batch_norm<'a>(&self, given: &'a batch_norm::Given, to: &mut Workload<'a>) {
        let x = two(&given.x, ROWS[0]);
        let (mean, var, gamma, beta) =
            (one(&given.mean), one(&given.var), one(&given.gamma), one(&given.beta));
        let operators = move || (&x - &mean) / (&var + EPS).mapv_into(f32::sqrt) * &gamma + &beta;
        to.making(Who::Peer, "ndarray operators", operators, elements);

        let (x, (scale, shift)) = (two(&given.x, ROWS[0]), given.folded());
        let (scale, shift) = (one(&scale), one(&shift));
        let zip = move |out: &mut Array2<f32>| {
            Zip::from(out.rows_mut()).and(x.rows()).for_each(|out, x| {
                Zip::from(out).and(x).and(&scale).and(&shift).for_each(|out, &x, &s, &b| *out = x * s + b);
            });
        };
        to.writing(Who::Peer, "ndarray Zip rows, folded", Array2::zeros(ROWS), zip, elements);
    }

    fn batch_norm_planes<'a>(&self, given: &'a batch_norm::Given, to: &mut Workload<'a>) {
        let planes = PLANES[0] * PLANES[1];
        let (x, (scale, shift)) = (two(&given.x, planes), given.folded());
        let zip = move |out: &mut Array2<f32>| {
            for (plane, (out, x)) in out.outer_iter_mut().zip(x.outer_iter()).enumerate() {
                let (s, b) = (scale[plane % PLANES[1]], shift[plane % PLANES[1]]);
                Zip::from(out).and(x).for_each(|out, &x| *out = x * s + b);
            }
        };
        to.writing(Who::Peer, "ndarray Zip planes, folded", two(&given.x, planes), zip, elements);
    }

    fn batch_norm_planes_allocating<'a>(&self, given: &'a batch_norm::Given, to: &mut Workload<'a>) {
        let aligned = |x: &[f32]| three(x, [PLANES[1], 1, 1]);
        let (x, mean, var) = (four(&given.x), aligned(&given.mean), aligned(&given.var));
        let (gamma, beta) = (aligned(&given.gamma), aligned(&given.beta));
        let operators = move || (&x - &mean) / (&var + EPS).mapv_into(f32::sqrt) * &gamma + &beta;
        to.making(Who::Peer, "ndarray operators", operators, elements);
    }

    fn moments_of_planes<'a>(&self, x: &'a [f32], to: &mut Workload<'a>) {
        let x = four(x);
        let moments = move || {
            let channels = || x.axis_iter(Axis(1));
            let means = channels().map(|x| x.mean().expect("there are elements"));
            let vars = channels().map(|x| x.var(0.0));
            (means.collect::<Vec<f32>>(), vars.collect::<Vec<f32>>())
        };
        to.making(Who::Peer, "ndarray", moments, |(mean, var)| [&mean[..], var].concat()).ulp = Some(FAR);
    }
    fn moments_of_columns<'a>(&self, x: &'a [f32], to: &mut Workload<'a>) {
        let x = two(x, ROWS[0]);
        let moments = move || (x.mean_axis(Axis(0)).expect("there are elements"), x.var_axis(Axis(0), 0.0));
        to.making(Who::Peer, "ndarray", moments, |(mean, var)| [elements(mean), elements(var)].concat())
            .ulp = Some(FAR);
    }

    fn add_row<'a>(&self, given: &'a broadcast::Given, to: &mut Workload<'a>) {
        let (x, row) = (two(&given.x, broadcast::SHAPE[0]), one(&given.row));
        to.making(Who::Peer, "ndarray operators", move || &x + &row, elements);
        let (x, row) = (two(&given.x, broadcast::SHAPE[0]), one(&given.row));
        let zip = move |out: &mut Array2<f32>| {
            Zip::from(out).and(&x).and_broadcast(&row).for_each(|out, x, row| *out = x + row);
        };
        to.writing(Who::Peer, "ndarray Zip", Array2::zeros(broadcast::SHAPE), zip, elements);
    }
    fn add_column<'a>(&self, given: &'a broadcast::Given, to: &mut Workload<'a>) {
        let rows = broadcast::SHAPE[0];
        let (x, column) = (two(&given.x, rows), two(&given.column, rows));
        to.making(Who::Peer, "ndarray operators", move || &x + &column, elements);
        let (x, column) = (two(&given.x, rows), two(&given.column, rows));
        let zip = move |out: &mut Array2<f32>| {
            Zip::from(out).and(&x).and_broadcast(&column).for_each(|out, x, column| *out = x + column);
        };
        to.writing(Who::Peer, "ndarray Zip", Array2::zeros(broadcast::SHAPE), zip, elements);
    }
    fn choose<'a>(&self, given: &'a broadcast::Given, to: &mut Workload<'a>) {
        let rows = broadcast::SHAPE[0];
        let (x, row, column) = (two(&given.x, rows), one(&given.row), two(&given.column, rows));
        let zip = move |out: &mut Array2<f32>| {
            let all = Zip::from(out).and(&x).and_broadcast(&row).and_broadcast(&column);
            all.for_each(|out, &x, &row, &column| *out = if x > column { row } else { x });
        };
        to.writing(Who::Peer, "ndarray Zip", Array2::zeros(broadcast::SHAPE), zip, elements);
    }

    fn distances<'a>(&self, given: &'a distances::Given, to: &mut Workload<'a>) {
        let (points, coordinates) = (distances::POINTS, distances::COORDINATES);
        let a = three(&given.a, [points, 1, coordinates]);
        let b = three(&given.b, [1, points, coordinates]);
        let operators = move || (&a - &b).mapv_into(|x| x * x).sum_axis(Axis(2));
        to.making(Who::Peer, "ndarray operators", operators, elements);
    }

    fn softmax<'a>(&self, x: &'a [f32], to: &mut Workload<'a>) {
        let x = two(x, ROWS[0]);
        let softmax = move || {
            let greatest = x.map_axis(Axis(1), |row| row.fold(f32::NEG_INFINITY, |a, &b| a.max(b)));
            let powers = (&x - &greatest.insert_axis(Axis(1))).mapv_into(f32::exp);
            let sums = powers.sum_axis(Axis(1)).insert_axis(Axis(1));
            powers / &sums
        };
        to.making(Who::Peer, "ndarray operators", softmax, elements);
    }

    fn add_8<'a>(&self, given: &'a small::Pairs, to: &mut Workload<'a>) {
        let of = |x: &[f32]| x.chunks_exact(given.len).map(one).collect::<Vec<_>>();
        let (a, b) = (of(&given.a), of(&given.b));
        let add = move |all: &mut Vec<Array1<f32>>| {
            for (out, (a, b)) in all.iter_mut().zip(a.iter().zip(&b)) {
                *out = a + b;
            }
        };
        to.writing(Who::Peer, "ndarray", of(&given.a), add, |all| all.iter().flat_map(elements).collect());
    }
    fn product_4<'a>(&self, given: &'a small::Pairs, to: &mut Workload<'a>) {
        small_products(given, 4, to);
    }
    fn product_16<'a>(&self, given: &'a small::Pairs, to: &mut Workload<'a>) {
        small_products(given, 16, to);
    }
    fn layer_norm<'a>(&self, given: &'a small::Normed, to: &mut Workload<'a>) {
        let of = |x: &[f32]| x.chunks_exact(small::NORMED).map(one).collect::<Vec<_>>();
        let (x, gamma, beta) = (of(&given.x), one(&given.gamma), one(&given.beta));
        let norm = move |all: &mut Vec<Array1<f32>>| {
            for (out, x) in all.iter_mut().zip(&x) {
                let (mean, var) = (x.mean().expect("there are elements"), x.var(0.0));
                *out = (x - mean) * (1.0 / (var + small::EPS).sqrt()) * &gamma + &beta;
            }
        };
        to.writing(Who::Peer, "ndarray", of(&given.x), norm, |all| all.iter().flat_map(elements).collect());
    }

    fn product<'a>(&self, given: &'a products::Given, to: &mut Workload<'a>) {
        let [m, k, n] = given.shape;
        let (a, b) = (two(&given.a, m), two(&given.b, k));
        let product = move |out: &mut Array2<f32>| general_mat_mul(1.0, &a, &b, 0.0, out);
        to.writing(Who::Peer, "ndarray", Array2::zeros([m, n]), product, elements);
    }
    fn batched_product<'a>(&self, given: &'a products::Given, to: &mut Workload<'a>) {
        let shape = [products::BATCH, products::SIDE, products::SIDE];
        let (a, b) = (three(&given.a, shape), two(&given.b, products::SIDE));
        let product = move |out: &mut Array3<f32>| {
            for (mut out, a) in out.outer_iter_mut().zip(a.outer_iter()) {
                general_mat_mul(1.0, &a, &b, 0.0, &mut out);
            }
        };
        to.writing(Who::Peer, "ndarray", Array3::zeros(shape), product, elements);
    }

    fn sum<'a>(&self, x: &'a [f32], to: &mut Workload<'a>) {
        let x = one(x);
        to.making(Who::Peer, "ndarray", move || x.sum(), |&sum| vec![sum]).ulp = Some(FAR);
    }
    fn sum_axis_0<'a>(&self, x: &'a [f32], to: &mut Workload<'a>) {
        let x = two(x, sums::SIDE);
        to.making(Who::Peer, "ndarray", move || x.sum_axis(Axis(0)), elements).ulp = Some(FAR);
    }
    fn sum_axis_1<'a>(&self, x: &'a [f32], to: &mut Workload<'a>) {
        let x = two(x, sums::SIDE);
        to.making(Who::Peer, "ndarray", move || x.sum_axis(Axis(1)), elements).ulp = Some(FAR);
    }

    fn linear<'a>(&self, given: &'a linear::Given, to: &mut Workload<'a>) {
        layers::linear(given, to);
    }
    fn convolution<'a>(&self, given: &'a convolution::Given, to: &mut Workload<'a>) {
        layers::convolution(given, to);
    }
    fn max_pool<'a>(&self, x: &'a [f32], to: &mut Workload<'a>) {
        layers::max_pool(x, to);
    }
    fn attention<'a>(&self, given: &'a attention::Given, to: &mut Workload<'a>) {
        layers::attention(given, to);
    }
    fn norm_of_rows<'a>(&self, given: &'a layer_norm::Given, to: &mut Workload<'a>) {
        layers::norm_of_rows(given, to);
    }
    fn digits<'a>(&self, given: &'a digits::Given, to: &mut Workload<'a>) {
        layers::digits(given, to);
    }
}

fn small_products<'a>(given: &'a small::Pairs, n: usize, to: &mut Workload<'a>) {
    let of = |x: &[f32]| x.chunks_exact(n * n).map(|x| two(x, n)).collect::<Vec<_>>();
    let (a, b) = (of(&given.a), of(&given.b));
    let product = move |all: &mut Vec<Array2<f32>>| {
        for (out, (a, b)) in all.iter_mut().zip(a.iter().zip(&b)) {
            *out = a.dot(b);
        }
    };
    to.writing(Who::Peer, "ndarray", of(&given.a), product, |all| all.iter().flat_map(elements).collect());
}
