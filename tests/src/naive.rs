//! A naive evaluator: arrays whose shape is a list of lengths, and whose operations are loops over all indices.
//!
//! It knows NumPy's rules and nothing of types, strides, lanes or fusion, so that the tests can compare the crate with it bit for bit.
//! The only thing that it shares with the crate is the documented order of summation, written down here once more.

use shapewright::{Expr, Extent, Float, IntoExpr, Shape, Storage, Tensor, prelude::*};

use crate::same::{Value, assert_same};

/// One axis of a [`Naive`] array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// The length.
    pub len: usize,
    /// Whether the axis is [`One`](shapewright::One). The order of a sum depends on it.
    pub one: bool,
}

/// The axis that broadcasting leaves, and that reductions keep.
const ONE: Length = Length { len: 1, one: true };

/// A shape as a list.
pub trait Axes: Shape {
    /// Its axes, the first first.
    fn axes(self) -> Vec<Length>;
}
macro_rules! axes {
    ($([$($axis:ident)*])*) => {$(
        impl<$($axis: Extent),*> Axes for ($($axis,)*) {
            fn axes(self) -> Vec<Length> {
                #[allow(non_snake_case)]
                let ($($axis,)*) = self;
                vec![$(Length { len: $axis.len(), one: $axis::STRETCHES }),*]
            }
        }
    )*};
}
axes! { [] [A] [A B] [A B C] [A B C D] [A B C D E] }

/// An array of any shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Naive<T> {
    axes: Vec<Length>,
    elements: Vec<T>,
}

/// Calls `body` with every index of `axes`, in row-major order.
fn each_index(axes: &[Length], body: &mut dyn FnMut(&[usize])) {
    let count: usize = axes.iter().map(|axis| axis.len).product();
    let mut index = vec![0; axes.len()];
    for flat in 0..count {
        let mut rest = flat;
        for (i, axis) in index.iter_mut().zip(axes).rev() {
            *i = rest % axis.len;
            rest /= axis.len;
        }
        body(&index);
    }
}

/// The place of `index` in row-major order, aligned at the right, axes of length `One` stretching.
fn place(axes: &[Length], index: &[usize]) -> usize {
    let aligned = &index[index.len() - axes.len()..];
    axes.iter().zip(aligned).fold(0, |at, (axis, &i)| at * axis.len + if axis.one { 0 } else { i })
}

/// The axes that `a` and `b` broadcast to.
fn joined(a: &[Length], b: &[Length]) -> Vec<Length> {
    let rank = a.len().max(b.len());
    let axis = |axes: &[Length], k: usize| (k + axes.len()).checked_sub(rank).map_or(ONE, |k| axes[k]);
    let join = |k| match (axis(a, k), axis(b, k)) {
        (x, y) if x == y => x,
        (ONE, y) => y,
        (x, ONE) => x,
        (x, y) => panic!("{x:?} does not match {y:?}"),
    };
    (0..rank).map(join).collect()
}

impl<T: Value> Naive<T> {
    /// Every element by `value(index)`.
    pub fn from_fn(axes: Vec<Length>, value: &mut dyn FnMut(&[usize]) -> T) -> Self {
        let mut elements = Vec::new();
        each_index(&axes, &mut |index| elements.push(value(index)));
        Self { axes, elements }
    }

    /// A copy of a tensor, read index by index.
    pub fn of<S: Axes, B: Storage>(tensor: &Tensor<T, S, B>) -> Self {
        Self::from_fn(tensor.shape().axes(), &mut |index| {
            let mut at = S::FIRST;
            at.as_mut().copy_from_slice(index);
            *tensor.get(at).expect("an index of the shape")
        })
    }

    /// The lengths.
    pub fn lengths(&self) -> Vec<usize> {
        self.axes.iter().map(|axis| axis.len).collect()
    }

    /// The elements in row-major order.
    pub fn elements(&self) -> &[T] {
        &self.elements
    }

