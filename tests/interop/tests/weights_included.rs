//! Weights in the binary: the same values as when they are loaded, for structs of every form.

use shapewright::nn::{
    BatchNorm, Conv2d, Embedding, Flatten, LayerNorm, Linear, MaxPool2d, NoBias, Relu, RmsNorm,
    Sequential, WithBias,
};
use shapewright::weights::Weights;
use shapewright::{
    Dim, Flash, Float, Heap, Length, Storage, Tensor, include_safetensors, prelude::*,
};

/// The network that reads digits, in either storage.
#[derive(Weights)]
struct Digits<B: Storage = Heap> {
    conv1: Conv2d<Dim<1>, Dim<16>, 3, 1, 1, 1, 1, NoBias, f32, B>,
    #[weights(eps = 1e-5)]
    bn1: BatchNorm<Dim<16>, f32, B>,
    conv2: Conv2d<Dim<16>, Dim<32>, 3, 1, 1, 1, 1, NoBias, f32, B>,
    #[weights(eps = 1e-5)]
    bn2: BatchNorm<Dim<32>, f32, B>,
    conv3: Conv2d<Dim<32>, Dim<32>, 3, 1, 1, 1, 1, NoBias, f32, B>,
    #[weights(eps = 1e-5)]
    bn3: BatchNorm<Dim<32>, f32, B>,
    fc: Linear<Dim<128>, Dim<10>, WithBias, f32, B>,
}

static DIGITS: Digits<Flash> =
    Digits::included(include_safetensors!("../../../examples/digits/digits.safetensors"));

impl<B: Storage> Digits<B> {
    fn forward(&self, x: &Tensor<f32, shape![2, { 1 }, 8, 8]>) -> Tensor<f32, shape![2, 10]> {
        let x = self.bn1.forward(&self.conv1.forward(x).to_tensor()).relu().to_tensor();
        let x = self.bn2.forward(&self.conv2.forward(&x).to_tensor()).relu().to_tensor();
        let x = MaxPool2d::<2>.forward(&x).to_tensor();
        let x = self.bn3.forward(&self.conv3.forward(&x).to_tensor()).relu().to_tensor();
        let x = MaxPool2d::<2>.forward(&x).flatten_from(Axis::<1>).to_tensor();
        self.fc.forward(&x).to_tensor()
    }
}

#[test]
fn what_is_included_is_what_is_loaded() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/digits/digits.safetensors");
    let loaded = Digits::load(path).unwrap();
    assert_eq!(*DIGITS.conv2.weight(), *loaded.conv2.weight());
    assert_eq!(*DIGITS.bn3.var(), *loaded.bn3.var());
    assert_eq!(DIGITS.bn3.eps().to_bits(), loaded.bn3.eps().to_bits());
    let x = Tensor::from_fn(|[n, _, i, j]| ((n + 3 * i + 5 * j) % 17) as f32 / 16.0);
    assert_eq!(DIGITS.forward(&x), loaded.forward(&x));
}

/// A block of any width, in either storage and with any float type.
#[derive(Weights)]
struct Block<C: Length, T: Float = f32, B: Storage = Heap> {
    #[weights(eps = EPS)]
    norm1: LayerNorm<C, WithBias, T, B>,
    attention: Attention<C, T, B>,
    #[weights(eps = EPS)]
    norm2: LayerNorm<C, WithBias, T, B>,
    up: Linear<C, Dim<16>, WithBias, T, B>,
    down: Linear<Dim<16>, C, WithBias, T, B>,
    #[weights(skip = 7)]
    steps: usize,
}
const EPS: f64 = 1e-5;

#[derive(Weights)]
struct Attention<C: Length, T: Float, B>
where
    B: Storage,
{
    q: Linear<C, C, WithBias, T, B>,
    k: Linear<C, C, WithBias, T, B>,
    v: Linear<C, C, WithBias, T, B>,
    out: Linear<C, C, WithBias, T, B>,
}

/// A network whose names in the file have a prefix. It has a tensor of its own, an embedding, and a
/// part that is not in the file.
#[derive(Weights)]
struct Transformer<B: Storage = Heap> {
    embedding: Embedding<Dim<11>, Dim<8>, f32, B>,
    #[weights(rename = "positions.weight")]
    positions: Tensor<f32, shape![6, 8], B>,
    block: Block<Dim<8>, f32, B>,
    #[weights(eps = 1e-5)]
    norm: Option<LayerNorm<Dim<8>, WithBias, f32, B>>,
    #[weights(eps = 1e-5)]
    scale: Option<RmsNorm<Dim<8>, f32, B>>,
    head: Linear<Dim<8>, Dim<11>, NoBias, f32, B>,
}

