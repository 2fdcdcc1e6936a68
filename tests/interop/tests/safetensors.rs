//! Files of named tensors: compared with the real crate in both directions, the text of each error,
//! and hostile bytes.

use std::collections::HashMap;
use std::path::PathBuf;
use std::{env, fs, process};

use rand::{RngExt, SeedableRng};
use safetensors::tensor::TensorView as Theirs;
use shapewright::io::safetensors::{Dtype, SafeTensors, SafeTensorsError, SafeTensorsWriter};
use shapewright::{Array, Tensor, TensorView, array, bf16, dim, f16, prelude::*, shape, tensor};

dim!(pub Batch, pub Inputs = 3);

/// The bytes of a file of these tensors, as the real crate writes it.
fn theirs(tensors: &[(&str, safetensors::Dtype, &[usize], Vec<u8>)]) -> Vec<u8> {
    let views = tensors.iter().map(|(name, dtype, shape, data)| {
        (*name, Theirs::new(*dtype, shape.to_vec(), data).unwrap())
    });
    safetensors::serialize(views, None).unwrap()
}

fn small() -> Vec<u8> {
    let (weight, bias) = (tensor![[1.0f32, 2.0, 3.0], [4.0, 5.0, 6.0]], array![0.5f64, -0.5]);
    SafeTensorsWriter::new().with("fc1.weight", &weight).with("fc1.bias", &bias).to_bytes().unwrap()
}

#[track_caller]
fn says<T>(result: Result<T, SafeTensorsError>, text: &str) {
    match result {
        Ok(_) => panic!("no error"),
        Err(error) => assert_eq!(error.to_string(), text),
    }
}

/// A file with this header, and this number of bytes of data.
fn file(header: &str, data: usize) -> Vec<u8> {
    [&(header.len() as u64).to_le_bytes(), header.as_bytes(), &vec![1; data]].concat()
}

/// Every element type, byte for byte as the real crate writes and reads it.
#[test]
fn every_element_type_as_the_real_crate_has_it() {
    macro_rules! check {
        ($($number:ident $dtype:ident $values:expr;)*) => {$(
            let values: [$number; 4] = $values;
            let x = Tensor::<$number, shape![2, 2]>::from_slice(&values).unwrap();
            let data: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
            let bytes = SafeTensorsWriter::new().with("x", &x).to_bytes().unwrap();
            assert_eq!(bytes, theirs(&[("x", safetensors::Dtype::$dtype, &[2, 2], data.clone())]));
            let file = SafeTensors::from_bytes(&bytes).unwrap();
            assert_eq!(file.tensor::<$number, shape![2, 2]>("x").unwrap(), x);
            assert_eq!(file.tensor::<$number, shape![?Batch, 2]>("x").unwrap().as_slice(), values);
            assert_eq!(file.view::<$number, shape![2, 2]>("x").unwrap(), x);
            assert_eq!(file.dtype_of("x").unwrap(), Dtype::of::<$number>());
            assert_eq!(file.dtype_of("x").unwrap().to_string(), stringify!($dtype));
            let read = safetensors::SafeTensors::deserialize(&bytes).unwrap();
            assert_eq!(read.tensor("x").unwrap().data(), data);
        )*};
    }
    check! {
        f32 F32 [1.5, f32::INFINITY, -0.0, f32::MIN_POSITIVE];
        f64 F64 [1.5, f64::NEG_INFINITY, -0.0, 1e300];
        f16 F16 [1.5, -0.25, 65504.0, 0.0].map(f16::from_f32);
        bf16 BF16 [1.5, -0.25, 1e30, 0.0].map(bf16::from_f32);
        i8 I8 [1, -2, i8::MIN, i8::MAX];
        i16 I16 [1, -2, i16::MIN, i16::MAX];
        i32 I32 [1, -2, i32::MIN, i32::MAX];
        i64 I64 [1, -2, i64::MIN, i64::MAX];
        u8 U8 [1, 2, 3, u8::MAX];
        u16 U16 [1, 2, 3, u16::MAX];
        u32 U32 [1, 2, 3, u32::MAX];
        u64 U64 [1, 2, 3, u64::MAX];
    }
    let x = tensor![true, false, true];
    let bytes = SafeTensorsWriter::new().with("x", &x).to_bytes().unwrap();
    assert_eq!(bytes, theirs(&[("x", safetensors::Dtype::BOOL, &[3], vec![1, 0, 1])]));
    let file = SafeTensors::from_bytes(&bytes).unwrap();
    assert_eq!(file.tensor::<bool, shape![3]>("x").unwrap(), x);
    assert_eq!(file.view::<bool, shape![?]>("x").unwrap().to_vec(), [true, false, true]);
}

