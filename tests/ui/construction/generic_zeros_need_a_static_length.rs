use shapewright::{Length, Tensor};

fn zeros<N: Length>() -> Tensor<f32, (N,)> {
    Tensor::zeros()
}

fn main() {}
