//! Matrix products of vectors and matrices: integers as NumPy's, floats within
//! `n * epsilon * sum |a| |b|` of the exact ones.

use shapewright::{Tensor, TensorView, array, dim, prelude::*, shape};
use shapewright_tests::values::{Values, scattered};

dim!(Features = 4);

fn numpy() -> Values {
    Values::read(include_str!("../numpy/values/matmul.txt"))
}

#[test]
fn products_of_f32() {
    let numpy = numpy();
    let (a, b): (Tensor<f32, shape![3, 4]>, Tensor<f32, shape![4, 5]>) =
        (numpy.get("x34"), numpy.get("x45"));
    let (row, column): (Tensor<f32, shape![3]>, Tensor<f32, shape![4]>) =
        (numpy.get("x3"), numpy.get("x4"));
    numpy.near(4.0, "exact_matmul(x34, x45)", "exact_matmul(abs(x34), abs(x45))", a.matmul(&b));
    numpy.near(4.0, "exact_matmul(x34, x4)", "exact_matmul(abs(x34), abs(x4))", a.matmul(&column));
    numpy.near(3.0, "exact_matmul(x3, x34)", "exact_matmul(abs(x3), abs(x34))", row.matmul(&a));
    numpy.near(
        4.0,
        "exact_matmul(x4, x4)",
        "exact_matmul(abs(x4), abs(x4))",
        column.matmul(&column),
    );
    // Expressions, views and owned tensors are operands.
    numpy.near(
        4.0,
        "exact_matmul(x34, x45)",
        "exact_matmul(abs(x34), abs(x45))",
        (&a * 1.0).matmul(b.clone()),
    );
    let transposed = a.permute_dims((Axis::<1>, Axis::<0>));
    numpy.near(
        3.0,
        "exact_matmul(transpose(x34), x34)",
        "exact_matmul(abs(transpose(x34)), abs(x34))",
        transposed.matmul(&a),
    );
    numpy.near(
        3.0,
        "exact_matmul(transpose(x34), x3)",
        "exact_matmul(abs(transpose(x34)), abs(x3))",
        transposed.matmul(&row),
    );
    // A chain, and a product inside an expression.
    let chained = a.matmul(&b).to_tensor();
    numpy.near(
        4.0,
        "exact_matmul(x34, x45) - 1",
        "exact_matmul(abs(x34), abs(x45)) + 1",
        a.matmul(&b) - 1.0,
    );
    assert_eq!(
        a.matmul(&b).matmul(&numpy.get::<f32, shape![5]>("x5")).to_tensor(),
        chained.matmul(&numpy.get::<f32, shape![5]>("x5")).to_tensor()
    );
}

#[test]
fn products_of_f64() {
    let numpy = numpy();
    let (a, b): (Tensor<f64, shape![3, 4]>, Tensor<f64, shape![4, 5]>) =
        (numpy.get("d34"), numpy.get("d45"));
    numpy.near(4.0, "exact_matmul(d34, d45)", "exact_matmul(abs(d34), abs(d45))", a.matmul(&b));
    numpy.near(
        4.0,
        "exact_matmul(d4, d45)",
        "exact_matmul(abs(d4), abs(d45))",
        numpy.get::<f64, shape![4]>("d4").matmul(&b),
    );
}

/// Integers wrap.
#[test]
fn products_of_integers() {
    let numpy = numpy();
    let (a, b): (Tensor<i32, shape![3, 4]>, Tensor<i32, shape![4, 5]>) =
        (numpy.get("i34"), numpy.get("i45"));
    numpy.gives("i34 @ i45", a.matmul(&b));
    numpy.gives("i34 @ i4", a.matmul(&numpy.get::<i32, shape![4]>("i4")));
    numpy.gives("i4 @ i45", numpy.get::<i32, shape![4]>("i4").matmul(&b));
    numpy.gives(
        "i4 @ j4",
        numpy.get::<i32, shape![4]>("i4").matmul(&numpy.get::<i32, shape![4]>("j4")),
    );
    let u: Tensor<u8, shape![3, 3]> = numpy.get("u33");
    numpy.gives("u33 @ u33", u.matmul(&u));
    // Named inner axes, and axes of length 1.
    let named: Tensor<i32, shape![3, Features]> = numpy.get("i34");
    numpy.gives("i34 @ i45", named.matmul(&numpy.get::<i32, shape![Features, 5]>("i45")));
    let (column, row): (Tensor<i32, shape![3, 1]>, Tensor<i32, shape![1, 4]>) =
        (numpy.get("i31"), numpy.get("i14"));
    numpy.gives("i31 @ i14", column.matmul(&row));
    numpy.gives("i14 @ i45", row.matmul(&b));
    numpy.gives("i34 @ transpose(i14)", a.matmul(row.permute_dims((Axis::<1>, Axis::<0>))));
}

