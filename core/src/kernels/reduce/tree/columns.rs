//! Folding short regions side by side. Each region is a column here: element c of row j is element
//! j of column c. Each column is folded in the order in which
//! [`fold_short`](super::short::fold_short) folds a short region along lanes, so the results have
//! the same bits.
//!
//! 1. Accumulator k of each column sees the column's elements in the rows k, k + 16, k + 32 and so
//!    on, until fewer than 16 rows are left. The elements of an accumulator are folded 4 at a time,
//!    and if fewer than 4 remain, one at a time.
//! 2. The accumulators of each column are merged by halves. Accumulators k and k + 8 are merged as
//!    soon as both have seen all their rows, so that 8 states of each column are in memory, not 16.
//!    (If [`Fold::JOINS_ALL`], all 16 states are kept, and are joined in one step.)
//! 3. The rows that are left, fewer than 16, are folded by halves, and the state of each column's
//!    elements in these rows is merged last.

#![expect(
    clippy::redundant_closure,
    reason = "a call by reference to a closure is std's, which is not sure to be inlined into the level's function"
)]

use super::{Fold, LANES, Planes, each};

/// Folds each of `N` columns, whose elements are `get(&row(0), c), .., get(&row(count - 1), c)`.
#[cfg_attr(not(unoptimised), inline(always))]
pub(crate) fn fold_columns<L: Copy, U: Copy, F: Fold<U>, const N: usize>(
    count: usize,
    row: impl Fn(usize) -> L,
    get: impl Fn(&L, usize) -> U,
) -> F::Planes<N> {
    let (rows, few) = (count / LANES, count % LANES);
    let mut state = F::Planes::splat(F::EMPTY);
    if F::JOINS_ALL && rows > 0 {
        let mut lanes = [state; LANES];
        for (k, lane) in lanes.iter_mut().enumerate() {
            *lane = accumulated::<L, U, F, N>(
                rows,
                #[cfg_attr(not(unoptimised), inline(always))]
                |r| row(r * LANES + k),
                #[cfg_attr(not(unoptimised), inline(always))]
                |lane: &L, c| get(lane, c),
            );
        }
        state = F::joined_columns::<N>(lanes);
    } else if rows > 0 {
        // Accumulators k and k + 8 are merged in the same pass of the loop, so that 8 states are
        // kept instead of 16.
        let mut lanes = [state; LANES / 2];
        let weights = F::weights(rows, rows);
        for (k, lane) in lanes.iter_mut().enumerate() {
            let [low, high] = each(
                #[cfg_attr(not(unoptimised), inline(always))]
                |h| {
                    accumulated::<L, U, F, N>(
                        rows,
                        #[cfg_attr(not(unoptimised), inline(always))]
                        |r| row(r * LANES + h * (LANES / 2) + k),
                        #[cfg_attr(not(unoptimised), inline(always))]
                        |lane: &L, c| get(lane, c),
                    )
                },
            );
            *lane = F::merge_all::<false, N>(low, high, weights);
        }
        let (mut half, mut seen) = (LANES / 4, 2 * rows);
        while half > 0 {
            let weights = F::weights(seen, seen);
            for k in 0..half {
                lanes[k] = F::merge_all::<false, N>(lanes[k], lanes[k + half], weights);
            }
            half /= 2;
            seen *= 2;
        }
        state = lanes[0];
    }
    if few > 0 {
        let after: [L; LANES] = each(
            #[cfg_attr(not(unoptimised), inline(always))]
            |k| row(rows * LANES + if k < few { k } else { 0 }),
        );
        let mut rest = state;
        rest.fill(
            #[cfg_attr(not(unoptimised), inline(always))]
            |c| {
                let elements = each(
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |k| get(&after[k], c),
                );
                F::few(elements, few)
            },
        );
        let weights = F::weights(rows * LANES, few);
        state = if rows > 0 { F::merge_all::<false, N>(state, rest, weights) } else { rest };
    }
    state
}

/// The states of one accumulator of each column. The accumulator of column c sees the elements
/// `get(&row(0), c), .., get(&row(rows - 1), c)`; `rows` is at least 1.
#[cfg_attr(not(unoptimised), inline(always))]
fn accumulated<L: Copy, U: Copy, F: Fold<U>, const N: usize>(
    rows: usize,
    row: impl Fn(usize) -> L,
    get: impl Fn(&L, usize) -> U,
) -> F::Planes<N> {
    let (mut state, mut seen) = (F::Planes::splat(F::EMPTY), 0);
    while seen < rows {
        let (next, more) = if rows - seen >= 4 {
            (
                piece::<4, L, U, F, N>(
                    seen,
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |r| row(r),
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |lane: &L, c| get(lane, c),
                ),
                4,
            )
        } else {
            (
                piece::<1, L, U, F, N>(
                    seen,
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |r| row(r),
                    #[cfg_attr(not(unoptimised), inline(always))]
                    |lane: &L, c| get(lane, c),
                ),
                1,
            )
        };
        state = if seen == 0 {
            next
        } else {
            F::merge_all::<true, N>(state, next, F::weights(seen, more))
        };
        seen += more;
    }
    state
}

/// The state of the `R` elements of each column that come after its first `seen` elements.
#[cfg_attr(not(unoptimised), inline(always))]
fn piece<const R: usize, L: Copy, U: Copy, F: Fold<U>, const N: usize>(
    seen: usize,
    row: impl Fn(usize) -> L,
    get: impl Fn(&L, usize) -> U,
) -> F::Planes<N> {
    let lanes: [L; R] = each(
        #[cfg_attr(not(unoptimised), inline(always))]
        |r| row(seen + r),
    );
    F::leaves::<R, N>(
        #[cfg_attr(not(unoptimised), inline(always))]
        |r, c| get(&lanes[r], c),
    )
}
