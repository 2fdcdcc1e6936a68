//! Random numbers through reductions and expressions with reductions inside, compared bit for bit
//! with the naive evaluator.

use shapewright::{Numeric, StaticShape, prelude::*, shape};
use shapewright_tests::naive::{self, Naive, Order};
use shapewright_tests::random::each;

fn least(region: &[f32], _: Order) -> f32 {
    region.iter().fold(f32::INFINITY, |a, &b| Numeric::minimum(a, b))
}

fn greatest(region: &[f32], _: Order) -> f32 {
    region.iter().fold(f32::NEG_INFINITY, |a, &b| Numeric::maximum(a, b))
}

fn var(region: &[f32], order: Order) -> f32 {
    naive::var(region, order, 0)
}

fn std1(region: &[f32], order: Order) -> f32 {
    naive::std(region, order, 1)
}

fn std(region: &[f32], order: Order) -> f32 {
    naive::std(region, order, 0)
}

/// Compares statistics, and expressions with statistics inside, for shapes and reduced axes.
macro_rules! reductions {
    ($([$($shape:tt)*] over $axes:expr, $over:expr;)*) => {$({
        type S = shape![$($shape)*];
        let what = concat!(stringify!([$($shape)*]), " over ", stringify!($axes));
        each(2 * S::LEN + 1, &|draw| {
            let (a, b, c) = (draw.tensor::<S>(), draw.tensor::<S>(), draw.number());
            let (x, y) = (Naive::of(&a), Naive::of(&b));
            let over: &[usize] = &$over;
            match draw.below(6) {
                0 => x.kept(over, naive::sum).without(over).agrees(a.sum_axis($axes), what),
                1 => x.kept(over, std1).agrees(a.std_axis($axes).ddof(1).keepdims(), what),
                2 => x.kept(over, least).without(over).agrees(a.min_axis($axes), what),
                // Of an expression with a reduction inside.
                3 => x
                    .zip(&y.kept(over, greatest), |x, max| (x - max) * c)
                    .kept(over, naive::sum)
                    .without(over)
                    .agrees(((&a - b.max_axis($axes).keepdims()) * c).sum_axis($axes), what),
                // Inside an expression, combined with each other.
                4 => x
                    .zip3(&x.kept(over, naive::mean), &x.kept(over, var), |x, mean, var| {
                        (x - mean) / (var + c).sqrt()
                    })
                    .agrees((&a - a.mean_axis($axes).keepdims()) / (a.var_axis($axes).keepdims() + c).sqrt(), what),
                // Written to an existing tensor.
                _ => {
                    let mut out = a.clone();
                    out -= b.max_axis($axes).keepdims() * c;
                    x.zip(&y.kept(over, greatest), |a, max| a - max * c).agrees(&out, what);
                }
            }
        });
    })*};
}

#[test]
fn each_axis() {
    reductions! {
        [40] over Axis::<0>, [0];
        [1] over Axis::<0>, [0];
        [{ 1 }] over Axis::<0>, [0];
        [20, 5] over Axis::<0>, [0];
        [5, 20] over Axis::<1>, [1];
        [5, 1] over Axis::<0>, [0];
        [5, { 1 }] over Axis::<0>, [0];
        [18, 2, 3] over Axis::<0>, [0];
        [2, 18, 3] over Axis::<1>, [1];
        [2, 3, 18] over Axis::<-1>, [2];
        [2, 3, 2, 3] over Axis::<1>, [1];
    }
}

#[test]
fn several_axes() {
    reductions! {
        [5, 20] over (Axis::<0>, Axis::<1>), [0, 1];
        [5, 20] over (), [];
        [3, 7, 4] over (Axis::<0>, Axis::<1>), [0, 1];
        [3, 7, 4] over (Axis::<2>, Axis::<0>), [0, 2];
        [3, 7, 4] over (Axis::<1>, Axis::<-1>), [1, 2];
        [3, 7, 4] over (Axis::<0>, Axis::<1>, Axis::<2>), [0, 1, 2];
        [3, 1, 9] over (Axis::<0>, Axis::<1>), [0, 1];
        [2, 3, 2, 3] over (Axis::<0>, Axis::<2>), [0, 2];
        [2, 3, 2, 3] over (Axis::<1>, Axis::<3>), [1, 3];
        [2, 3, 3, 1] over (Axis::<0>, Axis::<2>), [0, 2];
    }
}

