use shapewright::Tensor;

fn one(_: &Tensor<f32, (usize, usize)>) {}

fn main() {}
