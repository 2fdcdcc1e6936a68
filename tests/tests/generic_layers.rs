//! Layers in code that is generic over lengths: no where clause is needed, except for lengths that
//! are computed.

use shapewright::nn::{
    BatchNorm, Causal, Conv1d, Conv2d, Embedding, GlobalAvgPool2d, Layer, LayerNorm, Linear,
    NoBias, Relu, RmsNorm, Sequential, attention, cross_entropy, mse,
};
use shapewright::{Dim, Tensor, dim, prelude::*, shape};

dim!(Batch, Words, Features = 4);

/// A block of a residual network, whose convolutions keep the size of any image.
struct Block<C: Length> {
    first: Conv2d<C, C, 3, 1, 1>,
    norm: BatchNorm<C>,
    second: Conv2d<C, C, 3, 1, 2, 2>,
}
impl<N: Length, C: Length, H: Length, W: Length> Layer<(N, C, H, W)> for Block<C> {
    type Output = (N, C, H, W);
    fn forward(&self, x: Tensor<f32, (N, C, H, W)>) -> Tensor<f32, (N, C, H, W)> {
        let hidden = self.norm.forward(self.first.forward(&x)).relu().to_tensor();
        (self.second.forward(&hidden) + &x).to_tensor()
    }
}

/// The parts of a transformer over any number of words.
fn attend<B: Length, T: Length, C: Length>(
    norm: &LayerNorm<C>,
    [q, k, v]: [&Linear<C, C, NoBias>; 3],
    x: &Tensor<f32, (B, T, C)>,
) -> Tensor<f32, (B, T, C)> {
    let y = norm.forward(x).to_tensor();
    let [q, k, v] = [q, k, v].map(|layer| layer.forward(&y).to_tensor());
    (attention(&q, &k, &v, Causal) + x).to_tensor()
}

fn smooth<N: Length, C: Length, L: Length>(
    conv: &Conv1d<C, C, 5, 1, 2>,
    x: &Tensor<f32, (N, C, L)>,
) -> Tensor<f32, (N, C, L)> {
    conv.forward(x).to_tensor()
}

fn embed<W: Length, C: Length, N: Length>(
    words: &Embedding<W, C>,
    indices: &Tensor<u32, (N,)>,
) -> Tensor<f32, (N, C)> {
    words.forward(indices).to_tensor()
}

fn normalise<N: Length, C: Length>(
    norm: &RmsNorm<C>,
    x: &Tensor<f32, (N, C)>,
) -> Tensor<f32, (N, C)> {
    norm.forward(x).to_tensor()
}

fn classify<N: Length, C: Length, H: Length, W: Length, K: Length>(
    net: &Sequential<(Block<C>, Relu, Block<C>)>,
    head: &Linear<C, K>,
    images: Tensor<f32, (N, C, H, W)>,
    classes: &Tensor<u8, (N,)>,
) -> (Tensor<f32, (N, K)>, f32) {
    let features = net.forward(images);
    let logits = head.forward(GlobalAvgPool2d.forward(&features)).to_tensor();
    let loss = cross_entropy(&logits, classes).expect("classes that there are");
    (logits, loss)
}

fn error<N: Length, C: Length>(x: &Tensor<f32, (N, C)>, y: &Tensor<f32, (N, C)>) -> f32 {
    mse(x, y)
}

fn block<C: Length>(channels: C) -> Block<C> {
    let of = |value| Tensor::full_of((channels,), value);
    let weight = || Tensor::full_of((channels, channels, Dim::<3>, Dim::<3>), 0.0);
    Block {
        first: Conv2d::new(weight(), of(0.0)),
        norm: BatchNorm::new(of(1.0), of(0.0), of(0.0), of(1.0), 1e-5),
        second: Conv2d::new(weight(), of(1.0)),
    }
}

#[test]
fn a_network_over_any_lengths() {
    // The blocks add only their last bias.
    let images = Tensor::full_of(shape![Batch.of(2), Features, 5, 6], -3.0);
    let head = Linear::new(Tensor::<f32, shape![3, Features]>::ones(), Tensor::zeros());
    let net = Sequential((block(Features), Relu, block(Features)));
    let (logits, loss) = classify(&net, &head, images, &Tensor::full_of(shape![Batch.of(2)], 2));
    assert_eq!(logits.as_slice(), [4.0; 6]);
    assert!((loss - 3f32.ln()).abs() < 1e-6);
}

#[test]
fn functions_over_any_lengths() {
    let identity =
        || Linear::without_bias(Tensor::<f32, shape![2, 2]>::from_fn(|[i, j]| f32::from(i == j)));
    let norm = LayerNorm::new(Tensor::ones(), Tensor::zeros(), 0.0);
    let x = Tensor::<f32, shape![{ 1 }, 3, 2]>::from_fn(|[_, t, c]| (t + c) as f32);
    let (q, k, v) = (identity(), identity(), identity());
    // Each word is -1, 1 after normalisation, and so is the result of its attention.
    assert_eq!(attend(&norm, [&q, &k, &v], &x), [[[-1.0, 2.0], [0.0, 3.0], [1.0, 4.0]]]);

    let conv = Conv1d::new(Tensor::<f32, shape![2, 2, 5]>::ones(), Tensor::zeros());
    let line = Tensor::<f32, shape![{ 1 }, 2, 4]>::ones();
    assert_eq!(smooth(&conv, &line), [[[6.0, 8.0, 8.0, 6.0]; 2]]);

    let words = Embedding::new(Tensor::full_of(shape![Words.of(7), 2], 3.0));
    let found = embed(&words, &Tensor::full_of(shape![Batch.of(3)], 6));
    assert_eq!(found.as_slice(), [3.0; 6]);
    assert_eq!(normalise(&RmsNorm::new(Tensor::ones(), 0.0), &found).as_slice(), [1.0; 6]);
    assert_eq!(error(&found, &found), 0.0);
}
