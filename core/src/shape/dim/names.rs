//! The names of axes: which axis a type names in a call, such as `x.mean_axis(Batch)`, and how a
//! name is printed.
//!
//! An axis names itself. The name of a run-time length, `Batch`, is not an axis: it names the axis
//! `Dyn<Batch>`.

use core::fmt;

use super::{Dim, Length, NamedLength, Size, Static};

/// A type that names an axis in a call: the axis itself, or the name of a run-time length.
pub trait NamesAxis {
    /// The axis.
    type Axis: Length;
}
/// The size of the name `D`, as a relation to the axis that `D` names: `D` itself if the size is
/// static, `Dyn<D>` if it is known at run time.
pub trait AxisOf<D> {
    /// The axis.
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

/// Writes the name, and the length if it is known: `Batch = 32`, as [`Dyn`] does.
#[doc(hidden)]
pub fn name_and_length<D: NamedLength>(f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(D::NAME)?;
    match D::Size::STATIC {
        Some(len) => write!(f, " = {len}"),
        None => Ok(()),
    }
}
