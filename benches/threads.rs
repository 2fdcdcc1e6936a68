//! Each workload with one thread and with two, in turns: `cargo bench -p shapewright-benches
//! --features rayon --bench threads`.
//!
//! Times are wall times, so it needs two idle cores: `taskset -c 0,1`. The last row is a loop
//! without memory accesses, split by hand: the best speed-up that the two cores allow. Every result
//! is the same, bit for bit, in both.

use std::hint::black_box;
use std::time::Instant;

use rayon::{ThreadPool, ThreadPoolBuilder};
use shapewright::{Tensor, prelude::*, shape};

const ROUNDS: usize = 41;

/// The largest number of threads.
const THREADS: usize = 2;

fn numbers<S: StaticShape>() -> Tensor<f32, S> {
    let number = |k: usize| (k.wrapping_mul(0x9E37_79B9) >> 7 & 0xFFFF) as f32 / 65536.0 + 0.25;
    let all: Vec<f32> = (0..S::LEN).map(number).collect();
    Tensor::from_slice(&all).expect("as many as the shape has")
}

/// The time of a call, in seconds.
fn time(call: &mut (impl FnMut() + Send), pool: &ThreadPool) -> f64 {
    let begin = Instant::now();
    pool.install(call);
    begin.elapsed().as_secs_f64()
}

fn row(name: &str, pools: &[ThreadPool; 2], mut call: impl FnMut() + Send) {
    let (mut one, mut ratios) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let times = [&pools[0], &pools[1]].map(|pool| time(&mut call, pool));
        one.push(times[0]);
        ratios.push(times[0] / times[1]);
    }
    one.sort_by(f64::total_cmp);
    ratios.sort_by(f64::total_cmp);
    let [low, middle, high] =
        [ROUNDS / 10, ROUNDS / 2, ROUNDS - 1 - ROUNDS / 10].map(|k| ratios[k]);
    println!("{name:44} {:9.3} ms {middle:8.2}   {low:5.2}..{high:<5.2}", one[ROUNDS / 2] * 1e3);
}

/// A workload that writes to `$out`, and asserts that the bits are those of one thread.
macro_rules! workload {
    ($pools:ident, $name:literal, |$out:ident: $type:ty| $of:expr) => {{
        let mut $out: $type = Tensor::zeros();
        let results = [&$pools[0], &$pools[1]].map(|pool| {
            pool.install(|| $of);
            $out.as_slice().iter().map(|x| x.to_bits()).collect::<Vec<_>>()
        });
        assert!(results[0] == results[1], "{}: other bits in two threads", $name);
        row($name, &$pools, || {
            $of;
            black_box(&$out);
        });
    }};
}

/// A chain of additions and multiplications that reads no memory.
fn spin(steps: usize) -> f32 {
    (0..steps).fold(black_box(1.0f32), |x, _| x * 0.999 + 0.001)
}

fn main() {
    let pools = [1, THREADS].map(|threads| {
        ThreadPoolBuilder::new().num_threads(threads).build().expect("a machine with threads")
    });
    println!("{:44} {:>12} {:>8}   p10..p90", "one thread / two threads", "one thread", "ratio");

    let x = numbers::<shape![1024, 1024]>();
    workload!(pools, "exp (1024, 1024)", |out: Tensor<f32, shape![1024, 1024]>| out
        .assign(x.exp()));
    workload!(pools, "softmax (1024, 1024)", |out: Tensor<f32, shape![1024, 1024]>| out
        .assign(x.softmax(Axis::<1>)));
    let y = numbers::<shape![1024, 1024]>();
    workload!(pools, "W8 (1024, 1024) @ (1024, 1024)", |out: Tensor<f32, shape![1024, 1024]>| out
        .assign(x.matmul(&y)));
    let (a, b) = (numbers::<shape![32, 64, 64]>(), numbers::<shape![64, 64]>());
    workload!(pools, "W8 (32, 64, 64) @ (64, 64)", |out: Tensor<f32, shape![32, 64, 64]>| out
        .assign(a.matmul(&b)));
    let (a, b) = (numbers::<shape![512, 1, 64]>(), numbers::<shape![1, 512, 64]>());
    workload!(pools, "W5 pairwise distances 512 x 512 x 64", |out: Tensor<
        f32,
        shape![512, 512],
    >| out
        .assign((a.stretch() - &b).square().sum_axis(Axis::<-1>)));
    let (x, row_of) = (numbers::<shape![1000, 256]>(), numbers::<shape![256]>());
    workload!(pools, "W4a (1000, 256) + (256,)", |out: Tensor<f32, shape![1000, 256]>| out
        .assign(&x + &row_of));
    let x = numbers::<shape![4096, 4096]>();
    workload!(pools, "W9 sum of (4096, 4096) over axis 0", |out: Tensor<f32, shape![4096]>| out
        .assign(x.sum_axis(Axis::<0>)));
    workload!(pools, "W9 sum of (4096, 4096) over axis 1", |out: Tensor<f32, shape![4096]>| out
        .assign(x.sum_axis(Axis::<1>)));
    workload!(pools, "W9 sum of (4096, 4096) over all", |out: Tensor<f32, ()>| out.assign(x.sum()));
    row("a loop without memory, by hand", &pools, || {
        black_box(rayon::join(|| black_box(spin(500_000)), || black_box(spin(500_000))));
    });
}
