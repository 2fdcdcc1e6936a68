use shapewright::{Dim, Tensor, prelude::*};

pub fn mean(x: &Tensor<f32, (Dim<1000>, Dim<256>)>) -> Tensor<f32, (Dim<1000>,)> {
    x.mean_axis(Axis::<1>).to_tensor()
}

mod tests {
    use super::*;

    pub fn centers_rows(x: &Tensor<f32, (Dim<1000>, Dim<256>)>) {
        let _ = x - mean(x);
    }
}

fn main() {
    let _ = tests::centers_rows;
}