/// Several tensors of different shapes, types and storages, in the order of the real crate.
#[test]
fn several_tensors_as_the_real_crate_writes_them() {
    let weight = tensor![[1.0f32, 2.0, 3.0], [4.0, 5.0, 6.0]];
    let (scale, mask) = (array![0.5f64, 0.25], array![true, false, true]);
    let turned = weight.permute_dims((Axis::<1>, Axis::<0>));
    let turned = turned.view();
    let scalar = Tensor::<u16, shape![]>::full(7);
    let empty = Tensor::<f32, _>::zeros_of(shape![Batch.of(0), Inputs]);
    let writer = SafeTensorsWriter::new()
        .with("mask", &mask)
        .with("weight", &weight)
        .with("empty", &empty)
        .with(String::from("weight.t"), &turned)
        .with("scalar", &scalar)
        .with("scale", &scale);
    let bytes = writer.to_bytes().unwrap();
    let le = |values: &[f32]| values.iter().flat_map(|x| x.to_le_bytes()).collect::<Vec<u8>>();
    use safetensors::Dtype as Real;
    assert_eq!(
        bytes,
        theirs(&[
            ("weight", Real::F32, &[2, 3], le(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0])),
            ("weight.t", Real::F32, &[3, 2], le(&[1.0, 4.0, 2.0, 5.0, 3.0, 6.0])),
            ("empty", Real::F32, &[0, 3], vec![]),
            ("mask", Real::BOOL, &[3], vec![1, 0, 1]),
            ("scalar", Real::U16, &[], vec![7, 0]),
            (
                "scale",
                Real::F64,
                &[2],
                [0.5f64, 0.25].iter().flat_map(|x| x.to_le_bytes()).collect()
            ),
        ])
    );
    assert_eq!(
        format!("{writer:?}"),
        "SafeTensorsWriter {\"mask\": BOOL (3,), \"weight\": F32 (2, 3), \"empty\": F32 (0, 3), \"weight.t\": \
         F32 (3, 2), \"scalar\": U16 (), \"scale\": F64 (2,)}"
    );
    let file = SafeTensors::from_bytes(bytes).unwrap();
    assert!(file.names().eq(["scale", "empty", "weight", "weight.t", "scalar", "mask"]));
    assert_eq!((file.len(), file.is_empty()), (6, false));
    assert_eq!(file.shape_of("weight").unwrap(), [2, 3]);
    assert_eq!(
        file.tensor::<f32, shape![3, 2]>("weight.t").unwrap(),
        [[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]
    );
    assert_eq!(
        file.view::<f32, shape![?Batch, Inputs]>("weight").unwrap().shape().lengths(),
        [2, 3]
    );
    assert_eq!(file.tensor::<u16, shape![]>("scalar").unwrap().item(), 7);
    assert_eq!(file.tensor::<f32, shape![?Batch, 3]>("empty").unwrap().shape().lengths(), [0, 3]);
    assert_eq!(file.tensor::<f32, shape![?, ?]>("weight").unwrap().shape().lengths(), [2, 3]);
    assert!(file.view::<f32, shape![0, 3]>("empty").unwrap().is_empty());
    assert!(
        format!("{file:?}")
            .starts_with("SafeTensors {\"scale\": F64 (2,), \"empty\": F32 (0, 3), ")
    );
    let none = SafeTensorsWriter::new().to_bytes().unwrap();
    assert!(SafeTensors::from_bytes(none).unwrap().is_empty());
}

