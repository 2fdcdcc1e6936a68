use shapewright::{Tensor, shape};

fn main() {
    let _: Tensor<f32, shape![2, 3]> = [[1.0, 2.0], [3.0, 4.0]].into();
}
