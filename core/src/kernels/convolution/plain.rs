//! Convolutions by loops over elements, for any element type, without memory for intermediate
//! results. They compute what `planes` does not, and everything where there is no allocator. Halves
//! are summed in `f32`.
//!
//! ```text
//! for each image, output channel, row of windows, and 8 windows of that row:
//!     sums = bias
//!     for each tap: sums[k] += element * weight, if the element is in the image
//! ```

use super::Convolution;
use crate::element::{Element, Numeric, StandIn};
use crate::run::dispatch;

/// The number of windows of a row that are summed at a time.
const WIDTH: usize = 8;

/// Computes `convolution`.
///
/// # Safety
/// As [`Convolution`] says.
#[inline(never)]
pub(super) unsafe fn convolve<T: Numeric>(convolution: Convolution<T>) {
    dispatch::run(
        #[cfg_attr(not(unoptimised), inline(always))]
        || {
            for image in 0..convolution.data_lens[0] {
                for output in 0..convolution.outputs {
                    for row in 0..convolution.windows[0] {
                        for from in (0..convolution.windows[1]).step_by(WIDTH) {
                            // SAFETY: these windows are in the destination.
                            unsafe { windows(&convolution, image, output, row, from) };
                        }
                    }
                }
            }
        },
    );
}

/// Writes up to `WIDTH` windows of one row, from column `from` on.
///
/// # Safety
/// The first of them is in the destination.
#[cfg_attr(not(unoptimised), inline(always))]
unsafe fn windows<T: Numeric>(
    convolution: &Convolution<T>,
    image: usize,
    output: usize,
    row: usize,
    from: usize,
) {
    let Convolution {
        data, weight, to, data_lens: [_, channels, height, width], outputs, how, ..
    } = convolution;
    let width_here = WIDTH.min(convolution.windows[1] - from);
    // There is a group, and each has an output. Written this way, no panic is left.
    let of_group = |count: usize| count.checked_div(how.groups).unwrap_or(count);
    let (group_channels, group_outputs) = (of_group(*channels), of_group(*outputs));
    let first_channel = output.checked_div(group_outputs).unwrap_or(0) * group_channels;
    // SAFETY: `output` is an output channel.
    let bias = unsafe { convolution.bias(output) };
    let zero = <T as StandIn>::Numeric::ZERO;
    let mut sums = [bias.map_or(zero, StandIn::numeric); WIDTH];
    for c in 0..group_channels {
        for i in 0..how.kernel[0] {
            // Before the image, `y` wraps to a number that is no row.
            let y = (row * how.stride[0] + i * how.dilation[0]).wrapping_sub(how.pad[0]);
            if y >= *height {
                continue;
            }
            for j in 0..how.kernel[1] {
                // SAFETY: the weight has this tap.
                let w = unsafe { weight.element([output, c, i, j]).read() }.numeric();
                for (k, sum) in sums.iter_mut().enumerate().take(width_here) {
                    let x =
                        ((from + k) * how.stride[1] + j * how.dilation[1]).wrapping_sub(how.pad[1]);
                    if x < *width {
                        // SAFETY: row `y` and column `x` are in the image.
                        let element =
                            unsafe { data.element([image, first_channel + c, y, x]).read() };
                        *sum = sum.plus(element.numeric().times(w));
                    }
                }
            }
        }
    }
    for (k, &sum) in sums.iter().enumerate().take(width_here) {
        // SAFETY: the window is in the destination.
        unsafe { to.element([image, output, row, from + k]).write(T::of_numeric(sum)) };
    }
}
