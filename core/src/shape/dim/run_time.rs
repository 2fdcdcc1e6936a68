//! Lengths that are known at run time: an evaluation that all lengths share has them as values.

use super::{Extent, Length, Size, sealed};
use crate::shape::{AxisArg, No, Yes, kind};

/// The size of such a length. Nothing is stored inline by it.
#[derive(Clone, Copy, Debug)]
pub struct Unknown;
#[diagnostic::do_not_recommend]
impl sealed::Size for Unknown {
    type Kind = kind::Name;
    type IsStatic = No;
}
#[diagnostic::do_not_recommend]
impl Size for Unknown {
    const STATIC: Option<usize> = None;
    type Array<T: Copy> = [T; 0];
}

/// A length that its value holds. Two of the same `ID` match whatever they hold: shapes that have
/// them are made of shapes that match already, and a test that combines two sees to it that they
/// hold the same, as all unsafe code relies on it.
#[derive(Clone, Copy, Debug)]
pub struct Run<const ID: usize>(pub(crate) usize);
#[diagnostic::do_not_recommend]
impl<const ID: usize> sealed::Extent for Run<ID> {
    type IsLength = Yes;
    type Erased = Run<0>;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn erased(self) -> Run<0> {
        Run(self.0)
    }
    #[cfg(feature = "rayon")]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn with_len(self, len: usize) -> Self {
        Run(len)
    }
}
#[diagnostic::do_not_recommend]
impl<const ID: usize> Extent for Run<ID> {
    type Size = Unknown;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn len(self) -> usize {
        self.0
    }
}
#[diagnostic::do_not_recommend]
impl<const ID: usize> sealed::Length for Run<ID> {}
#[diagnostic::do_not_recommend]
impl<const ID: usize> Length for Run<ID> {}
#[diagnostic::do_not_recommend]
impl<const ID: usize> AxisArg for Run<ID> {
    type Kind = kind::Name;
}
