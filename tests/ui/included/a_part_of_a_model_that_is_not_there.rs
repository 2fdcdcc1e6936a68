use shapewright::{Flash, Tensor, include_safetensors, io::Included, shape};

struct Convolution {
    weight: Tensor<f32, shape![2, 4, {1}, {1}], Flash>,
    bias: Tensor<f32, shape![2], Flash>,
}
impl Convolution {
    const fn included(file: Included) -> Self {
        Self { weight: file.view("weight"), bias: file.view("bias") }
    }
}

const FILE: Included = include_safetensors!("network.safetensors");
static LAYER: Convolution = Convolution::included(FILE.at("features").at("10"));

fn main() {
    let _ = (&LAYER.weight, &LAYER.bias);
}
