//! The size of what no type knows the length of.

use super::{Size, sealed};
use crate::shape::{No, kind};

/// The size of a length that is known at run time: what `dim!(pub Batch)` gives a name without a
/// number.
///
/// ```
/// use shapewright::{RunTime, Size};
/// assert_eq!(RunTime::STATIC, None);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct RunTime;
#[diagnostic::do_not_recommend]
impl sealed::Size for RunTime {
    type Kind = kind::Name;
    type IsStatic = No;
}
#[diagnostic::do_not_recommend]
impl Size for RunTime {
    const STATIC: Option<usize> = None;
    type Array<T: Copy> = Nowhere;
}

/// Inline memory of a length that no type knows: there is none, nor a value of this.
#[derive(Clone, Copy, Debug)]
pub enum Nowhere {}
