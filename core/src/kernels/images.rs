//! Images in memory, and how windows lie in them: what [`convolution`](super::convolution) and
//! [`pool`](super::pool) have in common.

/// How windows lie in an image, and what groups the channels are of; numbers of rows, then of columns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Windows {
    /// The lengths of a window.
    pub(crate) kernel: [usize; 2],
    /// How far it moves.
    pub(crate) stride: [usize; 2],
    /// How many zeros stand at each end.
    pub(crate) pad: [usize; 2],
    /// How far apart its elements are.
    pub(crate) dilation: [usize; 2],
    /// How many groups of channels there are, which do not mix.
    pub(crate) groups: usize,
}
impl Windows {
    /// Windows that are the same along rows and columns.
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

/// Elements with four axes, or fewer with a stride of 0 in the place of others: where the first is,
/// and how far apart they are along images, channels, rows and columns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Images<P> {
    pub(crate) at: P,
    pub(crate) strides: [isize; 4],
}
macro_rules! images {
    ($($pointer:ty),*) => {$(
        impl<T> Images<$pointer> {
            /// Where the element at this index is.
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
// SAFETY: to have pointers permits nothing; what reads or writes through them promises that the
// elements are there, shared or its own.
unsafe impl<T: Sync> Send for Images<*const T> {}
// SAFETY: as above.
unsafe impl<T: Send> Send for Images<*mut T> {}
