use nalgebra::DMatrixView;
use shapewright::{Tensor, shape};

fn view(x: &Tensor<f64, shape![1000, 256]>) -> DMatrixView<'_, f64> {
    x.into()
}

fn main() {}
