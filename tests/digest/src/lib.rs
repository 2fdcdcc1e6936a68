//! One hash of the bits of a list of expressions, functions, reductions and layers, without an
//! allocator. It is the same on every target, including a Cortex-M, and at every level.
//!
//! Products of floats are not included, as their contract is a bound on the error.

#![no_std]
#![allow(clippy::op_ref, reason = "an operand by value is a copy of its elements")]

use shapewright::nn::{BatchNorm, LayerNorm, MaxPool2d, RmsNorm};
use shapewright::{Array, Element, Shape, StaticShape, Window, prelude::*};

/// The value of [`digest`] on every target.
pub const EXPECTED: u64 = 0xca18_614b_b379_cb31;

/// A hash of words by multiplication and rotation.
struct Hash(u64);

impl Hash {
    fn word(&mut self, word: u64) {
        self.0 = (self.0 ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23);
    }
    /// Adds the bits of floats, except those of a NaN, which are not part of the contract.
    fn floats<S: Shape + StaticShape>(&mut self, x: Array<f32, S>) {
        for &x in x.iter() {
            self.word(u64::from(if x.is_nan() { f32::NAN.to_bits() } else { x.to_bits() }));
        }
    }
    fn doubles<S: Shape + StaticShape>(&mut self, x: Array<f64, S>) {
        for &x in x.iter() {
            self.word(if x.is_nan() { f64::NAN.to_bits() } else { x.to_bits() });
        }
    }
    fn others<T: Element + Into<i64>, S: Shape + StaticShape>(&mut self, x: Array<T, S>) {
        for &x in x.iter() {
            self.word(x.into() as u64);
        }
    }
}

/// Pseudo-random numbers of many magnitudes, from the `seed`-th on. If `special`, zeros of both
/// signs, infinities and NaN are among them.
fn numbers<S: Shape + StaticShape>(seed: u32, special: bool) -> Array<f32, S> {
    let mut k = seed;
    Array::from_fn_any_rank(|_| {
        k = k.wrapping_add(1);
        let mixed = k.wrapping_mul(0x9E37_79B9) ^ 0x7F4A_7C15;
        let mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x85EB_CA6B);
        match (special, mixed >> 26) {
            (true, 0) => 0.0,
            (true, 1) => -0.0,
            (true, 2) => f32::INFINITY,
            (true, 3) => f32::NAN,
            (true, 4) => f32::MIN_POSITIVE / 3.0,
            _ => (mixed >> 8) as f32 / 1_048_576.0 - 8.0,
        }
    })
}

/// The hash.
#[must_use]
pub fn digest() -> u64 {
    let mut hash = Hash(0);
    elementwise(&mut hash);
    functions(&mut hash);
    reductions(&mut hash);
    layers(&mut hash);
    whole_numbers(&mut hash);
    hash.0
}

fn elementwise(hash: &mut Hash) {
    let x = numbers::<shape![7, 5]>(1, true);
    let row = numbers::<shape![5]>(100, true);
    let column = numbers::<shape![7, 1]>(200, true);
    hash.floats(((&x + &row) * &column - &x / 3.0).to_array());
    hash.floats((&x % 0.75).to_array());
    hash.floats(x.maximum(&row).minimum(&column).to_array());
    hash.floats(x.clip(-1.5, 2.5).abs().to_array());
    hash.floats(x.greater(&row).where_(&x, &column).to_array());
    hash.floats((x.floor() + x.ceil() * x.round() - x.sign()).to_array());
    let mut changed = x;
    changed -= &row;
    changed.map_in_place(|x| x * 0.5);
    hash.floats(changed);
    hash.floats(x.permute_dims((Axis::<1>, Axis::<0>)).to_array());
    hash.floats(x.flip(Axis::<0>).concat(&x, Axis::<0>).to_array());
}

fn functions(hash: &mut Hash) {
    for seed in [0, 10_000, 20_000] {
        let x = numbers::<shape![257]>(seed, true);
        hash.floats(x.exp().to_array());
        hash.floats(x.expm1().to_array());
        hash.floats(x.ln().to_array());
        hash.floats(x.log1p().to_array());
        hash.floats(x.sqrt().to_array());
        hash.floats(x.rsqrt().to_array());
        hash.floats(x.tanh().to_array());
        hash.floats(x.sigmoid().to_array());
        hash.floats(x.silu().to_array());
        hash.floats(x.gelu().to_array());
        hash.floats(x.sin().to_array());
        hash.floats(x.cos().to_array());
        hash.floats((&x * 1e30).sin().to_array());
        hash.floats(x.abs().pow(&numbers::<shape![257]>(seed + 500, false)).to_array());
        hash.floats(x.powi(3).to_array());
    }
}

