use nalgebra::Matrix2x3;
use shapewright::{TensorView, shape};

fn columns(m: &Matrix2x3<f64>) -> TensorView<'_, f64, shape![3, 2]> {
    m.into()
}

fn main() {}
