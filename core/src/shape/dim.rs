//! The axes of a shape, as types.
//!
//! [`Dim<N>`](Dim) is a length by number, [`One`] a length of 1 that stretches in a broadcast, and
//! [`dim!`](crate::dim!) declares lengths by name. The trait [`Extent`] is implemented by every
//! axis, and [`Length`] by every axis but `One`.
//!
//! [`Extent`], [`Length`] and [`Size`] are sealed. A user's crate adds axes by implementing
//! [`NamedLength`], which only *names* a sealed [`Size`]. Both the length and the inline storage
//! follow from that size, so no safe code can claim a wrong length. An implementation could still
//! declare wrong [`Bits`](NamedLength::Bits), the length as a typenum number, with which length
//! arithmetic computes. So `verify.rs` checks the results of that arithmetic by comparing lengths
//! as numbers.

use core::fmt::{self, Debug};

use crate::shape::{AxisArg, No, Yes, kind};

mod access;
mod erased;
mod nameless;
mod names;
mod renames_size;
mod run_time;
mod unknown;

pub(crate) use access::{Erased, IsStatic, Part, Renamed, erased, id, known, of_len, with_len};
pub(crate) use erased::Run;
pub use nameless::Nameless;
pub use names::{AxisOf, NamesAxis, name_and_length};
pub use renames_size::RenamesSize;
pub use run_time::{Dyn, KnownSize, RunTimeName};
pub use unknown::RunTime;

mod sealed {
    use core::any::TypeId;

    use super::RenamesSize;
    use crate::shape::{AxisArg, Truth, kind};

    #[diagnostic::on_unimplemented(
        message = "`{Self}` cannot be a size: only `Static<N>` and `RunTime` are",
        label = "sizes are sealed",
        note = "write `type Size = Static<32>`"
    )]
    pub trait Size: Sized {
        /// Always `kind::Name`: an axis of this size is named by a type. The impl of `AxisArg` for
        /// named lengths reads its kind here, so that a type that is no axis has no kind.
        type Kind;
        /// Whether the length is known at compile time: [`Yes`](super::Yes) or [`No`](super::No).
        type IsStatic: Truth;
        /// Always `Self`. The bound makes known that an axis of a generic size can be renamed to an
        /// axis of the same size ([`RenamesSize`], which says what the parameters are).
        type Renamed<Old, New, From, To, const AXIS: isize>: RenamesSize<Self, Old, New, From, To, AXIS>;
    }

    #[diagnostic::on_unimplemented(
        message = "`{Self}` cannot be an axis: axes are sealed, so that no axis can lie about its length",
        label = "axes are sealed",
        note = "declare a length with a name by `dim!(pub Name = 32)`"
    )]
    pub trait Extent: Sized {
        /// Whether the axis is a [`Length`](super::Length): `Yes`, or `No` for `One`.
        type IsLength: Truth;
        /// The axis as a value, if its length is known at compile time.
        const KNOWN: Option<Self>;
        /// The type id of the axis's name, by which two run-time lengths are told apart. `None` if
        /// the axis has no name, or a static length.
        fn id() -> Option<TypeId> {
            None
        }
        /// The name of a part of the axis; the length of a part is known at run time. A part of a
        /// run-time axis keeps the name of that axis. A part of a static axis has no name, because
        /// the name of a static length cannot name a run-time length.
        type PartName: super::RunTimeName;
        /// The axis as a run-time length without a name. `One` stays `One`.
        type Erased: super::Extent;
        /// The axis as a run-time length without a name, as a value. `One` stays `One`.
        fn erased(self) -> Self::Erased;
        /// The axis with the length `len`, if its length is known at run time. A static axis has
        /// the length of its type, whatever `len` is.
        fn with_len(len: usize) -> Self;
        /// The axis with the length `len`. `None` if the axis is static and has another length.
        fn of_len(len: usize) -> Option<Self>
        where
            Self: super::Extent,
        {
            Some(Self::with_len(len)).filter(|axis| axis.len() == len)
        }
    }

    /// A length, whose own type names it in a call, such as `Batch` in `x.mean_axis(Batch)`.
    #[diagnostic::on_unimplemented(
        message = "`{Self}` cannot be a length: lengths are sealed",
        label = "lengths are sealed",
        note = "declare a length with a name by `dim!(pub Name = 32)`"
    )]
    pub trait Length: AxisArg<Kind = kind::Name> + super::NamesAxis<Axis = Self> + Sized {}
}

