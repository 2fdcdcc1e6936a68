//! Attention: for each query a mean of values, weighted by how well the key of each value matches
//! the query (Vaswani and others, 2017, arXiv:1706.03762).
//!
//! The steps of [`attention`], each of which stores its whole result before the next begins:
//!
//! 1. scores `(.., t, s)` = `(q / sqrt(d)) @ k.mT`.
//! 2. The mask is added to the scores, or sets a score to minus infinity where the query must not
//!    see the key.
//! 3. weights = softmax of the scores along the keys. The softmax of a row whose scores are all
//!    minus infinity would be NaN; the weights of such a row are set to 0.
//! 4. result `(.., t, e)` = weights `@ v`.

use core::marker::PhantomData;

use crate::agreement;
use crate::axes::AxisSet;
use crate::broadcast::BroadcastTo;
use crate::element::{Element, Float, Numeric, StandIn};
use crate::expr::{
    IntoExpr, Lazy, Operand, Permute, Product, Rearranged, Shaped, Softmaxed, Ternary, Zipped,
};
use crate::ops::Evaluate;
use crate::ops::kinds::{Added, Multiplied, Softmax, Where};
use crate::shape::{
    Carried, Extent, KnownAxes, KnownListOf, ListOf, ListTuple, One, Shape, TupleOf,
};
use crate::storage::Storage;
use crate::tensor::Tensor;

/// The set that has only the last axis, which is bit 0.
const LAST: AxisSet = AxisSet(1);

/// Scaled dot product attention: `softmax(q @ k.mT / sqrt(d) + mask) @ v`.
///
/// Queries are `(.., t, d)`, keys `(.., s, d)` and values `(.., s, e)`; the leading axes, batches
/// and heads, are the same in all three. The result is `(.., t, e)`. The mask is [`NoMask`],
/// [`Causal`], a tensor of `bool` that is true where a query sees a key, or a tensor of numbers
/// that are added to the scores; its shape broadcasts to `(.., t, s)`. This is PyTorch's
/// `scaled_dot_product_attention`: for a query that sees no key the result is zeros.
///
/// # Panics
/// If lengths that must be equal are known only at run time and differ.
///
/// ```
/// use shapewright::{nn::{Causal, NoMask, attention}, prelude::*, tensor};
/// let q = tensor![[0.0, 0.0], [0.0, 0.0]];
/// let v = tensor![[1.0, 2.0, 3.0], [5.0, 6.0, 7.0]];
/// assert_eq!(attention(&q, &q, &v, NoMask), [[3.0, 4.0, 5.0], [3.0, 4.0, 5.0]]);
/// assert_eq!(attention(&q, &q, &v, Causal), [[1.0, 2.0, 3.0], [3.0, 4.0, 5.0]]);
/// assert_eq!(attention(&q, &q, &v, &tensor![[false, true], [false, false]]), [[5.0, 6.0, 7.0], [0.0, 0.0, 0.0]]);
/// ```
/// Queries and keys of different widths do not compile, nor does a mask on the wrong axes:
/// ```compile_fail
/// # use shapewright::{Tensor, nn::{NoMask, attention}, prelude::*};
/// fn attend(q: &Tensor<f32, shape![8, 128, 64]>, k: &Tensor<f32, shape![8, 128, 32]>) {
///     let _ = attention(q, k, k, NoMask);
/// }
/// ```
/// ```compile_fail
/// # use shapewright::{Tensor, nn::attention, prelude::*};
/// fn attend(q: &Tensor<f32, shape![8, 128, 64]>, k: &Tensor<f32, shape![8, 100, 64]>, mask: &Tensor<bool, shape![100, 128]>) {
///     let _ = attention(q, k, k, mask);
/// }
/// ```
#[doc(alias("scaled_dot_product_attention", "MultiheadAttention", "self attention"))]
#[track_caller]
pub fn attention<T, Q, K, V, M, Queries, Keys, Values, Scores, Output>(
    q: Q,
    k: K,
    v: V,
    mask: M,
) -> Tensor<T, Output>
where
    T: Float,
    Q: IntoExpr<Elem = T, Shape = Queries>,
    K: IntoExpr<Elem = T, Shape = Keys>,
    V: IntoExpr<Elem = T, Shape = Values>,
    Queries: Shape,
    Keys: Shape,
    Values: Attended<Queries, Keys, Scores = Scores, Output = Output>,
    Scores: Shape,
    Output: Shape,
    M: AttentionMask<T, Scores>,
{
    let (q, k, v) = (q.into_expr(), k.into_expr(), v.into_expr());
    let shapes = Attended::shapes(v.shape(), q.shape(), k.shape());
    agreement::attend(q.shape(), k.shape(), v.shape());
    agreement::counted(shapes.scores);
    agreement::counted(shapes.output);
    let width = <T as StandIn>::Float::of_count(shapes.width);
    let scale = T::of_float(<T as StandIn>::Float::ONE.divided(width.sqrt()));
    let shape = Carried::new(q.shape());
    let lhs =
        Zipped { op: Multiplied, lhs: q, rhs: scale.into_operand(), shape, elem: PhantomData::<T> };
    let how = Permute { rank: K::Shape::RANK, ..Permute::LAST_TWO };
    let rhs = Rearranged { how, expr: k, shape: Carried::new(shapes.transposed) };
    let scores = Lazy(Product { lhs, rhs, shape: Carried::new(shapes.scores) }).to_tensor();
    let scores = mask.masked(scores);
    let mut weights = Lazy(Softmaxed {
        expr: &scores,
        axes: LAST,
        form: PhantomData::<Softmax>,
        kept: PhantomData::<fn(Values::Kept) -> Values::Kept>,
    })
    .to_tensor();
    if M::HIDES_ROWS {
        let keys = shapes.keys.max(1);
        let rows =
            scores.as_slice().chunks_exact(keys).zip(weights.as_mut_slice().chunks_exact_mut(keys));
        for (scores, weights) in rows {
            if scores.iter().all(|&score| score == T::MINIMUM) {
                weights.fill(T::ZERO);
            }
        }
    }
    Lazy(Product { lhs: &weights, rhs: v, shape: Carried::new(shapes.output) }).to_tensor()
}

