use shapewright::prelude::*;

type Data = shapewright::Tensor<f32, shapewright::shape![1000, 256]>;

fn center(x: &Data) -> Data {
    (x - x.mean_axis(Axis::<1>)).to_tensor()
}

fn main() {}
