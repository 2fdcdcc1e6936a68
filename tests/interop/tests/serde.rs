//! Tensors as JSON, nested lists, and as postcard, a struct of shape and elements.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use shapewright::{
    Array, Dyn, Element, Tensor, TensorView, array, bf16, dim, f16, prelude::*, shape, tensor,
};

dim!(pub Batch, pub Columns, pub Channels = 3);

fn json<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

#[track_caller]
fn says<T: DeserializeOwned>(text: &str, error: &str) {
    match json::<T>(text) {
        Ok(_) => panic!("{text} was read"),
        Err(found) => assert_eq!(found, error),
    }
}

/// Checks what is written, and that it can be read again, as JSON and as postcard.
#[track_caller]
fn round<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(x: T, text: &str) {
    assert_eq!(serde_json::to_string(&x).unwrap(), text);
    assert_eq!(json::<T>(text).unwrap(), x);
    let bytes = postcard::to_allocvec(&x).unwrap();
    assert_eq!(postcard::from_bytes::<T>(&bytes).unwrap(), x);
    // A JSON value in memory, which can be read from as well.
    let value = serde_json::to_value(&x).unwrap();
    assert_eq!(serde_json::from_value::<T>(value).unwrap(), x);
}

#[test]
fn what_is_written_is_read() {
    round(tensor![[1.0f32, 2.5], [-3.0, 4.0]], "[[1.0,2.5],[-3.0,4.0]]");
    round(array![[1, 2, 3], [4, 5, 6]], "[[1,2,3],[4,5,6]]");
    round(tensor![[[true], [false]]], "[[[true],[false]]]");
    round(Tensor::<f64, shape![]>::full(0.1), "0.1");
    round(Array::<u64, shape![]>::full(u64::MAX), "18446744073709551615");
    round(
        Tensor::<i8, shape![1, 1, 1, 1, 1, 1, 1, 2]>::from_fn(|i| -(i[7] as i8)),
        "[[[[[[[[0,-1]]]]]]]]",
    );
    round(Tensor::<isize, shape![Channels]>::from_fn(|[i]| i as isize - 1), "[-1,0,1]");
    round(Tensor::<usize, shape![1, { 1 }]>::full(7), "[[7]]");
    round(
        Tensor::<f32, _>::from_fn_of(shape![Batch.of(3), 1], |[i, _]| i as f32),
        "[[0.0],[1.0],[2.0]]",
    );
    round(
        Tensor::<i64, _>::from_fn_of(shape![Dyn::of(1), Columns.of(2)], |[_, j]| j as i64),
        "[[0,1]]",
    );
}

#[test]
fn halves_are_numbers_for_people_and_bits_for_machines() {
    let x = [1.5, -0.25, 65504.0].map(f16::from_f32);
    round(Tensor::<f16, shape![3]>::from_slice(&x).unwrap(), "[1.5,-0.25,65504.0]");
    round(Array::<bf16, shape![2]>::from_fn(|[i]| bf16::from_f32(0.5 + i as f32)), "[0.5,1.5]");
    let bytes =
        postcard::to_allocvec(&Array::<f16, shape![1]>::splat(f16::from_bits(0x0102))).unwrap();
    // The rank, the number of lengths, a length, the number of elements, and the bits, as a number
    // of two bytes.
    assert_eq!(bytes, [1, 1, 1, 1, 0x82, 2]);
    // Every half is read again.
    for bits in (0..=u16::MAX).map(f16::from_bits).filter(|x| x.is_finite()) {
        let x = Array::<f16, shape![]>::splat(bits);
        let back: Array<f16, shape![]> = json(&serde_json::to_string(&x).unwrap()).unwrap();
        assert_eq!(back.item().to_bits(), bits.to_bits());
    }
}

