//! Values with one entry per axis of a shape, such as lengths, strides and sets of axes. None of
//! them depends on the type of the shape.

/// The largest number of axes of a shape.
pub const MAX_RANK: usize = 8;

/// One value per axis, counted from the last axis. Entries past the rank are 1 for lengths and 0
/// for strides.
pub type PerAxis<T> = [T; MAX_RANK];

/// What a list of axes has at one position, as a constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AxisKind {
    /// The rank is smaller, so there is no such axis.
    Absent,
    /// The axis is [`One`](crate::One).
    Stretching,
    /// The axis has a length: its number if it is static, `None` if it is known only at run time.
    Length(Option<usize>),
}

impl AxisKind {
    /// The length, if it is static.
    pub(crate) const fn known(self) -> Option<usize> {
        match self {
            Self::Absent => None,
            Self::Stretching => Some(1),
            Self::Length(len) => len,
        }
    }
}

/// A set of axes of a shape, one bit per axis. Bit 0 is the last axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AxisSet(pub u8);

impl AxisSet {
    /// All axes.
    pub const ALL: Self = Self(u8::MAX);

    /// The set of axis `k` alone, counted from the last.
    pub const fn of(k: usize) -> Self {
        Self(1 << k)
    }

    /// This set with axis `k` added.
    pub const fn with(self, k: usize) -> Self {
        Self(self.0 | 1 << k)
    }

    /// The axes that are in both sets.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether axis `k`, counted from the last, is in the set.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub const fn contains(self, k: usize) -> bool {
        self.0 >> k & 1 == 1
    }
}

/// Repeats an expression for each axis, with the axis as a constant. This is not a loop, because a
/// build for size would not unroll it, and an array that is indexed by a variable is kept in
/// memory. An array indexed by constants needs none.
macro_rules! each_axis {
    ($axis:ident => $do:expr) => {
        each_axis!($axis => $do; 0 1 2 3 4 5 6 7)
    };
    ($axis:ident => $do:expr; $($k:literal)*) => {
        const { assert!($crate::axes::MAX_RANK == 8) };
        $({
            const $axis: usize = $k;
            $do
        })*
    };
}
pub(crate) use each_axis;

/// `axes` with one more axis at the end, which becomes entry 0.
pub(crate) const fn pushed<T: Copy>(axes: PerAxis<T>, last: T) -> PerAxis<T> {
    // Written out, as in `each_axis!`: a build for size does not unroll loops.
    let [a, b, c, d, e, f, g, _] = axes;
    [last, a, b, c, d, e, f, g]
}

/// The row-major strides of an array of lengths `lens`, in elements. They are 0 along
/// [`One`](crate::One) and past the rank.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) const fn row_major(kinds: PerAxis<AxisKind>, lens: PerAxis<usize>) -> PerAxis<isize> {
    let (mut strides, mut step, mut k) = ([0; MAX_RANK], 1isize, 0);
    while k < MAX_RANK {
        if let AxisKind::Length(_) = kinds[k] {
            strides[k] = step;
            step = step.wrapping_mul(lens[k] as isize);
        }
        k += 1;
    }
    strides
}

/// The strides with a 0 inserted at each of `axes`.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn spread(strides: PerAxis<isize>, axes: AxisSet) -> PerAxis<isize> {
    let (mut all, mut next) = ([0; MAX_RANK], 0);
    each_axis!(K => if !axes.contains(K) {
        all[K] = strides[next];
        next += 1;
    });
    all
}

/// The strides with those of `axes` removed.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn without(strides: PerAxis<isize>, axes: AxisSet) -> PerAxis<isize> {
    let (mut left, mut next) = ([0; MAX_RANK], 0);
    each_axis!(K => if !axes.contains(K) {
        left[next] = strides[K];
        next += 1;
    });
    left
}

/// The number of elements of a shape with these lengths, or `None` if the lengths that are not 0
/// multiply past `limit`. So a shape is too large or not whatever other axes are empty, and it stays
/// countable in each order of its axes.
pub(crate) const fn element_count(lens: &[usize], limit: usize) -> Option<usize> {
    let (mut nonzero, mut is_empty, mut k) = (1usize, false, 0);
    while k < lens.len() {
        if lens[k] == 0 {
            is_empty = true;
        } else {
            match nonzero.checked_mul(lens[k]) {
                Some(product) if product <= limit => nonzero = product,
                _ => return None,
            }
        }
        k += 1;
    }
    Some(if is_empty { 0 } else { nonzero })
}

#[cfg(test)]
mod tests {
    use super::element_count;

    #[test]
    fn counting() {
        assert_eq!(element_count(&[], usize::MAX), Some(1));
        assert_eq!(element_count(&[3, 4], usize::MAX), Some(12));
        assert_eq!(element_count(&[usize::MAX, 0], usize::MAX), Some(0));
        assert_eq!(element_count(&[usize::MAX, 0, 2], usize::MAX), None);
        assert_eq!(element_count(&[usize::MAX, 2, 0], usize::MAX), None);
    }
}
