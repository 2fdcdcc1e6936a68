//! The number of windows over an axis, computed from numbers. `windows.rs` computes the same number
//! in types.

/// The number of indices that a window reaches over, from its first element to its last. The window
/// has `window` elements, which are `dilation` indices apart. `None` if `window` or `dilation` is
/// 0, or if the result overflows.
pub(crate) const fn reach(window: usize, dilation: usize) -> Option<usize> {
    if window == 0 || dilation == 0 {
        return None;
    }
    match dilation.checked_mul(window - 1) {
        Some(past) => past.checked_add(1),
        None => None,
    }
}

/// The length `len + 2 * pad` of an axis with `pad` elements of padding at each end, or `None` if
/// it overflows.
pub(crate) const fn padded(len: usize, pad: usize) -> Option<usize> {
    match pad.checked_mul(2) {
        Some(padding) => len.checked_add(padding),
        None => None,
    }
}

/// The number of windows over an axis of length `len` with `pad` elements of padding at each end: 0
/// if the window is longer than the padded axis. `None` if `window`, `stride` or `dilation` is 0,
/// or if an intermediate result overflows.
pub(crate) const fn count(
    len: usize,
    window: usize,
    stride: usize,
    pad: usize,
    dilation: usize,
) -> Option<usize> {
    match (padded(len, pad), reach(window, dilation)) {
        (Some(padded), Some(reach)) if stride > 0 => {
            Some(if padded < reach { 0 } else { (padded - reach) / stride + 1 })
        }
        _ => None,
    }
}