    /// The element at `index`, aligned at the right and stretched.
    pub fn at(&self, index: &[usize]) -> T {
        self.elements[place(&self.axes, index)]
    }

    /// A function of each element.
    pub fn map<U: Value>(&self, function: impl Fn(T) -> U) -> Naive<U> {
        Naive { axes: self.axes.clone(), elements: self.elements.iter().map(|&x| function(x)).collect() }
    }

    /// A function of the elements of two arrays, broadcast with each other.
    pub fn zip<A: Value, U: Value>(&self, other: &Naive<A>, function: impl Fn(T, A) -> U) -> Naive<U> {
        let axes = joined(&self.axes, &other.axes);
        Naive::from_fn(axes, &mut |index| function(self.at(index), other.at(index)))
    }

    /// A function of the elements of three arrays, broadcast with each other.
    pub fn zip3<A: Value, B: Value, U: Value>(
        &self,
        a: &Naive<A>,
        b: &Naive<B>,
        function: impl Fn(T, A, B) -> U,
    ) -> Naive<U> {
        let axes = joined(&joined(&self.axes, &a.axes), &b.axes);
        Naive::from_fn(axes, &mut |index| function(self.at(index), a.at(index), b.at(index)))
    }

    /// Stretched to the shape of `like`.
    pub fn broadcast_like<U>(&self, like: &Naive<U>) -> Self {
        Self::from_fn(like.axes.clone(), &mut |index| self.at(index))
    }

    /// The axes in another order.
    pub fn permuted(&self, order: &[usize]) -> Self {
        let axes = order.iter().map(|&k| self.axes[k]).collect();
        let mut from = vec![0; order.len()];
        Self::from_fn(axes, &mut |index| {
            order.iter().zip(index).for_each(|(&k, &i)| from[k] = i);
            self.at(&from)
        })
    }

    /// `len` indices of axis `axis` from `start` on, every `step`-th.
    pub fn sliced(&self, axis: usize, start: usize, len: usize, step: isize) -> Self {
        let mut axes = self.axes.clone();
        axes[axis] = Length { len, one: false };
        Self::from_fn(axes, &mut |index| {
            let mut from = index.to_vec();
            from[axis] = start.wrapping_add_signed(step * index[axis] as isize);
            // Not `at`: an axis of `One` is sliced like any other.
            self.elements[from.iter().zip(&self.axes).fold(0, |at, (&i, axis)| at * axis.len + i)]
        })
    }

    /// The same elements under other axes.
    pub fn reshaped(&self, axes: Vec<Length>) -> Self {
        assert_eq!(axes.iter().map(|axis| axis.len).product::<usize>(), self.elements.len());
        Self { axes, elements: self.elements.clone() }
    }

    /// A new axis of `One` at position `axis`.
    pub fn expanded(&self, axis: usize) -> Self {
        let mut axes = self.axes.clone();
        axes.insert(axis, ONE);
        Self { axes, elements: self.elements.clone() }
    }

    /// Each region of elements that differ along the axes `over` alone, as `reduced` makes one element of it; the axes are kept as `One`.
    ///
    /// `reduced` is told whether the last axis that is not `One` is reduced.
    pub fn kept<U: Value>(&self, over: &[usize], reduced: impl Fn(&[T], Order) -> U) -> Naive<U> {
        let is_over = |k: usize| over.contains(&k);
        let lane = self.axes.iter().rposition(|axis| !axis.one);
        let order = if lane.is_none_or(is_over) { Order::Along } else { Order::Across };
        let axes: Vec<_> =
            (0..self.axes.len()).map(|k| if is_over(k) { ONE } else { self.axes[k] }).collect();
        // One pass over the elements: large tensors are reduced too.
        let mut regions = vec![Vec::new(); axes.iter().map(|axis| axis.len).product()];
        let place = |index: &[usize], axes: &[Length]| {
            index.iter().zip(axes).fold(0, |at, (&i, axis)| at * axis.len + if axis.one { 0 } else { i })
        };
        each_index(&self.axes, &mut |from| {
            regions[place(from, &axes)].push(self.elements[place(from, &self.axes)]);
        });
        Naive::from_fn(axes.clone(), &mut |index| reduced(&regions[place(index, &axes)], order))
    }

