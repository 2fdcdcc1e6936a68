//! Embeddings, compared with PyTorch's: rows are copied, bit for bit.

use shapewright::nn::Embedding;
use shapewright::{Dim, Foreign, Tensor, dim, prelude::*, shape};
use shapewright_tests::goldens::{Case, Goldens, Listed, Real};
use shapewright_tests::layouts::layouts;

dim!(Batch, Words);

/// Defines a function for each case, generic in the element type, and lists them.
macro_rules! cases {
    ($($case:ident: ($($n:literal),*) of $words:literal words, $width:literal wide;)*) => {
        $(fn $case<T: Real>(case: &Case<'_>) {
            let bounds = &vec![0.0; case.output::<T>().1.len()];
            let layer: Embedding<Dim<$words>, Dim<$width>, T> = Embedding::new(case.get("weight"));
            let indices: Tensor<i64, shape![$($n),*]> = case.of_another_type::<T, _, _>("indices");
            let y = layer.forward(&indices).to_tensor();
            case.gives(&y, bounds, "of a tensor");
            case.gives(layer.try_forward(&indices).expect("indices of words"), bounds, "of indices that may be wrong");
            case.gives(layer.forward(&indices) * T::ONE, bounds, "in an expression");
            let mut out = Tensor::full_of(y.shape(), T::NAN);
            out.assign(layer.forward(&indices));
            case.gives(&out, bounds, "into a tensor");
            let small = indices.map(|index| index as u8).to_tensor();
            case.gives(layer.forward(&small), bounds, "of indices of a byte");
            let any = indices.clone().try_with_shape::<any!($($n),*)>().expect("as many");
            case.gives(layer.forward(&any), bounds, "of lengths of run time");
            let words: Tensor<T, shape![?Words, { $width }]> = case.get("weight");
            case.gives(Embedding::new(words).forward(&indices), bounds, "of words of run time");
            for (way, weight) in layouts(layer.weight()) {
                let layer: Embedding<_, _, T, Foreign<'_>> = Embedding::new(weight.view(layer.weight().shape()));
                case.gives(layer.forward(&indices), bounds, way);
            }
        })*
        /// Every case, in both types.
        const CASES: &[Listed] = &[$((stringify!($case), $case::<f32>, $case::<f64>)),*];
    };
}
/// Indices with run-time lengths.
macro_rules! any {
    ($n:literal) => { shape![?Batch] };
    ($n:literal, $t:literal) => { shape![?Batch, ?] };
}
cases! {
    v7_d5_n6: (6) of 7 words, 5 wide;
    v7_d3_b2_t3: (2, 3) of 7 words, 3 wide;
    v4_d1_n2: (2) of 4 words, 1 wide;
    v1_d4_n3: (3) of 1 words, 4 wide;
    v3_d2_n0: (0) of 3 words, 2 wide;
}

#[test]
fn every_case_is_there() {
    Goldens::read("embedding").are_all("embedding", CASES.iter().map(|(name, ..)| *name));
}

#[test]
fn as_pytorch_at_each_level() {
    Goldens::read("embedding").hold("embedding", CASES);
}
