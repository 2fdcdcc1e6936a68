//! Compares kernels at every SIMD level, bit for bit. Images whose windows neither overlap nor
//! leave gaps are pooled twice, without and with unused elements after each row, because different
//! kernels pool these two. Maxima are compared with simple loops. [`plain`] is compared with the
//! other kernels.

extern crate std;

use std::vec;
use std::vec::Vec;

use super::*;
use crate::run::level::Level;

/// The sum of a window, divided by the number of its elements in the image, plus the size of the
/// window. So the results depend on all arguments of `finish`.
#[derive(Clone, Copy)]
struct SumWindow;
impl Pool<f32> for SumWindow {
    const IDENTITY: f32 = 0.0;
    fn both(a: f32, b: f32) -> f32 {
        a + b
    }
    fn finish(self, folded: f32, taps: usize, all: usize) -> f32 {
        folded / taps as f32 + all as f32
    }
}
/// The maximum of a window.
#[derive(Clone, Copy)]
struct MaxWindow;
impl Pool<f32> for MaxWindow {
    const IDENTITY: f32 = f32::NEG_INFINITY;
    fn both(a: f32, b: f32) -> f32 {
        a.max(b)
    }
    fn finish(self, folded: f32, _: usize, _: usize) -> f32 {
        folded
    }
}

/// The row-major strides of an array whose rows are each followed by `gap` unused elements.
fn strides([_, channels, rows, columns]: [usize; 4], gap: usize) -> [isize; 4] {
    let row = columns + gap;
    [channels * rows * row, rows * row, row, 1].map(|stride| stride as isize)
}

/// A kernel that pools images.
type PoolKernel<P> =
    unsafe fn(P, Images<*const f32>, [usize; 4], Images<*mut f32>, [usize; 2], Windows);

/// The bits of the results of [`pool`] for images with `gap` unused elements after each row.
fn pooled<P: Pool<f32>>(of: P, x: &[f32], lens: [usize; 4], gap: usize, how: Windows) -> Vec<u32> {
    pooled_by(pool::<f32, P>, of, x, lens, gap, how)
}

/// The bits of the results of the kernel `way`, for images with `gap` unused elements after each
/// row.
fn pooled_by<P: Pool<f32>>(
    way: PoolKernel<P>,
    of: P,
    x: &[f32],
    lens: [usize; 4],
    gap: usize,
    how: Windows,
) -> Vec<u32> {
    let [images, channels, rows, columns] = lens;
    let windows =
        [0, 1].map(|k| (lens[2 + k] + 2 * how.pad[k] - how.kernel[k]) / how.stride[k] + 1);
    let mut data = vec![f32::NAN; images * channels * rows * (columns + gap)];
    for (row, x) in data.chunks_exact_mut(columns + gap).zip(x.chunks_exact(columns)) {
        row[..columns].copy_from_slice(x);
    }
    let results = [images, channels, windows[0], windows[1]];
    let mut to = vec![77.0f32; images * channels * windows[0] * (windows[1] + gap)];
    let data = Images { at: data.as_ptr(), strides: strides(lens, gap) };
    let all = Images { at: to.as_mut_ptr(), strides: strides(results, gap) };
    // SAFETY: the lengths and strides are those of the `Vec`s that `data` and `all` point to.
    unsafe { way(of, data, lens, all, windows, how) };
    let mut bits = Vec::new();
    for row in to.chunks_exact(windows[1] + gap) {
        bits.extend(row[..windows[1]].iter().map(|x| x.to_bits()));
        assert!(row[windows[1]..].iter().all(|&x| x == 77.0), "written beside {lens:?} {how:?}");
    }
    bits
}

#[test]
fn tiles_are_what_windows_are() {
    let number = |k: usize| (k.wrapping_mul(2_654_435_761) >> 7) as f32 % 1001.0 / 333.0 - 1.5;
    for kernel in 1..=4 {
        for (rows, columns) in
            [(1, 1), (2, 4), (4, 2), (3, 5), (1, 9), (4, 14), (2, 16), (3, 17), (2, 40)]
        {
            for rest in [0, kernel - 1] {
                let lens = [2, 3, rows * kernel + rest, columns * kernel];
                let x: Vec<f32> = (0..lens.iter().product()).map(number).collect();
                let how = Windows {
                    kernel: [kernel; 2],
                    stride: [kernel; 2],
                    pad: [0; 2],
                    dilation: [1; 2],
                    groups: 1,
                };
                let window = |at: usize| {
                    let (plane, row, column) = (
                        at / (rows * columns),
                        at / columns % rows * kernel,
                        at % columns * kernel,
                    );
                    let elements = (0..kernel * kernel).map(|k| {
                        x[(plane * lens[2] + row + k / kernel) * lens[3] + column + k % kernel]
                    });
                    elements.fold(f32::NEG_INFINITY, f32::max).to_bits()
                };
                let greatest: Vec<u32> = (0..2 * 3 * rows * columns).map(window).collect();
                let sums = pooled(SumWindow, &x, lens, 0, how);
                for level in Level::available() {
                    level.force();
                    for gap in [0, 3] {
                        assert_eq!(
                            pooled(MaxWindow, &x, lens, gap, how),
                            greatest,
                            "{level} {lens:?} {gap}"
                        );
                        assert_eq!(
                            pooled(SumWindow, &x, lens, gap, how),
                            sums,
                            "{level} {lens:?} {gap}"
                        );
                    }
                }
                Level::best().force();
            }
        }
    }
}

#[test]
fn windows_one_by_one_are_what_lines_give() {
    let number = |k: usize| (k.wrapping_mul(2_654_435_761) >> 7) as f32 % 1001.0 / 333.0 - 1.5;
    for (kernel, stride, pad) in [(1, 1, 0), (2, 2, 0), (3, 2, 1), (3, 1, 1), (4, 3, 2), (5, 5, 1)]
    {
        for (rows, columns) in [(5, 5), (6, 9), (17, 40)] {
            let lens = [2, 3, rows, columns];
            let x: Vec<f32> = (0..lens.iter().product()).map(number).collect();
            let how = Windows::square(kernel, stride, pad, 1, 1);
            for gap in [0, 2] {
                let plain = pooled_by(plain::pool::<f32, SumWindow>, SumWindow, &x, lens, gap, how);
                assert_eq!(plain, pooled(SumWindow, &x, lens, gap, how), "{lens:?} {how:?}");
                let plain = pooled_by(plain::pool::<f32, MaxWindow>, MaxWindow, &x, lens, gap, how);
                assert_eq!(plain, pooled(MaxWindow, &x, lens, gap, how), "{lens:?} {how:?}");
            }
        }
    }
}
