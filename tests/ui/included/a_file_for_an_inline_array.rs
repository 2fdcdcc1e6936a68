use shapewright::{Array, include_npy, shape};

static X: Array<f32, shape![1000]> = include_npy!("stats.npy");

fn main() {}