#[test]
fn a_part_of_a_file() {
    static NET: Transformer<Flash> = Transformer::included(
        include_safetensors!("../../nn/checkpoints/module_prefixed.safetensors").at("module"),
    );
    let path =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../nn/checkpoints/module_prefixed.safetensors");
    let loaded = Transformer::load_prefixed("module.", path).unwrap();
    assert_eq!(*NET.embedding.weight(), *loaded.embedding.weight());
    assert_eq!(NET.positions, loaded.positions);
    assert_eq!(*NET.block.attention.v.weight(), *loaded.block.attention.v.weight());
    assert_eq!((NET.block.norm2.eps(), NET.block.steps, loaded.block.steps), (1e-5, 7, 7));
    assert!(
        NET.norm.is_some()
            && loaded.norm.is_some()
            && NET.scale.is_none()
            && loaded.scale.is_none()
    );
    assert_eq!(*NET.block.norm1.gamma(), *loaded.block.norm1.gamma());
    assert_eq!(NET.block.up.weight().len() + NET.block.down.weight().len(), 256);
    assert_eq!(NET.head.weight().len() + NET.block.attention.q.weight().len(), 88 + 64);
    assert_eq!(NET.block.attention.k.weight().len() + NET.block.attention.out.weight().len(), 128);
}

/// Models made of sequences, tuples, arrays and tuple structs.
#[test]
fn what_is_made_of_parts() {
    #[derive(Weights)]
    struct Convolutional<B: Storage = Heap> {
        #[weights(eps = 1e-5)]
        features: Sequential<(
            Conv2d<Dim<2>, Dim<4>, 3, 1, 1, 1, 1, NoBias, f32, B>,
            BatchNorm<Dim<4>, f32, B>,
            Relu,
            Conv2d<Dim<4>, Dim<6>, 3, 2, 1, 1, 1, NoBias, f32, B>,
            BatchNorm<Dim<6>, f32, B>,
            (Relu, Flatten),
        )>,
        classifier: Classifier<B>,
    }
    #[derive(Weights)]
    struct Classifier<B: Storage>(
        #[weights(rename = "weight")] Tensor<f32, shape![3, 6], B>,
        #[weights(rename = "bias")] Tensor<f32, shape![3], B>,
    );
    static NET: Convolutional<Flash> = Convolutional::included(include_safetensors!(
        "../../nn/checkpoints/batch_norm.safetensors"
    ));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../nn/checkpoints/batch_norm.safetensors");
    let loaded = Convolutional::load(path).unwrap();
    assert_eq!(*NET.features.0.3.weight(), *loaded.features.0.3.weight());
    assert_eq!(*NET.features.0.4.mean(), *loaded.features.0.4.mean());
    assert_eq!(NET.features.0.1.eps(), 1e-5);
    assert_eq!(
        (NET.classifier.0.view(), NET.classifier.1.view()),
        (loaded.classifier.0.view(), loaded.classifier.1.view())
    );

    #[derive(Weights)]
    struct Stack<B: Storage = Heap> {
        named: [(Named<B>,); 1],
        #[weights(rename = "blocks")]
        both: [Block<B>; 2],
    }
    #[derive(Weights)]
    struct Named<B: Storage> {
        #[weights(skip = 3)]
        depth: u8,
        #[weights(skip = core::marker::PhantomData)]
        storage: core::marker::PhantomData<B>,
    }
    #[derive(Weights)]
    struct Block<B: Storage> {
        fc: Linear<Dim<2>, Dim<2>, NoBias, f32, B>,
        scale: Tensor<f32, shape![2], B>,
    }
    static STACK: Stack<Flash> =
        Stack::included(include_safetensors!("../../included/blocks.safetensors"));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../included/blocks.safetensors");
    let loaded = Stack::load(path).unwrap();
    for k in 0..2 {
        assert_eq!(*STACK.both[k].fc.weight(), *loaded.both[k].fc.weight());
        assert_eq!(STACK.both[k].scale, [k as f32; 2]);
        assert_eq!(loaded.both[k].scale, [k as f32; 2]);
    }
    assert_eq!((STACK.named[0].0.depth, loaded.named[0].0.depth), (3, 3));
    let _ = (STACK.named[0].0.storage, loaded.named[0].0.storage);
}

/// Structs whose tensors can only be in flash.
#[test]
fn structs_of_flash_alone() {
    #[derive(Weights)]
    struct Head {
        #[weights(rename = "0.weight")]
        weight: Tensor<f32, shape![8, 6], Flash>,
        #[weights(rename = "2")]
        second: Linear<Dim<8>, Dim<5>, WithBias, f32, Flash>,
    }
    static HEAD: Head =
        Head::included(include_safetensors!("../../nn/checkpoints/sequential.safetensors"));
    assert_eq!((HEAD.weight.len(), HEAD.second.weight().len()), (48, 40));
}
