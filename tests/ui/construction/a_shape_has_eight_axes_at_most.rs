use shapewright::{Dim, Tensor};

type Nine = (Dim<2>, Dim<2>, Dim<2>, Dim<2>, Dim<2>, Dim<2>, Dim<2>, Dim<2>, Dim<2>);

fn nine(_: &Tensor<f32, Nine>) {}

fn main() {}
