use shapewright::array;
use shapewright::prelude::*;

fn main() {
    let x = array![1i32, 2, 3];
    let _ = (x.widen::<i8>() + 1).to_tensor();
}
