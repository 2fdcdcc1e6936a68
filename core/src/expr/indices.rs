//! What can be used as indices: integers in memory.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use super::{Expr, Operand, Owned, Scalar};
use crate::element::{Integer, each_integer_type};
use crate::shape::{Dim, Dyn, Impossible, Shape};
use crate::storage::Storage;
use crate::tensor::{Array, Tensor, TensorView};

/// Indices along an axis: integers in a tensor, a slice or a `Vec` by reference, in an array by
/// reference or by value, or a single integer.
///
/// The indices have to be in memory, so that they are checked once, before anything is computed.
/// Call `.to_tensor()` on an expression of indices first.
///
/// ```
/// use shapewright::{Axis, Tensor, array, prelude::*, tensor};
/// let x = tensor![[1, 2], [3, 4], [5, 6]];
/// assert_eq!(x.take(Axis::<0>, [2, 0]).to_tensor(), tensor![[5, 6], [1, 2]]);
/// assert_eq!(x.take(Axis::<0>, &array![2u8]).to_tensor(), tensor![[5, 6]]);
/// let order: Vec<usize> = (0..3).rev().collect();
/// assert_eq!(x.take(Axis::<0>, &order[..2]).to_tensor().as_slice(), [5, 6, 3, 4]); // of run time
/// assert_eq!(x.take(Axis::<0>, -1).to_tensor(), tensor![5, 6]);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a tensor of indices",
    label = "expected integers in memory: a tensor by reference, such as `&indices`, or an array",
    note = "what is not computed yet is asked for by `.to_tensor()` or `.to_array()` first, and its integers are checked once; floats are converted by `.map(|x| x as usize)`, and of a mask the places that it admits are collected",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Axes\""
)]
pub trait Indices: Sized {
    /// The type of an index.
    type Elem: Integer;
    /// The shape of the tensor of indices.
    type Shape: Shape;
    /// The node that stands for the indices in an expression. Its elements are in memory.
    type Node: Expr<Elem = Self::Elem, Shape = Self::Shape>;
    /// Makes the node that stands for the indices in an expression.
    fn into_indices(self) -> Self::Node;
    /// The first index that is out of range: `admits` returns `false` for it.
    #[doc(hidden)]
    fn first_outside(&self, admits: impl Fn(Self::Elem) -> bool) -> Option<i128>;
}

/// The first of `indices` for which `admits` returns `false`.
#[inline]
fn outside<J: Integer>(indices: &[J], admits: impl Fn(J) -> bool) -> Option<i128> {
    // The fold checks all indices and does not stop at the first that is not admitted, because LLVM
    // vectorises a loop without an early exit.
    let all = indices.iter().fold(true, |all, &index| all & admits(index));
    if all {
        None
    } else {
        indices.iter().find(|&&index| !admits(index)).map(|&index| index.number())
    }
}

/// A view of `indices`, whose length is known at run time only.
fn of_run_time<J: Integer>(indices: &[J]) -> TensorView<'_, J, (Dyn,)> {
    TensorView::new(indices).unwrap_or_else(|_| unreachable!("a length of run time is any"))
}

#[diagnostic::do_not_recommend]
impl<J: Integer, K: Shape, B: Storage> Indices for &Tensor<J, K, B> {
    type Elem = J;
    type Shape = K;
    type Node = Self;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn into_indices(self) -> Self {
        self
    }
    #[inline]
    fn first_outside(&self, admits: impl Fn(J) -> bool) -> Option<i128> {
        match self.side_by_side() {
            Some(indices) => outside(indices, admits),
            None => self.iter().find(|&&index| !admits(index)).map(|&index| index.number()),
        }
    }
}
#[diagnostic::do_not_recommend]
impl<J: Integer, const N: usize> Indices for [J; N] {
    type Elem = J;
    type Shape = (Dim<N>,);
    type Node = Owned<Array<J, (Dim<N>,)>>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn into_indices(self) -> Self::Node {
        Owned(Array::from(self))
    }
    #[inline]
    fn first_outside(&self, admits: impl Fn(J) -> bool) -> Option<i128> {
        outside(self, admits)
    }
}
#[diagnostic::do_not_recommend]
impl<'i, J: Integer, const N: usize> Indices for &'i [J; N] {
    type Elem = J;
    type Shape = (Dim<N>,);
    type Node = Owned<TensorView<'i, J, (Dim<N>,)>>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn into_indices(self) -> Self::Node {
        Owned(TensorView::from(self))
    }
    #[inline]
    fn first_outside(&self, admits: impl Fn(J) -> bool) -> Option<i128> {
        outside(&self[..], admits)
    }
}
/// A slice of indices, the number of which is known at run time.
#[diagnostic::do_not_recommend]
impl<'i, J: Integer> Indices for &'i [J] {
    type Elem = J;
    type Shape = (Dyn,);
    type Node = Owned<TensorView<'i, J, (Dyn,)>>;
    #[inline]
    fn into_indices(self) -> Self::Node {
        Owned(of_run_time(self))
    }
    #[inline]
    fn first_outside(&self, admits: impl Fn(J) -> bool) -> Option<i128> {
        outside(&self[..], admits)
    }
}
/// A `Vec` of indices, the number of which is known at run time.
#[cfg(feature = "alloc")]
#[diagnostic::do_not_recommend]
impl<'i, J: Integer> Indices for &'i Vec<J> {
    type Elem = J;
    type Shape = (Dyn,);
    type Node = Owned<TensorView<'i, J, (Dyn,)>>;
    #[inline]
    fn into_indices(self) -> Self::Node {
        Owned(of_run_time(self))
    }
    #[inline]
    fn first_outside(&self, admits: impl Fn(J) -> bool) -> Option<i128> {
        outside(&self[..], admits)
    }
}
// There is an impl for each integer type. If there were one impl for all `J: Integer`, the compiler
// would report the unmet bound `Integer` for a type that is no index at all, and not the message of
// `Indices`.
macro_rules! one_index {
    ($($t:ident)*) => {$(
        /// A single index. The result does not have the axis along which the index is taken.
        #[diagnostic::do_not_recommend]
        impl Indices for $t {
            type Elem = $t;
            type Shape = ();
            type Node = Scalar<$t>;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn into_indices(self) -> Scalar<$t> {
                self.into_operand()
            }
            #[inline]
            fn first_outside(&self, admits: impl Fn($t) -> bool) -> Option<i128> {
                outside(&[*self], admits)
            }
        }
    )*};
}
each_integer_type! { one_index }

// These impls never apply, because nothing is `Impossible`. Thanks to them the compiler has several
// candidates for a tensor of floats or of `bool` and picks none. So the type of the result stays
// unknown, and later method calls on the result are not reported as further errors.
macro_rules! no_indices {
    ($($t:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<K: Shape + Impossible, B: Storage> Indices for &Tensor<$t, K, B> {
            type Elem = usize;
            type Shape = ();
            type Node = Scalar<usize>;
            fn into_indices(self) -> Scalar<usize> {
                unreachable!("nothing is `Impossible`")
            }
            fn first_outside(&self, _: impl Fn(usize) -> bool) -> Option<i128> {
                None
            }
        }
    )*};
}
no_indices! { f32 f64 bool }
