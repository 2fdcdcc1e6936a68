//! PyTorch's results for layers, read from `nn/goldens`, whose README explains the names of the
//! parts.
//!
//! Results in `f32` are compared with the exact result, within a bound that the caller states for
//! each element. Results in `f64` are compared with PyTorch's.

use std::collections::BTreeSet;

use shapewright::io::safetensors::{SafeTensors, SafeTensorsElement};
use shapewright::{Element, FromLengths, IntoExpr, Shape, Tensor, prelude::*};

use crate::levels::at_each_level;
use crate::same::Ulps;
use crate::sliding::Images;

/// `f32` or `f64`.
pub trait Real: Ulps + SafeTensorsElement + Into<f64> {}
impl<T: Ulps + SafeTensorsElement + Into<f64>> Real for T {}

/// The name of a case, and its checks in `f32` and in `f64`.
pub type Listed = (&'static str, fn(&Case<'_>), fn(&Case<'_>));

/// The cases of a file.
#[derive(Debug)]
pub struct Goldens {
    file: SafeTensors<'static>,
}

impl Goldens {
    /// Reads the file `nn/goldens/<name>.safetensors`.
    #[must_use]
    pub fn read(name: &str) -> Self {
        let path = format!("{}/nn/goldens/{name}.safetensors", env!("CARGO_MANIFEST_DIR"));
        Self { file: SafeTensors::read(path).unwrap_or_else(|error| panic!("{error}")) }
    }

    /// The case `name` of `layer`.
    #[must_use]
    pub fn case<'g>(&'g self, layer: &str, name: &str) -> Case<'g> {
        let name = format!("{layer}.{name}");
        let texts = self.file.metadata();
        let Some(&(_, text)) = texts.iter().find(|(case, _)| *case == name) else {
            panic!("no case `{name}`");
        };
        Case { goldens: self, name, text }
    }

    /// Fails if a case of the file is not in `listed`, or if a listed name occurs twice or is not
    /// in the file.
    pub fn are_all<'a>(&self, layer: &str, listed: impl IntoIterator<Item = &'a str>) {
        let prefix = format!("{layer}.");
        let texts = self.file.metadata();
        let there: BTreeSet<_> =
            texts.iter().filter_map(|(case, _)| case.strip_prefix(&prefix)).collect();
        let mut seen = BTreeSet::new();
        for case in listed {
            assert!(there.contains(case), "the file has no case `{case}` of {layer}");
            assert!(seen.insert(case), "`{case}` is listed twice");
        }
        let missing: Vec<_> = there.difference(&seen).collect();
        assert!(missing.is_empty(), "cases of {layer} that are not tested: {missing:?}");
    }

    /// Calls each of `cases` at each SIMD level, in `f32` and in `f64`.
    pub fn hold(&self, layer: &str, cases: &[Listed]) {
        at_each_level(|_| {
            for (name, of_f32, of_f64) in cases {
                let case = self.case(layer, name);
                of_f32(&case);
                of_f64(&case);
            }
        });
    }

    /// The layers of the file.
    #[must_use]
    pub fn layers(&self) -> BTreeSet<String> {
        let layer = |case: &str| case.split_once('.').expect("a layer and a case").0.to_owned();
        self.file.metadata().iter().map(|(case, _)| layer(case)).collect()
    }
}

/// A case: inputs, parameters and outputs.
#[derive(Debug)]
pub struct Case<'g> {
    goldens: &'g Goldens,
    name: String,
    text: &'g str,
}

