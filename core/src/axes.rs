//! Axes as values: what there is one of for each axis of a shape, whatever the shape is.

/// The largest number of axes of a shape.
pub const MAX_RANK: usize = 8;

/// One number an axis, counted from the last axis; entries past the rank are 1 for lengths, 0 for
/// strides.
pub type PerAxis<T> = [T; MAX_RANK];

/// What a list has at one axis, as a constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AxisKind {
    /// The rank is smaller.
    Absent,
    /// The axis is [`One`](crate::One).
    Stretching,
    /// The axis is a length; its number where it is static.
    Length(Option<usize>),
}

impl AxisKind {
    /// The length, where it is static.
    pub(crate) const fn known(self) -> Option<usize> {
        match self {
            Self::Absent => None,
            Self::Stretching => Some(1),
            Self::Length(len) => len,
        }
    }
}

/// The axes of a shape that a call is about, one bit an axis; bit 0 is the last axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AxisSet(pub u8);

impl AxisSet {
    /// Every axis.
    pub const ALL: Self = Self(u8::MAX);

    /// The axis `k` alone, counted from the last.
    pub const fn of(k: usize) -> Self {
        Self(1 << k)
    }

    /// The axis `k` too.
    pub const fn with(self, k: usize) -> Self {
        Self(self.0 | 1 << k)
    }

    /// The axes that are in both.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether the axis `k`, counted from the last, is in the set.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub const fn contains(self, k: usize) -> bool {
        self.0 >> k & 1 == 1
    }
}

/// Does the same for each axis, without a loop, which a build for size would not unroll: what is then
/// indexed by a constant needs no memory.
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

/// `axes` with one more axis at the end, which is entry 0.
pub(crate) const fn pushed<T: Copy>(axes: PerAxis<T>, last: T) -> PerAxis<T> {
    // Written out, as by `each_axis!`: a build for size does not unroll loops.
    let [a, b, c, d, e, f, g, _] = axes;
    [last, a, b, c, d, e, f, g]
}

/// The row-major strides of lengths `lens` in elements; 0 along [`One`](crate::One) and past the
/// rank.
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

/// The strides with 0 at each of `axes`.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn spread(strides: PerAxis<isize>, axes: AxisSet) -> PerAxis<isize> {
    let (mut all, mut next) = ([0; MAX_RANK], 0);
    each_axis!(K => if !axes.contains(K) {
        all[K] = strides[next];
        next += 1;
    });
    all
}

/// The strides without those of `axes`.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn without(strides: PerAxis<isize>, axes: AxisSet) -> PerAxis<isize> {
    let (mut left, mut next) = ([0; MAX_RANK], 0);
    each_axis!(K => if !axes.contains(K) {
        left[next] = strides[K];
        next += 1;
    });
    left
}