    /// Without the axes `gone`, which are of length 1.
    pub fn without(&self, gone: &[usize]) -> Self {
        let axes = (0..self.axes.len()).filter(|k| !gone.contains(k)).map(|k| self.axes[k]).collect();
        self.reshaped(axes)
    }

    /// Fails when an expression does not give these elements, bit for bit, in this shape.
    #[track_caller]
    pub fn agrees<X: IntoExpr<Elem = T>>(&self, found: X, what: &str)
    where
        X::Node: Expr,
    {
        let found = found.to_tensor();
        let found_lengths = found.shape().lengths();
        assert_same((found_lengths.as_ref(), found.as_slice()), (&self.lengths(), &self.elements), what);
    }
}

// ---- the order of summation ------------------------------------------------------------------------------------------

/// The two orders of summation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Along lanes: the last axis is reduced.
    Along,
    /// Across lanes: the last axis is kept.
    Across,
}

/// What is known of some elements: how many they are, their sum, what its rounding has lost, and the sum of squared deviations.
#[derive(Clone, Copy, Debug)]
struct Part<T> {
    count: usize,
    sum: T,
    lost: T,
    squares: T,
}

/// What `region` comes to in the documented order.
///
/// An accumulator sees leaves of 16 elements, then pieces of 4 and of 1. Across lanes there is one; along lanes there are 16, of
/// which element i goes to number i mod 16, and what is behind the last row of 16 comes last. Blocks of 1024 leaves of each accumulator
/// are merged in pairs. A region of less than 256 elements along lanes takes two passes, without compensation.
fn folded<T: Float>(region: &[T], order: Order) -> Part<T> {
    let width = if order == Order::Along { 16 } else { 1 };
    if order == Order::Along && region.len() < 256 {
        let sum = |elements: &[T]| accumulated(elements, width, [true, true]).sum;
        let mean = sum(region).divided(T::of_count(region.len()));
        let squares: Vec<T> = region.iter().map(|x| x.minus(mean).times(x.minus(mean))).collect();
        return Part { count: region.len(), sum: sum(region), lost: T::NOTHING, squares: sum(&squares) };
    }
    let blocks = region.chunks_exact(1024 * 16 * width);
    let behind = blocks.remainder();
    let plain = region.len() <= 8192;
    let whole: Vec<_> = blocks.map(|block| accumulated(block, width, [false, false])).collect();
    if whole.is_empty() {
        accumulated(behind, width, [false, plain])
    } else {
        in_pairs(&whole, accumulated(behind, width, [false, false]))
    }
}

/// The `whole` blocks, the largest power of two of them first, and then the rest.
fn in_pairs<T: Float>(whole: &[Part<T>], last: Part<T>) -> Part<T> {
    fn balanced<T: Float>(blocks: &[Part<T>]) -> Part<T> {
        match blocks {
            [block] => *block,
            _ => {
                let (left, right) = blocks.split_at(blocks.len() / 2);
                merged(balanced(left), balanced(right), false)
            }
        }
    }
    if whole.is_empty() {
        return last;
    }
    let (first, rest) = whole.split_at(1 << whole.len().ilog2());
    merged(balanced(first), in_pairs(rest, last), false)
}

