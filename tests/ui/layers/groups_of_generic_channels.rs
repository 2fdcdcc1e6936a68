use shapewright::Length;
use shapewright::nn::Conv2d;

pub struct Net<C: Length> {
    pub features: Conv2d<C, C, 3, 1, 1, 1, 2>,
}

fn main() {}
