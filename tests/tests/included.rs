//! Files that are included when the crate compiles, compared with the same files read at run time.

use shapewright::io::{Included, npy};
use shapewright::{
    Dim, Flash, One, Tensor, TensorView, dim, include_npy, include_safetensors, prelude::*,
};

dim!(pub Rows = 2, pub Columns = 3);

/// A view of each file equals the tensor of the same file at run time, and is aligned.
#[test]
fn every_element_type_in_both_orders_of_bytes() {
    macro_rules! check {
        ($($number:ident: $($file:literal)*;)*) => {$($({
            static X: TensorView<'static, $number, shape![2, 3]> = include_npy!($file);
            let read: Tensor<$number, shape![2, 3]> = npy::from_bytes(include_bytes!($file)).unwrap();
            assert_eq!(X, read, $file);
            let elements = X.to_slice().expect("row-major");
            assert_eq!(elements.as_ptr().addr() % 64, 0, $file);
            // Texts are compared, because equal values such as 0.0 and -0.0 may differ in their
            // bits.
            assert_eq!(format!("{elements:?}"), format!("{:?}", read.as_slice()));
        })*)*};
    }
    check! {
        f32: "../included/f32.npy" "../included/f32_big.npy";
        f64: "../included/f64.npy" "../included/f64_big.npy";
        i8: "../included/i8.npy";
        i16: "../included/i16.npy" "../included/i16_big.npy";
        i32: "../included/i32.npy" "../included/i32_big.npy";
        i64: "../included/i64.npy" "../included/i64_big.npy";
        u8: "../included/u8.npy";
        u16: "../included/u16.npy" "../included/u16_big.npy";
        u32: "../included/u32.npy" "../included/u32_big.npy";
        u64: "../included/u64.npy" "../included/u64_big.npy";
        bool: "../included/bool.npy";
    }
}

#[test]
fn floats_are_converted() {
    static MODERATE: TensorView<'static, f32, shape![3]> =
        include_npy!("../included/moderate.npy" as f32);
    assert_eq!(MODERATE, [0.1, -2.5, 0.0]);
    let halves = [[1.5, -0.0, f32::INFINITY], [5.960_464_5e-8, -65504.0, 0.099_975_586]];
    assert_eq!(include_npy!("../included/f16.npy" as f32), halves);
    assert_eq!(include_npy!("../included/f16_big.npy" as f32), halves);
    let same: TensorView<f32, shape![2, 3]> = include_npy!("../included/f32.npy" as f32);
    assert_eq!(same, include_npy!("../included/f32.npy"));
    let big: TensorView<f32, shape![2, 3]> = include_npy!("../included/f32_big.npy" as f32);
    assert_eq!(big, same);
}

/// If no type is stated, the shape is that of the file, and a length of 1 does not stretch.
#[test]
fn the_type_is_the_files_where_nothing_states_it() {
    fn lengths_of<N: Length, C: Length>(x: &TensorView<i16, (N, C)>) -> [usize; 2] {
        x.shape().lengths()
    }
    let ones = include_npy!("../included/ones.npy");
    let _: &TensorView<'static, f32, (Dim<2>, Dim<1>, Dim<3>, Dim<1>)> = &ones;
    assert_eq!(lengths_of(&include_npy!("../included/i16.npy")), [2, 3]);
    assert_eq!(include_npy!("../included/ones.npy").sum(), 21.0);
    let partly: TensorView<_, (Dim<2>, _)> = include_npy!("../included/u8.npy");
    assert_eq!(partly, [[1, 2, 255], [128, 0, 5]]);
    let _: TensorView<f32, _> = include_npy!("../included/column.npy");
}

/// A stated type may have names, and lengths of 1 that stretch, for the lengths of the file.
#[test]
fn a_type_that_is_stated_may_name_its_lengths() {
    static X: Tensor<f32, shape![Rows, Columns], Flash> = include_npy!("../included/f32.npy");
    assert_eq!(X.sum_axis(Columns).to_tensor().shape().lengths(), [2]);
    static ONES: TensorView<'static, f32, shape![Rows, 1, 3, { 1 }]> =
        include_npy!("../included/ones.npy");
    let _: TensorView<'static, f32, (Rows, One, Dim<3>, Dim<1>)> = ONES;
    let stretched = (ONES + Tensor::<f32, shape![Rows, 5, 3, { 1 }]>::zeros()).to_tensor();
    assert_eq!(stretched.sum(), 5.0 * 21.0);
    const COLUMN: TensorView<'static, f32, shape![3, 1]> = include_npy!("../included/column.npy");
    assert_eq!((COLUMN + Tensor::<f32, shape![3, 2]>::zeros()).to_tensor().sum(), 12.0);
}

