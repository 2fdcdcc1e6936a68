//! Axes of a shape: what a length is, as a type.
//!
//! An axis is a *type*. [`Dim<N>`](Dim) is a length by number, [`One`] a length of 1 that stretches
//! in a broadcast, and [`dim!`](crate::dim!) declares lengths by name. [`Extent`] is any axis,
//! [`Length`] every axis but `One`.
//!
//! No trait in this file can be implemented wrongly by a user: an axis only *names* a sealed
//! [`Size`], and both its length and its inline storage follow from that size.

use core::any::TypeId;
use core::fmt::{self, Debug};

use crate::shape::{AxisArg, No, Yes, kind};

mod erased;
mod nameless;
mod run_time;
mod unknown;

pub(crate) use erased::Run;
pub use nameless::Nameless;
pub use run_time::{Dyn, KnownSize, RunTimeName};
pub use unknown::RunTime;

mod sealed {
    use core::any::TypeId;

    use crate::shape::{AxisArg, Truth, kind};

    #[diagnostic::on_unimplemented(
        message = "`{Self}` cannot be a size: only `Static<N>` and `RunTime` are",
        label = "sizes are sealed",
        note = "write `type Size = Static<32>`"
    )]
    pub trait Size {
        /// An axis of this size is named by its own type.
        type Kind;
        /// Whether the length is known at compile time, as a type.
        type IsStatic: Truth;
    }

    #[diagnostic::on_unimplemented(
        message = "`{Self}` cannot be an axis: axes are sealed, so that no axis can lie about its length",
        label = "axes are sealed",
        note = "declare a length with a name by `dim!(pub Name = 32)`"
    )]
    pub trait Extent: Sized {
        /// Whether it is a length, as a type.
        type IsLength: Truth;
        /// The axis as a value, where its type tells it: where its length is known at compile time.
        const KNOWN: Option<Self>;
        /// What tells its name from others, if its length is known at run time.
        fn id() -> Option<TypeId> {
            None
        }
        /// The name of a part of the axis, whose length is known at run time: that of the axis, where
        /// the axis is one of run time itself.
        type PartName: super::RunTimeName;
        /// The axis with its length as a value.
        type Erased: super::Extent;
        /// The axis with its length as a value.
        fn erased(self) -> Self::Erased;
        /// The axis with this length, where it has it as a value; else itself.
        #[cfg(feature = "rayon")]
        fn with_len(self, len: usize) -> Self;
        /// The axis of this length, if it can have it: a static one has its own alone.
        fn of_len(len: usize) -> Option<Self>
        where
            Self: super::Extent,
        {
            Self::KNOWN.filter(|axis| axis.len() == len)
        }
    }

    /// A length is named by its own type.
    #[diagnostic::on_unimplemented(
        message = "`{Self}` cannot be a length: lengths are sealed",
        label = "lengths are sealed",
        note = "declare a length with a name by `dim!(pub Name = 32)`"
    )]
    pub trait Length: AxisArg<Kind = kind::Name> + super::NamesAxis<Axis = Self> + Sized {}
}

/// How long an axis is: the one thing that an axis may say of itself. Sealed; [`Static<N>`](Static)
/// implements it, and [`RunTime`], which says that its value knows.
///
/// ```
/// use shapewright::{NamedLength, Static};
/// #[derive(Clone, Copy, Debug)]
/// struct Rows;
/// impl NamedLength for Rows {
///     type Size = Static<4>;
///     type Bits = shapewright::__private::Bits4;
///     const NAME: &'static str = "Rows";
///     const VALUE: Self = Rows;
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a size: only `Static<N>` and `RunTime` are",
    label = "sizes are sealed",
    note = "write `type Size = Static<32>`, or declare the length by `dim!(pub Name = 32)`"
)]
pub trait Size: sealed::Size<Kind = kind::Name> + Copy + Debug + Send + Sync + 'static {
    /// The length, where it is known at compile time.
    const STATIC: Option<usize>;
    /// `T` that many times, inline.
    type Array<T: Copy>: Copy;
}

