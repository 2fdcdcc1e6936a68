use shapewright::prelude::*;
use shapewright::{Tensor, shape};

fn mean(counts: &Tensor<u32, shape![1000, 256]>) -> Tensor<u32, shape![256]> {
    counts.mean_axis(Axis::<0>).to_tensor()
}

fn main() {}
