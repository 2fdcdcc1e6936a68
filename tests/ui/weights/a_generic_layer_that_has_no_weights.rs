use shapewright::{Weights, weights::WeightsError};

#[derive(Weights)]
struct Residual<Layer> {
    inner: Layer,
}

fn load() -> Result<Residual<String>, WeightsError> {
    Residual::load("residual.npz")
}

fn main() {}
