use shapewright::prelude::*;
use shapewright::{Dim, Length, Tensor};

fn least<N: Length, C: Length>(x: &Tensor<f32, (N, C)>) -> Tensor<usize, (C,)> {
    x.argmin_axis(Axis::<0>).to_tensor()
}

fn main() {
    least(&Tensor::<f32, (Dim<0>, Dim<3>)>::zeros());
}
