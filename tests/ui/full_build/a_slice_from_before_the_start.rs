use shapewright::prelude::*;
use shapewright::{Dim, Length, Tensor};

fn last<N: Length>(x: &Tensor<f32, (N,)>) -> Tensor<f32, (Dim<4>,)> {
    x.slice(Axis::<0>, Span::<-4, 4>).to_tensor()
}

fn main() {
    last(&Tensor::<f32, (Dim<3>,)>::zeros());
}
