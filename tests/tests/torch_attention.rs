//! Attention, compared with PyTorch's.
//!
//! The error of a score, in epsilons of the sum of magnitudes, is its number of products plus two,
//! for the scale. The error of a weight is that of softmax: the error of the score, half its
//! distance from the maximum, and the error of the sum. The error of an output element is that of
//! the weights, plus an epsilon for each product.

use shapewright::nn::{Causal, NoMask, attention};
use shapewright::{Tensor, dim, shape};
use shapewright_tests::goldens::{Case, Goldens, Listed, Real};
use shapewright_tests::layouts::layouts;
use shapewright_tests::sliding::least_positive;

dim!(Batch, Queries, Keys);

/// The terms that are added to the scores of a head: for a `bool` mask, minus infinity if a query
/// does not see a key.
fn mask<T: Real>(case: &Case<'_>, [b, h, t, s]: [usize; 4]) -> Vec<f64> {
    let mask = case.says("mask").map(|lengths| {
        let lengths: Vec<usize> = lengths
            .trim_matches(['(', ')'])
            .split(',')
            .map(|length| length.parse().expect("a length"))
            .collect();
        (lengths, mask_elements::<T>(case))
    });
    let is_causal = case.says("causal") == Some("true");
    let mut added = Vec::new();
    for k in 0..b * h * t * s {
        let index = [k / (h * t * s), k / (t * s) % h, k / s % t, k % s];
        let hidden = is_causal && index[3] > index[2];
        let at = |(lengths, elements): &(Vec<usize>, Vec<f64>)| {
            let index = &index[4 - lengths.len()..];
            let place = lengths
                .iter()
                .zip(index)
                .fold(0, |at, (&len, &i)| at * len + if len == 1 { 0 } else { i });
            elements[place]
        };
        added.push(if hidden { f64::NEG_INFINITY } else { mask.as_ref().map_or(0.0, at) });
    }
    added
}

/// The elements of the mask of a case, as numbers to add.
fn mask_elements<T: Real>(case: &Case<'_>) -> Vec<f64> {
    let name = case.name().split_once('.').expect("a layer and a case").1;
    if name.starts_with("added") {
        return case.flat::<T>("mask").1;
    }
    let hidden = |&sees: &bool| if sees { 0.0 } else { f64::NEG_INFINITY };
    macro_rules! of_rank {
        ($($rank:literal [$($axis:tt)*];)*) => {
            match case.says("mask").map(|lengths| lengths.split(',').count()) {
                $(Some($rank) => {
                    let mask: Tensor<bool, shape![$($axis)*]> = case.of_another_type::<T, _, _>("mask");
                    mask.as_slice().iter().map(hidden).collect()
                })*
                rank => panic!("a mask of {rank:?} axes"),
            }
        };
    }
    of_rank! { 2 [?, ?]; 3 [?, ?, ?]; 4 [?, ?, ?, ?]; }
}

/// The maximum error of each element.
fn bounds<T: Real>(case: &Case<'_>) -> Vec<f64> {
    let [(of_q, q), (of_k, k), (of_v, v)] = ["q", "k", "v"].map(|part| case.flat::<T>(part));
    let (&[b, h, t, d], &[.., s, _], &[.., e]) = (&of_q[..], &of_k[..], &of_v[..]) else {
        panic!("queries, keys and values have four axes");
    };
    let added = mask::<T>(case, [b, h, t, s]);
    let mut bounds = Vec::new();
    for (head, i) in (0..b * h).flat_map(|head| (0..t).map(move |i| (head, i))) {
        let scores: Vec<(f64, f64)> = (0..s)
            .map(|j| {
                let products = (0..d).map(|c| {
                    q[(head * t + i) * d + c] * k[(head * s + j) * d + c] / (d as f64).sqrt()
                });
                let (sum, size) =
                    products.fold((0.0, 0.0), |(sum, size), x: f64| (sum + x, size + x.abs()));
                let added = added[(head * t + i) * s + j];
                let size = size + if added.is_finite() { added.abs() } else { 0.0 };
                (sum + added, T::EPSILON * (d + 3) as f64 * size)
            })
            .collect();
        let greatest = scores.iter().map(|(score, _)| *score).fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = scores.iter().map(|(score, _)| (score - greatest).exp()).sum();
        let weights: Vec<(f64, f64)> = scores
            .iter()
            .map(|(score, bound)| {
                let weight = (score - greatest).exp() / sum;
                let far = if score.is_finite() { (greatest - score) / 2.0 } else { 0.0 };
                (weight, bound + T::EPSILON * (far + 1.0))
            })
            .collect();
        let summed: f64 =
            weights.iter().map(|(weight, bound)| weight * bound).sum::<f64>() + 8.5 * T::EPSILON;
        for c in 0..e {
            let of = |(j, (weight, bound)): (usize, &(f64, f64))| {
                weight
                    * v[(head * s + j) * e + c].abs()
                    * (bound + summed + (s + 1) as f64 * T::EPSILON)
            };
            bounds.push(weights.iter().enumerate().map(of).sum::<f64>() + least_positive::<T>());
        }
    }
    // A query that sees nothing has a result of zeros, exactly.
    case.both::<T>(
        bounds.into_iter().map(|bound: f64| if bound.is_nan() { 0.0 } else { bound }).collect(),
    )
}

