//! Convolutions and pools of images by naive loops in `f64`, over all windows and over all their
//! elements that are in the image. The padding is not read, whatever the weights are.

use shapewright::{Shape, Storage, Tensor};

use crate::same::Ulps;

/// The windows of an image: numbers for rows, then for columns.
#[derive(Clone, Copy, Debug)]
pub struct Sliding {
    /// The lengths of a window.
    pub kernel: [usize; 2],
    /// The distance between windows.
    pub stride: [usize; 2],
    /// The padding before and after the image.
    pub pad: [usize; 2],
    /// The distance between the elements of a window.
    pub dilation: [usize; 2],
    /// The number of groups of channels.
    pub groups: usize,
}

impl Sliding {
    /// Square windows.
    #[must_use]
    pub fn square(
        kernel: usize,
        stride: usize,
        pad: usize,
        dilation: usize,
        groups: usize,
    ) -> Self {
        Self {
            kernel: [kernel; 2],
            stride: [stride; 2],
            pad: [pad; 2],
            dilation: [dilation; 2],
            groups,
        }
    }

    /// Windows along columns only, for lines.
    #[must_use]
    pub fn of_lines(
        kernel: usize,
        stride: usize,
        pad: usize,
        dilation: usize,
        groups: usize,
    ) -> Self {
        let beside = |one, other| [one, other];
        Self {
            kernel: beside(1, kernel),
            stride: beside(1, stride),
            pad: beside(0, pad),
            dilation: beside(1, dilation),
            groups,
        }
    }

    /// The number of windows along rows (0) or columns (1) of an image: those whose first and last
    /// element are in the padded image.
    #[must_use]
    pub fn count(&self, k: usize, len: usize) -> usize {
        let last =
            |window: usize| window * self.stride[k] + self.dilation[k] * (self.kernel[k] - 1);
        (0..).take_while(|&window| last(window) < len + 2 * self.pad[k]).count()
    }

    /// The index in the image of element `tap` of window `window`, if it is in the image.
    fn place(&self, k: usize, window: usize, tap: usize, len: usize) -> Option<usize> {
        let padded = window * self.stride[k] + tap * self.dilation[k];
        padded.checked_sub(self.pad[k]).filter(|&place| place < len)
    }

    /// The elements of a window that are in an image of these lengths: for each the row and the
    /// column in the window, and in the image.
    fn taps(&self, window: [usize; 2], lens: [usize; 2]) -> Vec<([usize; 2], [usize; 2])> {
        let mut taps = Vec::new();
        for i in 0..self.kernel[0] {
            for j in 0..self.kernel[1] {
                let places =
                    (self.place(0, window[0], i, lens[0]), self.place(1, window[1], j, lens[1]));
                if let (Some(y), Some(x)) = places {
                    taps.push(([i, j], [y, x]));
                }
            }
        }
        taps
    }
}

/// Images `(n, c, h, w)`, or lines as images of one row.
#[derive(Clone, Debug, PartialEq)]
pub struct Images {
    /// The lengths.
    pub lens: [usize; 4],
    /// The elements, in row-major order.
    pub elements: Vec<f64>,
}

/// The result of a convolution or a pool, and the data for its error bounds.
#[derive(Clone, Debug)]
pub struct Slid {
    /// The lengths.
    pub lens: [usize; 4],
    /// The elements, in row-major order.
    pub elements: Vec<f64>,
    /// For each element, the sum of the magnitudes of its terms.
    pub sizes: Vec<f64>,
    /// For each element, the number of its terms.
    pub taps: Vec<usize>,
}

impl Images {
    /// Images of these lengths; three lengths are those of lines.
    #[must_use]
    pub fn new(lengths: &[usize], elements: Vec<f64>) -> Self {
        let lens = match *lengths {
            [n, c, h, w] => [n, c, h, w],
            [n, c, l] => [n, c, 1, l],
            _ => panic!("images have four axes, and lines three"),
        };
        assert_eq!(lens.iter().product::<usize>(), elements.len());
        Self { lens, elements }
    }

    /// A copy of a tensor, read index by index.
    pub fn of<T: Ulps + Into<f64>, S: Shape, B: Storage>(tensor: &Tensor<T, S, B>) -> Self {
        let lengths = tensor.shape().lengths();
        Self::new(lengths.as_ref(), tensor.iter().map(|&x| x.into()).collect())
    }