/// A reduction over all elements is a number at once, for tensors and for expressions.
#[test]
fn all_elements() {
    macro_rules! shapes {
        ($([$($shape:tt)*];)*) => {$({
            type S = shape![$($shape)*];
            let what = stringify!([$($shape)*]);
            each(S::LEN + 1, &|draw| {
                let (a, c) = (draw.tensor::<S>(), draw.number());
                let x = Naive::of(&a);
                let all: Vec<usize> = (0..x.lengths().len()).collect();
                let of = |x: &Naive<f32>, statistic: fn(&[f32], Order) -> f32| x.kept(&all, statistic).elements()[0];
                let same = |a: f32, b: f32| a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan();
                assert!(same(a.sum(), of(&x, naive::sum)), "{what}");
                assert!(same((&a * c).mean(), of(&x.map(|x| x * c), naive::mean)), "{what}");
                assert!(same(a.var(), of(&x, var)), "{what}");
                let max = of(&x, greatest);
                assert!(same((&a - a.max()).std(), of(&x.map(|x| x - max), std)), "{what}");
                assert!(same(a.min(), of(&x, least)), "{what}");
            });
        })*};
    }
    shapes! {
        [];
        [300];
        [20, 15];
        [7, 5, 9];
        [2, 1, 3, { 1 }];
    }
}

/// Reductions of a smaller sub-expression that an operation stretches, and of rearranged operands.
#[test]
fn rearranged_operands() {
    each(4 * 6 * 5 + 6, &|draw| {
        let (a, row) = (draw.tensor::<shape![4, 6, 5]>(), draw.tensor::<shape![6, 1]>());
        let (x, y) = (Naive::of(&a), Naive::of(&row));
        let permuted = a.permute_dims((Axis::<2>, Axis::<0>, Axis::<1>));
        let permuted_x = x.permuted(&[2, 0, 1]);
        match draw.below(6) {
            0 => permuted_x
                .kept(&[0], naive::sum)
                .agrees(permuted.sum_axis(Axis::<0>).keepdims(), "permuted"),
            1 => permuted_x
                .kept(&[1, 2], var)
                .agrees(permuted.var_axis((Axis::<1>, Axis::<2>)).keepdims(), "permuted"),
            2 => x.sliced(1, 1, 2, 3).kept(&[1], naive::mean).agrees(
                a.slice(Axis::<1>, Span::<1, 2, 3>).mean_axis(Axis::<1>).keepdims(),
                "sliced",
            ),
            3 => y.map(|y| y * 2.0).broadcast_like(&x).kept(&[0, 2], naive::sum).agrees(
                (&row * 2.0).broadcast_to(a.shape()).sum_axis((Axis::<0>, Axis::<2>)).keepdims(),
                "stretched",
            ),
            4 => x
                .zip(&y.map(f32::abs), |x, y| x / y)
                .kept(&[1], naive::sum)
                .without(&[1])
                .agrees((&a / row.abs()).sum_axis(Axis::<1>), "with a smaller operand"),
            _ => x.zip(&y.kept(&[0, 1], naive::sum), |x, sum| x - sum).agrees(
                &a - row.sum_axis((Axis::<0>, Axis::<1>)),
                "a sum of all of a smaller operand",
            ),
        }
    });
}

/// Integers wrap, in any order of summation.
#[test]
fn integers() {
    each(3 * 7 * 4, &|draw| {
        let a = draw.integers::<shape![3, 7, 4]>();
        let x = Naive::of(&a);
        let sum = |region: &[i32], _| region.iter().fold(0i32, |sum, &x| sum.wrapping_add(x));
        let max = |region: &[i32], _| region.iter().copied().max().expect("an element");
        x.kept(&[1], sum).agrees(a.sum_axis(Axis::<1>).keepdims(), "a sum");
        x.kept(&[0, 2], sum)
            .agrees(a.sum_axis((Axis::<0>, Axis::<2>)).keepdims(), "a sum over two axes");
        x.kept(&[2], max).without(&[2]).agrees(a.max_axis(Axis::<2>), "a maximum");
    });
}
