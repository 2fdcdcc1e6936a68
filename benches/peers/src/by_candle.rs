//! candle-core, on its CPU device, with the number of threads that `main` allows: one.

mod layers;

use candle_core::{Device, Result, Tensor};

use crate::FAR;
use crate::suite::batch_norm::{self, EPS, PLANES, ROWS};
use crate::suite::harness::{Contender, Who, Workload};
use crate::suite::layers::{attention, convolution, digits, layer_norm, linear};
use crate::suite::{Peer, broadcast, distances, products, sums};

pub struct Candle;

fn tensor(x: &[f32], shape: &[usize]) -> Tensor {
    Tensor::from_slice(x, shape, &Device::Cpu).expect("as many as the shape has")
}
fn elements(x: &Tensor) -> Vec<f32> {
    x.flatten_all().and_then(|x| x.to_vec1()).expect("of f32")
}

/// Adds a contender that makes a tensor.
fn add<'a, 'w>(to: &'w mut Workload<'a>, make: impl Fn() -> Result<Tensor> + 'a) -> &'w mut Contender<'a> {
    to.making(Who::Peer, "candle", move || make().expect("the shapes fit"), elements)
}

/// The formula as written; `aligned` is the shape of a channel's parameters.
fn normed(
    given: &batch_norm::Given,
    shape: &[usize],
    aligned: &[usize],
) -> impl Fn() -> Result<Tensor> + use<> {
    let x = tensor(&given.x, shape);
    let (mean, var) = (tensor(&given.mean, aligned), tensor(&given.var, aligned));
    let (gamma, beta) = (tensor(&given.gamma, aligned), tensor(&given.beta, aligned));
    move || {
        let deviation = (&var + f64::from(EPS))?.sqrt()?;
        x.broadcast_sub(&mean)?.broadcast_div(&deviation)?.broadcast_mul(&gamma)?.broadcast_add(&beta)
    }
}

impl Peer for Candle {
    fn batch_norm<'a>(&self, given: &'a batch_norm::Given, to: &mut Workload<'a>) {
        add(to, normed(given, &ROWS, &ROWS[1..]));
    }
    fn batch_norm_planes_allocating<'a>(&self, given: &'a batch_norm::Given, to: &mut Workload<'a>) {
        add(to, normed(given, &PLANES, &[PLANES[1], 1, 1]));
    }

    fn moments_of_planes<'a>(&self, x: &'a [f32], to: &mut Workload<'a>) {
        let x = tensor(x, &PLANES);
        add(to, move || {
            let mean = x.mean_keepdim((0, 2, 3))?;
            let var = x.broadcast_sub(&mean)?.sqr()?.mean((0, 2, 3))?;
            Tensor::cat(&[mean.flatten_all()?, var], 0)
        })
        .ulp = Some(FAR);
    }
    fn moments_of_columns<'a>(&self, x: &'a [f32], to: &mut Workload<'a>) {
        let x = tensor(x, &ROWS);
        add(to, move || {
            let mean = x.mean_keepdim(0)?;
            let var = x.broadcast_sub(&mean)?.sqr()?.mean(0)?;
            Tensor::cat(&[mean.flatten_all()?, var], 0)
        })
        .ulp = Some(FAR);
    }

    fn add_row<'a>(&self, given: &'a broadcast::Given, to: &mut Workload<'a>) {
        let (x, row) = (tensor(&given.x, &broadcast::SHAPE), tensor(&given.row, &broadcast::SHAPE[1..]));
        add(to, move || x.broadcast_add(&row));
    }
    fn add_column<'a>(&self, given: &'a broadcast::Given, to: &mut Workload<'a>) {
        let (x, column) =
            (tensor(&given.x, &broadcast::SHAPE), tensor(&given.column, &[broadcast::SHAPE[0], 1]));
        add(to, move || x.broadcast_add(&column));
    }
    fn choose<'a>(&self, given: &'a broadcast::Given, to: &mut Workload<'a>) {
        let (x, column) =
            (tensor(&given.x, &broadcast::SHAPE), tensor(&given.column, &[broadcast::SHAPE[0], 1]));
        let row = tensor(&given.row, &broadcast::SHAPE[1..]);
        add(to, move || x.broadcast_gt(&column)?.where_cond(&row.broadcast_as(x.shape())?, &x));
    }

    fn distances<'a>(&self, given: &'a distances::Given, to: &mut Workload<'a>) {
        let (points, coordinates) = (distances::POINTS, distances::COORDINATES);
        let a = tensor(&given.a, &[points, 1, coordinates]);
        let b = tensor(&given.b, &[1, points, coordinates]);
        add(to, move || a.broadcast_sub(&b)?.sqr()?.sum(2));
    }

    fn softmax<'a>(&self, x: &'a [f32], to: &mut Workload<'a>) {
        let x = tensor(x, &ROWS);
        add(to, move || {
            let powers = x.broadcast_sub(&x.max_keepdim(1)?)?.exp()?;
            powers.broadcast_div(&powers.sum_keepdim(1)?)
        });
    }

    fn product<'a>(&self, given: &'a products::Given, to: &mut Workload<'a>) {
        let [m, k, n] = given.shape;
        let (a, b) = (tensor(&given.a, &[m, k]), tensor(&given.b, &[k, n]));
        add(to, move || a.matmul(&b));
    }
    fn batched_product<'a>(&self, given: &'a products::Given, to: &mut Workload<'a>) {
        let side = products::SIDE;
        let (a, b) = (tensor(&given.a, &[products::BATCH, side, side]), tensor(&given.b, &[side, side]));
        add(to, move || a.broadcast_matmul(&b));
    }

    fn sum<'a>(&self, x: &'a [f32], to: &mut Workload<'a>) {
        let x = tensor(x, &[x.len()]);
        add(to, move || x.sum_all()).ulp = Some(FAR);
    }
    fn sum_axis_0<'a>(&self, x: &'a [f32], to: &mut Workload<'a>) {
        let x = tensor(x, &[sums::SIDE; 2]);
        add(to, move || x.sum(0)).ulp = Some(FAR);
    }
    fn sum_axis_1<'a>(&self, x: &'a [f32], to: &mut Workload<'a>) {
        let x = tensor(x, &[sums::SIDE; 2]);
        add(to, move || x.sum(1)).ulp = Some(FAR);
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