/// Whole tiles of 4 rows and 16 columns, and remainders of both.
#[test]
fn tiles_and_rests() {
    let numpy = numpy();
    macro_rules! products {
        ($($exact:literal: [$m:literal, $k:literal] [$n:literal];)*) => {$(
            let (a, b) = (scattered::<shape![$m, $k]>(), scattered::<shape![$k, $n]>());
            numpy.near(f64::from($k), $exact, $exact, a.matmul(&b));
        )*};
    }
    products! {
        "exact_matmul(scattered(4, 16), scattered(16, 16))": [4, 16] [16];
        "exact_matmul(scattered(5, 7), scattered(7, 17))": [5, 7] [17];
        "exact_matmul(scattered(8, 3), scattered(3, 32))": [8, 3] [32];
        "exact_matmul(scattered(3, 9), scattered(9, 15))": [3, 9] [15];
        "exact_matmul(scattered(9, 40), scattered(40, 2))": [9, 40] [2];
    }
}

/// A product over an axis of length 0 is a matrix of zeros.
#[test]
fn empty_products() {
    let numpy = numpy();
    let (a, b) = (Tensor::<f32, shape![2, 0]>::zeros(), Tensor::<f32, shape![0, 3]>::zeros());
    numpy.gives("zeros((2, 0), float32) @ zeros((0, 3), float32)", a.matmul(&b));
    numpy.gives(
        "zeros((2, 0), float32) @ zeros(0, float32)",
        a.matmul(&Tensor::<f32, shape![0]>::zeros()),
    );
    numpy.gives(
        "zeros((0, 3), float32) @ ones(3, float32)",
        b.matmul(&Tensor::<f32, shape![3]>::ones()),
    );
    let none = Tensor::<f32, shape![0]>::zeros();
    numpy.gives("zeros(0, float32) @ zeros(0, float32)", none.matmul(&none));
}

/// NaN and infinities take part in every multiplication.
#[test]
fn corners() {
    let a = array![[f32::INFINITY, 1.0], [f32::NAN, 0.0]];
    let product = a.matmul(&array![[0.0, 1.0], [1.0, 1.0]]).to_array();
    assert!(product[[0, 0]].is_nan() && product[[1, 0]].is_nan() && product[[1, 1]].is_nan());
    assert_eq!(product[[0, 1]], f32::INFINITY);
}

/// The exact product in `f64`, and the sum of magnitudes, of an element.
fn exact(a: impl Fn(usize) -> f32, b: impl Fn(usize) -> f32, inner: usize) -> (f64, f64) {
    (0..inner).fold((0.0, 0.0), |(sum, size), p| {
        let x = f64::from(a(p)) * f64::from(b(p));
        (sum + x, size + x.abs())
    })
}

/// Packed and blocked products, with row-major and column-major operands and destinations, are
/// within the bound.
#[test]
fn large_products_and_transposed_operands() {
    let swap = (Axis::<1>, Axis::<0>);
    macro_rules! products {
        ($([$m:literal, $k:literal, $n:literal];)*) => {$(
            let (a, b) = (scattered::<shape![$m, $k]>(), scattered::<shape![$k, $n]>());
            let (at, bt) = (a.permute_dims(swap).to_tensor(), b.permute_dims(swap).to_tensor());
            let products = [
                a.matmul(&b).to_tensor(),
                a.matmul(bt.permute_dims(swap)).to_tensor(),
                at.permute_dims(swap).matmul(&b).to_tensor(),
                at.permute_dims(swap).matmul(bt.permute_dims(swap)).to_tensor(),
                // (a @ b)^T is b^T @ a^T.
                bt.matmul(&at).permute_dims(swap).to_tensor(),
            ];
            for i in 0..$m {
                for j in 0..$n {
                    let (sum, size) = exact(|p| a[[i, p]], |p| b[[p, j]], $k);
                    let bound = f64::from($k) * f64::from(f32::EPSILON) * size;
                    for product in &products {
                        assert!((f64::from(product[[i, j]]) - sum).abs() <= bound, "{:?} at {i} {j}", [$m, $k, $n]);
                    }
                }
            }
        )*};
    }
    products! { [61, 67, 71]; [13, 600, 9]; [50, 30, 19]; [30, 29, 600]; }
}

