//! Random numbers through composed expressions of two shapes, compared bit for bit with a loop over
//! all indices.

use shapewright::{Numeric, StaticShape, broadcast_shapes, prelude::*, shape};
use shapewright_tests::naive::Naive;
use shapewright_tests::random::each;

/// Calls a macro for pairs of shapes, with random tensors, their naive counterparts, a random
/// number and a random choice.
macro_rules! pairs {
    ($check:ident: $([$($a:tt)*] [$($b:tt)*];)*) => {$({
        type A = shape![$($a)*];
        type B = shape![$($b)*];
        each(A::LEN + B::LEN + 1, &|draw| {
            let (a, b, c) = (draw.tensor::<A>(), draw.tensor::<B>(), draw.number());
            let (x, y) = (Naive::of(&a), Naive::of(&b));
            let pair = concat!(stringify!([$($a)*]), " with ", stringify!([$($b)*]));
            $check!(a, b, x, y, c, draw, pair);
        });
    })*};
}

/// Composed expressions of two shapes, the first of which is that of the result.
macro_rules! fused {
    ($a:ident, $b:ident, $x:ident, $y:ident, $c:ident, $draw:ident, $pair:ident) => {
        match $draw.below(3) {
            // Sub-expressions of the smaller shape, nested.
            0 => $x
                .zip(&$y, |a, b| (a - (b + 1.0).sqrt()) * (b * b - $c))
                .agrees((&$a - (&$b + 1.0).sqrt()) * (&$b * &$b - $c), $pair),
            // The larger shape inside on both sides, in the other order.
            1 => $x
                .zip(&$y, |a, b| (b - a) / ((b + $c) % (a - $c)))
                .agrees((&$b - &$a) / ((&$b + $c) % (&$a - $c)), $pair),
            // Written to an existing tensor.
            _ => {
                let mut out = $a.clone();
                out -= $b.view();
                $x.zip(&$y, |a, b| a - b).agrees(&out, $pair);
                out.view_mut().assign($b.abs() - $c);
                $y.broadcast_like(&$x).map(|b| b.abs() - $c).agrees(&out, $pair);
            }
        }
    };
}

/// More composed expressions of two shapes, for fewer pairs of shapes.
macro_rules! more {
    ($a:ident, $b:ident, $x:ident, $y:ident, $c:ident, $draw:ident, $pair:ident) => {
        match $draw.below(10) {
            0 => $x.zip(&$y, |a, b| (a - b) * 2.0 + $c).agrees((&$a - &$b) * 2.0 + $c, $pair),
            1 => $x.zip(&$y, |a, b| $c / (b * a)).agrees($c / (&$b * &$a), $pair),
            2 => $x
                .zip(&$y, |a, b| (-(b.abs() * $c) % a) + (b + b))
                .agrees((-($b.abs() * $c) % &$a) + (&$b + &$b), $pair),
            3 => $x
                .zip(&$y, |a, b| if a < b { a } else { b * $c })
                .agrees($a.less(&$b).where_(&$a, &$b * $c), $pair),
            4 => $x
                .zip(&$y, |a, b| if b >= $c { a * a } else { b })
                .agrees($b.greater_equal($c).where_($a.square(), &$b), $pair),
            5 => $x
                .zip(&$y, |a, b| ((a + b) - (b - a)) * (a - $c))
                .agrees(((&$a + &$b) - (&$b - &$a)) * (&$a - $c), $pair),
            // Owned operands, and views.
            6 => $x.zip(&$y, |a, b| a - b * $c).agrees($a.clone() - $b.clone() * $c, $pair),
            7 => $x
                .zip(&$y, |a, b| a * b + a)
                .agrees($a.zip_with(&$b * 1.0, |a, b| a * b + a), $pair),
            8 => {
                let mut out = $a.clone();
                out.assign(&$b);
                let expected = $y.broadcast_like(&$x);
                expected.agrees(&out, $pair);
                let mut view = out.view_mut();
                view *= &$a;
                expected.zip(&$x, |b, a| b * a).agrees(&out, $pair);
            }
            _ => {
                let inline = $b.to_array();
                $x.zip(&$y, |a, b| a - b).agrees(&($a.view() - inline).to_array(), $pair);
            }
        }
    };
}

