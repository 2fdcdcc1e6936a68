//! Trains a multilayer perceptron on handwritten digits, with gradients that are written by hand.
//!
//! `cargo run --release --example train_mlp`
//!
//! A gradient must have the shape of its parameter, or it does not compile: with
//! `x.t().matmul(&d2)` instead of `hidden.t().matmul(&d2)` below, `net.w2 -= ..` says "cannot
//! broadcast `(Pixels, Classes)` to `(Hidden, Classes)`: axis -2 is Pixels, not Hidden".

use std::error::Error;

use shapewright::nn::cross_entropy;
use shapewright::{Tensor, io::npy, prelude::*};

dim!(Images);
dim!(Pixels = 64, Hidden = 32, Classes = 10);

struct Net {
    w1: Tensor<f32, shape![Pixels, Hidden]>,
    b1: Tensor<f32, shape![Hidden]>,
    w2: Tensor<f32, shape![Hidden, Classes]>,
    b2: Tensor<f32, shape![Classes]>,
}

type Batch = Tensor<f32, shape![?Images, Pixels]>;

impl Net {
    fn forward(
        &self,
        x: &Batch,
    ) -> (Tensor<f32, shape![?Images, Hidden]>, Tensor<f32, shape![?Images, Classes]>) {
        let hidden = (x.matmul(&self.w1) + &self.b1).relu().to_tensor();
        let logits = (hidden.matmul(&self.w2) + &self.b2).to_tensor();
        (hidden, logits)
    }

    /// One step down the gradient of the mean cross entropy.
    fn step(&mut self, x: &Batch, labels: &Tensor<u8, shape![?Images]>, rate: f32) {
        let (hidden, logits) = self.forward(x);
        let right = labels.one_hot::<f32, _>(Classes);
        // Of the shape (n, Classes).
        let d2 = ((logits.softmax(Classes) - right) / labels.len() as f32).to_tensor();
        let d1 = (d2.matmul(self.w2.t()) * hidden.greater(0.0).map(|on| f32::from(u8::from(on))))
            .to_tensor(); // (n, Hidden)
        self.w2 -= hidden.t().matmul(&d2) * rate;
        self.b2 -= d2.sum_axis(Images) * rate;
        self.w1 -= x.t().matmul(&d1) * rate;
        self.b1 -= d1.sum_axis(Images) * rate;
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data");
    let images: Batch = npy::read(format!("{data}/digits.npy"))?;
    let images = (images / 16.0).to_tensor();
    let labels: Tensor<u8, shape![?Images]> = npy::read(format!("{data}/digits_labels.npy"))?;
    let (test, train): (Vec<usize>, Vec<usize>) = (0..labels.len()).partition(|k| k % 5 == 0);

    let mut seed = 1u32; // pseudo-random numbers between -1 and 1
    let mut chance = move || {
        seed = seed.wrapping_mul(1664525).wrapping_add(1013904223);
        (seed >> 8) as f32 / (1 << 23) as f32 - 1.0
    };
    let mut net = Net {
        w1: Tensor::from_fn(|_| chance() * 0.2),
        b1: Tensor::zeros(),
        w2: Tensor::from_fn(|_| chance() * 0.2),
        b2: Tensor::zeros(),
    };
    for epoch in 1..=30 {
        for batch in train.chunks(16) {
            let x = images.take(Images, batch).to_tensor().rename();
            net.step(&x, &labels.take(Images, batch).to_tensor().rename(), 0.5);
        }
        if epoch % 10 == 0 {
            let x: Batch = images.take(Images, &test).to_tensor().rename();
            let labels: Tensor<u8, shape![?Images]> =
                labels.take(Images, &test).to_tensor().rename();
            let (_, logits) = net.forward(&x);
            let found = logits.argmax_axis(Classes).to_tensor();
            let right = found
                .iter()
                .zip(&labels)
                .filter(|&(&found, &label)| found == usize::from(label))
                .count();
            println!(
                "epoch {epoch}: loss {:.3}, {right} of {} right",
                cross_entropy(&logits, &labels)?,
                test.len()
            );
        }
    }
    Ok(())
}
