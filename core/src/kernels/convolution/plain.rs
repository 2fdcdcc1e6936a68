//! Convolutions by loops over elements, for any element type, without memory for intermediate
//! results. They compute what `planes` does not, and everything where there is no allocator.
//! Elements of type `f16` and `bf16` are summed in `f32`.
//!
//! ```text
//! for each image, output channel, row of windows, and 8 windows of that row:
//!     sums = bias
//!     for each tap: sums[k] += element * weight, if the element is in the image
//! ```

use super::Convolution;
use crate::element::{Element, Numeric, StandIn};
use crate::run::dispatch;

/// The number of neighbouring windows whose sums are computed together.
const WIDTH: usize = 8;

/// Computes `convolution`.
///
/// # Safety
/// The promises of [`Convolution`] hold.
#[inline(never)]
pub(super) unsafe fn convolve<T: Numeric>(convolution: Convolution<T>) {
    dispatch::run(
        #[cfg_attr(not(unoptimised), inline(always))]
        || {
            for image in 0..convolution.data_lens[0] {
                for output in 0..convolution.outputs {
                    for row in 0..convolution.windows[0] {
                        for from in (0..convolution.windows[1]).step_by(WIDTH) {
                            // SAFETY: `image`, `output`, `row` and `from` are in bounds of the
                            // destination.
                            unsafe { windows(&convolution, image, output, row, from) };
                        }
                    }
                }
            }
        },
    );
}

/// Writes the results of up to `WIDTH` windows of row `row`, from column `from` on.
///
/// # Safety
/// The promises of [`Convolution`] hold. `image`, `output`, `row` and `from` are in bounds of the
/// destination.
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
    // The compiler does not know that `groups` and `group_outputs` are never 0, so `/` would leave
    // a panic in the code.
    let of_group = |count: usize| count.checked_div(how.groups).unwrap_or(count);
    let (group_channels, group_outputs) = (of_group(*channels), of_group(*outputs));
    let first_channel = output.checked_div(group_outputs).unwrap_or(0) * group_channels;
    // SAFETY: the caller promises that `output` is less than `outputs`, and that the promises of
    // `Convolution` hold.
    let bias = unsafe { convolution.bias(output) };
    let zero = <T as StandIn>::Numeric::ZERO;
    let mut sums = [bias.map_or(zero, StandIn::numeric); WIDTH];
    for c in 0..group_channels {
        for i in 0..how.kernel[0] {
            // If row `i` of the windows is above the image, the subtraction wraps, and `y` is
            // larger than the index of any row.
            let y = (row * how.stride[0] + i * how.dilation[0]).wrapping_sub(how.pad[0]);
            if y >= *height {
                continue;
            }
            for j in 0..how.kernel[1] {
                // SAFETY: `output`, `c`, `i` and `j` are in bounds of the weights.
                let w = unsafe { weight.element([output, c, i, j]).read() }.numeric();
                for (k, sum) in sums.iter_mut().enumerate().take(width_here) {
                    let x =
                        ((from + k) * how.stride[1] + j * how.dilation[1]).wrapping_sub(how.pad[1]);
                    if x < *width {
                        // SAFETY: `y` is less than `height`, `x` is less than `width`,
                        // `first_channel + c` is a channel of the group, and the caller promises
                        // that `image` is in bounds.
                        let element =
                            unsafe { data.element([image, first_channel + c, y, x]).read() };
                        *sum = sum.plus(element.numeric().times(w));
                    }
                }
            }
        }
    }
    for (k, &sum) in sums.iter().enumerate().take(width_here) {
        // SAFETY: `k` is less than `width_here`, so window `from + k` is in bounds of the row. The
        // caller promises that `image`, `output` and `row` are in bounds.
        unsafe { to.element([image, output, row, from + k]).write(T::of_numeric(sum)) };
    }
}
