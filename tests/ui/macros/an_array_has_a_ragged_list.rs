use shapewright::{Array, array, shape};

static WEIGHTS: Array<f32, shape![2, 2, 2]> = array![[[0.1, 0.2], [0.3, 0.4]], [[0.5, 0.6]]];

fn main() {}
