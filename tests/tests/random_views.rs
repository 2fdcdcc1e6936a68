//! Random numbers through rearranged operands, strided views and products, compared bit for bit
//! with the naive evaluator.

use shapewright::{Dim, Tensor, TensorView, prelude::*, shape};
use shapewright_tests::naive::{Length, Naive};
use shapewright_tests::random::each;

/// Axes of these lengths, none of which is `One`.
fn axes(lengths: &[usize]) -> Vec<Length> {
    lengths.iter().map(|&len| Length { len, one: false }).collect()
}

/// Operands with their axes in another order, in expressions with operands in memory order.
#[test]
fn permuted_operands() {
    each(24 + 24 + 3 + 1, &|draw| {
        let (a, b) = (draw.tensor::<shape![2, 3, 4]>(), draw.tensor::<shape![4, 2, 3]>());
        let (row, c) = (draw.tensor::<shape![3]>(), draw.number());
        let (x, y, z) = (Naive::of(&a), Naive::of(&b), Naive::of(&row));
        let turned = b.permute_dims((Axis::<1>, Axis::<2>, Axis::<0>));
        let turned_y = y.permuted(&[1, 2, 0]);
        match draw.below(7) {
            0 => x.zip(&turned_y, |a, b| a - b * c).agrees(&a - turned * c, "a permuted operand"),
            1 => turned_y.zip(&x, |b, a| b / a).agrees(turned / &a, "a permuted operand first"),
            2 => y.zip(&z, |b, row| b * row).permuted(&[2, 0, 1]).agrees(
                (&b * &row).permute_dims((Axis::<2>, Axis::<0>, Axis::<1>)),
                "a permuted expression",
            ),
            3 => x.zip(&y.map(|b| b + c).permuted(&[1, 2, 0]), |a, b| a * b).agrees(
                &a * (&b + c).permute_dims((Axis::<1>, Axis::<2>, Axis::<0>)),
                "a permuted expression inside",
            ),
            4 => {
                let mut out = a.clone();
                out -= turned;
                out.assign(turned + &out.clone());
                x.zip(&turned_y, |a, b| b + (a - b)).agrees(&out, "in place");
            }
            5 => {
                // Permuted twice, and back.
                let once = a.permute_dims((Axis::<2>, Axis::<0>, Axis::<1>));
                x.zip(&x, |a, b| a + b).agrees(
                    once.permute_dims((Axis::<1>, Axis::<2>, Axis::<0>)) + &a,
                    "there and back",
                );
            }
            _ => y.permuted(&[2, 1, 0]).zip(&z.expanded(1).expanded(2), |b, row| b - row).agrees(
                b.permute_dims((Axis::<2>, Axis::<1>, Axis::<0>))
                    - row.expand_dims(Axis::<1>).expand_dims(Axis::<2>),
                "with new axes",
            ),
        }
    });
}

/// Parts of operands, with steps, in expressions and as expressions.
#[test]
fn sliced_operands() {
    each(42 + 7 + 1, &|draw| {
        let (a, row, c) =
            (draw.tensor::<shape![6, 7]>(), draw.tensor::<shape![7]>(), draw.number());
        let (x, y) = (Naive::of(&a), Naive::of(&row));
        match draw.below(9) {
            0 => x
                .sliced(0, 1, 3, 2)
                .zip(&y, |a, row| a * c - row)
                .agrees(a.slice(Axis::<0>, Span::<1, 3, 2>) * c - &row, "rows"),
            1 => x.sliced(1, 0, 3, 3).zip(&y.sliced(0, 4, 3, 1), |a, row| a - row).agrees(
                a.slice(Axis::<1>, Span::<0, 3, 3>) - row.slice(Axis::<0>, Span::<4, 3>),
                "columns",
            ),
            2 => x
                .zip(&y, |a, row| a / row)
                .sliced(1, 2, 2, 2)
                .agrees((&a / &row).slice(Axis::<1>, Span::<2, 2, 2>), "columns of an expression"),
            // Neighbouring elements of one tensor.
            3 => x.sliced(1, 1, 6, 1).zip(&x.sliced(1, 0, 6, 1), |next, this| next - this).agrees(
                a.slice(Axis::<1>, Span::<1, 6>) - a.slice(Axis::<1>, Span::<0, 6>),
                "differences",
            ),
            4 => x.sliced(1, 6, 7, -1).zip(&y, |a, row| a * row).sliced(0, 5, 3, -2).agrees(
                (a.slice(Axis::<1>, Span::<-1, 7, -1>) * &row).slice(Axis::<0>, Span::<-1, 3, -2>),
                "backwards",
            ),
            5 => x.sliced(0, 4, 1, 1).without(&[0]).zip(&y, |a, row| a - row).agrees(
                a.slice(Axis::<0>, Span::<-2, 1>).squeeze(Axis::<0>) - &row,
                "a row without its axis",
            ),
            6 => x.sliced(1, 2, 1, 1).without(&[1]).map(|a| a * c).agrees(
                a.slice(Axis::<1>, Span::<2, 1>).squeeze(Axis::<1>) * c,
                "a column without its axis",
            ),
            7 => x.sliced(0, 5, 1, 1).sliced(1, 1, 2, 5).map(|a| -a).agrees(
                -a.slice(Axis::<0>, Span::<5, 1>).slice(Axis::<1>, Span::<1, 2, 5>),
                "parts of parts",
            ),
            _ => x.permuted(&[1, 0]).sliced(0, 3, 4, 1).map(|a| a + c).agrees(
                a.permute_dims((Axis::<1>, Axis::<0>)).slice(Axis::<0>, Span::<3, 4>) + c,
                "parts of a permutation",
            ),
        }
    });
}

