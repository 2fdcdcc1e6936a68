use shapewright::{TensorView, shape};

fn halve(mut weights: TensorView<'_, f32, shape![1000]>) {
    weights /= 2.0;
}

fn main() {}
