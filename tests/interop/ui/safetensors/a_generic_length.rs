use shapewright::io::safetensors::SafeTensors;
use shapewright::{Length, Tensor};

fn load<N: Length>(file: &SafeTensors<'_>) -> Tensor<f32, (N,)> {
    file.tensor("weight").unwrap()
}

fn main() {}
