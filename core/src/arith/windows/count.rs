//! The number of windows, by values.

/// The number of elements that a window reaches over. `None` if it has no elements, or if the
/// numbers overflow.
pub(crate) const fn reach(window: usize, dilation: usize) -> Option<usize> {
    if window == 0 || dilation == 0 {
        return None;
    }
    match dilation.checked_mul(window - 1) {
        Some(past) => past.checked_add(1),
        None => None,
    }
}

/// The length `len` with a padding of `pad` at each end, or `None` if it overflows.
pub(crate) const fn padded(len: usize, pad: usize) -> Option<usize> {
    match pad.checked_mul(2) {
        Some(padding) => len.checked_add(padding),
        None => None,
    }
}

/// The number of windows over an axis of length `len`: 0 if the window is longer. `None` if the
/// window has no elements or does not move, or if the numbers overflow.
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
