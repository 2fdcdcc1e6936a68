//! Checkpoints written by PyTorch, and PyTorch's results with them.

use std::path::Path;

use shapewright::io::npy;
use shapewright::nn::{
    BatchNorm, Causal, Conv2d, Flatten, GlobalAvgPool2d, LayerNorm, Linear, MaxPool2d, NoBias,
    Relu, Sequential, WithBias, attention,
};
use shapewright::weights::{Weights, WeightsFile};
use shapewright::{Dim, Float, Tensor, bf16, dim, f16, prelude::*, shape};

const CHECKPOINTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../nn/checkpoints");
const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples");

fn checkpoint(name: &str) -> WeightsFile<'static> {
    WeightsFile::read(Path::new(CHECKPOINTS).join(name)).unwrap()
}

/// Fails if `found` differs from `exact` by more than `part` times the largest number of `exact`.
#[track_caller]
fn is_near<S: Shape>(found: &Tensor<f32, S>, exact: &Tensor<f64, S>, part: f64) {
    let found = found.map(f64::from).to_tensor();
    let off = (&found - exact).abs().max() / exact.abs().max();
    assert!(off <= part, "off by {off}");
}

type Layers<T> = (
    Linear<Dim<6>, Dim<8>, WithBias, T>,
    Relu,
    Linear<Dim<8>, Dim<5>, WithBias, T>,
    Relu,
    Linear<Dim<5>, Dim<3>, WithBias, T>,
);

/// The same parameters from five files, and from three with conversions.
#[test]
fn one_network_of_every_element_type_and_format() {
    let expected = checkpoint("sequential.expected.safetensors");
    let x = expected.tensor::<f32, shape![4, 6]>("input").unwrap();
    let exact = expected.tensor::<f64, shape![4, 3]>("output.exact").unwrap();
    for name in ["sequential.safetensors", "sequential.npz", "compressed.npz"] {
        let net: Sequential<Layers<f32>> = checkpoint(name).load().unwrap();
        is_near(&net.forward(x.to_tensor()), &exact, 1e-6);
    }
    let f64s: Sequential<Layers<f64>> = checkpoint("sequential_f64.safetensors").load().unwrap();
    let expected = checkpoint("sequential_f64.expected.safetensors");
    let y = f64s.forward(expected.tensor::<f64, shape![4, 6]>("input").unwrap());
    let exact = expected.tensor::<f64, shape![4, 3]>("output").unwrap();
    assert!((&y - &exact).abs().max() < 1e-14);

    // The `f64` parameters, rounded once to `f32`, equal those that PyTorch rounded.
    let (f32s, rounded) =
        (checkpoint("sequential.safetensors"), checkpoint("sequential_f64.safetensors").convert());
    for tensor in ["0.weight", "2.weight", "4.weight"] {
        let read = |file: &WeightsFile| file.tensor::<f32, shape![?, ?]>(tensor).unwrap();
        assert_eq!(read(&f32s), read(&rounded));
        // The same for `f32` to halves, as the file has the bits of the halves.
        let (f16s, bf16s) =
            (checkpoint("sequential_f16.safetensors"), checkpoint("sequential_bf16.safetensors"));
        let f32s = checkpoint("sequential.safetensors").convert();
        assert_eq!(f16s.tensor::<f16, shape![?, ?]>(tensor).unwrap(), f32s.tensor(tensor).unwrap());
        assert_eq!(
            bf16s.tensor::<bf16, shape![?, ?]>(tensor).unwrap(),
            f32s.tensor(tensor).unwrap()
        );
    }

    let said = checkpoint("sequential_bf16.safetensors")
        .load::<Sequential<Layers<f32>>>()
        .err()
        .unwrap()
        .to_string();
    let (first, second) = said.split_once('\n').unwrap();
    assert!(first.ends_with("sequential_bf16.safetensors: 6 problems:"), "{first}");
    assert_eq!(
        second,
        "  `0.weight` and 5 others are bf16, expected f32: `.convert()` converts them"
    );
    halves::<f16>("sequential_f16");
    halves::<bf16>("sequential_bf16");
}

