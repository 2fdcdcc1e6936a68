//! Convolutions of images: each result is a sum of products over a window, for several channels.
//!
//! A *tap* is one element of a window: a channel of the group, a row and a column. An output
//! element is a sum over all taps: for each tap, its weight times the element of the image that the
//! window has there. No image is ever copied to a matrix of all its windows. A convolution is
//! computed so:
//!
//! 1. With the feature `rayon`, a convolution of several images is halved, again and again, into
//!    tasks.
//! 2. [`planes`] computes `f32` and `f64` with the register tile of the matrix products, and is
//!    compiled once per SIMD level. [`cut`] decides how windows are split into SIMD vectors,
//!    [`pieces`] lists these vectors, [`layout`] writes the planes (padded copies of channels) that
//!    the vectors are read from, and [`rows`] copies rows of elements.
//! 3. [`depthwise`] is called by `planes` for windows of 3 by 3 if each output channel reads only
//!    one input channel.
//! 4. [`plain`] computes everything else: other element types, the scalar level, padding together
//!    with weights that are infinite or NaN (a zero of the padding times such a weight would be
//!    NaN), and all convolutions where there is no allocator.
//!
//! Products may be fused with additions and summed in any order, as in matrix products: an element
//! is within `(taps + 1) * epsilon * (sum(|x| * |w|) + |bias|)` of the exact result.

#![cfg_attr(
    not(any(
        target_arch = "x86",
        target_arch = "x86_64",
        target_arch = "aarch64",
        all(target_arch = "wasm32", target_feature = "simd128")
    )),
    allow(dead_code, reason = "a target without vectors takes the loops over elements")
)]

#[cfg(feature = "alloc")]
use core::any::TypeId;

use super::images::{Images, Windows};
use crate::element::Numeric;
use crate::run::level::Level;

#[cfg(feature = "alloc")]
mod cut;
#[cfg(feature = "alloc")]
mod depthwise;
#[cfg(feature = "alloc")]
mod layout;
#[cfg(feature = "alloc")]
mod pieces;
mod plain;
#[cfg(feature = "alloc")]
mod planes;
#[cfg(feature = "alloc")]
mod rows;

/// A convolution to compute.
///
/// Code that makes a `Convolution` makes these promises, on which the kernels rely. `data` reaches
/// an element at each index of its shape, `(images, channels, rows, columns)`. So do `weight`, of
/// shape `(outputs, channels / groups, kernel rows, kernel columns)`, and `bias`, if there is one,
/// of shape `(outputs,)`. `to` reaches a different element, exclusively, at each index of its
/// shape, `(images, outputs, windows along rows, windows along columns)`. The number of groups
/// divides the number of channels and the number of outputs. There are as many windows as fit in
/// the padded image.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Convolution<T> {
    pub(crate) data: Images<*const T>,
    pub(crate) weight: Images<*const T>,
    /// The bias: a pointer to its first element, and its stride.
    pub(crate) bias: Option<(*const T, isize)>,
    pub(crate) to: Images<*mut T>,
    /// The lengths of `data`: images, channels, rows and columns.
    pub(crate) data_lens: [usize; 4],
    /// `outputs` is the number of output channels, and `windows` the numbers of windows along the
    /// axis of rows and along the axis of columns.
    pub(crate) outputs: usize,
    pub(crate) windows: [usize; 2],
    pub(crate) how: Windows,
}
// SAFETY: a `Convolution` only holds pointers. `T: Send + Sync` allows another thread to read and
// write elements, and nothing else accesses the elements of `to` (see `Convolution`).
unsafe impl<T: Send + Sync> Send for Convolution<T> {}

impl<T> Convolution<T> {
    /// The same convolution with elements of type `U`; `None` if `U` is not `T`.
    #[cfg(feature = "alloc")]
    fn of<U: 'static>(self) -> Option<Convolution<U>>
    where
        T: 'static,
    {
        let Self { data, weight, bias, to, data_lens, outputs, windows, how } = self;
        (TypeId::of::<T>() == TypeId::of::<U>()).then(|| Convolution {
            data: Images { at: data.at.cast(), strides: data.strides },
            weight: Images { at: weight.at.cast(), strides: weight.strides },
            bias: bias.map(|(at, stride)| (at.cast(), stride)),
            to: Images { at: to.at.cast(), strides: to.strides },
            data_lens,
            outputs,
            windows,
            how,
        })
    }

    /// The bias of output channel `o`.
    ///
    /// # Safety
    /// `o` is less than `outputs`, and the promises of [`Convolution`] hold.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn bias(&self, o: usize) -> Option<T>
    where
        T: Copy,
    {
        // SAFETY: `o` is less than `outputs`, and `bias` has an element for each output channel.
        self.bias.map(|(at, stride)| unsafe {
            at.wrapping_offset(stride.wrapping_mul(o as isize)).read()
        })
    }

    /// The part of the convolution for `len` images, from image `from` on.
    #[cfg(feature = "rayon")]
    fn images(mut self, from: usize, len: usize) -> Self {
        self.data.at =
            self.data.at.wrapping_offset(self.data.strides[0].wrapping_mul(from as isize));
        self.to.at = self.to.at.wrapping_offset(self.to.strides[0].wrapping_mul(from as isize));
        self.data_lens[0] = len;
        self
    }

    /// The number of multiplications of the convolution.
    #[cfg(feature = "rayon")]
    fn multiplications(&self) -> usize {
        let [images, channels, ..] = self.data_lens;
        let taps = channels / self.how.groups.max(1) * self.how.kernel[0] * self.how.kernel[1];
        let outputs = images * self.outputs * self.windows[0] * self.windows[1];
        outputs.saturating_mul(taps)
    }
}

/// A convolution of several images is split into tasks if it has at least this many
/// multiplications.
#[cfg(feature = "rayon")]
const FEWEST_MULTIPLICATIONS: usize = 512 * 1024;

/// Computes `convolution`.
///
/// # Safety
/// The promises of [`Convolution`] hold.
pub(crate) unsafe fn convolve<T: Numeric>(level: Level, convolution: Convolution<T>) {
    let [images, ..] = convolution.data_lens;
    if images == 0 || convolution.outputs == 0 || convolution.windows.contains(&0) {
        return;
    }
    #[cfg(feature = "rayon")]
    if images > 1 && convolution.multiplications() >= FEWEST_MULTIPLICATIONS {
        let half = images / 2;
        let (head, tail) = (convolution.images(0, half), convolution.images(half, images - half));
        return super::split::both(
            // SAFETY: the caller keeps the promises of `Convolution`. Only `head` writes the
            // results of the images before image `half`.
            &mut move || unsafe { convolve(level, head) },
            // SAFETY: the caller keeps the promises of `Convolution`. Only `tail` writes the
            // results of the images from image `half` on.
            &mut move || unsafe { convolve(level, tail) },
        );
    }
    #[cfg(feature = "alloc")]
    {
        if let Some(of_f32) = convolution.of::<f32>()
            // SAFETY: the caller keeps the promises of `Convolution`. The check above returned if
            // there was nothing to compute.
            && unsafe { planes::convolve_f32(level.vectors(), of_f32) }
        {
            return;
        }
        if let Some(of_f64) = convolution.of::<f64>()
            // SAFETY: the caller keeps the promises of `Convolution`. The check above returned if
            // there was nothing to compute.
            && unsafe { planes::convolve_f64(level.vectors(), of_f64) }
        {
            return;
        }
    }
    let _ = level;
    // SAFETY: the caller keeps the promises of `Convolution`.
    unsafe { plain::convolve(convolution) };
}

#[cfg(test)]
mod tests;