/// A matrix with a vector, on either side and in either memory order.
#[test]
fn long_vectors() {
    let swap = (Axis::<1>, Axis::<0>);
    let (a, row, column) =
        (scattered::<shape![203, 307]>(), scattered::<shape![203]>(), scattered::<shape![307]>());
    let at = a.permute_dims(swap).to_tensor();
    for product in [
        a.matmul(&column).to_tensor(),
        column.matmul(&at).to_tensor(),
        at.permute_dims(swap).matmul(&column).to_tensor(),
    ] {
        for i in 0..203 {
            let (sum, size) = exact(|p| a[[i, p]], |p| column[[p]], 307);
            assert!(
                (f64::from(product[[i]]) - sum).abs() <= 307.0 * f64::from(f32::EPSILON) * size
            );
        }
    }
    for product in [
        row.matmul(&a).to_tensor(),
        at.matmul(&row).to_tensor(),
        row.matmul(at.permute_dims(swap)).to_tensor(),
    ] {
        for j in 0..307 {
            let (sum, size) = exact(|p| row[[p]], |p| a[[p, j]], 203);
            assert!(
                (f64::from(product[[j]]) - sum).abs() <= 203.0 * f64::from(f32::EPSILON) * size
            );
        }
    }
}

/// The product of two vectors is a sum of products, bit for bit, in any memory layout.
#[test]
fn inner_products_are_sums() {
    let (a, b) = (scattered::<shape![1000]>(), scattered::<shape![1000]>());
    assert_eq!(a.matmul(&b).to_tensor()[[]].to_bits(), (&a * &b).sum().to_bits());
    let spread: TensorView<f32, shape![333]> =
        TensorView::with_strides(a.as_slice(), 998, [-3]).expect("the strides reach elements");
    let short = scattered::<shape![333]>();
    assert_eq!(spread.matmul(&short).to_tensor()[[]].to_bits(), (spread * &short).sum().to_bits());
}

/// Batches on one side, on both sides, and on both with stretching, written to row-major and
/// column-major destinations.
#[test]
fn batches_stretch() {
    let (a, b) = (scattered::<shape![3, 2, 13, 21]>(), scattered::<shape![21, 18]>());
    let (c, d) = (scattered::<shape![2, 21, 18]>(), scattered::<shape![3, 1, 13, 21]>());
    let (vector, swap) = (scattered::<shape![21]>(), (Axis::<1>, Axis::<0>, Axis::<3>, Axis::<2>));
    let shared = a.matmul(&b).to_tensor();
    let each = a.matmul(&c).to_tensor();
    let pairs = d.stretch().matmul(&c).to_tensor();
    let mut swapped = Tensor::<f32, shape![2, 3, 18, 13]>::zeros();
    swapped.assign(a.matmul(&c).permute_dims(swap));
    let column = a.matmul(&vector).to_tensor();
    let row = vector.matmul(&c).to_tensor();
    let near = |found: f32, (sum, size): (f64, f64)| {
        assert!(
            (f64::from(found) - sum).abs() <= 21.0 * f64::from(f32::EPSILON) * size,
            "{found} instead of {sum}"
        );
    };
    for t in 0..3 {
        for u in 0..2 {
            for i in 0..13 {
                near(column[[t, u, i]], exact(|p| a[[t, u, i, p]], |p| vector[[p]], 21));
                for j in 0..18 {
                    near(shared[[t, u, i, j]], exact(|p| a[[t, u, i, p]], |p| b[[p, j]], 21));
                    near(each[[t, u, i, j]], exact(|p| a[[t, u, i, p]], |p| c[[u, p, j]], 21));
                    near(pairs[[t, u, i, j]], exact(|p| d[[t, 0, i, p]], |p| c[[u, p, j]], 21));
                    near(swapped[[u, t, j, i]], exact(|p| a[[t, u, i, p]], |p| c[[u, p, j]], 21));
                    near(row[[u, j]], exact(|p| vector[[p]], |p| c[[u, p, j]], 21));
                }
            }
        }
    }
}
