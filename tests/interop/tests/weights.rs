//! Weights of structs: their names, all the ways in which a file does not fit, and writing them to
//! a file.

use std::path::PathBuf;
use std::{env, fs, process};

use shapewright::io::safetensors::{SafeTensors, SafeTensorsWriter};
use shapewright::nn::{
    AvgPool2d, BatchNorm, Conv1d, Conv2d, LayerNorm, Linear, MaxPool2d, NoBias, Relu, RmsNorm,
    Sequential, WithBias,
};
use shapewright::weights::{
    Nothing, Problem, Reader, WeightElement, Weights, WeightsError, WeightsFile, Writer,
};
use shapewright::{
    Dim, Extent, Float, Length, One, Tensor, bf16, dim, f16, prelude::*, shape, tensor,
};

/// A file in the system's temporary folder, which is removed at the end.
struct Temporary(PathBuf);
impl Temporary {
    fn new(name: &str) -> Self {
        Self(env::temp_dir().join(format!("shapewright-weights-{}-{name}", process::id())))
    }
}
impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// The bytes of a `.safetensors` file of `f32`, each tensor of ones.
fn file(tensors: &[(&str, &[usize])]) -> Vec<u8> {
    let tensors: Vec<_> = tensors
        .iter()
        .map(|(name, shape)| (*name, *shape, 1f32.to_le_bytes().repeat(shape.iter().product())))
        .collect();
    let views = tensors.iter().map(|(name, shape, data)| {
        let view =
            safetensors::tensor::TensorView::new(safetensors::Dtype::F32, shape.to_vec(), data);
        (*name, view.unwrap())
    });
    safetensors::serialize(views, None).unwrap()
}

#[track_caller]
fn says<W: Weights<Needs = Nothing>>(bytes: &[u8], text: &str) {
    match WeightsFile::from_bytes(bytes).unwrap().load::<W>() {
        Ok(_) => panic!("no error"),
        Err(error) => assert_eq!(error.to_string(), text),
    }
}

/// The names and shapes under which a value is saved.
fn names(value: &impl Weights) -> Vec<String> {
    let bytes = value.to_safetensors().unwrap();
    let file = WeightsFile::from_bytes(&bytes).unwrap();
    let mut names: Vec<_> = file.tensors().map(|tensor| tensor.to_string()).collect();
    names.sort();
    names
}

#[derive(Weights, Debug)]
struct Block<C: Length> {
    fc: Linear<C, C>,
    #[weights(eps = 1e-5)]
    norm: BatchNorm<C>,
}

#[derive(Weights, Debug)]
struct Net {
    conv: Conv2d<Dim<1>, Dim<2>, 3, 1, 1>,
    line: Conv1d<Dim<4>, Dim<2>, 5, 1, 0, 1, 2, NoBias>,
    blocks: [Block<Dim<3>>; 2],
    #[weights(rename = "features.0")]
    head: Linear<Dim<3>, Dim<2>, NoBias>,
    #[weights(eps = 1e-3)]
    mlp: (Linear<Dim<3>, Dim<2>>, Relu, (BatchNorm<Dim<2>>, MaxPool2d<2>)),
    #[weights(eps = EPS)]
    tail: Sequential<(AvgPool2d<2>, LayerNorm<Dim<2>>, RmsNorm<Dim<2>>)>,
    scale: Tensor<f32, shape![10]>,
    steps: Tensor<i64, shape![]>,
    #[weights(skip)]
    #[expect(dead_code, reason = "it is there to be printed")]
    cache: Vec<u8>,
    r#type: Tensor<bool, shape![2]>,
}
const EPS: f64 = 1e-6;

/// A network whose numbers are all different.
fn net() -> Net {
    let mut next = 0;
    let mut number = || {
        next += 1;
        next as f32
    };
    macro_rules! given {
        ($($length:tt)*) => {{
            let mut tensor = tensor![0.0f32; $($length)*];
            tensor.as_mut_slice().iter_mut().for_each(|x| *x = number());
            tensor
        }};
    }
    let mut block = || Block {
        fc: Linear::new(given![3, 3], given![3]),
        norm: BatchNorm::new(given![3], given![3], given![3], given![3], 1e-5),
    };
    let blocks = [block(), block()];
    Net {
        blocks,
        conv: Conv2d::new(given![2, { 1 }, 3, 3], given![2]),
        line: Conv1d::without_bias(given![2, 2, 5]),
        head: Linear::without_bias(given![2, 3]),
        mlp: (
            Linear::new(given![2, 3], given![2]),
            Relu,
            (BatchNorm::new(given![2], given![2], given![2], given![2], 1e-3), MaxPool2d),
        ),
        tail: Sequential((
            AvgPool2d,
            LayerNorm::new(given![2], given![2], EPS as f32),
            RmsNorm::new(given![2], EPS as f32),
        )),
        scale: given![10],
        steps: Tensor::from_fn(|[]| 7),
        cache: vec![1, 2, 3],
        r#type: tensor![true, false],
    }
}

