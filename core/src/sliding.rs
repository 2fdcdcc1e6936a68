//! Windows along an axis, as a relation of two shapes: in the second, the length of the axis is the
//! number of windows, and a new last axis has the elements of each window.

use crate::arith::WindowsOver;
use crate::shape::{
    Dim, Extent, FewEnough, FindAxis, KnownAxes, KnownListOf, ListOf, Marked, Shape,
};

type FoundIn<Which, S, Kind, How> = <Kind as FindAxis<Which, KnownListOf<S>, How, S>>::Found;
type WindowMarked<Which, S, Kind, How> = <Kind as FindAxis<Which, KnownListOf<S>, How, S>>::Marked;
/// The list of the axes of `S`, with `Count` in the place of the marked axis, and with a new last
/// axis of length `LEN`.
type SlidList<Which, S, Kind, How, Count, const LEN: usize> =
    (<WindowMarked<Which, S, Kind, How> as Marked>::Replaced<Count>, Dim<LEN>);

/// The argument `Which` names one axis of the shape `S`, and that axis becomes `Count` windows of
/// `LEN` elements. `Self` is the kind of `Which`, such as a position or a name.
#[diagnostic::on_unimplemented(
    message = "one axis of shape `{S}` is asked for here",
    label = "expected `Axis::<0>`, or an axis's own name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait SlidesTo<Which, S, How, Count, const LEN: usize> {
    /// The named axis.
    type Found: Extent;
    /// The shape of all windows.
    type Output: Shape;
    /// The position of the named axis (0 is the last axis).
    const INDEX: usize;
    /// The shape of all windows, as a value.
    fn slid(shape: S, count: Count) -> Self::Output;
}
impl<Which, S: Shape, Kind, How, Count: Extent, const LEN: usize>
    SlidesTo<Which, S, How, Count, LEN> for Kind
where
    ListOf<S>: KnownAxes<S>,
    Kind: FindAxis<Which, KnownListOf<S>, How, S, Marked: Marked>,
    SlidList<Which, S, Kind, How, Count, LEN>: FewEnough,
{
    type Found = Kind::Found;
    type Output = <SlidList<Which, S, Kind, How, Count, LEN> as FewEnough>::Tuple;
    const INDEX: usize = Kind::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn slid(shape: S, count: Count) -> Self::Output {
        (Kind::find(shape.into_list().known()).1.replaced(count), Dim).few_enough()
    }
}

/// The argument `Which` names one axis of the shape `S`, and that axis becomes windows of `LEN`
/// elements. This trait computes the number of windows. `Self` is the kind of `Which`, such as a
/// position or a name. `By` is the type that has the window, such as a layer; only error messages
/// use it.
#[diagnostic::on_unimplemented(
    message = "one axis of shape `{S}` is asked for here",
    label = "expected `Axis::<0>`, or an axis's own name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait Slides<Which, S, How, By, const LEN: usize, const STRIDE: usize, const DILATION: usize> {
    /// The number of windows.
    type Count: Extent;
    /// The shape of all windows.
    type Output: Shape;
    /// Always `Self`, the kind of `Which`, as a type that implements [`SlidesTo`] with `Count`
    /// windows.
    type To: SlidesTo<Which, S, How, Self::Count, LEN, Output = Self::Output>;
    /// The number of windows, as a value.
    fn count(shape: S) -> Self::Count;
}
impl<Which, S: Shape, Kind, How, By, const LEN: usize, const STRIDE: usize, const DILATION: usize>
    Slides<Which, S, How, By, LEN, STRIDE, DILATION> for Kind
where
    ListOf<S>: KnownAxes<S>,
    Kind: FindAxis<Which, KnownListOf<S>, How, S>,
    FoundIn<Which, S, Kind, How>: WindowsOver<By, S, LEN, STRIDE, 0, DILATION>,
    Kind: SlidesTo<Which, S, How, WindowCount<Which, S, Kind, How, By, LEN, STRIDE, DILATION>, LEN>,
{
    type Count = WindowCount<Which, S, Kind, How, By, LEN, STRIDE, DILATION>;
    type Output = <Kind as SlidesTo<Which, S, How, Self::Count, LEN>>::Output;
    type To = Kind;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn count(shape: S) -> Self::Count {
        Kind::find(shape.into_list().known()).0.windows()
    }
}
/// The number of windows along the axis that `Which` names.
type WindowCount<
    Which,
    S,
    Kind,
    How,
    By,
    const LEN: usize,
    const STRIDE: usize,
    const DILATION: usize,
> = <FoundIn<Which, S, Kind, How> as WindowsOver<By, S, LEN, STRIDE, 0, DILATION>>::Output;
