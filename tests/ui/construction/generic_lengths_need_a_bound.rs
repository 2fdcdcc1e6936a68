use shapewright::Tensor;

fn first<N>(_: &Tensor<f32, (N,)>) {}

fn main() {}
