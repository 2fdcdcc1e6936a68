use shapewright::array;
use shapewright::prelude::*;

fn main() {
    let x = array![1.0f32, 2.0, 3.0];
    let _ = x.saturating_add(&x).to_tensor();
}
