//! What a call passes to name an axis: a position, the name of a length, or a tuple of several.

/// An axis by position: `Axis::<0>` is the first, `Axis::<-1>` the last.
///
/// ```
/// use shapewright::{prelude::*, tensor};
/// let x = tensor![[1.0, 2.0], [3.0, 6.0]];
/// assert_eq!(x.sum_axis(Axis::<0>).to_tensor(), tensor![4.0, 8.0]);
/// assert_eq!(x.sum_axis(Axis::<-1>).to_tensor(), tensor![3.0, 9.0]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Axis<const I: isize>;

/// The ways in which an argument names axes.
pub mod kind {
    /// By position: `Axis<I>`.
    #[derive(Debug)]
    pub struct Position;
    /// By the axis's own type, or its name: `Batch`.
    #[derive(Debug)]
    pub struct Name;
    /// Several, in a tuple.
    #[derive(Debug)]
    pub struct Several;
}

/// An argument that names an axis: [`Axis<I>`](Axis), a length's own name, or a tuple of them.
///
/// Relations of axes are implemented for the kind, so that the compiler knows which impl is meant
/// and reports what that one lacks.
pub trait AxisArg {
    /// The way in which the argument names the axis.
    type Kind;
}
#[diagnostic::do_not_recommend]
impl<const I: isize> AxisArg for Axis<I> {
    type Kind = kind::Position;
}
