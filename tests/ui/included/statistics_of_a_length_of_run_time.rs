use shapewright::{Flash, Tensor, dim, include_npy, shape};

dim!(Features);

static MEAN: Tensor<f32, shape![?Features], Flash> = include_npy!("stats.npy");

fn main() {}
