//! The right-hand sides of `solve` with a square matrix: `(n,)`, or the columns of `(n, m)`.

use super::NoAxis;
use crate::shape::{Extent, KnownAxes, KnownListOf, ListOf, Shape};

/// `Self`, the axis of a square matrix, is the same as `First`, the first axis of the right-hand
/// side. The shapes `Matrix` and `Rhs` are for the message only.
#[diagnostic::on_unimplemented(
    message = "cannot solve `{Matrix}` for `{Rhs}`: the matrix has {Self} rows, the right-hand side {First}",
    label = "rows: `{Self}` does not match `{First}`",
    note = "`(n, n)` is solved for `(n,)`, or for the columns of `(n, m)`; of rows instead of columns take `b.t()`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Square matrices\""
)]
pub trait SameRows<First, Matrix, Rhs> {}
#[diagnostic::do_not_recommend]
impl<N: Extent, Matrix, Rhs> SameRows<N, Matrix, Rhs> for N {}

/// A right-hand side has one axis or two. The impls for other numbers of axes have the bound
/// `NoAxis: TakesSystem<..>`, which always fails, with the message below, because no type
/// implements this trait.
#[diagnostic::on_unimplemented(
    message = "cannot solve `{Matrix}` for `{Rhs}`: a right-hand side is a vector or a matrix",
    label = "expected the shape `({N},)`, or `({N}, M)`",
    note = "`(n, n)` is solved for `(n,)`, or for the columns of `(n, m)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Square matrices\""
)]
pub trait TakesSystem<N, Matrix, Rhs> {}

/// The list `Self` of the shape `Rhs` has one axis or two, and is a right-hand side for a square
/// matrix of the shape `Matrix`, both of whose axes are `N`.
pub trait RhsList<N, Matrix, Rhs> {}
impl<N: SameRows<J, Matrix, Rhs>, J, Matrix, Rhs> RhsList<N, Matrix, Rhs> for ((), J) {}
impl<N: SameRows<J, Matrix, Rhs>, J, M, Matrix, Rhs> RhsList<N, Matrix, Rhs> for (((), J), M) {}
impl<N, Matrix, Rhs> RhsList<N, Matrix, Rhs> for () where NoAxis: TakesSystem<N, Matrix, Rhs> {}
impl<L, A, J, M, N, Matrix, Rhs> RhsList<N, Matrix, Rhs> for (((L, A), J), M) where
    NoAxis: TakesSystem<N, Matrix, Rhs>
{
}

/// The shape `Self` is a right-hand side for a square matrix of the shape `Matrix`, both of whose
/// axes are `N`. The right-hand side is a vector, or the columns of a matrix.
pub trait SolvedBy<N, Matrix>: Shape {}
impl<N, Matrix, Rhs: Shape> SolvedBy<N, Matrix> for Rhs
where
    ListOf<Rhs>: KnownAxes<Rhs>,
    KnownListOf<Rhs>: RhsList<N, Matrix, Rhs>,
{
}
