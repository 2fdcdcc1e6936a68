//! The size of lengths that are known at run time.

use super::{Size, sealed};
use crate::shape::{No, kind};

/// The size of a length that is known at run time: the size of a name that `dim!(pub Batch)`
/// declares without a number.
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

/// The inline array of a length that no type knows. There is none, so this type has no value.
#[derive(Clone, Copy, Debug)]
pub enum Nowhere {}
