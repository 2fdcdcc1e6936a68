use shapewright::Dim;
use shapewright::nn::Linear;

pub struct Net {
    pub classifier: Linear<Dim<784>, Dim<128>, f64>,
}

fn main() {}