/// What `width` accumulators make of a block, merged by halves, and the elements behind their last row. Merges within an accumulator
/// and between them are plain as told.
fn accumulated<T: Float>(block: &[T], width: usize, [within, plain]: [bool; 2]) -> Part<T> {
    let (rows, few) = block.split_at(block.len() / width * width);
    let nothing = Part { count: 0, sum: T::NOTHING, lost: T::NOTHING, squares: T::NOTHING };
    let accumulate = |k: usize| {
        let mut left: Vec<T> = rows.iter().skip(k).step_by(width).copied().collect();
        let mut state = nothing;
        while !left.is_empty() {
            let rest =
                left.split_off([1, 4, 16][usize::from(left.len() >= 4) + usize::from(left.len() >= 16)]);
            state = merged(state, leaf(&left), within);
            left = rest;
        }
        state
    };
    let mut all: Vec<_> = (0..width).map(accumulate).collect();
    while all.len() > 1 && !rows.is_empty() {
        let high = all.split_off(all.len() / 2);
        all = all.into_iter().zip(high).map(|(a, b)| merged(a, b, plain)).collect();
    }
    if few.is_empty() {
        return all[0];
    }
    let mut padded = few.to_vec();
    padded.resize(width, T::NOTHING);
    let mean = halved(&padded).divided(T::of_count(few.len()));
    let mut squares: Vec<T> = few.iter().map(|x| x.minus(mean).times(x.minus(mean))).collect();
    squares.resize(width, T::NOTHING);
    let few = Part { count: few.len(), sum: halved(&padded), lost: T::NOTHING, squares: halved(&squares) };
    if rows.is_empty() { few } else { merged(all[0], few, plain) }
}

/// A leaf: single elements, merged by halves. What the merges of one size add to the squares is summed before it is weighed.
fn leaf<T: Float>(elements: &[T]) -> Part<T> {
    let (mut sums, mut squares) = (elements.to_vec(), T::NOTHING);
    while sums.len() > 1 {
        let high = sums.split_off(sums.len() / 2);
        let apart: Vec<T> = sums.iter().zip(&high).map(|(a, b)| a.minus(*b).times(a.minus(*b))).collect();
        let weight = T::of_count(high.len()).divided(T::of_count(elements.len()));
        squares = squares.plus(halved(&apart).times(weight));
        sums = sums.into_iter().zip(high).map(|(a, b)| a.plus(b)).collect();
    }
    Part { count: elements.len(), sum: sums[0], lost: T::NOTHING, squares }
}

/// The sum of a power of two of elements: the first half and the second, element by element, and so on.
fn halved<T: Float>(elements: &[T]) -> T {
    match elements {
        [x] => *x,
        _ => {
            let (low, high) = elements.split_at(elements.len() / 2);
            let sums: Vec<T> = low.iter().zip(high).map(|(a, b)| a.plus(*b)).collect();
            halved(&sums)
        }
    }
}

/// The sum and what its rounding has lost, together; the sum alone when that is no number.
fn collapsed<T: Float>(part: Part<T>) -> T {
    if part.lost.minus(part.lost) == T::ZERO { part.sum.plus(part.lost) } else { part.sum }
}

/// Two parts in one: the sum with what its rounding loses unless `plain`, the squares by Chan's formula.
fn merged<T: Float>(a: Part<T>, b: Part<T>, plain: bool) -> Part<T> {
    let count = a.count + b.count;
    let number = T::of_count;
    let squares = if a.count == 0 || b.count == 0 {
        a.squares.plus(b.squares)
    } else {
        let apart = a.sum.times(number(b.count).divided(number(a.count))).minus(b.sum);
        let weight = number(a.count).divided(number(b.count).times(number(count)));
        a.squares.plus(b.squares.plus(apart.times(weight).times(apart)))
    };
    if plain {
        return Part { count, sum: collapsed(a).plus(collapsed(b)), lost: T::NOTHING, squares };
    }
    let sum = a.sum.plus(b.sum);
    let of_b = sum.minus(a.sum);
    let lost = a.sum.minus(sum.minus(of_b)).plus(b.sum.minus(of_b));
    Part { count, sum, lost: a.lost.plus(b.lost).plus(lost), squares }
}

