use shapewright::{Tensor, prelude::*, shape};

type Data = Tensor<f32, shape![1000, 256]>;

mod tests {
    use super::*;

    pub fn has_three_axes(x: &Data) -> f32 {
        x.max_axis(Axis::<2>).sum()
    }
}

fn main() {
    let _ = tests::has_three_axes;
}
