//! The shapes that a matrix product takes, and gives.

use super::{ListOf, ListTuple, Shape, TupleOf};
use crate::dim::Extent;

/// The inner axes of a matrix product are the same; `Left` and `Right` are carried for the message alone.
#[diagnostic::on_unimplemented(
    message = "cannot multiply `{Left}` by `{Right}`: the inner axis is {Self} on the left, {Rhs} on the right",
    label = "inner axis: `{Self}` does not match `{Rhs}`",
    note = "`(m, k)` times `(k, n)` gives `(m, n)`: see whether an operand wants `.permute_dims((Axis::<1>, Axis::<0>))`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Products\""
)]
pub trait InnerAxis<Rhs, Left, Right> {}
#[diagnostic::do_not_recommend]
impl<K: Extent, Left, Right> InnerAxis<K, Left, Right> for K {}

/// Two lists of one or two axes each: which axes of a product are the inner ones, and which are left.
#[diagnostic::on_unimplemented(
    message = "cannot multiply `{Left}` by `{Right}`: a matrix product takes one or two axes on each side",
    label = "not one or two axes",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Products\""
)]
pub trait MatMulList<Rhs, Left, Right> {
    /// The last axis of the left list.
    type LeftInner;
    /// The first axis of the right list.
    type RightInner;
    /// The list of the result.
    type Output;
    /// The list of the result, as a value.
    fn matmul(self, rhs: Rhs) -> Self::Output;
}
#[diagnostic::do_not_recommend]
impl<K, J, Left, Right> MatMulList<((), J), Left, Right> for ((), K) {
    type LeftInner = K;
    type RightInner = J;
    type Output = ();
    #[inline(always)]
    fn matmul(self, _: ((), J)) {}
}
#[diagnostic::do_not_recommend]
impl<M, K, J, Left, Right> MatMulList<((), J), Left, Right> for (((), M), K) {
    type LeftInner = K;
    type RightInner = J;
    type Output = ((), M);
    #[inline(always)]
    fn matmul(self, _: ((), J)) -> ((), M) {
        self.0
    }
}
#[diagnostic::do_not_recommend]
impl<K, J, N, Left, Right> MatMulList<(((), J), N), Left, Right> for ((), K) {
    type LeftInner = K;
    type RightInner = J;
    type Output = ((), N);
    #[inline(always)]
    fn matmul(self, rhs: (((), J), N)) -> ((), N) {
        ((), rhs.1)
    }
}
#[diagnostic::do_not_recommend]
impl<M, K, J, N, Left, Right> MatMulList<(((), J), N), Left, Right> for (((), M), K) {
    type LeftInner = K;
    type RightInner = J;
    type Output = (((), M), N);
    #[inline(always)]
    fn matmul(self, rhs: (((), J), N)) -> (((), M), N) {
        (self.0, rhs.1)
    }
}

/// The two shapes have a matrix product.
///
/// NumPy's `matmul` for up to two axes; the inner axes are the same type, and none stretches.
pub trait MatMul<Rhs>: Shape {
    /// The shape of the product.
    type Output: Shape;
    /// The shape of the product, as a value.
    fn matmul(self, rhs: Rhs) -> Self::Output;
}
impl<Left: Shape, Right: Shape> MatMul<Right> for Left
where
    ListOf<Left>: MatMulList<ListOf<Right>, Left, Right, Output: ListTuple>,
    <ListOf<Left> as MatMulList<ListOf<Right>, Left, Right>>::LeftInner:
        InnerAxis<<ListOf<Left> as MatMulList<ListOf<Right>, Left, Right>>::RightInner, Left, Right>,
{
    type Output = TupleOf<<ListOf<Left> as MatMulList<ListOf<Right>, Left, Right>>::Output>;
    #[inline(always)]
    fn matmul(self, rhs: Right) -> Self::Output {
        self.into_list().matmul(rhs.into_list()).into_tuple()
    }
}
