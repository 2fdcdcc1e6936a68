use shapewright::prelude::*;
use shapewright::{Tensor, dim, shape};

dim!(pub Steps = 1000);

fn smooth(x: &Tensor<f32, shape![Steps, 4]>) -> f32 {
    let every_week = x.windows(Steps, Window::<144, 1, 7>);
    every_week.mean_axis(Axis::<-1>).sum()
}

fn main() {}
