//! Means, variances and standard deviations of random numbers compared with the exact ones: every
//! kind of [`samples`], over one axis and over several, dense, strided and computed, at lengths
//! around those at which the algorithm changes.
//!
//! `cargo test --release -p shapewright-tests --test random_statistics -- --ignored --nocapture`
//! searches for the largest errors and prints them; `core/docs/accuracy.md` states them.

use std::collections::BTreeMap;

use shapewright::{Axis, Dim, Moments, One, StaticShape, Tensor, TensorView, prelude::*, shape};
use shapewright_tests::exact::{self, Sample, errors};
use shapewright_tests::samples::{Hard, kinds, regions, sample};

/// The computed statistics of some numbers.
struct Found<'a, T> {
    numbers: &'a [T],
    /// The kind of sample.
    kind: usize,
    ddof: usize,
    /// The mean, the variance and the standard deviation.
    statistics: [T; 3],
    /// The shape, the axes and the layout.
    what: &'a str,
}

/// A function that inspects statistics that were found.
type Look<'a, T> = &'a mut dyn FnMut(Found<'_, T>);

/// Fails if the statistics exceed their maximum errors.
#[track_caller]
fn check<T: Hard>(found: Found<'_, T>) {
    let what = format!("{} of {}, {}", T::NAME, kinds::<T>()[found.kind].0, found.what);
    exact::check(found.numbers, found.statistics, found.ddof, &what);
}

/// Elements for a shape, whose regions over some axes are samples of different kinds.
struct Elements<T> {
    elements: Vec<T>,
    regions: Vec<Vec<usize>>,
    kinds: Vec<usize>,
    ddof: usize,
}

impl<T: Hard> Elements<T> {
    fn new(lengths: &[usize], over: &[usize], seed: u64) -> Self {
        let regions = regions(lengths, over);
        let kinds = (0..regions.len())
            .map(|k| (k + seed as usize) % kinds::<T>().len())
            .collect::<Vec<_>>();
        let mut elements = vec![T::ZERO; lengths.iter().product()];
        for (k, places) in regions.iter().enumerate() {
            let numbers = sample::<T>(kinds[k], seed.wrapping_mul(1009) + k as u64, places.len());
            places.iter().zip(numbers).for_each(|(&place, number)| elements[place] = number);
        }
        let count = regions.first().map_or(0, Vec::len);
        Self { elements, regions, kinds, ddof: usize::from(seed % 2 == 1 && count > 1) }
    }

    /// Passes the statistics of each region to `look`.
    fn look(&self, [mean, var, std]: [&[T]; 3], what: &str, look: Look<'_, T>) {
        assert_eq!([mean.len(), var.len(), std.len()], [self.regions.len(); 3], "{what}");
        for (k, places) in self.regions.iter().enumerate() {
            let numbers: Vec<T> = places.iter().map(|&place| self.elements[place]).collect();
            let (statistics, kind) = ([mean[k], var[k], std[k]], self.kinds[k]);
            look(Found { numbers: &numbers, kind, ddof: self.ddof, statistics, what });
        }
    }
}

/// Inspects the mean, the variance and the standard deviation of an expression over an axis.
macro_rules! look_over {
    ($elements:expr, $x:expr, $axis:expr, $what:expr, $look:expr) => {{
        let (mean, var) = $x.moments_axis($axis).ddof($elements.ddof).to_tensors();
        let std = var.sqrt().to_tensor();
        $elements.look([mean.as_slice(), var.as_slice(), std.as_slice()], $what, $look);
    }};
}

/// Rows of `N` numbers over axis 1, and columns over axis 0.
fn of_length<T: Hard, const N: usize>(seed: u64, look: Look<'_, T>) {
    let rows = Elements::<T>::new(&[2, N], &[1], seed);
    let x = Tensor::<T, (Dim<2>, Dim<N>)>::from_slice(&rows.elements).expect("as many");
    look_over!(rows, x, Axis::<1>, &format!("(2, {N}) over axis 1, seed {seed}"), look);
    let columns = Elements::<T>::new(&[N, 3], &[0], seed + 2);
    let x = Tensor::<T, (Dim<N>, Dim<3>)>::from_slice(&columns.elements).expect("as many");
    look_over!(columns, x, Axis::<0>, &format!("({N}, 3) over axis 0, seed {seed}"), look);
}

/// Calls `of_length` for lengths, with fewer seeds for longer ones.
macro_rules! lengths {
    ($t:ty, $look:expr, $seeds:expr, $($n:literal)*) => {$(
        for seed in 0..($seeds as u64).div_ceil(1 + $n / 1000) {
            of_length::<$t, $n>(seed * kinds::<$t>().len() as u64 + seed, $look);
        }
    )*};
}

/// The lengths that the tests and the search use.
macro_rules! every_length {
    ($t:ty, $look:expr, $seeds:expr) => {
        lengths! {
            $t, $look, $seeds,
            1 2 3 15 16 17 31 32 33 255 256 257 1000 4095 4096 4097
        }
    };
}

#[test]
fn every_length_of_f32() {
    every_length! { f32, &mut check::<f32>, 14 }
}

#[test]
fn every_length_of_f64() {
    every_length! { f64, &mut check::<f64>, 14 }
}

#[test]
fn a_hundred_thousand() {
    for seed in 0..14 {
        let columns = Elements::<f32>::new(&[100_000, 2], &[0], 2 * seed);
        let x = Tensor::<f32, shape![100000, 2]>::from_slice(&columns.elements).unwrap();
        look_over!(
            columns,
            x,
            Axis::<0>,
            &format!("(100000, 2) over axis 0, seed {seed}"),
            &mut check
        );
    }
    for seed in 0..14 {
        let all = Elements::<f64>::new(&[100_000], &[0], seed);
        let x = Tensor::<f64, shape![100000]>::from_slice(&all.elements).unwrap();
        look_over!(all, x, Axis::<0>, &format!("(100000,) over axis 0, seed {seed}"), &mut check);
    }
}

/// Compares the statistics of a shape over axes.
macro_rules! axes {
    ($t:ty, $shape:ty, $($axes:expr, $over:expr;)*) => {$(
        let lengths = <$shape as StaticShape>::VALUE.lengths();
        for seed in 0..7u64 {
            let elements = Elements::<$t>::new(lengths.as_ref(), &$over, 3 * seed);
            let x = Tensor::<$t, $shape>::from_slice(&elements.elements).unwrap();
            let what = format!("{lengths:?} over {}, seed {seed}", stringify!($over));
            look_over!(elements, x, $axes, &what, &mut check);
        }
    )*};
}

#[test]
fn axes_of_ranks_1_and_2() {
    axes! { f32, shape![300], (), []; Axis::<0>, [0]; }
    axes! { f32, shape![19, 40], Axis::<0>, [0]; Axis::<1>, [1]; (Axis::<0>, Axis::<1>), [0, 1]; }
    axes! { f64, shape![40, 19], Axis::<0>, [0]; Axis::<1>, [1]; (Axis::<0>, Axis::<1>), [0, 1]; }
    // With only one column, or one row.
    axes! { f32, shape![300, 1], Axis::<0>, [0]; (Axis::<1>, Axis::<0>), [0, 1]; }
    axes! { f32, shape![1, 300], Axis::<1>, [1]; }
}

#[test]
fn axes_of_rank_3() {
    axes! {
        f32, shape![5, 18, 19],
        Axis::<0>, [0]; Axis::<1>, [1]; Axis::<2>, [2];
        (Axis::<0>, Axis::<1>), [0, 1]; (Axis::<0>, Axis::<2>), [0, 2]; (Axis::<1>, Axis::<2>), [1, 2];
        (Axis::<0>, Axis::<1>, Axis::<2>), [0, 1, 2];
    }
    axes! { f64, shape![5, 18, 19], Axis::<1>, [1]; (Axis::<0>, Axis::<2>), [0, 2]; }
}

#[test]
fn axes_of_rank_4() {
    axes! {
        f32, shape![4, 9, 17, 3],
        Axis::<0>, [0]; Axis::<1>, [1]; Axis::<2>, [2]; Axis::<3>, [3];
        (Axis::<0>, Axis::<1>), [0, 1]; (Axis::<0>, Axis::<2>), [0, 2]; (Axis::<0>, Axis::<3>), [0, 3];
        (Axis::<1>, Axis::<2>), [1, 2]; (Axis::<1>, Axis::<3>), [1, 3]; (Axis::<2>, Axis::<3>), [2, 3];
        (Axis::<0>, Axis::<1>, Axis::<2>), [0, 1, 2]; (Axis::<0>, Axis::<1>, Axis::<3>), [0, 1, 3];
        (Axis::<0>, Axis::<2>, Axis::<3>), [0, 2, 3]; (Axis::<1>, Axis::<2>, Axis::<3>), [1, 2, 3];
        (Axis::<0>, Axis::<1>, Axis::<2>, Axis::<3>), [0, 1, 2, 3];
    }
    axes! { f64, shape![4, 9, 17, 3], (Axis::<0>, Axis::<2>, Axis::<3>), [0, 2, 3]; }
}

/// Each statistic separately, of a tensor and of expressions; with `keepdims`, in an expression
/// that subtracts the mean.
#[test]
fn each_statistic() {
    fn check_shape<T: Hard, const R: usize, const C: usize>(seed: u64) {
        let what = format!("({R}, {C}), seed {seed}");
        let rows = Elements::<T>::new(&[R, C], &[1], seed);
        let x = Tensor::<T, (Dim<R>, Dim<C>)>::from_slice(&rows.elements).expect("as many");
        let (mean, ddof) = (x.mean_axis(Axis::<1>).to_tensor(), rows.ddof);
        let (var, std) = (
            x.var_axis(Axis::<1>).ddof(ddof).to_tensor(),
            x.std_axis(Axis::<1>).ddof(ddof).to_tensor(),
        );
        rows.look([mean.as_slice(), var.as_slice(), std.as_slice()], &what, &mut check);
        let kept = (&x - x.mean_axis(Axis::<1>).keepdims()).to_tensor();
        let written = (&x - mean.expand_dims(Axis::<1>)).to_tensor();
        assert_eq!(kept, written, "{what}: less the mean");
        for (i, places) in rows.regions.iter().enumerate() {
            let equal =
                places.iter().all(|&place| rows.elements[place] == rows.elements[places[0]]);
            let nothing = (0..C).all(|j| kept[[i, j]] == T::ZERO);
            assert!(!equal || nothing, "{what}: equal numbers less their mean");
        }
        // Computed: an element that is computed twice must be the same both times.
        let computed = &x * T::ONE;
        let (mean, var) = (
            computed.mean_axis(Axis::<1>).to_tensor(),
            computed.var_axis(Axis::<1>).ddof(ddof).to_tensor(),
        );
        let std = (&x + T::ADDITIVE_IDENTITY).std_axis(Axis::<1>).ddof(ddof).to_tensor();
        rows.look(
            [mean.as_slice(), var.as_slice(), std.as_slice()],
            &format!("{what}, computed"),
            &mut check,
        );

        let columns = Elements::<T>::new(&[R, C], &[0], seed);
        let x = Tensor::<T, (Dim<R>, Dim<C>)>::from_slice(&columns.elements).expect("as many");
        let (mean, ddof) = (x.mean_axis(Axis::<0>).to_tensor(), columns.ddof);
        let (var, std) = (
            x.var_axis(Axis::<0>).ddof(ddof).to_tensor(),
            x.std_axis(Axis::<0>).ddof(ddof).to_tensor(),
        );
        columns.look([mean.as_slice(), var.as_slice(), std.as_slice()], &what, &mut check);
        let computed = &x * T::ONE;
        let (mean, var) = (
            computed.mean_axis(Axis::<0>).to_tensor(),
            computed.var_axis(Axis::<0>).ddof(ddof).to_tensor(),
        );
        let std = (&x + T::ADDITIVE_IDENTITY).std_axis(Axis::<0>).ddof(ddof).to_tensor();
        columns.look(
            [mean.as_slice(), var.as_slice(), std.as_slice()],
            &format!("{what}, computed"),
            &mut check,
        );

        let all = Elements::<T>::new(&[R, C], &[0, 1], 2 * seed);
        let x = Tensor::<T, (Dim<R>, Dim<C>)>::from_slice(&all.elements).expect("as many");
        all.look([&[x.mean()], &[x.var()], &[x.std()]], &format!("{what}, over all"), &mut check);
        let moments = (&x * T::ONE).moments();
        let found = [moments.mean(), moments.var(0), moments.std(0)];
        all.look([&[found[0]], &[found[1]], &[found[2]]], &format!("{what}, moments"), &mut check);
    }
    // Each region has another kind of sample, and each seed begins with another kind.
    for seed in 0..7 {
        check_shape::<f32, 21, 40>(2 * seed);
        check_shape::<f32, 260, 5>(2 * seed + 1);
        check_shape::<f32, 5, 260>(2 * seed);
        check_shape::<f64, 31, 17>(2 * seed + 1);
    }
}

/// Numbers with gaps in memory, in another order, reversed, or with several at one position.
#[test]
fn wherever_they_are() {
    const R: usize = 35;
    const C: usize = 270;
    fn views<T: Hard>() {
        for seed in 0..7 {
            for axis in [0, 1] {
                let elements = Elements::<T>::new(&[R, C], &[axis], seed);
                let dense = &elements.elements;
                let apart: Vec<T> = dense.iter().flat_map(|&x| [x, T::NAN, T::NAN]).collect();
                let backwards: Vec<T> = dense.iter().rev().copied().collect();
                let turned: Vec<T> = (0..R * C).map(|k| dense[k % R * C + k / R]).collect();
                let (r, c) = (R as isize, C as isize);
                for (memory, first, strides, layout) in [
                    (&apart, 0, [3 * c, 3], "with gaps"),
                    (&backwards, R * C - 1, [-c, -1], "backwards"),
                    (&turned, 0, [1, r], "transposed"),
                    (dense, 0, [c, 1], "dense"),
                ] {
                    let view: TensorView<'_, T, (Dim<R>, Dim<C>)> =
                        TensorView::with_strides(memory, first, strides).expect("a view");
                    let what = format!("({R}, {C}) over axis {axis}, {layout}, seed {seed}");
                    if axis == 0 {
                        look_over!(elements, view, Axis::<0>, &what, &mut check);
                    } else {
                        look_over!(elements, view, Axis::<1>, &what, &mut check);
                    }
                }
            }
            // If a row is stretched to many, each column consists of equal numbers.
            let row = Elements::<T>::new(&[C], &[0], seed);
            let x = Tensor::<T, (Dim<C>,)>::from_slice(&row.elements).expect("as many");
            let stretched = x.broadcast_to((Dim::<R>, Dim::<C>));
            let (mean, var) = stretched.moments_axis(Axis::<0>).to_tensors();
            assert_eq!(mean.as_slice(), x.as_slice(), "stretched, seed {seed}");
            assert!(var.as_slice().iter().all(|&var| var == T::ZERO), "stretched, seed {seed}");
            let (mean, var) = stretched.moments_axis(Axis::<1>).ddof(row.ddof).to_tensors();
            for i in [0, R - 1] {
                let found = [mean[[i]], var[[i]], var[[i]].sqrt()];
                row.look(
                    [&found[..1], &found[1..2], &found[2..]],
                    &format!("stretched, seed {seed}"),
                    &mut check,
                );
            }
            let many = row.elements.repeat(R);
            let found = stretched.moments();
            let statistics = [found.mean(), found.var(0), found.std(0)];
            let what = &format!("stretched, over all, seed {seed}");
            check(Found { numbers: &many, kind: row.kinds[0], ddof: 0, statistics, what });
        }
    }
    views::<f32>();
    views::<f64>();
}

/// Short lanes of operands that are stretched outside, which are folded side by side.
#[test]
fn side_by_side() {
    fn lanes<const K: usize>() {
        for kind in 0..kinds::<f32>().len() {
            let of = |seed, n| sample::<f32>(kind, seed, n * K);
            let a = Tensor::<f32, (Dim<3>, One, Dim<K>)>::from_vec(of(1, 3)).expect("as many");
            let b = Tensor::<f32, (Dim<40>, Dim<K>)>::from_vec(of(2, 40)).expect("as many");
            let x = a.stretch().maximum(&b);
            let elements = x.to_tensor();
            let (mean, var) = x.moments_axis(Axis::<2>).to_tensors();
            for (lane, numbers) in elements.as_slice().chunks(K).enumerate() {
                let (i, j) = (lane / 40, lane % 40);
                let statistics = [mean[[i, j]], var[[i, j]], var[[i, j]].sqrt()];
                let what = &format!("({i}, {j}) of (3, 40, {K}) over axis 2");
                check(Found { numbers, kind, ddof: 0, statistics, what });
            }
        }
    }
    lanes::<2>();
    lanes::<17>();
    lanes::<130>();
}

/// Merged moments do not contain the rounding errors of the parts' means, each of which is off by
/// up to 1 ULP of the larger of mean and standard deviation. So the mean of k parts is off by at
/// most k ULP of the larger of the two. The variance is off by 4 ULP per part, and by the effect of
/// the errors of the means.
#[test]
fn merged_moments() {
    const PARTS: usize = 16;
    const PART: usize = 70;
    fn check_kind<T: Hard>(kind: usize, seed: u64) {
        let numbers = sample::<T>(kind, seed, PARTS * PART);
        let what = format!("{} of {}, seed {seed}", T::NAME, kinds::<T>()[kind].0);
        let part = |k: usize| {
            let part = &numbers[k * PART..][..PART];
            Tensor::<T, (Dim<PART>,)>::from_slice(part).expect("as many").moments()
        };
        let merge =
            |parts: &[usize]| parts.iter().map(|&k| part(k)).fold(Moments::EMPTY, Moments::merge);
        let (low, high): (Vec<_>, Vec<_>) = (0..PARTS).partition(|k| k % 2 == 0);
        let exact = Sample::of(&numbers);
        for merged in
            [merge(&[low.clone(), high.clone()].concat()), merge(&low).merge(merge(&high))]
        {
            assert_eq!(merged.count(), numbers.len(), "{what}");
            let (mean, m2, var) = (merged.mean(), merged.m2(), merged.var(0));
            if exact.is_constant() {
                assert_eq!((mean, m2, var), (numbers[0], T::ZERO, T::ZERO), "{what}");
                continue;
            }
            let error = exact.mean_error(mean);
            assert!(error <= PARTS as f64, "{what}: the mean {mean} is off by {error} ULP");
            let (right, std): (f64, f64) = (exact.m2().round(), exact.std(0).round());
            if right > T::MOST.into() || std * std < T::LEAST_NORMAL.into() {
                continue;
            }
            // The maximum error of the mean of a part, in standard deviations.
            let off =
                PARTS as f64 * T::EPSILON * (exact.mean().round::<f64>().abs() / std).max(1.0);
            let bound = PARTS as f64 * (exact::VAR + off * (2.0 + off) / T::EPSILON);
            let errors = [exact.m2().error(m2), exact.var(0).error(var)];
            assert!(
                errors[0].max(errors[1]) <= bound,
                "{what}: m2 is {m2}, not {right}: {errors:?} of {bound}"
            );
        }
    }
    for kind in 0..kinds::<f32>().len() {
        for seed in 0..4 {
            check_kind::<f32>(kind, seed);
            check_kind::<f64>(kind, seed);
        }
    }
}

/// Searches for the largest errors, by kinds of numbers.
#[test]
#[ignore = "a search, which prints what it finds"]
fn search() {
    fn print<T: Hard>(worst: &BTreeMap<usize, ([f64; 3], [String; 3])>, regions: usize) {
        println!(
            "{}: {regions} samples; mean in ULP of max(|mean|, std), variance and deviation in their own",
            T::NAME
        );
        let mut most = [0.0f64; 3];
        for (&kind, (errors, places)) in worst {
            println!(
                "  {:42} {:8.4} {:8.4} {:8.4}",
                kinds::<T>()[kind].0,
                errors[0],
                errors[1],
                errors[2]
            );
            println!("    {}", places.join("; "));
            (0..3).for_each(|k| most[k] = most[k].max(errors[k]));
        }
        println!("  {:42} {:8.4} {:8.4} {:8.4}", "all", most[0], most[1], most[2]);
    }
    macro_rules! search {
        ($($t:ty)*) => {$(
            let (mut worst, mut count) = (BTreeMap::new(), 0);
            let mut look = |found: Found<'_, $t>| {
                count += 1;
                let errors = errors(found.numbers, found.statistics, found.ddof);
                let nothing = || ([0.0; 3], [const { String::new() }; 3]);
                let (most, places) = worst.entry(found.kind).or_insert_with(nothing);
                for k in 0..3 {
                    if errors[k] > most[k] {
                        (most[k], places[k]) = (errors[k], found.what.to_string());
                    }
                }
            };
            every_length! { $t, &mut look, 4000 }
            print::<$t>(&worst, count);
        )*};
    }
    search! { f32 f64 }
}
