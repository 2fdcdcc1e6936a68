use shapewright::{Array, array, shape};

fn mask() -> Array<bool, shape![3]> {
    array![true, 0, false]
}

fn main() {}
