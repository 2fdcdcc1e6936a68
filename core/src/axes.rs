//! Values with one entry per axis of a shape, such as lengths, strides and sets of axes. Their
//! types do not depend on the type of the shape.

/// The largest number of axes of a shape.
pub const MAX_RANK: usize = 8;

/// One value per axis. Entry 0 is the last axis. Entries past the rank are 1 for lengths and 0 for
/// strides.
pub type PerAxis<T> = [T; MAX_RANK];

/// What is known about one axis of a shape at compile time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AxisKind {
    /// The shape has too few axes to have this one.
    Absent,
    /// The axis is [`One`](crate::One).
    Stretching,
    /// The axis has a length: `Some` if the length is static, `None` if it is known only at run
    /// time.
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

    /// The set of axis `k` alone (0 is the last axis).
    pub const fn of(k: usize) -> Self {
        Self(1 << k)
    }

    /// This set with axis `k` added (0 is the last axis).
    pub const fn with(self, k: usize) -> Self {
        Self(self.0 | 1 << k)
    }

    /// The axes that are in both sets.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether axis `k` (0 is the last axis) is in the set.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub const fn contains(self, k: usize) -> bool {
        self.0 >> k & 1 == 1
    }
}

/// Repeats an expression for each axis, with the axis as a constant. A build for size would not
/// unroll a loop over the axes, and so would keep the arrays that the expression indexes in memory.
/// Arrays that are indexed only by constants can be in registers.
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

/// `axes` with an entry for a new last axis, which becomes entry 0.
pub(crate) const fn pushed<T: Copy>(axes: PerAxis<T>, last: T) -> PerAxis<T> {
    // No loop, because a build for size does not unroll loops.
    let [a, b, c, d, e, f, g, _] = axes;
    [last, a, b, c, d, e, f, g]
}

/// The row-major strides, in elements, of an array whose axes have the lengths `lens`. They are 0
/// along [`One`](crate::One) and past the rank.
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

/// `strides` with a 0 inserted for each axis in `axes`.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn spread(strides: PerAxis<isize>, axes: AxisSet) -> PerAxis<isize> {
    let (mut all, mut next) = ([0; MAX_RANK], 0);
    each_axis!(K => if !axes.contains(K) {
        all[K] = strides[next];
        next += 1;
    });
    all
}

/// `strides` without the entries of the axes in `axes`.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn without(strides: PerAxis<isize>, axes: AxisSet) -> PerAxis<isize> {
    let (mut left, mut next) = ([0; MAX_RANK], 0);
    each_axis!(K => if !axes.contains(K) {
        left[next] = strides[K];
        next += 1;
    });
    left
}

/// The number of elements of a shape with these lengths, or `None` if the product of the lengths
/// that are not 0 is larger than `limit`. A length of 0 thus does not hide that the other lengths
/// are too large, and the order of the axes makes no difference.
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