fn reductions(hash: &mut Hash) {
    let x = numbers::<shape![40, 7]>(3, false);
    let far = (&x + 1e6).to_array();
    for x in [&x, &far] {
        hash.floats(x.sum_axis(Axis::<0>).to_array());
        hash.floats(x.sum_axis(Axis::<1>).to_array());
        hash.floats(x.mean_axis(Axis::<0>).to_array());
        hash.floats(x.mean_axis(Axis::<1>).to_array());
        hash.floats(x.var_axis(Axis::<0>).to_array());
        hash.floats(x.std_axis(Axis::<1>).to_array());
        hash.floats(x.max_axis(Axis::<0>).to_array());
        hash.floats(x.min_axis(Axis::<1>).to_array());
        hash.floats(x.prod_axis(Axis::<1>).to_array());
        hash.floats(x.logsumexp_axis(Axis::<0>).to_array());
        hash.floats(x.softmax(Axis::<0>).to_array());
        hash.floats(x.softmax(Axis::<1>).to_array());
        hash.floats((x - x.mean_axis(Axis::<0>)).to_array());
        hash.word(u64::from((x.sum() + x.mean() * x.var()).to_bits()));
        for place in x.argmax().into_iter().chain(x.argmin()) {
            hash.word(place as u64);
        }
        hash.word(x.greater(0.0).count_nonzero() as u64);
    }
    let long = numbers::<shape![2000]>(4, false);
    hash.word(u64::from((long.sum() + long.mean()).to_bits()));
    hash.word(u64::from(long.var().to_bits()));
    let tall = numbers::<shape![600, 2]>(5, false);
    hash.floats(tall.var_axis(Axis::<0>).to_array());
    hash.floats(tall.sum_axis(Axis::<0>).to_array());
    let cube = numbers::<shape![6, 5, 4]>(6, false);
    hash.floats(cube.sum_axis(Axis::<1>).to_array());
    hash.floats(cube.mean_axis((Axis::<0>, Axis::<2>)).to_array());
    hash.floats(cube.max_axis((Axis::<1>, Axis::<2>)).to_array());
    hash.floats(cube.softmax(Axis::<1>).to_array());
    let overflowing = (&cube * 1e38).to_array();
    hash.floats(overflowing.var_axis(Axis::<0>).to_array());
    hash.floats(overflowing.mean_axis(Axis::<2>).to_array());
    let some = numbers::<shape![300]>(12, false);
    hash.floats(some.windows(Axis::<0>, Window::<5, 7>).mean_axis(Axis::<-1>).to_array());
}

fn layers(hash: &mut Hash) {
    let x = numbers::<shape![6, 10]>(7, false);
    let parameters = [8, 9, 10].map(|seed| numbers::<shape![10]>(seed, false));
    let [gamma, beta, mean] = parameters;
    let var = mean.square().to_array();
    hash.floats(BatchNorm::new(gamma, beta, mean, var, 1e-5).forward(&x).to_array());
    hash.floats(LayerNorm::new(gamma, beta, 1e-5).forward(&x).to_array());
    hash.floats(RmsNorm::new(gamma, 1e-5).forward(&x).to_array());
    let images = numbers::<shape![2, 3, 8, 8]>(11, false);
    hash.floats(MaxPool2d::<2>.forward(&images).to_array());
    hash.floats(shapewright::nn::AvgPool2d::<3, 2, 1>.forward(&images).to_array());
}

fn whole_numbers(hash: &mut Hash) {
    let x = Array::<i32, shape![9, 4]>::from_fn(|[i, j]| (i as i32 * 7 - j as i32 * 31) * 65_537);
    let small = Array::<i32, shape![4]>::from_fn(|[j]| j as i32 * 5 - 7);
    hash.others((&x * &small + &x / 3).to_array());
    hash.others((&x % &small).to_array());
    hash.others(x.max_axis(Axis::<0>).to_array());
    hash.others(x.sum_axis(Axis::<1>).to_array());
    hash.others(x.matmul(&small).to_array());
    let doubles = Array::<f64, shape![9, 4]>::from_fn(|[i, j]| (i * 4 + j) as f64 * 0.37 - 5.0);
    hash.doubles((&doubles * 1.5 + doubles.mean_axis(Axis::<0>)).to_array());
    hash.doubles(doubles.exp().to_array());
    hash.doubles(doubles.var_axis(Axis::<0>).to_array());
}