impl Case<'_> {
    /// The name of the layer and of the case.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    fn part<T: Real>(&self, part: &str) -> String {
        format!("{}.{}.{part}", self.name, T::NAME)
    }

    /// Whether there is this part, such as a bias.
    #[must_use]
    pub fn has<T: Real>(&self, part: &str) -> bool {
        self.goldens.file.shape_of(&self.part::<T>(part)).is_ok()
    }

    /// A part of the case in `T`, such as the weight. Parts of another element type, such as
    /// indices, are read by [`of_another_type`](Self::of_another_type).
    #[track_caller]
    #[must_use]
    pub fn get<T: Real, S: FromLengths>(&self, part: &str) -> Tensor<T, S> {
        self.of_another_type::<T, T, S>(part)
    }

    /// A part of the case in `T` whose elements have the type `E`.
    #[track_caller]
    #[must_use]
    pub fn of_another_type<T: Real, E: Element + SafeTensorsElement, S: FromLengths>(
        &self,
        part: &str,
    ) -> Tensor<E, S> {
        self.goldens.file.tensor(&self.part::<T>(part)).unwrap_or_else(|error| panic!("{error}"))
    }

    /// The lengths of a part, and its elements in row-major order.
    #[track_caller]
    #[must_use]
    pub fn flat<T: Real>(&self, part: &str) -> (Vec<usize>, Vec<f64>) {
        self.flat_of::<T, T>(part)
    }

    #[track_caller]
    fn flat_of<T: Real, E: Real>(&self, part: &str) -> (Vec<usize>, Vec<f64>) {
        let name = self.part::<T>(part);
        let lengths =
            self.goldens.file.shape_of(&name).unwrap_or_else(|error| panic!("{error}")).to_vec();
        macro_rules! of_rank {
            ($($rank:literal [$($axis:tt)*];)*) => {
                match lengths.len() {
                    $($rank => {
                        let tensor = self.of_another_type::<T, E, shapewright::shape![$($axis)*]>(part);
                        tensor.as_slice().iter().map(|&x| x.into()).collect()
                    })*
                    rank => panic!("{name} has {rank} axes"),
                }
            };
        }
        let elements =
            of_rank! { 0 []; 1 [?]; 2 [?, ?]; 3 [?, ?, ?]; 4 [?, ?, ?, ?]; 5 [?, ?, ?, ?, ?]; };
        (lengths, elements)
    }

    /// A part that consists of images or lines.
    #[track_caller]
    #[must_use]
    pub fn images<T: Real>(&self, part: &str) -> Images {
        let (lengths, elements) = self.flat::<T>(part);
        Images::new(&lengths, elements)
    }

    /// The text of a number of the case, such as eps, if it has one.
    #[must_use]
    pub fn says(&self, number: &str) -> Option<&str> {
        self.text.split(' ').find_map(|part| part.strip_prefix(number)?.strip_prefix('='))
    }

    /// A number of the case, such as eps.
    #[track_caller]
    #[must_use]
    pub fn number(&self, number: &str) -> f64 {
        let text = self.says(number).unwrap_or_else(|| panic!("{} has no {number}", self.name));
        text.parse().unwrap_or_else(|error| panic!("{number} of {}: {error}", self.name))
    }

    /// The expected output: the exact one in `f32`, PyTorch's in `f64`.
    #[track_caller]
    #[must_use]
    pub fn output<T: Real>(&self) -> (Vec<usize>, Vec<f64>) {
        if self.has::<T>("output.exact") {
            self.flat_of::<T, f64>("output.exact")
        } else {
            self.flat::<T>("output")
        }
    }

    /// `bounds`, doubled if the expected output is PyTorch's in `f64`, whose error against the
    /// exact result is as large.
    #[must_use]
    pub fn both<T: Real>(&self, bounds: Vec<f64>) -> Vec<f64> {
        let of = if self.has::<T>("output.exact") { 1.0 } else { 2.0 };
        bounds.into_iter().map(|bound| of * bound).collect()
    }

    /// Fails if an element of `found` differs from the output by more than its bound, or is NaN or
    /// infinite where the output is not. Axes of length 1 may have any type.
    #[track_caller]
    pub fn gives<T: Real, X>(&self, found: X, bounds: &[f64], way: &str)
    where
        X: IntoExpr<Elem = T>,
    {
        let found = found.to_tensor();
        let (lengths, expected) = self.output::<T>();
        let what = format!("{} in {}, {way}", self.name, T::NAME);
        assert_eq!(found.shape().lengths().as_ref(), lengths, "the shape of {what}");
        near(found.as_slice(), &expected, bounds, &what);
    }
}

/// Fails if an element differs from the expected one by more than its bound, or is NaN or infinite
/// where that is not.
#[track_caller]
pub fn near<T: Real>(found: &[T], expected: &[f64], bounds: &[f64], what: &str) {
    assert_eq!(
        (found.len(), found.len()),
        (expected.len(), bounds.len()),
        "the number of elements of {what}"
    );
    for (at, ((&found, &expected), &bound)) in found.iter().zip(expected).zip(bounds).enumerate() {
        let wide: f64 = found.into();
        // A number past the maximum of the type is infinite in it.
        let right = if expected.is_nan() {
            wide.is_nan()
        } else if T::of_f64(expected).into().is_infinite() {
            T::of_f64(expected) == found
        } else {
            (wide - expected).abs() <= bound
        };
        assert!(right, "{what}: element {at} is {wide:e}, not {expected:e} to {bound:e}");
    }
}
