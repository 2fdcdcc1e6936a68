//! L6: the network of `examples/digits`, which reads images of 8 by 8.

use shapewright::{
    Dim, Tensor, Weights,
    io::{npy, safetensors::SafeTensors},
    nn::{BatchNorm, Conv2d, Linear, MaxPool2d, NoBias},
    prelude::*,
    shape,
    weights::WeightsFile,
};

use crate::suite::data::Expected;
use crate::suite::harness::{Who, Work, Workload};
use crate::suite::vector::Level;

/// The rows and the columns of an image.
pub const SIDE: usize = 8;
/// The number of digits.
pub const CLASSES: usize = 10;
/// The number of test images: every fifth of the file.
const TESTED: usize = 360;

static WEIGHTS: &[u8] = include_bytes!("../../../examples/digits/digits.safetensors");
static EXPECTED: &[u8] = include_bytes!("../../../examples/digits/expected.safetensors");
static IMAGES: &[u8] = include_bytes!("../../../examples/data/digits.npy");

/// A convolution with windows of 3 by 3, and zeros around the image.
type Convolution<const IN: usize, const OUT: usize, Bi> =
    Conv2d<Dim<IN>, Dim<OUT>, 3, 1, 1, 1, 1, Bi>;

/// The network of `network.py`.
#[derive(Weights)]
pub struct Network {
    pub conv1: Convolution<1, 16, NoBias>,
    #[weights(eps = 1e-5)]
    pub bn1: BatchNorm<Dim<16>>,
    pub conv2: Convolution<16, 32, NoBias>,
    #[weights(eps = 1e-5)]
    pub bn2: BatchNorm<Dim<32>>,
    pub conv3: Convolution<32, 32, NoBias>,
    #[weights(eps = 1e-5)]
    pub bn3: BatchNorm<Dim<32>>,
    pub fc: Linear<Dim<128>, Dim<CLASSES>>,
}

type Images<N> = Tensor<f32, (N, Dim<1>, Dim<SIDE>, Dim<SIDE>)>;
type Logits<N> = Tensor<f32, (N, Dim<CLASSES>)>;

impl Network {
    fn forward<N: Length>(&self, x: &Images<N>) -> Logits<N> {
        let x = self.bn1.forward(self.conv1.forward(x)).relu().to_tensor();
        let x = self.bn2.forward(self.conv2.forward(&x)).relu().to_tensor();
        let x = MaxPool2d::<2>.forward(&x).to_tensor();
        let x = self.bn3.forward(self.conv3.forward(&x)).relu().to_tensor();
        let x = MaxPool2d::<2>.forward(&x).to_tensor();
        self.fc.forward(x.flatten_from(Axis::<1>)).to_tensor()
    }
}

/// The network with each norm folded into the convolution before it.
struct Folded<'n> {
    conv1: Convolution<1, 16, shapewright::nn::WithBias>,
    conv2: Convolution<16, 32, shapewright::nn::WithBias>,
    conv3: Convolution<32, 32, shapewright::nn::WithBias>,
    fc: &'n Linear<Dim<128>, Dim<CLASSES>>,
}

impl<'n> Folded<'n> {
    fn of(network: &'n Network) -> Self {
        let conv1 = network.conv1.folded(&network.bn1);
        let conv2 = network.conv2.folded(&network.bn2);
        let conv3 = network.conv3.folded(&network.bn3);
        Self {
            conv1: Conv2d::new(conv1.0, conv1.1),
            conv2: Conv2d::new(conv2.0, conv2.1),
            conv3: Conv2d::new(conv3.0, conv3.1),
            fc: &network.fc,
        }
    }

    fn forward<N: Length>(&self, x: &Images<N>) -> Logits<N> {
        let x = self.conv1.forward(x).relu().to_tensor();
        let x = MaxPool2d::<2>.forward(self.conv2.forward(&x).relu()).to_tensor();
        let x = MaxPool2d::<2>.forward(self.conv3.forward(&x).relu()).to_tensor();
        self.fc.forward(x.flatten_from(Axis::<1>)).to_tensor()
    }
}

/// Images and the network.
pub struct Given {
    /// `(batch, 1, SIDE, SIDE)`, with pixels of 0 to 1.
    pub images: Vec<f32>,
    /// The parameters.
    pub network: Network,
    /// The logits of the network, in f64.
    logits: Vec<f64>,
}

impl Given {
    /// The first `batch` test images.
    pub fn new(batch: usize) -> Self {
        let all: Tensor<f32, shape![?, { SIDE * SIDE }]> = npy::from_bytes(IMAGES).expect("images");
        let tested = all.as_slice().chunks_exact(SIDE * SIDE).step_by(5).take(batch);
        let file = SafeTensors::from_bytes(EXPECTED).expect("a whole file");
        let logits: Tensor<f64, shape![{ TESTED }, { CLASSES }]> =
            file.tensor("logits.exact").expect("logits in f64");
        Self {
            images: tested.flatten().map(|pixel| pixel / 16.0).collect(),
            network: WeightsFile::from_bytes(WEIGHTS)
                .and_then(|file| file.load())
                .expect("the network's"),
            logits: logits.as_slice()[..batch * CLASSES].to_vec(),
        }
    }
}

/// The workload L6, with the library as its only contender.
pub fn network<'a, const N: usize>(given: &'a Given, name: &str, _: Level) -> Workload<'a> {
    let multiplications = 9 * (16 * 64 + 16 * 32 * 64 + 32 * 32 * 16) + 128 * CLASSES;
    let expected = Expected { values: given.logits.clone(), scale: 8.0, ulp: 32.0 };
    let mut workload = Workload::new(name, Work::Operations(2 * multiplications * N), expected);
    let x = Images::<Dim<N>>::from_slice(&given.images).expect("as many as the shape has");
    let (target, read) =
        (Who::Library { target: 1.0 }, |out: &Logits<Dim<N>>| out.as_slice().to_vec());
    let (network, images) = (&given.network, x.clone());
    workload.making(target, "shapewright", move || network.forward(&images), read);
    let folded = Folded::of(&given.network);
    workload.making(target, "shapewright, norms folded", move || folded.forward(&x), read);
    workload
}