/// In row-major order, whatever the storage and its strides.
#[test]
fn every_storage_is_written_alike() {
    let x = tensor![[1, 2, 3], [4, 5, 6]];
    let turned = x.permute_dims((Axis::<1>, Axis::<0>));
    let (text, bytes) = ("[[1,4],[2,5],[3,6]]", [2, 2, 3, 2, 6, 2, 8, 4, 10, 6, 12]);
    assert_eq!(serde_json::to_string(&turned.view()).unwrap(), text);
    assert_eq!(postcard::to_allocvec(&turned.view()).unwrap(), bytes);
    assert_eq!(serde_json::to_string(&turned.to_tensor()).unwrap(), text);
    assert_eq!(postcard::to_allocvec(&turned.to_array()).unwrap(), bytes);
    let mut copy = turned.to_tensor();
    assert_eq!(serde_json::to_string(&copy.view_mut()).unwrap(), text);
    // A broadcast view, whose strides are 0.
    let pair = tensor![7, 8];
    let repeated = pair.broadcast_to(shape![2, 2]);
    assert_eq!(serde_json::to_string(&repeated.view()).unwrap(), "[[7,8],[7,8]]");
}

#[test]
fn lengths_of_run_time_are_found_out() {
    let x: Tensor<f32, shape![?Batch, 2]> = json("[[1, 2], [3, 4], [5, 6]]").unwrap();
    assert_eq!((x.shape().lengths(), x.as_slice()), ([3, 2], &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0][..]));
    let x: Tensor<f32, shape![?Batch, ?Columns, ?]> = json("[[[1], [2]]]").unwrap();
    assert_eq!(x.shape().lengths(), [1, 2, 1]);
    let bytes = postcard::to_allocvec(&tensor![[1.0f32, 2.0], [3.0, 4.0]]).unwrap();
    let x: Tensor<f32, shape![?Batch, ?Columns]> = postcard::from_bytes(&bytes).unwrap();
    assert_eq!(x.shape().lengths(), [2, 2]);
}

/// Empty nested lists hide how long their rows would be: static lengths are kept, run-time lengths
/// are 0. A struct of shape and data has all lengths.
#[test]
fn empty_axes() {
    round(Tensor::<f32, shape![0, 3]>::zeros(), "[]");
    round(Tensor::<f32, shape![2, 0]>::zeros(), "[[],[]]");
    round(Array::<f32, shape![2, 0, 5]>::zeros(), "[[],[]]");
    round(Tensor::<f32, _>::zeros_of(shape![Batch.of(0), 784]), "[]");
    round(Tensor::<f32, _>::zeros_of(shape![Batch.of(2), Columns.of(0)]), "[[],[]]");
    let hidden = Tensor::<f32, _>::zeros_of(shape![Batch.of(0), Columns.of(5)]);
    let x: Tensor<f32, shape![?Batch, ?Columns]> =
        json(&serde_json::to_string(&hidden).unwrap()).unwrap();
    assert_eq!(x.shape().lengths(), [0, 0]);
    let bytes = postcard::to_allocvec(&hidden).unwrap();
    let x: Tensor<f32, shape![?Batch, ?Columns]> = postcard::from_bytes(&bytes).unwrap();
    assert_eq!(x.shape().lengths(), [0, 5]);
    says::<Tensor<f32, shape![2, 3]>>(
        "[]",
        "shape mismatch: expected (2, 3), found (0, 3): axis -2 must be 2, not 0 at line 1 column 2",
    );
}

#[test]
fn shapes_that_differ() {
    says::<Tensor<f32, shape![?Batch, 3]>>(
        "[[1, 2], [3, 4]]",
        "shape mismatch: expected (?Batch, 3), found (2, 2): axis -1 must be 3, not 2 at line 1 column 16",
    );
    says::<Array<f32, shape![2, 2]>>(
        "[[1, 2], [3, 4], [5, 6]]",
        "shape mismatch: expected (2, 2), found (3, 2): axis -2 must be 2, not 3 at line 1 column 24",
    );
    says::<Tensor<f32, shape![2]>>(
        "[1, 2, 3, 4, 5]",
        "shape mismatch: expected (2,), found (5,): axis -1 must be 2, not 5 at line 1 column 15",
    );
    says::<Tensor<f32, shape![Channels, 1]>>(
        "[[1], [2]]",
        "shape mismatch: expected (3, 1), found (2, 1): axis -2 must be 3, not 2 at line 1 column 10",
    );
}

