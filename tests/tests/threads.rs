//! Large evaluations as tasks of several threads, with the feature `rayon`: bit for bit the result
//! of the naive evaluator, or of an evaluation that is too small to be split, whatever the number
//! of threads.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

use shapewright::{Axis, StaticShape, Tensor, prelude::*, shape};
use shapewright_tests::naive::{self, Naive, Order};

/// Numbers whose sums are rounded.
fn numbers<S: StaticShape>(seed: u32) -> Tensor<f32, S> {
    let mut state = seed;
    Tensor::from_fn_of(S::VALUE, |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / 99_991.0 - 80.0
    })
}

/// Factors and offsets of numbers for statistics. The results are ordinary, or have a mean of about
/// 10^5 standard deviations, or are all equal, or are near the end of the range.
const KINDS: [[f32; 2]; 4] = [[1.0, 0.0], [1.0, 5e6], [0.0, 0.576], [3.8e36, 0.0]];

/// Calls `body` in pools of one thread and of several.
fn each_number_of_threads(body: impl Fn(&str) + Sync) {
    for threads in [1, 2, 3, 7] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| body(&format!("{threads} threads")));
    }
}

fn bits(elements: &[f32]) -> Vec<u32> {
    elements.iter().map(|x| x.to_bits()).collect()
}

#[test]
fn elementwise() {
    macro_rules! shapes {
        ($([$r:literal, $c:literal])*) => {$({
            let (a, b) = (numbers::<shape![$r, $c]>(1), numbers::<shape![$c, $r]>(2));
            let (row, column) = (numbers::<shape![$c]>(3), numbers::<shape![$r, 1]>(4));
            let (x, y) = (Naive::of(&a), Naive::of(&b).permuted(&[1, 0]));
            let broadcast = x.zip(&Naive::of(&row), |x, m| (x - m) * 3.0).zip(&Naive::of(&column), |x, c| x / c);
            let transposed = x.zip(&y, |x, y| x * y - x);
            each_number_of_threads(|threads| {
                broadcast.agrees((&a - &row) * 3.0 / &column, threads);
                transposed.agrees(&a * b.permute_dims((Axis::<1>, Axis::<0>)) - &a, threads);
                y.map(|y| y + 1.0).agrees(b.permute_dims((Axis::<1>, Axis::<0>)).map(|y| y + 1.0), threads);
                let mut out = a.clone();
                out += &row;
                out *= b.permute_dims((Axis::<1>, Axis::<0>));
                x.zip(&Naive::of(&row), |x, m| x + m).zip(&y, |x, y| x * y).agrees(&out, threads);
            });
        })*};
    }
    shapes! { [601, 1031] [3, 180001] [280001, 2] [2, 262145] }
}

#[test]
fn past_the_caches() {
    type S = shape![3, 2796203];
    let (a, row) = (numbers::<S>(1), numbers::<shape![2796203]>(2));
    let expected: Vec<f32> =
        a.as_slice().iter().zip(row.as_slice().iter().cycle()).map(|(a, m)| a - m).collect();
    each_number_of_threads(|threads| {
        let found = (&a - &row).to_tensor();
        assert!(
            found.as_slice().iter().zip(&expected).all(|(a, b)| a.to_bits() == b.to_bits()),
            "{threads}"
        );
    });
}

fn var(region: &[f32], order: Order) -> f32 {
    naive::var(region, order, 0)
}

#[test]
fn reductions() {
    macro_rules! reductions {
        ($([$($shape:tt)*] over $axes:expr, $over:expr;)*) => {$(for [size, shift] in KINDS {
            let a = (numbers::<shape![$($shape)*]>(5) * size + shift).to_tensor();
            let x = Naive::of(&a);
            let over: &[usize] = &$over;
            let (sum, mean) = (x.kept(over, naive::sum).without(over), x.kept(over, naive::mean).without(over));
            let var = x.kept(over, var).without(over);
            let centered = x.zip(&x.kept(over, naive::mean), |x, m| x - m);
            each_number_of_threads(|threads| {
                let what = &format!("{} over {}, {threads}", stringify!([$($shape)*]), stringify!($axes));
                sum.agrees(a.sum_axis($axes), what);
                mean.agrees(a.mean_axis($axes), what);
                var.agrees(a.var_axis($axes), what);
                centered.agrees(&a - a.mean_axis($axes).keepdims(), what);
            });
        })*};
    }
    reductions! {
        [257, 521] over Axis::<0>, [0];
        [257, 521] over Axis::<1>, [1];
        [521, 1031] over Axis::<0>, [0];
        [521, 1031] over Axis::<1>, [1];
        [12, 5, 5003] over Axis::<0>, [0];
        [12, 5, 5003] over (Axis::<0>, Axis::<2>), [0, 2];
        [7, 3, 5003] over Axis::<0>, [0];
        [7, 3, 5003] over Axis::<1>, [1];
        [7, 3, 5003] over (Axis::<0>, Axis::<2>), [0, 2];
        [5003, 3, 7] over (Axis::<0>, Axis::<2>), [0, 2];
        [131073, 2] over Axis::<0>, [0];
        [2, 131073] over Axis::<1>, [1];
    }
}