    /// An element.
    #[must_use]
    pub fn at(&self, [n, c, y, x]: [usize; 4]) -> f64 {
        let [_, channels, height, width] = self.lens;
        self.elements[((n * channels + c) * height + y) * width + x]
    }

    /// Calls `of` for each window of each of `channels` output channels, with the image, the
    /// channel, and the elements of the window that are in the image.
    fn slid(
        &self,
        how: Sliding,
        channels: usize,
        of: &mut dyn FnMut(usize, usize, &[([usize; 2], [usize; 2])]) -> (f64, f64, usize),
    ) -> Slid {
        let [images, _, height, width] = self.lens;
        let [rows, columns] = [how.count(0, height), how.count(1, width)];
        let lens = [images, channels, rows, columns];
        let mut slid = Slid { lens, elements: Vec::new(), sizes: Vec::new(), taps: Vec::new() };
        for n in 0..images {
            for c in 0..channels {
                for y in 0..rows {
                    for x in 0..columns {
                        let (element, size, taps) = of(n, c, &how.taps([y, x], [height, width]));
                        slid.elements.push(element);
                        slid.sizes.push(size);
                        slid.taps.push(taps);
                    }
                }
            }
        }
        slid
    }

    /// The convolution with weights `(out, in / groups, kernel rows, kernel columns)`.
    #[must_use]
    pub fn convolved(&self, weight: &Images, bias: Option<&[f64]>, how: Sliding) -> Slid {
        let (channels, outputs) = (self.lens[1] / how.groups, weight.lens[0]);
        assert_eq!(weight.lens[1..], [channels, how.kernel[0], how.kernel[1]]);
        self.slid(how, outputs, &mut |n, o, taps| {
            let group = o / (outputs / how.groups);
            let bias = bias.map_or(0.0, |bias| bias[o]);
            let (mut sum, mut size) = (bias, bias.abs());
            for c in 0..channels {
                for &([i, j], [y, x]) in taps {
                    let product =
                        self.at([n, group * channels + c, y, x]) * weight.at([o, c, i, j]);
                    sum += product;
                    size += product.abs();
                }
            }
            (sum, size, channels * taps.len())
        })
    }

    /// The maximum of each window: NaN if any element is, minus infinity if it is empty.
    #[must_use]
    pub fn greatest(&self, how: Sliding) -> Slid {
        self.slid(how, self.lens[1], &mut |n, c, taps| {
            let elements = taps.iter().map(|&(_, [y, x])| self.at([n, c, y, x]));
            let greatest =
                elements.fold(f64::NEG_INFINITY, |a, b| if a.is_nan() || a >= b { a } else { b });
            (greatest, 0.0, taps.len())
        })
    }

    /// The mean of each window, divided by the number of all its elements, or of those that are in
    /// the image.
    #[must_use]
    pub fn means(&self, how: Sliding, count_pad: bool) -> Slid {
        self.slid(how, self.lens[1], &mut |n, c, taps| {
            let divisor = if count_pad { how.kernel[0] * how.kernel[1] } else { taps.len() } as f64;
            let elements = taps.iter().map(|&(_, [y, x])| self.at([n, c, y, x]));
            let (sum, size) = elements.fold((0.0, 0.0), |(sum, size), x| (sum + x, size + x.abs()));
            (sum / divisor, size / divisor, taps.len())
        })
    }
}

impl Slid {
    /// The maximum error of an element in `T`, for a sum of this number of products: an epsilon of
    /// the sum of magnitudes for each addition, and half the smallest positive number for each
    /// product that underflows.
    #[must_use]
    pub fn bounds<T: Ulps + Into<f64>>(&self) -> Vec<f64> {
        let least = least_positive::<T>();
        let of = |(&size, &taps): (&f64, &usize)| (taps + 1) as f64 * (T::EPSILON * size + least);
        self.sizes.iter().zip(&self.taps).map(of).collect()
    }
}

/// The smallest positive number.
#[must_use]
pub fn least_positive<T: Ulps>() -> f64 {
    if size_of::<T>() == 4 { f64::from(f32::from_bits(1)) } else { f64::from_bits(1) }
}
