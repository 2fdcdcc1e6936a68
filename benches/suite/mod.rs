//! The workloads W1 to W9, each compared with a kernel written by hand for its shapes and this
//! machine, in one run, in turns; and the layers L1 to L6, which are only compared with peers.
//!
//! A workload is a file: its input, the expected results in f64, its hand-written kernel, and its
//! expression with this library. Peers add contenders through [`Peer`]; the package `peers` has
//! them. Rows of more than one thread would be workloads of their own here.

mod arguments;
pub mod batch_norm;
pub mod broadcast;
mod clock;
pub mod data;
pub mod distances;
mod gemm;
pub mod harness;
pub mod layers;
mod memory;
pub mod moments;
pub mod products;
mod report;
pub mod small;
pub mod softmax;
pub mod sums;
mod vector;

pub use arguments::Arguments;
use std::borrow::Borrow;

use harness::Workload;
use layers::{attention, convolution, digits, layer_norm, linear};
use report::Report;
use vector::Level;

/// A library that the workloads also run with: it adds a contender to those that it supports.
pub trait Peer {
    /// W1: (1000, 256).
    fn batch_norm<'a>(&self, _given: &'a batch_norm::Given, _to: &mut Workload<'a>) {}
    /// W2: (64, 64, 56, 56), into an existing output.
    fn batch_norm_planes<'a>(&self, _given: &'a batch_norm::Given, _to: &mut Workload<'a>) {}
    /// W2: (64, 64, 56, 56), allocating the output.
    fn batch_norm_planes_allocating<'a>(
        &self,
        _given: &'a batch_norm::Given,
        _to: &mut Workload<'a>,
    ) {
    }
    /// W3a: (64, 64, 56, 56): 64 means, then 64 variances.
    fn moments_of_planes<'a>(&self, _x: &'a [f32], _to: &mut Workload<'a>) {}
    /// W3b: (1000, 256): 256 means, then 256 variances.
    fn moments_of_columns<'a>(&self, _x: &'a [f32], _to: &mut Workload<'a>) {}
    /// W4a: (1000, 256) + (256,).
    fn add_row<'a>(&self, _given: &'a broadcast::Given, _to: &mut Workload<'a>) {}
    /// W4b: (1000, 256) + (1000, 1).
    fn add_column<'a>(&self, _given: &'a broadcast::Given, _to: &mut Workload<'a>) {}
    /// W4c: where(x > (1000, 1), (256,), x).
    fn choose<'a>(&self, _given: &'a broadcast::Given, _to: &mut Workload<'a>) {}
    /// W5: sum((a (512, 1, 64) - b (1, 512, 64))², -1).
    fn distances<'a>(&self, _given: &'a distances::Given, _to: &mut Workload<'a>) {}
    /// W6: (1000, 256).
    fn softmax<'a>(&self, _x: &'a [f32], _to: &mut Workload<'a>) {}
    /// W7: many (8,) + (8,).
    fn add_8<'a>(&self, _given: &'a small::Pairs, _to: &mut Workload<'a>) {}
    /// W7: many (4, 4) @ (4, 4).
    fn product_4<'a>(&self, _given: &'a small::Pairs, _to: &mut Workload<'a>) {}
    /// W7: many (16, 16) @ (16, 16).
    fn product_16<'a>(&self, _given: &'a small::Pairs, _to: &mut Workload<'a>) {}
    /// W7: layer norm of many (64,).
    fn layer_norm<'a>(&self, _given: &'a small::Normed, _to: &mut Workload<'a>) {}
    /// W8: (n, n) @ (n, n) for n of 256 and 1024.
    fn product<'a>(&self, _given: &'a products::Given, _to: &mut Workload<'a>) {}
    /// W8: (32, 64, 64) @ (64, 64).
    fn batched_product<'a>(&self, _given: &'a products::Given, _to: &mut Workload<'a>) {}
    /// W9: the sum of all.
    fn sum<'a>(&self, _x: &'a [f32], _to: &mut Workload<'a>) {}
    /// W9: (4096, 4096), over axis 0.
    fn sum_axis_0<'a>(&self, _x: &'a [f32], _to: &mut Workload<'a>) {}
    /// W9: (4096, 4096), over axis 1.
    fn sum_axis_1<'a>(&self, _x: &'a [f32], _to: &mut Workload<'a>) {}
    /// L1: x (64, 784), weight (out, 784), bias (out,).
    fn linear<'a>(&self, _given: &'a linear::Given, _to: &mut Workload<'a>) {}
    /// L2: x (n, c, h, w), weight (out, c / groups, 3, 3), bias (out,).
    fn convolution<'a>(&self, _given: &'a convolution::Given, _to: &mut Workload<'a>) {}
    /// L3: (8, 64, 28, 28), by windows of 2 by 2.
    fn max_pool<'a>(&self, _x: &'a [f32], _to: &mut Workload<'a>) {}
    /// L4: (1, 8, 128, 64), causal or not.
    fn attention<'a>(&self, _given: &'a attention::Given, _to: &mut Workload<'a>) {}
    /// L5: (1000, 256), row by row.
    fn norm_of_rows<'a>(&self, _given: &'a layer_norm::Given, _to: &mut Workload<'a>) {}
    /// L6: images (batch, 1, 8, 8).
    fn digits<'a>(&self, _given: &'a digits::Given, _to: &mut Workload<'a>) {}
}