#[test]
fn ranks_that_differ() {
    says::<Tensor<f32, shape![2, 3]>>(
        "[1.5, 2]",
        "invalid type: floating point `1.5`, expected a row of nested lists of shape (2, 3) at line 1 column 4",
    );
    says::<Tensor<f32, shape![?]>>(
        "3",
        "invalid type: integer `3`, expected a list of shape (?,) at line 1 column 1",
    );
    says::<Tensor<f32, shape![?Batch, 3]>>(
        "null",
        "invalid type: null, expected nested lists of shape (?Batch, 3) at line 1 column 4",
    );
    says::<Tensor<f32, shape![?]>>(
        "[[1]]",
        "invalid type: sequence, expected f32 at line 1 column 1",
    );
    says::<Tensor<f32, shape![]>>("[1]", "invalid type: sequence, expected f32 at line 1 column 0");
}

#[test]
fn ragged_rows() {
    type Matrix = Tensor<f32, shape![?, ?]>;
    says::<Matrix>("[[1, 2], [3]]", "row 1 has 1 element, row 0 has 2 at line 1 column 12");
    says::<Matrix>("[[], [], [3, 4]]", "row 2 has 2 elements, row 0 has 0 at line 1 column 15");
    says::<Array<f32, shape![2, 2]>>(
        "[[1, 2], [3, 4, 5]]",
        "row 1 has 3 elements, row 0 has 2 at line 1 column 18",
    );
    type Cube = Tensor<f32, shape![?, ?, ?]>;
    says::<Cube>("[[[1], [2]], [[3]]]", "row 1 has 1 element, row 0 has 2 at line 1 column 18");
    says::<Cube>(
        "[[[1], [2]], [[3], [4, 5]]]",
        "row (1, 1) has 2 elements, row (0, 0) has 1 at line 1 column 25",
    );
}

#[test]
fn elements_that_are_none() {
    says::<Tensor<u8, shape![?]>>(
        "[1, 256]",
        "invalid value: integer `256`, expected u8 at line 1 column 7",
    );
    says::<Tensor<u8, shape![?]>>(
        "[1, -1]",
        "invalid value: integer `-1`, expected u8 at line 1 column 6",
    );
    says::<Tensor<i32, shape![?]>>(
        "[1, 2.0]",
        "invalid type: floating point `2.0`, expected i32 at line 1 column 7",
    );
    says::<Tensor<f32, shape![?]>>(
        "[1, \"2\"]",
        "invalid type: string \"2\", expected f32 at line 1 column 7",
    );
    says::<Tensor<bool, shape![?]>>(
        "[true, 1]",
        "invalid type: integer `1`, expected a boolean at line 1 column 8",
    );
    says::<Tensor<f16, shape![?]>>(
        "[true]",
        "invalid type: boolean `true`, expected f32 at line 1 column 5",
    );
}

/// NaN and infinity: JSON has neither, so they are written as `null`, which is not read. Postcard
/// has both.
#[test]
fn not_a_number_and_infinity() {
    let x = tensor![1.0f32, f32::NAN, f32::INFINITY];
    assert_eq!(serde_json::to_string(&x).unwrap(), "[1.0,null,null]");
    says::<Tensor<f32, shape![3]>>(
        "[1.0,null,null]",
        "invalid type: null, expected f32 at line 1 column 9",
    );
    assert_eq!(
        serde_json::to_string(&x.map(f16::from_f32).to_tensor()).unwrap(),
        "[1.0,null,null]"
    );
    let back: Tensor<f32, shape![3]> =
        postcard::from_bytes(&postcard::to_allocvec(&x).unwrap()).unwrap();
    assert!(back[[1]].is_nan() && back[[2]] == f32::INFINITY);
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Request {
    id: u32,
    pixels: Tensor<f32, shape![?Batch, 4]>,
}

// Rust cannot derive a generic implementation for a type that a macro writes.
type Weights = shape![2, 1];
type Bias = shape![2];
/// Generic in its elements, without further bounds.
#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Layer<T: Element> {
    weights: Tensor<T, Weights>,
    bias: Array<T, Bias>,
}

#[derive(Serialize)]
struct Response<'a> {
    logits: TensorView<'a, f32, shape![?Batch, 4]>,
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(untagged)]
enum Either {
    Row(Tensor<f32, shape![2]>),
    Rows(Tensor<f32, shape![?, 2]>),
}