/// Regions of several blocks, which are split into tasks between blocks: regions of one lane and of
/// many, of whole blocks, of one element more and of some less.
#[test]
fn large_regions() {
    macro_rules! regions {
        ($([$r:literal, $c:literal])*) => {$(for [size, shift] in KINDS {
            let a = (numbers::<shape![$r, $c]>(6) * size + shift).to_tensor();
            let row = numbers::<shape![$c]>(7);
            let centered = Naive::of(&a).zip(&Naive::of(&row), |x, m| x - m);
            let (sum, variance) = (naive::sum(a.as_slice(), Order::Along), var(a.as_slice(), Order::Along));
            let sum_transposed = naive::sum(Naive::of(&a).permuted(&[1, 0]).elements(), Order::Along);
            let sum_centered = naive::sum(centered.elements(), Order::Along);
            let greatest = a.as_slice().iter().copied().fold(f32::MIN, f32::max);
            let place = a.as_slice().iter().position(|&x| x == greatest).unwrap();
            let above = a.as_slice().iter().filter(|&&x| x > 0.0).count();
            each_number_of_threads(|threads| {
                let what = &format!("{} by {}, {threads}", $r, $c);
                assert_eq!(a.sum().to_bits(), sum.to_bits(), "{what}");
                assert_eq!(a.var().to_bits(), variance.to_bits(), "{what}");
                assert_eq!((&a - &row).sum().to_bits(), sum_centered.to_bits(), "{what}");
                assert_eq!((a.max(), a.argmax()), (greatest, [place / $c, place % $c]), "{what}");
                assert_eq!(a.greater(0.0).count_nonzero(), above, "{what}");
                let transposed = a.permute_dims((Axis::<1>, Axis::<0>));
                assert_eq!(transposed.sum().to_bits(), sum_transposed.to_bits(), "{what}");
            });
        })*};
    }
    // A block has 262144 elements.
    regions! { [512, 1024] [1, 524287] [731, 1109] [3, 700001] [400003, 2] [1031, 1031] }
}

#[test]
fn places() {
    let a = numbers::<shape![401, 307]>(7);
    let (rows, columns): (Vec<_>, Vec<_>) =
        (a.as_slice().chunks(307).collect(), (0..307).collect());
    let first_of = |xs: &mut dyn Iterator<Item = f32>| {
        xs.enumerate()
            .fold((0, f32::NEG_INFINITY), |best, (k, x)| if x > best.1 { (k, x) } else { best })
            .0
    };
    let along: Vec<usize> = rows.iter().map(|row| first_of(&mut row.iter().copied())).collect();
    let across: Vec<usize> =
        columns.iter().map(|&c| first_of(&mut rows.iter().map(|row| row[c]))).collect();
    each_number_of_threads(|threads| {
        assert_eq!(a.argmax_axis(Axis::<1>).to_tensor().as_slice(), along, "{threads}");
        assert_eq!(a.argmax_axis(Axis::<0>).to_tensor().as_slice(), across, "{threads}");
    });
}

#[test]
fn softmax() {
    let a = numbers::<shape![401, 307]>(8);
    // Across lanes the order of a sum is different. This number of columns is too small to be
    // split.
    let flipped = a.permute_dims((Axis::<1>, Axis::<0>)).to_tensor();
    let columns = |start: usize| {
        Tensor::<f32, shape![307, 201]>::from_fn(|[i, j]| flipped[[i, (start + j).min(400)]])
            .softmax(Axis::<0>)
            .to_tensor()
    };
    let (left, right) = (columns(0), columns(201));
    let across = Tensor::<f32, shape![307, 401]>::from_fn(|[i, j]| {
        if j < 201 { left[[i, j]] } else { right[[i, j - 201]] }
    });
    let mut along = Vec::new();
    for row in a.as_slice().chunks(307) {
        let row = Tensor::<f32, shape![307]>::from_slice(row).unwrap();
        along.extend_from_slice(row.softmax(Axis::<0>).to_tensor().as_slice());
    }
    each_number_of_threads(|threads| {
        assert_eq!(bits(a.softmax(Axis::<1>).to_tensor().as_slice()), bits(&along), "{threads}");
        let found = flipped.softmax(Axis::<0>).to_tensor();
        assert_eq!(bits(found.as_slice()), bits(across.as_slice()), "{threads}");
    });
}

