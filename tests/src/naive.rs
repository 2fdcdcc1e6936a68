//! A naive evaluator: arrays whose shape is a list of lengths, and whose operations are loops over
//! all indices.
//!
//! It implements NumPy's rules and knows nothing of types, strides, lanes or fusion, so that the
//! tests can compare the crate with it bit for bit. It shares only the documented order of
//! summation with the crate, and implements that independently.

mod spread;

use shapewright::{Expr, Extent, Float, IntoExpr, Shape, Storage, Tensor, prelude::*};

use crate::same::{Value, assert_same};

pub use spread::{mean, std, var};

/// One axis of a [`Naive`] array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// The length.
    pub len: usize,
    /// Whether the axis is [`One`](shapewright::One). The order of a sum depends on it.
    pub one: bool,
}

/// The axis that stretches, and that reductions keep with `keepdims`.
const ONE: Length = Length { len: 1, one: true };

/// A shape as a list.
pub trait Axes: Shape {
    /// Its axes, beginning with the first.
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

/// The position of `index` in row-major order, aligned at the right; axes of length `One` stretch.
fn place(axes: &[Length], index: &[usize]) -> usize {
    let aligned = &index[index.len() - axes.len()..];
    axes.iter().zip(aligned).fold(0, |at, (axis, &i)| at * axis.len + if axis.one { 0 } else { i })
}

/// The axes that `a` and `b` broadcast to.
fn joined(a: &[Length], b: &[Length]) -> Vec<Length> {
    let rank = a.len().max(b.len());
    let axis =
        |axes: &[Length], k: usize| (k + axes.len()).checked_sub(rank).map_or(ONE, |k| axes[k]);
    let join = |k| match (axis(a, k), axis(b, k)) {
        (x, y) if x == y => x,
        (ONE, y) => y,
        (x, ONE) => x,
        (x, y) => panic!("{x:?} does not match {y:?}"),
    };
    (0..rank).map(join).collect()
}

impl<T: Value> Naive<T> {
    /// Computes every element by `value(index)`.
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

    /// Applies a function to each element.
    pub fn map<U: Value>(&self, function: impl Fn(T) -> U) -> Naive<U> {
        Naive {
            axes: self.axes.clone(),
            elements: self.elements.iter().map(|&x| function(x)).collect(),
        }
    }

    /// Applies a function to the elements of two arrays, broadcast with each other.
    pub fn zip<A: Value, U: Value>(
        &self,
        other: &Naive<A>,
        function: impl Fn(T, A) -> U,
    ) -> Naive<U> {
        let axes = joined(&self.axes, &other.axes);
        Naive::from_fn(axes, &mut |index| function(self.at(index), other.at(index)))
    }

    /// Applies a function to the elements of three arrays, broadcast with each other.
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

    /// Reduces the axes `over`, which are kept as `One`: `reduced` computes one element from each
    /// region of elements whose indices differ only along these axes.
    ///
    /// The second argument of `reduced` says whether the last axis that is not `One` is reduced.
    pub fn kept<U: Value>(&self, over: &[usize], reduced: impl Fn(&[T], Order) -> U) -> Naive<U> {
        let is_over = |k: usize| over.contains(&k);
        let lane = self.axes.iter().rposition(|axis| !axis.one);
        let order = if lane.is_none_or(is_over) { Order::Along } else { Order::Across };
        let axes: Vec<_> =
            (0..self.axes.len()).map(|k| if is_over(k) { ONE } else { self.axes[k] }).collect();
        // One pass over the elements, because large tensors are reduced too.
        let mut regions = vec![Vec::new(); axes.iter().map(|axis| axis.len).product()];
        let place = |index: &[usize], axes: &[Length]| {
            index
                .iter()
                .zip(axes)
                .fold(0, |at, (&i, axis)| at * axis.len + if axis.one { 0 } else { i })
        };
        each_index(&self.axes, &mut |from| {
            regions[place(from, &axes)].push(self.elements[place(from, &self.axes)]);
        });
        Naive::from_fn(axes.clone(), &mut |index| reduced(&regions[place(index, &axes)], order))
    }

    /// Removes the axes `gone`, which have the length 1.
    pub fn without(&self, gone: &[usize]) -> Self {
        let axes =
            (0..self.axes.len()).filter(|k| !gone.contains(k)).map(|k| self.axes[k]).collect();
        self.reshaped(axes)
    }

    /// Fails if an expression does not have these elements, bit for bit, and this shape.
    #[track_caller]
    pub fn agrees<X: IntoExpr<Elem = T>>(&self, found: X, what: &str)
    where
        X::Node: Expr,
    {
        let found = found.to_tensor();
        let found_lengths = found.shape().lengths();
        assert_same(
            (found_lengths.as_ref(), found.as_slice()),
            (&self.lengths(), &self.elements),
            what,
        );
    }
}

// ---- the order of summation ----------------------------------------------------------------

/// The two orders of summation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Along lanes: the last axis is reduced.
    Along,
    /// Across lanes: the last axis is kept.
    Across,
}

