use shapewright::Dim;
use shapewright::nn::Conv2d;

pub struct Net {
    pub features: Conv2d<Dim<6>, Dim<8>, 3, 1, 1, 1, 4>,
}

fn main() {}
