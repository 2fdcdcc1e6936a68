//! Lengths that are known at run time, with or without a name.
//!
//! `dim!(pub Batch)` declares a name whose [`Size`] is [`RunTime`]. The axis is
//! [`Dyn<Batch>`](Dyn), a type of this crate, so that no user's code can claim a wrong length. Two
//! axes with the same name have the same type, so the relations of axes need no further impls for
//! them. Their lengths, which are values, may differ: each operation that takes two shapes compares
//! the lengths before it makes the node of its expression (`agreement.rs`). Evaluating the node may
//! rely on equal lengths.
//!
//! A shape that can be made from its lengths implements [`FromLengths`](crate::FromLengths). A
//! shape with at most one run-time length follows from the number of elements: it implements
//! [`FromCount`](crate::FromCount).

use core::any::TypeId;
use core::fmt::{self, Debug};
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;

use super::{AxisOf, Extent, Length, NamedLength, Nameless, NamesAxis, Run, RunTime, Size, sealed};
use crate::shape::{AxisArg, Invariant, Yes, kind};

/// Implemented for the static sizes. `Name`, the name of a length with this size, is for the
/// message only.
#[diagnostic::on_unimplemented(
    message = "`{Name}` has no length at compile time: write `shape![?{Name}, 784]`",
    label = "`dim!` declared `{Name}` without a length",
    note = "the axis is the type `Dyn<{Name}>`, which `?{Name}` writes in a shape, and as a value `{Name}.of(n)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Lengths\""
)]
pub trait KnownSize<Name>: Size {}
#[diagnostic::do_not_recommend]
impl<Name, const N: usize> KnownSize<Name> for super::Static<N> {}

/// A name that [`dim!`](crate::dim!) declared without a length, as in `dim!(pub Batch)`. The name
/// `Batch` stands for the axis [`Dyn<Batch>`](Dyn), whose length is known at run time.
///
/// ```
/// use shapewright::{Dyn, Extent, dim};
/// dim!(pub Batch);
/// let batch: Dyn<Batch> = Batch.of(32);
/// assert_eq!(batch.len(), 32);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the name of a length that is known at run time",
    label = "expected a name that `dim!(pub Name)` declares without a length",
    note = "one that has a length, `dim!(pub Name = 32)`, is written in a shape without `?`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Lengths\""
)]
pub trait RunTimeName: NamedLength {}
#[diagnostic::do_not_recommend]
impl<D: NamedLength<Size = RunTime>> RunTimeName for D {}

/// A length that is known at run time, which the value of the axis holds. `shape![?Batch, 784]` is
/// `(Dyn<Batch>, Dim<784>)`; `shape![?, 784]`, where the length has no name, is `(Dyn, Dim<784>)`.
///
/// Two axes with the same name match as types. Operations on two tensors compare the lengths: an
/// operator, for example, panics if they differ. [`agree`](crate::agree()) compares the lengths of
/// several tensors beforehand, and returns an error. Combining axes with different names does not
/// compile.
///
/// ```
/// use shapewright::{Tensor, dim, prelude::*, shape};
/// dim!(pub Batch);
/// fn center(x: &Tensor<f32, shape![?Batch, 3]>, mean: &Tensor<f32, shape![3]>) -> Tensor<f32, shape![?Batch, 3]> {
///     (x - mean).to_tensor()
/// }
/// let x = Tensor::from_vec(vec![1.0, 2.0, 3.0, 5.0, 6.0, 7.0])?; // two rows
/// let centered = center(&x, &x.mean_axis(Batch).to_tensor());
/// assert_eq!(centered.shape().lengths(), [2, 3]);
/// assert_eq!(centered.as_slice(), [-2.0, -2.0, -2.0, 2.0, 2.0, 2.0]);
/// # Ok::<(), shapewright::ShapeError>(())
/// ```
/// ```compile_fail
/// # use shapewright::{Tensor, dim, prelude::*, shape};
/// dim!(pub Batch, pub Rows);
/// fn add(x: &Tensor<f32, shape![?Batch]>, y: &Tensor<f32, shape![?Rows]>) {
///     let _ = x + y; // another name
/// }
/// ```
#[doc(alias("Dynamic"))]
pub struct Dyn<N = Nameless> {
    len: usize,
    name: Invariant<N>,
}

impl Dyn {
    /// The axis of length `len`, without a name. An axis with the name `Batch` is made by
    /// `Batch.of(len)`.
    ///
    /// ```
    /// use shapewright::{Dyn, Extent};
    /// assert_eq!(Dyn::of(32).len(), 32);
    /// ```
    #[must_use]
    pub const fn of(len: usize) -> Self {
        Self::named(len)
    }
}
impl<N: RunTimeName> Dyn<N> {
    /// The axis of length `len` with the name `N`: `Batch.of(len)` calls this.
    #[doc(hidden)]
    #[must_use]
    pub const fn named(len: usize) -> Self {
        Self { len, name: PhantomData }
    }
}

impl<N: RunTimeName> Clone for Dyn<N> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<N: RunTimeName> Copy for Dyn<N> {}
impl<N: RunTimeName> PartialEq for Dyn<N> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len
    }
}
impl<N: RunTimeName> Eq for Dyn<N> {}
impl<N: RunTimeName> Hash for Dyn<N> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.len.hash(state);
    }
}
/// Writes the name and the length, as in `Batch = 32`, or the length alone if the axis has no name.
impl<N: RunTimeName> Debug for Dyn<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Self::NAME {
            Some(name) => write!(f, "{name} = {}", self.len),
            None => write!(f, "{}", self.len),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<N: RunTimeName> sealed::Extent for Dyn<N> {
    type IsLength = Yes;
    const KNOWN: Option<Self> = None;
    fn id() -> Option<TypeId> {
        Self::NAME.map(|_| TypeId::of::<N>())
    }
    type PartName = N;
    type Erased = Run;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn erased(self) -> Run {
        Run(self.len)
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn with_len(len: usize) -> Self {
        Self::named(len)
    }
}
#[diagnostic::do_not_recommend]
impl<N: RunTimeName> Extent for Dyn<N> {
    type Size = RunTime;
    const NAME: Option<&'static str> = if N::NAME.is_empty() { None } else { Some(N::NAME) };
    #[cfg_attr(not(unoptimised), inline(always))]
    fn len(self) -> usize {
        self.len
    }
}
#[diagnostic::do_not_recommend]
impl<N: RunTimeName> sealed::Length for Dyn<N> {}
#[diagnostic::do_not_recommend]
impl<N: RunTimeName> NamesAxis for Dyn<N> {
    type Axis = Self;
}
#[diagnostic::do_not_recommend]
impl<D: RunTimeName> AxisOf<D> for RunTime {
    type Axis = Dyn<D>;
}
#[diagnostic::do_not_recommend]
impl<N: RunTimeName> Length for Dyn<N> {}
#[diagnostic::do_not_recommend]
impl<N: RunTimeName> AxisArg for Dyn<N> {
    type Kind = kind::Name;
}
