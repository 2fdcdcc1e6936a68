//! Pools of random images, with run-time lengths, in any layout, compared with naive loops in
//! `f64`, at each level.
//!
//! A maximum is exact, and NaN if any element is. A mean is within `(taps + 1) * EPSILON` of the
//! mean of magnitudes, and the error of the loops is as large as that of the library in `f64`.

use shapewright::nn::{AvgPool2d, MaxPool2d};
use shapewright::{Dyn, Shape, Tensor, prelude::*};
use shapewright_tests::goldens::{Real, near};
use shapewright_tests::layouts::Scattered;
use shapewright_tests::levels::at_each_level;
use shapewright_tests::random::Scatter;
use shapewright_tests::sliding::{Images, Slid, Sliding};

/// Images of run-time lengths.
type Any = (Dyn, Dyn, Dyn, Dyn);

/// A number of a round: ordinary and sometimes special; far from 0; or very small.
fn number<T: Real>(random: &mut Scatter, kind: usize) -> T {
    let x = random.between(-2.0, 2.0);
    T::of_f64(match kind {
        0 if random.below(20) == 0 => {
            [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -0.0][random.below(5)]
        }
        0 => x,
        1 => 3e5 + x,
        _ if T::NAME == "f32" => x * 1e-38,
        _ => x * 1e-308,
    })
}

/// Random lengths of images that have a window.
fn lengths(random: &mut Scatter, how: Sliding) -> [usize; 4] {
    let mut along = |k: usize| {
        let more = [0, random.below(4), random.below(12), random.below(80)][random.below(4)];
        how.kernel[k].saturating_sub(2 * how.pad[k]) + more
    };
    let (height, width) = (along(0), along(1));
    [random.below(4), random.below(4), height, width]
}

fn of(lengths: [usize; 4]) -> Any {
    let [n, c, h, w] = lengths.map(Dyn::of);
    (n, c, h, w)
}

/// Fails if an element of the result exceeds its error bound against the loops.
#[track_caller]
fn gives<T: Real, S: Shape>(found: &Tensor<T, S>, exact: &Slid, bounds: &[f64], what: &str) {
    assert_eq!(found.shape().lengths().as_ref(), exact.lens, "{what}");
    near(found.as_slice(), &exact.elements, bounds, what);
}

/// Defines a function that checks a random image by each pool of a table, and a function for
/// integers.
macro_rules! rounds {
    ($($k:literal $stride:literal $pad:literal;)*) => {
        fn of_floats<T: Real>(random: &mut Scatter) {
            $({
                let how = Sliding::square($k, $stride, $pad, 1, 1);
                let (lens, kind) = (lengths(random, how), random.below(3));
                let data = Scattered::random(lens, random, &mut |random| number::<T>(random, kind));
                let x = data.view(of(lens));
                let (dense, image) = (x.to_tensor(), Images::of(&x));
                let greatest = image.greatest(how);
                let means = [image.means(how, true), image.means(how, false)];
                let exact = vec![0.0; greatest.elements.len()];
                let times = if T::NAME == "f64" { 2.0 } else { 1.0 };
                let bounds = [&means[0], &means[1]].map(|means| {
                    means.bounds::<T>().into_iter().map(|bound| times * bound).collect::<Vec<_>>()
                });
                let what = format!("windows of {how:?} of {lens:?} in {}, numbers of kind {kind}", T::NAME);
                let (max, mean, part) = (
                    MaxPool2d::<$k, $stride, $pad>,
                    AvgPool2d::<$k, $stride, $pad>,
                    AvgPool2d::<$k, $stride, $pad, false>,
                );
                at_each_level(|level| {
                    let what = &format!("{what}, at {level}");
                    gives(&max.forward(&x).to_tensor(), &greatest, &exact, what);
                    gives(&max.forward(&dense).to_tensor(), &greatest, &exact, what);
                    gives(&mean.forward(&x).to_tensor(), &means[0], &bounds[0], what);
                    gives(&part.forward(&x).to_tensor(), &means[1], &bounds[1], what);
                    let mut out = Tensor::full_of(mean.forward(&x).to_tensor().shape(), T::NAN);
                    out.assign(mean.forward(&dense));
                    gives(&out, &means[0], &bounds[0], what);
                    out.assign(part.forward(&dense));
                    gives(&out, &means[1], &bounds[1], what);
                });
            })*
        }

        fn of_whole_numbers(random: &mut Scatter) {
            $({
                let how = Sliding::square($k, $stride, $pad, 1, 1);
                let lens = lengths(random, how);
                let whole: Tensor<i32, Any> = Tensor::from_fn_of(of(lens), |_| random.below(2000) as i32 - 1000);
                let bytes = whole.map(|x| x as u8).to_tensor();
                let expected = |wide: Tensor<f64, Any>, least: f64| {
                    let slid = Images::of(&wide).greatest(how);
                    slid.elements.into_iter().map(|x| if x == f64::NEG_INFINITY { least } else { x }).collect::<Vec<_>>()
                };
                let of_whole = expected(whole.map(f64::from).to_tensor(), i32::MIN.into());
                let of_bytes = expected(bytes.map(f64::from).to_tensor(), 0.0);
                at_each_level(|level| {
                    let max = MaxPool2d::<$k, $stride, $pad>;
                    let found = max.forward(&whole).to_tensor();
                    let what = format!("{how:?} of {lens:?} at {level}");
                    assert!(found.as_slice().iter().map(|&x| f64::from(x)).eq(of_whole.iter().copied()), "{what}");
                    let turned = whole.permute_dims((Axis::<0>, Axis::<1>, Axis::<3>, Axis::<2>)).to_tensor();
                    let back = turned.permute_dims((Axis::<0>, Axis::<1>, Axis::<3>, Axis::<2>));
                    assert_eq!(max.forward(back).to_tensor(), found, "{what}");
                    let found = max.forward(&bytes).to_tensor();
                    assert!(found.as_slice().iter().map(|&x| f64::from(x)).eq(of_bytes.iter().copied()), "{what}");
                });
            })*
        }
    };
}
rounds! {
    1 1 0;
    2 2 0;
    2 1 0;
    2 1 1;
    2 2 1;
    2 3 1;
    2 5 0;
    3 3 0;
    3 1 1;
    3 2 0;
    3 2 1;
    3 4 1;
    4 4 0;
    4 1 2;
    4 3 2;
    5 5 0;
    5 2 2;
    7 7 0;
    7 1 3;
    8 4 4;
    1 2 0;
    1 300 0;
    60 7 30;
    257 3 128;
    300 280 150;
}

/// The number of rounds for each pool.
const ROUNDS: u64 = if cfg!(debug_assertions) { 6 } else { 60 };

#[test]
fn floats() {
    for seed in 0..ROUNDS {
        of_floats::<f32>(&mut Scatter::new(seed));
        of_floats::<f64>(&mut Scatter::new(seed));
    }
}

#[test]
fn whole_numbers() {
    for seed in 0..ROUNDS {
        of_whole_numbers(&mut Scatter::new(seed));
    }
}