#[test]
fn texts_beside_the_tensors() {
    let x = tensor![1.0];
    let writer = || SafeTensorsWriter::new().with("x", &x);
    let bytes = writer()
        .with_metadata("format", "pt")
        .with_metadata("a \"b\"\n", "ä\u{1}")
        .to_bytes()
        .unwrap();
    let file = SafeTensors::from_bytes(&bytes).unwrap();
    assert_eq!(file.metadata(), [("a \"b\"\n", "ä\u{1}"), ("format", "pt")]);
    assert_eq!(file.len(), 1);
    let real = safetensors::SafeTensors::read_metadata(&bytes).unwrap().1;
    assert_eq!(real.metadata().as_ref().unwrap()["format"], "pt");
    let texts: HashMap<_, _> = [("format".to_string(), "pt".to_string())].into();
    let data = 1.0f64.to_le_bytes();
    let real = Theirs::new(safetensors::Dtype::F64, vec![1], &data).unwrap();
    let real = safetensors::serialize([("x", real)], Some(texts.into_iter().collect())).unwrap();
    assert_eq!(writer().with_metadata("format", "pt").to_bytes().unwrap(), real);
    assert!(SafeTensors::from_bytes(small()).unwrap().metadata().is_empty());
    says(
        writer().with_metadata("format", "pt").with_metadata("format", "np").to_bytes(),
        "`format` is the key of two texts",
    );
}

#[test]
fn names_that_cannot_be_written() {
    let (x, y) = (tensor![1.0], tensor![true]);
    says(
        SafeTensorsWriter::new().with("x", &x).with("y", &x).with("x", &y).to_bytes(),
        "`x` is the name of two tensors",
    );
    says(
        SafeTensorsWriter::new().with("__metadata__", &x).to_bytes(),
        "`__metadata__` is the name of what stands beside tensors, and of none",
    );
    let odd = "a \"name\" \\ with\nall \u{7f}\u{0}sorts: ü";
    let bytes = SafeTensorsWriter::new().with(odd, &x).to_bytes().unwrap();
    assert_eq!(SafeTensors::from_bytes(&bytes).unwrap().tensor::<f64, shape![1]>(odd).unwrap(), x);
    assert!(safetensors::SafeTensors::deserialize(&bytes).unwrap().tensor(odd).is_ok());
}

#[test]
fn what_is_not_as_it_is_asked_for() {
    let bytes = small();
    let file = SafeTensors::from_bytes(&bytes).unwrap();
    says(
        file.tensor::<f32, shape![2, 4]>("fc1.weight"),
        "`fc1.weight` is F32 (2, 3), expected F32 (2, 4): axis -1 must be 4, not 3",
    );
    says(
        file.view::<f32, shape![?Batch, 784]>("fc1.weight"),
        "`fc1.weight` is F32 (2, 3), expected F32 (?Batch, 784): axis -1 must be 784, not 3",
    );
    says(
        file.tensor::<f32, shape![?]>("fc1.weight"),
        "`fc1.weight` is F32 (2, 3), expected F32 (?,): rank must be 1, not 2",
    );
    says(
        file.tensor::<f16, shape![2, 3]>("fc1.weight"),
        "`fc1.weight` is F32 (2, 3), expected F16 (2, 3): elements are not converted, read it as `f32`",
    );
    says(
        file.view::<u64, shape![3]>("fc1.bias"),
        "`fc1.bias` is F64 (2,), expected U64 (3,): elements are not converted, read it as `f64`; axis -1 must \
         be 3, not 2",
    );
    let error = file.tensor::<f64, shape![Inputs, 3]>("fc1.weight").unwrap_err();
    let SafeTensorsError::Unlike { name, expected, found, dtypes, shape } = error else {
        panic!("{error}")
    };
    assert_eq!(
        (name.as_str(), expected.as_str(), found.as_str()),
        ("fc1.weight", "F64 (3, 3)", "F32 (2, 3)")
    );
    assert_eq!(dtypes, (Dtype::of::<f64>(), Dtype::of::<f32>()));
    assert_eq!(shape.unwrap().axis(), Some(-2));

    let header = r#"{"f8":{"dtype":"F8_E4M3","shape":[2],"data_offsets":[0,2]}}"#;
    let bytes = self::file(header, 2);
    let file = SafeTensors::from_bytes(&bytes).unwrap();
    assert_eq!(file.dtype_of("f8").unwrap().to_string(), "F8_E4M3");
    says(
        file.tensor::<u8, shape![2]>("f8"),
        "`f8` is F8_E4M3 (2,), expected U8 (2,): there is no element type for F8_E4M3",
    );
    let header = r#"{"x":{"dtype":"U8","shape":[1,1,1,1,1,1,1,1,2],"data_offsets":[0,2]}}"#;
    let bytes = self::file(header, 2);
    says(
        SafeTensors::from_bytes(&bytes).unwrap().tensor::<u8, shape![2]>("x"),
        "`x` is U8 (…, 1, 1, 1, 1, 1, 1, 1, 2), expected U8 (2,): rank must be 1, not 9",
    );
    let header = r#"{"x":{"dtype":"BOOL","shape":[2],"data_offsets":[0,2]}}"#;
    let mut bytes = self::file(header, 2);
    *bytes.last_mut().unwrap() = 2;
    let file = SafeTensors::from_bytes(&bytes).unwrap();
    let error = "invalid bool in `x`: element 1 is the byte 2, a bool is 0 or 1";
    says(file.tensor::<bool, shape![2]>("x"), error);
    says(file.view::<bool, shape![2]>("x"), error);
    says(
        file.tensor::<u8, shape![2]>("x"),
        "`x` is BOOL (2,), expected U8 (2,): elements are not converted, read it as `bool`",
    );
}