#[test]
fn names_are_those_of_pytorch() {
    let expected = "\
`blocks.0.fc.bias` f32 (3,)
`blocks.0.fc.weight` f32 (3, 3)
`blocks.0.norm.bias` f32 (3,)
`blocks.0.norm.running_mean` f32 (3,)
`blocks.0.norm.running_var` f32 (3,)
`blocks.0.norm.weight` f32 (3,)
`blocks.1.fc.bias` f32 (3,)
`blocks.1.fc.weight` f32 (3, 3)
`blocks.1.norm.bias` f32 (3,)
`blocks.1.norm.running_mean` f32 (3,)
`blocks.1.norm.running_var` f32 (3,)
`blocks.1.norm.weight` f32 (3,)
`conv.bias` f32 (2,)
`conv.weight` f32 (2, 1, 3, 3)
`features.0.weight` f32 (2, 3)
`line.weight` f32 (2, 2, 5)
`mlp.0.bias` f32 (2,)
`mlp.0.weight` f32 (2, 3)
`mlp.2.0.bias` f32 (2,)
`mlp.2.0.running_mean` f32 (2,)
`mlp.2.0.running_var` f32 (2,)
`mlp.2.0.weight` f32 (2,)
`scale` f32 (10,)
`steps` i64 ()
`tail.1.bias` f32 (2,)
`tail.1.weight` f32 (2,)
`tail.2.weight` f32 (2,)
`type` bool (2,)";
    assert_eq!(names(&net()).join("\n"), expected);
}

/// A saved value is loaded, in either format, from memory and from a file, and is the same again.
#[test]
fn round_trips() {
    let net = net();
    let expected = format!("{net:?}").replace("cache: [1, 2, 3]", "cache: []");
    let same = |loaded: Net| assert_eq!(format!("{loaded:?}"), expected);
    for bytes in [net.to_safetensors().unwrap(), net.to_npz().unwrap()] {
        let loaded: Net = WeightsFile::from_bytes(&bytes).unwrap().load().unwrap();
        assert_eq!(
            (loaded.blocks[0].norm.eps(), loaded.mlp.2.0.eps(), loaded.tail.0.2.eps()),
            (1e-5, 1e-3, 1e-6)
        );
        same(loaded);
    }
    // The format is determined by the bytes, and not by the name.
    for (name, other) in [("a.safetensors", "b.npz"), ("c.npz", "d.safetensors")] {
        let (written, renamed) = (Temporary::new(name), Temporary::new(other));
        net.save(&written.0).unwrap();
        same(Net::load(&written.0).unwrap());
        // SAFETY: only this test knows the file, and does not change it while it is mapped.
        same(unsafe { WeightsFile::mmap(&written.0) }.unwrap().load().unwrap());
        fs::copy(&written.0, &renamed.0).unwrap();
        same(Net::load(&renamed.0).unwrap());
    }
    assert_eq!(net.to_safetensors().unwrap(), {
        let again: Net = WeightsFile::from_bytes(net.to_npz().unwrap()).unwrap().load().unwrap();
        again.to_safetensors().unwrap()
    });
    // Some readers of models require this entry of the metadata.
    let bytes = net.to_safetensors().unwrap();
    assert_eq!(SafeTensors::from_bytes(&bytes).unwrap().metadata(), [("format", "pt")]);
}

#[derive(Weights)]
struct Mlp {
    fc1: Linear<Dim<784>, Dim<128>>,
    fc2: Linear<Dim<128>, Dim<10>>,
}

