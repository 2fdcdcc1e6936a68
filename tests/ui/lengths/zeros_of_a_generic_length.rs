use shapewright::{Length, Tensor};

fn blank<N: Length, C: Length>() -> Tensor<f32, (N, C)> {
    Tensor::zeros()
}

fn main() {}
