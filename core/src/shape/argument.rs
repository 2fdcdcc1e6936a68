//! What a call passes to name axes: a position, the name of a length, or a tuple of these.

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

/// The ways in which an argument names axes, as types.
pub mod kind {
    /// The argument is a position: `Axis<I>`.
    #[derive(Debug)]
    pub struct Position;
    /// The argument is the type or the name of an axis: `Batch`.
    #[derive(Debug)]
    pub struct Name;
    /// The argument is a tuple that names several axes.
    #[derive(Debug)]
    pub struct Several;
}

/// An argument that names axes: [`Axis<I>`](Axis), a length's own name, or a tuple of these.
///
/// Relations of axes are implemented for the kind, so that the compiler knows which impl a call
/// needs, and reports which bound of that impl fails.
pub trait AxisArg {
    /// The way in which the argument names axes: a type of the module [`kind`].
    type Kind;
}
#[diagnostic::do_not_recommend]
impl<const I: isize> AxisArg for Axis<I> {
    type Kind = kind::Position;
}
