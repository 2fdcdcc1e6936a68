//! Fills a part of a destination with one element.

use super::loops::Loops;
use crate::axes::PerAxis;
use crate::read::Strides;

/// Writes `value` to every element that `to` reaches, of an array of lengths `lens`.
///
/// Lengths and strides are values, so this is compiled once per element type.
///
/// # Safety
/// `to` reaches an element at each index of these lengths, exclusively.
pub(crate) unsafe fn fill<T: Copy>(to: Strides<*mut T>, lens: PerAxis<usize>, value: T) {
    let (loops, run) =
        Loops::over(lens.into_iter().zip(to.strides).map(|(len, stride)| (len, [stride])));
    if run == 0 || loops.are_empty() {
        return;
    }
    loops.each(|[place]| {
        let first = to.at.wrapping_offset(place);
        for k in 0..run {
            // SAFETY: `run` elements are contiguous from this index on.
            unsafe { first.wrapping_add(k).write(value) };
        }
    });
}
