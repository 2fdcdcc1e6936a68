//! Random numbers and tensors for property tests.
//!
//! The random numbers are the same in every run. Each property is tested on a quarter of
//! `PROPTEST_CASES` inputs.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};
use shapewright::{Element, StaticShape, Tensor};

/// Numbers of ordinary magnitudes, and sometimes any number, including NaN and infinities.
fn number() -> impl Strategy<Value = f32> + Clone {
    prop_oneof![
        12 => -8.0..8.0f32,
        2 => (-8..8i8).prop_map(f32::from),
        1 => proptest::num::f32::ANY,
        1 => prop::sample::select(vec![f32::NAN, f32::INFINITY, -0.0, 0.0, f32::MAX, 1e-45]),
    ]
}

/// `count` numbers: of the kind above; with a mean of up to 10^7 standard deviations; all equal; or
/// near the end of the range. The statistics of the last three kinds are hard to compute.
fn numbers(count: usize) -> impl Strategy<Value = Vec<f32>> + Clone {
    let many = |number| prop::collection::vec(number, count);
    let means = prop::sample::select(vec![1e2f32, -1e4, 1e7, -1e7]);
    let far = (means, many((-2.0..2.0f32).boxed()))
        .prop_map(|(mean, numbers)| numbers.into_iter().map(|x| mean + x).collect());
    let awkward =
        prop::sample::select(vec![0.1f32, 0.576, 14.62, -14_858_236.0, 1.433_369_2e10, f32::MAX]);
    prop_oneof![
        5 => many(number().boxed()),
        1 => far,
        1 => awkward.prop_map(move |number| vec![number; count]),
        1 => many((-f32::MAX..f32::MAX).boxed()),
    ]
}

/// A supply of random numbers.
#[derive(Debug)]
pub struct Draw<'a> {
    numbers: &'a [f32],
    choice: usize,
}

/// Calls `property` with supplies of `count` random numbers. After a panic, looks for fewer numbers
/// that are not 0, and reports the smallest case.
#[track_caller]
pub fn each(count: usize, property: &dyn Fn(&mut Draw<'_>)) {
    let config = Config { failure_persistence: None, ..Config::default() };
    let config = Config { cases: config.cases / 4, ..config };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let values = (numbers(count), any::<u16>());
    let result = TestRunner::new_with_rng(config, rng).run(&values, |(numbers, choice)| {
        property(&mut Draw { numbers: &numbers, choice: choice.into() });
        Ok(())
    });
    match result {
        Ok(()) => {}
        Err(TestError::Fail(reason, (numbers, choice))) => {
            panic!("{reason}\nfor the numbers {numbers:?} and the choice {choice}")
        }
        Err(error) => panic!("{error}"),
    }
}

impl Draw<'_> {
    /// The next number.
    pub fn number(&mut self) -> f32 {
        let (&number, rest) =
            self.numbers.split_first().expect("`each` is told how many numbers are taken");
        self.numbers = rest;
        number
    }

    /// An integer: any, or a small one.
    pub fn integer(&mut self) -> i32 {
        let number = self.number();
        if number.to_bits() & 1 == 0 {
            number as i32 % 4
        } else {
            number.to_bits().rotate_left(9) as i32
        }
    }

    /// One of `0`, `1`, .. `n - 1`.
    pub fn below(&mut self, n: usize) -> usize {
        let choice = self.choice;
        self.choice /= n;
        choice % n
    }

    /// A tensor of random numbers.
    pub fn tensor<S: StaticShape>(&mut self) -> Tensor<f32, S> {
        Tensor::from_vec(self.take(S::LEN, Self::number)).expect("as many as the shape has")
    }

    /// A tensor of random integers.
    pub fn integers<S: StaticShape>(&mut self) -> Tensor<i32, S> {
        Tensor::from_vec(self.take(S::LEN, Self::integer)).expect("as many as the shape has")
    }

    fn take<T: Element>(&mut self, len: usize, element: fn(&mut Self) -> T) -> Vec<T> {
        (0..len).map(|_| element(self)).collect()
    }
}

/// Random bits, the same in every run for the same seed: SplitMix64.
#[derive(Clone, Debug)]
pub struct Scatter(u64);

impl Scatter {
    /// A generator with this seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x5851_f42d_4c95_7f2d))
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ bits >> 31
    }

    /// A number from 0 (inclusive) to 1 (exclusive).
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A number from `low` (inclusive) to `high` (exclusive).
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// One of `0`, `1`, .. `n - 1`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.bits() % n as u64) as usize
    }
}