#[test]
fn fields_of_ones_own_types() {
    let request: Request = json(r#"{"id": 7, "pixels": [[0, 0.5, 1, 0], [1, 1, 1, 1]]}"#).unwrap();
    assert_eq!(request.pixels.shape().lengths(), [2, 4]);
    let response = Response { logits: request.pixels.view() };
    assert_eq!(
        serde_json::to_string(&response).unwrap(),
        r#"{"logits":[[0.0,0.5,1.0,0.0],[1.0,1.0,1.0,1.0]]}"#
    );
    let bytes = postcard::to_allocvec(&request).unwrap();
    assert_eq!(postcard::from_bytes::<Request>(&bytes).unwrap(), request);
    says::<Request>(
        "{\n  \"id\": 7,\n  \"pixels\": [[0, 0, 0]]\n}",
        "shape mismatch: expected (?Batch, 4), found (1, 3): axis -1 must be 4, not 3 at line 3 column 23",
    );
    round(
        Layer { weights: tensor![[1.0], [2.0]], bias: array![0.5, -0.5] },
        r#"{"weights":[[1.0],[2.0]],"bias":[0.5,-0.5]}"#,
    );
    // Values that `serde` buffers and reads again are nested lists as well.
    assert_eq!(json::<Either>("[1, 2]").unwrap(), Either::Row(tensor![1.0, 2.0]));
    assert!(
        matches!(json::<Either>("[[1, 2]]").unwrap(), Either::Rows(rows) if rows == [[1.0, 2.0]])
    );
}

/// The struct, by the names of its fields, in any order.
#[test]
fn the_struct_by_names() {
    use serde::de::value::{Error, MapDeserializer};
    use serde::de::{IntoDeserializer, value::SeqDeserializer};

    /// A map of lists of numbers, for formats that are not human-readable.
    struct Named<'a>(&'a [(&'a str, &'a [u64])]);
    #[derive(Clone, Copy)]
    struct List<'a>(&'a [u64]);
    macro_rules! machine {
        ($type:ident, $self:ident, $visitor:ident => $visit:expr) => {
            impl<'de> serde::Deserializer<'de> for $type<'_> {
                type Error = Error;
                fn is_human_readable(&self) -> bool {
                    false
                }
                fn deserialize_any<V: serde::de::Visitor<'de>>($self, $visitor: V) -> Result<V::Value, Error> {
                    $visit
                }
                serde::forward_to_deserialize_any! {
                    bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit
                    unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
                }
            }
        };
    }
    machine!(Named, self, visitor => {
        visitor.visit_map(MapDeserializer::new(self.0.iter().map(|&(name, list)| (name, List(list)))))
    });
    machine!(List, self, visitor => visitor.visit_seq(SeqDeserializer::new(self.0.iter().copied())));
    impl<'a> IntoDeserializer<'_, Error> for List<'a> {
        type Deserializer = List<'a>;
        fn into_deserializer(self) -> List<'a> {
            self
        }
    }
    fn read<T: DeserializeOwned>(fields: &[(&str, &[u64])]) -> Result<T, String> {
        T::deserialize(Named(fields)).map_err(|error| error.to_string())
    }
    type Matrix = Tensor<u64, shape![?Batch, 2]>;
    let (shape, data): ((&str, &[u64]), (&str, &[u64])) =
        (("shape", &[2, 2]), ("data", &[1, 2, 3, 4]));
    for fields in [[shape, data], [data, shape]] {
        assert_eq!(read::<Matrix>(&fields).unwrap(), [[1, 2], [3, 4]]);
        assert_eq!(read::<Array<u64, shape![2, 2]>>(&fields).unwrap(), [[1, 2], [3, 4]]);
        let error = "shape mismatch: expected (2, 3), found (2, 2): axis -1 must be 3, not 2";
        assert_eq!(read::<Tensor<u64, shape![2, 3]>>(&fields).unwrap_err(), error);
    }
    let says = |fields: &[(&str, &[u64])], error: &str| {
        assert_eq!(read::<Matrix>(fields).unwrap_err(), error);
        assert_eq!(read::<Array<u64, shape![2, 2]>>(fields).unwrap_err(), error);
    };
    says(&[], "missing field `shape`");
    says(&[shape], "missing field `data`");
    says(&[data], "missing field `shape`");
    says(&[shape, shape], "duplicate field `shape`");
    says(&[data, data], "duplicate field `data`");
    says(
        &[shape, ("dtype", &[])],
        "unknown field `dtype`, expected one of `rank`, `shape`, `data`",
    );
    let short = "wrong number of elements: shape (2, 2) holds 4 elements, found 3";
    says(&[shape, ("data", &[1, 2, 3])], short);
    says(&[("data", &[1, 2, 3]), shape], short);
    let long = "wrong number of elements: shape (2, 2) holds 4 elements, found 6";
    says(&[shape, ("data", &[1, 2, 3, 4, 5, 6])], long);
    says(&[("data", &[1, 2, 3, 4, 5, 6]), shape], long);
}

