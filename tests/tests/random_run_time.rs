//! Random programs that mix lengths known at compile time, named run-time lengths and unnamed
//! run-time lengths, compared bit for bit with the naive evaluator, at every level.

use shapewright::nn::BatchNorm;
use shapewright::{
    Dim, Dyn, Length, Level, One, Shape, Span, StaticLength, Tensor, dim, prelude::*,
};
use shapewright_tests::naive::{self, Naive};
use shapewright_tests::random::Scatter;

dim!(Rows, Columns, Batch = 7);

/// Numbers of ordinary magnitudes, and sometimes a special one.
fn number(random: &mut Scatter) -> f32 {
    match random.below(40) {
        0 => f32::NAN,
        1 => f32::INFINITY,
        2 => -0.0,
        3 => f32::from_bits(random.bits() as u32),
        4..10 => random.below(9) as f32 - 4.0,
        _ => random.between(-8.0, 8.0) as f32,
    }
}

fn tensor<S: Shape>(shape: S, random: &mut Scatter) -> Tensor<f32, S> {
    Tensor::from_fn_of(shape, |_| number(random))
}

/// Small integers, whose sums of products are exact.
fn whole<S: Shape>(shape: S, random: &mut Scatter) -> Tensor<f32, S> {
    Tensor::from_fn_of(shape, |_| random.below(15) as f32 - 7.0)
}

/// Checks one random program on a matrix of these axes, a row and a column.
fn check<N: Length, C: Length>(n: N, c: C, random: &mut Scatter, what: &str) {
    let (x, y) = (tensor((n, c), random), tensor((n, c), random));
    let (row, column) = (tensor((c,), random), tensor((n, One), random));
    let k = number(random);
    let (a, b, r, s) = (Naive::of(&x), Naive::of(&y), Naive::of(&row), Naive::of(&column));
    match random.below(15) {
        0 => a
            .zip(&r, |a, r| (a - r) * 2.0)
            .zip(&s, |a, s| a + s * k)
            .agrees((&x - &row) * 2.0 + &column * k, what),
        1 => {
            a.kept(&[0], naive::sum).without(&[0]).agrees(x.sum_axis(Axis::<0>), what);
            a.kept(&[1], naive::sum).without(&[1]).agrees(x.sum_axis(Axis::<1>), what);
            a.kept(&[0, 1], naive::sum).agrees(x.sum_axis((Axis::<0>, Axis::<1>)).keepdims(), what);
        }
        2 => {
            a.kept(&[0], naive::mean).without(&[0]).agrees(x.mean_axis(Axis::<0>), what);
            a.kept(&[1], naive::mean).without(&[1]).agrees(x.mean_axis(Axis::<-1>), what);
        }
        3 => {
            let var = |region: &[f32], order| naive::var(region, order, 0);
            let normed = a.zip3(&a.kept(&[1], naive::mean), &a.kept(&[1], var), |x, m, v| {
                (x - m) / (v + k).sqrt()
            });
            let (mean, var) = (x.mean_axis(Axis::<1>).keepdims(), x.var_axis(Axis::<1>).keepdims());
            normed.agrees((&x - mean) / (var + k).sqrt(), what);
            let (mean, var) = x.moments_axis(Axis::<1>).keepdims().to_tensors();
            normed.agrees((&x - mean) / (var + k).sqrt(), what);
        }
        4 => {
            let limited = a.zip(&r, |a, r| if a < r { a } else { k });
            limited.agrees(x.less(&row).where_(&x, k), what);
            a.zip3(&b, &s, |a, b, s| if a >= s { a } else { b })
                .agrees(x.greater_equal(&column).where_(&x, &y), what);
        }
        5 => {
            let mut out = y.clone();
            out += &row * k;
            b.zip(&r, |b, r| b + r * k).agrees(&out, what);
            out.assign(&column);
            s.broadcast_like(&a).agrees(&out, what);
            out.view_mut().assign(&x - &y);
            a.zip(&b, |a, b| a - b).agrees(&out, what);
        }
        6 => {
            let turned = x.permute_dims((Axis::<1>, Axis::<0>));
            a.permuted(&[1, 0]).agrees(turned, what);
            a.zip(&b, |a, b| a * b)
                .permuted(&[1, 0])
                .agrees(turned * y.permute_dims((Axis::<1>, Axis::<0>)), what);
            a.permuted(&[1, 0])
                .kept(&[0], naive::sum)
                .without(&[0])
                .agrees(turned.sum_axis(Axis::<0>), what);
        }
        7 => {
            let both = x.concat_to(&y, Axis::<0>, Dyn::of(2 * n.len())).to_tensor();
            assert_eq!(both.shape().lengths(), [2 * n.len(), c.len()]);
            assert!(
                both.as_slice()
                    .iter()
                    .zip(x.as_slice().iter().chain(y.as_slice()))
                    .all(|(a, b)| a.to_bits() == b.to_bits())
            );
        }
        8 => {
            let flat = x.flatten_to(Dyn::of(n.len() * c.len()));
            let lengths = [flat.to_tensor().len(), x.reshape_to((c, One, n)).to_tensor().len()];
            assert_eq!(lengths, [x.len(); 2]);
            let turned = (&x * 1.0).reshape_to((c, n)).to_tensor();
            assert!(
                turned
                    .as_slice()
                    .iter()
                    .zip(x.as_slice())
                    .all(|(a, b)| a.to_bits() == (b * 1.0).to_bits() || b.is_nan())
            );
        }
        9 => {
            let (x, y) = (whole((n, c), random), whole((c, n), random));
            let expected =
                |i: usize, j: usize| (0..c.len()).map(|k| x[[i, k]] * y[[k, j]]).sum::<f32>();
            let product = x.matmul(&y).to_tensor();
            assert!(
                (0..n.len()).all(|i| (0..n.len()).all(|j| product[[i, j]] == expected(i, j))),
                "{what}"
            );
            let vector = x.matmul(&whole((c,), random)).to_tensor();
            assert_eq!(vector.shape().lengths(), [n.len()]);
        }
        10 => {
            let soft = x.softmax(Axis::<1>).to_tensor();
            let log = x.log_softmax(Axis::<1>).to_tensor();
            for i in 0..n.len() {
                let lane: Tensor<f32, (Dyn,)> = (0..c.len()).map(|j| x[[i, j]]).collect();
                let found = |of: &Tensor<f32, (N, C)>| -> Tensor<f32, (Dyn,)> {
                    (0..c.len()).map(|j| of[[i, j]]).collect()
                };
                Naive::of(&lane.softmax(Axis::<0>).to_tensor()).agrees(&found(&soft), what);
                Naive::of(&lane.log_softmax(Axis::<0>).to_tensor()).agrees(&found(&log), what);
            }
        }
        11 => {
            let norm = BatchNorm::of(&x, 1e-3);
            let scale = ((norm.var() + 1e-3).sqrt()).to_tensor();
            let scale = (1.0 / scale).to_tensor();
            let expected = (&x - norm.mean()) * &scale + norm.beta();
            Naive::of(&expected.to_tensor()).agrees(norm.forward(&x), what);
        }
        12 => s.zip(&r, |s, r| s * r).agrees(column.stretch() * &row, what),
        13 => {
            let view = x.view();
            a.zip(&b, |a, b| a / (b + k)).agrees(view / (&y + k), what);
            let renamed = x.clone().rename_both();
            assert!(
                renamed
                    .as_slice()
                    .iter()
                    .zip(x.as_slice())
                    .all(|(a, b)| a.to_bits() == b.to_bits())
            );
        }
        _ => {
            let least = |region: &[f32], _| {
                region.iter().fold(f32::INFINITY, |a, &b| shapewright::Numeric::minimum(a, b))
            };
            a.kept(&[0], least).without(&[0]).agrees(x.min_axis(Axis::<0>), what);
            // With a run-time length, because the range of a slice of a static length is checked by
            // the compiler.
            let any = x.clone().rename_both();
            if n.len() > 2 {
                a.sliced(0, 1, 1, 1).agrees(any.slice(Axis::<0>, Span::<1, 1>), what);
                a.sliced(0, n.len() - 1, 3, -1)
                    .agrees(any.slice(Axis::<0>, Span::<-1, 3, -1>), what);
            }
        }
    }
}