#[test]
fn names_that_are_missing() {
    let x = tensor![1.0];
    let mut writer = SafeTensorsWriter::new();
    for layer in 0..4 {
        writer = writer
            .with(format!("layers.{layer}.weight"), &x)
            .with(format!("layers.{layer}.bias"), &x);
    }
    let file = SafeTensors::from_bytes(writer.to_bytes().unwrap()).unwrap();
    says(
        file.tensor::<f64, shape![1]>("layers.2.weigth"),
        "no tensor `layers.2.weigth`; the nearest of 8 names: `layers.2.weight`, `layers.0.weight`, \
         `layers.1.weight`",
    );
    says(
        file.dtype_of("layers.7.bias"),
        "no tensor `layers.7.bias`; the nearest of 8 names: `layers.0.bias`, `layers.1.bias`, `layers.2.bias`",
    );
    let long = "x\n".repeat(1000);
    let text = file.shape_of(&long).unwrap_err().to_string();
    assert!(text.starts_with(r"no tensor `x\nx\nx\n") && text.len() < 400, "{text}");
    let none = SafeTensors::from_bytes(SafeTensorsWriter::new().to_bytes().unwrap()).unwrap();
    says(none.view::<f32, shape![1]>("x"), "no tensor `x`, nor any other");
}

/// Unaligned data is copied all the same.
#[test]
fn bytes_that_are_not_aligned() {
    let bytes = small();
    // The vector is aligned to 8 bytes, so the data is not aligned at some of these offsets.
    let mut memory = vec![0u64; bytes.len() / 8 + 2];
    let memory: &mut [u8] = bytemuck::cast_slice_mut(&mut memory);
    for past in 0..8 {
        memory[past..past + bytes.len()].copy_from_slice(&bytes);
        let file = SafeTensors::from_bytes(&memory[past..past + bytes.len()]).unwrap();
        let weight = tensor![[1.0f32, 2.0, 3.0], [4.0, 5.0, 6.0]];
        assert_eq!(file.tensor::<f32, shape![2, 3]>("fc1.weight").unwrap(), weight);
        assert_eq!(file.tensor::<f64, shape![?]>("fc1.bias").unwrap().as_slice(), [0.5, -0.5]);
        match past {
            0 | 4 => assert_eq!(file.view::<f32, shape![2, 3]>("fc1.weight").unwrap(), weight),
            _ => says(
                file.view::<f32, shape![2, 3]>("fc1.weight"),
                &format!(
                    "`fc1.weight` cannot be viewed: its address must be a multiple of 4, and is {} past one; \
                     `tensor` copies it",
                    past % 4
                ),
            ),
        }
        assert_eq!(file.view::<f64, shape![2]>("fc1.bias").is_ok(), past == 0);
    }
}