/// A length, as postcard encodes it.
fn varint(mut number: u64, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Bytes of postcard that claim this shape and this number of elements, and contain none of them.
fn claim(shape: &[u64], count: u64) -> Vec<u8> {
    let mut bytes = vec![2];
    varint(shape.len() as u64, &mut bytes);
    shape.iter().for_each(|&length| varint(length, &mut bytes));
    varint(count, &mut bytes);
    bytes
}

/// Nothing is allocated by claimed sizes: each of these would be too much for the machine.
#[test]
fn claims_that_are_not_kept() {
    type Matrix = Tensor<f64, shape![?Batch, ?Columns]>;
    let huge = 1 << 40;
    for (shape, count) in [
        (&[huge, 1][..], huge),
        (&[1 << 20, 1 << 20], huge),
        (&[u64::MAX, u64::MAX], u64::MAX),
        (&[u64::MAX, 0], 0),
        (&[0, u64::MAX], u64::MAX),
        (&[2, 2], u64::MAX),
        (&[1; 9], 1),
        (&[], 1),
        (&[0; 200], 0),
        (&[huge], huge),
    ] {
        let bytes = claim(shape, count);
        assert!(postcard::from_bytes::<Matrix>(&bytes).is_err(), "{shape:?}");
        assert!(postcard::from_bytes::<Array<f64, shape![3, 2]>>(&bytes).is_err(), "{shape:?}");
    }
    // A shape of many elements with an empty axis has no elements, and is read if it can be
    // counted.
    let bytes = claim(&[1 << 20, 0], 0);
    assert_eq!(postcard::from_bytes::<Matrix>(&bytes).unwrap().shape().lengths(), [1 << 20, 0]);
}

/// Damaged text or bytes are read as a tensor of the shape, or are an error.
#[test]
fn damaged_input() {
    use rand::{RngExt, SeedableRng};
    let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(1);
    let x =
        Tensor::<f32, _>::from_fn_of(shape![Batch.of(3), 2], |[i, j]| i as f32 - j as f32 / 4.0);
    let (text, bytes) = (serde_json::to_vec(&x).unwrap(), postcard::to_allocvec(&x).unwrap());
    let (mut read, mut refused) = (0, 0);
    for round in 0..40_000 {
        let original = if round % 2 == 0 { &text } else { &bytes };
        let mut damaged = original.clone();
        for _ in 0..rng.random_range(1..4) {
            let Some(last) = damaged.len().checked_sub(1) else { break };
            let at = rng.random_range(0..=last);
            match rng.random_range(0..4) {
                0 => damaged[at] = rng.random(),
                1 => drop(damaged.remove(at)),
                2 => damaged.insert(at, *b"[],0-1.e ".get(rng.random_range(0..9)).unwrap()),
                _ => damaged.truncate(at),
            }
        }
        macro_rules! try_as {
            ($($type:ty),*) => {$(
                let parsed = if round % 2 == 0 {
                    serde_json::from_slice::<$type>(&damaged).map_err(|error| error.to_string())
                } else {
                    postcard::from_bytes::<$type>(&damaged).map_err(|error| error.to_string())
                };
                match parsed {
                    Ok(x) => {
                        assert_eq!(x.iter().count(), x.shape().lengths().iter().product::<usize>());
                        read += 1;
                    }
                    Err(error) => {
                        assert!(!error.is_empty());
                        refused += 1;
                    }
                }
            )*};
        }
        try_as!(
            Tensor<f32, shape![?Batch, 2]>,
            Tensor<f32, shape![?Batch, ?Columns]>,
            Array<f32, shape![3, 2]>,
            Tensor<u8, shape![?, ?, ?]>
        );
    }
    assert!(read > 1000 && refused > 1000, "{read} were read, {refused} refused");
}

/// `serde` buffers the fields of these types, and passes them on as if they came from a
/// human-readable format. A tensor that was written as a struct is then read by the names of its
/// fields. Without the names it is an error, and never read as other elements.
#[test]
fn kept_and_looked_at_twice() {
    type X = Tensor<f32, shape![?Batch, 2]>;
    #[derive(Serialize, Deserialize, Debug, PartialEq)]
    #[serde(tag = "kind")]
    enum Tagged {
        Points { x: X },
    }
    #[derive(Serialize, Deserialize, Debug, PartialEq)]
    #[serde(untagged)]
    enum Untagged {
        Text(String),
        Points(X),
    }
    #[derive(Serialize, Deserialize, Debug, PartialEq)]
    struct Inner {
        x: X,
    }
    #[derive(Serialize, Deserialize, Debug, PartialEq)]
    struct Flattened {
        #[serde(flatten)]
        inner: Inner,
        more: u8,
    }
    for x in [
        tensor![[7.0f32, 8.0]].rename(),
        X::from_vec(vec![1.0; 6]).unwrap(),
        X::from_vec(vec![]).unwrap(),
    ] {
        let tagged = Tagged::Points { x: x.clone() };
        let untagged = Untagged::Points(x.clone());
        let flattened = Flattened { inner: Inner { x: x.clone() }, more: 3 };
        let bytes = rmp_serde::to_vec_named(&tagged).unwrap();
        assert_eq!(rmp_serde::from_slice::<Tagged>(&bytes).unwrap(), tagged);
        let bytes = rmp_serde::to_vec_named(&untagged).unwrap();
        assert_eq!(rmp_serde::from_slice::<Untagged>(&bytes).unwrap(), untagged);
        let bytes = rmp_serde::to_vec_named(&flattened).unwrap();
        assert_eq!(rmp_serde::from_slice::<Flattened>(&bytes).unwrap(), flattened);
        assert_eq!(json::<Tagged>(&serde_json::to_string(&tagged).unwrap()).unwrap(), tagged);
        assert_eq!(json::<Untagged>(&serde_json::to_string(&untagged).unwrap()).unwrap(), untagged);
        assert_eq!(
            json::<Flattened>(&serde_json::to_string(&flattened).unwrap()).unwrap(),
            flattened
        );
        // Without the names a struct cannot be distinguished from rows, and is refused.
        assert!(rmp_serde::from_slice::<Tagged>(&rmp_serde::to_vec(&tagged).unwrap()).is_err());
        assert!(rmp_serde::from_slice::<Untagged>(&rmp_serde::to_vec(&untagged).unwrap()).is_err());
        // If nothing is buffered, structs with and without names are read.
        assert_eq!(rmp_serde::from_slice::<X>(&rmp_serde::to_vec(&x).unwrap()).unwrap(), x);
        assert_eq!(rmp_serde::from_slice::<X>(&rmp_serde::to_vec_named(&x).unwrap()).unwrap(), x);
    }
    assert_eq!(json::<X>(r#"{"rank": 2, "shape": [1, 2], "data": [7, 8]}"#).unwrap(), [[7.0, 8.0]]);
}

/// Lists around no elements are written up to a practical number of lists.
#[test]
fn lists_around_nothing() {
    let x = Tensor::<f32, _>::zeros_of(shape![Batch.of(1 << 40), Columns.of(0)]);
    let error = serde_json::to_string(&x).unwrap_err().to_string();
    assert_eq!(
        error,
        "shape (1099511627776, 0) has no elements, and more than 16777216 lists around them"
    );
    let bytes = postcard::to_allocvec(&x).unwrap();
    assert_eq!(postcard::from_bytes::<Tensor<f32, shape![?Batch, ?Columns]>>(&bytes).unwrap(), x);
}
