use shapewright::array;
use shapewright::prelude::*;

fn main() {
    let _ = array![[1.0, 2.0], [3.0, 4.0]].inv().to_tensor();
}
