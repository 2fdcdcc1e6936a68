use shapewright::Tensor;
use shapewright::prelude::*;

mod encoder {
    shapewright::dim!(pub Width = 512);
}
mod decoder {
    shapewright::dim!(pub Width = 512);
}

fn add(
    x: &Tensor<f32, (encoder::Width,)>,
    y: &Tensor<f32, (decoder::Width,)>,
) -> Tensor<f32, (encoder::Width,)> {
    (x + y).to_tensor()
}

fn main() {}
