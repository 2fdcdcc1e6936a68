use shapewright::prelude::*;
use shapewright_prove::{Channels, Data};

fn centered(x: &Data) -> Data {
    (x - x.mean_axis(Channels)).to_tensor()
}

fn main() {}
