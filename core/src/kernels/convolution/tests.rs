//! Compares convolutions with sums in `f64`, at every SIMD level. The windows have several sizes,
//! strides, paddings, dilations and groups. The last two axes of data, weights and results lie in
//! memory in either order.

extern crate std;

use std::vec;
use std::vec::Vec;

use super::*;
use crate::kernels::images::{Images, Windows};

/// Pseudo-random numbers from -1 to 1.
fn scattered(count: usize, seed: u64) -> Vec<f32> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1 << 23) as f32 - 1.0
    };
    (0..count).map(|_| next()).collect()
}

/// Row-major strides, or the strides of an array whose last two axes are exchanged in memory.
fn strides(lens: [usize; 4], transposed: bool) -> [isize; 4] {
    let [_, b, c, d] = lens;
    let last = if transposed { [1, c] } else { [d, 1] };
    [b * c * d, c * d, last[0], last[1]].map(|stride| stride as isize)
}
fn at(strides: [isize; 4], index: [usize; 4]) -> usize {
    (0..4).map(|k| strides[k] as usize * index[k]).sum()
}

/// Convolves data of lengths `lens` to `outputs` channels, and compares the results with sums in
/// `f64`. Each entry of `transposed` says whether the last two axes of the data, the weights or the
/// results are exchanged in memory.
fn check(lens: [usize; 4], outputs: usize, how: Windows, transposed: [bool; 3]) {
    let [images, channels, height, width] = lens;
    let windows = [0, 1].map(|k| {
        (lens[2 + k] + 2 * how.pad[k] - how.dilation[k] * (how.kernel[k] - 1) - 1) / how.stride[k]
            + 1
    });
    let each = channels / how.groups;
    let weight_lens = [outputs, each, how.kernel[0], how.kernel[1]];
    let to_lens = [images, outputs, windows[0], windows[1]];
    let of = |lens: [usize; 4], k: usize| strides(lens, transposed[k]);
    let (data, weight, to) = (of(lens, 0), of(weight_lens, 1), of(to_lens, 2));
    let x = scattered(lens.iter().product(), 1);
    let w = scattered(weight_lens.iter().product(), 2);
    let bias = scattered(outputs, 3);
    for level in Level::available() {
        let mut results = vec![f32::NAN; to_lens.iter().product()];
        let convolution = Convolution {
            data: Images { at: x.as_ptr(), strides: data },
            weight: Images { at: w.as_ptr(), strides: weight },
            bias: Some((bias.as_ptr(), 1)),
            to: Images { at: results.as_mut_ptr(), strides: to },
            data_lens: lens,
            outputs,
            windows,
            how,
        };
        // SAFETY: the lengths and strides in `convolution` are those of the `Vec`s that its
        // pointers point into.
        unsafe { convolve(level, convolution) };
        for index in (0..results.len()).map(|k| {
            let [_, b, c, d] = to_lens;
            [k / (b * c * d), k / (c * d) % b, k / d % c, k % d]
        }) {
            let [image, output, row, column] = index;
            let first = output / (outputs / how.groups) * each;
            let (mut sum, mut size) = (f64::from(bias[output]), f64::from(bias[output].abs()));
            for (c, i, j) in (0..each * how.kernel[0] * how.kernel[1]).map(|tap| {
                let [rows, columns] = how.kernel;
                (tap / (rows * columns), tap / columns % rows, tap % columns)
            }) {
                let y = (row * how.stride[0] + i * how.dilation[0]).wrapping_sub(how.pad[0]);
                let z = (column * how.stride[1] + j * how.dilation[1]).wrapping_sub(how.pad[1]);
                if y < height && z < width {
                    let term = f64::from(x[at(data, [image, first + c, y, z])])
                        * f64::from(w[at(weight, [output, c, i, j])]);
                    (sum, size) = (sum + term, size + term.abs());
                }
            }
            let taps = each * how.kernel[0] * how.kernel[1];
            let found = f64::from(results[at(to, index)]);
            assert!(
                (found - sum).abs() <= (taps + 1) as f64 * f64::from(f32::EPSILON) * size,
                "at {level}: {found}, not {sum}, at {index:?} of {lens:?} to {outputs}, {how:?}, {transposed:?}"
            );
        }
    }
}

#[test]
fn windows_of_all_kinds() {
    let mut k = 0;
    for (kernel, stride, pad, dilation) in [
        (1, 1, 0, 1),
        (1, 2, 0, 1),
        (2, 2, 0, 1),
        (2, 3, 1, 1),
        (3, 1, 1, 1),
        (3, 1, 0, 2),
        (3, 2, 1, 1),
        (3, 2, 2, 2),
        (3, 3, 0, 2),
        (5, 1, 2, 1),
        (4, 5, 2, 1),
    ] {
        for (each, outputs, groups) in
            [(1, 1, 1), (3, 2, 1), (2, 7, 1), (1, 1, 5), (2, 3, 2), (4, 13, 1), (1, 12, 2)]
        {
            for (height, width) in [(5, 5), (8, 8), (4, 17), (9, 21), (5, 36)] {
                k += 1;
                let least = dilation * (kernel - 1) + 1;
                let lens = [1 + k % 3, each * groups, height.max(least), width.max(least)];
                let how = Windows {
                    kernel: [kernel; 2],
                    stride: [stride; 2],
                    pad: [pad; 2],
                    dilation: [dilation; 2],
                    groups,
                };
                let transposed = [k % 4 == 1, k % 5 == 2, k % 7 == 3];
                check(lens, outputs * groups, how, transposed);
            }
        }
    }
}