/// Views with negative, zero and overlapping strides, in expressions of one and of two shapes.
#[test]
fn strided_views() {
    each(60 + 12 + 4, &|draw| {
        let memory: Vec<f32> = (0..60).map(|_| draw.number()).collect();
        let (a, row) = (draw.tensor::<shape![3, 4]>(), draw.tensor::<shape![4]>());
        let (x, y) = (Naive::of(&a), Naive::of(&row));
        let (first, strides) = [
            (0, [4, 1]),
            (59, [-4, -1]),
            (11, [-4, 1]),
            (3, [20, -1]),
            (7, [0, 1]),
            (9, [5, 0]),
            (2, [0, 0]),
            (0, [1, 1]),
            (0, [19, 7]),
            (58, [-17, -8]),
        ][draw.below(10)];
        let view: TensorView<f32, shape![3, 4]> =
            TensorView::with_strides(&memory, first, strides).unwrap();
        let v = Naive::from_fn(axes(&[3, 4]), &mut |index| {
            memory[(first as isize
                + index[0] as isize * strides[0]
                + index[1] as isize * strides[1]) as usize]
        });
        match draw.below(6) {
            0 => x.zip(&v, |a, b| a - b).agrees(&a - view, "a view"),
            1 => v
                .zip(&y, |a, b| (a - b) * (a + b))
                .agrees((view - &row) * (view + &row), "a view and a row"),
            2 => v
                .zip(&v, |a, b| a * b)
                .map(|a| a + 1.0)
                .agrees((view * view) + 1.0, "a view and itself"),
            3 => v
                .permuted(&[1, 0])
                .map(f32::abs)
                .agrees(view.permute_dims((Axis::<1>, Axis::<0>)).abs(), "permuted"),
            4 => {
                let mut out = a.clone();
                out += view;
                let sum = out.clone();
                out.view_mut().assign(sum * view);
                x.zip(&v, |a, b| (a + b) * b).agrees(&out, "in place");
            }
            _ => v.reshaped(axes(&[2, 6])).agrees(view.reshape(shape![2, 6]), "reshaped"),
        }
        assert_eq!(view == view, !memory_has_nan(&v));
    });
}

fn memory_has_nan(x: &Naive<f32>) -> bool {
    x.elements().iter().any(|x| x.is_nan())
}

/// New and removed axes, reshapes, stretching and concatenation, of expressions and inside them.
#[test]
fn other_shapes() {
    each(12 + 12 + 1, &|draw| {
        let (a, b, c) =
            (draw.tensor::<shape![3, 4]>(), draw.tensor::<shape![4, 3]>(), draw.number());
        let (x, y) = (Naive::of(&a), Naive::of(&b));
        match draw.below(8) {
            0 => x
                .zip(&y.reshaped(axes(&[3, 4])), |a, b| a - b)
                .agrees(&a - b.reshape(shape![3, 4]), "a reshaped operand"),
            1 => x
                .zip(&y.permuted(&[1, 0]), |a, b| a / b)
                .reshaped(axes(&[2, 6]))
                .map(|x| x + c)
                .agrees(
                    (&a / b.permute_dims((Axis::<1>, Axis::<0>))).reshape(shape![2, 6]) + c,
                    "a reshaped expression",
                ),
            2 => x
                .permuted(&[1, 0])
                .reshaped(axes(&[12]))
                .zip(&y.reshaped(axes(&[12])), |a, b| a * b)
                .agrees(
                    a.permute_dims((Axis::<1>, Axis::<0>)).flatten() * b.flatten_to(Dim::<12>),
                    "flattened operands",
                ),
            3 => x.expanded(1).zip(&y.permuted(&[1, 0]).expanded(0), |a, b| a - b).agrees(
                a.expand_dims(Axis::<1>).stretch()
                    - b.permute_dims((Axis::<1>, Axis::<0>)).expand_dims(Axis::<0>),
                "every pair of rows",
            ),
            4 => {
                let both = Naive::from_fn(axes(&[7, 3]), &mut |index| {
                    if index[0] < 4 {
                        y.at(index) * c
                    } else {
                        x.permuted(&[1, 0]).at(&[index[0] - 4, index[1]])
                    }
                });
                let turned = a.permute_dims((Axis::<1>, Axis::<0>)).slice(Axis::<0>, Span::<0, 3>);
                both.agrees((&b * c).concat(turned, Axis::<0>), "joined rows");
            }
            5 => {
                let both = Naive::from_fn(axes(&[3, 8]), &mut |index| {
                    if index[1] < 4 { x.at(index) } else { -x.at(&[index[0], index[1] - 4]) }
                });
                both.map(|x| x + c).agrees(a.concat(-&a, Axis::<1>) + c, "joined columns");
                both.permuted(&[1, 0]).agrees(
                    a.concat(-&a, Axis::<1>).permute_dims((Axis::<1>, Axis::<0>)),
                    "joined and permuted",
                );
            }
            6 => {
                let mut out = Tensor::<f32, shape![2, 3, 4]>::full(c);
                out -= a.broadcast_to(shape![2, 3, 4]);
                out *= (&a + 1.0).expand_dims(Axis::<0>);
                Naive::from_fn(axes(&[2, 3, 4]), &mut |index| {
                    (c - x.at(index)) * (x.at(index) + 1.0)
                })
                .agrees(&out, "stretched operands");
            }
            _ => {
                let kept = a.slice(Axis::<0>, Span::<1, 1>).reshape(shape![1, 4]);
                let row = x.sliced(0, 1, 1, 1).reshaped(axes(&[4])).expanded(0);
                row.zip(&y.permuted(&[1, 0]), |a, b| a - b).agrees(
                    kept - b.permute_dims((Axis::<1>, Axis::<0>)),
                    "a length of 1 made one that stretches",
                );
                row.without(&[0]).agrees(kept.squeeze(Axis::<0>), "and removed");
            }
        }
    });
}