#[test]
fn all_problems_at_once() {
    let bytes = file(&[
        ("fc1.weight", &[128, 780]),
        ("fc1.bias", &[128]),
        ("fc2.weight", &[128, 10]),
        ("fc2_bias", &[10]),
        ("extra.weight", &[10, 3]),
        ("fc1.num_batches_tracked", &[]),
    ]);
    let problems = "4 problems:
  `fc1.weight` is (128, 780), expected (128, 784): axis -1 must be 784, not 780
  `fc2.weight` is (128, 10), expected (10, 128): its axes are the other way round
  `fc2.bias` is missing, the nearest that nothing reads is `fc2_bias`
  `extra.weight` (10, 3) is in the file, and nothing reads it";
    says::<Mlp>(&bytes, problems);
    let written = Temporary::new("mlp.safetensors");
    fs::write(&written.0, &bytes).unwrap();
    let error = Mlp::load(&written.0).err().unwrap();
    assert_eq!(error.to_string(), format!("{}: {problems}", written.0.display()));
    assert_eq!(format!("{error:?}"), error.to_string());
    let names: Vec<_> = error.problems().iter().map(|problem| problem.name().unwrap()).collect();
    assert_eq!(names, ["fc1.weight", "fc2.weight", "fc2.bias", "extra.weight"]);
    // Left-over tensors are not a problem if they are allowed. All other problems are still
    // reported.
    let error =
        WeightsFile::from_bytes(&bytes).unwrap().allow_unused().load::<Mlp>().err().unwrap();
    assert_eq!(error.problems().len(), 3);
}

#[test]
fn one_problem_is_one_line() {
    let mut tensors = vec![
        ("fc1.weight", &[128, 784][..]),
        ("fc1.bias", &[128]),
        ("fc2.weight", &[10, 128]),
        ("fc2.bias", &[10]),
    ];
    assert!(WeightsFile::from_bytes(file(&tensors)).unwrap().load::<Mlp>().is_ok());
    tensors[3].1 = &[10, 1];
    says::<Mlp>(&file(&tensors), "`fc2.bias` is (10, 1), expected (10,): rank must be 1, not 2");
    tensors[3] = ("zzz", &[10]);
    says::<Mlp>(
        &file(&tensors),
        "2 problems:\n  `fc2.bias` is missing\n  `zzz` (10,) is in the file, and nothing reads it",
    );
    tensors.pop();
    says::<Mlp>(&file(&tensors), "`fc2.bias` is missing");
    tensors.push(("fc2.bias", &[10]));
    tensors.push(("e\nvil`", &[0]));
    says::<Mlp>(&file(&tensors), "`e\\nvil`` (0,) is in the file, and nothing reads it");
    tensors.pop();
    let deep = [1; 9];
    tensors.push(("deep", &deep));
    says::<Mlp>(
        &file(&tensors),
        "`deep` (…, 1, 1, 1, 1, 1, 1, 1, 1) is in the file, and nothing reads it",
    );
}

#[test]
fn letters_before_all_names() {
    let tensors = [
        ("fc1.weight", &[128, 784][..]),
        ("fc1.bias", &[128]),
        ("fc2.weight", &[10, 128]),
        ("fc2.bias", &[10]),
    ];
    let with = |prefix: &str| {
        let named: Vec<_> =
            tensors.iter().map(|(name, shape)| (format!("{prefix}{name}"), *shape)).collect();
        let named: Vec<_> = named.iter().map(|(name, shape)| (name.as_str(), *shape)).collect();
        file(&named)
    };
    let all = "all names have `module.` before them in the file, which `load_prefixed` takes off";
    says::<Mlp>(&with("module."), all);
    let bytes = with("module.");
    assert!(WeightsFile::from_bytes(&bytes).unwrap().prefix("module.").load::<Mlp>().is_ok());
    let said = |bytes: &[u8], prefix: &str| {
        WeightsFile::from_bytes(bytes)
            .unwrap()
            .prefix(prefix)
            .load::<Mlp>()
            .err()
            .unwrap()
            .to_string()
    };
    assert_eq!(
        said(&with(""), "module."),
        "no name has `module.` before it in the file: all are there without it"
    );
    assert_eq!(
        said(&with("a.b."), "a."),
        "all names have `a.b.` before them in the file, which `load_prefixed` takes off"
    );
    assert_eq!(said(&with("module."), "module"), all);
    // If some of the names occur without the prefix, a missing prefix is not the problem.
    let mixed = file(&[
        ("fc1.weight", &[128, 784]),
        ("fc1.bias", &[128]),
        ("module.fc2.weight", &[10, 128]),
        ("module.fc2.bias", &[10]),
    ]);
    says::<Mlp>(
        &mixed,
        "2 problems:
  `fc2.weight` is missing, the nearest that nothing reads is `module.fc2.weight`
  `fc2.bias` is missing, the nearest that nothing reads is `module.fc2.bias`",
    );
    // A tensor with another prefix does not belong to the model.
    let others = [&tensors[..], &[("encoder.weight", &[3][..])]].concat();
    says::<Mlp>(&file(&others), "`encoder.weight` (3,) is in the file, and nothing reads it");
    let encoder = file(&[("encoder.fc1.weight", &[128, 784]), ("decoder.scale", &[3])]);
    assert_eq!(said(&encoder, "encoder.").lines().count(), 1 + 3);
}

