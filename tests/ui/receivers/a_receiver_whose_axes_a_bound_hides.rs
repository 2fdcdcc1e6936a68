use shapewright::{Length, StaticShape, Tensor};

fn fill<N: Length, C: Length>(x: &mut Tensor<f32, (N, C)>, row: &Tensor<f32, (C,)>)
where
    (N, C): StaticShape,
{
    x.assign(row);
}

fn main() {}
