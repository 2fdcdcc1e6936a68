//! Tests that [`fits`] rejects sizes that overflow. `tests/tests/random_convolutions.rs` tests
//! results.

use super::{Convolution, fits};
use crate::kernels::images::{Images, Windows};

/// Whether the planes of images with these lengths fit in memory, for windows of one element with
/// stride `stride` and padding `pad`.
fn fit([channels, height, width]: [usize; 3], stride: usize, pad: usize) -> bool {
    let windows = |len: usize| len.saturating_add(2 * pad).saturating_sub(1) / stride + 1;
    let nowhere = core::ptr::null();
    fits(&Convolution::<f32> {
        data: Images { at: nowhere, strides: [0; 4] },
        weight: Images { at: nowhere, strides: [0; 4] },
        bias: None,
        to: Images { at: core::ptr::null_mut(), strides: [0; 4] },
        data_lens: [1, channels, height, width],
        outputs: 1,
        windows: [windows(height), windows(width)],
        how: Windows {
            kernel: [1, 1],
            stride: [stride, stride],
            pad: [pad, pad],
            dilation: [1, 1],
            groups: 1,
        },
    })
}

#[test]
fn planes_are_counted_without_overflow() {
    assert!(fit([1, 1, 1], 1, 0));
    assert!(fit([512, 7, 7], 1, 1));
    assert!(fit([3, 4096, 4096], 2, 3));
    assert!(fit([1 << 20, 0, 0], 1, 1));
    // The lengths multiply to a quarter and a half of `2^usize::BITS`, and to that number itself,
    // which wraps to 0.
    let half = usize::BITS / 2;
    assert!(!fit([1 << half, 1 << (half - 2), 1], 1, 0));
    assert!(!fit([1 << half, 1 << (half - 1), 1], 1, 0));
    assert!(!fit([1 << half, 1 << half, 1], 1, 0));
    // Images without rows consist of padding only. With a stride of 1024 a channel has 2^20 planes,
    // one for each phase (see `layout.rs`), of 2^13 elements. So 2^30 channels have 2^63 elements.
    #[cfg(target_pointer_width = "64")]
    assert!(!fit([1 << 30, 0, (1 << 23) - 1024], 1024, 512));
    assert!(!fit([1, usize::MAX - 1, 1], 1, 1));
}