#[test]
fn elements_are_converted_where_that_is_asked_for() {
    let weight = tensor![[1.5f64, 0.1], [-2.0, 1e-320]];
    let bias = tensor![f16::from_f32(0.5), f16::from_f32(65504.0)];
    let counts = tensor![1i64, 2];
    #[derive(Weights)]
    struct Layer {
        fc: Linear<Dim<2>, Dim<2>>,
    }
    #[derive(Weights)]
    struct Counted {
        counts: Tensor<f32, shape![2]>,
    }
    let bytes = SafeTensorsWriter::new()
        .with("fc.weight", &weight)
        .with("fc.bias", &bias)
        .to_bytes()
        .unwrap();
    says::<Layer>(
        &bytes,
        "2 problems:
  `fc.weight` is f64, expected f32: `.convert()` converts it
  `fc.bias` is f16, expected f32: `.convert()` converts it",
    );
    let layer: Layer = WeightsFile::from_bytes(&bytes).unwrap().convert().load().unwrap();
    assert_eq!(*layer.fc.weight(), [[1.5f32, 0.1], [-2.0, 0.0]]);
    assert_eq!(*layer.fc.bias().unwrap(), [0.5f32, 65504.0]);

    let halves: Vec<_> = (0..8).map(|k| (format!("x{k}"), tensor![bf16::ONE])).collect();
    let writer =
        halves.iter().fold(SafeTensorsWriter::new(), |writer, (name, x)| writer.with(name, x));
    let file = writer.to_bytes().unwrap();
    #[derive(Weights)]
    struct Eight {
        x0: Tensor<f32, shape![1]>,
        x1: Tensor<f32, shape![1]>,
        x2: Tensor<f32, shape![1]>,
        x3: Tensor<f32, shape![1]>,
        x4: Tensor<f32, shape![2]>,
        x5: Tensor<f64, shape![1]>,
        x6: Tensor<f32, shape![1]>,
        x7: Tensor<f32, shape![1]>,
    }
    says::<Eight>(
        &file,
        "9 problems:
  `x0` and 6 others are bf16, expected f32: `.convert()` converts them
  `x4` is (1,), expected (2,): axis -1 must be 2, not 1
  `x5` is bf16, expected f64: `.convert()` converts it",
    );
    let bytes = SafeTensorsWriter::new().with("counts", &counts).to_bytes().unwrap();
    says::<Counted>(&bytes, "`counts` is i64, expected f32");
    let error = WeightsFile::from_bytes(&bytes).unwrap().convert().load::<Counted>().err().unwrap();
    assert_eq!(error.to_string(), "`counts` is i64, expected f32");
    // An element type that Rust does not have.
    let header = r#"{"counts":{"dtype":"F8_E4M3","shape":[2],"data_offsets":[0,2]}}"#;
    let bytes = [&(header.len() as u64).to_le_bytes(), header.as_bytes(), &[1, 2]].concat();
    says::<Counted>(&bytes, "`counts` is F8_E4M3, expected f32");
}