/// What names an axis by its type in a call: the axis itself, or the name of one of run time.
pub trait NamesAxis {
    /// The axis.
    type Axis: Length;
}
/// The axis that the name `D`, whose size is this, names.
pub trait AxisOf<D> {
    /// The axis.
    type Axis: Length;
}
#[diagnostic::do_not_recommend]
impl<D: NamedLength<Size = Self>, const N: usize> AxisOf<D> for Static<N> {
    type Axis = D;
}
#[diagnostic::do_not_recommend]
impl<D: NamedLength<Size: AxisOf<D>>> NamesAxis for D {
    type Axis = <D::Size as AxisOf<D>>::Axis;
}
#[diagnostic::do_not_recommend]
impl<const N: usize> NamesAxis for Dim<N> {
    type Axis = Self;
}

/// The axis `A` with its length as a value.
pub(crate) type Erased<A> = <A as sealed::Extent>::Erased;

/// A part of the axis `A`, whose length is known at run time.
pub(crate) type Part<A> = Dyn<<A as sealed::Extent>::PartName>;

/// What tells the name of the axis `A` from others, if its length is known at run time.
pub(crate) fn id<A: Extent>() -> Option<TypeId> {
    <A as sealed::Extent>::id()
}

/// The axis `A` as a value, where its length is known at compile time.
pub(crate) const fn known<A: Extent>() -> Option<A> {
    <A as sealed::Extent>::KNOWN
}

/// The axis `axis` with its length as a value.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn erased<A: Extent>(axis: A) -> Erased<A> {
    sealed::Extent::erased(axis)
}

/// The axis `axis` with this length, where it has it as a value; else itself.
#[cfg(feature = "rayon")]
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn with_len<A: Extent>(axis: A, len: usize) -> A {
    sealed::Extent::with_len(axis, len)
}

/// The axis `A` of this length, if it can have it.
pub(crate) fn of_len<A: Extent>(len: usize) -> Option<A> {
    <A as sealed::Extent>::of_len(len)
}

/// Whether the length of the axis `A` is known at compile time, as a type.
pub(crate) type IsStatic<A> = <<A as Extent>::Size as sealed::Size>::IsStatic;

/// The size `N`, known at compile time.
///
/// ```
/// use shapewright::{Size, Static};
/// assert_eq!(Static::<32>::STATIC, Some(32));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Static<const N: usize>;

#[diagnostic::do_not_recommend]
impl<const N: usize> sealed::Size for Static<N> {
    type Kind = kind::Name;
    type IsStatic = Yes;
}
#[diagnostic::do_not_recommend]
impl<const N: usize> Size for Static<N> {
    const STATIC: Option<usize> = Some(N);
    type Array<T: Copy> = [T; N];
}

/// Any axis of a shape: a [`Length`] or [`One`].
///
/// Sealed. [`dim!`](crate::dim!) adds axes of a user's own, by way of [`NamedLength`].
///
/// ```
/// use shapewright::{Dim, Extent, One};
/// assert_eq!(Dim::<256>.len(), 256);
/// assert_eq!(One::STATIC, Some(1));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an axis of a shape",
    label = "not an axis",
    note = "an axis is `Dim<N>`, `One` or a name declared by `dim!(pub Name = 32)`; `shape![1000, 256]` writes a shape; a name declared without a length, by `dim!(pub Batch)`, is written `?Batch`"
)]
#[expect(clippy::len_without_is_empty, reason = "an axis is no collection")]
pub trait Extent: sealed::Extent + Copy + Debug + Send + Sync + 'static {
    /// The sealed size that length and storage follow from.
    type Size: Size;
    /// The length, where it is known at compile time.
    const STATIC: Option<usize> = <Self::Size as Size>::STATIC;
    /// Whether the axis stretches in a broadcast: true for [`One`] alone.
    const STRETCHES: bool = false;
    /// The name that `dim!` gave the axis.
    const NAME: Option<&'static str> = None;
    /// The number of elements along the axis.
    fn len(self) -> usize;
}

