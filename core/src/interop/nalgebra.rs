//! `nalgebra`: its matrices and views are views here, and the other way round, by the same strides.
//! What owns its elements gets a copy of them, here by rows and there by columns.
//!
//! Matrices are of shape `(n, c)`, and those of one column of `(n,)`, too. What both sides know at
//! compile time is compared there.
//!
//! Views of `nalgebra` have any strides here. There they are given the step of 1 along a column that
//! its own matrices have: of another step a product writes past the end of its result, as of version
//! 0.35 (`axcpy_uninit`, <https://github.com/dimforge/nalgebra/issues/1616>), and an iterator reads so
//! of a step of 0.

use nalgebra::{Const, Dim, U1};

use crate::shape::{Extent, FromLengths, RunTime, Shape, Static};

mod given;
mod taken;

/// An axis of this size can be `N` long.
pub trait CanBe<const N: usize> {}
#[diagnostic::do_not_recommend]
impl<const N: usize> CanBe<N> for Static<N> {}
#[diagnostic::do_not_recommend]
impl<const N: usize> CanBe<N> for RunTime {}

/// A matrix of `N` rows and `M` columns is of this shape.
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

/// This axis has the length `D` in `nalgebra`: any has one that is known when the program runs.
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
    /// The rows and columns.
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

/// A shape whose dense memory is a column.
#[diagnostic::on_unimplemented(
    message = "a tensor of shape `{Self}` lies row by row, and a view in `nalgebra` column by column",
    label = "no view can be made of it as it is",
    note = "`x.t().try_into()?` is a view of its transpose, and `DMatrix::from(&x)` is a copy",
    note = "more in the docs: `shapewright::containers`, \"nalgebra\""
)]
pub trait IsColumn {}
#[diagnostic::do_not_recommend]
impl<A> IsColumn for (A,) {}
