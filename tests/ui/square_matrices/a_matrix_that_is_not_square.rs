use shapewright::Tensor;
use shapewright::prelude::*;

fn main() {
    let a = Tensor::<f32, shape![3, 1000]>::ones();
    let _ = a.inv().to_tensor();
}
