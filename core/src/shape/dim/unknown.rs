//! The size of lengths that are known at run time.

use super::{Size, sealed};
use crate::shape::{No, kind};

/// The size of a length that is known at run time, such as the length with the name that `dim!(pub
/// Batch)` declares.
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
    type Renamed<Old, New, From, To, const AXIS: isize> = Self;
}
#[diagnostic::do_not_recommend]
impl Size for RunTime {
    const STATIC: Option<usize> = None;
    type Array<T: Copy> = Nowhere;
}

/// The inline array of a length that is known only at run time. Such an array cannot exist, so this
/// type has no values.
#[derive(Clone, Copy, Debug)]
pub enum Nowhere {}