/// Every axis but [`One`]: the bound for code that is generic over its lengths.
///
/// ```
/// use shapewright::{Length, Tensor, prelude::*};
/// fn center<N: Length, C: Length>(x: &Tensor<f32, (N, C)>, mean: &Tensor<f32, (C,)>) -> Tensor<f32, (N, C)> {
///     (x - mean).to_tensor()
/// }
/// # let x = shapewright::tensor![[1.0, 2.0], [3.0, 4.0]];
/// # assert_eq!(center(&x, &shapewright::tensor![1.0, 2.0]), shapewright::tensor![[0.0, 0.0], [2.0, 2.0]]);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a length",
    label = "expected a length such as `Dim<256>`",
    note = "`One`, which a literal 1 of `shape!` is, stretches, so it cannot stand for any length; a 1 that does not stretch is `Dim<1>`: `shape![3, {{1}}]`; a number of run time is `Dyn::of(n)`, or `Batch.of(n)` with a name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Lengths\""
)]
pub trait Length: Extent + sealed::Length {}

/// A length that is known at compile time: what inline storage and the constructors without a shape
/// argument ask for.
///
/// ```
/// use shapewright::{Dim, StaticExtent};
/// assert_eq!(<Dim<7> as StaticExtent>::LEN, 7);
/// ```
#[diagnostic::on_unimplemented(
    message = "the length of axis `{Self}` is not known at compile time",
    label = "needs a length that is known at compile time",
    note = "in generic code ask for `StaticLength` instead of `Length`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Lengths\""
)]
pub trait StaticExtent: Extent {
    /// The axis as a value.
    const VALUE: Self;
    /// The number of elements along the axis.
    const LEN: usize = match Self::STATIC {
        Some(len) => len,
        None => panic!("a static extent has a static size"),
    };
}

/// A [`Length`] that is known at compile time.
///
/// ```
/// use shapewright::{Array, StaticLength, prelude::*};
/// fn doubled<N: StaticLength>(x: &Array<f32, (N,)>) -> Array<f32, (N,)> {
///     (x * 2.0).to_array()
/// }
/// # assert_eq!(doubled(&shapewright::array![1.0, 2.0]), shapewright::array![2.0, 4.0]);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a length that is known at compile time",
    label = "needs a length that is known at compile time",
    note = "in generic code ask for `StaticLength` instead of `Length`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Lengths\""
)]
pub trait StaticLength: Length + StaticExtent {}
impl<D: Length + StaticExtent> StaticLength for D {}

/// A length by number: `Dim<256>`. Two such axes match when their numbers are equal.
///
/// `Dim<1>` is an ordinary length: it does not stretch. [`One`] does.
///
/// ```
/// use shapewright::{Dim, Extent};
/// assert_eq!(Dim::<256>.len(), 256);
/// ```
#[doc(alias("Const"))]
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Dim<const N: usize>;

/// The number.
impl<const N: usize> Debug for Dim<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Debug::fmt(&N, f)
    }
}

#[diagnostic::do_not_recommend]
impl<const N: usize> sealed::Extent for Dim<N> {
    type IsLength = Yes;
    type PartName = Nameless;
    const KNOWN: Option<Self> = Some(Dim);
    type Erased = Run;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn erased(self) -> Run {
        Run(N)
    }
    #[cfg(feature = "rayon")]
    fn with_len(self, _: usize) -> Self {
        self
    }
}
#[diagnostic::do_not_recommend]
impl<const N: usize> Extent for Dim<N> {
    type Size = Static<N>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn len(self) -> usize {
        N
    }
}
#[diagnostic::do_not_recommend]
impl<const N: usize> sealed::Length for Dim<N> {}
#[diagnostic::do_not_recommend]
impl<const N: usize> Length for Dim<N> {}
#[diagnostic::do_not_recommend]
impl<const N: usize> AxisArg for Dim<N> {
    type Kind = kind::Name;
}
#[diagnostic::do_not_recommend]
impl<const N: usize> StaticExtent for Dim<N> {
    const VALUE: Self = Dim;
}

/// A length of 1 that stretches to any length in a broadcast.
///
/// `shape![256, 1]` writes it for a literal 1; [`keepdims`](crate::Lazy::keepdims) and
/// [`expand_dims`](crate::ops::Reshaping::expand_dims) produce it. What is sliced, and what a name
/// says, is a length like any other: [a table](crate::reading_a_shape_error#a-length-of-1) has what
/// gives which, and [`rename`](crate::Tensor::rename) makes one the other.
///
/// ```
/// use shapewright::{Extent, One};
/// assert_eq!(One.len(), 1);
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct One;

