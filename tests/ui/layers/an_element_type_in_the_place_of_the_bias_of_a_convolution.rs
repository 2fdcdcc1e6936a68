use shapewright::Dim;
use shapewright::nn::Conv2d;

pub struct Net {
    pub features: Conv2d<Dim<3>, Dim<16>, 3, 1, 1, 1, 1, f64>,
}

fn main() {}
