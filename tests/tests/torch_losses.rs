//! Losses, compared with PyTorch's.
//!
//! A square is off by an ULP and a half, and the mean of squares by one more. A cross entropy is
//! the mean of logarithms, whose error in epsilons is half the distance of a logit from the
//! maximum, plus the errors of the sum, plus half of the result.

use shapewright::nn::{cross_entropy, mse};
use shapewright::{Tensor, dim, prelude::*, shape};
use shapewright_tests::goldens::{Case, Goldens, Listed, Real, near};
use shapewright_tests::layouts::layouts;

dim!(Batch);

/// The maximum error of a mean of `numbers`, each of which comes with its own maximum error.
fn mean_bound<T: Real>(numbers: &[(f64, f64)]) -> f64 {
    let n = numbers.len() as f64;
    let mean = numbers.iter().map(|(x, _)| x).sum::<f64>() / n;
    let var = numbers.iter().map(|(x, _)| (x - mean) * (x - mean)).sum::<f64>() / n;
    numbers.iter().map(|(_, bound)| bound).sum::<f64>() / n
        + T::EPSILON * mean.abs().max(var.sqrt())
}

/// Fails if a loss differs from the output by more than `bound`.
#[track_caller]
fn gives<T: Real>(case: &Case<'_>, found: T, bound: f64, way: &str) {
    let bounds = case.both::<T>(vec![bound]);
    near(
        &[found],
        &case.output::<T>().1,
        &bounds,
        &format!("{} in {}, {way}", case.name(), T::NAME),
    );
}

/// Defines a function for each case, generic in the element type, and lists them.
macro_rules! errors {
    ($($case:ident: ($($n:literal),*), $any:ty;)*) => {
        /// Every case, in both types.
        const ERRORS: &[Listed] = {
            $(fn $case<T: Real>(case: &Case<'_>) {
                let numbers = case.flat::<T>("predictions").1.into_iter().zip(case.flat::<T>("targets").1);
                let squares: Vec<_> = numbers
                    .map(|(x, y)| (x - y) * (x - y))
                    .map(|square| (square, 1.5 * T::EPSILON * square))
                    .collect();
                let bound = mean_bound::<T>(&squares);
                let of = |part| -> Tensor<T, shape![$($n),*]> { case.get(part) };
                let (x, y) = (of("predictions"), of("targets"));
                gives(case, mse(&x, &y), bound, "of tensors");
                gives(case, mse(&x * T::ONE, &y), bound, "of an expression");
                let of = |part| -> Tensor<T, $any> { case.get(part) };
                gives(case, mse(&of("predictions"), &of("targets")), bound, "of lengths of run time");
                for ((way, predictions), (_, targets)) in layouts(&x).iter().zip(layouts(&y).iter().rev()) {
                    let (predictions, targets) = (predictions.view(x.shape()), targets.view(x.shape()));
                    gives(case, mse(&predictions, &targets), bound, way);
                }
            })*
            &[$((stringify!($case), $case::<f32>, $case::<f64>)),*]
        };
    };
}
errors! {
    n7: (7), shape![?Batch];
    n5_c3: (5, 3), shape![?Batch, ?];
    n1: (1), shape![?Batch];
    n67_c2: (67, 2), shape![?Batch, ?];
    n0: (0), shape![?Batch];
}

/// The maximum error of a cross entropy.
fn entropy_bound<T: Real>(case: &Case<'_>, classes: &[i64]) -> f64 {
    let (lengths, logits) = case.flat::<T>("logits");
    let losses: Vec<_> = logits
        .chunks(lengths[1])
        .zip(classes)
        .map(|(row, &class)| {
            let greatest = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let sum: f64 = row.iter().map(|x| (x - greatest).exp()).sum();
            // An element at infinite distance contributes 0, exactly.
            let weigh = |x: &f64| {
                if x.is_finite() {
                    (x - greatest).exp() / sum * ((greatest - x) / 2.0 + 1.0)
                } else {
                    0.0
                }
            };
            let summed = row.iter().map(weigh).sum::<f64>() + 6.0;
            let far = greatest - row[class as usize];
            let loss = far + sum.ln();
            (loss, T::EPSILON * (far / 2.0 + summed + sum.ln() + loss / 2.0))
        })
        .collect();
    mean_bound::<T>(&losses)
}

/// Defines a function for each case, generic in the element type, and lists them.
macro_rules! entropies {
    ($($case:ident: $n:literal of $c:literal classes;)*) => {
        /// Every case, in both types.
        const ENTROPIES: &[Listed] = {
            $(fn $case<T: Real>(case: &Case<'_>) {
                let logits: Tensor<T, shape![$n, $c]> = case.get("logits");
                let classes: Tensor<i64, shape![$n]> = case.of_another_type::<T, _, _>("classes");
                let bound = entropy_bound::<T>(case, classes.as_slice());
                let found = |found: Result<T, shapewright::ShapeError>| found.expect("classes that there are");
                gives(case, found(cross_entropy(&logits, &classes)), bound, "of tensors");
                gives(case, found(cross_entropy(&logits * T::ONE, &classes)), bound, "of an expression");
                let small = classes.map(|class| class as u8).to_tensor();
                gives(case, found(cross_entropy(&logits, &small)), bound, "of classes of a byte");
                let any: Tensor<T, shape![?Batch, ?]> = case.get("logits");
                let batch: Tensor<i64, shape![?Batch]> = case.of_another_type::<T, _, _>("classes");
                gives(case, found(cross_entropy(&any, &batch)), bound, "of lengths of run time");
                for (way, scattered) in layouts(&logits) {
                    let view = scattered.view(logits.shape());
                    gives(case, found(cross_entropy(&view, &classes)), bound, way);
                }
            })*
            &[$((stringify!($case), $case::<f32>, $case::<f64>)),*]
        };
    };
}
entropies! {
    n5_c4: 5 of 4 classes;
    n1_c3: 1 of 3 classes;
    n3_c1: 3 of 1 classes;
    n4_c10_large_logits: 4 of 10 classes;
    n67_c3: 67 of 3 classes;
    n0_c3: 0 of 3 classes;
    a_class_ruled_out: 2 of 3 classes;
    the_class_ruled_out: 2 of 3 classes;
}

#[test]
fn every_case_is_there() {
    let goldens = Goldens::read("losses");
    goldens.are_all("mse_loss", ERRORS.iter().map(|(name, ..)| *name));
    goldens.are_all("cross_entropy", ENTROPIES.iter().map(|(name, ..)| *name));
    assert_eq!(goldens.layers().len(), 2);
}

#[test]
fn as_pytorch_at_each_level() {
    let goldens = Goldens::read("losses");
    goldens.hold("mse_loss", ERRORS);
    goldens.hold("cross_entropy", ENTROPIES);
}
