//! dfdx, on its CPU device: shapes are types, and a broadcast is written out. Cloning a tensor
//! shares its elements.

use dfdx::prelude::*;

use crate::FAR;
use crate::suite::batch_norm::{self, EPS};
use crate::suite::harness::{Who, Workload};
use crate::suite::{Peer, broadcast, products};

pub struct Dfdx;

type Of<S> = Tensor<S, f32, Cpu>;

fn tensor<S: ConstShape>(x: &[f32]) -> Of<S> {
    Cpu::default().tensor_from_vec(x.to_vec(), S::default())
}
fn elements<S: Shape>(x: &Of<S>) -> Vec<f32> {
    x.as_vec()
}

type Rows = Rank2<1000, 256>;
type Planes = Rank4<64, 64, 56, 56>;

impl Peer for Dfdx {
    fn batch_norm<'a>(&self, given: &'a batch_norm::Given, to: &mut Workload<'a>) {
        let x = tensor::<Rows>(&given.x);
        let of = |x: &[f32]| tensor::<Rank1<256>>(x);
        let (mean, var, gamma, beta) = (of(&given.mean), of(&given.var), of(&given.gamma), of(&given.beta));
        let formula = move || {
            let deviation = (var.clone() + EPS).sqrt().broadcast::<Rows, _>();
            (x.clone() - mean.clone().broadcast::<Rows, _>()) / deviation
                * gamma.clone().broadcast::<Rows, _>()
                + beta.clone().broadcast::<Rows, _>()
        };
        to.making(Who::Peer, "dfdx", formula, elements);
    }

    fn batch_norm_planes_allocating<'a>(&self, given: &'a batch_norm::Given, to: &mut Workload<'a>) {
        let x = tensor::<Planes>(&given.x);
        let of = |x: &[f32]| tensor::<Rank1<64>>(x);
        let (mean, var, gamma, beta) = (of(&given.mean), of(&given.var), of(&given.gamma), of(&given.beta));
        let formula = move || {
            let wide = |of: Of<Rank1<64>>| of.broadcast::<Planes, Axes3<0, 2, 3>>();
            let deviation = wide((var.clone() + EPS).sqrt());
            (x.clone() - wide(mean.clone())) / deviation * wide(gamma.clone()) + wide(beta.clone())
        };
        to.making(Who::Peer, "dfdx", formula, elements);
    }

    fn moments_of_columns<'a>(&self, x: &'a [f32], to: &mut Workload<'a>) {
        let x = tensor::<Rows>(x);
        let moments = move || (x.clone().mean::<Rank1<256>, _>(), x.clone().var::<Rank1<256>, _>());
        to.making(Who::Peer, "dfdx", moments, |(mean, var)| [elements(mean), elements(var)].concat()).ulp =
            Some(FAR);
    }

    fn add_row<'a>(&self, given: &'a broadcast::Given, to: &mut Workload<'a>) {
        let (x, row) = (tensor::<Rows>(&given.x), tensor::<Rank1<256>>(&given.row));
        to.making(Who::Peer, "dfdx", move || x.clone() + row.clone().broadcast::<Rows, _>(), elements);
    }
    fn add_column<'a>(&self, given: &'a broadcast::Given, to: &mut Workload<'a>) {
        let (x, column) = (tensor::<Rows>(&given.x), tensor::<Rank1<1000>>(&given.column));
        to.making(Who::Peer, "dfdx", move || x.clone() + column.clone().broadcast::<Rows, _>(), elements);
    }

    fn softmax<'a>(&self, x: &'a [f32], to: &mut Workload<'a>) {
        let x = tensor::<Rows>(x);
        to.making(Who::Peer, "dfdx", move || x.clone().softmax::<Axis<1>>(), elements).ulp = Some(32.0);
    }

    fn product<'a>(&self, given: &'a products::Given, to: &mut Workload<'a>) {
        match given.shape[0] {
            256 => product::<256>(given, to),
            _ => product::<1024>(given, to),
        }
    }
    fn batched_product<'a>(&self, given: &'a products::Given, to: &mut Workload<'a>) {
        let (a, b) = (tensor::<Rank3<32, 64, 64>>(&given.a), tensor::<Rank2<64, 64>>(&given.b));
        to.making(Who::Peer, "dfdx", move || a.clone().matmul(b.clone()), elements);
    }

    fn sum<'a>(&self, x: &'a [f32], to: &mut Workload<'a>) {
        let x = tensor::<Rank1<10_000_000>>(x);
        to.making(Who::Peer, "dfdx", move || x.clone().sum::<Rank0, _>(), elements).ulp = Some(FAR);
    }
    fn sum_axis_0<'a>(&self, x: &'a [f32], to: &mut Workload<'a>) {
        let x = tensor::<Rank2<4096, 4096>>(x);
        to.making(Who::Peer, "dfdx", move || x.clone().sum::<Rank1<4096>, Axis<0>>(), elements).ulp =
            Some(FAR);
    }
    fn sum_axis_1<'a>(&self, x: &'a [f32], to: &mut Workload<'a>) {
        let x = tensor::<Rank2<4096, 4096>>(x);
        to.making(Who::Peer, "dfdx", move || x.clone().sum::<Rank1<4096>, Axis<1>>(), elements).ulp =
            Some(FAR);
    }
}

fn product<'a, const N: usize>(given: &'a products::Given, to: &mut Workload<'a>) {
    let (a, b) = (tensor::<Rank2<N, N>>(&given.a), tensor::<Rank2<N, N>>(&given.b));
    to.making(Who::Peer, "dfdx", move || a.clone().matmul(b.clone()), elements);
}
