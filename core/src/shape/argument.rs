//! What stands for an axis in a call: a position, the name of a length, or several in a tuple.

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

/// Which way an argument names an axis.
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

/// What can stand for an axis in a call: [`Axis<I>`](Axis), a length's own name, or a tuple of
/// them.
///
/// The kind tells the compiler which impl of the relations below is meant, so that it has one to
/// report.
pub trait AxisArg {
    /// Which way it names the axis.
    type Kind;
}
#[diagnostic::do_not_recommend]
impl<const I: isize> AxisArg for Axis<I> {
    type Kind = kind::Position;
}
