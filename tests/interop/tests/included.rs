//! Included files of every element type, including halves, compared with the same files read at run
//! time.

use shapewright::io::Included;
use shapewright::io::safetensors::SafeTensors;
use shapewright::{Tensor, TensorView, bf16, f16, include_npy, include_safetensors, prelude::*};

const BYTES: &[u8] = include_bytes!("../../included/every_type.safetensors");
const FILE: Included = include_safetensors!("../../included/every_type.safetensors");
/// Tensors of smaller elements come before those of larger ones, so that most data must be moved to
/// be aligned.
const MISALIGNED: Included = include_safetensors!("../../included/misaligned.safetensors");
const AS_F32: Included = include_safetensors!("../../included/every_type.safetensors" as f32);
const MISALIGNED_AS_F32: Included =
    include_safetensors!("../../included/misaligned.safetensors" as f32);

#[test]
fn every_element_type() {
    let read = SafeTensors::from_bytes(BYTES).unwrap();
    macro_rules! check {
        ($($number:ident)*) => {$({
            const NAME: &str = stringify!($number);
            static X: TensorView<'static, $number, shape![2, 3]> = FILE.view(NAME);
            static MOVED: TensorView<'static, $number, shape![2, 3]> = MISALIGNED.view(NAME);
            let expected: Tensor<$number, shape![2, 3]> = read.tensor(NAME).unwrap();
            for found in [X, MOVED] {
                assert_eq!(found, expected);
                assert_eq!(format!("{found:?}"), format!("{expected:?}"));
                assert_eq!(found.to_slice().unwrap().as_ptr().addr() % align_of::<$number>(), 0);
            }
        })*};
    }
    check! { f32 f64 f16 i8 i16 i32 i64 u8 u16 u32 u64 bool }
    static BF16: TensorView<'static, bf16, shape![3]> = FILE.view("bf16");
    assert_eq!(BF16, read.tensor::<bf16, shape![3]>("bf16").unwrap());
    static NONE: TensorView<'static, f32, shape![0, 4]> = FILE.view("none");
    assert!(NONE.is_empty());
    let mut names: Vec<_> = read.names().collect();
    names.sort_unstable();
    for file in [FILE, MISALIGNED, AS_F32] {
        let mut found: Vec<_> = file.names().collect();
        found.sort_unstable();
        assert_eq!(found, names);
    }
}

#[test]
fn floats_are_converted_and_nothing_else() {
    for (file, k) in [(AS_F32, 0), (MISALIGNED_AS_F32, 1)] {
        let bf16: TensorView<f32, shape![3]> = file.view("bf16");
        assert_eq!(bf16, [1.5, -0.25, 1.267_650_6e30], "{k}");
        let f16: TensorView<f32, shape![2, 3]> = file.view("f16");
        assert_eq!(f16, FILE.view::<f16, shape![2, 3]>("f16").map(f32::from).to_tensor(), "{k}");
        assert_eq!(file.view::<f32, shape![2, 3]>("f32"), FILE.view::<f32, shape![2, 3]>("f32"));
        assert_eq!(file.view::<i64, shape![2, 3]>("i64"), FILE.view::<i64, shape![2, 3]>("i64"));
        assert_eq!(
            file.view::<bool, shape![2, 3]>("bool"),
            FILE.view::<bool, shape![2, 3]>("bool")
        );
    }
}

#[test]
fn halves_of_npy_files() {
    static X: TensorView<'static, f16, shape![2, 3]> = include_npy!("../../included/f16.npy");
    static BIG: TensorView<'static, f16, shape![2, 3]> = include_npy!("../../included/f16_big.npy");
    let inferred = include_npy!("../../included/f16.npy");
    assert_eq!(X, FILE.view::<f16, shape![2, 3]>("f16"));
    assert_eq!((BIG, inferred), (X, X));
    assert_eq!(X.map(f32::from).to_tensor(), include_npy!("../../included/f16.npy" as f32));
}
