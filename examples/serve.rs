//! A loop that serves requests of 1 to 64 images with one compiled network. The reply to a
//! malformed request is an error. The replies are checked against NumPy.
//!
//! `cargo run --release --example serve`

use std::error::Error;

use shapewright::io::npy;
use shapewright::{ShapeError, Tensor, TensorView, agree, dim, prelude::*, shape};

dim!(Batch); // the number of images comes from each request
dim!(Pixels = 64, Hidden = 32, Classes = 10);

/// A request: images of 64 pixels, one after the other, and the brightness of each.
struct Request {
    pixels: Vec<f32>,
    scale: Vec<f32>,
}

/// The network, which `make_network.py` trained on the first 1000 images.
struct Network {
    w1: Tensor<f32, shape![Pixels, Hidden]>,
    b1: Tensor<f32, shape![Hidden]>,
    w2: Tensor<f32, shape![Hidden, Classes]>,
    b2: Tensor<f32, shape![Classes]>,
}

impl Network {
    /// The reply, as a `Vec` like the request.
    fn reply(&self, request: &Request) -> Result<Vec<f32>, ShapeError> {
        // Views of the request: nothing is copied. 130 floats are not a whole number of rows of 64,
        // and are an error.
        let x = TensorView::<f32, shape![?Batch, Pixels]>::new(&request.pixels)?;
        let scale = TensorView::<f32, shape![?Batch]>::new(&request.scale)?;
        agree((&x, &scale))?; // from here on no length can be wrong
        Ok(self.logits(&x, &scale).as_slice().to_vec())
    }

    fn logits(
        &self,
        x: &TensorView<f32, shape![?Batch, Pixels]>,
        scale: &TensorView<f32, shape![?Batch]>,
    ) -> Tensor<f32, shape![?Batch, Classes]> {
        let x = x * scale.expand_dims(Axis::<1>); // `x * scale` does not compile
        let hidden = (x.matmul(&self.w1) + &self.b1).relu().to_tensor();
        (hidden.matmul(&self.w2) + &self.b2).to_tensor()
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = |name: &str| format!("{}/data/{name}.npy", env!("CARGO_MANIFEST_DIR"));
    let network = Network {
        w1: npy::read(path("network_w1"))?,
        b1: npy::read(path("network_b1"))?,
        w2: npy::read(path("network_w2"))?,
        b2: npy::read(path("network_b2"))?,
    };
    let images: Tensor<f32, shape![?Batch, Pixels]> = npy::read(path("digits"))?;
    let labels: Tensor<u8, shape![?Batch]> = npy::read(path("digits_labels"))?;
    let expected: Tensor<f32, shape![?Batch, Classes]> = npy::read(path("network_logits"))?;
    agree((&images, &labels, &expected))?;

    let (mut at, mut served, mut right, mut off) = (1000, 0, 0, 0f32);
    for number in 0.. {
        let count = (1 + number * 27 % 64).min(labels.len() - at); // 1, 28, 55, 18, ..
        if count == 0 {
            break;
        }
        let mut pixels = images.as_slice()[64 * at..64 * (at + count)].to_vec();
        let mut scale = vec![1.0 / 16.0; count];
        match number {
            3 => pixels.truncate(130),   // not a whole number of images
            5 => scale.push(1.0 / 16.0), // one more than there are images
            _ => {}
        }
        match network.reply(&Request { pixels, scale }) {
            Err(error) => println!("request {number}: {error}"),
            Ok(reply) => {
                let logits = TensorView::<f32, shape![?Batch, Classes]>::new(&reply)?;
                let read = logits.argmax_axis(Classes).to_tensor();
                right += read
                    .as_slice()
                    .iter()
                    .zip(&labels.as_slice()[at..])
                    .filter(|(read, label)| **read == **label as usize)
                    .count();
                let numpys = TensorView::<f32, shape![?Batch, Classes]>::new(
                    &expected.as_slice()[10 * at..10 * (at + count)],
                )?;
                off = off.max((logits - numpys).abs().max());
                served += 1;
                at += count;
            }
        }
    }
    println!("{served} requests with {} images are served: {right} are read rightly", at - 1000);
    println!("NumPy's logits differ by at most {off:.1e}");
    assert!((right, at) == (745, 1797) && off < 1e-4);
    Ok(())
}