/// Products of floats whose operands have negative strides, at sizes that are read in place and at
/// sizes that are packed. Sums of integers are exact.
#[test]
fn products_backwards() {
    macro_rules! sizes {
        ($([$m:literal, $k:literal, $n:literal])*) => {$({
            let a = Tensor::<f32, shape![$m, $k]>::from_fn(|[i, j]| ((7 * i + 3 * j) % 11) as f32 - 5.0);
            let b = Tensor::<f32, shape![$k, $n]>::from_fn(|[i, j]| ((5 * i + 2 * j) % 13) as f32 - 6.0);
            let product = Naive::of(&a.matmul(&b).to_tensor());
            let left = a.slice(Axis::<1>, Span::<-1, $k, -1>);
            let right = b.slice(Axis::<0>, Span::<-1, $k, -1>);
            product.agrees(left.matmul(right), "a product of operands backwards");
            let turned = left.slice(Axis::<0>, Span::<-1, $m, -1>).matmul(right);
            product.sliced(0, $m - 1, $m, -1).agrees(turned, "rows backwards");
        })*};
    }
    sizes! { [3, 4, 5] [1, 40, 9] [20, 30, 1] [17, 33, 21] [40, 70, 90] }
}

/// Products of integers, of rearranged operands and of expressions.
#[test]
fn products() {
    each(15 + 20 + 5, &|draw| {
        let (a, b) = (draw.integers::<shape![3, 5]>(), draw.integers::<shape![5, 4]>());
        let v = draw.integers::<shape![5]>();
        let (x, y, z) = (Naive::of(&a), Naive::of(&b), Naive::of(&v));
        let dot = |n, left: &dyn Fn(usize) -> i32, right: &dyn Fn(usize) -> i32| {
            (0..n).fold(0i32, |sum, k| sum.wrapping_add(left(k).wrapping_mul(right(k))))
        };
        let product = Naive::from_fn(axes(&[3, 4]), &mut |ij| {
            dot(5, &|k| x.at(&[ij[0], k]), &|k| y.at(&[k, ij[1]]))
        });
        product.agrees(a.matmul(&b), "a product");
        product.map(|x| x.wrapping_sub(7)).agrees(a.matmul(&b) - 7, "a product inside");
        let backwards =
            a.slice(Axis::<1>, Span::<-1, 5, -1>).matmul(b.slice(Axis::<0>, Span::<-1, 5, -1>));
        product.agrees(backwards, "a product of operands backwards");
        let turned =
            b.permute_dims((Axis::<1>, Axis::<0>)).matmul(a.permute_dims((Axis::<1>, Axis::<0>)));
        product.permuted(&[1, 0]).agrees(turned, "a product of transposed operands");
        product.agrees(turned.permute_dims((Axis::<1>, Axis::<0>)), "a transposed product");
        let doubled = Naive::from_fn(axes(&[3]), &mut |i| {
            dot(5, &|k| x.at(&[i[0], k]).wrapping_mul(2), &|k| z.at(&[k]))
        });
        doubled.agrees((&a * 2).matmul(&v), "a product of an expression");
        let row =
            Naive::from_fn(axes(&[4]), &mut |j| dot(5, &|k| z.at(&[k]), &|k| y.at(&[k, j[0]])));
        row.agrees(v.matmul(&b), "a row");
        let mut out = Tensor::<i32, shape![3, 4]>::zeros();
        out -= a.matmul(&b);
        out.assign(v.matmul(&b) + &out.clone());
        product.zip(&row, |x, row| row.wrapping_sub(x)).agrees(&out, "in place");
    });
}
