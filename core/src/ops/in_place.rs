//! The in-place operators `+= -= *= /= %= &= |= ^=`: the tensor on the left never changes its shape.

use core::ops::{
    AddAssign, BitAndAssign, BitOrAssign, BitXorAssign, DivAssign, MulAssign, RemAssign, SubAssign,
};

use crate::broadcast::BroadcastTo;
use crate::element::{Bitwise, Numeric};
use crate::expr::Operand;
use crate::shape::Shape;
use crate::storage::StorageMut;
use crate::tensor::Tensor;

macro_rules! in_place {
    ($($operator:ident::$method:ident, $element:ident::$apply:ident;)*) => {$(
        impl<T: $element, S: Shape, B: StorageMut, R: Operand<T, Shape: BroadcastTo<S>>> $operator<R> for Tensor<T, S, B> {
            #[inline]
            fn $method(&mut self, rhs: R) {
                self.update(rhs, T::$apply);
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
