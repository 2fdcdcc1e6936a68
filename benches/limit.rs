//! Each workload beside the loop that one would write by hand for its shapes, in one run, in turn: `cargo bench`.
//!
//! The time of the library is printed as a ratio to the loop's; every result is checked against it first. Both are
//! compiled for the baseline of the target. Pin the process to one core (`taskset -c 1 cargo bench`) on a shared machine.

use std::hint::black_box;
use std::time::Instant;

use shapewright::{Dim, Tensor, nn::BatchNorm, prelude::*, shape};

const ROWS: usize = 1000;
const COLUMNS: usize = 256;
const EPS: f32 = 1e-5;
const ROUNDS: usize = 201;

type Data = Tensor<f32, shape![{ ROWS }, { COLUMNS }]>;
type Row = Tensor<f32, shape![{ COLUMNS }]>;
type Column = Tensor<f32, shape![{ ROWS }, 1]>;

/// What the workloads read.
struct Inputs {
    x: Data,
    row: Row,
    column: Column,
    mean: Row,
    var: Row,
    gamma: Row,
    beta: Row,
    norm: BatchNorm<Dim<COLUMNS>>,
}

/// One workload: the library, and the loop.
struct Workload {
    name: &'static str,
    library: fn(&mut Data, &Inputs),
    by_hand: fn(&mut [f32], &Inputs),
}

const WORKLOADS: &[Workload] = &[
    Workload { name: "(1000, 256) + (256,)", library: add_row, by_hand: add_row_by_hand },
    Workload { name: "(1000, 256) + (1000, 1)", library: add_column, by_hand: add_column_by_hand },
    Workload { name: "where(x > (1000, 1), .., x)", library: select, by_hand: select_by_hand },
    Workload { name: "batch norm, as written", library: as_written, by_hand: folded_by_hand },
    Workload { name: "batch norm, the layer", library: layer, by_hand: folded_by_hand },
];

#[inline(never)]
fn add_row(out: &mut Data, given: &Inputs) {
    out.assign(&given.x + &given.row);
}
#[inline(never)]
fn add_row_by_hand(out: &mut [f32], given: &Inputs) {
    let row = given.row.as_slice();
    for (out, x) in out.chunks_exact_mut(COLUMNS).zip(given.x.as_slice().chunks_exact(COLUMNS)) {
        for ((out, x), b) in out.iter_mut().zip(x).zip(row) {
            *out = x + b;
        }
    }
}

#[inline(never)]
fn add_column(out: &mut Data, given: &Inputs) {
    out.assign(&given.x + &given.column);
}
#[inline(never)]
fn add_column_by_hand(out: &mut [f32], given: &Inputs) {
    let rows = given.x.as_slice().chunks_exact(COLUMNS).zip(given.column.as_slice());
    for (out, (x, b)) in out.chunks_exact_mut(COLUMNS).zip(rows) {
        for (out, x) in out.iter_mut().zip(x) {
            *out = x + b;
        }
    }
}

#[inline(never)]
fn select(out: &mut Data, given: &Inputs) {
    out.assign(given.x.greater(&given.column).where_(&given.row, &given.x));
}
#[inline(never)]
fn select_by_hand(out: &mut [f32], given: &Inputs) {
    let row = given.row.as_slice();
    let rows = given.x.as_slice().chunks_exact(COLUMNS).zip(given.column.as_slice());
    for (out, (x, &limit)) in out.chunks_exact_mut(COLUMNS).zip(rows) {
        for ((out, &x), &a) in out.iter_mut().zip(x).zip(row) {
            *out = if x > limit { a } else { x };
        }
    }
}

#[inline(never)]
fn as_written(out: &mut Data, given: &Inputs) {
    let Inputs { x, mean, var, gamma, beta, .. } = given;
    out.assign((x - mean) / (var + EPS).sqrt() * gamma + beta);
}
#[inline(never)]
fn layer(out: &mut Data, given: &Inputs) {
    out.assign(given.norm.forward(&given.x));
}
/// One multiply and one add an element: the least that batch norm can be.
#[inline(never)]
fn folded_by_hand(out: &mut [f32], given: &Inputs) {
    let (mut scale, mut shift) = ([0.0; COLUMNS], [0.0; COLUMNS]);
    for c in 0..COLUMNS {
        scale[c] = given.gamma[[c]] / (given.var[[c]] + EPS).sqrt();
        shift[c] = given.beta[[c]] - given.mean[[c]] * scale[c];
    }
    for (out, x) in out.chunks_exact_mut(COLUMNS).zip(given.x.as_slice().chunks_exact(COLUMNS)) {
        for (((out, x), scale), shift) in out.iter_mut().zip(x).zip(&scale).zip(&shift) {
            *out = x * scale + shift;
        }
    }
}

/// Seconds that one call takes.
fn seconds(call: impl FnOnce()) -> f64 {
    let start = Instant::now();
    call();
    start.elapsed().as_secs_f64()
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn main() {
    let x = Data::from_fn(|[i, j]| ((i * 7 + j * 13) % 101) as f32 * 0.02 - 1.0);
    let row = Row::from_fn(|[j]| (j % 17) as f32 * 0.1);
    let column = Column::from_fn(|[i, _]| (i % 10) as f32 * 0.1 - 0.5);
    let (mean, var) = (x.mean_axis(Axis::<0>).to_tensor(), x.var_axis(Axis::<0>).to_tensor());
    let gamma = Row::from_fn(|[j]| 1.0 + (j % 5) as f32 * 0.1);
    let beta = Row::from_fn(|[j]| (j % 3) as f32 * 0.1);
    let norm = BatchNorm::new(gamma.clone(), beta.clone(), mean.clone(), var.clone(), EPS);
    let given = Inputs { x, row, column, mean, var, gamma, beta, norm };

    let bytes = (2 * ROWS * COLUMNS * size_of::<f32>()) as f64;
    println!("{:<28} {:>9} {:>9} {:>7} {:>7}", "float32 (1000, 256)", "library", "by hand", "ratio", "GB/s");
    for &Workload { name, library, by_hand } in WORKLOADS {
        let (mut out, mut expected) = (Data::zeros(), Data::zeros());
        library(&mut out, &given);
        by_hand(expected.as_mut_slice(), &given);
        let difference = (&out - &expected).abs().max();
        assert!(difference < 1e-5, "{name}: differs from the loop by {difference}");

        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            ours.push(seconds(|| library(black_box(&mut out), black_box(&given))));
            theirs.push(seconds(|| by_hand(black_box(expected.as_mut_slice()), black_box(&given))));
        }
        let (ours, theirs) = (median(ours), median(theirs));
        let (us, ratio) = (1e6, ours / theirs);
        println!(
            "{name:<28} {:>6.1} us {:>6.1} us {ratio:>7.2} {:>7.1}",
            ours * us,
            theirs * us,
            bytes / ours / 1e9
        );
    }
}