/// Seals [`AttentionMask`]: a mask must not change the shape of the scores. The types cannot ensure
/// this for run-time lengths, but every mask of this crate keeps the lengths.
mod sealed {
    pub trait Mask {}
}
impl sealed::Mask for NoMask {}
impl sealed::Mask for Causal {}
impl<E: Element, M: Shape, B: Storage> sealed::Mask for &Tensor<E, M, B> {}

/// A mask of attention, for scores of shape `S`. Sealed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no mask of attention over elements of type `{T}`",
    label = "expected `NoMask`, `Causal`, or a tensor by reference",
    note = "a tensor of `bool` is true where a query sees a key; one of `{T}` is added to the scores",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait AttentionMask<T: Float, S: Shape>: sealed::Mask {
    /// Whether the mask may hide all keys from a query.
    #[doc(hidden)]
    const HIDES_ROWS: bool;
    /// The masked scores: minus infinity where a query does not see a key. A mask of numbers is
    /// added to the scores instead.
    #[doc(hidden)]
    fn masked(self, scores: Tensor<T, S>) -> Tensor<T, S>;
}

/// Every query sees every key.
#[derive(Clone, Copy, Debug)]
pub struct NoMask;
impl<T: Float, S: Shape> AttentionMask<T, S> for NoMask {
    const HIDES_ROWS: bool = false;
    fn masked(self, scores: Tensor<T, S>) -> Tensor<T, S> {
        scores
    }
}

/// Query i sees the keys 0 to i, also if there are more or fewer keys than queries.
#[doc(alias("is_causal", "tril"))]
#[derive(Clone, Copy, Debug)]
pub struct Causal;
impl<T: Float, S: Shape> AttentionMask<T, S> for Causal {
    const HIDES_ROWS: bool = false;
    fn masked(self, mut scores: Tensor<T, S>) -> Tensor<T, S> {
        let lengths = scores.shape().lengths();
        if let [.., queries, keys] = *lengths.as_ref()
            && keys > 0
        {
            for (row, scores) in scores.as_mut_slice().chunks_exact_mut(keys).enumerate() {
                let seen = (row % queries + 1).min(keys);
                scores[seen..].fill(T::MINIMUM);
            }
        }
        scores
    }
}

/// A mask may be a tensor of `bool`, or of numbers that are added to the scores.
impl<T: Float, E: Masks<T>, M: Shape + BroadcastTo<S>, S: Shape, B: Storage> AttentionMask<T, S>
    for &Tensor<E, M, B>
{
    const HIDES_ROWS: bool = true;
    #[track_caller]
    fn masked(self, scores: Tensor<T, S>) -> Tensor<T, S> {
        agreement::receive(self.shape(), scores.shape());
        E::masked(self, scores)
    }
}