/// The sum of `region` in the documented order; +0.0 of negative zeros.
pub fn sum<T: Float>(region: &[T], order: Order) -> T {
    if region.is_empty() { T::ZERO } else { collapsed(folded(region, order)).plus(T::ZERO) }
}

/// `a + b`, and what its rounding loses where `a` is not the smaller one.
fn parts<T: Float>(a: T, b: T) -> [T; 2] {
    let sum = a.plus(b);
    [sum, b.minus(sum.minus(a))]
}

/// The count, the mean and the sum of squared deviations, the latter two with what their rounding has lost.
#[derive(Clone, Copy, Debug)]
struct Spread<T> {
    count: usize,
    mean: [T; 2],
    squares: [T; 2],
}

/// Of elements whose deviations from `from` are summed by `sum`.
fn about<T: Float>(from: T, elements: &[T], sum: impl Fn(&[T]) -> T) -> Spread<T> {
    let apart: Vec<T> = elements.iter().map(|x| x.minus(from)).collect();
    let squares: Vec<T> = apart.iter().map(|x| x.times(*x)).collect();
    let (apart, count) = (sum(&apart), T::of_count(elements.len()));
    let moved = apart.divided(count);
    let squares = sum(&squares).minus(apart.times(moved));
    Spread { count: elements.len(), mean: parts(from, moved), squares: [squares, T::NOTHING] }
}

/// The mean of the first four elements, or of fewer where there are.
fn anchor<T: Float>(elements: &[T]) -> T {
    let first = &elements[..elements.len().min(4)];
    let share = T::ONE.divided(T::of_count(first.len()));
    halved(&first.iter().map(|x| x.times(share)).collect::<Vec<_>>())
}

/// What an accumulator sees, at least one element.
fn spread_of<T: Float>(elements: &[T]) -> Spread<T> {
    let whole = elements.chunks_exact(16);
    let fours = whole.remainder().chunks_exact(4);
    let ones = fours.remainder().chunks(1);
    let mut pieces = whole.chain(fours).chain(ones);
    let first = pieces.next().expect("at least one element");
    let mut state = about(anchor(first), first, halved);
    let (mut sum, mut summed, mut open) = (T::ZERO, T::ZERO, 0);
    let settle = |state: &mut Spread<T>, sum: T, summed: T, open: usize| {
        let count = T::of_count(open);
        let share = count.divided(T::of_count(state.count + open));
        let [mean, rest] = state.mean;
        let from_anchor = sum.divided(count);
        let apart = from_anchor.minus(rest);
        let moved = apart.times(share);
        state.mean = parts(mean, rest.plus(moved));
        let correction = rest.times(from_anchor.plus(apart)).plus(apart.times(moved));
        let [squares, lost] = parts(state.squares[0], summed.minus(correction.times(count)));
        state.squares = [squares, state.squares[1].plus(lost)];
        state.count += open;
    };
    for piece in pieces {
        let apart: Vec<T> = piece.iter().map(|x| x.minus(state.mean[0])).collect();
        let squares: Vec<T> = apart.iter().map(|x| x.times(*x)).collect();
        (sum, summed, open) = (sum.plus(halved(&apart)), summed.plus(halved(&squares)), open + piece.len());
        if open >= 256 || open >= 3 * state.count {
            settle(&mut state, sum, summed, open);
            (sum, summed, open) = (T::ZERO, T::ZERO, 0);
        }
    }
    if open > 0 {
        settle(&mut state, sum, summed, open);
    }
    state
}