#[test]
fn products() {
    let (a, b) = (numbers::<shape![301, 97]>(9), numbers::<shape![97, 203]>(10));
    let (batch, single) = (numbers::<shape![5, 131, 67]>(11), numbers::<shape![5, 67, 71]>(12));
    let expected = (a.matmul(&b).to_tensor(), batch.matmul(&single).to_tensor());
    each_number_of_threads(|threads| {
        let found = (a.matmul(&b).to_tensor(), batch.matmul(&single).to_tensor());
        assert_eq!(bits(found.0.as_slice()), bits(expected.0.as_slice()), "{threads}");
        assert_eq!(bits(found.1.as_slice()), bits(expected.1.as_slice()), "{threads}");
    });
}

#[test]
fn several_threads_take_part() {
    let a = numbers::<shape![1024, 1024]>(15);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
    // The first task to arrive waits for a task of another thread. It would wait for ever if one
    // thread did all of them.
    let arrived = [AtomicUsize::new(0), AtomicUsize::new(0)];
    pool.install(|| {
        let found = a.map(|x| {
            let me = rayon::current_thread_index().unwrap();
            if arrived[me].fetch_add(1, Ordering::SeqCst) == 0 {
                let start = std::time::Instant::now();
                while arrived[1 - me].load(Ordering::SeqCst) == 0 && start.elapsed().as_secs() < 20
                {
                    std::thread::yield_now();
                }
            }
            x
        });
        assert_eq!(found.to_tensor(), a);
    });
    assert!(arrived.iter().all(|count| count.load(Ordering::SeqCst) > 0));
}

#[test]
fn a_panic_in_a_task_is_the_callers() {
    let a = numbers::<shape![512, 512]>(16);
    let last = a[[511, 511]];
    let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build().unwrap();
    let caught = pool.install(|| {
        catch_unwind(AssertUnwindSafe(|| {
            a.map(|x| if x == last { panic!("the last element") } else { x }).to_tensor()
        }))
    });
    assert_eq!(caught.unwrap_err().downcast_ref::<&str>(), Some(&"the last element"));
    // The pool still works.
    assert_eq!(pool.install(|| (&a + 0.0).to_tensor()), a);
}

#[test]
fn lengths_of_run_time() {
    use shapewright::{Dyn, dim};
    dim!(Rows, Columns);
    for [n, c] in [[601, 1031], [3, 180_001], [262_145, 2], [1, 600_000], [5000, 64]] {
        let fill = |seed: u32| {
            let mut state = seed;
            Tensor::<f32, _>::from_fn_of(shape![Rows.of(n), Columns.of(c)], |_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 8) as f32 / 99_991.0 - 80.0
            })
        };
        let (a, b) = (fill(1), fill(2));
        let (x, y) = (Naive::of(&a), Naive::of(&b));
        let row: Tensor<f32, (Dyn<Columns>,)> = a.mean_axis(Rows).to_tensor();
        let (sum, mean) =
            (x.kept(&[0], naive::sum).without(&[0]), x.kept(&[1], naive::mean).without(&[1]));
        let both = x.zip(&y, |x, y| x * y - x).zip(&Naive::of(&row), |x, r| x + r);
        each_number_of_threads(|threads| {
            both.agrees(&a * &b - &a + &row, threads);
            sum.agrees(a.sum_axis(Rows), threads);
            mean.agrees(a.mean_axis(Columns), threads);
            let mut out = a.clone();
            out.assign(&b * 2.0);
            y.map(|y| y * 2.0).agrees(&out, threads);
        });
    }
}

#[test]
fn convolutions() {
    use shapewright::nn::{Conv2d, NoBias};
    type Conv = Conv2d<shapewright::Dim<5>, shapewright::Dim<7>, 3, 1, 1, 1, 1, NoBias>;
    // A single image is not split into tasks.
    let conv: Conv = Conv2d::without_bias(numbers(3));
    let images = numbers::<shape![31, 5, 17, 19]>(4);
    let one_by_one: Vec<f32> = images
        .axis_chunks(Axis::<0>, 1)
        .flat_map(|image| conv.forward(&image).to_tensor().to_vec())
        .collect();
    each_number_of_threads(|threads| {
        assert_eq!(
            bits(&conv.forward(&images).to_tensor().to_vec()),
            bits(&one_by_one),
            "{threads}"
        );
    });
}
