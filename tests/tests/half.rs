//! `f16` and `bf16`: each operation is that of `f32`, rounded once. Reductions and products
//! accumulate in `f32` and round their result.

use shapewright::io::npy;
use shapewright::nn::BatchNorm;
use shapewright::{Float, Length, StaticLength, Tensor, bf16, f16, prelude::*, shape, tensor};
use shapewright_levels::{functions_of_floats, reductions_of_floats};

/// What the tests need of both types.
trait Half: Float {
    const EPSILON: f32;
    fn of(x: f32) -> Self;
    fn wide(self) -> f32;
    fn bits(self) -> u16;
}
macro_rules! halves {
    ($($t:ty)*) => {$(
        impl Half for $t {
            const EPSILON: f32 = <$t>::EPSILON.to_f32_const();
            fn of(x: f32) -> Self {
                <$t>::from_f32(x)
            }
            fn wide(self) -> f32 {
                self.to_f32()
            }
            fn bits(self) -> u16 {
                self.to_bits()
            }
        }
    )*};
}
halves! { f16 bf16 }

/// Numbers of both signs and many magnitudes, some of them special.
fn numbers<T: Half>(count: usize) -> Vec<T> {
    let special =
        [0.0, -0.0, f32::INFINITY, f32::NEG_INFINITY, f32::NAN, 1.0, -1.0, 6e-8, -6e-8, 65504.0];
    let mut state = 1u32;
    let scattered = core::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let (digits, size) = (state >> 9, (state >> 4) % 30);
        (digits as f32 / (1 << 22) as f32 - 1.0) * (size as f32 - 20.0).exp2()
    });
    special.into_iter().chain(scattered).map(T::of).take(count).collect()
}

#[track_caller]
fn same<T: Half>(what: &str, ours: &[T], right: impl IntoIterator<Item = f32>) {
    let right: Vec<T> = right.into_iter().map(T::of).collect();
    assert_eq!(ours.len(), right.len());
    for (k, (&ours, &right)) in ours.iter().zip(&right).enumerate() {
        let alike = ours.bits() == right.bits() || ours.wide().is_nan() && right.wide().is_nan();
        assert!(alike, "{what}, element {k}: {ours:?}, not {right:?}");
    }
}

type Two<T> = Tensor<T, shape![64, 33]>;

fn elementwise<T: Half>() {
    let all = numbers::<T>(64 * 33 + 33);
    let x = Two::<T>::from_slice(&all[..64 * 33]).unwrap();
    let y = Tensor::<T, shape![33]>::from_slice(&all[64 * 33..]).unwrap();
    let pairs =
        || x.as_slice().iter().enumerate().map(|(k, &a)| (a.wide(), y.as_slice()[k % 33].wide()));
    same("+", (&x + &y).to_tensor().as_slice(), pairs().map(|(a, b)| a + b));
    same("-", (&x - &y).to_tensor().as_slice(), pairs().map(|(a, b)| a - b));
    same("*", (&x * &y).to_tensor().as_slice(), pairs().map(|(a, b)| a * b));
    same("/", (&x / &y).to_tensor().as_slice(), pairs().map(|(a, b)| a / b));
    same("%", (&x % &y).to_tensor().as_slice(), pairs().map(|(a, b)| a % b));
    same("-x", (-&x).to_tensor().as_slice(), pairs().map(|(a, _)| -a));
    same("abs", x.abs().to_tensor().as_slice(), pairs().map(|(a, _)| a.abs()));
    let wide = x.map(T::wide).to_tensor();
    macro_rules! functions {
        ($($name:ident within $_of_f32:literal, $_of_f64:literal of $_exact:expr,
            special $_special:tt, bits $_f32:literal, $_f64:literal;)*) => {$(
            let (ours, right) = (x.$name().to_tensor(), wide.$name().to_tensor());
            same(stringify!($name), ours.as_slice(), right.as_slice().iter().copied());
        )*};
    }
    functions_of_floats! { functions }
    same("pow", x.pow(&y).to_tensor().as_slice(), pairs().map(|(a, b)| Float::powf(a, b)));
    assert!(
        x.is_nan().to_tensor().as_slice().iter().zip(pairs()).all(|(&m, (a, _))| m == a.is_nan())
    );
    assert!(
        x.is_finite()
            .to_tensor()
            .as_slice()
            .iter()
            .zip(pairs())
            .all(|(&m, (a, _))| m == a.is_finite())
    );
    let infinite = x.is_infinite().to_tensor();
    assert!(infinite.as_slice().iter().zip(pairs()).all(|(&m, (a, _))| m == a.is_infinite()));
    let halved = (&x * T::of(0.5) + T::ONE).to_tensor();
    // Two operations round twice.
    same("x / 2 + 1", halved.as_slice(), pairs().map(|(a, _)| T::of(a * 0.5).wide() + 1.0));
    let mask = x.greater(&y).to_tensor();
    assert!(mask.as_slice().iter().zip(pairs()).all(|(&m, (a, b))| m == (a > b)));
    let chosen = mask.where_(&x, &y).to_tensor();
    same("where", chosen.as_slice(), pairs().map(|(a, b)| if a > b { a } else { b }));
}