/// A network of halves, unchanged and converted.
fn halves<T: Float + shapewright::weights::WeightElement>(name: &str) {
    let file = checkpoint(&format!("{name}.safetensors"));
    let expected = checkpoint(&format!("{name}.expected.safetensors"));
    let exact = expected.tensor::<f64, shape![4, 3]>("output.exact").unwrap();
    let _: Sequential<Layers<T>> = file.load().unwrap();
    let converted: Sequential<Layers<f32>> = file.convert().load().unwrap();
    let x = expected.convert().tensor::<f32, shape![4, 6]>("input").unwrap();
    is_near(&converted.forward(x), &exact, 1e-6);
}

/// Names of a sequence in a module, statistics, and a count of batches that is not needed.
#[test]
fn a_network_with_batch_norm() {
    type Features = Sequential<(
        Conv2d<Dim<2>, Dim<4>, 3, 1, 1, 1, 1, NoBias>,
        BatchNorm<Dim<4>>,
        Relu,
        Conv2d<Dim<4>, Dim<6>, 3, 2, 1, 1, 1, NoBias>,
        BatchNorm<Dim<6>>,
        Relu,
    )>;
    #[derive(Weights)]
    struct Net {
        #[weights(eps = 1e-5)]
        features: Features,
        classifier: Linear<Dim<6>, Dim<3>>,
    }
    let net = Net::load(Path::new(CHECKPOINTS).join("batch_norm.safetensors")).unwrap();
    let expected = checkpoint("batch_norm.expected.safetensors");
    let x = expected.tensor::<f32, shape![3, 2, 7, 6]>("input").unwrap();
    let features =
        GlobalAvgPool2d.forward(&net.features.forward(x)).flatten_from(Axis::<1>).to_tensor();
    let y = net.classifier.forward(&features).to_tensor();
    is_near(&y, &expected.tensor::<f64, shape![3, 3]>("output.exact").unwrap(), 1e-5);
}

dim!(Tokens = 5);

/// The blocks of a transformer, with the prefix that `nn.DataParallel` adds.
#[test]
fn a_transformer_that_was_trained_in_parallel() {
    type Width = Dim<8>;
    #[derive(Weights)]
    struct Embedding<N: Length> {
        weight: Tensor<f32, (N, Width)>,
    }
    #[derive(Weights)]
    struct Attention {
        q: Linear<Width, Width>,
        k: Linear<Width, Width>,
        v: Linear<Width, Width>,
        out: Linear<Width, Width>,
    }
    #[derive(Weights)]
    struct Block {
        #[weights(eps = 1e-5)]
        norm1: LayerNorm<Width>,
        attention: Attention,
        #[weights(eps = 1e-5)]
        norm2: LayerNorm<Width>,
        up: Linear<Width, Dim<16>>,
        down: Linear<Dim<16>, Width>,
    }
    #[derive(Weights)]
    struct Transformer {
        embedding: Embedding<Dim<11>>,
        positions: Embedding<Dim<6>>,
        block: Block,
        #[weights(eps = 1e-5)]
        norm: LayerNorm<Width>,
        head: Linear<Width, Dim<11>, NoBias>,
    }
    type Hidden = Tensor<f32, shape![2, Tokens, 8]>;
    impl Attention {
        fn forward(&self, x: &Hidden) -> Hidden {
            let heads = |part: &Linear<Width, Width>| {
                let y = part.forward(x).to_tensor();
                let heads = y.reshape_to(shape![2, Tokens, 2, 4]);
                heads.permute_dims((Axis::<0>, Axis::<2>, Axis::<1>, Axis::<3>)).to_tensor()
            };
            let y = attention(&heads(&self.q), &heads(&self.k), &heads(&self.v), Causal);
            let y = y.permute_dims((Axis::<0>, Axis::<2>, Axis::<1>, Axis::<3>)).to_tensor();
            self.out.forward(y.reshape_to(shape![2, Tokens, 8])).to_tensor()
        }
    }
    let path = Path::new(CHECKPOINTS).join("module_prefixed.safetensors");
    let said = Transformer::load(&path).err().unwrap().to_string();
    assert!(said.ends_with(
        "all names have `module.` before them in the file, which `load_prefixed` takes off"
    ));
    let net = Transformer::load_prefixed("module.", &path).unwrap();
    let expected = checkpoint("module_prefixed.expected.safetensors");
    let indices = expected.tensor::<i64, shape![2, Tokens]>("input").unwrap();

    let x = Hidden::from_fn(|[n, t, k]| {
        net.embedding.weight[[indices[[n, t]] as usize, k]] + net.positions.weight[[t, k]]
    });
    let Block { norm1, attention, norm2, up, down } = &net.block;
    let x = (&x + attention.forward(&norm1.forward(&x).to_tensor())).to_tensor();
    let hidden = up.forward(&norm2.forward(&x).to_tensor()).gelu().to_tensor();
    let x = (&x + down.forward(&hidden)).to_tensor();
    let y = net.head.forward(&net.norm.forward(&x).to_tensor()).to_tensor();
    is_near(&y, &expected.tensor::<f64, shape![2, Tokens, 11]>("output.exact").unwrap(), 1e-5);
}

