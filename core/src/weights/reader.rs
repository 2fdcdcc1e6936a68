//! Reads the parts of a struct from a file, one by one. Problems are recorded, and reading goes on.

use alloc::string::String;
use core::fmt;
use core::marker::PhantomData;

use super::Weights;
use super::content::Content;
use super::element::WeightElement;
use super::log::Log;
use super::needs::{Eps, Epsilon, MetBy, NoNumbers, Nothing};
use super::problem::Problem;
use crate::shape::Shape;
use crate::tensor::Tensor;

/// What a value is read from: the tensors of a file whose names begin with the name of the value. A
/// reader is passed to [`Weights::read`].
///
/// A part that cannot be read is recorded as a problem and is `None`. The other parts are read
/// nevertheless, so that all problems are reported at once.
///
/// ```
/// use shapewright::{Dim, Tensor, nn::Linear, prelude::*, weights::{Nothing, Reader, Weights, Writer}};
/// struct Scaled {
///     inner: Linear<Dim<4>, Dim<2>>,
///     scale: Tensor<f32, shape![2]>,
/// }
/// impl Weights for Scaled {
///     type Needs = Nothing;
///     fn read(reader: &mut Reader<'_>) -> Option<Self> {
///         // Read both before `?`, so that the problems of both are reported.
///         let (inner, log_scale) = (reader.part("inner"), reader.tensor::<f32, shape![2]>("log_scale"));
///         Some(Self { inner: inner?, scale: log_scale?.exp().to_tensor() })
///     }
///     fn write<'a>(&'a self, writer: &mut Writer<'a>) {
///         writer.part("inner", &self.inner);
///         writer.computed("log_scale", self.scale.ln().to_tensor());
///     }
/// }
/// ```
pub struct Reader<'a, Needs = Nothing> {
    content: &'a Content<'a>,
    log: &'a mut Log,
    eps: f64,
    needs: PhantomData<fn() -> Needs>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(content: &'a Content<'a>, log: &'a mut Log) -> Self {
        Self { content, log, eps: f64::NAN, needs: PhantomData }
    }
}

/// Prints the name of the value that is read.
impl<Needs> fmt::Debug for Reader<'_, Needs> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("name", &self.name()).finish_non_exhaustive()
    }
}

impl<By> Reader<'_, Epsilon<By>> {
    /// The `eps` of the layer `By`. It comes from the attribute of the field, or from the caller of
    /// `load_with_eps` or [`part_with_eps`](Self::part_with_eps).
    #[must_use]
    pub fn eps(&self) -> f64 {
        self.eps
    }
}

impl<Needs> Reader<'_, Needs> {
    /// The name of the value that is read, such as `features.0.weight`. For the outermost value the
    /// name is the prefix of all names.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.log.name
    }

    /// Reads the part `name`.
    pub fn part<W: Weights>(&mut self, name: &str) -> Option<W>
    where
        W::Needs: MetBy<NoNumbers, W>,
    {
        self.any_part(name)
    }

    /// Like [`part`](Self::part), for a part that needs an `eps`.
    pub fn part_with_eps<W: Weights>(&mut self, name: &str, eps: f64) -> Option<W>
    where
        W::Needs: MetBy<Eps, W>,
    {
        self.part_with(name, eps)
    }

    /// Reads the part `name`. If the part needs an `eps`, that is the `eps` of the value that is
    /// read.
    pub(super) fn any_part<W: Weights>(&mut self, name: &str) -> Option<W> {
        self.part_with(name, self.eps)
    }

    pub(super) fn part_with<W: Weights>(&mut self, name: &str, eps: f64) -> Option<W> {
        self.below(name, |reader| reader.same_with(eps))
    }

    /// Calls `read` with a reader for the part `name`, whose full name is the current name followed
    /// by `name`.
    pub(super) fn below<R>(&mut self, name: &str, read: impl FnOnce(&mut Reader<'_>) -> R) -> R {
        let content = self.content;
        self.log.below(name, |log| read(&mut Reader::new(content, log)))
    }

    /// Reads a value of type `W` whose name is the current name.
    pub(super) fn same<W: Weights>(&mut self) -> Option<W> {
        self.same_with(self.eps)
    }

    pub(super) fn same_with<W: Weights>(&mut self, eps: f64) -> Option<W> {
        W::read(&mut Reader { content: self.content, log: self.log, eps, needs: PhantomData })
    }

    /// Whether the file has a tensor with the current name, or with a longer name that begins with
    /// the current name and a dot.
    pub(super) fn is_there(&self) -> bool {
        self.content.has(&self.log.name)
    }

    /// The tensor `name`. Run-time lengths are taken from the file.
    pub fn tensor<T: WeightElement, S: Shape>(&mut self, name: &str) -> Option<Tensor<T, S>> {
        self.tensor_of(name, None)
    }

    /// The tensor `name`. If `shape` is given, the tensor must have exactly that shape. A layer
    /// gives `shape` if another of its tensors has determined a run-time length.
    pub fn tensor_of<T: WeightElement, S: Shape>(
        &mut self,
        name: &str,
        shape: Option<S>,
    ) -> Option<Tensor<T, S>> {
        let content = self.content;
        self.log.below(name, |log| log.tensor(content, shape))
    }

    /// The tensor whose name is the current name.
    pub(super) fn this<T: WeightElement, S: Shape>(&mut self) -> Option<Tensor<T, S>> {
        self.log.tensor(self.content, None)
    }

    /// Records a problem with the value that is read, in words such as "expected a mask of ones
    /// below the diagonal".
    pub fn problem(&mut self, problem: impl Into<String>) {
        let name = self.log.name.clone();
        self.log.problems.push(Problem::TensorData { name, problem: problem.into() });
    }
}
