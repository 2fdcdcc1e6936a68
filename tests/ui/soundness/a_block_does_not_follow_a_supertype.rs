use shapewright::Tensor;
use shapewright::nn::{Layer, Linear};
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off(blocks: &[Linear<Sub, Super>; 2], x: Tensor<f32, (Sub,)>) {
    let _ = blocks.forward(x);
}

fn main() {}
