use serde::de::DeserializeOwned;
use shapewright::{Array, dim, shape};

dim!(pub Batch);

fn read<T: DeserializeOwned>(_: &[u8]) -> T {
    unimplemented!()
}

fn main() {
    let _: Array<f32, shape![?Batch, 784]> = read(&[]);
}
