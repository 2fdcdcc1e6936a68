//! The mean and the variance, in the order that the library documents: deviations from an anchor,
//! which is replaced from time to time.

use shapewright::Float;

use super::{Order, Part, accumulated, collapsed, halved, in_pairs, padded, two_sum};

/// `a + b`, and its rounding error, if `a` is not the smaller one in magnitude.
fn parts<T: Float>(a: T, b: T) -> [T; 2] {
    let sum = a.plus(b);
    [sum, b.minus(sum.minus(a))]
}

/// The squared deviations minus `more`, at least 0.
fn around<T: Float>(squares: T, more: T) -> T {
    let left = squares.minus(more);
    if left <= T::ZERO { T::ZERO } else { left }
}

/// The count, the mean and the sum of squared deviations; the latter two with their rounding
/// errors.
#[derive(Clone, Copy, Debug)]
struct Spread<T> {
    count: usize,
    mean: [T; 2],
    squares: [T; 2],
}

/// The statistics of elements whose deviations from `from` are summed by the first of `sums`, and
/// their squares by the second.
fn about<T: Float>(from: T, elements: &[T], sums: [&dyn Fn(&[T]) -> T; 2]) -> Spread<T> {
    let apart: Vec<T> = elements.iter().map(|x| x.minus(from)).collect();
    let squares: Vec<T> = apart.iter().map(|x| x.times(*x)).collect();
    let (apart, count) = (sums[0](&apart), T::of_count(elements.len()));
    let moved = apart.divided(count);
    let squares = around(sums[1](&squares), apart.times(moved));
    Spread {
        count: elements.len(),
        mean: parts(from, moved),
        squares: [squares, T::ADDITIVE_IDENTITY],
    }
}

/// The sum of a power of two of elements by halves, with its rounding error.
fn halved_parts<T: Float>(elements: &[T]) -> T {
    let mut all: Vec<[T; 2]> = elements.iter().map(|&x| [x, T::ADDITIVE_IDENTITY]).collect();
    while all.len() > 1 {
        let high = all.split_off(all.len() / 2);
        let both = |(a, b): (&[T; 2], &[T; 2])| {
            let [sum, lost] = two_sum(a[0], b[0]);
            [sum, a[1].plus(b[1]).plus(lost)]
        };
        all = all.iter().zip(&high).map(both).collect();
    }
    all[0][0].plus(all[0][1])
}

/// The statistics of a power of two of elements, or of fewer if the others are padding.
fn piece<T: Float>(from: T, elements: &[T], width: usize) -> Spread<T> {
    let behind = |of: &[T]| {
        let mut of = of.to_vec();
        of.resize(width, T::ADDITIVE_IDENTITY);
        of
    };
    about(from, elements, [&|of| halved_parts(&behind(of)), &|of| halved(&behind(of))])
}

/// The mean of a power of two of elements, which are scaled down first, as their sum could
/// overflow.
fn anchor<T: Float>(elements: &[T]) -> T {
    let share = T::ONE.divided(T::of_count(elements.len()));
    halved(&elements.iter().map(|x| x.times(share)).collect::<Vec<_>>())
}

/// The statistics of less than a leaf, padded to a leaf.
fn few<T: Float>(elements: &[T]) -> Spread<T> {
    let (share, count) = (T::ONE.divided(T::of_count(16)), T::of_count(elements.len()));
    let shares: Vec<T> = elements.iter().map(|x| x.times(share)).collect();
    piece(padded(&shares, 16).times(T::of_count(16).divided(count)), elements, 16)
}

/// The statistics of a single leaf.
fn leaf<T: Float>(elements: &[T]) -> Spread<T> {
    let near = |of: &[T]| {
        if of.len() < 16 {
            return halved_parts(of);
        }
        let pairs = of.iter().zip(&of[8..]).map(|(a, b)| a.plus(*b));
        halved_parts(&pairs.collect::<Vec<_>>())
    };
    about(anchor(elements), elements, [&near, &|of| halved(of)])
}

