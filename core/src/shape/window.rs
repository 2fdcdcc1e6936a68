//! A window that slides along an axis. Its length, stride and dilation are known at compile time.

/// A window that [`windows`](crate::ops::Sliding::windows) slides along an axis. It has `LEN`
/// elements, `DILATION` indices apart, and it moves by `STRIDE` indices at a time. By default the
/// elements of a window are neighbours, and so are the starts of successive windows.
///
/// ```
/// use shapewright::{Axis, Window, array, prelude::*};
/// let x = array![0, 1, 2, 3, 4, 5];
/// assert_eq!(x.windows(Axis::<0>, Window::<4>).to_array(), array![[0, 1, 2, 3], [1, 2, 3, 4], [2, 3, 4, 5]]);
/// assert_eq!(x.windows(Axis::<0>, Window::<3, 3>).to_array(), array![[0, 1, 2], [3, 4, 5]]);
/// assert_eq!(x.windows(Axis::<0>, Window::<3, 1, 2>).to_array(), array![[0, 2, 4], [1, 3, 5]]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window<const LEN: usize, const STRIDE: usize = 1, const DILATION: usize = 1>;