/// The mask of a case, with these lengths.
macro_rules! masked {
    (NoMask $case:ident $t:ident $($lengths:tt)*) => { NoMask };
    (Causal $case:ident $t:ident $($lengths:tt)*) => { Causal };
    (Hiding $case:ident $t:ident $($lengths:tt)*) => { &$case.of_another_type::<$t, bool, shape![$($lengths)*]>("mask") };
    (Added $case:ident $t:ident $($lengths:tt)*) => { &$case.get::<$t, shape![$($lengths)*]>("mask") };
}

/// Defines a function for each case, generic in the element type, and lists them.
macro_rules! cases {
    ($($case:ident $mask:ident ($($m:tt),*): ($b:literal, $h:literal, $t:literal, $d:literal)
        to ($kb:literal, $kh:literal, $s:literal, $kd:literal) with ($vb:literal, $vh:literal, $vs:literal, $e:literal);)*) => {
        $(fn $case<T: Real>(case: &Case<'_>) {
            let bounds = &bounds::<T>(case);
            let q: Tensor<T, shape![$b, $h, $t, $d]> = case.get("q");
            let k: Tensor<T, shape![$kb, $kh, $s, $kd]> = case.get("k");
            let v: Tensor<T, shape![$vb, $vh, $vs, $e]> = case.get("v");
            case.gives(&attention(&q, &k, &v, masked!($mask case T $($m),*)), bounds, "of tensors");
            let one = T::ONE;
            case.gives(&attention(&q * one, &k * one, &v * one, masked!($mask case T $($m),*)), bounds, "of expressions");
            for ((way, q_at), ((_, k_at), (_, v_at))) in layouts(&q).iter().zip(layouts(&k).iter().rev().zip(&layouts(&v))) {
                let (q, k, v) = (q_at.view(q.shape()), k_at.view(k.shape()), v_at.view(v.shape()));
                case.gives(&attention(&q, &k, &v, masked!($mask case T $($m),*)), bounds, way);
            }
            // Run-time lengths; a mask stretches along axes of length 1.
            let q: Tensor<T, shape![?Batch, $h, ?Queries, $d]> = case.get("q");
            let k: Tensor<T, shape![?Batch, $h, ?Keys, $d]> = case.get("k");
            let v: Tensor<T, shape![?Batch, $h, ?Keys, $e]> = case.get("v");
            case.gives(&attention(&q, &k, &v, of_run_time!($mask case T $($m),*)), bounds, "of lengths of run time");
        })*
        /// Every case, in both types.
        const CASES: &[Listed] = &[$((stringify!($case), $case::<f32>, $case::<f64>)),*];
    };
}
/// The mask of a case, with run-time lengths.
macro_rules! of_run_time {
    ($mask:ident $case:ident $t:ident $q:literal, $s:literal) => { masked!($mask $case $t ?Queries, ?Keys) };
    ($mask:ident $case:ident $t:ident $h:literal, $q:literal, $s:literal) => { masked!($mask $case $t $h, ?Queries, ?Keys) };
    ($mask:ident $case:ident $t:ident $b:literal, 1, 1, $s:literal) => { masked!($mask $case $t ?Batch, 1, 1, ?Keys) };
    ($mask:ident $case:ident $t:ident $b:literal, $h:literal, $q:literal, $s:literal) => {
        masked!($mask $case $t ?Batch, $h, ?Queries, ?Keys)
    };
    ($mask:ident $case:ident $t:ident) => { masked!($mask $case $t) };
}
cases! {
    b2_h3_t4_d5 NoMask (): (2, 3, 4, 5) to (2, 3, 4, 5) with (2, 3, 4, 5);
    b1_h1_t1_d1 NoMask (): (1, 1, 1, 1) to (1, 1, 1, 1) with (1, 1, 1, 1);
    b1_h2_t3_keys5_d4 NoMask (): (1, 2, 3, 4) to (1, 2, 5, 4) with (1, 2, 5, 4);
    b1_h2_t5_keys3_d4_v7 NoMask (): (1, 2, 5, 4) to (1, 2, 3, 4) with (1, 2, 3, 7);
    causal_b2_h2_t5_d3 Causal (): (2, 2, 5, 3) to (2, 2, 5, 3) with (2, 2, 5, 3);
    causal_t3_keys5 Causal (): (1, 1, 3, 4) to (1, 1, 5, 4) with (1, 1, 5, 4);
    causal_t5_keys3 Causal (): (1, 1, 5, 4) to (1, 1, 3, 4) with (1, 1, 3, 4);
    mask_of_t_keys Hiding (4, 3): (2, 2, 4, 5) to (2, 2, 3, 5) with (2, 2, 3, 5);
    mask_of_each_batch Hiding (2, 1, 1, 4): (2, 2, 3, 5) to (2, 2, 4, 5) with (2, 2, 4, 5);
    mask_of_each_head Hiding (2, 3, 3, 3): (2, 3, 3, 2) to (2, 3, 3, 2) with (2, 3, 3, 2);
    added_mask_of_t_keys Added (4, 3): (2, 2, 4, 5) to (2, 2, 3, 5) with (2, 2, 3, 5);
    added_mask_of_each_head Added (3, 3, 4): (1, 3, 3, 2) to (1, 3, 4, 2) with (1, 3, 4, 2);
    mask_hides_rows Hiding (4, 3): (1, 2, 4, 5) to (1, 2, 3, 5) with (1, 2, 3, 5);
    added_mask_hides_rows Added (4, 3): (1, 2, 4, 5) to (1, 2, 3, 5) with (1, 2, 3, 5);
}

#[test]
fn every_case_is_there() {
    Goldens::read("attention").are_all("attention", CASES.iter().map(|(name, ..)| *name));
}

#[test]
fn as_pytorch_at_each_level() {
    Goldens::read("attention").hold("attention", CASES);
}