fn reductions<T: Half>() {
    let finite: Vec<T> = numbers::<T>(64 * 33 + 10).split_off(10);
    let x = Two::<T>::from_slice(&finite).unwrap();
    let wide = x.map(T::wide).to_tensor();
    macro_rules! each_axis {
        ($($method:ident $axis_method:ident;)*) => {$(
            same(stringify!($method), &[x.$method()], [wide.$method()]);
            let across = (x.$axis_method(Axis::<0>).to_tensor(), wide.$axis_method(Axis::<0>).to_tensor());
            same(stringify!($method), across.0.as_slice(), across.1.as_slice().iter().copied());
            let along = (x.$axis_method(Axis::<1>).to_tensor(), wide.$axis_method(Axis::<1>).to_tensor());
            same(stringify!($method), along.0.as_slice(), along.1.as_slice().iter().copied());
        )*};
    }
    reductions_of_floats! { each_axis }
    assert_eq!(x.argmax_axis(Axis::<1>).to_tensor(), wide.argmax_axis(Axis::<1>).to_tensor());
    let ((mean, var), wide_both) =
        (x.moments_axis(Axis::<0>).to_tensors(), wide.moments_axis(Axis::<0>).to_tensors());
    same("moments", mean.as_slice(), wide_both.0.as_slice().iter().copied());
    same("moments", var.as_slice(), wide_both.1.as_slice().iter().copied());
    let (all, wide_all) = (x.moments(), wide.moments());
    same("moments", &[all.mean(), all.m2()], [wide_all.mean(), wide_all.m2()]);
    // A sum that is accumulated in halves would stop at 2048 or 256.
    assert_eq!(Tensor::<T, shape![60_000]>::full(T::ONE).sum(), T::of(60_000.0));
}

fn products<T: Half, N: StaticLength, K: StaticLength, M: StaticLength>() {
    let all: Vec<T> = numbers::<T>(N::LEN * K::LEN + K::LEN * M::LEN + 10).split_off(10);
    let (a, b) = all.split_at(N::LEN * K::LEN);
    let (a, b) =
        (Tensor::<T, (N, K)>::from_slice(a).unwrap(), Tensor::<T, (K, M)>::from_slice(b).unwrap());
    let (product, wide) =
        (a.matmul(&b).to_tensor(), a.map(T::wide).matmul(b.map(T::wide)).to_tensor());
    let sizes = a.map(|x| x.wide().abs()).matmul(b.map(|x| x.wide().abs())).to_tensor();
    // The order of summation in f32 differs, by less than the rounding of a half.
    for (k, &ours) in product.as_slice().iter().enumerate() {
        let (right, size) = (wide.as_slice()[k], sizes.as_slice()[k]);
        let bound = right.abs() * T::EPSILON / 2.0 + size * 1e-5 + 3e-8;
        let overflows = T::of(right).wide().is_infinite() && ours.bits() == T::of(right).bits();
        assert!(overflows || (ours.wide() - right).abs() <= bound, "{ours:?}, not {right}");
    }
}

fn softmax<T: Half>() {
    let x = Two::<T>::from_fn(|[i, j]| T::of(((i * 31 + j * 17) % 40) as f32 * 0.25 - 3.0));
    let wide = x.map(T::wide).to_tensor();
    let near = |ours: &Two<T>, right: &Two<f32>| {
        for (&ours, &right) in ours.as_slice().iter().zip(right.as_slice()) {
            // The exponentials and the results are rounded, and the smallest of them have fewer
            // digits.
            assert!(
                (ours.wide() - right).abs() <= right.abs() * T::EPSILON * 1.5 + 6e-8,
                "{ours:?}, not {right}"
            );
        }
    };
    near(&x.softmax(Axis::<0>).to_tensor(), &wide.softmax(Axis::<0>).to_tensor());
    near(&x.softmax(Axis::<1>).to_tensor(), &wide.softmax(Axis::<1>).to_tensor());
    near(&x.log_softmax(Axis::<1>).to_tensor(), &wide.log_softmax(Axis::<1>).to_tensor());
}

#[test]
fn each_operation_is_that_of_f32_rounded_once() {
    elementwise::<f16>();
    elementwise::<bf16>();
}

#[test]
fn reductions_are_computed_in_f32_and_rounded_once() {
    reductions::<f16>();
    reductions::<bf16>();
}

