//! The names of axes: which axis a type names in a call such as `x.mean_axis(Batch)`, and how a
//! name is printed.
//!
//! An axis is named by its own type. A name that `dim!(pub Batch)` declares without a length is not
//! an axis: `Batch` names the axis `Dyn<Batch>`.

use core::fmt;

use super::{Dim, Length, NamedLength, Size, Static};

/// A type that names an axis in a call: the axis itself, or the name of a run-time length.
pub trait NamesAxis {
    /// The axis that the type names.
    type Axis: Length;
}
/// Maps a name `D`, whose size is `Self`, to the axis that `D` names: `D` itself if the size is
/// static, and `Dyn<D>` if the size is [`RunTime`](super::RunTime).
pub trait AxisOf<D> {
    /// The axis that the type names.
    type Axis: Length;
}
#[diagnostic::do_not_recommend]
impl<D: NamedLength<Size = Self>, const N: usize> AxisOf<D> for Static<N> {
    type Axis = D;
}
#[diagnostic::do_not_recommend]
impl<D: NamedLength<Size: AxisOf<D>>> NamesAxis for D {
    type Axis = <D::Size as AxisOf<D>>::Axis;
}
#[diagnostic::do_not_recommend]
impl<const N: usize> NamesAxis for Dim<N> {
    type Axis = Self;
}

/// Writes the name, and the length if it is static, as in `Batch = 32`. `Dyn` writes its name and
/// length in the same form.
#[doc(hidden)]
pub fn name_and_length<D: NamedLength>(f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(D::NAME)?;
    match D::Size::STATIC {
        Some(len) => write!(f, " = {len}"),
        None => Ok(()),
    }
}
