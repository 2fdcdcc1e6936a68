//! Embedding: a table whose rows are looked up by integer indices.

use crate::agreement;
use crate::element::{Element, Integer};
use crate::error::ShapeError;
use crate::expr::{Indices, Lazy, Take};
use crate::ops::Indexing;
use crate::shape::{Axis, ByStart, Further, Length, Shape, SpliceAxis, kind};
use crate::storage::{Heap, Storage};
use crate::tensor::Tensor;

/// The path by which the compiler finds axis 0 in a shape of two axes.
type First = Further<ByStart>;

/// An embedding: a table with a row of `Width` numbers for each index below `Words`. Indices of
/// shape `(..)` become rows `(.., width)`.
///
/// The weight is `(words, width)`, in any storage, as in PyTorch's `torch.nn.Embedding`. Indices
/// are a tensor of integers, an array or a slice.
///
/// ```
/// use shapewright::{nn::Embedding, prelude::*, tensor};
/// let embedding = Embedding::new(tensor![[0.0, 0.5], [1.0, 1.5], [2.0, 2.5]]);
/// let sentences = tensor![[2u32, 0], [1, 1]];
/// assert_eq!(embedding.forward(&sentences).to_tensor(), [[[2.0, 2.5], [0.0, 0.5]], [[1.0, 1.5], [1.0, 1.5]]]);
/// ```
#[doc(alias("nn.Embedding", "lookup table"))]
pub struct Embedding<Words: Length, Width: Length, T: Element = f32, B: Storage = Heap> {
    weight: Tensor<T, (Words, Width), B>,
}

/// The lazy result of [`Embedding::forward`].
pub type Embedded<'a, Words, Width, T, B, K, Output> =
    Lazy<Take<&'a Tensor<T, (Words, Width), B>, <K as Indices>::Node, Output>>;

impl<Words: Length, Width: Length, T: Element, B: Storage> Embedding<Words, Width, T, B> {
    /// Makes a layer from a weight `(words, width)`.
    pub const fn new(weight: Tensor<T, (Words, Width), B>) -> Self {
        Self { weight }
    }

    /// The row of each index: `(.., width)`. Lazy: the rows are copied when a destination is named,
    /// as by `.to_tensor()`.
    ///
    /// # Panics
    /// If an index is negative, or not less than the number of words;
    /// [`try_forward`](Self::try_forward) returns an error instead.
    ///
    /// ```
    /// use shapewright::{nn::Embedding, prelude::*, tensor};
    /// let embedding = Embedding::new(tensor![[0.0, 0.5], [1.0, 1.5]]);
    /// assert_eq!(embedding.forward([1, 0]).to_tensor(), [[1.0, 1.5], [0.0, 0.5]]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn forward<K: Indices, Output: Shape>(
        &self,
        indices: K,
    ) -> Embedded<'_, Words, Width, T, B, K, Output>
    where
        kind::Position: SpliceAxis<Axis<0>, (Words, Width), K::Shape, First, Output = Output>,
    {
        match self.try_forward(indices) {
            Ok(vectors) => vectors,
            Err(error) => agreement::refuse(&error),
        }
    }

    /// As [`forward`](Self::forward), but returns an error if an index is out of bounds.
    ///
    /// # Errors
    /// If an index is negative, or not less than the number of words.
    ///
    /// ```
    /// use shapewright::{nn::Embedding, prelude::*, tensor};
    /// let embedding = Embedding::new(tensor![[0.0, 0.5], [1.0, 1.5]]);
    /// let error = embedding.try_forward(&tensor![0, 7]).err().unwrap();
    /// assert_eq!(error.to_string(), "index 7 is out of range for axis -2 of length 2 of shape (2, 2)");
    /// assert!(embedding.try_forward([-1]).is_err());
    /// ```
    #[inline]
    #[track_caller]
    pub fn try_forward<K: Indices, Output: Shape>(
        &self,
        indices: K,
    ) -> Result<Embedded<'_, Words, Width, T, B, K, Output>, ShapeError>
    where
        kind::Position: SpliceAxis<Axis<0>, (Words, Width), K::Shape, First, Output = Output>,
    {
        if let Some(negative) = indices.first_outside(|index| index.number() >= 0) {
            return Err(agreement::index(self.weight.shape(), 1, negative));
        }
        self.weight.try_take(Axis::<0>, indices)
    }

    /// The weight, of shape `(words, width)`.
    pub fn weight(&self) -> &Tensor<T, (Words, Width), B> {
        &self.weight
    }
}

impl<Words: Length, Width: Length, T: Element, B: Storage> core::fmt::Debug
    for Embedding<Words, Width, T, B>
{
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Embedding").field("weight", &self.weight).finish()
    }
}
