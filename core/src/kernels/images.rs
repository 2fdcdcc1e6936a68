//! Images in memory, and the windows over them: common to [`convolution`](super::convolution) and
//! [`pool`](super::pool).

/// The windows of a convolution or of a pooling. In each pair, the first number is for rows and the
/// second for columns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Windows {
    /// The numbers of rows and columns of a window.
    pub(crate) kernel: [usize; 2],
    /// The distance from a window to the next window, in rows and in columns.
    pub(crate) stride: [usize; 2],
    /// The padding: the number of rows above an image and again below it, and the number of columns
    /// on its left and again on its right.
    pub(crate) pad: [usize; 2],
    /// The distance between neighbouring elements of a window, in rows and in columns.
    pub(crate) dilation: [usize; 2],
    /// The number of groups of channels. Channels of different groups are not combined.
    pub(crate) groups: usize,
}
impl Windows {
    /// Windows with the same numbers for rows and columns.
    pub(crate) const fn square(
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
}

/// An array with four axes: a pointer to its first element, and the strides along images, channels,
/// rows and columns. The stride along an axis that the array lacks is 0.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Images<P> {
    pub(crate) at: P,
    pub(crate) strides: [isize; 4],
}
macro_rules! images {
    ($($pointer:ty),*) => {$(
        impl<T> Images<$pointer> {
            /// The pointer to the element at `index`.
            #[cfg_attr(not(unoptimised), inline(always))]
            pub(super) fn element(&self, index: [usize; 4]) -> $pointer {
                let (mut offset, mut k) = (0, 0);
                while k < 4 {
                    offset = self.strides[k].wrapping_mul(index[k] as isize).wrapping_add(offset);
                    k += 1;
                }
                self.at.wrapping_offset(offset)
            }
        }
    )*};
}
images!(*const T, *mut T);
// SAFETY: an `Images` only holds a pointer. Whoever reads through the pointer promises that the
// elements exist and are shared, which `T: Sync` allows.
unsafe impl<T: Sync> Send for Images<*const T> {}
// SAFETY: an `Images` only holds a pointer. Whoever writes through the pointer promises to own the
// elements, which `T: Send` allows.
unsafe impl<T: Send> Send for Images<*mut T> {}
