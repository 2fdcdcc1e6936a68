//! W8: matrix products of 256 and 1024, and one of a batch of 32.

use shapewright::{Dim, Dyn, Tensor, prelude::*, shape};

use super::data::{Expected, Random, product};
use super::gemm::{self, Packed};
use super::harness::{Who, Work, Workload};
use super::memory::Buffer;
use super::vector::Level;

/// The number of products in the batch.
pub const BATCH: usize = 32;
/// Rows and columns of a product of the batch.
pub const SIDE: usize = 64;

/// Two matrices; in the batch, the left matrices are stored one after the other.
pub struct Given {
    /// (m, k)
    pub a: Vec<f32>,
    /// (k, n)
    pub b: Vec<f32>,
    /// m, k and n.
    pub shape: [usize; 3],
}

impl Given {
    /// Random matrices.
    pub fn new([m, k, n]: [usize; 3]) -> Self {
        let mut random = Random::new(9);
        Self {
            a: random.uniform(m * k, -1.0, 1.0),
            b: random.uniform(k * n, -1.0, 1.0),
            shape: [m, k, n],
        }
    }
    /// The matrices of the batch.
    pub fn batched() -> Self {
        Self::new([BATCH * SIDE, SIDE, SIDE])
    }

    fn workload<'a>(&'a self, name: &str, level: Level) -> Workload<'a> {
        let [m, k, n] = self.shape;
        let expected = Expected {
            values: product(&self.a, &self.b, self.shape),
            scale: (k as f64).sqrt(),
            ulp: 32.0,
        };
        let mut workload = Workload::new(name, Work::Operations(2 * m * k * n), expected);
        let (a, b, mut packed) = (Buffer::of(&self.a), Buffer::of(&self.b), Packed::new(n));
        let by_hand =
            move |out: &mut Buffer| gemm::product(level, out, &a, &b, self.shape, &mut packed);
        workload.writing(Who::Limit, "by hand", Buffer::zeros(m * n), by_hand, |out| out.to_vec());
        workload
    }
}

/// W8, (N, N) @ (N, N).
pub fn square<'a, const N: usize>(given: &'a Given, name: &str, level: Level) -> Workload<'a> {
    type Square<const N: usize> = Tensor<f32, (Dim<N>, Dim<N>)>;
    let mut workload = given.workload(name, level);
    let of =
        |elements: &[f32]| Square::<N>::from_slice(elements).expect("as many as the shape has");
    let (a, b) = (of(&given.a), of(&given.b));
    let (run_a, run_b) = (a.clone().rename::<shape![?, ?]>(), b.clone().rename::<shape![?, ?]>());
    let library = move |out: &mut Square<N>| out.assign(a.matmul(&b));
    let out = Square::zeros();
    workload.writing(Who::Library { target: 1.05 }, "shapewright", out, library, |out| {
        out.as_slice().to_vec()
    });
    let library = move |out: &mut Tensor<f32, (Dyn, Dyn)>| out.assign(run_a.matmul(&run_b));
    let (target, out) = (Who::Library { target: 1.05 }, Square::<N>::zeros().rename());
    workload.writing(target, "shapewright, run time", out, library, |out| out.as_slice().to_vec());
    workload
}

type Batch = Tensor<f32, shape![{ BATCH }, { SIDE }, { SIDE }]>;
type Matrix = Tensor<f32, shape![{ SIDE }, { SIDE }]>;

/// The batched product with the library.
fn library_batched(out: &mut Batch, a: &Batch, b: &Matrix) {
    out.assign(a.matmul(b));
}

/// W8, (32, 64, 64) @ (64, 64).
pub fn batched<'a>(given: &'a Given, name: &str, level: Level) -> Workload<'a> {
    let mut workload = given.workload(name, level);
    let a = Batch::from_slice(&given.a).expect("as many as the shape has");
    let b = Matrix::from_slice(&given.b).expect("as many as the shape has");
    let library = move |out: &mut Batch| library_batched(out, &a, &b);
    let out = Batch::zeros();
    workload.writing(Who::Library { target: 1.05 }, "shapewright", out, library, |out| {
        out.as_slice().to_vec()
    });
    workload
}
