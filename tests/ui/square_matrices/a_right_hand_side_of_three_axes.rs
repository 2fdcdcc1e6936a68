use shapewright::array;
use shapewright::prelude::*;

fn main() {
    let a = array![[1.0, 2.0], [3.0, 4.0]];
    let _ = a.solve(&array![1.0; 2, 3, 4]);
}
