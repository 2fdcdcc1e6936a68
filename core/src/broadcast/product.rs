//! The shapes of a matrix product and of its operands.
//!
//! The list of the left operand is `((L, M), K)`, where `L` is the list of its batch axes. That of
//! the right operand is `((R, K), N)`, with the batch axes `R`. The list of a vector is `((), K)`.
//!
//! | left | right | result |
//! |---|---|---|
//! | `(K,)` | `(K,)` | `()` |
//! | `(L.., M, K)` | `(K,)` | `(L.., M)` |
//! | `(K,)` | `(R.., K, N)` | `(R.., N)` |
//! | `(L.., M, K)` | `(R.., K, N)` | `(joined batches.., M, N)` |

use super::{AdmittedBy, JoinList, Neither, NoAxis, Side, Strict};
use crate::shape::{
    Extent, FromEnd, KnownAxes, KnownListAfter, KnownListOf, ListAfter, ListOf, ListTuple, Shape,
    TupleOf, beyond,
};

/// `Self` and `Rhs`, the inner axes of a matrix product, are the same. `Left` and `Right`, the
/// shapes of the operands, are for the message only.
#[diagnostic::on_unimplemented(
    message = "cannot multiply `{Left}` by `{Right}`: the inner axis is {Self} on the left, {Rhs} on the right",
    label = "inner axis: `{Self}` does not match `{Rhs}`",
    note = "`(m, k)` times `(k, n)` gives `(m, n)`; a transposed operand is turned by `.t()`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Products\""
)]
pub trait InnerAxis<Rhs, Left, Right> {
    /// Always `L`, a list of other axes. The compiler can resolve this only where the inner axes
    /// match, so a mismatch is reported once, and batches that differ are not reported with it.
    type Beyond<L>;
    /// `list` itself, with the type `Beyond<L>`.
    fn beyond<L>(list: L) -> Self::Beyond<L>;
}
#[diagnostic::do_not_recommend]
impl<K: Extent, Left, Right> InnerAxis<K, Left, Right> for K {
    beyond!();
}

/// An operand without axes has no matrix product. No type implements this trait, so the bound
/// `NoAxis: TakesProduct<..>` always fails, with the message below.
#[diagnostic::on_unimplemented(
    message = "cannot multiply `{Left}` by `{Right}`: a matrix product takes at least one axis on each side",
    label = "a tensor without axes has no matrix product",
    note = "to multiply by a number write `a * b`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Products\""
)]
pub trait TakesProduct<Left, Right> {
    /// Never used, because no type implements this trait.
    type Output;
    /// Never used, because no type implements this trait.
    type Sides: Side;
    /// Never used, because no type implements this trait.
    fn matmul() -> Self::Output;
}

/// The lists `Lhs` and `Self` of two operands have a matrix product. One axis makes a vector, two
/// make a matrix, and axes before the last two are batches, which broadcast.
///
/// `Self` is the right list, so that the compiler waits while the type of the right operand is not
/// inferred yet, and does not pick an impl too early.
pub trait MatMulList<Lhs, Left, Right> {
    /// The list of the shape of the product.
    type Output;
    /// The sides whose batch axes stretch.
    type Sides: Side;
    /// The list of the shape of the product, as a value.
    fn matmul(self, lhs: Lhs) -> Self::Output;
}
impl<K: InnerAxis<J, Left, Right>, J, Left, Right> MatMulList<((), K), Left, Right> for ((), J) {
    type Output = K::Beyond<()>;
    type Sides = Neither;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn matmul(self, _: ((), K)) -> Self::Output {
        K::beyond(())
    }
}
impl<L, M, K: InnerAxis<J, Left, Right>, J, Left, Right> MatMulList<((L, M), K), Left, Right>
    for ((), J)
{
    type Output = K::Beyond<(L, M)>;
    type Sides = Neither;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn matmul(self, lhs: ((L, M), K)) -> Self::Output {
        K::beyond(lhs.0)
    }
}
impl<K: InnerAxis<J, Left, Right>, R, J, N, Left, Right> MatMulList<((), K), Left, Right>
    for ((R, J), N)
{
    type Output = K::Beyond<(R, N)>;
    type Sides = Neither;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn matmul(self, _: ((), K)) -> Self::Output {
        K::beyond((self.0.0, self.1))
    }
}
impl<L, M, K, R, J, N, Left, Right> MatMulList<((L, M), K), Left, Right> for ((R, J), N)
where
    K: InnerAxis<J, Left, Right>,
    K::Beyond<R>: JoinList<L, Left, Right, FromEnd<-3>>,
{
    type Output = ((<K::Beyond<R> as JoinList<L, Left, Right, FromEnd<-3>>>::Output, M), N);
    type Sides = <K::Beyond<R> as JoinList<L, Left, Right, FromEnd<-3>>>::Sides;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn matmul(self, ((l, m), _): ((L, M), K)) -> Self::Output {
        ((K::beyond(self.0.0).join(l), m), self.1)
    }
}

macro_rules! no_axis {
    ([$($parameter:ident),*], $left:ty, $right:ty) => {
        impl<$($parameter,)* Left, Right> MatMulList<$left, Left, Right> for $right
        where
            NoAxis: TakesProduct<Left, Right>,
        {
            type Output = <NoAxis as TakesProduct<Left, Right>>::Output;
            type Sides = <NoAxis as TakesProduct<Left, Right>>::Sides;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn matmul(self, _: $left) -> Self::Output {
                <NoAxis as TakesProduct<Left, Right>>::matmul()
            }
        }
    };
}
no_axis!([R], (), R);
no_axis!([L, K], (L, K), ());

type ProductRelation<Left, Right> =
    <KnownListAfter<Left, Right> as MatMulList<KnownListOf<Left>, Left, Right>>::Output;
type ProductSides<Left, Right> =
    <KnownListAfter<Left, Right> as MatMulList<KnownListOf<Left>, Left, Right>>::Sides;

/// The shapes `Left` and `Self` have a matrix product under the mode `M`.
///
/// As NumPy's `matmul`, but stricter: the inner axes must be the same type, so neither stretches.
/// Batch axes broadcast as the shapes of an operator's operands do.
pub trait MatMul<Left, M = Strict>: Shape {
    /// The shape of the product.
    type Output: Shape;
    /// The shape of the product, as a value.
    fn matmul(self, lhs: Left) -> <Self as MatMul<Left, M>>::Output;
}
impl<Left: Shape, Right: Shape, M> MatMul<Left, M> for Right
where
    ListOf<Left>: KnownAxes<Left>,
    ListAfter<Left, Right>: KnownAxes<Right>,
    KnownListAfter<Left, Right>: MatMulList<KnownListOf<Left>, Left, Right, Output: ListTuple>,
    ProductSides<Left, Right>: AdmittedBy<M, Left, Right>,
{
    type Output = <ProductSides<Left, Right> as AdmittedBy<M, Left, Right>>::Then<
        TupleOf<ProductRelation<Left, Right>>,
    >;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn matmul(self, lhs: Left) -> <Self as MatMul<Left, M>>::Output {
        let rhs = ListOf::<Left>::then(self.into_list()).known();
        ProductSides::<Left, Right>::then(rhs.matmul(lhs.into_list().known()).into_tuple())
    }
}
