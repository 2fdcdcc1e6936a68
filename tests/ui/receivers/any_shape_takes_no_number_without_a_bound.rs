use shapewright::{Shape, Tensor};

fn clear<S: Shape>(x: &mut Tensor<f32, S>) {
    x.assign(0.0);
}

fn main() {}
