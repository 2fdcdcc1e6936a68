use shapewright::{Array, Dim};

fn main() {
    let _: Array<f32, (Dim<{ 1 << 62 }>, Dim<4>, Dim<0>)> = Array::new([[[0.0f32; 0]; 4]; 1 << 62]);
}