/// Structs that are generic in lengths, in the number of blocks, in elements, in layers and in
/// storages.
#[test]
fn generic_structs() {
    #[derive(Weights)]
    struct Residual<Layer> {
        inner: Layer,
    }
    #[derive(Weights)]
    struct Many<C: Length, T, const N: usize>
    where
        T: Float,
    {
        blocks: [Linear<C, C, NoBias, T>; N],
    }
    #[derive(Weights)]
    struct Stored<C, B: Storage = shapewright::Heap>
    where
        C: Length,
    {
        fc: Linear<C, C, WithBias, f32, B>,
        #[weights(skip)]
        marker: core::marker::PhantomData<(C, B)>,
    }
    #[derive(Weights)]
    struct Named<S: Shape, T: WeightElement> {
        x: Tensor<T, S>,
        y: Option<Tensor<T, S>>,
    }
    fn load<C: Length, W: Weights<Needs = Nothing>>(
        bytes: &[u8],
    ) -> Result<Outer<C, W>, WeightsError> {
        WeightsFile::from_bytes(bytes)?.load()
    }
    #[derive(Weights)]
    struct Outer<C: Length, Layer> {
        block: Block<C>,
        residual: Residual<(Layer, Residual<Layer>)>,
    }

    let bytes = file(&[("blocks.0.weight", &[3, 3]), ("blocks.1.weight", &[3, 3])]);
    let many: Many<Dim<3>, f32, 2> = WeightsFile::from_bytes(&bytes).unwrap().load().unwrap();
    assert_eq!(many.blocks[1].weight().len(), 9);
    let bytes = file(&[("fc.weight", &[2, 2]), ("fc.bias", &[2])]);
    let stored: Stored<Dim<2>> = WeightsFile::from_bytes(&bytes).unwrap().load().unwrap();
    assert_eq!(stored.fc.weight().sum(), 4.0);
    let _ = stored.marker;
    let named: Named<shape![2, 3], f32> =
        WeightsFile::from_bytes(file(&[("x", &[2, 3])])).unwrap().load().unwrap();
    assert_eq!((named.x.len(), named.y.is_none()), (6, true));
    let named: Named<shape![2], f32> =
        WeightsFile::from_bytes(file(&[("x", &[2]), ("y", &[2])])).unwrap().load().unwrap();
    assert!(named.y.is_some());

    let norm =
        ["weight", "bias", "running_mean", "running_var"].map(|name| format!("block.norm.{name}"));
    let mut tensors: Vec<(&str, &[usize])> =
        norm.iter().map(|name| (name.as_str(), &[3][..])).collect();
    tensors.extend([("block.fc.weight", &[3, 3][..]), ("block.fc.bias", &[3])]);
    tensors.extend([
        ("residual.inner.0.weight", &[2, 2][..]),
        ("residual.inner.1.inner.weight", &[2, 2]),
    ]);
    let outer = load::<Dim<3>, Linear<Dim<2>, Dim<2>, NoBias>>(&file(&tensors)).unwrap();
    assert_eq!(outer.residual.inner.1.inner.weight().len(), 4);
    assert_eq!(outer.block.norm.eps(), 1e-5);
}

#[test]
fn structs_of_every_form() {
    #[derive(Weights)]
    struct Pair(
        Linear<Dim<2>, Dim<2>, NoBias>,
        #[weights(rename = "second")] Tensor<f32, shape![2]>,
    );
    #[derive(Weights)]
    struct Unit;
    #[derive(Weights)]
    struct Empty {}
    #[derive(Weights)]
    struct All {
        pair: Pair,
        unit: Unit,
        empty: Empty,
        nothing: (),
    }
    let bytes = file(&[("pair.0.weight", &[2, 2]), ("pair.second", &[2])]);
    let all: All = WeightsFile::from_bytes(&bytes).unwrap().load().unwrap();
    let All { pair: Pair(first, second), unit: Unit, empty: Empty {}, nothing: () } = &all;
    assert_eq!((first.weight().sum(), second.sum()), (4.0, 2.0));
    assert_eq!(names(&all), ["`pair.0.weight` f32 (2, 2)", "`pair.second` f32 (2,)"]);
    assert!(WeightsFile::from_bytes(file(&[])).unwrap().load::<Unit>().is_ok());
}

/// A length of 1 is `Dim<1>` or `One`, as the type states.
#[test]
fn a_length_of_1() {
    let bytes = file(&[("x", &[1]), ("y", &[3, 1])]);
    let file = WeightsFile::from_bytes(&bytes).unwrap();
    assert_eq!(file.tensor::<f32, (Dim<1>,)>("x").unwrap().shape().0.len(), 1);
    assert_eq!(file.tensor::<f32, (One,)>("x").unwrap().shape().0, One);
    assert_eq!(
        file.tensor::<f32, shape![3, 1]>("y").unwrap(),
        file.tensor::<f32, shape![3, { 1 }]>("y").unwrap().rename()
    );
    assert!(file.tensor::<f32, shape![2]>("x").is_err());
}

dim!(pub Inputs, pub Hidden);

