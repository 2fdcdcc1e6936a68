use shapewright::nn::{Layer, Linear, Sequential};
use shapewright::weights::{WeightsError, WeightsFile};
use shapewright::{Dim, Shape, Tensor};

struct Leaky;

impl<S: Shape> Layer<S> for Leaky {
    type Output = S;
    fn forward(&self, x: Tensor<f32, S>) -> Tensor<f32, S> {
        x
    }
}

type Net = Sequential<(Linear<Dim<4>, Dim<8>>, Leaky, Linear<Dim<8>, Dim<2>>)>;

fn loaded() -> Result<Net, WeightsError> {
    WeightsFile::read("net.safetensors")?.load()
}

fn main() {}
