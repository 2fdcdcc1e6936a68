use shapewright::{Tensor, shape};

fn count(valid: &mut Tensor<bool, shape![1000]>, chosen: &Tensor<bool, shape![1000]>) {
    *valid += chosen;
}

fn main() {}
