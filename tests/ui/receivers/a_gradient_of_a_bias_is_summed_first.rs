use shapewright::{Tensor, shape};

fn update(bias: &mut Tensor<f32, shape![1000]>, gradient: &Tensor<f32, shape![64, 1000]>) {
    *bias -= gradient * 0.1;
}

fn main() {}
