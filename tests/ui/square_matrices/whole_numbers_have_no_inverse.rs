use shapewright::array;
use shapewright::prelude::*;

fn main() {
    let _ = array![[1, 2], [3, 4]].inv().to_array();
}