dim!(Images = 360);

/// The network that reads digits: its prediction for each image, and the logits.
#[test]
fn digits() {
    #[derive(Weights)]
    struct Net {
        conv1: Conv2d<Dim<1>, Dim<16>, 3, 1, 1, 1, 1, NoBias>,
        #[weights(eps = 1e-5)]
        bn1: BatchNorm<Dim<16>>,
        conv2: Conv2d<Dim<16>, Dim<32>, 3, 1, 1, 1, 1, NoBias>,
        #[weights(eps = 1e-5)]
        bn2: BatchNorm<Dim<32>>,
        conv3: Conv2d<Dim<32>, Dim<32>, 3, 1, 1, 1, 1, NoBias>,
        #[weights(eps = 1e-5)]
        bn3: BatchNorm<Dim<32>>,
        fc: Linear<Dim<128>, Dim<10>>,
    }
    let examples = Path::new(EXAMPLES);
    let net = Net::load(examples.join("digits/digits.safetensors")).unwrap();
    let all: Tensor<f32, shape![1797, 64]> = npy::read(examples.join("data/digits.npy")).unwrap();
    let x = Tensor::<f32, shape![Images, { 1 }, 8, 8]>::from_fn(|[n, _, i, j]| {
        all[[5 * n, 8 * i + j]] / 16.0
    });
    let x = net.bn1.forward(&net.conv1.forward(&x).to_tensor()).relu().to_tensor();
    let x = net.bn2.forward(&net.conv2.forward(&x).to_tensor()).relu().to_tensor();
    let x = MaxPool2d::<2>.forward(&x).to_tensor();
    let x = net.bn3.forward(&net.conv3.forward(&x).to_tensor()).relu().to_tensor();
    let x = shapewright::nn::Layer::forward(&Flatten, MaxPool2d::<2>.forward(&x).to_tensor());
    let logits = net.fc.forward(&x).to_tensor();
    let expected = WeightsFile::read(examples.join("digits/expected.safetensors")).unwrap();
    is_near(&logits, &expected.tensor::<f64, shape![Images, 10]>("logits.exact").unwrap(), 1e-5);
    let predictions = expected.tensor::<i64, shape![Images]>("predictions").unwrap();
    assert_eq!(
        logits.argmax_axis(Axis::<1>).to_tensor().map(|class| class as i64).to_tensor(),
        predictions
    );
}