/// Composed expressions of two shapes that broadcast by NumPy's full rule.
macro_rules! stretched {
    ($a:ident, $b:ident, $x:ident, $y:ident, $c:ident, $draw:ident, $pair:ident) => {
        match $draw.below(4) {
            0 => $x.zip(&$y, |a, b| b / a).agrees(&$b / $a.stretch(), $pair),
            // Both operands are computed once per element of their own.
            1 => $x
                .zip(&$y, |a, b| (a * a + $c) * (b - $c).abs())
                .agrees((&$a * &$a + $c).stretch() * (&$b - $c).abs(), $pair),
            2 => $x
                .zip(&$y, |a, b| (a - b) * (a - b) + a * $c)
                .agrees(($a.stretch() - &$b).square() + &$a * $c, $pair),
            _ => {
                let mut out = ($a.stretch() * &$b).to_tensor();
                out -= &$b * $c;
                $x.zip(&$y, |a, b| a * b - b * $c).agrees(&out, $pair);
            }
        }
    };
}

#[test]
fn ranks_0_and_1() {
    pairs! { fused:
        [] [];
        [5] [];
        [5] [5];
        [5] [1];
        [1] [];
        [1] [1];
        [300] [300];
        [300] [1];
    }
}

#[test]
fn rank_2() {
    pairs! { fused:
        [3, 4] [];
        [3, 4] [1];
        [3, 4] [4];
        [3, 4] [1, 4];
        [3, 4] [3, 1];
        [3, 4] [1, 1];
        [3, 4] [3, 4];
        [3, 1] [3, 1];
        [3, 1] [1];
        [1, 4] [4];
        [1, 4] [1, 1];
        [1, 1] [];
    }
}

#[test]
fn rank_3() {
    pairs! { fused:
        [2, 3, 4] [];
        [2, 3, 4] [4];
        [2, 3, 4] [3, 1];
        [2, 3, 4] [3, 4];
        [2, 3, 4] [2, 1, 1];
        [2, 3, 4] [1, 3, 1];
        [2, 3, 4] [2, 1, 4];
        [2, 3, 4] [2, 3, 1];
        [2, 3, 4] [1, 1, 1];
        [2, 1, 4] [4];
        [2, 3, 1] [2, 1, 1];
        [1, 3, 4] [3, 1];
    }
}

#[test]
fn rank_4() {
    pairs! { fused:
        [2, 3, 2, 3] [];
        [2, 3, 2, 3] [3];
        [2, 3, 2, 3] [2, 1];
        [2, 3, 2, 3] [3, 1, 1];
        [2, 3, 2, 3] [3, 1, 3];
        [2, 3, 2, 3] [2, 1, 2, 1];
        [2, 3, 2, 3] [1, 3, 1, 3];
        [2, 3, 2, 3] [2, 3, 2, 3];
        [2, 1, 2, 1] [2, 1];
        [1, 3, 1, 3] [3, 1, 1];
    }
}

/// Lengths of 0, and of 1 that do not stretch.
#[test]
fn short_lengths() {
    pairs! { fused:
        [0] [];
        [0] [1];
        [0] [0];
        [0, 3] [3];
        [2, 0] [2, 1];
        [2, 0, 3] [3];
        [{ 1 }] [];
        [{ 1 }] [1];
        [{ 1 }] [{ 1 }];
        [3, { 1 }] [3, 1];
        [3, { 1 }] [{ 1 }];
        [{ 1 }, 4] [4];
        [2, { 1 }, 3] [2, 1, 1];
        [2, { 1 }, 3] [{ 1 }, 3];
    }
}

#[test]
fn outer_pairs() {
    pairs! { stretched:
        [3, 1] [4];
        [4] [3, 1];
        [3, 1] [1, 4];
        [3, 4] [4];
        [2, 1, 4] [3, 1];
        [2, 1, 1] [3, 4];
        [1, 3, 1] [2, 1, 4];
        [4] [2, 3, 1];
        [2, 1, 2, 1] [3, 1, 3];
        [3, 1, 3] [2, 1, 2, 1];
        [1, 3, 2, 1] [2, 1, 1, 3];
        [0, 1] [3];
        [3, 1] [0];
        [{ 1 }, 1] [4];
        [3, 1] [{ 1 }];
        [5] [5];
        [] [];
    }
}

