use shapewright::Dim;
use shapewright::nn::Conv2d;

pub struct Net {
    pub features: Conv2d<Dim<6>, Dim<6>, 3, 1, 1, 1, 0>,
}

fn main() {}
