use shapewright::{Length, Tensor, shape};

fn rows<N: Length, C: Length>(_: &Tensor<f32, (N, C)>) {}

fn run(x: &Tensor<f32, shape![1000]>) {
    rows(x);
}

fn main() {}
