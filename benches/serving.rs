//! A batch of a run-time length through an MLP 784-128-10, compared with one of a static length,
//! and the size of both functions: `cargo bench -p shapewright-benches --bench serving`.

use std::hint::black_box;
use std::time::Instant;

use shapewright::{Dim, Dyn, Length, StaticLength, Tensor, prelude::*, shape};

struct Mlp {
    hidden: Tensor<f32, shape![784, 128]>,
    hidden_bias: Tensor<f32, shape![128]>,
    out: Tensor<f32, shape![128, 10]>,
    out_bias: Tensor<f32, shape![10]>,
}

impl Mlp {
    fn new() -> Self {
        let of = |i: usize| ((i * 7919) % 1000) as f32 / 1e4 - 0.05;
        Self {
            hidden: Tensor::<f32, shape![784, 128]>::from_fn(|[i, j]| of(128 * i + j)),
            hidden_bias: Tensor::<f32, shape![128]>::from_fn(|[j]| of(j)),
            out: Tensor::<f32, shape![128, 10]>::from_fn(|[i, j]| of(10 * i + j)),
            out_bias: Tensor::<f32, shape![10]>::from_fn(|[j]| of(j)),
        }
    }

    #[inline(never)]
    fn forward<N: Length>(&self, x: &Tensor<f32, (N, Dim<784>)>) -> Tensor<f32, (N, Dim<10>)> {
        let hidden = (x.matmul(&self.hidden) + &self.hidden_bias).maximum(0.0).to_tensor();
        (hidden.matmul(&self.out) + &self.out_bias).softmax(Axis::<1>).to_tensor()
    }
}

/// The time of a call in microseconds, measured over `calls` calls, which take about a millisecond.
fn time(calls: usize, mut call: impl FnMut()) -> f64 {
    let began = Instant::now();
    for _ in 0..calls {
        call();
    }
    began.elapsed().as_secs_f64() * 1e6 / calls as f64
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn compare<N: StaticLength>(mlp: &Mlp) {
    let fixed = Tensor::<f32, (N, Dim<784>)>::from_fn(|[i, j]| ((i + j) % 9) as f32);
    let any: Tensor<f32, (Dyn, Dim<784>)> = fixed.clone().rename();
    assert_eq!(mlp.forward(&fixed).as_slice(), mlp.forward(&any).as_slice(), "the same bits");
    // In turns, with a ratio per round, so that other load on the machine affects both.
    let calls = 1 + 400 / N::LEN;
    let rounds = (0..101).map(|_| {
        let of_fixed = time(calls, || drop(black_box(mlp.forward(black_box(&fixed)))));
        (of_fixed, time(calls, || drop(black_box(mlp.forward(black_box(&any))))))
    });
    let (fixed, any): (Vec<f64>, Vec<f64>) = rounds.unzip();
    let ratio = median(fixed.iter().zip(&any).map(|(fixed, any)| any / fixed).collect());
    println!("{:>5} {:>10.2} {:>10.2} {ratio:>8.3}", N::LEN, median(fixed), median(any));
}

fn main() {
    // `cargo test` runs benches too, without this argument of the harness.
    if std::env::args().all(|argument| argument != "--bench") {
        return;
    }
    let mlp = Mlp::new();
    println!("batch  static, us   run time    ratio");
    compare::<Dim<1>>(&mlp);
    compare::<Dim<2>>(&mlp);
    compare::<Dim<8>>(&mlp);
    compare::<Dim<17>>(&mlp);
    compare::<Dim<32>>(&mlp);
    compare::<Dim<64>>(&mlp);
}