/// A temporary file, which is removed at the end.
struct Temporary(PathBuf);
impl Temporary {
    fn new(name: &str) -> Self {
        Self(env::temp_dir().join(format!("shapewright-{}-{name}.safetensors", process::id())))
    }
}
impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[test]
fn files() {
    let path = Temporary::new("model");
    // More than one block, and not a whole number of them.
    let x = Tensor::<f32, _>::from_fn_of(shape![Batch.of(6667), 3], |[i, j]| (3 * i + j) as f32);
    let y = array![1u8, 2, 3];
    let writer = SafeTensorsWriter::new().with("x", &x).with("y", &y);
    writer.write(&path.0).unwrap();
    assert_eq!(fs::read(&path.0).unwrap(), writer.to_bytes().unwrap());
    let file = SafeTensors::read(&path.0).unwrap();
    assert_eq!(file.tensor::<f32, shape![?Batch, 3]>("x").unwrap(), x);
    assert_eq!(file.view::<u8, shape![3]>("y").unwrap(), y);

    let shown = path.0.display();
    says(
        file.tensor::<f32, shape![6667, 4]>("x"),
        &format!("{shown}: `x` is F32 (6667, 3), expected F32 (6667, 4): axis -1 must be 4, not 3"),
    );
    says(file.dtype_of("z"), &format!("{shown}: no tensor `z`; the nearest of 2 names: `x`, `y`"));
    fs::write(&path.0, b"\x93NUMPY").unwrap();
    says(
        SafeTensors::read(&path.0),
        &format!("{shown}: truncated safetensors file: expected 8 bytes of header length, found 6"),
    );
    says(
        SafeTensorsWriter::new().with("y", &y).with("y", &y).write(&path.0),
        &format!("{shown}: `y` is the name of two tensors"),
    );
    let nowhere = Temporary::new("no/such/folder");
    let error = SafeTensorsWriter::new().write(&nowhere.0).unwrap_err().to_string();
    assert!(error.starts_with(&nowhere.0.display().to_string()), "{error}");
    assert!(SafeTensors::read(&nowhere.0).unwrap_err().to_string().contains("no/such/folder"));
}