#[test]
fn products_are_summed_in_f32() {
    use shapewright::Dim;
    products::<f16, Dim<3>, Dim<4>, Dim<5>>();
    products::<f16, Dim<33>, Dim<70>, Dim<41>>();
    products::<bf16, Dim<16>, Dim<16>, Dim<16>>();
    products::<bf16, Dim<1>, Dim<300>, Dim<1>>();
    let ones = Tensor::<f16, shape![5000]>::full(f16::ONE);
    assert_eq!(ones.matmul(&ones).to_tensor(), Tensor::full(f16::from_f32(5000.0)));
}

#[test]
fn softmax_is_computed_in_f32() {
    softmax::<f16>();
    softmax::<bf16>();
}

#[test]
fn generic_code_takes_halves() {
    fn scaled<T: Float, N: Length>(x: &Tensor<T, (N,)>) -> Tensor<T, (N,)> {
        ((x - x.mean()) / x.std()).to_tensor()
    }
    let x = tensor![1.0f32, 3.0];
    assert_eq!(scaled(&x.map(f16::from_f32).to_tensor()), tensor![f16::NEG_ONE, f16::ONE]);
    assert_eq!(scaled(&x.map(bf16::from_f32).to_tensor()), tensor![bf16::NEG_ONE, bf16::ONE]);
    assert_eq!(f16::ZERO + (f16::ONE + tensor![f16::ONE]).sum(), f16::from_f32(2.0));
}

#[test]
fn batch_norm_of_halves() {
    let x = Two::<f16>::from_fn(|[i, j]| f16::from_f32((i * j % 7) as f32));
    let y = BatchNorm::of(&x, f16::from_f32(1e-3)).forward(&x).to_tensor();
    let wide = x.map(f32::from).to_tensor();
    let right = BatchNorm::of(&wide, 1e-3).forward(&wide).to_tensor();
    for (&ours, &right) in y.as_slice().iter().zip(right.as_slice()) {
        assert!((f32::from(ours) - right).abs() <= 4e-3, "{ours}, not {right}");
    }
}

#[test]
fn npy_files_hold_f16() {
    // The bytes that `numpy.save` writes for `np.array([[1, -2.5, 65504]], np.float16)`.
    let mut file =
        b"\x93NUMPY\x01\x00v\x00{'descr': '<f2', 'fortran_order': False, 'shape': (1, 3), }"
            .to_vec();
    file.resize(127, b' ');
    file.extend(b"\n\x00\x3c\x00\xc1\xff\x7b");
    let x: Tensor<f16, shape![1, 3]> = npy::from_bytes(&file).unwrap();
    assert_eq!(x, tensor![[f16::ONE, f16::from_f32(-2.5), f16::MAX]]);
    assert_eq!(npy::to_bytes(&x), file);
}

/// Prints the digits that distinguish a half from its neighbours, and not all digits of the equal
/// `f32`.
#[test]
fn halves_have_their_shortest_digits() {
    let x = [0.1, 1.5, 65504.0, 6e-8].map(f16::from_f32);
    assert_eq!(
        Tensor::<f16, shape![4]>::from(x).to_string(),
        "[    0.1,     1.5, 65500.0,    6e-8]"
    );
    let x = [0.1, -0.0, 3.140625].map(bf16::from_f32);
    assert_eq!(Tensor::<bf16, shape![3]>::from(x).to_string(), "[ 0.10, -0.00,  3.14]");
}

/// Each `From` conversion from and to halves.
#[test]
fn halves_are_widened() {
    let x = [0.5, -2.5, 3.0].map(f16::from_f32);
    let halves = Tensor::<f16, shape![3]>::from(x);
    assert_eq!(halves.widen::<f16>().to_tensor(), halves);
    assert_eq!(halves.widen::<f32>().to_tensor(), [0.5f32, -2.5, 3.0]);
    assert_eq!(halves.widen::<f64>().to_tensor(), [0.5f64, -2.5, 3.0]);
    let halves = Tensor::<bf16, shape![3]>::from(x.map(|x| bf16::from_f32(x.to_f32())));
    assert_eq!(halves.widen::<bf16>().to_tensor(), halves);
    assert_eq!(halves.widen::<f32>().to_tensor(), [0.5f32, -2.5, 3.0]);
    assert_eq!(halves.widen::<f64>().to_tensor(), [0.5f64, -2.5, 3.0]);
    assert_eq!(tensor![-128i8].widen::<f16>().to_tensor(), [f16::from_f32(-128.0)]);
    assert_eq!(tensor![-128i8].widen::<bf16>().to_tensor(), [bf16::from_f32(-128.0)]);
    assert_eq!(tensor![255u8].widen::<f16>().to_tensor(), [f16::from_f32(255.0)]);
    assert_eq!(tensor![255u8].widen::<bf16>().to_tensor(), [bf16::from_f32(255.0)]);
}
