//! Conversions between `nalgebra` and tensors. Matrices and views of `nalgebra` become views in
//! this crate, and tensors become views of `nalgebra`, of the same elements with the same strides.
//! Types that own their elements get a copy: tensors row by row, and matrices of `nalgebra` column
//! by column.
//!
//! Matrices become tensors of shape `(n, c)`, and matrices of one column also `(n,)`. Lengths that
//! are in the types of both libraries are compared at compile time.
//!
//! A view of `nalgebra` may have any strides when it becomes a tensor. A tensor becomes a view of
//! `nalgebra` only if the stride along its columns is 1, as in nalgebra's own matrices. With
//! another stride, a product of nalgebra 0.35 writes past the end of its result (`axcpy_uninit`,
//! <https://github.com/dimforge/nalgebra/issues/1616>), and with a stride of 0 an iterator reads
//! past the end. So a tensor does not become a row-major view, in which the stride along a column
//! is not 1, though `nalgebra` has types for such views. Pass the transpose, or a copy.

use nalgebra::{Const, Dim, U1};

use crate::shape::{Extent, FromLengths, RunTime, Shape, Static};

mod given;
mod taken;

/// An axis of the size `Self` can have the length `N`.
pub trait CanBe<const N: usize> {}
#[diagnostic::do_not_recommend]
impl<const N: usize> CanBe<N> for Static<N> {}
#[diagnostic::do_not_recommend]
impl<const N: usize> CanBe<N> for RunTime {}

/// A shape that a matrix of `N` rows and `M` columns can have.
#[diagnostic::on_unimplemented(
    message = "a matrix of {N} rows and {M} columns is not of shape `{Self}`",
    label = "expected a shape such as `(Dim<{N}>, Dim<{M}>)`",
    note = "a matrix has two axes, and one of one column can have one; a length of run time, `?`, takes what the matrix has",
    note = "more in the docs: `shapewright::containers`, \"nalgebra\""
)]
pub trait OfMatrix<const N: usize, const M: usize>: FromLengths {}
#[diagnostic::do_not_recommend]
impl<const N: usize, const M: usize, A: Extent, B: Extent> OfMatrix<N, M> for (A, B)
where
    Self: FromLengths,
    A::Size: CanBe<N>,
    B::Size: CanBe<M>,
{
}
#[diagnostic::do_not_recommend]
impl<const N: usize, A: Extent> OfMatrix<N, 1> for (A,)
where
    Self: FromLengths,
    A::Size: CanBe<N>,
{
}

/// The axis `Self` can have the length type `D` of `nalgebra`. An axis whose length is known at
/// compile time to be `N` can have `Const<N>`. Every axis can have `Dyn`, the type of lengths that
/// are known at run time.
pub trait HasLength<D> {}
#[diagnostic::do_not_recommend]
impl<A: Extent> HasLength<nalgebra::Dyn> for A {}
#[diagnostic::do_not_recommend]
impl<A: Extent<Size = Static<N>>, const N: usize> HasLength<Const<N>> for A {}

/// A shape of `R` rows and `C` columns.
#[diagnostic::on_unimplemented(
    message = "a tensor of shape `{Self}` is no `nalgebra` matrix of `{R}` by `{C}`",
    label = "not of as many rows and columns",
    note = "`Const<3>` is the length of `Dim<3>`, or of a name with that number, and `nalgebra::Dyn` that of any axis; lengths of run time are made static by `.try_with_shape::<shape![2, 3]>()?` before",
    note = "a shape of one axis is a `DVector` or `SVector`; it is a matrix of one column after `.expand_dims(Axis::<1>)`",
    note = "more in the docs: `shapewright::containers`, \"nalgebra\""
)]
pub trait HasDimensions<R: Dim, C: Dim>: Shape {
    /// The numbers of rows and columns.
    fn dimensions(self) -> (R, C);
}
#[diagnostic::do_not_recommend]
impl<A: Extent, B: Extent, R: Dim, C: Dim> HasDimensions<R, C> for (A, B)
where
    A: HasLength<R>,
    B: HasLength<C>,
{
    fn dimensions(self) -> (R, C) {
        (R::from_usize(self.0.len()), C::from_usize(self.1.len()))
    }
}
#[diagnostic::do_not_recommend]
impl<A: Extent, R: Dim> HasDimensions<R, U1> for (A,)
where
    A: HasLength<R>,
{
    fn dimensions(self) -> (R, U1) {
        (R::from_usize(self.0.len()), Const)
    }
}

/// A shape whose elements, in row-major order, lie in memory like those of a matrix of one column.
#[diagnostic::on_unimplemented(
    message = "a tensor of shape `{Self}` lies row by row, and a view in `nalgebra` column by column",
    label = "no view can be made of it as it is",
    note = "`x.t().try_into()?` is a view of its transpose, and `DMatrix::from(&x)` is a copy",
    note = "more in the docs: `shapewright::containers`, \"nalgebra\""
)]
pub trait IsColumn {}
#[diagnostic::do_not_recommend]
impl<A> IsColumn for (A,) {}