/// Run-time lengths are those of the file, and must agree within a layer: a mismatch is reported,
/// as a layer with it would panic.
#[test]
fn lengths_of_run_time() {
    #[derive(Weights)]
    struct Net {
        fc: Linear<shapewright::Dyn<Inputs>, shapewright::Dyn<Hidden>>,
        #[weights(eps = 0.0)]
        norm: BatchNorm<shapewright::Dyn<Hidden>>,
        #[weights(eps = 0)]
        layer: LayerNorm<shapewright::Dyn<Hidden>>,
    }
    let mut tensors = vec![
        ("fc.weight", &[5, 7][..]),
        ("fc.bias", &[5]),
        ("norm.weight", &[5]),
        ("norm.bias", &[5]),
        ("norm.running_mean", &[5]),
        ("norm.running_var", &[5]),
        ("layer.weight", &[5]),
        ("layer.bias", &[5]),
    ];
    let net: Net = WeightsFile::from_bytes(file(&tensors)).unwrap().load().unwrap();
    assert_eq!(net.fc.weight().shape().lengths(), [5, 7]);
    assert_eq!((net.norm.mean().len(), net.layer.eps()), (5, 0.0));
    tensors[0].1 = &[5];
    tensors[4].1 = &[6];
    tensors[7].1 = &[2, 3];
    says::<Net>(
        &file(&tensors),
        "3 problems:
  `fc.weight` is (5,), expected (?Hidden, ?Inputs): rank must be 2, not 1
  `norm.running_mean` is (6,), expected (5,): axis -1 must be 5, not 6
  `layer.bias` is (2, 3), expected (5,): rank must be 1, not 2",
    );
}

/// A custom implementation reports problems in its own words.
#[test]
fn an_impl_by_hand() {
    /// A kernel in Keras's layout, whose rows are the inputs.
    struct Dense(Linear<Dim<3>, Dim<2>>);
    impl Weights for Dense {
        type Needs = Nothing;
        fn read(reader: &mut Reader<'_>) -> Option<Self> {
            let (kernel, bias) =
                (reader.tensor::<f32, shape![3, 2]>("kernel"), reader.part("bias"));
            if kernel.as_ref().is_some_and(|kernel| kernel.sum() == 6.0) {
                reader.problem("the kernel is all ones, as before it was trained");
                return None;
            }
            Some(Self(Linear::new(kernel?.permute_dims((Axis::<1>, Axis::<0>)).to_tensor(), bias?)))
        }
        fn write<'a>(&'a self, writer: &mut Writer<'a>) {
            writer.computed(
                "kernel",
                self.0.weight().permute_dims((Axis::<1>, Axis::<0>)).to_tensor(),
            );
            writer.part("bias", self.0.bias().unwrap());
        }
    }
    #[derive(Weights)]
    struct Net {
        dense: Dense,
    }
    let weight = tensor![[1.0f32, 2.0, 3.0], [4.0, 5.0, 6.0]];
    let net = Net { dense: Dense(Linear::new(weight.to_tensor(), tensor![0.5, 0.25])) };
    assert_eq!(names(&net), ["`dense.bias` f32 (2,)", "`dense.kernel` f32 (3, 2)"]);
    for bytes in [net.to_safetensors().unwrap(), net.to_npz().unwrap()] {
        let again: Net = WeightsFile::from_bytes(&bytes).unwrap().load().unwrap();
        assert_eq!(*again.dense.0.weight(), weight);
    }
    let ones = file(&[("dense.kernel", &[3, 2]), ("dense.bias", &[2])]);
    says::<Net>(&ones, "`dense`: the kernel is all ones, as before it was trained");

    struct Silent;
    impl Weights for Silent {
        type Needs = Nothing;
        fn read(_: &mut Reader<'_>) -> Option<Self> {
            None
        }
        fn write<'a>(&'a self, _: &mut Writer<'a>) {}
    }
    says::<Silent>(&file(&[]), "it was not read, and what reads it does not say why");
}

