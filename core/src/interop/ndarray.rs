//! Conversions between `ndarray` and tensors. A view of one library becomes a view of the other, of
//! the same elements with the same strides. Only types that own their elements get a copy.
//!
//! The number of axes is checked by types, except for `IxDyn`; lengths are compared at run time.
//! Conversions to `ndarray` cannot fail.

use ndarray::{Ix0, Ix1, Ix2, Ix3, Ix4, Ix5, Ix6, IxDyn};

mod given;
mod taken;

/// `D` is the `ndarray` dimension type for arrays whose lengths have the type `Self`. `S` is the
/// shape, for the error message.
#[diagnostic::on_unimplemented(
    message = "a tensor of shape `{S}` is no `ndarray` array of dimension `{D}`",
    label = "not of as many axes as the shape",
    note = "shapes of up to 6 axes are of dimension `Ix0` to `Ix6`, those of 7 and 8 axes of `IxDyn`; where `IxDyn` is needed, write `.into_dyn()` behind: `ArrayView::from(&x).into_dyn()`",
    note = "more in the docs: `shapewright::containers`, \"ndarray\""
)]
pub trait HasDimension<D, S> {
    /// The lengths, or strides, as `ndarray` stores them.
    fn dimension(self) -> D;
}

macro_rules! dimensions {
    ($($rank:literal $dimension:ident),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<S> HasDimension<$dimension, S> for [usize; $rank] {
            fn dimension(self) -> $dimension {
                ndarray::Dim(self)
            }
        }
    )*};
}
dimensions!(0 Ix0, 1 Ix1, 2 Ix2, 3 Ix3, 4 Ix4, 5 Ix5, 6 Ix6);

macro_rules! more_axes {
    ($($rank:literal),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<S> HasDimension<IxDyn, S> for [usize; $rank] {
            fn dimension(self) -> IxDyn {
                IxDyn(&self)
            }
        }
    )*};
}
more_axes!(7, 8);
