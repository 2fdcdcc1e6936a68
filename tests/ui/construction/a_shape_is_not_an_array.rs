use shapewright::Tensor;

fn one(_: &Tensor<f32, [usize; 2]>) {}

fn main() {}
