//! The struct that the example `inspect` writes for a file is the struct that loads it.
//!
//! The output is in `inspected/`, where it is compiled. After a change to the example run
//! `INSPECT=overwrite cargo test -p shapewright-interop-tests --test inspect`, and read it.

use std::path::{Path, PathBuf};
use std::{env, fs};

use shapewright::weights::{TensorInfo, Weights, WeightsFile};

#[path = "../../../examples/inspect/structs.rs"]
mod structs;

/// The output, as code.
macro_rules! inspected {
    ($($name:ident)*) => {$(
        #[allow(dead_code, non_snake_case, unused_imports, reason = "it is written for others")]
        mod $name {
            include!(concat!("inspected/", stringify!($name), ".rs"));
        }
    )*};
}
inspected! { batch_norm blocks digits module_prefixed odd sequential sequential_bf16 }

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn file(path: &str) -> WeightsFile<'static> {
    WeightsFile::read(repository().join(path)).unwrap()
}

#[track_caller]
fn writes(file: &WeightsFile<'_>, name: &str) {
    let tensors: Vec<TensorInfo<'_>> = file.tensors().collect();
    let written = structs::written(&tensors);
    let path = repository().join(format!("tests/interop/tests/inspected/{name}.rs"));
    if env::var_os("INSPECT").is_some_and(|what| what == "overwrite") {
        fs::write(&path, &written).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), written, "{name}");
}

#[test]
fn checkpoints_of_pytorch() {
    const CHECKPOINTS: &str = "tests/nn/checkpoints";
    let at = |name: &str| file(&format!("{CHECKPOINTS}/{name}"));
    writes(&at("batch_norm.safetensors"), "batch_norm");
    let net: batch_norm::Net = at("batch_norm.safetensors").load().unwrap();
    assert_eq!(net.features.1.eps(), 1e-5);
    writes(&at("module_prefixed.safetensors"), "module_prefixed");
    let path = repository().join(CHECKPOINTS).join("module_prefixed.safetensors");
    assert!(module_prefixed::Net::load_prefixed("module.", path).is_ok());
    writes(&at("compressed.npz"), "sequential");
    assert!(at("sequential.npz").load::<sequential::Net>().is_ok());
    writes(&at("sequential_bf16.safetensors"), "sequential_bf16");
    assert!(at("sequential_bf16.safetensors").convert().load::<sequential_bf16::Net>().is_ok());
}

#[test]
fn the_network_of_digits() {
    let file = file("examples/digits/digits.safetensors");
    writes(&file, "digits");
    assert!(file.load::<digits::Net>().is_ok());
}

#[test]
fn blocks_that_are_alike() {
    let file = file("tests/included/blocks.safetensors");
    writes(&file, "blocks");
    assert!(file.load::<blocks::Net>().is_ok());
}

/// Names that are not Rust identifiers, or are taken; numbers with gaps, and too many of them; and
/// tensors of all shapes.
#[test]
fn names_and_shapes_of_any_kind() {
    let tensors: &[(&str, &[usize])] = &[
        ("type", &[]),
        ("self.self", &[1, 2]),
        ("0a.b-c", &[3]),
        ("0a.b_c", &[3]),
        ("größe", &[2]),
        ("Tensor.x", &[2]),
        ("linear.weight", &[2, 3, 4, 5]),
        ("linear.bias", &[2]),
        ("bn.weight", &[2]),
        ("bn.bias", &[3]),
        ("lone.running_mean", &[3]),
        ("h.0.attn.c_attn.weight", &[4, 2]),
        ("h.0.attn.c_attn.bias", &[2]),
        ("h.1.attn.c_attn.weight", &[4, 2]),
        ("h.1.attn.c_attn.bias", &[2]),
        ("h.10.attn.c_attn.weight", &[4, 2]),
        ("h.10.attn.c_attn.bias", &[2]),
        ("many.3.x", &[1]),
        ("many.40.x", &[1]),
        ("both", &[2]),
        ("both.weight", &[2]),
        ("norms.0.weight", &[2]),
        ("norms.1.weight", &[2]),
        ("norms.2.weight", &[2]),
    ];
    let data = vec![0; 4 * 120];
    let views = tensors.iter().map(|(name, shape)| {
        let bytes = &data[..4 * shape.iter().product::<usize>()];
        (
            *name,
            safetensors::tensor::TensorView::new(safetensors::Dtype::F32, shape.to_vec(), bytes)
                .unwrap(),
        )
    });
    let bytes = safetensors::serialize(views, None).unwrap();
    let file = WeightsFile::from_bytes(&bytes).unwrap();
    writes(&file, "odd");
    assert!(file.load::<odd::Net>().is_ok());
    // Names that are nested without end become one name at the maximum depth.
    let deep = vec!["a"; 50_000].join(".");
    let view =
        safetensors::tensor::TensorView::new(safetensors::Dtype::F32, vec![], &data[..4]).unwrap();
    let bytes = safetensors::serialize([(deep, view)], None).unwrap();
    let file = WeightsFile::from_bytes(&bytes).unwrap();
    assert!(structs::written(&file.tensors().collect::<Vec<_>>()).lines().count() < 300);
}
