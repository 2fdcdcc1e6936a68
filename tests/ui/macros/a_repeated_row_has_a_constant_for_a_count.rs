use shapewright::{Array, array, shape};

const CHANNELS: usize = 3;

fn zeros() -> Array<f32, shape![2, 3]> {
    array![[0.0; CHANNELS], [1.0, 1.0, 1.0]]
}

fn main() {}
