//! NumPy's results, read from the tables in `numpy/values`.
//!
//! A table has two lines for each NumPy expression: the expression, and the element type, the shape
//! and the elements of its result. `numpy/make_values.py` takes the expressions from the string
//! literals of the test file and writes the table.

use std::collections::HashMap;

use shapewright::{IntoExpr, Shape, StaticShape, Tensor, prelude::*};

use crate::same::{Ulps, Value, assert_all, assert_same};

/// The table of one test file.
#[derive(Debug)]
pub struct Values {
    table: HashMap<&'static str, &'static str>,
}

impl Values {
    /// The table in `text`.
    #[must_use]
    pub fn read(text: &'static str) -> Self {
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        let mut table = HashMap::new();
        while let Some(expression) = lines.next() {
            table.insert(expression, lines.next().expect("a line of values").trim());
        }
        Self { table }
    }

    /// NumPy's result for `expression`: its lengths and its elements.
    #[track_caller]
    #[must_use]
    pub fn array<T: Value>(&self, expression: &str) -> (Vec<usize>, Vec<T>) {
        let Some(&line) = self.table.get(expression) else {
            panic!("no values for `{expression}`: run tests/numpy/make_values.py");
        };
        let mut parts = line.splitn(3, ['(', ')']);
        let mut part = || parts.next().expect("a type, a shape and elements").trim();
        assert_eq!(part(), T::NAME, "the element type of {expression}");
        let lengths = part().split(',').filter(|text| !text.trim().is_empty());
        let lengths = lengths.map(|text| text.trim().parse().expect("a length")).collect();
        let elements =
            part().split_whitespace().map(|text| T::read(text).expect("an element")).collect();
        (lengths, elements)
    }

    /// NumPy's result for `expression`, as a tensor.
    #[track_caller]
    #[must_use]
    pub fn get<T: Value, S: StaticShape>(&self, expression: &str) -> Tensor<T, S> {
        let (lengths, elements) = self.array(expression);
        assert_eq!(S::VALUE.lengths().as_ref(), lengths, "the shape of {expression}");
        Tensor::from_slice(&elements).expect("as many elements as the shape has")
    }

    /// Fails if `found` is not, bit for bit, NumPy's result for `expression`.
    #[track_caller]
    pub fn gives<X: IntoExpr<Elem: Value>>(&self, expression: &str, found: X) {
        let (lengths, expected) = self.array(expression);
        let found = found.to_tensor();
        assert_same(
            (found.shape().lengths().as_ref(), found.as_slice()),
            (&lengths, &expected),
            expression,
        );
    }

    /// Fails if the number `found` is not, bit for bit, NumPy's result for `expression`.
    #[track_caller]
    pub fn number<T: Value>(&self, expression: &str, found: T) {
        let (lengths, expected) = self.array(expression);
        assert_same((&[], &[found]), (&lengths, &expected), expression);
    }

    /// Fails if an element of `found` is more than `ulps` values away from NumPy's result for
    /// `expression`.
    #[track_caller]
    pub fn within<X: IntoExpr<Elem: Ulps>>(&self, ulps: u64, expression: &str, found: X) {
        let (lengths, expected) = self.array(expression);
        let found = found.to_tensor();
        let found_lengths = found.shape().lengths();
        let found = (found_lengths.as_ref(), found.as_slice());
        assert_all(found, (&lengths, &expected), expression, &|a, b| a.ulps(b) <= ulps);
    }

    /// Fails if an element of `found` differs from NumPy's result for `expression` by more than
    /// `factor` machine epsilons of the element of `size`.
    #[track_caller]
    pub fn near<X: IntoExpr<Elem: Ulps + Into<f64>>>(
        &self,
        factor: f64,
        expression: &str,
        size: &str,
        found: X,
    ) {
        let (lengths, expected) = self.array::<X::Elem>(expression);
        let (_, sizes) = self.array::<X::Elem>(size);
        let found = found.to_tensor();
        assert_eq!(found.shape().lengths().as_ref(), lengths, "the shape of {expression}");
        assert_eq!((found.len(), found.len()), (expected.len(), sizes.len()), "{expression}");
        for (at, &x) in found.as_slice().iter().enumerate() {
            let (x, expected, size): (f64, f64, f64) =
                (x.into(), expected[at].into(), sizes[at].into());
            let bound = factor * X::Elem::EPSILON * size;
            assert!(
                (x - expected).abs() <= bound,
                "{expression}: element {at} is {x:e}, not {expected:e} to {bound:e}"
            );
        }
    }
}

/// 0, 1, 2, .. in row-major order: `counted` in `make_values.py`.
#[must_use]
pub fn counted<S: StaticShape>() -> Tensor<f32, S> {
    let mut k = 0.0;
    Tensor::from_fn_of(S::VALUE, |_| {
        k += 1.0;
        k - 1.0
    })
}

/// Scattered numbers from 0 to 1, exact in `f32`: `scattered` in `make_values.py`.
#[must_use]
pub fn scattered<S: StaticShape>() -> Tensor<f32, S> {
    let mut k = 0u32;
    Tensor::from_fn_of(S::VALUE, |_| {
        k = k.wrapping_add(1);
        (k.wrapping_sub(1).wrapping_mul(2_654_435_761) >> 8) as f32 / (1 << 24) as f32
    })
}