#[test]
fn shapes_without_axes_and_without_elements() {
    static SCALAR: TensorView<'static, f32, ()> = include_npy!("../included/scalar.npy");
    assert_eq!(SCALAR.item(), 2.5);
    static EMPTY: TensorView<'static, f32, shape![0, 3]> = include_npy!("../included/empty.npy");
    assert!(EMPTY.is_empty() && EMPTY.to_vec().is_empty());
}

/// In a file of an old NumPy the data begins at a multiple of 16 bytes. In the binary it is aligned
/// to 64 all the same.
#[test]
fn a_file_of_an_old_numpy() {
    static OLD: TensorView<'static, f32, shape![3]> = include_npy!("../included/old.npy");
    assert_eq!(OLD, [1.0, 2.0, 3.0]);
    assert_eq!(OLD.to_slice().unwrap().as_ptr().addr() % 64, 0);
}

#[test]
fn a_path_is_relative_to_the_file_or_made_of_variables() {
    let x = include_npy!(concat!(env!("CARGO_MANIFEST_DIR"), "/included/i8.npy"));
    assert_eq!(x, include_npy!("../included/i8.npy",));
    macro_rules! wrapped {
        ($file:expr) => {
            include_npy!($file)
        };
    }
    assert_eq!(wrapped!("../included/i8.npy"), x);
}

/// A constant of the same file may be made any number of times.
#[test]
fn in_constants_functions_and_generic_code() {
    const fn scale() -> TensorView<'static, f32, shape![3]> {
        include_npy!("../included/old.npy")
    }
    fn plus<N: Length>(x: &Tensor<f32, (N, Columns)>) -> Tensor<f32, (N, Columns)> {
        let bias: TensorView<f32, shape![Columns]> = include_npy!("../included/old.npy");
        (x + bias).to_tensor()
    }
    static SCALE: TensorView<'static, f32, shape![3]> = scale();
    assert_eq!(plus(&Tensor::<f32, shape![2, Columns]>::zeros()), [[1.0, 2.0, 3.0]; 2]);
    assert_eq!(SCALE, [1.0, 2.0, 3.0]);
    let long_lived: &'static TensorView<'static, f32, shape![3]> =
        &include_npy!("../included/old.npy");
    assert_eq!(*long_lived, SCALE);
}

const NETWORK: Included = include_safetensors!("../included/network.safetensors");

/// A user-defined layer, at any position in a model.
struct Convolution<const O: usize, const I: usize, const K: usize> {
    weight: Tensor<f32, (Dim<O>, Dim<I>, Dim<K>, Dim<K>), Flash>,
    bias: Option<Tensor<f32, (Dim<O>,), Flash>>,
}
impl<const O: usize, const I: usize, const K: usize> Convolution<O, I, K> {
    const fn included(file: Included) -> Self {
        let bias = if file.contains("bias") { Some(file.view("bias")) } else { None };
        Self { weight: file.view("weight"), bias }
    }
}
struct Network {
    features: (Convolution<4, 1, 3>, Convolution<2, 4, 1>),
    head: Tensor<f32, shape![3, 2], Flash>,
}
impl Network {
    const fn included(file: Included) -> Self {
        let features = file.at("features");
        let features =
            (Convolution::included(features.at("0")), Convolution::included(features.at("10")));
        Self { features, head: file.view_at("head", "weight") }
    }
}
static MODEL: Network = Network::included(NETWORK);

#[test]
fn a_model_of_parts_is_a_constant() {
    let (first, second) = (&MODEL.features.0, &MODEL.features.1);
    assert_eq!(first.weight[[0, 0, 0, 1]], 0.125);
    assert_eq!(first.bias.unwrap(), [4.5, 4.625, 4.75, 4.875]);
    assert_eq!(second.weight[[1, 3, 0, 0]], 47.0 / 8.0);
    assert!(second.bias.is_none());
    assert_eq!(MODEL.head, [[6.0, 6.125], [6.25, 6.375], [6.5, 6.625]]);
    assert_eq!(first.weight.to_slice().unwrap().as_ptr().addr() % 64, 0);
}

#[test]
fn names_of_a_file() {
    let expected =
        ["features.0.weight", "features.0.bias", "features.10.weight", "head.weight", "head.bias"];
    assert!(NETWORK.names().eq(expected));
    assert!(NETWORK.contains("head.bias") && !NETWORK.contains("head"));
    static EMPTY: Included = include_safetensors!("../included/empty.safetensors");
    assert_eq!(EMPTY.names().len(), 0);
    assert!(!EMPTY.contains(""));
}

#[test]
#[should_panic(expected = "empty.safetensors: no tensor `weight`, nor any other")]
fn a_name_that_is_not_there_when_the_program_runs() {
    let file: Included = include_safetensors!("../included/empty.safetensors");
    let _: TensorView<f32, shape![1]> = file.view("weight");
}