/// An element type whose tensors mask scores of type `T`: `bool`, and `T` itself.
#[diagnostic::on_unimplemented(
    message = "elements of type `{Self}` do not mask attention over elements of type `{T}`",
    label = "expected a mask of `bool` or of `{T}`",
    note = "a tensor of `bool` is true where a query sees a key; one of `{T}` is added to the scores",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait Masks<T: Float>: Element {
    /// Masks `scores` by `mask`, which broadcasts to the shape of `scores`.
    fn masked<M: Shape, S: Shape, B: Storage>(
        mask: &Tensor<Self, M, B>,
        scores: Tensor<T, S>,
    ) -> Tensor<T, S>;
}
impl<T: Float> Masks<T> for bool {
    fn masked<M: Shape, S: Shape, B: Storage>(
        mask: &Tensor<bool, M, B>,
        scores: Tensor<T, S>,
    ) -> Tensor<T, S> {
        let shape = Carried::new(scores.shape());
        Lazy(Ternary { op: Where, a: mask, b: &scores, c: T::MINIMUM.into_operand(), shape })
            .to_tensor()
    }
}
impl<T: Float> Masks<T> for T {
    fn masked<M: Shape, S: Shape, B: Storage>(
        mask: &Tensor<T, M, B>,
        scores: Tensor<T, S>,
    ) -> Tensor<T, S> {
        let shape = Carried::new(scores.shape());
        Lazy(Zipped { op: Added, lhs: &scores, rhs: mask, shape, elem: PhantomData::<T> })
            .to_tensor()
    }
}

// ---- Shapes ----

/// `Self`, the last axis of the queries `Q`, is the same as `Width`, the last axis of the keys `K`.
#[diagnostic::on_unimplemented(
    message = "attention of queries `{Q}` to keys `{K}`: the last axis is {Self} of the queries, {Width} of the keys",
    label = "the last axes differ: {Self} is not {Width}",
    note = "queries are `(.., t, d)`, keys `(.., s, d)` and values `(.., s, e)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait SameWidth<Width, Q, K>: Extent {
    /// Always `X`. But the compiler can resolve this type only if the axes are the same, so that a
    /// mistake is reported once.
    type Then<X>;
}
#[diagnostic::do_not_recommend]
impl<A: Extent, Q, K> SameWidth<A, Q, K> for A {
    type Then<X> = X;
}

/// `Self`, axis -2 of the keys `K`, is the same as `Keys`, axis -2 of the values `V`: there are as
/// many keys as values.
#[diagnostic::on_unimplemented(
    message = "attention to keys `{K}` with values `{V}`: axis -2 is {Self} of the keys, {Keys} of the values",
    label = "not as many keys as values: {Self} is not {Keys}",
    note = "queries are `(.., t, d)`, keys `(.., s, d)` and values `(.., s, e)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait SameKeys<Keys, K, V>: Extent {
    /// Always `X`. But the compiler can resolve this type only if the axes are the same, so that a
    /// mistake is reported once.
    type Then<X>;
}
#[diagnostic::do_not_recommend]
impl<A: Extent, K, V> SameKeys<A, K, V> for A {
    type Then<X> = X;
}

/// `Self`, the list of the axes of `A` without the last two, is the same as `Heads`, the list of
/// the axes of `B` without the last two.
#[diagnostic::on_unimplemented(
    message = "attention between `{A}` and `{B}`: the axes before the last two, batches and heads, differ",
    label = "batches or heads differ",
    note = "`.broadcast_to(shape)` gives keys and values that are shared by heads the axes that they lack",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait SameHeads<Heads, A, B> {}
#[diagnostic::do_not_recommend]
impl<L, A, B> SameHeads<L, A, B> for L {}

/// Queries with the list of axes `Self` can attend to keys with the list `KeyList` and values with
/// the list `ValueList`.
#[diagnostic::on_unimplemented(
    message = "attention of queries `{Q}` to keys `{K}` with values `{V}`: each has two axes or more",
    label = "expected `(.., t, d)`, `(.., s, d)` and `(.., s, e)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Layers\""
)]
pub trait AttendsList<KeyList, ValueList, Q, K, V> {
    /// The list of the axes of the scores: `(.., t, s)`.
    type Scores;
    /// The list of the axes of the scores with [`One`] in place of the keys: `(.., t, 1)`.
    type Kept;
    /// The list of the axes of the keys with the last two swapped: `(.., d, s)`.
    type Transposed;
    /// The list of the axes of the result: `(.., t, e)`.
    type Output;
    /// The lists `Scores`, `Transposed` and `Output` as values, then the width `d` and the number
    /// `s` of the keys.
    fn lists(
        self,
        keys: KeyList,
        values: ValueList,
    ) -> (Self::Scores, Self::Transposed, Self::Output, [usize; 2]);
}
impl<L: Copy, T: Copy, D, KL, S: Copy, KD: Copy, VL, VS, E, Q, K, V>
    AttendsList<((KL, S), KD), ((VL, VS), E), Q, K, V> for ((L, T), D)
