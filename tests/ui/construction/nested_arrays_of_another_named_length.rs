use shapewright::{Array, dim};

dim!(Classes = 3);

fn bias() -> Array<f32, (Classes,)> {
    Array::new([0.0, 0.0])
}

fn main() {}
