//! Convolutions of images: sums of products over windows, of several channels.
//!
//! An output element is the sum over the *taps* of a channel of weights: over the channels of its
//! group, and the rows and columns of the window. [`planes`] computes `f32` and `f64`, by the
//! register tile of products, once for each level: windows are cut into vectors as [`cut`] says, of
//! which [`pieces`] has the list, and read from planes that [`layout`] writes, by copies of [`rows`].
//! [`depthwise`] is for windows of one channel. [`plain`] computes everything else, and all where
//! there is no allocator. An image is never written out as a matrix of its windows.
//!
//! Products may be fused with additions and summed in any order, as those of matrices: an element
//! is within `(taps + 1) * epsilon * (sum(|x| * |w|) + |bias|)` of the exact one.

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
/// The kernels rely on what whoever makes one promises: `data` reaches an element at each index of
/// `(images, channels, rows, columns)`, `weight` of `(outputs, channels / groups, kernel rows,
/// kernel columns)`, `bias`, if there is one, of `(outputs,)`, and `to` of `(images, outputs,
/// windows of rows, windows of columns)`, each one apart and exclusively; the groups divide channels
/// and outputs; the windows are as many as lie in the padded image.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Convolution<T> {
    pub(crate) data: Images<*const T>,
    pub(crate) weight: Images<*const T>,
    /// The first element, and how far apart they are.
    pub(crate) bias: Option<(*const T, isize)>,
    pub(crate) to: Images<*mut T>,
    /// The lengths of the data.
    pub(crate) data_lens: [usize; 4],
    /// How many channels come out, and how many windows there are along rows and columns.
    pub(crate) outputs: usize,
    pub(crate) windows: [usize; 2],
    pub(crate) how: Windows,
}
// SAFETY: as for `Images`.
unsafe impl<T: Send + Sync> Send for Convolution<T> {}

impl<T> Convolution<T> {
    /// The same in elements of type `U`, if that is `T`.
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
    /// There is such a channel, and the promise of [`Convolution`] holds.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn bias(&self, o: usize) -> Option<T>
    where
        T: Copy,
    {
        // SAFETY: the caller's promise.
        self.bias.map(|(at, stride)| unsafe {
            at.wrapping_offset(stride.wrapping_mul(o as isize)).read()
        })
    }

    /// The part of `len` images from image `from` on.
    #[cfg(feature = "rayon")]
    fn images(mut self, from: usize, len: usize) -> Self {
        self.data.at =
            self.data.at.wrapping_offset(self.data.strides[0].wrapping_mul(from as isize));
        self.to.at = self.to.at.wrapping_offset(self.to.strides[0].wrapping_mul(from as isize));
        self.data_lens[0] = len;
        self
    }

    /// How many multiplications it takes.
    #[cfg(feature = "rayon")]
    fn multiplications(&self) -> usize {
        let [images, channels, ..] = self.data_lens;
        let taps = channels / self.how.groups.max(1) * self.how.kernel[0] * self.how.kernel[1];
        let outputs = images * self.outputs * self.windows[0] * self.windows[1];
        outputs.saturating_mul(taps)
    }
}

/// From this many multiplications on images are convolved in several tasks.
#[cfg(feature = "rayon")]
const LEAST: usize = 512 * 1024;

/// Computes `convolution`.
///
/// # Safety
/// As [`Convolution`] says.
pub(crate) unsafe fn convolve<T: Numeric>(level: Level, convolution: Convolution<T>) {
    let [images, ..] = convolution.data_lens;
    if images == 0 || convolution.outputs == 0 || convolution.windows.contains(&0) {
        return;
    }
    #[cfg(feature = "rayon")]
    if images > 1 && convolution.multiplications() >= LEAST {
        let half = images / 2;
        let (head, tail) = (convolution.images(0, half), convolution.images(half, images - half));
        return super::split::both(
            // SAFETY: the caller's promise; each half has images of its own.
            &mut move || unsafe { convolve(level, head) },
            // SAFETY: as above.
            &mut move || unsafe { convolve(level, tail) },
        );
    }
    #[cfg(feature = "alloc")]
    {
        if let Some(of_f32) = convolution.of::<f32>()
            // SAFETY: the caller's promise.
            && unsafe { planes::convolve_f32(level.vectors(), of_f32) }
        {
            return;
        }
        if let Some(of_f64) = convolution.of::<f64>()
            // SAFETY: the caller's promise.
            && unsafe { planes::convolve_f64(level.vectors(), of_f64) }
        {
            return;
        }
    }
    let _ = level;
    // SAFETY: the caller's promise.
    unsafe { plain::convolve(convolution) };
}

#[cfg(test)]
mod tests;