where
    D: SameWidth<KD, Q, K>,
    KD: Extent,
    D::Then<S>: SameKeys<VS, K, V>,
    S: Extent,
    KL: SameHeads<L, K, Q>,
    VL: SameHeads<L, V, Q>,
{
    type Scores = ((L, T), S);
    type Kept = ((L, T), One);
    type Transposed = ((KL, KD), S);
    type Output = ((L, T), E);
    fn lists(
        self,
        keys: ((KL, S), KD),
        values: ((VL, VS), E),
    ) -> (Self::Scores, Self::Transposed, Self::Output, [usize; 2]) {
        let (((heads, queries), _), ((key_heads, count), width), (_, values)) =
            (self, keys, values);
        let sizes = [width.len(), count.len()];
        (((heads, queries), count), ((key_heads, width), count), ((heads, queries), values), sizes)
    }
}

/// The shapes that [`Attended`] computes, as values, with the width `d` and the number `s` of the
/// keys.
#[derive(Clone, Copy, Debug)]
pub struct AttentionShapes<Scores, Transposed, Output> {
    scores: Scores,
    transposed: Transposed,
    output: Output,
    width: usize,
    keys: usize,
}

/// Values of this shape, `(.., s, e)`, can be attended to by queries of shape `Q`, `(.., t, d)`,
/// with keys of shape `K`, `(.., s, d)`. `Self` is the shape of the values, because the compiler
/// learns this shape last. The compiler then waits until all shapes are known, and reports which
/// axes differ instead of guessing a type.
pub trait Attended<Q, K>: Shape {
    /// The shape of the scores: `(.., t, s)`.
    type Scores: Shape;
    /// The shape of the scores with [`One`] in place of the keys: `(.., t, 1)`.
    type Kept: Shape;
    /// The shape of the keys with the last two axes swapped: `(.., d, s)`.
    type Transposed: Shape;
    /// The shape of the result: `(.., t, e)`.
    type Output: Shape;
    /// The shapes `Scores`, `Transposed` and `Output` as values, with the width `d` and the number
    /// `s` of the keys.
    fn shapes(
        self,
        queries: Q,
        keys: K,
    ) -> AttentionShapes<Self::Scores, Self::Transposed, <Self as Attended<Q, K>>::Output>;
}
impl<Q: Shape, K: Shape, V: Shape> Attended<Q, K> for V
where
    ListOf<Q>: KnownAxes<Q>,
    ListOf<K>: KnownAxes<K>,
    ListOf<V>: KnownAxes<V>,
    KnownListOf<Q>: AttendsList<
            KnownListOf<K>,
            KnownListOf<V>,
            Q,
            K,
            V,
            Scores: ListTuple,
            Kept: ListTuple,
            Transposed: ListTuple,
            Output: ListTuple,
        >,
{
    type Scores =
        TupleOf<<KnownListOf<Q> as AttendsList<KnownListOf<K>, KnownListOf<V>, Q, K, V>>::Scores>;
    type Kept =
        TupleOf<<KnownListOf<Q> as AttendsList<KnownListOf<K>, KnownListOf<V>, Q, K, V>>::Kept>;
    type Transposed = TupleOf<
        <KnownListOf<Q> as AttendsList<KnownListOf<K>, KnownListOf<V>, Q, K, V>>::Transposed,
    >;
    type Output =
        TupleOf<<KnownListOf<Q> as AttendsList<KnownListOf<K>, KnownListOf<V>, Q, K, V>>::Output>;
    fn shapes(
        self,
        queries: Q,
        keys: K,
    ) -> AttentionShapes<Self::Scores, Self::Transposed, <Self as Attended<Q, K>>::Output> {
        let (keys, values) = (keys.into_list().known(), self.into_list().known());
        let (scores, transposed, output, [width, keys]) =
            queries.into_list().known().lists(keys, values);
        AttentionShapes {
            scores: scores.into_tuple(),
            transposed: transposed.into_tuple(),
            output: output.into_tuple(),
            width,
            keys,
        }
    }
}
