use shapewright::{Axis, Tensor, dim, prelude::*, shape};

dim!(Columns);

fn columns(x: &Tensor<f32, shape![2, 3]>) -> Tensor<f32, shape![?Columns]> {
    x.sum_axis(Axis::<0>).rename()
}

fn main() {}
