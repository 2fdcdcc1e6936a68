use shapewright::prelude::*;

fn center<N: Length, C: StaticLength>(x: TensorView<f32, (N, C)>, mean: Array<f32, (C, C)>) {
    let _ = x - mean;
}

fn main() {}
