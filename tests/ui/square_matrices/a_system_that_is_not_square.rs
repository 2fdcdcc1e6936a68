use shapewright::Tensor;
use shapewright::prelude::*;

fn main() {
    let a = Tensor::<f32, shape![1000, 3]>::ones();
    let _ = a.solve(&Tensor::<f32, shape![1000]>::ones()).to_tensor();
}
