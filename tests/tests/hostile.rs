//! Safe user code that does not behave as it claims: it may cause wrong results, but nothing worse.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

use shapewright::{
    Array, Dim, Dyn, Indices, IntoExpr, Level, NamedLength, Operand, Static, Stretch, Tensor,
    array,
    nn::{BatchNorm, LayerNorm, NoBias, RmsNorm},
    prelude::*,
    shape, stack, tensor,
};

/// Another number at each call.
fn scattered() -> f32 {
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    let call = CALLS.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B9);
    if call.is_multiple_of(7) { f32::NAN } else { (call >> 8 & 0xFFFF) as f32 }
}

/// The searched element is not found again. The index is still within the tensor, and a position is
/// at most the number of elements.
#[test]
fn functions_that_give_another_value_each_time() {
    macro_rules! of {
        ($($len:literal)*) => {$({
            let x = Tensor::<f32, shape![$len]>::ones();
            assert!(x.get(x.map(|_| scattered()).argmax()).is_some());
            assert!(x.get(x.map(|_| scattered()).argmin()).is_some());
        })*};
    }
    of! { 1 70 300 8193 }
    let x = Tensor::<f32, shape![40, 1, 70]>::ones();
    assert!(x.get(x.map(|_| scattered()).argmax()).is_some());
    let places = x.map(|_| scattered()).argmax_axis(Axis::<0>).to_tensor();
    assert!(places.as_slice().iter().all(|&place| place <= 40));
    let places = x.map(|_| scattered()).argmin_axis(Axis::<2>).to_tensor();
    assert!(places.as_slice().iter().all(|&place| place <= 70));
    assert_eq!(x.map(|_| scattered()).softmax(Axis::<0>).to_tensor().len(), 2800);
    assert_eq!(x.map(|_| scattered()).log_softmax(Axis::<2>).to_tensor().len(), 2800);
    assert_eq!(x.map(|_| scattered()).var_axis(Axis::<2>).to_tensor().len(), 40);
    let y = Tensor::<f32, shape![70, 3]>::ones();
    assert_eq!(x.map(|_| scattered()).matmul(&y).to_tensor().len(), 120);
}

/// An interrupted write leaves elements, old ones or new ones.
#[test]
fn functions_that_panic() {
    let x = Tensor::<f32, shape![30, 40]>::ones();
    for at in [0, 1, 17, 600, 1199] {
        let calls = AtomicUsize::new(0);
        let f = |x: f32| {
            assert!(calls.fetch_add(1, Ordering::Relaxed) != at, "as it was asked to");
            2.0 * x
        };
        let mut out = Tensor::<f32, shape![30, 40]>::zeros();
        macro_rules! panics {
            ($($evaluation:expr;)*) => {$(
                calls.store(0, Ordering::Relaxed);
                let panicked = catch_unwind(AssertUnwindSafe(|| {
                    let _ = $evaluation;
                }));
                assert!(panicked.is_err());
            )*};
        }
        panics! {
            x.map(f).to_tensor();
            x.map(f).to_array();
            x.map(f).sum();
            x.map(f).softmax(Axis::<0>).to_tensor();
            x.map(f).permute_dims((Axis::<1>, Axis::<0>)).to_tensor();
            x.map(f).reshape_to(shape![1200]).sqrt().to_tensor();
            (&x - x.map(f).mean_axis(Axis::<0>)).to_tensor();
            x.concat_to(x.map(f), Axis::<1>, Dim::<80>).to_tensor();
            x.stack(x.map(f), Axis::<1>).to_tensor();
            stack([x.map(f), x.map(f)], Axis::<0>).to_tensor();
            x.map(f).take(Axis::<0>, [3, 5]).to_tensor();
            x.map(f).pad((Axis::<0>, Axis::<1>), Pad::<1, 2>, 1.0).to_tensor();
            x.map(f).windows(Axis::<0>, Window::<3>).to_tensor();
            x.map(f).cumsum(Axis::<0>).to_tensor();
            x.map(f).tril(0).to_tensor();
            Tensor::<f32, shape![30, 40]>::from_fn(|_| f(1.0));
            Array::<f32, shape![30, 40]>::from_fn(|_| f(1.0));
            out.assign(x.map(f));
            out.assign(x.map(f).cumsum(Axis::<1>).minimum(2.0).maximum(2.0));
        }
        assert!(out.as_slice().iter().all(|&x| x == 0.0 || x == 2.0));
        out.assign(1.0);
        panics! { out += x.map(f); }
        assert!(out.as_slice().iter().all(|&x| x == 1.0 || x == 3.0));
    }
}