/// The number of elements that an accumulator collects before they are merged with the `settled`
/// ones.
fn opens(settled: usize) -> usize {
    let quarter = (settled / 4).clamp(16, 128);
    (0..8).map(|k| 1 << k).rfind(|&power| power <= quarter).expect("16 is no more")
}

/// Adds less than a leaf to the state `before`.
fn with_rest<T: Float>(before: Option<Spread<T>>, elements: &[T]) -> Spread<T> {
    let part = T::ONE.divided(T::of_count(elements.len()));
    let near = |x: &T| x.minus(elements[0]).times(part);
    let from = elements[0].plus(elements.iter().map(near).fold(T::ZERO, |sum, x| sum.plus(x)));
    let parts_of = |of: &[T], lost: T, share: T| {
        of.iter().fold([T::ZERO, lost], |[sum, lost], &x| {
            let [sum, lost_here] = two_sum(sum, x);
            [sum, lost.plus(lost_here.times(share))]
        })
    };
    let Some(mut before) = before else {
        let sum = |of: &[T]| {
            let [sum, lost] = parts_of(of, T::ADDITIVE_IDENTITY, T::ONE);
            sum.plus(lost)
        };
        return about(from, elements, [&sum, &sum]);
    };
    let sum = |of: &[T]| parts_of(of, T::ADDITIVE_IDENTITY, T::ONE)[0];
    let rest = about(from, elements, [&sum, &sum]);
    // The rounding errors are added to those of `before`.
    let apart: Vec<T> = elements.iter().map(|x| x.minus(from)).collect();
    let squares: Vec<T> = apart.iter().map(|x| x.times(*x)).collect();
    let share = T::ONE.divided(T::of_count(before.count));
    before.mean[1] = parts_of(&apart, before.mean[1], share)[1];
    before.squares[1] = parts_of(&squares, before.squares[1], T::ONE)[1];
    spread_merged(before, rest, false)
}

/// The statistics of one accumulator, which has at least one element.
fn spread_of<T: Float>(elements: &[T]) -> Spread<T> {
    let mut leaves = elements.chunks_exact(16);
    let rest = leaves.remainder();
    let Some(first) = leaves.next() else { return with_rest(None, rest) };
    let mut state = leaf(first);
    let (mut from, mut sum, mut summed, mut open) = (T::ZERO, T::ZERO, T::ZERO, 0);
    let settled = |a: Spread<T>, from: T, sum: T, summed: T, open: usize| {
        let shares = Shares::of(a.count, open);
        let moved = sum.times(shares.part);
        let (mean, apart) = met(a.mean, [from, moved], &shares);
        let more = around(summed, sum.times(moved)).plus(apart.times(apart.times(shares.weight)));
        let [squares, lost] = parts(a.squares[0], more);
        Spread { count: a.count + open, mean, squares: [squares, a.squares[1].plus(lost)] }
    };
    for elements in leaves {
        if open == 0 {
            (from, sum, summed) = (anchor(elements), T::ZERO, T::ZERO);
        }
        let apart: Vec<T> = elements.iter().map(|x| x.minus(from)).collect();
        let squares: Vec<T> = apart.iter().map(|x| x.times(*x)).collect();
        (sum, summed, open) =
            (sum.plus(halved(&apart)), summed.plus(halved(&squares)), open + elements.len());
        if open >= opens(state.count) {
            (state, open) = (settled(state, from, sum, summed, open), 0);
        }
    }
    if open > 0 {
        state = settled(state, from, sum, summed, open);
    }
    if rest.is_empty() { state } else { with_rest(Some(state), rest) }
}

/// The factors of a merge, from two counts.
struct Shares<T> {
    part: T,
    share: T,
    weight: T,
}
impl<T: Float> Shares<T> {
    fn of(a: usize, b: usize) -> Self {
        let share = T::of_count(b).divided(T::of_count(a + b));
        Self { part: T::ONE.divided(T::of_count(b)), share, weight: T::of_count(a).times(share) }
    }
}