/// The elements of both, of which `b` are not more.
fn spread_merged<T: Float>(a: Spread<T>, b: Spread<T>, plain: bool) -> Spread<T> {
    let two_sum = |a: T, b: T| {
        let sum = a.plus(b);
        let of_b = sum.minus(a);
        [sum, a.minus(sum.minus(of_b)).plus(b.minus(of_b))]
    };
    let count = a.count + b.count;
    let share = T::of_count(b.count).divided(T::of_count(count));
    let weight = T::of_count(a.count).times(share);
    let apart = b.mean[0].minus(a.mean[0]).plus(b.mean[1].minus(a.mean[1]));
    let mean = parts(a.mean[0], a.mean[1].plus(apart.times(share)));
    let between = apart.times(apart.times(weight));
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

/// A block, or less, along lanes.
fn spread_along<T: Float>(elements: &[T], plain: bool) -> Spread<T> {
    let rows = elements.len() / 16;
    let (rows, few) = elements.split_at(rows * 16);
    let padded = |of: &[T]| {
        let mut of = of.to_vec();
        of.resize(16, T::NOTHING);
        halved(&of)
    };
    let behind = || {
        let share = T::ONE.divided(T::of_count(16));
        let shares: Vec<T> = few.iter().map(|x| x.times(share)).collect();
        let from = padded(&shares).times(T::of_count(16).divided(T::of_count(few.len())));
        about(from, few, padded)
    };
    if rows.is_empty() {
        return behind();
    }
    let lanes: Vec<_> =
        (0..16).map(|k| spread_of(&rows.iter().skip(k).step_by(16).copied().collect::<Vec<_>>())).collect();
    let from = anchor(&lanes.iter().map(|lane| lane.mean[0]).collect::<Vec<_>>());
    let apart: Vec<T> = lanes.iter().map(|lane| lane.mean[0].minus(from).plus(lane.mean[1])).collect();
    let squares: Vec<T> = apart.iter().map(|x| x.times(*x)).collect();
    let (sum, number) = (halved(&apart), T::of_count(16));
    let moved = sum.divided(number);
    let between = halved(&squares).minus(sum.times(moved));
    let within: Vec<T> = lanes.iter().map(|lane| lane.squares[0].plus(lane.squares[1])).collect();
    let squares = halved(&within).plus(between.times(T::of_count(lanes[0].count)));
    let all = Spread { count: rows.len(), mean: parts(from, moved), squares: [squares, T::NOTHING] };
    if few.is_empty() { all } else { spread_merged(all, behind(), plain) }
}

/// What is known of `region`, not empty, in the documented order.
fn spread<T: Float>(region: &[T], order: Order) -> Spread<T> {
    if order == Order::Along && region.len() < 256 {
        let plain = |elements: &[T]| accumulated(elements, 16, [true, true]).sum;
        let anchoring = match region.len() / 16 {
            0 => region.len(),
            1..=4 => 16,
            5..=8 => 32,
            _ => 64,
        };
        let from = plain(&region[..anchoring]).divided(T::of_count(anchoring));
        return about(from, region, plain);
    }
    let along = order == Order::Along;
    let plain = region.len() <= 8192;
    let of = |block: &[T]| if along { spread_along(block, plain) } else { spread_of(block) };
    let blocks = region.chunks_exact(1024 * 16 * if along { 16 } else { 1 });
    let behind = blocks.remainder();
    let mut digits: Vec<Spread<T>> = Vec::new();
    for block in blocks {
        let mut block = of(block);
        while digits.last().is_some_and(|last| last.count == block.count) {
            block = spread_merged(digits.pop().expect("the last"), block, false);
        }
        digits.push(block);
    }
    let mut all = if behind.is_empty() { digits.pop().expect("a block") } else { of(behind) };
    while let Some(digit) = digits.pop() {
        all = spread_merged(digit, all, false);
    }
    all
}

/// The mean of `region`.
pub fn mean<T: Float>(region: &[T], order: Order) -> T {
    if region.is_empty() { T::NAN } else { spread(region, order).mean[0] }
}

/// The variance of `region` with the divisor `n - ddof`.
pub fn var<T: Float>(region: &[T], order: Order, ddof: usize) -> T {
    if region.len() <= ddof {
        return T::NAN;
    }
    let [squares, lost] = spread(region, order).squares;
    squares.plus(lost).divided(T::of_count(region.len() - ddof))
}