/// A length whose value takes memory, has its own alignment, cannot be cloned and cannot be
/// printed.
#[derive(Copy)]
#[repr(align(256))]
struct Heavy([u64; 5]);
#[expect(clippy::non_canonical_clone_impl, reason = "that is what is tested")]
impl Clone for Heavy {
    fn clone(&self) -> Self {
        panic!("a shape is copied")
    }
}
impl fmt::Debug for Heavy {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Err(fmt::Error)
    }
}
impl NamedLength for Heavy {
    type Size = Static<6>;
    type Bits = ();
    const NAME: &'static str = "";
    const VALUE: Self = Heavy([7; 5]);
}
const HEAVY: Heavy = Heavy([8; 5]);

#[test]
fn lengths_with_values_of_their_own() {
    let x = Tensor::<f32, shape![Heavy, 3]>::from_fn(|[i, j]| (3 * i + j) as f32);
    let a = Array::<f32, shape![Heavy, 3]>::from_fn(|[i, j]| (3 * i + j) as f32);
    let plain = Tensor::<f32, shape![6, 3]>::from_fn(|[i, j]| (3 * i + j) as f32);
    assert_eq!((&x, x.as_slice()), (&x.clone(), plain.as_slice()));
    assert_eq!(x, a);
    let centered = (&x - x.mean_axis(HEAVY)).to_array();
    assert_eq!(centered.as_slice(), (&plain - plain.mean_axis(Axis::<0>)).to_tensor().as_slice());
    let turned = a.permute_dims((Axis::<1>, HEAVY));
    assert_eq!(
        turned.matmul(&x).to_array(),
        plain.permute_dims((Axis::<1>, Axis::<0>)).matmul(&plain).to_tensor()
    );
    assert_eq!(x.concat_to(&a, HEAVY, Dim::<12>).sum(), 2.0 * plain.sum());
    assert_eq!(x.reshape_to(shape![6, 3]).to_array(), plain);
    assert_eq!(x.pad_to(HEAVY, Pad::<1, 0>, 0.0, Dim::<7>).sum(), plain.sum());
    assert_eq!(x.windows_to(HEAVY, Window::<2, 2>, Dim::<3>).sum(), plain.sum());
    assert_eq!(x.windows(HEAVY, Window::<1>).shape().0.0, [7; 5]);
    assert_eq!(a.take(HEAVY, 5).to_tensor(), tensor![15.0, 16.0, 17.0]);
    assert_eq!(x.stack(&a, Axis::<0>).shape().1.0, [7; 5]);
    assert_eq!(x.cumsum(HEAVY).to_tensor().row(5), plain.sum_axis(Axis::<0>).to_tensor());
    assert_eq!(tensor![5u8].one_hot::<f32, _>(HEAVY).sum(), 1.0);
    assert_eq!(a.slice(HEAVY, Span::<1, 2>).to_tensor(), tensor![[3.0, 4.0, 5.0], [6.0, 7.0, 8.0]]);
    assert_eq!(x.greater(3.0).where_(&a, 0.0).sum(), plain.sum() - 6.0);
    let column = x.permute_dims((Axis::<1>, Axis::<0>)).to_tensor();
    let norm = BatchNorm::of(&column, 0.0);
    assert_eq!(norm.forward(&column).to_array().shape().1.0, [7; 5]);
}

/// An operand that differs at each call, and claims that both sides may stretch.
#[derive(Clone, Copy)]
struct Turns<'a>(&'a [Tensor<f32, shape![2, 1]>; 2], &'a AtomicUsize);
type Both<'a> = <Stretch<&'a Tensor<f32, shape![2, 1]>> as IntoExpr>::Mode;
impl<'a> Turns<'a> {
    fn next(self) -> &'a Tensor<f32, shape![2, 1]> {
        &self.0[self.1.fetch_add(1, Ordering::Relaxed) % 2]
    }
}
impl<'a> IntoExpr for Turns<'a> {
    type Elem = f32;
    type Shape = shape![2, 1];
    type Mode = Both<'a>;
    type Node = &'a Tensor<f32, shape![2, 1]>;
    fn into_expr(self) -> Self::Node {
        self.next()
    }
}
impl<'a> Operand<f32> for Turns<'a> {
    type Shape = shape![2, 1];
    type Mode = Both<'a>;
    type Node = &'a Tensor<f32, shape![2, 1]>;
    fn into_operand(self) -> Self::Node {
        self.next()
    }
}

