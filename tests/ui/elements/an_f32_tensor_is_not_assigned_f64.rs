use shapewright::{Tensor, shape};

fn convert(out: &mut Tensor<f32, shape![3]>, x: &Tensor<f64, shape![3]>) {
    out.assign(x);
}

fn main() {}