/// The size of an axis as a type, from which its length and its inline storage follow. The trait is
/// sealed: [`Static<N>`](Static) implements it for a length `N`, and [`RunTime`] for a length that
/// the value of the axis holds.
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
    /// The length, if it is known at compile time.
    const STATIC: Option<usize>;
    /// An inline array of as many `T` as the axis is long. For [`RunTime`] it is a type without
    /// values.
    type Array<T: Copy>: Copy;
}

/// The size of an axis of length `N`, known at compile time.
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
    type Renamed<Old, New, From, To, const AXIS: isize> = Self;
}
#[diagnostic::do_not_recommend]
impl<const N: usize> Size for Static<N> {
    const STATIC: Option<usize> = Some(N);
    type Array<T: Copy> = [T; N];
}

/// Any axis of a shape: a [`Length`] or [`One`].
///
/// The trait is sealed. A user adds axes with [`dim!`](crate::dim!), which implements
/// [`NamedLength`].
///
/// ```
/// use shapewright::{Dim, Extent, One};
/// assert_eq!(Dim::<256>.len(), 256);
/// assert_eq!(One::STATIC, Some(1));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an axis of a shape: an axis is `Dim<3>`, `One`, `N: Length`, a name with a length, or `?Name` for one without",
    label = "not an axis",
    note = "a name declared without a length, by `dim!(pub Batch)`, is written `?Batch`: `shape![?Batch, 784]`, and one with a length, by `dim!(pub Rows = 32)`, without `?`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Lengths\""
)]
#[expect(clippy::len_without_is_empty, reason = "an axis is no collection")]
pub trait Extent: sealed::Extent + Copy + Debug + Send + Sync + 'static {
    /// The sealed size, from which the length and the inline storage follow.
    type Size: Size;
    /// The length, if it is known at compile time.
    const STATIC: Option<usize> = <Self::Size as Size>::STATIC;
    /// Whether the axis stretches in a broadcast: true only for [`One`].
    const STRETCHES: bool = false;
    /// The name that `dim!` gave the axis, if it has one.
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

/// An axis whose length is known at compile time, [`One`] included. Inline storage requires this
/// trait of each axis, and so do the constructors without a shape argument.
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

/// A length by number: `Dim<256>`. Two axes of this type match if their numbers are equal.
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

/// Writes only the number `N`, so that a shape is printed as `(3, 4)`.
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
    #[cfg_attr(not(unoptimised), inline(always))]
    fn with_len(_: usize) -> Self {
        Dim
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
/// In `shape![256, 1]` the literal 1 is `One`; [`keepdims`](crate::Lazy::keepdims) and
/// [`expand_dims`](crate::ops::Reshaping::expand_dims) produce `One`. A slice of length 1 has the
/// axis `Dim<1>`, and neither `Dim<1>` nor a name of length 1 stretches. [A
/// table](crate::reading_a_shape_error#a-length-of-1) says which operation results in `One` and
/// which in `Dim<1>`, and [`rename`](crate::Tensor::rename) turns one into the other.
///
/// ```
/// use shapewright::{Extent, One};
/// assert_eq!(One.len(), 1);
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct One;

/// Writes the number 1, so that a shape is printed as `(3, 1)`.
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
    #[cfg_attr(not(unoptimised), inline(always))]
    fn with_len(_: usize) -> Self {
        One
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

/// A type that names a length. [`dim!`](crate::dim!) declares such a type. An axis with a name
/// matches only axes with the same name, even if another axis is as long.
///
/// Safe code may implement this trait by hand: the length follows from the sealed `Size`, and wrong
/// `Bits` do not compile where length arithmetic uses them.
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
    /// The size: [`Static<N>`](Static) for a length of `N`, or [`RunTime`] for one that is known at
    /// run time.
    type Size: Size;
    /// The length as a typenum number, with which length arithmetic computes. `()` if the length is
    /// known at run time.
    type Bits;
    /// The name as declared.
    const NAME: &'static str;
    /// The name as a value.
    const VALUE: Self;
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
    #[cfg_attr(not(unoptimised), inline(always))]
    fn with_len(_: usize) -> Self {
        <D as NamedLength>::VALUE
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
// The kind is a type of the size, so a type that is no axis has no kind. The compiler then reports
// only that the type is no axis. This impl is not marked `do_not_recommend`, because the error is
// to show the message of `NamedLength`.
impl<D: NamedLength> AxisArg for D {
    type Kind = <<D as NamedLength>::Size as sealed::Size>::Kind;
}
#[diagnostic::do_not_recommend]
impl<D: NamedLength<Size: KnownSize<D>>> StaticExtent for D {
    const VALUE: Self = <D as NamedLength>::VALUE;
}