/// Renames any axes to run-time lengths without names.
trait RenameBoth {
    fn rename_both(self) -> Tensor<f32, (Dyn, Dyn)>;
}
impl<N: Length, C: Length> RenameBoth for Tensor<f32, (N, C)> {
    fn rename_both(self) -> Tensor<f32, (Dyn, Dyn)> {
        self.try_with_shape().expect("lengths of run time take any")
    }
}

/// Runs the programs with one axis static, of the length `S`, or both, or none.
fn with_static<S: StaticLength>(random: &mut Scatter) {
    let n = random.below(40) + 1;
    let s = S::VALUE;
    check(Rows.of(n), s, random, "(Rows, static)");
    check(s, Columns.of(n), random, "(static, Columns)");
    check(Dyn::of(n), s, random, "(?, static)");
    check(s, Dyn::of(n), random, "(static, ?)");
    check(s, s, random, "static twice");
}

#[test]
fn programs_over_mixed_lengths_are_those_of_the_naive_evaluator() {
    let rounds = if cfg!(debug_assertions) { 40 } else { 400 };
    for level in Level::available() {
        level.force();
        let random = &mut Scatter::new(12);
        for _ in 0..rounds {
            let long = random.below(8) == 0;
            let most = if long { 400 } else { 40 };
            let (n, c) = (random.below(most) + 1, random.below(most) + 1);
            check(Rows.of(n), Columns.of(c), random, "(Rows, Columns)");
            check(Rows.of(n), Dyn::of(c), random, "(Rows, ?)");
            check(Dyn::of(n), Columns.of(c), random, "(?, Columns)");
            check(Dyn::of(n), Dyn::of(c), random, "(?, ?)");
            check(Rows.of(n), Rows.of(n), random, "one name twice");
            with_static::<Dim<1>>(random);
            with_static::<Dim<5>>(random);
            with_static::<Dim<64>>(random);
            with_static::<Batch>(random);
        }
    }
    Level::best().force();
}

#[test]
fn without_elements() {
    let x = Tensor::<f32, _>::zeros_of((Rows.of(0), Dim::<3>));
    assert_eq!(x.sum_axis(Rows).to_tensor(), Tensor::zeros());
    assert!(x.mean_axis(Rows).to_tensor().as_slice().iter().all(|x| x.is_nan()));
    assert_eq!(x.sum_axis(Axis::<1>).to_tensor().shape().lengths(), [0]);
    assert_eq!((&x + 1.0).to_tensor().len(), 0);
    assert_eq!(x.softmax(Axis::<1>).to_tensor().len(), 0);
    assert_eq!(
        x.matmul(&Tensor::<f32, (Dim<3>, Dim<2>)>::ones()).to_tensor().shape().lengths(),
        [0, 2]
    );
    let turned = x.permute_dims((Axis::<1>, Axis::<0>));
    assert_eq!(turned.matmul(&x).to_tensor(), Tensor::zeros());
    assert_eq!(x.concat(&x, Rows).shape().lengths(), [0, 3]);
}
