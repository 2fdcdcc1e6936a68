//! Strided memory of other libraries, and the check that it can be viewed as a tensor.

use crate::axes::{AxisKind, PerAxis};
use crate::error::ShapeError;
use crate::shape::{List, ListOf, Shape};

/// The strides of a view of shape `S`, from the strides `found`, which begin with the stride along
/// the first axis. The stride along [`One`](crate::One) is 0, because that axis may be stretched.
pub(super) fn strides_of<S: Shape>(found: &[isize]) -> PerAxis<isize> {
    let mut strides = [0; crate::axes::MAX_RANK];
    let kinds = <ListOf<S> as List>::KINDS;
    for ((stride, &found), kind) in strides.iter_mut().zip(found.iter().rev()).zip(kinds) {
        if matches!(kind, AxisKind::Length(_)) {
            *stride = found;
        }
    }
    strides
}

/// Checks that no two indices of `shape` reach the same element by `strides`.
///
/// The test is sufficient, not necessary: each axis must step over all elements that the axes of
/// smaller strides reach together.
///
/// 1. Sort the axes by the absolute values of their strides. Axes of length 1 do not count.
/// 2. For each axis in this order, the stride must be larger than the largest offset that the axes
///    before it reach together. Then add the reach of this axis, `(len - 1) * stride`.
///
/// The check accepts all views that are made by slicing, reversing and rearranging the axes of an
/// array, and `ndarray` has no other mutable views.
///
/// # Errors
/// When elements overlap, or elements along one axis lie between those along another.
pub(super) fn apart<S: Shape>(shape: S, strides: PerAxis<isize>) -> Result<(), ShapeError> {
    let lens = shape.into_list().lens();
    if lens.contains(&0) {
        return Ok(());
    }
    let mut axes = lens;
    let mut steps = strides.map(isize::unsigned_abs);
    // Insertion sort, because there are at most eight axes. An axis of length 1 gets the step 0
    // here, and the loop after the sort skips it.
    for k in 0..axes.len() {
        if axes[k] == 1 {
            steps[k] = 0;
        }
        let mut at = k;
        while at > 0 && (steps[at - 1], axes[at - 1]) > (steps[at], axes[at]) {
            steps.swap(at - 1, at);
            axes.swap(at - 1, at);
            at -= 1;
        }
    }
    let mut reached = 0usize;
    for (len, step) in axes.into_iter().zip(steps).filter(|&(len, _)| len > 1) {
        if step <= reached {
            return Err(ShapeError::strides(
                "the elements of a mutable view overlap, or interleave",
                shape.lengths().as_ref(),
                strides,
                "copy it to a tensor",
            ));
        }
        reached = reached.saturating_add((len - 1).saturating_mul(step));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::{Dim, Dyn, One};

    /// Whether [`apart`] accepts the lengths and strides, given from the first axis on. If it does,
    /// asserts that the offsets of all elements are distinct.
    fn is_apart(lengths: [usize; 3], found: [isize; 3]) -> bool {
        let shape = (Dyn::of(lengths[0]), Dyn::of(lengths[1]), Dyn::of(lengths[2]));
        let said = apart(shape, strides_of::<(Dyn, Dyn, Dyn)>(&found)).is_ok();
        let mut offsets = alloc::vec::Vec::new();
        for i in 0..lengths[0] as isize {
            for j in 0..lengths[1] as isize {
                for k in 0..lengths[2] as isize {
                    offsets.push(i * found[0] + j * found[1] + k * found[2]);
                }
            }
        }
        let count = offsets.len();
        offsets.sort_unstable();
        offsets.dedup();
        assert!(!said || offsets.len() == count, "{lengths:?} by {found:?} overlap");
        said
    }

    #[test]
    fn elements_apart() {
        for (lengths, strides, expected) in [
            ([2, 3, 4], [12, 4, 1], true),
            ([4, 3, 2], [1, 4, 12], true),
            ([2, 3, 4], [-12, 4, -1], true),
            ([2, 3, 4], [24, 8, 2], true),
            ([2, 3, 4], [0, 4, 1], false),
            ([2, 3, 4], [11, 4, 1], false),
            ([2, 3, 4], [12, 3, 1], false),
            ([2, 3, 4], [12, -3, 1], false),
            ([2, 1, 4], [4, 0, 1], true),
            ([1, 1, 1], [0, 0, 0], true),
            ([2, 2, 1], [1, 1, 9], false),
            ([2, 0, 4], [0, 0, 0], true),
            ([1, 3, 1], [1, 1, 1], true),
        ] {
            assert_eq!(is_apart(lengths, strides), expected, "{lengths:?} by {strides:?}");
        }
    }

    /// All small lengths with all small strides: those that `apart` accepts have no overlap.
    #[test]
    fn nothing_that_overlaps_passes() {
        let mut passed = 0;
        for case in 0..4 * 4 * 4 * 9 * 9 * 9 {
            let mut rest = case;
            let mut take = |n: usize| (rest % n, rest /= n).0;
            let lengths = [take(4), take(4), take(4)];
            let strides = [take(9) as isize - 4, take(9) as isize - 4, take(9) as isize - 4];
            passed += usize::from(is_apart(lengths, strides));
        }
        assert!(passed > 1000, "{passed}");
    }

    #[test]
    fn one_has_no_stride() {
        assert_eq!(strides_of::<(Dim<2>, One, Dim<3>)>(&[7, 5, -1]), [-1, 0, 7, 0, 0, 0, 0, 0]);
    }
}
