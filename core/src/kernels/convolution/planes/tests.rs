//! Numbers that overflow. Tests of what is computed are in `tests/random_convolutions.rs`.

use super::{Convolution, fits};
use crate::kernels::images::{Images, Windows};

/// Whether planes of images of these lengths fit, by windows of one element, with this stride and padding.
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
    // A quarter, and a half, of the numbers that there are, and all of them and 0 more.
    let half = usize::BITS / 2;
    assert!(!fit([1 << half, 1 << (half - 2), 1], 1, 0));
    assert!(!fit([1 << half, 1 << (half - 1), 1], 1, 0));
    assert!(!fit([1 << half, 1 << half, 1], 1, 0));
    // Of images without rows there is nothing but the padding: 2^20 by 2^13 of it for each channel, and the
    // channels make it 2^64.
    #[cfg(target_pointer_width = "64")]
    assert!(!fit([1 << 30, 0, (1 << 23) - 1024], 1024, 512));
    assert!(!fit([1, usize::MAX - 1, 1], 1, 1));
}