#[test]
fn one_name_for_two_fields() {
    #[derive(Weights)]
    struct Inner {
        #[weights(rename = "table.weight")]
        table: Tensor<f32, shape![2]>,
    }
    // A tensor that two fields read is copied for each of them. Saving the struct would write it
    // twice, which is an error.
    #[derive(Weights)]
    struct Tied {
        #[weights(rename = "table")]
        first: Linear<Dim<2>, Dim<2>, NoBias>,
        #[weights(rename = "table.weight")]
        second: Tensor<f32, shape![2, 2]>,
    }
    let tied: Tied =
        WeightsFile::from_bytes(file(&[("table.weight", &[2, 2])])).unwrap().load().unwrap();
    assert_eq!(*tied.first.weight(), tied.second);
    let said = tied.to_safetensors().unwrap_err().to_string();
    assert_eq!(said, "`table.weight` is the name of two tensors");
    assert_eq!(tied.to_npz().unwrap_err().to_string(), said);
    let inner: Inner =
        WeightsFile::from_bytes(file(&[("table.weight", &[2])])).unwrap().load().unwrap();
    assert_eq!(inner.table.sum(), 2.0);
}

#[test]
fn what_cannot_be_saved() {
    let net = Tensor::<f32, shape![2]>::ones();
    let named = |name: &str| net.save(name).unwrap_err().to_string();
    assert_eq!(
        named("net.pt"),
        "net.pt: the name says no format: let it end with .safetensors or .npz"
    );
    assert_eq!(named("net"), "net: the name says no format: let it end with .safetensors or .npz");
    assert!(
        named("no/such/folder/net.safetensors").starts_with("no/such/folder/net.safetensors: ")
    );
    assert!(named("no/such/folder/net.npz").starts_with("no/such/folder/net.npz: "));
    #[derive(Weights)]
    struct Halves {
        x: Tensor<bf16, shape![2]>,
    }
    let halves = Halves { x: tensor![bf16::ONE, bf16::ZERO] };
    assert_eq!(halves.to_npz().unwrap_err().to_string(), "`x` is bf16, which NumPy has not");
    // A file is not replaced by a value that cannot be written.
    let kept = Temporary::new("kept.npz");
    fs::write(&kept.0, "as it was").unwrap();
    assert!(
        halves.save(&kept.0).unwrap_err().to_string().ends_with("`x` is bf16, which NumPy has not")
    );
    assert_eq!(fs::read_to_string(&kept.0).unwrap(), "as it was");
    let again: Halves =
        WeightsFile::from_bytes(halves.to_safetensors().unwrap()).unwrap().load().unwrap();
    assert_eq!(again.x, halves.x);
}

#[test]
fn files_that_are_something_else() {
    let said = |bytes: &[u8]| WeightsFile::from_bytes(bytes).unwrap_err().to_string();
    let pickle = "this is a pickle of Python's, which is not read: \
         `safetensors.torch.save_file(net.state_dict(), path)` writes what is";
    assert_eq!(said(b"\x80\x02}q\x00."), pickle);
    assert!(
        said(b"\x89HDF\r\n\x1a\n\0\0\0\0").starts_with("this is an HDF5 file, as Keras writes")
    );
    assert!(said(b"\x93NUMPY\x01\x00").starts_with("this is a .npy file"));
    assert!(said(b"GGUF\x03\0\0\0").starts_with("this is a GGUF file"));
    assert_eq!(said(b""), "truncated safetensors file: expected 8 bytes of header length, found 0");
    assert!(said(b"{\"a\": 1} and more").starts_with("malformed safetensors header: "));
    let written = Temporary::new("pickle.safetensors");
    fs::write(&written.0, b"\x80\x02}q\x00.").unwrap();
    let error = Mlp::load(&written.0).err().unwrap();
    assert_eq!(error.to_string(), format!("{}: {pickle}", written.0.display()));
    assert!(error.problems().is_empty());
}

/// A file with a very large number of tensors is searched only as long as it is useful.
#[test]
fn a_file_of_very_many_tensors() {
    let names: Vec<String> =
        (0..20_000).map(|k| format!("layers.{k}.some.quite.long.name.of.a.weight")).collect();
    let tensors: Vec<_> = names.iter().map(|name| (name.as_str(), &[0][..])).collect();
    let bytes = file(&tensors);
    let error = WeightsFile::from_bytes(&bytes).unwrap().load::<Net>().err().unwrap();
    assert_eq!(error.problems().len(), 28 + 20_000);
    let text = error.to_string();
    assert_eq!(text.lines().count(), 1 + 50 + 1);
    assert!(text.ends_with("\n  and 19978 more"), "{}", &text[text.len() - 40..]);
    assert!(matches!(&error.problems()[0], Problem::Missing { nearest: None, .. }));
}
