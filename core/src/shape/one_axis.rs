//! Relations for calls that name one axis. They give the shape without that axis, the shape with a
//! part of that axis, or the shape of a one-axis tensor that is aligned with that axis. This file
//! also has the bounds for the shapes of vectors, matrices and stacks of matrices.

use super::dim::Part;
use super::naming::{FindAxis, Marked};
use super::{Dyn, Extent, KnownAxes, KnownListOf, ListOf, ListTuple, Shape, TupleOf};

/// `Which`, an argument whose `AxisArg::Kind` is `Self`, names one axis of the shape `S`, which is
/// removed.
#[diagnostic::on_unimplemented(
    message = "one axis of shape `{S}` is asked for here",
    label = "expected `Axis::<0>`, or an axis's own name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait RemoveAxis<Which, S, How> {
    /// The named axis.
    type Found: Extent;
    /// The shape without the named axis.
    type Output: Shape;
    /// The position of the named axis in the shape `S` (0 is the last axis).
    const INDEX: usize;
    /// The named axis and the shape without that axis, as values.
    fn removed(shape: S) -> (Self::Found, Self::Output);
}
impl<Which, S: Shape, Kind, How> RemoveAxis<Which, S, How> for Kind
where
    ListOf<S>: KnownAxes<S>,
    Kind: FindAxis<Which, KnownListOf<S>, How, S, Marked: Marked<Removed: ListTuple>>,
{
    type Found = Kind::Found;
    type Output = TupleOf<<Kind::Marked as Marked>::Removed>;
    const INDEX: usize = Kind::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn removed(shape: S) -> (Kind::Found, Self::Output) {
        let (found, marked) = Kind::find(shape.into_list().known());
        (found, marked.removed().into_tuple())
    }
}

/// `Which`, an argument whose `AxisArg::Kind` is `Self`, names one axis of the shape `S`. `Output`
/// is the shape in which a one-axis tensor of length `V` broadcasts along that axis, such as `(V,
/// One, One)` if two axes follow the named one.
#[diagnostic::on_unimplemented(
    message = "one axis of shape `{S}` is asked for here",
    label = "expected `Axis::<0>`, or an axis's own name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait AlignAxis<Which, S, How, V> {
    /// The shape of the aligned one-axis tensor.
    type Output: Shape;
    /// The position of the named axis in the shape `S` (0 is the last axis).
    const INDEX: usize;
    /// The shape of the aligned one-axis tensor, as a value.
    fn aligned(shape: S, length: V) -> Self::Output;
}
impl<Which, S: Shape, Kind, How, V: Extent> AlignAxis<Which, S, How, V> for Kind
where
    ListOf<S>: KnownAxes<S>,
    Kind: FindAxis<Which, KnownListOf<S>, How, S, Marked: Marked<Aligned<V>: ListTuple>>,
{
    type Output = TupleOf<<Kind::Marked as Marked>::Aligned<V>>;
    const INDEX: usize = Kind::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn aligned(shape: S, length: V) -> Self::Output {
        Kind::find(shape.into_list().known()).1.aligned(length).into_tuple()
    }
}

/// `Which`, an argument whose `AxisArg::Kind` is `Self`, names one axis of the shape `S`. `Output`
/// is the shape of a part of a tensor of shape `S` along that axis. The length of the part is known
/// at run time.
#[diagnostic::on_unimplemented(
    message = "one axis of shape `{S}` is asked for here",
    label = "expected `Axis::<0>`, or an axis's own name",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait NarrowAxis<Which, S, How> {
    /// The shape of the part.
    type Output: Shape;
    /// The position of the named axis in the shape `S` (0 is the last axis).
    const INDEX: usize;
    /// The shape of the part, if its length is `len`, as a value.
    fn narrowed(shape: S, len: usize) -> Self::Output;
}
impl<Which, S: Shape, Kind, How> NarrowAxis<Which, S, How> for Kind
where
    ListOf<S>: KnownAxes<S>,
    Kind: FindAxis<Which, KnownListOf<S>, How, S>,
    Kind::Marked: Marked<Replaced<Part<Kind::Found>>: ListTuple>,
{
    type Output = TupleOf<<Kind::Marked as Marked>::Replaced<Part<Kind::Found>>>;
    const INDEX: usize = Kind::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn narrowed(shape: S, len: usize) -> Self::Output {
        Kind::find(shape.into_list().known()).1.replaced(Dyn::named(len)).into_tuple()
    }
}