/// The number: 1.
impl Debug for One {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Debug::fmt(&1, f)
    }
}

#[diagnostic::do_not_recommend]
impl sealed::Extent for One {
    type IsLength = No;
    type PartName = Nameless;
    const KNOWN: Option<Self> = Some(One);
    type Erased = Self;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn erased(self) -> Self {
        self
    }
    #[cfg(feature = "rayon")]
    fn with_len(self, _: usize) -> Self {
        self
    }
}
#[diagnostic::do_not_recommend]
impl Extent for One {
    type Size = Static<1>;
    const STRETCHES: bool = true;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn len(self) -> usize {
        1
    }
}
#[diagnostic::do_not_recommend]
impl StaticExtent for One {
    const VALUE: Self = One;
}

/// A length with a name, equal only to itself, whatever its number. [`dim!`](crate::dim!)
/// implements it.
///
/// It is safe to implement by hand: the length is that of the sealed `Size`, and length arithmetic
/// verifies `Bits` against it.
///
/// ```
/// use shapewright::{Extent, dim};
/// dim!(pub Batch = 32);
/// assert_eq!(Batch.len(), 32);
/// assert_eq!(Batch::NAME, Some("Batch"));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not name an axis",
    label = "expected `Axis::<0>`, an axis's own name, or a tuple of them",
    note = "an axis is named by its position, such as `Axis::<0>`, by its own name, declared by `dim!(pub Name = 32)`, or several in a tuple",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait NamedLength: Copy + Debug + Send + Sync + 'static {
    /// [`Static<N>`](Static) for a length of `N`.
    type Size: Size;
    /// The length in the bits that length arithmetic computes with.
    type Bits;
    /// The name as declared.
    const NAME: &'static str;
    /// The axis as a value.
    const VALUE: Self;
}

/// Writes the name, and the length where it is known: `Batch = 32`, as [`Dyn`] does.
#[doc(hidden)]
pub fn name_and_length<D: NamedLength>(f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(D::NAME)?;
    match D::Size::STATIC {
        Some(len) => write!(f, " = {len}"),
        None => Ok(()),
    }
}

#[diagnostic::do_not_recommend]
impl<D: NamedLength<Size: KnownSize<D>>> sealed::Extent for D {
    type IsLength = Yes;
    type PartName = Nameless;
    const KNOWN: Option<Self> = Some(<D as NamedLength>::VALUE);
    type Erased = Run;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn erased(self) -> Run {
        Run(Extent::len(self))
    }
    #[cfg(feature = "rayon")]
    fn with_len(self, _: usize) -> Self {
        self
    }
}
#[diagnostic::do_not_recommend]
impl<D: NamedLength<Size: KnownSize<D>>> Extent for D {
    type Size = <D as NamedLength>::Size;
    const NAME: Option<&'static str> =
        if <D as NamedLength>::NAME.is_empty() { None } else { Some(<D as NamedLength>::NAME) };
    #[cfg_attr(not(unoptimised), inline(always))]
    fn len(self) -> usize {
        const { <D as NamedLength>::Size::STATIC.expect("a known size is static") }
    }
}
#[diagnostic::do_not_recommend]
impl<D: NamedLength<Size: KnownSize<D> + AxisOf<D, Axis = D>>> sealed::Length for D {}
#[diagnostic::do_not_recommend]
impl<D: NamedLength<Size: KnownSize<D> + AxisOf<D, Axis = D>>> Length for D {}
// By way of the size, so that what is no axis has no kind either: then the compiler says that, and
// nothing more. Not `do_not_recommend`: the message of `NamedLength` is the one to show.
impl<D: NamedLength> AxisArg for D {
    type Kind = <<D as NamedLength>::Size as sealed::Size>::Kind;
}
#[diagnostic::do_not_recommend]
impl<D: NamedLength<Size: KnownSize<D>>> StaticExtent for D {
    const VALUE: Self = <D as NamedLength>::VALUE;
}