#[test]
fn operands_of_ones_own() {
    let (both, calls) = ([tensor![[1.0], [2.0]], tensor![[10.0], [20.0]]], AtomicUsize::new(0));
    let turns = Turns(&both, &calls);
    assert_eq!(
        (tensor![1.0, 2.0, 3.0] + turns).to_tensor(),
        tensor![[2.0, 3.0, 4.0], [3.0, 4.0, 5.0]]
    );
    assert_eq!(turns.sum(), 30.0);
    assert_eq!((turns.sum_axis(Axis::<0>) * turns).to_tensor(), tensor![[30.0], [60.0]]);
    let mut out = tensor![0.0; 2, 2];
    out.assign(turns);
    assert_eq!(out, array![[1.0, 1.0], [2.0, 2.0]]);
}

/// Indices that claim to be in range, and are not.
struct Beyond([usize; 2]);
impl Indices for Beyond {
    type Elem = usize;
    type Shape = shape![2];
    type Node = <[usize; 2] as Indices>::Node;
    fn into_indices(self) -> Self::Node {
        self.0.into_indices()
    }
    fn first_outside(&self, _: impl Fn(usize) -> bool) -> Option<i128> {
        None
    }
}
impl IntoExpr for Beyond {
    type Elem = usize;
    type Shape = shape![2];
    type Mode = <&'static Tensor<usize, shape![2]> as IntoExpr>::Mode;
    type Node = <[usize; 2] as Indices>::Node;
    fn into_expr(self) -> Self::Node {
        self.0.into_indices()
    }
}

#[test]
fn indices_of_ones_own() {
    let x = tensor![[1.0, 2.0], [3.0, 4.0]];
    assert_eq!(x.take(Axis::<0>, Beyond([1, 0])).to_tensor(), tensor![[3.0, 4.0], [1.0, 2.0]]);
    let wrong = [[0, 2], [usize::MAX, 0], [1, 1 << 60]];
    for indices in wrong {
        let refused = |of: &dyn Fn()| assert!(catch_unwind(AssertUnwindSafe(of)).is_err());
        refused(&|| _ = x.take(Axis::<0>, Beyond(indices)).to_tensor());
        refused(&|| _ = x.take(Axis::<1>, Beyond(indices)).to_tensor());
        refused(&|| _ = (&x * 2.0).take(Axis::<0>, Beyond(indices)).to_array());
        refused(&|| _ = Beyond(indices).one_hot::<f32, _>(Dim::<2>).to_tensor());
    }
}

/// An evaluation inside of another, with a change of the level in between.
#[test]
fn functions_that_evaluate() {
    let x = Tensor::<f32, shape![50, 40]>::ones();
    let y = x.map(|v| {
        Level::available().for_each(Level::force);
        v + x.softmax(Axis::<0>).sum_axis(Axis::<1>).to_tensor()[[3]]
    });
    assert_eq!(y.mean_axis(Axis::<0>).to_tensor(), Tensor::<f32, shape![40]>::full(1.8));
    Level::best().force();
}

/// An operand that has other rows at each call.
#[derive(Clone, Copy)]
struct Rows<'a>(&'a [Tensor<f32, shape![?, 3]>; 2], &'a AtomicUsize);
impl<'a> IntoExpr for Rows<'a> {
    type Elem = f32;
    type Shape = shape![?, 3];
    type Mode = <&'a Tensor<f32, shape![?, 3]> as IntoExpr>::Mode;
    type Node = &'a Tensor<f32, shape![?, 3]>;
    fn into_expr(self) -> Self::Node {
        &self.0[self.1.fetch_add(1, Ordering::Relaxed) % 2]
    }
}

impl<'a> Operand<f32> for Rows<'a> {
    type Shape = shape![?, 3];
    type Mode = <&'a Tensor<f32, shape![?, 3]> as IntoExpr>::Mode;
    type Node = &'a Tensor<f32, shape![?, 3]>;
    fn into_operand(self) -> Self::Node {
        self.into_expr()
    }
}

/// A layer that reads its data's shape several times refuses data whose shape changes. A layer that
/// reads it once computes with that shape.
#[test]
fn operands_of_other_lengths() {
    let rows = |n: usize| Tensor::<f32, shape![?, 3]>::ones_of((Dyn::of(n), Dim::<3>));
    let ones = || Tensor::<f32, shape![3]>::ones();
    for both in [[rows(4000), rows(1)], [rows(1), rows(4000)]] {
        let calls = AtomicUsize::new(0);
        let turns = Rows(&both, &calls);
        let check = |of: &dyn Fn() -> f32| {
            calls.store(0, Ordering::Relaxed);
            let found = catch_unwind(AssertUnwindSafe(of));
            assert!(found.is_err() || calls.load(Ordering::Relaxed) == 1);
        };
        check(&|| LayerNorm::new(ones(), ones(), 1e-5).forward(turns).sum());
        check(&|| LayerNorm::<_, NoBias>::without_bias(ones(), 1e-5).forward(turns).sum());
        check(&|| RmsNorm::new(ones(), 1e-5).forward(turns).sum());
    }
}
