//! Fills a part of a destination with one element.

use super::loops::Loops;
use crate::axes::PerAxis;
use crate::read::Strides;

/// Writes `value` to every element of `to`, an array of lengths `lens`.
///
/// Lengths and strides are values, so this function is compiled once per element type.
///
/// # Safety
/// The strides of `to` lead to an element at each index of `lens`, and nothing else accesses these
/// elements.
pub(crate) unsafe fn fill<T: Copy>(to: Strides<*mut T>, lens: PerAxis<usize>, value: T) {
    let (loops, run) =
        Loops::over(lens.into_iter().zip(to.strides).map(|(len, stride)| (len, [stride])));
    if run == 0 || loops.are_empty() {
        return;
    }
    loops.each(|[place]| {
        let first = to.at.wrapping_offset(place);
        for k in 0..run {
            // SAFETY: `run` elements of `to` are contiguous from `first` on, and `k` is below
            // `run`.
            unsafe { first.wrapping_add(k).write(value) };
        }
    });
}
