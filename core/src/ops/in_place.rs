//! The in-place operators `+= -= *= /= %= &= |= ^=`: the tensor on the left never changes its shape.

use core::ops::{
    AddAssign, BitAndAssign, BitOrAssign, BitXorAssign, DivAssign, MulAssign, RemAssign, SubAssign,
};

use crate::broadcast::BroadcastTo;
use crate::element::{Bitwise, Element, Numeric};
use crate::expr::{Expr, Lazy, Operand};
use crate::shape::Shape;
use crate::storage::{Storage, StorageMut};
use crate::tensor::Tensor;

/// An operand of this shape can update a tensor of shape `S` in storage `B`.
///
/// That the storage can be written to is asked of the operand, so that the compiler finds the operator first, and then says what is
/// wrong in our words.
pub trait Updates<T: Element, S: Shape, B: Storage>: Shape {
    /// Replaces each element by `op` of itself and the element of `rhs`.
    fn update<R: Operand<T, Shape = Self>>(
        tensor: &mut Tensor<T, S, B>,
        rhs: R,
        op: impl Fn(T, T) -> T + Sync,
    );
}
impl<From: BroadcastTo<S>, T: Element, S: Shape, B: StorageMut> Updates<T, S, B> for From {
    #[inline(always)]
    fn update<R: Operand<T, Shape = Self>>(
        tensor: &mut Tensor<T, S, B>,
        rhs: R,
        op: impl Fn(T, T) -> T + Sync,
    ) {
        tensor.update(rhs, op);
    }
}

/// An operand that can update an expression of shape `S`: there is none.
#[diagnostic::on_unimplemented(
    message = "an expression of shape `{S}` cannot be updated in place: it is not computed yet",
    label = "a lazy expression",
    note = "name a destination first, with `.to_tensor()` or `.to_array()`, and update that; or write the operation into the expression",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Receivers\""
)]
pub trait UpdatesExpression<S> {
    /// Cannot be called.
    fn refused() -> !;
}

macro_rules! in_place {
    ($($operator:ident::$method:ident, $element:ident::$apply:ident;)*) => {$(
        impl<T: $element, S: Shape, B: Storage, R: Operand<T, Shape: Updates<T, S, B>>> $operator<R> for Tensor<T, S, B> {
            #[inline]
            fn $method(&mut self, rhs: R) {
                R::Shape::update(self, rhs, T::$apply);
            }
        }
        impl<E: Expr, R: Operand<E::Elem, Shape: UpdatesExpression<E::Shape>>> $operator<R> for Lazy<E> {
            fn $method(&mut self, _: R) {
                R::Shape::refused()
            }
        }
    )*};
}
in_place! {
    AddAssign::add_assign, Numeric::plus;
    SubAssign::sub_assign, Numeric::minus;
    MulAssign::mul_assign, Numeric::times;
    DivAssign::div_assign, Numeric::divided;
    RemAssign::rem_assign, Numeric::remainder;
    BitAndAssign::bitand_assign, Bitwise::and;
    BitOrAssign::bitor_assign, Bitwise::or;
    BitXorAssign::bitxor_assign, Bitwise::xor;
}
