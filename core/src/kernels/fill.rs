//! Filling a part of a destination with one element.

use super::loops::Loops;
use crate::axes::PerAxis;
use crate::read::Strides;

/// Writes `value` to each element of lengths `lens` that `to` reaches.
///
/// Lengths and strides are values here, so this is compiled once for an element type.
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
            // SAFETY: it is the element at an index: `run` of them lie side by side from there on.
            unsafe { first.wrapping_add(k).write(value) };
        }
    });
}
