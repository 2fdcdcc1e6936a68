//! `ndarray`: its views are views here, and the other way round, by the same strides; nothing is
//! copied but to what owns its elements.
//!
//! How many axes there are, types tell, but for `IxDyn`; lengths are compared. Towards `ndarray`
//! nothing can fail.

use ndarray::{Ix0, Ix1, Ix2, Ix3, Ix4, Ix5, Ix6, IxDyn};

mod given;
mod taken;

/// The dimension `D` in `ndarray` of arrays with lengths of this type, those of the shape `S`.
#[diagnostic::on_unimplemented(
    message = "a tensor of shape `{S}` is no `ndarray` array of dimension `{D}`",
    label = "not of as many axes as the shape",
    note = "shapes of up to 6 axes are of dimension `Ix0` to `Ix6`, those of 7 and 8 axes of `IxDyn`; where `IxDyn` is needed, write `.into_dyn()` behind: `ArrayView::from(&x).into_dyn()`",
    note = "more in the docs: `shapewright::containers`, \"ndarray\""
)]
pub trait HasDimension<D, S> {
    /// The lengths, or strides, as `ndarray` has them.
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
