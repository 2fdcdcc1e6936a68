//! Numbers whose statistics are hard to compute: means of up to 10^7 standard deviations (10^15 in
//! `f64`), equal numbers, outliers, and numbers near both ends of the range.
//!
//! A sample is random, and the same in every run for the same seed.

use crate::exact::Binary;
use crate::random::Scatter;

/// A function that makes `n` numbers.
type Sampler<T> = fn(&mut Scatter, usize) -> Vec<T>;

/// The kinds of samples and their names.
#[must_use]
pub fn kinds<T: Hard>() -> [(&'static str, Sampler<T>); 14] {
    [
        ("around 0", |scatter, n| spread(scatter, n, 0.0)),
        ("a mean of some deviations", |scatter, n| {
            let ratio = 10f64.powf(scatter.between(-1.0, 3.0));
            spread(scatter, n, ratio)
        }),
        ("a mean of many deviations", |scatter, n| {
            let ratio = 10f64.powf(scatter.between(3.0, T::RATIO.log10()));
            spread(scatter, n, ratio)
        }),
        ("a mean of as many deviations as may be", |scatter, n| spread(scatter, n, T::RATIO)),
        ("equal numbers", |scatter, n| vec![constant(scatter); n]),
        ("equal numbers but one", one_apart),
        ("an outlier", |scatter, n| {
            let mut numbers: Vec<T> = spread(scatter, n, 10.0);
            let far = numbers[0].into() * 10f64.powf(scatter.between(1.0, 6.0));
            numbers[scatter.below(n)] = T::nearest(far);
            numbers
        }),
        ("a slope", |scatter, n| {
            let (from, step) = (scatter.between(-100.0, 100.0), scatter.between(-1.0, 1.0));
            (0..n).map(|k| T::nearest(from + step * k as f64)).collect()
        }),
        ("two heaps", |scatter, n| {
            let (left, right) = (scatter.between(-1e3, 1e3), scatter.between(-1e3, 1e3));
            let heap = |k: usize| if k < n / 2 { left } else { right };
            (0..n).map(|k| T::nearest(heap(k) + scatter.unit())).collect()
        }),
        ("every size", |scatter, n| {
            (0..n)
                .map(|_| {
                    T::nearest(scatter.between(-1.0, 1.0) * 2f64.powf(scatter.between(-40.0, 40.0)))
                })
                .collect()
        }),
        ("as large as there are", |scatter, n| {
            let (most, low) = (T::MOST.into(), scatter.between(-1.0, 1.0));
            (0..n).map(|_| T::nearest(most * scatter.between(low, 1.0))).collect()
        }),
        ("variances as large as there are", |scatter, n| {
            // Deviations of up to 0.9 times the root of the maximum number, so that the variance
            // does not overflow, with means of up to the largest allowed number of deviations.
            let size = T::MOST.into().sqrt() * 0.9;
            let mean = size * 10f64.powf(scatter.between(-2.0, T::RATIO.log10() - 2.0));
            (0..n).map(|_| T::nearest(mean + size * scatter.between(-1.0, 1.0))).collect()
        }),
        ("variances as small as there are", |scatter, n| {
            let size = T::LEAST_NORMAL.into().sqrt() * scatter.between(0.1, 10.0);
            let mean = size * [0.0, 1.0, 100.0][scatter.below(3)];
            (0..n).map(|_| T::nearest(mean + size * scatter.between(-1.0, 1.0))).collect()
        }),
        ("as small as there are", |scatter, n| {
            let size = T::LEAST_NORMAL.into() * 2f64.powi(-(scatter.below(20) as i32));
            (0..n).map(|_| T::nearest(size * scatter.between(-1.0, 1.0))).collect()
        }),
    ]
}

/// An element type for which hard samples are made.
pub trait Hard: Binary {
    /// The maximum mean, in standard deviations.
    const RATIO: f64;
    /// Numbers whose sums and quotients have large rounding errors.
    const AWKWARD: &[Self];
}
impl Hard for f32 {
    const RATIO: f64 = 1e7;
    const AWKWARD: &[Self] =
        &[0.1, 14_858_236.0, 1.433_369_2e10, 14.62, 0.576, -0.3, f32::MAX, 1e-45, 1e-38, 0.0];
}
impl Hard for f64 {
    const RATIO: f64 = 1e15;
    const AWKWARD: &[Self] =
        &[0.1, 14_858_236.3, 1.433_369_2e10, 14.62, 0.576, -0.3, f64::MAX, 5e-324, 1e-308, 0.0];
}

/// `n` numbers of `kind`, an index of [`kinds`], for a seed.
#[must_use]
pub fn sample<T: Hard>(kind: usize, seed: u64, n: usize) -> Vec<T> {
    let (_, sampler) = kinds::<T>()[kind];
    sampler(&mut Scatter::new(seed.wrapping_mul(64).wrapping_add(kind as u64)), n)
}

/// Numbers with a random standard deviation and a mean of `ratio` standard deviations: distributed
/// uniformly, or concentrated around the mean.
fn spread<T: Binary>(scatter: &mut Scatter, n: usize, ratio: f64) -> Vec<T> {
    let deviation = 10f64.powf(scatter.between(-6.0, 6.0));
    let mean = deviation * if scatter.below(2) == 0 { ratio } else { -ratio };
    let even = scatter.below(2) == 0;
    let number = |scatter: &mut Scatter| {
        let apart: f64 = if even {
            scatter.between(-1.75, 1.75)
        } else {
            (0..12).map(|_| scatter.between(-0.5, 0.5)).sum()
        };
        T::nearest(mean + deviation * apart)
    };
    (0..n).map(|_| number(scatter)).collect()
}

/// An awkward number, or a number of a random magnitude.
fn constant<T: Hard>(scatter: &mut Scatter) -> T {
    match T::AWKWARD.get(scatter.below(2 * T::AWKWARD.len())) {
        Some(&number) => number,
        None => T::nearest(scatter.between(-1.0, 1.0) * 10f64.powf(scatter.between(-12.0, 12.0))),
    }
}

/// Numbers that are equal except for one. It is so far away that the mean stays within the allowed
/// number of standard deviations.
fn one_apart<T: Hard>(scatter: &mut Scatter, n: usize) -> Vec<T> {
    let size = 10f64.powf(scatter.between(-6.0, 6.0));
    let apart = size / T::RATIO * (n as f64).sqrt() * 10f64.powf(scatter.between(0.5, 6.0));
    let mut numbers = vec![T::nearest(size); n];
    numbers[scatter.below(n)] = T::nearest(size + apart);
    numbers
}

/// The regions of elements in row-major order whose indices differ only along the axes `over`, in
/// the order of the kept axes: the positions of their elements.
#[must_use]
pub fn regions(lengths: &[usize], over: &[usize]) -> Vec<Vec<usize>> {
    let kept = |axis: usize| !over.contains(&axis);
    let count = (0..lengths.len()).filter(|&axis| kept(axis)).map(|axis| lengths[axis]).product();
    let mut regions = vec![Vec::new(); count];
    for place in 0..lengths.iter().product() {
        let (mut rest, mut region, mut step) = (place, 0, 1);
        for axis in (0..lengths.len()).rev() {
            if kept(axis) {
                region += rest % lengths[axis] * step;
                step *= lengths[axis];
            }
            rest /= lengths[axis];
        }
        regions[region].push(place);
    }
    regions
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::Sample;

    /// Each kind is what its name says, and its mean stays within the allowed number of deviations.
    #[test]
    fn kinds_are_what_they_say() {
        fn check<T: Hard>() {
            for (kind, (name, _)) in kinds::<T>().into_iter().enumerate() {
                let (mut ratios, mut infinite) = (Vec::new(), 0);
                for (seed, n) in (0..).zip([2, 3, 17, 100, 1000].repeat(20)) {
                    let numbers = sample::<T>(kind, seed, n);
                    assert_eq!(numbers.len(), n, "{name}");
                    assert!(numbers.iter().all(|&x| x.into().is_finite()), "{name}");
                    let exact = Sample::of(&numbers);
                    let std: f64 = exact.std(0).round();
                    if n >= 17 && !exact.is_constant() && std > 0.0 {
                        ratios.push(exact.mean().round::<f64>().abs() / std);
                    }
                    infinite += usize::from(exact.var(0).round::<T>().same(T::INFINITE));
                    assert_eq!(
                        exact.is_constant() && n > 3,
                        name == "equal numbers" && n > 3,
                        "{name}: {seed}"
                    );
                }
                let most = ratios.iter().copied().fold(0.0, f64::max);
                assert!(most <= 2.0 * T::RATIO, "{name}: a mean of {most:e} deviations");
                match name {
                    "as large as there are" => assert!(infinite > 50),
                    "a mean of as many deviations as may be" => assert!(most > 0.5 * T::RATIO),
                    _ => assert_eq!(infinite, 0, "{name}"),
                }
            }
        }
        check::<f32>();
        check::<f64>();
    }

    #[test]
    fn regions_of_few() {
        assert_eq!(regions(&[2, 3], &[1]), [[0, 1, 2], [3, 4, 5]]);
        assert_eq!(regions(&[2, 3], &[0]), [[0, 3], [1, 4], [2, 5]]);
        assert_eq!(regions(&[2, 3], &[0, 1]), [[0, 1, 2, 3, 4, 5]]);
        assert_eq!(regions(&[2, 1, 2], &[0]), [[0, 2], [1, 3]]);
        assert_eq!(regions(&[2], &[]), [[0], [1]]);
    }
}
