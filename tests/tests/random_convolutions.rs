//! Convolutions of random images and lines, with run-time lengths, in any layout, compared with
//! naive loops in `f64`, at each level.
//!
//! An element is within `(taps + 1) * EPSILON * (sum(|x| * |w|) + |bias|)` of the exact one, and
//! the error of the loops in `f64` is as large as that of the library in `f64`. It is NaN exactly
//! where the loops' result is: the padding is not multiplied.

use shapewright::nn::{Conv1d, Conv2d, NoBias, WithBias};
use shapewright::{Dim, Dyn, Extent, Foreign, FromLengths, Shape, Tensor, dim, prelude::*};
use shapewright_tests::goldens::{Real, near};
use shapewright_tests::layouts::Scattered;
use shapewright_tests::levels::at_each_level;
use shapewright_tests::random::Scatter;
use shapewright_tests::sliding::{Images, Sliding};

dim!(In, Out);

/// The kind of numbers of a round.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Everyday,
    /// Around a mean that is far from 0.
    Far,
    /// So small that they, or their products, have few digits.
    Small,
    /// Ordinary numbers, and some that are infinite or NaN.
    Special,
}

fn number<T: Real>(random: &mut Scatter, kind: Kind) -> T {
    let x = random.between(-2.0, 2.0);
    T::of_f64(match kind {
        Kind::Everyday if random.below(8) == 0 => [0.0, -0.0, 1.0, -1.0][random.below(4)],
        Kind::Everyday => x,
        Kind::Far => 3e5 + x,
        Kind::Small if T::NAME == "f32" => x * [1e-19, 1e-38, 1e-44][random.below(3)],
        Kind::Small => x * [1e-154, 1e-308, 1e-322][random.below(3)],
        Kind::Special if random.below(12) == 0 => {
            [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0][random.below(4)]
        }
        Kind::Special => x,
    })
}

/// A shape of these lengths.
fn shape<S: FromLengths>(lengths: S::Lengths) -> S {
    S::from_lengths(lengths).expect("a shape of these lengths")
}

/// Random lengths of images that have a window: images, channels, rows and columns; and the number
/// of output channels. Sometimes a length is 0.
fn lengths<In: Extent, Out: Extent>(random: &mut Scatter, how: Sliding) -> ([usize; 4], usize) {
    let along = |random: &mut Scatter, k: usize| {
        let reach = how.dilation[k] * (how.kernel[k] - 1) + 1;
        let more = [0, random.below(4), random.below(12), random.below(40)][random.below(4)];
        reach.saturating_sub(2 * how.pad[k]) + more
    };
    let some = |random: &mut Scatter, most: usize| {
        [random.below(3), 1 + random.below(most)][random.below(2)]
    };
    let images = some(random, 4);
    let channels = In::STATIC.unwrap_or_else(|| some(random, 9));
    let outputs = Out::STATIC.unwrap_or_else(|| some(random, 27));
    let (height, width) = (along(random, 0), along(random, 1));
    ([images, channels, height, width], outputs)
}

/// The results of naive loops for data and parameters.
struct Exact {
    elements: Vec<f64>,
    bounds: Vec<f64>,
    what: String,
}

impl Exact {
    fn of<T: Real>(
        x: &Images,
        weight: &Images,
        bias: Option<&[f64]>,
        how: Sliding,
        kinds: [Kind; 2],
    ) -> Self {
        let slid = x.convolved(weight, bias, how);
        // The error of the loops is as large as that of the library in f64.
        let times = if T::NAME == "f64" { 2.0 } else { 1.0 };
        let bounds = slid.bounds::<T>().into_iter().map(|bound| times * bound).collect();
        let (of, by, bias) = (x.lens, weight.lens, bias.is_some());
        let what = format!("{how:?} of {of:?} by {by:?} in {}, bias {bias}, of {kinds:?}", T::NAME);
        Self { elements: slid.elements, bounds, what }
    }

    #[track_caller]
    fn gives<T: Real, S: Shape>(&self, found: &Tensor<T, S>, way: &str) {
        near(found.as_slice(), &self.elements, &self.bounds, &format!("{}, {way}", self.what));
    }
}

/// The shape of data with these channels, for a layer.
macro_rules! data {
    (Conv2d $in:ty) => {
        (Dyn, $in, Dyn, Dyn)
    };
    (Conv1d $in:ty) => {
        (Dyn, $in, Dyn)
    };
}

