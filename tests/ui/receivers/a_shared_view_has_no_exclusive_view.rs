use shapewright::{TensorView, shape};

fn clear(mut weights: TensorView<'_, f32, shape![1000]>) {
    weights.view_mut().assign(0.0);
}

fn main() {}
