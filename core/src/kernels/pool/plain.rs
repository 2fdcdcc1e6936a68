//! Pooling window by window, without memory for intermediate results, for targets without vectors.

use super::Pool;
use crate::element::{Numeric, StandIn};
use crate::kernels::images::{Images, Windows};

/// Does the work of [`pool`](super::pool). The results have the same bits, because here too each
/// column of a window is folded before the columns are combined.
///
/// # Safety
/// The caller keeps the contract of [`pool`](super::pool).
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn pool<T: Numeric, P: Pool<<T as StandIn>::Numeric>>(
    pool: P,
    data: Images<*const T>,
    [images, channels, height, width]: [usize; 4],
    to: Images<*mut T>,
    windows: [usize; 2],
    how: Windows,
) {
    let ([kernel_rows, kernel], [stride_rows, stride]) = (how.kernel, how.stride);
    for image in 0..images {
        for channel in 0..channels {
            for row in 0..windows[0] {
                // The windows of row `row` cover rows `top..bottom` of the image, besides rows of
                // the padding.
                let top = (row * stride_rows).saturating_sub(how.pad[0]);
                let bottom =
                    (row * stride_rows + kernel_rows).saturating_sub(how.pad[0]).min(height);
                for column in 0..windows[1] {
                    let (mut folded, mut inside) = (P::IDENTITY, 0);
                    for j in 0..kernel {
                        let mut of_column = P::IDENTITY;
                        // Left of the image, the subtraction wraps, and `x` is a number that is
                        // larger than any column.
                        let x = (column * stride + j).wrapping_sub(how.pad[1]);
                        if x < width {
                            inside += 1;
                            for y in top..bottom {
                                // SAFETY: `y` is less than `bottom`, which is at most `height`, and
                                // `x` is less than `width`, so the caller promises that there is an
                                // element.
                                let element =
                                    unsafe { data.element([image, channel, y, x]).read() };
                                of_column = P::both(of_column, element.numeric());
                            }
                        }
                        folded = P::both(folded, of_column);
                    }
                    let taps = bottom.saturating_sub(top) * inside;
                    let result = T::of_numeric(pool.finish(folded, taps, kernel_rows * kernel));
                    // SAFETY: `row` and `column` are less than the numbers of windows, so the
                    // caller promises that there is an element.
                    unsafe { to.element([image, channel, row, column]).write(result) };
                }
            }
        }
    }
}
