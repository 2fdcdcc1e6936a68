//! L4: attention of eight heads, each of 128 queries to 128 keys of 64 elements.

use shapewright::{
    Tensor,
    nn::{Causal, NoMask, attention as attend},
    shape,
};

use crate::suite::data::{Expected, Random};
use crate::suite::harness::{Who, Work, Workload};
use crate::suite::vector::Level;

/// Batches, heads, queries and the elements of a query.
pub const SHAPE: [usize; 4] = [1, 8, 128, 64];

/// Queries, keys and values.
pub struct Given {
    /// Queries, of shape [`SHAPE`].
    pub q: Vec<f32>,
    /// Keys, of the same shape.
    pub k: Vec<f32>,
    /// Values, of the same shape.
    pub v: Vec<f32>,
    /// Whether a query sees only the keys up to its own number.
    pub causal: bool,
}

impl Given {
    /// Random data.
    pub fn new(causal: bool) -> Self {
        let mut random = Random::new(14);
        let mut some = || random.uniform(SHAPE.iter().product(), -1.0, 1.0);
        Self { q: some(), k: some(), v: some(), causal }
    }

    /// Computes the expected results query by query.
    fn expected(&self) -> Expected {
        let [.., queries, width] = SHAPE;
        let dot = |a: &[f32], b: &[f32]| {
            a.iter().zip(b).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum::<f64>()
        };
        let mut values = Vec::with_capacity(self.q.len());
        for (row, query) in self.q.chunks_exact(width).enumerate() {
            let head = row / queries * queries;
            let seen = head..if self.causal { row + 1 } else { head + queries };
            let of = |all: &'_ [f32], i: usize| all[i * width..(i + 1) * width].to_vec();
            let scores =
                seen.clone().map(|key| dot(query, &of(&self.k, key)) / (width as f64).sqrt());
            let powers: Vec<f64> = scores.map(f64::exp).collect();
            let sum: f64 = powers.iter().sum();
            let mut mean = vec![0.0; width];
            for (key, power) in seen.zip(&powers) {
                mean.iter_mut()
                    .zip(of(&self.v, key))
                    .for_each(|(m, v)| *m += power / sum * f64::from(v));
            }
            values.extend(mean);
        }
        Expected { values, scale: 0.5, ulp: 32.0 }
    }
}

type Heads = Tensor<f32, shape![{ SHAPE[0] }, { SHAPE[1] }, { SHAPE[2] }, { SHAPE[3] }]>;

/// The workload L4, with the library as its only contender.
pub fn attention<'a>(given: &'a Given, name: &str, _: Level) -> Workload<'a> {
    let [batches, heads, queries, width] = SHAPE;
    // Scores that a query does not see need not be computed.
    let all = 2 * 2 * batches * heads * queries * queries * width;
    let work = Work::Operations(if given.causal { all / 2 } else { all });
    let mut workload = Workload::new(name, work, given.expected());
    let of = |x: &[f32]| Heads::from_slice(x).expect("as many as the shape has");
    let (q, k, v, target) =
        (of(&given.q), of(&given.k), of(&given.v), Who::Library { target: 1.0 });
    let read = |out: &Heads| out.as_slice().to_vec();
    if given.causal {
        workload.making(target, "shapewright", move || attend(&q, &k, &v, Causal), read);
    } else {
        workload.making(target, "shapewright", move || attend(&q, &k, &v, NoMask), read);
    }
    workload
}
