use shapewright::Dim;
use shapewright::nn::Conv1d;

pub struct Net {
    pub features: Conv1d<Dim<8>, Dim<6>, 3, 1, 1, 1, 4>,
}

fn main() {}
