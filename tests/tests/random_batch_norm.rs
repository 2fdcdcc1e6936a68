//! Batch normalisation of random numbers, compared with the exact `(x - mean) / sqrt(var + eps) *
//! gamma + beta`.
//!
//! The result is within 6 ULP of the larger of its two terms, however many standard deviations the
//! mean is from 0: the deviation, its scale and their product are rounded, and nothing cancels
//! except the terms.

use shapewright::nn::BatchNorm;
use shapewright::{Dim, Inline, StaticShape, Tensor, TensorView, prelude::*, shape};
use shapewright_tests::exact::{self, Exact};
use shapewright_tests::random::Scatter;
use shapewright_tests::samples::{Hard, kinds, regions, sample};

/// The maximum error of a normalised number, in units in the last place of the larger of
/// `(x - mean) / sqrt(var + eps) * gamma` and beta.
const BOUND: f64 = 6.0;

/// The parameters of a channel.
#[derive(Clone, Copy, Debug)]
struct Channel<T> {
    gamma: T,
    beta: T,
    mean: T,
    var: T,
    eps: T,
}

impl<T: Hard> Channel<T> {
    /// The error of each normalised number, for pairs of a number and the result of normalising it.
    fn errors<'a>(self, numbers: impl IntoIterator<Item = (&'a T, &'a T)>) -> Vec<f64> {
        let of = |x: T| Exact::of(x);
        let scale = of(self.gamma).over(&(&of(self.var) + &of(self.eps)).root());
        let error = |(&x, &found): (&T, &T)| {
            let term = &(&of(x) - &of(self.mean)) * &scale;
            (&term + &of(self.beta)).error_beside(found, &term.larger(&of(self.beta)))
        };
        numbers.into_iter().map(error).collect()
    }

    /// Fails if normalised numbers exceed the maximum error.
    #[track_caller]
    fn check(self, x: &[T], found: &[T], what: &str) {
        for (k, error) in self.errors(x.iter().zip(found)).into_iter().enumerate() {
            assert!(
                error <= BOUND,
                "{what}: {} of {} is off by {error} ULP: {self:?}",
                found[k],
                x[k]
            );
        }
    }
}

/// A channel whose mean is up to the maximum number of standard deviations, of any ordinary
/// magnitude.
fn channel<T: Hard>(scatter: &mut Scatter, eps: T) -> Channel<T> {
    let sign = [1.0, -1.0][scatter.below(2)];
    let deviation = 10f64.powf(scatter.between(-3.0, 3.0));
    let ratio = [0.0, 1.0, 10f64.powf(scatter.between(0.0, T::RATIO.log10()))][scatter.below(3)];
    let gamma = [1.0, sign * 10f64.powf(scatter.between(-3.0, 3.0))][scatter.below(2)];
    let beta =
        [0.0, gamma * scatter.between(-5.0, 5.0), scatter.between(-1e3, 1e3)][scatter.below(3)];
    Channel {
        gamma: T::nearest(gamma),
        beta: T::nearest(beta),
        mean: T::nearest(sign * deviation * ratio),
        // Sometimes the variance is 0, as that of equal numbers is.
        var: T::nearest(deviation * deviation * [1.0, 1.0, 1.0, 0.0][scatter.below(4)]),
        eps,
    }
}

/// Numbers around the mean of a channel, including the mean.
fn about<T: Hard>(scatter: &mut Scatter, channel: Channel<T>, n: usize) -> Vec<T> {
    let (mean, var): (f64, f64) = (channel.mean.into(), channel.var.into());
    let size = if var == 0.0 { 1.0 } else { var.sqrt() };
    let numbers = (1..n).map(|_| T::nearest(mean + size * scatter.between(-4.0, 4.0)));
    std::iter::once(channel.mean).chain(numbers).collect()
}

/// A norm of channels.
fn norm<T: Hard, const C: usize>(channels: &[Channel<T>]) -> BatchNorm<Dim<C>, T> {
    let of = |part: fn(&Channel<T>) -> T| {
        Tensor::from_vec(channels.iter().map(part).collect()).expect("a number for each channel")
    };
    BatchNorm::new(of(|c| c.gamma), of(|c| c.beta), of(|c| c.mean), of(|c| c.var), channels[0].eps)
}