/// A shape of one axis.
#[diagnostic::on_unimplemented(
    message = "a vector is asked for here, and shape `{Self}` has not one axis",
    label = "expected a shape such as `(Dim<3>,)`",
    note = "a matrix is aligned by its own shape: new axes are made by `.expand_dims(axis)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait VectorShape: Shape {
    /// The only axis of the shape.
    type Axis: Extent;
    /// The only axis of the shape, as a value.
    fn axis(self) -> Self::Axis;
}
#[diagnostic::do_not_recommend]
impl<A: Extent> VectorShape for (A,) {
    type Axis = A;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn axis(self) -> A {
        self.0
    }
}

/// A shape of two axes.
#[diagnostic::on_unimplemented(
    message = "a matrix is asked for here, and shape `{Self}` has not two axes",
    label = "expected a shape such as `(Dim<3>, Dim<4>)`",
    note = "more axes are put into another order by `.permute_dims((Axis::<0>, Axis::<2>, Axis::<1>))`, and a vector becomes a column by `.expand_dims(Axis::<1>)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait MatrixShape: Shape {
    /// The shape of the transposed matrix.
    type Transposed: Shape;
    /// The shape of the transposed matrix, as a value.
    fn transposed(self) -> Self::Transposed;
}
#[diagnostic::do_not_recommend]
impl<Rows: Extent, Columns: Extent> MatrixShape for (Rows, Columns) {
    type Transposed = (Columns, Rows);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn transposed(self) -> (Columns, Rows) {
        (self.1, self.0)
    }
}

/// A shape of two axes of the same type.
#[diagnostic::on_unimplemented(
    message = "a square matrix is asked for here, and shape `{Self}` is not that of one",
    label = "expected a shape such as `(Dim<3>, Dim<3>)`",
    note = "the two axes are the same type: where two names mean the same, `.rename::<shape![State, State]>()`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Square matrices\""
)]
pub trait SquareShape: Shape {
    /// The type of both axes.
    type Axis: Extent;
}
#[diagnostic::do_not_recommend]
impl<N: Extent> SquareShape for (N, N) {
    type Axis = N;
}

/// This list, that of the shape `S`, has at least two axes. The last two are the rows and the
/// columns of matrices.
#[diagnostic::on_unimplemented(
    message = "matrices are asked for here, and shape `{S}` has fewer than two axes",
    label = "expected a shape such as `(Dim<3>, Dim<4>)` or `(Batch, Dim<3>, Dim<4>)`",
    note = "a vector becomes a column by `.expand_dims(Axis::<1>)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait SwapsLastTwo<S> {
    /// The list with the last two axes swapped.
    type Output;
    /// The list with the last two axes swapped, as a value.
    fn swapped(self) -> Self::Output;
}
#[diagnostic::do_not_recommend]
impl<L, Rows: Extent, Columns: Extent, S> SwapsLastTwo<S> for ((L, Rows), Columns) {
    type Output = ((L, Columns), Rows);
    #[cfg_attr(not(unoptimised), inline(always))]
    fn swapped(self) -> Self::Output {
        let ((outer, rows), columns) = self;
        ((outer, columns), rows)
    }
}

/// A shape of two or more axes: that of a matrix, or of a stack of matrices.
pub trait MatricesShape: Shape {
    /// The shape with the last two axes swapped: that of the transposed matrices.
    type Transposed: Shape;
    /// The shape with the last two axes swapped: that of the transposed matrices, as a value.
    fn each_transposed(self) -> Self::Transposed;
}
impl<S: Shape> MatricesShape for S
where
    ListOf<S>: KnownAxes<S>,
    KnownListOf<S>: SwapsLastTwo<S, Output: ListTuple>,
{
    type Transposed = TupleOf<<KnownListOf<S> as SwapsLastTwo<S>>::Output>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn each_transposed(self) -> Self::Transposed {
        self.into_list().known().swapped().into_tuple()
    }
}
