use shapewright::{Tensor, Weights, shape};

#[derive(Weights)]
struct Net {
    table: Tensor<usize, shape![256]>,
}

fn main() {}