/// The arguments and the report of a run.
struct Run<'r> {
    arguments: &'r Arguments,
    peers: &'r [&'static dyn Peer],
    report: Report,
}

impl Run<'_> {
    /// Makes a workload from its input, if it is selected, measures it, and reports the result.
    fn run<O: Borrow<G>, G: ?Sized>(
        &mut self,
        name: &str,
        given: impl FnOnce() -> O,
        workload: impl for<'a> FnOnce(&'a G, &str, Level) -> Workload<'a>,
        add: impl for<'a> Fn(&(dyn Peer + 'static), &'a G, &mut Workload<'a>),
    ) {
        if !self.arguments.asks_for(name) {
            return;
        }
        let given = given();
        let mut workload = workload(given.borrow(), name, self.arguments.level);
        for &peer in self.peers {
            add(peer, given.borrow(), &mut workload);
        }
        let work = workload.work;
        self.report.add(name, work, &workload.measure(self.arguments));
    }
}

/// Runs the workloads that the arguments select, with the contenders of `peers`, and prints the
/// tables.
pub fn run(arguments: &Arguments, peers: &[&'static dyn Peer]) {
    println!("{}", report::machine(arguments.level));
    memory::settle_allocator();
    let mut run = Run { arguments, peers, report: Report::default() };
    let [rows, planes] = [batch_norm::ROWS.iter().product(), batch_norm::PLANES.iter().product()];
    let [channels_of_rows, channels_of_planes] = [batch_norm::ROWS[1], batch_norm::PLANES[1]];

    let given = || batch_norm::Given::new(rows, channels_of_rows);
    run.run("W1 batch norm (1000, 256)", given, batch_norm::rows, <dyn Peer>::batch_norm);
    let given = || batch_norm::Given::new(planes, channels_of_planes);
    let add = <dyn Peer>::batch_norm_planes;
    run.run("W2 batch norm (64, 64, 56, 56), into", given, batch_norm::planes_into, add);
    let add = <dyn Peer>::batch_norm_planes_allocating;
    run.run(
        "W2 batch norm (64, 64, 56, 56), allocating",
        given,
        batch_norm::planes_allocating,
        add,
    );

    let given = || moments::given(planes);
    let add = <dyn Peer>::moments_of_planes;
    run.run("W3a mean and variance (64, 64, 56, 56)", given, moments::of_planes, add);
    let given = || moments::given(rows);
    let add = <dyn Peer>::moments_of_columns;
    run.run("W3b mean and variance (1000, 256)", given, moments::of_columns, add);

    let given = broadcast::Given::new;
    run.run("W4a (1000, 256) + (256,)", given, broadcast::add_row, <dyn Peer>::add_row);
    let add = <dyn Peer>::add_column;
    run.run("W4b (1000, 256) + (1000, 1)", given, broadcast::add_column, add);
    let add = <dyn Peer>::choose;
    run.run("W4c where(x > (1000, 1), (256,), x)", given, broadcast::choose, add);

    let add = <dyn Peer>::distances;
    run.run(
        "W5 pairwise distances 512 x 512 x 64",
        distances::Given::new,
        distances::distances,
        add,
    );
    let add = <dyn Peer>::softmax;
    run.run("W6 row softmax (1000, 256)", softmax::given, softmax::softmax, add);

    let add = <dyn Peer>::add_8;
    run.run("W7 (8,) + (8,)", || small::Pairs::new(8), small::add_8, add);
    let add = <dyn Peer>::product_4;
    run.run("W7 (4, 4) @ (4, 4)", || small::Pairs::new(4 * 4), small::product_4, add);
    let add = <dyn Peer>::product_16;
    run.run("W7 (16, 16) @ (16, 16)", || small::Pairs::new(16 * 16), small::product_16, add);
    let add = <dyn Peer>::layer_norm;
    run.run("W7 layer norm (64,)", small::Normed::new, small::layer_norm, add);

    let add = <dyn Peer>::product;
    run.run(
        "W8 (256, 256) @ (256, 256)",
        || products::Given::new([256; 3]),
        products::square::<256>,
        add,
    );
    run.run(
        "W8 (1024, 1024) @ (1024, 1024)",
        || products::Given::new([1024; 3]),
        products::square::<1024>,
        add,
    );
    let add = <dyn Peer>::batched_product;
    run.run("W8 (32, 64, 64) @ (64, 64)", products::Given::batched, products::batched, add);

    let add = <dyn Peer>::sum;
    run.run("W9 sum of 10^7", || sums::given(sums::COUNT), sums::all, add);
    let given = || sums::given(sums::SIDE * sums::SIDE);
    let add = <dyn Peer>::sum_axis_0;
    run.run("W9 sum of (4096, 4096) over axis 0", given, sums::over_axis_0, add);
    let add = <dyn Peer>::sum_axis_1;
    run.run("W9 sum of (4096, 4096) over axis 1", given, sums::over_axis_1, add);

    layers::run(&mut run);

    run.report.print();
}