/// Defines a function that checks a random convolution by each layer of a table.
macro_rules! rounds {
    ($name:ident $conv:ident $sliding:ident $lens:expr;
        $($k:literal $stride:literal $pad:literal $dilation:literal $groups:literal $in:ty, $out:ty;)*) => {
        fn $name<T: Real>(random: &mut Scatter) {
            const KINDS: [Kind; 5] = [Kind::Everyday, Kind::Everyday, Kind::Far, Kind::Small, Kind::Special];
            $({
                type Conv<T, Bi, B> = $conv<$in, $out, $k, $stride, $pad, $dilation, $groups, Bi, T, B>;
                let how = Sliding::$sliding($k, $stride, $pad, $dilation, $groups);
                let kinds = [KINDS[random.below(5)], KINDS[random.below(5)]];
                let (of_data, outputs) = lengths::<$in, $out>(random, how);
                let of_weight = $lens([outputs, of_data[1] / $groups, how.kernel[0], $k]);
                let of_data = $lens(of_data);
                let data = Scattered::random(of_data, random, &mut |random| number::<T>(random, kinds[0]));
                let weight = Scattered::random(of_weight, random, &mut |random| number::<T>(random, kinds[1]));
                let bias = Scattered::random([outputs], random, &mut |random| number::<T>(random, kinds[1]));

                let with_bias: Conv<T, WithBias, Foreign<'_>> =
                    $conv::new(weight.view(shape(of_weight)), bias.view(shape([outputs])));
                let plain: Conv<T, NoBias, Foreign<'_>> = $conv::without_bias(weight.view(shape(of_weight)));
                let x = data.view(shape::<data!($conv $in)>(of_data));
                let dense = x.to_tensor();
                let biases: Vec<f64> = with_bias.bias().expect("one").iter().map(|&x| x.into()).collect();
                let (image, weight) = (Images::of(&x), Images::of(plain.weight()));
                let exact = Exact::of::<T>(&image, &weight, None, how, kinds);
                let biased = Exact::of::<T>(&image, &weight, Some(&biases), how, kinds);
                at_each_level(|level| {
                    let way = format!("at {level}");
                    exact.gives(&plain.forward(&x).to_tensor(), &way);
                    exact.gives(&plain.forward(&dense).to_tensor(), &way);
                    biased.gives(&with_bias.forward(&x).to_tensor(), &way);
                    let mut out = Tensor::full_of(with_bias.forward(&x).to_tensor().shape(), T::NAN);
                    out.assign(with_bias.forward(&dense));
                    biased.gives(&out, &way);
                });
            })*
        }
    };
}
rounds! {
    images Conv2d square |lens| lens;
    1 1 0 1 1 Dyn<In>, Dyn<Out>;
    2 1 0 1 1 Dyn<In>, Dyn<Out>;
    3 1 0 1 1 Dyn<In>, Dyn<Out>;
    3 1 1 1 1 Dyn<In>, Dyn<Out>;
    5 1 2 1 1 Dyn<In>, Dyn<Out>;
    3 1 2 2 1 Dyn<In>, Dyn<Out>;
    4 1 1 1 1 Dyn<In>, Dyn<Out>;
    2 1 1 1 1 Dyn<In>, Dyn<Out>;
    1 1 3 1 1 Dyn<In>, Dyn<Out>;
    2 1 5 1 1 Dyn<In>, Dyn<Out>;
    3 1 4 1 1 Dyn<In>, Dyn<Out>;
    3 1 3 1 1 Dyn<In>, Dyn<Out>;
    3 2 0 1 1 Dyn<In>, Dyn<Out>;
    3 2 1 1 1 Dyn<In>, Dyn<Out>;
    2 2 0 1 1 Dyn<In>, Dyn<Out>;
    1 2 0 1 1 Dyn<In>, Dyn<Out>;
    7 2 3 1 1 Dyn<In>, Dyn<Out>;
    4 4 0 1 1 Dyn<In>, Dyn<Out>;
    3 3 2 2 1 Dyn<In>, Dyn<Out>;
    2 5 1 3 1 Dyn<In>, Dyn<Out>;
    2 3 9 1 1 Dyn<In>, Dyn<Out>;
    3 1 0 3 1 Dyn<In>, Dyn<Out>;
    3 1 1 1 2 Dim<4>, Dim<6>;
    3 1 1 1 4 Dim<4>, Dim<4>;
    3 2 1 1 8 Dim<8>, Dim<8>;
    2 1 1 2 3 Dim<3>, Dim<21>;
    1 1 0 1 2 Dim<6>, Dim<26>;
    1 3 1 1 5 Dim<5>, Dim<10>;
    5 2 2 1 16 Dim<16>, Dim<16>;
    3 1 1 1 1 Dim<1>, Dyn<Out>;
    3 1 1 1 1 Dyn<In>, Dim<1>;
}
rounds! {
    lines Conv1d of_lines |[n, c, _, l]: [usize; 4]| [n, c, l];
    1 1 0 1 1 Dyn<In>, Dyn<Out>;
    3 1 0 1 1 Dyn<In>, Dyn<Out>;
    3 1 1 1 1 Dyn<In>, Dyn<Out>;
    5 1 4 2 1 Dyn<In>, Dyn<Out>;
    2 1 1 1 1 Dyn<In>, Dyn<Out>;
    3 1 7 1 1 Dyn<In>, Dyn<Out>;
    3 2 1 1 1 Dyn<In>, Dyn<Out>;
    8 4 2 1 1 Dyn<In>, Dyn<Out>;
    2 3 0 4 1 Dyn<In>, Dyn<Out>;
    16 1 8 1 1 Dyn<In>, Dyn<Out>;
    3 1 1 1 2 Dim<2>, Dim<14>;
    3 1 1 1 6 Dim<6>, Dim<6>;
    5 3 2 2 3 Dim<9>, Dim<3>;
}

/// The number of rounds for each layer.
const ROUNDS: u64 = if cfg!(debug_assertions) { 12 } else { 120 };

#[test]
fn of_images() {
    for seed in 0..ROUNDS {
        images::<f32>(&mut Scatter::new(seed));
        images::<f64>(&mut Scatter::new(seed));
    }
}

#[test]
fn of_lines() {
    for seed in 0..ROUNDS {
        lines::<f32>(&mut Scatter::new(seed));
        lines::<f64>(&mut Scatter::new(seed));
    }
}
