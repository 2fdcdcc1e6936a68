use shapewright::array;
use shapewright::prelude::*;

fn main() {
    let x = array![[1.0, 2.0], [3.0, 4.0]];
    let _ = (&x * 2.0).to_tensor();
}
