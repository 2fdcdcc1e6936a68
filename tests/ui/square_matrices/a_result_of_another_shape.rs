use shapewright::array;
use shapewright::prelude::*;

fn main() {
    let mut out = array![0.0; 3, 3];
    let _ = out.try_assign(array![[1.0, 2.0], [3.0, 4.0]].inv());
}
