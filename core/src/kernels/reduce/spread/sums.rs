//! The fold that sums deviations from a number that is already known, and the squares of these
//! deviations.

use crate::element::Float;
use crate::kernels::reduce::sums::{first, square, two_sum};
use crate::kernels::reduce::tree::{Fold, LANES, each, halved, through_memory};

/// The fold that computes the sum of some deviations and, if `P` is 2, the sum of their squares.
/// Leaves are merged without compensation. When the accumulators are joined, the sum of the
/// deviations is compensated, since its rounding error would show in the mean of few elements.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sums<const P: usize>;
impl<const P: usize> Sums<P> {
    /// The state of at most 16 deviations. Their sum is compensated.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn near<T: Float, const N: usize>(deviations: [T; N]) -> [T; P] {
        Self::of(halved_parts(deviations, [T::ADDITIVE_IDENTITY; N]), deviations)
    }
    /// As [`near`](Self::near), except that for 16 deviations the first step, which adds deviation
    /// k + 8 to deviation k, is not compensated.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn leaf_near<T: Float, const N: usize>(deviations: [T; N]) -> [T; P] {
        if N < LANES {
            return Self::near(deviations);
        }
        let half: [T; 8] = each(
            #[cfg_attr(not(unoptimised), inline(always))]
            |k| deviations[k].plus(deviations[k + 8]),
        );
        Self::of(halved_parts(half, [T::ADDITIVE_IDENTITY; 8]), deviations)
    }
    /// The state of `deviations`, whose sum is `sum`.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn of<T: Float, const N: usize>(sum: T, deviations: [T; N]) -> [T; P] {
        if P == 1 {
            return [sum; P];
        }
        let squares = each::<T, N>(
            #[cfg_attr(not(unoptimised), inline(always))]
            |k| square(deviations[k]),
        );
        let both = [sum, halved(squares, T::plus)];
        each(
            #[cfg_attr(not(unoptimised), inline(always))]
            |p| both[p],
        )
    }
}
impl<const P: usize, T: Float> Fold<T> for Sums<P> {
    type State = [T; P];
    type Planes<const N: usize> = [[T; N]; P];
    type Weights = ();
    const EMPTY: [T; P] = [T::ADDITIVE_IDENTITY; P];
    const JOINS_ALL: bool = true;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn leaf<const N: usize>(deviations: [T; N]) -> [T; P] {
        Self::of(halved(deviations, T::plus), deviations)
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn few(deviations: [T; LANES], count: usize) -> [T; P] {
        Self::near(first(deviations, count))
    }
    /// Joins the accumulators by halves. Once a quarter of the values is left, these values are
    /// written to memory and read again. Otherwise LLVM would shuffle sums and squares into the
    /// same vectors, from the first step on.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn joined(lanes: [[T; LANES]; P], _: usize, _: bool) -> [T; P] {
        let [sums, lost] = quarter_of_parts(lanes[0]);
        if P == 1 {
            return [halved_parts(sums, lost); P];
        }
        let squares = quarter(lanes[P - 1]);
        let both = [halved_parts(sums, lost), halved(squares, T::plus)];
        each(
            #[cfg_attr(not(unoptimised), inline(always))]
            |p| both[p],
        )
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn joined_columns<const N: usize>(mut lanes: [[[T; N]; P]; LANES]) -> [[T; N]; P] {
        let (mut lost, mut half) = ([[T::ADDITIVE_IDENTITY; N]; LANES], LANES / 2);
        while half > 0 {
            for k in 0..half {
                for c in 0..N {
                    let (sum, lost_here) = two_sum(lanes[k][0][c], lanes[k + half][0][c]);
                    lanes[k][0][c] = sum;
                    lost[k][c] = lost[k][c].plus(lost[k + half][c]).plus(lost_here);
                    if P > 1 {
                        lanes[k][P - 1][c] = lanes[k][P - 1][c].plus(lanes[k + half][P - 1][c]);
                    }
                }
            }
            half /= 2;
        }
        for (sum, lost) in lanes[0][0].iter_mut().zip(lost[0]) {
            *sum = sum.plus(lost);
        }
        lanes[0]
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn weights(_: usize, _: usize) {}
    #[cfg_attr(not(unoptimised), inline(always))]
    fn merge<const COMPENSATED: bool>(a: [T; P], b: [T; P], (): ()) -> [T; P] {
        each(
            #[cfg_attr(not(unoptimised), inline(always))]
            |p| a[p].plus(b[p]),
        )
    }
}

/// The compensated sum, by halves, of the numbers `sums`, plus all of `lost`.
#[cfg_attr(not(unoptimised), inline(always))]
fn halved_parts<T: Float, const N: usize>(mut sums: [T; N], mut lost: [T; N]) -> T {
    // Unrolled by hand, because a build for size unrolls no loops.
    macro_rules! written_out {
        ($($half:literal: $($k:literal)*;)*) => {$(
            if const { N > $half } {
                $({
                    let (sum, lost_here) = two_sum(sums[$k], sums[$k + $half]);
                    sums[$k] = sum;
                    lost[$k] = lost[$k].plus(lost[$k + $half]).plus(lost_here);
                })*
            }
        )*};
    }
    const { assert!(N.is_power_of_two() && N <= 16) };
    written_out! { 8: 0 1 2 3 4 5 6 7; 4: 0 1 2 3; 2: 0 1; 1: 0; }
    sums[0].plus(lost[0])
}

/// As [`quarter`]; also returns what the rounding of each of the 4 sums has lost.
#[cfg_attr(not(unoptimised), inline(always))]
fn quarter_of_parts<T: Float>(of: [T; LANES]) -> [[T; LANES / 4]; 2] {
    let (mut sums, mut lost) = ([T::ZERO; LANES / 4], [T::ZERO; LANES / 4]);
    for k in 0..LANES / 4 {
        let (low, lost_low) = two_sum(of[k], of[k + 8]);
        let (high, lost_high) = two_sum(of[k + 4], of[k + 12]);
        let (sum, lost_here) = two_sum(low, high);
        (sums[k], lost[k]) = (sum, lost_low.plus(lost_high).plus(lost_here));
    }
    through_memory([sums, lost])
}

/// The first two steps of a sum by halves: 16 numbers become 4 sums.
#[cfg_attr(not(unoptimised), inline(always))]
fn quarter<T: Float>(of: [T; LANES]) -> [T; LANES / 4] {
    through_memory(each(
        #[cfg_attr(not(unoptimised), inline(always))]
        |k| of[k].plus(of[k + 8]).plus(of[k + 4].plus(of[k + 12])),
    ))
}
