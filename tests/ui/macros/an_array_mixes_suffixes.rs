use shapewright::{Array, array, shape};

fn weights() -> Array<f32, shape![2]> {
    array![0.5f32, 1.5f64]
}

fn main() {}
