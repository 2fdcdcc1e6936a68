use shapewright::{Tensor, TensorViewMut, shape};

fn mask(valid: &mut TensorViewMut<'_, bool, shape![1000, 256]>, chosen: &Tensor<bool, shape![1000]>) {
    *valid &= chosen;
}

fn main() {}