/// The sum of some elements, and its accumulated rounding error.
#[derive(Clone, Copy, Debug)]
struct Part<T> {
    sum: T,
    lost: T,
}

/// The sum of `region` in the documented order, with its rounding error.
///
/// An accumulator combines leaves of 16 elements, then pieces of 4 and of 1. Across lanes there is
/// one accumulator. Along lanes there are 16: element i goes to accumulator i mod 16, and the
/// elements after the last row of 16 come last. Blocks of 1024 leaves per accumulator are merged in
/// pairs. Nothing is compensated in a region of fewer than 256 elements along lanes.
fn folded<T: Float>(region: &[T], order: Order) -> Part<T> {
    let width = if order == Order::Along { 16 } else { 1 };
    if order == Order::Along && region.len() < 256 {
        return accumulated(region, width, [true, true]);
    }
    let blocks = region.chunks_exact(1024 * 16 * width);
    let behind = blocks.remainder();
    let plain = region.len() <= 8192;
    let whole: Vec<_> = blocks.map(|block| accumulated(block, width, [false, false])).collect();
    if whole.is_empty() {
        accumulated(behind, width, [false, plain])
    } else {
        in_pairs(&whole, Some(accumulated(behind, width, [false, false])), &|a, b| {
            merged(a, b, false)
        })
    }
}

/// Merges the `whole` blocks, the largest power of two of them first, and then the other whole
/// blocks and `last`.
fn in_pairs<P: Copy>(whole: &[P], last: Option<P>, merge: &impl Fn(P, P) -> P) -> P {
    fn balanced<P: Copy>(blocks: &[P], merge: &impl Fn(P, P) -> P) -> P {
        match blocks {
            [block] => *block,
            _ => {
                let (left, right) = blocks.split_at(blocks.len() / 2);
                merge(balanced(left, merge), balanced(right, merge))
            }
        }
    }
    if whole.is_empty() {
        return last.expect("a block, or elements behind the last");
    }
    let (first, rest) = whole.split_at(1 << whole.len().ilog2());
    let first = balanced(first, merge);
    if rest.is_empty() && last.is_none() {
        first
    } else {
        merge(first, in_pairs(rest, last, merge))
    }
}

/// The sum of a block by `width` accumulators, merged by halves, and then the elements after their
/// last row. `within` and `plain` say whether merges within an accumulator and between them are
/// uncompensated.
fn accumulated<T: Float>(block: &[T], width: usize, [within, plain]: [bool; 2]) -> Part<T> {
    let (rows, few) = block.split_at(block.len() / width * width);
    let nothing = Part { sum: T::ADDITIVE_IDENTITY, lost: T::ADDITIVE_IDENTITY };
    let accumulate = |k: usize| {
        let mut left: Vec<T> = rows.iter().skip(k).step_by(width).copied().collect();
        let mut state = nothing;
        while !left.is_empty() {
            let rest = left.split_off(
                [1, 4, 16][usize::from(left.len() >= 4) + usize::from(left.len() >= 16)],
            );
            state = merged(state, Part { sum: halved(&left), lost: T::ADDITIVE_IDENTITY }, within);
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
    let few = Part { sum: padded(few, width), lost: T::ADDITIVE_IDENTITY };
    if rows.is_empty() { few } else { merged(all[0], few, plain) }
}

/// The sum of fewer than `width` elements, padded with the additive identity.
fn padded<T: Float>(few: &[T], width: usize) -> T {
    let mut few = few.to_vec();
    few.resize(width, T::ADDITIVE_IDENTITY);
    halved(&few)
}

/// The sum of a power of two of elements: adds the second half to the first, element by element,
/// and so on.
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

/// The sum plus its rounding error; the sum alone if the result would be NaN.
fn collapsed<T: Float>(part: Part<T>) -> T {
    if part.lost.minus(part.lost) == T::ZERO { part.sum.plus(part.lost) } else { part.sum }
}

/// `a + b`, and its rounding error (Knuth's TwoSum).
fn two_sum<T: Float>(a: T, b: T) -> [T; 2] {
    let sum = a.plus(b);
    let of_b = sum.minus(a);
    [sum, a.minus(sum.minus(of_b)).plus(b.minus(of_b))]
}

/// Merges two parts, compensated unless `plain`.
fn merged<T: Float>(a: Part<T>, b: Part<T>, plain: bool) -> Part<T> {
    if plain {
        return Part { sum: collapsed(a).plus(collapsed(b)), lost: T::ADDITIVE_IDENTITY };
    }
    let [sum, lost] = two_sum(a.sum, b.sum);
    Part { sum, lost: a.lost.plus(b.lost).plus(lost) }
}

/// The sum of `region` in the documented order; +0.0 for negative zeros.
pub fn sum<T: Float>(region: &[T], order: Order) -> T {
    if region.is_empty() { T::ZERO } else { collapsed(folded(region, order)).plus(T::ZERO) }
}