/// The mean of all elements, in two parts, and the difference of the second mean from the first.
fn met<T: Float>(a: [T; 2], b: [T; 2], shares: &Shares<T>) -> ([T; 2], T) {
    let [differ, lost] = two_sum(b[0], a[0].negated());
    let beside = lost.plus(b[1].minus(a[1]));
    let [mean, rest] = two_sum(a[0], differ.times(shares.share));
    let rest = rest.plus(a[1].plus(beside.times(shares.share)));
    (parts(mean, rest), differ.plus(beside))
}

/// Merges the statistics of two sets of elements, where `b` is not the larger set.
fn spread_merged<T: Float>(a: Spread<T>, b: Spread<T>, plain: bool) -> Spread<T> {
    let count = a.count + b.count;
    let shares = Shares::of(a.count, b.count);
    let (mean, apart) = met(a.mean, b.mean, &shares);
    let between = apart.times(apart.times(shares.weight));
    let lost = a.squares[1].plus(b.squares[1]);
    let squares = if plain {
        [a.squares[0].plus(b.squares[0].plus(between)), lost]
    } else {
        let [both, lost_first] = two_sum(a.squares[0], b.squares[0]);
        let [all, lost_then] = two_sum(both, between);
        [all, lost.plus(lost_first).plus(lost_then)]
    };
    Spread { count, mean, squares }
}

/// The statistics of a block, or less, along lanes.
fn spread_along<T: Float>(elements: &[T], plain: bool) -> Spread<T> {
    let rows = elements.len() / 16;
    let (rows, behind) = elements.split_at(rows * 16);
    if rows.is_empty() {
        return few(behind);
    }
    let lanes: Vec<_> = (0..16)
        .map(|k| spread_of(&rows.iter().skip(k).step_by(16).copied().collect::<Vec<_>>()))
        .collect();
    let from = anchor(&lanes.iter().map(|lane| lane.mean[0]).collect::<Vec<_>>());
    let apart: Vec<T> =
        lanes.iter().map(|lane| lane.mean[0].minus(from).plus(lane.mean[1])).collect();
    let squares: Vec<T> = apart.iter().map(|x| x.times(*x)).collect();
    let (sum, number) = (halved_parts(&apart), T::of_count(16));
    let moved = sum.divided(number);
    let between = around(halved(&squares), sum.times(moved));
    let within: Vec<T> = lanes.iter().map(|lane| lane.squares[0].plus(lane.squares[1])).collect();
    let squares = halved(&within).plus(between.times(T::of_count(lanes[0].count)));
    let all = Spread {
        count: rows.len(),
        mean: parts(from, moved),
        squares: [squares, T::ADDITIVE_IDENTITY],
    };
    if behind.is_empty() { all } else { spread_merged(all, few(behind), plain) }
}

/// The sum of fewer than 256 deviations along lanes: that of the accumulators with its rounding
/// error, and then that of the elements after their last row.
fn short_sum<T: Float>(deviations: &[T]) -> T {
    let (rows, few) = deviations.split_at(deviations.len() / 16 * 16);
    let lane = |k: usize| {
        let lane: Vec<T> = rows.iter().skip(k).step_by(16).copied().collect();
        accumulated(&lane, 1, [true, true]).sum
    };
    let behind = || {
        let mut few = few.to_vec();
        few.resize(16, T::ADDITIVE_IDENTITY);
        halved_parts(&few)
    };
    if rows.is_empty() {
        return behind();
    }
    let all = halved_parts(&(0..16).map(lane).collect::<Vec<_>>());
    if few.is_empty() { all } else { all.plus(behind()) }
}

