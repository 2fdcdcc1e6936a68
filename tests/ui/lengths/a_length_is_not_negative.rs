use shapewright::{Dim, Tensor};

fn rows(_: &Tensor<f32, (Dim<-3>,)>) {}

fn main() {}
