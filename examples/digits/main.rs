//! A convolutional network that was trained in PyTorch reads handwritten digits.
//!
//! `cargo run --release --example digits`, and `-- --batch 32` for another batch size. This folder
//! has the network, its training, and PyTorch's results; `python time_torch.py --batch 32` times
//! PyTorch.

use std::error::Error;
use std::time::Instant;

use shapewright::io::{npy, safetensors::SafeTensors};
use shapewright::nn::{BatchNorm, Conv2d, Linear, MaxPool2d, NoBias};
use shapewright::{Dim, Tensor, Weights, prelude::*};

dim!(Images); // the number of images comes from the file
dim!(Classes = 10);

/// A convolution of 3 by 3 that keeps the size of images.
type Conv<In, Out> = Conv2d<In, Out, 3, 1, 1, 1, 1, NoBias>;

/// The network of `network.py`: the fields have the names of its parameters.
#[derive(Weights)]
struct Network {
    conv1: Conv<Dim<1>, Dim<16>>,
    #[weights(eps = 1e-5)]
    bn1: BatchNorm<Dim<16>>,
    conv2: Conv<Dim<16>, Dim<32>>,
    #[weights(eps = 1e-5)]
    bn2: BatchNorm<Dim<32>>,
    conv3: Conv<Dim<32>, Dim<32>>,
    #[weights(eps = 1e-5)]
    bn3: BatchNorm<Dim<32>>,
    fc: Linear<Dim<128>, Classes>,
}

impl Network {
    /// Maps images `(n, 1, 8, 8)` with pixels of 0 to 1 to logits `(n, 10)`, for any `n`. The
    /// compiler computes the shapes in between.
    fn forward<N: Length>(
        &self,
        x: &Tensor<f32, (N, Dim<1>, Dim<8>, Dim<8>)>,
    ) -> Tensor<f32, (N, Classes)> {
        let x = self.bn1.forward(self.conv1.forward(x)).relu().to_tensor(); // (n, 16, 8, 8)
        let x = self.bn2.forward(self.conv2.forward(&x)).relu().to_tensor(); // (n, 32, 8, 8)
        let x = MaxPool2d::<2>.forward(&x).to_tensor(); // (n, 32, 4, 4)
        let x = self.bn3.forward(self.conv3.forward(&x)).relu().to_tensor(); // (n, 32, 4, 4)
        let x = MaxPool2d::<2>.forward(&x).flatten_from(Axis::<1>).to_tensor(); // (n, 128)
        self.fc.forward(&x).to_tensor()
    }
}

/// The test images, every fifth of all, with pixels of 0 to 1, and their labels.
type TestSplit = (Tensor<f32, shape![?Images, 64]>, Tensor<u8, shape![?Images]>);

fn test_split(data: &str) -> Result<TestSplit, Box<dyn Error>> {
    let images: Tensor<f32, shape![?Images, 64]> = npy::read(format!("{data}/digits.npy"))?;
    let labels: Tensor<u8, shape![?Images]> = npy::read(format!("{data}/digits_labels.npy"))?;
    let fifths: Vec<usize> = (0..labels.len()).step_by(5).collect();
    let images = (images.take(Images, &fifths) / 16.0).to_tensor();
    let labels = labels.take(Images, &fifths).to_tensor();
    Ok((images.rename(), labels.rename()))
}

fn main() -> Result<(), Box<dyn Error>> {
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/digits");
    let network = Network::load(format!("{here}/digits.safetensors"))?;
    let (images, labels) = test_split(concat!(env!("CARGO_MANIFEST_DIR"), "/data"))?;
    let count = labels.len();

    // The logits of all images, batch by batch. The first run allocates new memory, so the best of
    // several times is reported.
    let batch = batch_size(count)?;
    let mut logits =
        Tensor::<f32, shape![?Images, Classes]>::zeros_of(shape![Images.of(count), Classes]);
    let (mut seconds, started) = (f64::INFINITY, Instant::now());
    while started.elapsed().as_secs_f64() < 0.5 {
        let begun = Instant::now();
        for (images, mut to) in
            images.axis_chunks(Images, batch).zip(logits.axis_chunks_mut(Images, batch))
        {
            let shape = shape![Images.of(images.shape().0.len()), { 1 }, 8, 8];
            to.assign(network.forward(&images.reshape_to(shape).to_tensor()));
        }
        seconds = seconds.min(begun.elapsed().as_secs_f64());
    }

    let expected = SafeTensors::read(format!("{here}/expected.safetensors"))?;
    let torch: Tensor<f32, shape![?Images, Classes]> = expected.tensor("logits")?;
    let difference = (&logits - &torch).abs().max();
    let found = logits.argmax_axis(Classes).to_tensor();
    let right =
        found.iter().zip(&labels).filter(|&(&found, &label)| found == usize::from(label)).count();
    println!(
        "{right} of {count} images are read rightly: {:.2} %",
        100.0 * right as f64 / count as f64
    );
    println!("logits differ from PyTorch's by at most {difference:.1e}");
    assert!(difference < 2e-5, "logits are within 2e-5 of PyTorch's");
    assert_eq!(
        found,
        torch.argmax_axis(Classes).to_tensor(),
        "every image is read as PyTorch reads it"
    );
    println!("{:.0} images a second, {batch} at a time\n", count as f64 / seconds);

    confusion(&found, &labels);
    for (k, (&found, &label)) in found.iter().zip(&labels).enumerate() {
        if found != usize::from(label) {
            println!("\nimage {k} is a {label}, and was read as {found}:");
            draw(&images.row(k));
        }
    }
    println!("\nan image that was read rightly, a {}:", labels[7]);
    draw(&images.row(7));
    Ok(())
}

/// The number after `--batch`; without it, all images are one batch.
fn batch_size(all: usize) -> Result<usize, Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        None => Ok(all),
        Some("--batch") => match arguments.next().unwrap_or_default().parse() {
            Ok(batch @ 1..) => Ok(batch),
            _ => Err("--batch takes a number of 1 or more".into()),
        },
        Some(other) => {
            Err(format!("{other} is not known; --batch 32 sets the size of batches").into())
        }
    }
}

/// Prints the confusion matrix: the true digits are the rows, the digits read are the columns.
fn confusion(found: &Tensor<usize, shape![?Images]>, labels: &Tensor<u8, shape![?Images]>) {
    let mut counts = Tensor::<usize, shape![Classes, Classes]>::zeros();
    for (&found, &label) in found.iter().zip(labels) {
        counts[[usize::from(label), found]] += 1;
    }
    println!("     read as {}", (0..10).map(|digit| format!("{digit:>4}")).collect::<String>());
    for (digit, row) in counts.rows().enumerate() {
        let shown =
            |&count: &usize| if count == 0 { format!("{:>4}", ".") } else { format!("{count:>4}") };
        println!("the digit {digit}: {}", row.iter().map(shown).collect::<String>());
    }
}

/// Draws an image of 8 by 8 pixels of 0 to 1.
fn draw(image: &TensorView<f32, shape![64]>) {
    for row in image.reshape(shape![8, 8]).to_array().rows() {
        let shade = |&x: &f32| [" ", ".", "o", "@"][((x * 4.0) as usize).min(3)].repeat(2);
        println!("  {}", row.iter().map(shade).collect::<String>());
    }
}