/// The statistics of `region`, which is not empty, in the documented order.
fn spread<T: Float>(region: &[T], order: Order) -> Spread<T> {
    if order == Order::Along && region.len() < 256 {
        let plain = |elements: &[T]| accumulated(elements, 16, [true, true]).sum;
        let from = plain(region).divided(T::of_count(region.len()));
        return about(from, region, [&short_sum, &plain]);
    }
    let along = order == Order::Along;
    let plain = region.len() <= 8192;
    let of = |block: &[T]| if along { spread_along(block, plain) } else { spread_of(block) };
    let blocks = region.chunks_exact(1024 * 16 * if along { 16 } else { 1 });
    let behind = blocks.remainder();
    let last = (!behind.is_empty()).then(|| of(behind));
    in_pairs(&blocks.map(of).collect::<Vec<_>>(), last, &|a, b| spread_merged(a, b, false))
}

/// Two to the power 98, or 546 for `f64`.
fn far<T: Float>() -> T {
    let step = T::of_count(1 << 14);
    (0..if size_of::<T>() == 4 { 7 } else { 39 }).fold(T::ONE, |far, _| far.times(step))
}

/// Whether all elements are so small that their squares underflow to 0, but not all are 0.
fn tiny<T: Float>(region: &[T]) -> bool {
    let bound = T::ONE.divided(far());
    region.iter().all(|x| x.abs() < bound) && region.iter().any(|&x| x != T::ZERO)
}

/// The mean and the sum of squared deviations of `region`, one element after the other, in units of
/// the third result. This is used if a deviation or its square overflows, if an element is infinite
/// or NaN, and if all are tiny.
fn scaled<T: Float>(region: &[T]) -> [T; 3] {
    let unit = if tiny(region) { T::ONE.divided(far()) } else { far() };
    let (shrink, count) = (T::ONE.divided(unit), T::of_count(region.len()));
    let sum = |of: &dyn Fn(T) -> T| {
        let [sum, lost] = region.iter().fold([T::ZERO; 2], |[sum, lost], &x| {
            let [after, lost_here] = two_sum(sum, of(x));
            let [all, rest] = two_sum(after, lost.plus(lost_here));
            if rest.minus(rest) == T::ZERO { [all, rest] } else { [after, T::ZERO] }
        });
        collapsed(Part { sum, lost })
    };
    let from = sum(&|x| x.times(shrink)).divided(count);
    if from.minus(from) != T::ZERO {
        return [from.times(unit), T::NAN, unit];
    }
    let apart = |x: T| x.times(shrink).minus(from);
    let total = sum(&apart);
    let moved = total.divided(count);
    let squares = around(sum(&|x| apart(x).times(apart(x))), total.times(moved));
    [from.plus(moved).times(unit), squares, unit]
}

/// The mean of `region`.
pub fn mean<T: Float>(region: &[T], order: Order) -> T {
    if region.is_empty() {
        return T::NAN;
    }
    let mean = spread(region, order).mean[0];
    if mean.minus(mean) == T::ZERO && !tiny(region) { mean } else { scaled(region)[0] }
}

/// The sum of squared deviations of `region` divided by its degrees of freedom, `n - ddof`, and the
/// unit of the deviations.
fn per_degree<T: Float>(region: &[T], order: Order, ddof: usize) -> [T; 2] {
    if region.len() <= ddof {
        return [T::NAN, T::ONE];
    }
    let Spread { mean, squares: [squares, lost], .. } = spread(region, order);
    let degrees = T::of_count(region.len() - ddof);
    if mean[0].minus(mean[0]).plus(squares.minus(squares)) == T::ZERO && !tiny(region) {
        return [squares.plus(lost).divided(degrees), T::ONE];
    }
    let [_, squares, unit] = scaled(region);
    [squares.divided(degrees), unit]
}

/// The variance of `region` with the divisor `n - ddof`.
pub fn var<T: Float>(region: &[T], order: Order, ddof: usize) -> T {
    let [var, unit] = per_degree(region, order, ddof);
    var.times(unit).times(unit)
}

/// The standard deviation of `region` with the divisor `n - ddof`, which may be finite even if the
/// variance overflows.
pub fn std<T: Float>(region: &[T], order: Order, ddof: usize) -> T {
    let [var, unit] = per_degree(region, order, ddof);
    var.sqrt().times(unit)
}
