use shapewright::prelude::*;
use shapewright::{Array, SingularMatrix, dim};

dim!(State = 4, Measured = 4);

fn gain(
    s: &Array<f32, (Measured, Measured)>,
    b: &Array<f32, (State, Measured)>,
) -> Result<Array<f32, (State, Measured)>, SingularMatrix> {
    s.solve(b).to_array()
}

fn main() {}