/// Some of the lengths need 64 bits.
#[cfg(target_pointer_width = "64")]
#[test]
fn headers_that_lie() {
    let header = |entries: &str| format!("{{{entries}}}");
    let tensor = |name: &str, dtype: &str, shape: &str, offsets: &str| {
        format!(r#""{name}":{{"dtype":"{dtype}","shape":{shape},"data_offsets":{offsets}}}"#)
    };
    let says =
        |header: &str, data, text: &str| says(SafeTensors::from_bytes(file(header, data)), text);
    says(
        &header(&tensor("x", "F32", "[2]", "[0,8]")),
        7,
        "truncated safetensors file: expected 8 bytes of data, found 7",
    );
    says(
        &header(&tensor("x", "F32", "[2]", "[0,8]")),
        9,
        "1 trailing byte in safetensors file: expected 8 bytes of data, found 9",
    );
    // The data of `y` overlaps that of `x`, leaves a gap, or ends before it begins.
    for second in ["[4,12]", "[12,20]", "[8,0]"] {
        let entries =
            [tensor("x", "F32", "[2]", "[0,8]"), tensor("y", "F32", "[2]", second)].join(",");
        let error = SafeTensors::from_bytes(file(&header(&entries), 20)).unwrap_err().to_string();
        assert!(
            error.starts_with("malformed safetensors header: invalid offset for tensor `y`"),
            "{error}"
        );
    }
    let text = "malformed safetensors header: invalid shape, data type, or offset for tensor";
    for (dtype, shape) in [("F32", "[3]"), ("F64", "[2]"), ("U8", "[]"), ("F32", "[0]")] {
        let bytes = file(&header(&tensor("x", dtype, shape, "[0,8]")), 8);
        let error = SafeTensors::from_bytes(bytes).unwrap_err().to_string();
        assert!(error.starts_with(text), "{error}");
    }
    for shape in
        ["[18446744073709551615,2]", "[4294967296,4294967296,4294967296]", "[2305843009213693952]"]
    {
        let bytes = file(&header(&tensor("x", "F64", shape, "[0,8]")), 8);
        let error = SafeTensors::from_bytes(bytes).unwrap_err().to_string();
        assert!(error.contains("overflow"), "{error}");
    }
    // An empty axis next to lengths that overflow is not a valid tensor here, and has no data.
    let bytes = file(&header(&tensor("x", "F32", "[0,4294967296,4294967296]", "[0,0]")), 0);
    let x = SafeTensors::from_bytes(&bytes).unwrap();
    let error = x.tensor::<f32, shape![?, ?, ?]>("x").unwrap_err().to_string();
    assert!(
        error.starts_with(
            "`x` is F32 (0, 4294967296, 4294967296), expected F32 (?, ?, ?): shape (0, "
        )
    );
    // The sum of the end of the data and the length of the header overflows.
    let (most, step) = (u64::MAX as u128, (u64::MAX / 8) as u128);
    let mut entries: Vec<_> = (0..8)
        .map(|k| {
            tensor(
                &k.to_string(),
                "U8",
                &format!("[{step}]"),
                &format!("[{},{}]", k * step, (k + 1) * step),
            )
        })
        .collect();
    entries.push(tensor(
        "last",
        "U8",
        &format!("[{}]", most - 8 * step),
        &format!("[{},{most}]", 8 * step),
    ));
    let error =
        SafeTensors::from_bytes(file(&header(&entries.join(",")), 8)).unwrap_err().to_string();
    assert_eq!(
        error,
        format!("truncated safetensors file: expected {most} bytes of data, found 8")
    );

    says(
        "[]",
        0,
        "malformed safetensors header: invalid type: sequence, expected an object of tensors by their names at line 1 column 2",
    );
    says("", 0, "malformed safetensors header: EOF while parsing a value at line 1 column 0");
    says(
        "{\"x\":",
        0,
        "malformed safetensors header: EOF while parsing a value at line 1 column 5",
    );
    for odd in [r#"{"x":1}"#, r#"{"x":{}}"#, r#"{"__metadata__":{"a":1}}"#, r#"{"__metadata__":3}"#]
    {
        let error = SafeTensors::from_bytes(file(odd, 0)).unwrap_err().to_string();
        assert!(error.starts_with("malformed safetensors header: "), "{error}");
    }
    let unknown = SafeTensors::from_bytes(file(&header(&tensor("x", "F128", "[1]", "[0,16]")), 16));
    assert!(
        unknown
            .unwrap_err()
            .to_string()
            .starts_with("malformed safetensors header: unknown variant `F128`")
    );
    let deep = format!("{{\"x\":{}", "[".repeat(100_000));
    assert!(
        SafeTensors::from_bytes(file(&deep, 0))
            .unwrap_err()
            .to_string()
            .starts_with("malformed safetensors header")
    );
}

#[test]
fn beginnings_that_are_none() {
    let says = |bytes: &[u8], text: &str| says(SafeTensors::from_bytes(bytes), text);
    says(b"", "truncated safetensors file: expected 8 bytes of header length, found 0");
    says(&[1; 7], "truncated safetensors file: expected 8 bytes of header length, found 7");
    says(
        &[9, 0, 0, 0, 0, 0, 0, 0, b'{'],
        "truncated safetensors file: expected 9 bytes of header, found 1",
    );
    says(
        &[255; 100],
        "malformed safetensors header: its length is 18446744073709551615 bytes, at most 100000000 are allowed",
    );
    says(
        b"PK\x03\x04\0\0\0\x08",
        "malformed safetensors header: its length is 576460752370748240 bytes, at most 100000000 are allowed (this \
         is a zip archive, as PyTorch's .pt files are)",
    );
    says(
        &[2, 0, 0, 0, 0, 0, 0, 0, b'{', 0xff],
        "malformed safetensors header: invalid utf-8 sequence of 1 bytes from index 1",
    );
}

/// Damaged bytes are either a file, each tensor of which is read or refused, or an error.
#[test]
fn damaged_files() {
    let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(3);
    let (x, y, z) = (tensor![[1.0f32, 2.0]], array![true, false], tensor![7i64, 8, 9]);
    let writer = SafeTensorsWriter::new().with("x", &x).with("y", &y).with("z", &z);
    let bytes = writer.with_metadata("a", "b").to_bytes().unwrap();
    let header = 8 + u64::from_le_bytes(*bytes.first_chunk().unwrap()) as usize;
    let (mut opened, mut refused, mut read) = (0, 0, 0);
    for _ in 0..30_000 {
        let mut damaged = bytes.clone();
        for _ in 0..rng.random_range(1..4) {
            let Some(last) = damaged.len().checked_sub(1) else { break };
            let at = rng.random_range(0..=last.min(header + 8));
            match rng.random_range(0..5) {
                0 => damaged[at] = rng.random(),
                1 => drop(damaged.remove(at)),
                2 => damaged
                    .insert(at, *b"[]{},0123456789\":-e ".get(rng.random_range(0..20)).unwrap()),
                // A digit becomes another one.
                3 if damaged[at].is_ascii_digit() => damaged[at] = b'0' + rng.random_range(0..10),
                3 => {}
                _ => damaged.truncate(last.max(1) - rng.random_range(0..last.clamp(1, 8))),
            }
        }
        // Often the length of the header is made to fit, so that it is not the only defect.
        if rng.random() && damaged.len() > 40 {
            let close = damaged.iter().rposition(|&byte| byte == b'}').map_or(8, |at| at + 1);
            damaged[..8].copy_from_slice(&(close.max(8) as u64 - 8).to_le_bytes());
        }
        match SafeTensors::from_bytes(&damaged) {
            Ok(file) => {
                opened += 1;
                for name in file.names() {
                    let count: usize = file.shape_of(name).unwrap().iter().product();
                    if let Ok(x) = file.tensor::<f32, shape![?, ?]>(name) {
                        read += 1;
                        assert_eq!(x.len(), count);
                    }
                    let _ = file.tensor::<bool, shape![2]>(name).map(|x| x.count_nonzero());
                    let _ = file.view::<i64, shape![?]>(name).map(|x| x.sum());
                }
            }
            Err(error) => {
                assert!(!error.to_string().is_empty());
                refused += 1;
            }
        }
    }
    assert!(
        opened > 300 && refused > 3000 && read > 300,
        "{opened} opened, {refused} refused, {read} read"
    );
}

/// A function over any file takes any lifetime, and errors are returned with `?`.
#[test]
fn in_functions_of_ones_own() {
    fn load(
        bytes: &[u8],
    ) -> Result<Array<f64, shape![2]>, Box<dyn std::error::Error + Send + Sync>> {
        let file = SafeTensors::from_bytes(bytes)?;
        let bias: TensorView<f64, shape![2]> = file.view("fc1.bias")?;
        Ok((bias * 2.0).to_array())
    }
    assert_eq!(load(&small()).unwrap(), [1.0, -1.0]);
    assert!(load(b"").is_err());
    assert!(size_of::<SafeTensorsError>() <= 128);
}

/// Two tensors, or texts, of the same name are refused.
#[test]
fn a_name_that_stands_there_twice() {
    let file = |header: &str| {
        let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
        bytes.extend(header.as_bytes());
        bytes.extend([0; 8]);
        bytes
    };
    let w = r#""w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}"#;
    assert!(SafeTensors::from_bytes(file(&format!("{{{w}}}"))).is_ok());
    let twice =
        SafeTensors::from_bytes(file(&format!("{{{w},{}}}", w.replace("F32", "I32")))).unwrap_err();
    assert!(twice.to_string().contains("`w` stands there twice"), "{twice}");
    let metadata = r#""__metadata__":{"format":"pt","format":"np"}"#;
    let twice = SafeTensors::from_bytes(file(&format!("{{{metadata},{w}}}"))).unwrap_err();
    assert!(twice.to_string().contains("`format` stands there twice"), "{twice}");
    let once = format!(r#"{{"__metadata__":{{"format":"pt"}},{w}}}"#);
    assert!(SafeTensors::from_bytes(file(&once)).is_ok());
}
