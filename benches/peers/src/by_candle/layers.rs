//! Layers with candle-nn, as its users write them, and with its faster alternatives.

use candle_core::{Result, Tensor};
use candle_nn::attention::{AttnMask, flash_attn};
use candle_nn::{
    BatchNorm, Conv2d, Conv2dConfig, LayerNorm, Linear, Module, ModuleT, ops::softmax_last_dim,
};
use shapewright::{Dim, nn};

use super::{add, elements, tensor};
use crate::suite::harness::{Who, Workload};
use crate::suite::layers::{attention, convolution, digits, layer_norm, linear, pooling};

pub fn linear<'a>(given: &'a linear::Given, to: &mut Workload<'a>) {
    let x = tensor(&given.x, &[linear::ROWS, linear::FEATURES]);
    let weight = tensor(&given.weight, &[given.out, linear::FEATURES]);
    let linear = Linear::new(weight, Some(tensor(&given.bias, &[given.out])));
    add(to, move || linear.forward(&x));
}

pub fn convolution<'a>(given: &'a convolution::Given, to: &mut Workload<'a>) {
    let shape = given.shape;
    let x = tensor(&given.x, &shape.data);
    let kernel = convolution::KERNEL;
    let weight = tensor(&given.weight, &[shape.out, shape.each(), kernel, kernel]);
    let config = Conv2dConfig {
        padding: convolution::PAD,
        stride: shape.stride,
        groups: shape.groups,
        ..Default::default()
    };
    let conv = Conv2d::new(weight, Some(tensor(&given.bias, &[shape.out])), config);
    add(to, move || conv.forward(&x));
}

pub fn max_pool<'a>(x: &'a [f32], to: &mut Workload<'a>) {
    let x = tensor(x, &pooling::SHAPE);
    add(to, move || x.max_pool2d(pooling::KERNEL));
}

pub fn attention<'a>(given: &'a attention::Given, to: &mut Workload<'a>) {
    let [_, heads, queries, width] = attention::SHAPE;
    let of = |x: &[f32]| tensor(x, &attention::SHAPE);
    let (q, k, v) = (of(&given.q), of(&given.k), of(&given.v));
    let scale = 1.0 / (width as f64).sqrt();
    let hidden = |at: usize| if at % queries > at / queries { f32::NEG_INFINITY } else { 0.0 };
    let mask: Vec<f32> = (0..queries * queries).map(hidden).collect();
    let (mask, causal) = (tensor(&mask, &[queries, queries]), given.causal);
    add(to, move || {
        let scores = (q.matmul(&k.t()?)? * scale)?;
        let scores = if causal { scores.broadcast_add(&mask)? } else { scores };
        softmax_last_dim(&scores)?.matmul(&v)
    });

    // candle's own attention takes and returns tensors whose axis of heads comes after that of
    // queries.
    let (q, k, v) = (of(&given.q), of(&given.k), of(&given.v));
    let behind = |x: Tensor| x.transpose(1, 2).and_then(|x| x.contiguous()).expect("four axes");
    let (q, k, v) = (behind(q), behind(k), behind(v));
    let flash = move || {
        let mask = if causal { AttnMask::causal() } else { AttnMask::None };
        flash_attn::<f32>(&q, &k, &v, scale as f32, mask, None, None)
    };
    let read = move |out: &Tensor| {
        assert_eq!(out.dims(), [1, heads, queries, width]);
        elements(out)
    };
    to.making(Who::Peer, "candle, flash_attn", move || flash().expect("the shapes fit"), read);
}

pub fn norm_of_rows<'a>(given: &'a layer_norm::Given, to: &mut Workload<'a>) {
    let columns = layer_norm::SHAPE[1];
    let x = tensor(&given.x, &layer_norm::SHAPE);
    let (gamma, beta) = (tensor(&given.gamma, &[columns]), tensor(&given.beta, &[columns]));
    let norm = LayerNorm::new(gamma, beta, f64::from(layer_norm::EPS));
    add(to, move || norm.forward(&x));
}

/// The network. The biases of convolutions are for norms that are folded into them.
struct Network {
    convolutions: [Conv2d; 3],
    norms: Option<[BatchNorm; 3]>,
    fc: Linear,
}

impl Network {
    fn forward(&self, x: &Tensor) -> Result<Tensor> {
        let mut x = x.clone();
        for (k, convolution) in self.convolutions.iter().enumerate() {
            x = convolution.forward(&x)?;
            if let Some(norms) = &self.norms {
                x = norms[k].forward_t(&x, false)?;
            }
            x = x.relu()?;
            if k > 0 {
                x = x.max_pool2d(2)?;
            }
        }
        self.fc.forward(&x.flatten_from(1)?)
    }

    fn new(given: &digits::Given) -> Self {
        let of = &given.network;
        let config = Conv2dConfig { padding: 1, ..Default::default() };
        let convolution =
            |weight: &[f32], out: usize, each| Conv2d::new(tensor(weight, &[out, each, 3, 3]), None, config);
        Self {
            convolutions: [
                convolution(of.conv1.weight().as_slice(), 16, 1),
                convolution(of.conv2.weight().as_slice(), 32, 16),
                convolution(of.conv3.weight().as_slice(), 32, 32),
            ],
            norms: Some([norm(&of.bn1), norm(&of.bn2), norm(&of.bn3)]),
            fc: Linear::new(
                tensor(of.fc.weight().as_slice(), &[digits::CLASSES, 128]),
                of.fc.bias().map(|bias| tensor(bias.as_slice(), &[digits::CLASSES])),
            ),
        }
    }

    /// The network with each norm folded into the convolution before it.
    fn folded(self) -> Result<Self> {
        let Self { convolutions, norms, fc } = self;
        let mut norms = norms.into_iter().flatten();
        let convolutions = convolutions.map(|convolution| -> Result<Conv2d> {
            let norm = norms.next().expect("as many norms as convolutions");
            let (gamma, beta) = norm.weight_and_bias().expect("norms have both");
            let scale = (gamma / (norm.running_var() + norm.eps())?.sqrt()?)?;
            let weight = convolution.weight().broadcast_mul(&scale.reshape(((), 1, 1, 1))?)?;
            let bias = (beta - (norm.running_mean() * scale)?)?;
            Ok(Conv2d::new(weight, Some(bias), *convolution.config()))
        });
        let [first, second, third] = convolutions;
        Ok(Self { convolutions: [first?, second?, third?], norms: None, fc })
    }
}

fn norm<const C: usize>(of: &nn::BatchNorm<Dim<C>>) -> BatchNorm {
    let vector = |x: &shapewright::Tensor<f32, (Dim<C>,)>| tensor(x.as_slice(), &[C]);
    let norm = BatchNorm::new(
        C,
        vector(of.mean()),
        vector(of.var()),
        vector(of.gamma()),
        vector(of.beta()),
        of.eps().into(),
    );
    norm.expect("as many as channels")
}

pub fn digits<'a>(given: &'a digits::Given, to: &mut Workload<'a>) {
    let x = tensor(&given.images, &[given.images.len() / digits::SIDE.pow(2), 1, digits::SIDE, digits::SIDE]);
    let (network, images) = (Network::new(given), x.clone());
    add(to, move || network.forward(&images));
    let folded = Network::new(given).folded().expect("the shapes fit");
    let folded = move || folded.forward(&x).expect("the shapes fit");
    to.making(Who::Peer, "candle, norms folded", folded, elements);
}
