//! Lengths that are known at run time, for tests alone: code that is compiled once then covers
//! every length.

use super::{Extent, Length, Size, sealed};
use crate::shape::{AxisArg, No, Yes, kind};

/// The size of such a length. Nothing is stored inline by it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unknown;
impl sealed::Size for Unknown {
    type Kind = kind::Name;
    type IsStatic = No;
}
impl Size for Unknown {
    const STATIC: Option<usize> = None;
    type Array<T: Copy> = [T; 0];
}

/// A length that its value holds. Two of the same `ID` match whatever they hold: a test that
/// combines two sees to it that they hold the same, as all unsafe code relies on it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run<const ID: usize>(pub(crate) usize);
impl<const ID: usize> sealed::Extent for Run<ID> {
    type IsLength = Yes;
}
impl<const ID: usize> Extent for Run<ID> {
    type Size = Unknown;
    #[inline(always)]
    fn len(self) -> usize {
        self.0
    }
}
impl<const ID: usize> sealed::Length for Run<ID> {}
impl<const ID: usize> Length for Run<ID> {}
impl<const ID: usize> AxisArg for Run<ID> {
    type Kind = kind::Name;
}