/// Normalises data of a shape by given statistics, and by those of the data.
macro_rules! shapes {
    ($t:ty: $([$($n:literal),*])*) => {$({
        type S = shape![$($n),*];
        let lengths = S::VALUE.lengths();
        // The positions of the elements of each channel.
        let axes: Vec<usize> = (0..lengths.len()).filter(|&axis| axis != 1).collect();
        let places = regions(&lengths, &axes);
        let channel_of = |data: &[$t], c: usize| places[c].iter().map(|&k| data[k]).collect::<Vec<_>>();
        for seed in 0..12u64 {
            let what = format!("{} {lengths:?}, seed {seed}", stringify!($t));
            let mut scatter = Scatter::new(seed);
            let eps = [1e-5, 1e-3, 1e-12][scatter.below(3)];
            let channels: Vec<_> = places.iter().map(|_| channel::<$t>(&mut scatter, eps)).collect();
            let mut x = Tensor::<$t, S>::zeros();
            for (c, places) in places.iter().enumerate() {
                let numbers = about(&mut scatter, channels[c], places.len());
                places.iter().zip(numbers).for_each(|(&k, number)| x.as_mut_slice()[k] = number);
            }
            let given = norm(&channels);
            let found = given.forward(&x).to_tensor();
            for (c, channel) in channels.iter().enumerate() {
                channel.check(&channel_of(x.as_slice(), c), &channel_of(found.as_slice(), c), &what);
            }
            // For a computed operand, and for memory with gaps.
            assert_eq!(given.forward(&x * 1.0).to_tensor(), found, "{what}, computed");
            let apart: Vec<$t> = x.as_slice().iter().flat_map(|&x| [x, <$t>::NAN]).collect();
            let mut strides = lengths.map(|_| 2isize);
            for k in (1..lengths.len()).rev() {
                strides[k - 1] = strides[k] * lengths[k] as isize;
            }
            let view = TensorView::<$t, S>::with_strides(&apart, 0, strides).expect("a view");
            assert_eq!(given.forward(&view).to_tensor(), found, "{what}, with gaps");

            // Numbers whose statistics are hard to compute, normalised by their own statistics.
            for (c, places) in places.iter().enumerate() {
                let numbers = sample::<$t>((c + seed as usize) % kinds::<$t>().len(), seed, places.len());
                places.iter().zip(numbers).for_each(|(&k, number)| x.as_mut_slice()[k] = number);
            }
            let own = BatchNorm::of(&x, eps);
            let found = own.forward(&x).to_tensor();
            for c in 0..places.len() {
                let what = format!("{what}, {}", kinds::<$t>()[(c + seed as usize) % kinds::<$t>().len()].0);
                let (numbers, found) = (channel_of(x.as_slice(), c), channel_of(found.as_slice(), c));
                let (mean, var) = (own.mean()[[c]], own.var()[[c]]);
                exact::check(&numbers, [mean, var, var.sqrt()], 0, &what);
                if var.is_finite() {
                    let channel = Channel { gamma: 1.0, beta: 0.0, mean, var, eps };
                    channel.check(&numbers, &found, &what);
                }
                if numbers.iter().all(|&x| x == numbers[0]) {
                    assert!(found.iter().all(|&x| x == 0.0), "{what}: {found:?}");
                }
            }
        }
    })*};
}

#[test]
fn of_f32() {
    shapes! { f32: [20, 7] [3, 15, 12] [4, 5, 3, 6] }
}

#[test]
fn of_f64() {
    shapes! { f64: [20, 7] [4, 5, 3, 6] }
}

/// Inline, the bits are the same.
#[test]
fn inline() {
    type S = shape![20, 7];
    for seed in 0..20 {
        let mut scatter = Scatter::new(seed);
        let channels: Vec<_> = (0..7).map(|_| channel::<f32>(&mut scatter, 1e-5)).collect();
        let mut x = Tensor::<f32, S>::zeros();
        for (c, &channel) in channels.iter().enumerate() {
            about(&mut scatter, channel, 20)
                .into_iter()
                .enumerate()
                .for_each(|(i, number)| x[[i, c]] = number);
        }
        let heap = norm::<f32, 7>(&channels);
        let inline: BatchNorm<Dim<7>, f32, Inline> = BatchNorm::new(
            heap.gamma().to_array(),
            heap.beta().to_array(),
            heap.mean().to_array(),
            heap.var().to_array(),
            heap.eps(),
        );
        assert_eq!(
            inline.forward(&x.to_array()).to_tensor(),
            heap.forward(&x).to_tensor(),
            "seed {seed}"
        );
        let (own, inline) = (BatchNorm::of(&x, 1e-5), BatchNorm::inline_of(&x.to_array(), 1e-5));
        assert_eq!(inline.forward(&x).to_tensor(), own.forward(&x).to_tensor(), "seed {seed}");
    }
}

/// Searches for the largest error.
#[test]
#[ignore = "a search, which prints what it finds"]
fn search() {
    fn search<T: Hard>(eps: T) {
        let (mut worst, mut at) = (0.0, None);
        for seed in 0..2000 {
            let mut scatter = Scatter::new(seed);
            let channels: Vec<_> = (0..8).map(|_| channel::<T>(&mut scatter, eps)).collect();
            let mut x = Tensor::<T, shape![100, 8]>::full(T::ZERO);
            for (c, &channel) in channels.iter().enumerate() {
                about(&mut scatter, channel, 100)
                    .into_iter()
                    .enumerate()
                    .for_each(|(i, number)| x[[i, c]] = number);
            }
            let found = norm::<T, 8>(&channels).forward(&x).to_tensor();
            for (c, channel) in channels.iter().enumerate() {
                let (x, found) =
                    (x.as_slice()[c..].iter().step_by(8), found.as_slice()[c..].iter().step_by(8));
                for (error, (x, found)) in
                    channel.errors(x.clone().zip(found.clone())).into_iter().zip(x.zip(found))
                {
                    if error > worst {
                        (worst, at) = (error, Some((*x, *found, *channel)));
                    }
                }
            }
        }
        println!("{}: {worst:.4} ULP, of 1,600,000 numbers; {at:?}", T::NAME);
    }
    search::<f32>(1e-5);
    search::<f64>(1e-5);
}