#[test]
fn other_expressions() {
    pairs! { more:
        [5] [];
        [5] [5];
        [3, 4] [4];
        [3, 4] [3, 1];
        [2, 3, 4] [3, 1];
        [2, 3, 4] [2, 1, 4];
        [2, 3, 2, 3] [2, 1, 2, 1];
        [2, { 1 }, 3] [1, 3];
    }
}

#[test]
fn integers_and_bits() {
    macro_rules! integers {
        ($([$($a:tt)*] [$($b:tt)*];)*) => {$({
            let pair = concat!(stringify!([$($a)*]), " with ", stringify!([$($b)*]));
            type A = shape![$($a)*];
            type B = shape![$($b)*];
            each(A::LEN + B::LEN + 1, &|draw| {
                let (a, b, c) = (draw.integers::<A>(), draw.integers::<B>(), draw.integer());
                let (x, y) = (Naive::of(&a), Naive::of(&b));
                let wrapped = |a: i32, b: i32| a.wrapping_sub(b.wrapping_mul(c)).wrapping_add(b);
                x.zip(&y, wrapped).agrees(&a - &b * c + &b, pair);
                let divided = |a: i32, b| if b == 0 { 0 } else { a.wrapping_div(b) ^ (a.wrapping_rem(b) & c) };
                x.zip(&y, divided).agrees((&a / &b) ^ (&a % &b & c), pair);
                x.zip(&y, |a, b| a.max(b).min(c)).agrees(a.maximum(&b).minimum(c), pair);
                x.zip(&y, |a, b| (a < b) & (b != c)).agrees(a.less(&b) & b.not_equal(c), pair);
            });
        })*};
    }
    integers! {
        [3, 4] [3, 4];
        [3, 4] [4];
        [3, 4] [3, 1];
        [2, 3, 4] [3, 1];
        [2, 3, 2, 3] [2, 1, 2, 1];
    }
}

/// Three operands, each of which in turn has the shape of the result.
#[test]
fn three_operands() {
    macro_rules! triples {
        ($([$($a:tt)*] [$($b:tt)*] [$($c:tt)*];)*) => {$({
            let triple = concat!(stringify!([$($a)*]), stringify!([$($b)*]), stringify!([$($c)*]));
            type A = shape![$($a)*];
            type B = shape![$($b)*];
            type C = shape![$($c)*];
            each(A::LEN + B::LEN + C::LEN + 1, &|draw| {
                let (a, b, c) = (draw.tensor::<A>(), draw.tensor::<B>(), draw.tensor::<C>());
                let d = draw.number();
                let (x, y, z) = (Naive::of(&a), Naive::of(&b), Naive::of(&c));
                let chosen = |a: f32, b: f32, c: f32| if a < d { b * d } else { c + d };
                x.zip3(&y, &z, chosen).agrees(a.less(d).where_(&b * d, &c + d), triple);
                // Elements without NaN and zeros of two signs, so that Rust's own `clamp` applies.
                let whole = |x: f32| if x.is_nan() { 1.0 } else { x.round() + 0.5 };
                let clipped = |a, b, c| whole(a).max(whole(b)).min(whole(c));
                x.zip3(&y, &z, clipped).agrees(a.map(whole).clip(b.map(whole), c.map(whole)), triple);
            });
        })*};
    }
    triples! {
        [3, 4] [4] [3, 1];
        [4] [3, 4] [3, 1];
        [3, 1] [4] [3, 4];
        [3, 4] [] [];
        [] [3, 4] [4];
        [] [] [3, 4];
        [1, 4] [3, 4] [1, 1];
        [2, 3, 4] [3, 1] [2, 1, 4];
        [3, 1] [2, 3, 4] [2, 1, 1];
        [4] [2, 1, 1] [2, 3, 4];
        [5] [5] [5];
        [3, { 1 }] [1] [{ 1 }];
        [0, 3] [3] [];
    }
}

