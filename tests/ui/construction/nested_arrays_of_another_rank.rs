use shapewright::{Array, shape};

fn weights() -> Array<f32, shape![4]> {
    Array::new([[0.1, 0.2], [0.3, 0.4]])
}

fn main() {}
