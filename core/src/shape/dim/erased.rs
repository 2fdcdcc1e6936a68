//! The length that stands for every length, static or not, in code that different shapes share.

use super::{Extent, Length, Nameless, NamesAxis, RunTime, sealed};
use crate::shape::{AxisArg, Yes, kind};

/// A length that is held as a number and stands for any length. Code that many shapes share is
/// compiled for shapes whose lengths are all `Run`. `Run` has no name, and no code checks that two
/// `Run` lengths are equal, because the lengths that they stand for have been compared already.
#[derive(Clone, Copy, Debug)]
pub struct Run(pub(crate) usize);
#[diagnostic::do_not_recommend]
impl sealed::Extent for Run {
    type IsLength = Yes;
    type PartName = Nameless;
    const KNOWN: Option<Self> = None;
    type Erased = Run;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn erased(self) -> Run {
        self
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn with_len(len: usize) -> Self {
        Run(len)
    }
}
#[diagnostic::do_not_recommend]
impl Extent for Run {
    type Size = RunTime;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn len(self) -> usize {
        self.0
    }
}
#[diagnostic::do_not_recommend]
impl sealed::Length for Run {}
#[diagnostic::do_not_recommend]
impl NamesAxis for Run {
    type Axis = Self;
}
#[diagnostic::do_not_recommend]
impl Length for Run {}
#[diagnostic::do_not_recommend]
impl AxisArg for Run {
    type Kind = kind::Name;
}
