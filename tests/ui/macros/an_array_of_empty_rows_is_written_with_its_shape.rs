use shapewright::{Array, array, shape};

fn nothing() -> Array<f32, shape![2, 0]> {
    array![[], []]
}

fn main() {}
