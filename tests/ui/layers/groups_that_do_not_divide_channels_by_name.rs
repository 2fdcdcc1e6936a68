use shapewright::dim;
use shapewright::nn::Conv2d;

dim!(Rgb = 3);

pub struct Net {
    pub features: Conv2d<Rgb, Rgb, 3, 1, 1, 1, 2>,
}

fn main() {}