/// Three operands, none of which has the shape of the result, with `stretch` on each in turn.
#[test]
fn three_operands_that_all_stretch() {
    macro_rules! triples {
        ($([$($a:tt)*] [$($b:tt)*] [$($c:tt)*];)*) => {$({
            let triple = concat!(stringify!([$($a)*]), stringify!([$($b)*]), stringify!([$($c)*]));
            type A = shape![$($a)*];
            type B = shape![$($b)*];
            type C = shape![$($c)*];
            each(A::LEN + B::LEN + C::LEN + 1, &|draw| {
                let (a, b, c) = (draw.tensor::<A>(), draw.tensor::<B>(), draw.tensor::<C>());
                let d = draw.number();
                let (x, y, z) = (Naive::of(&a), Naive::of(&b), Naive::of(&c));
                let chosen = x.zip3(&y, &z, |a: f32, b: f32, c: f32| if a < d { b * d } else { c + d });
                let clipped = x.zip3(&y, &z, |a: f32, b, c| Numeric::minimum(Numeric::maximum(a, b), c));
                match draw.below(3) {
                    0 => {
                        chosen.agrees(a.less(d).stretch().where_(&b * d, &c + d), triple);
                        clipped.agrees(a.stretch().clip(&b, &c), triple);
                    }
                    1 => {
                        chosen.agrees(a.less(d).where_((&b * d).stretch(), &c + d), triple);
                        clipped.agrees(a.clip(b.stretch(), &c), triple);
                    }
                    _ => {
                        chosen.agrees(a.less(d).where_(&b * d, (&c + d).stretch()), triple);
                        // Written to an existing tensor, inside an expression.
                        let mut out = a.clip(&b, c.stretch()).to_tensor();
                        clipped.agrees(&out, triple);
                        out += a.clip(&b, c.stretch()) * d;
                        clipped.map(|x| x + x * d).agrees(&out, triple);
                    }
                }
            });
        })*};
    }
    triples! {
        [3, 1] [4] [];
        [3, 1] [] [4];
        [] [3, 1] [4];
        [3, 1] [3, 1] [4];
        [4] [3, 1] [3, 1];
        [3, 1] [4] [2, 1, 1];
        [2, 1, 1] [4] [3, 1];
        [4] [2, 3, 1] [1, 1];
        [1, 3, 4] [2, 1, 4] [2, 3, 1];
        [2, 3, 1] [1, 3, 4] [2, 1, 4];
        [5, 1] [5] [5, 1];
        [{ 1 }, 1] [4] [1];
        [3, 1] [{ 1 }] [];
        [3, 1] [0] [];
        [40, 1] [33] [];
        [3, 4] [4] [2, 1, 1];
        [2, 1, 1] [3, 4] [3, 1];
    }
}

/// NumPy's rule for two lists of lengths, axis by axis.
fn joined(a: &[usize], b: &[usize]) -> Option<Vec<usize>> {
    let rank = a.len().max(b.len());
    let length =
        |shape: &[usize], k: usize| (k + shape.len()).checked_sub(rank).map_or(1, |k| shape[k]);
    let join = |k| match (length(a, k), length(b, k)) {
        (1, n) | (n, 1) => Some(n),
        (n, m) => (n == m).then_some(n),
    };
    (0..rank).map(join).collect()
}

#[test]
fn shapes_at_run_time() {
    // Mostly ones and twos, so that many lists of shapes broadcast.
    const LENGTHS: [usize; 8] = [1, 1, 1, 1, 2, 2, 3, 0];
    each(400, &|draw| {
        let mut below = |n: usize| draw.number().to_bits() as usize / 64 % n;
        let mut shape = || (0..below(9)).map(|_| LENGTHS[below(8)]).collect::<Vec<_>>();
        let lists = (0..8).map(|n| (0..n % 5).map(|_| shape()).collect::<Vec<_>>());
        for shapes in lists {
            let slices: Vec<&[usize]> = shapes.iter().map(Vec::as_slice).collect();
            let expected = shapes.iter().try_fold(vec![], |all, shape| joined(&all, shape));
            match (broadcast_shapes(&slices), expected) {
                (Ok(found), Some(expected)) => assert_eq!(*found, expected[..], "{shapes:?}"),
                (Err(error), None) => {
                    let (left, right) = error.arguments().unwrap_or((0, 1));
                    assert_eq!(joined(&shapes[left], &shapes[right]), None, "{error}");
                    assert_eq!(**error.expected().unwrap(), shapes[left][..]);
                    assert_eq!(**error.found().unwrap(), shapes[right][..]);
                }
                (found, expected) => panic!("{shapes:?}: {found:?}, not {expected:?}"),
            }
        }
    });
}
