//! Integer arithmetic without wrapping: saturating operations, shifts by any count, and wider
//! elements, for every integer type at its limits, compared with 128-bit numbers.

use shapewright::{Array, Integer, Tensor, array, prelude::*, shape, tensor};
use shapewright_tests::each_integer;

/// The limits of a type with this number of bits, their neighbours, and numbers whose products are
/// near the limits.
fn interesting(bits: u32, signed: bool) -> Vec<i128> {
    let (low, high) = if signed {
        (i128::MIN >> (128 - bits), i128::MAX >> (128 - bits))
    } else {
        (0, (1i128 << bits) - 1)
    };
    let root = 1i128 << (bits / 2);
    let mut all = vec![low, low + 1, low / 2, low / 2 - 1, high, high - 1, high / 2, high / 2 + 1];
    all.extend((-4..=4).flat_map(|k| [k, root + k, -root + k, root / 2 + k, i128::from(bits) + k]));
    all.retain(|&x| low <= x && x <= high);
    all
}

macro_rules! each_type {
    ($($t:ident: $($_wide:ident)*;)*) => {
        /// Every pair, in tensors that are long enough for vectors. Numbers that saturate an `i128`
        /// saturate every type.
        #[test]
        fn saturating_and_shifting() {$({
            let numbers = interesting($t::BITS, $t::MIN != 0);
            let pairs: Vec<(i128, i128)> =
                numbers.iter().flat_map(|&a| numbers.iter().map(move |&b| (a, b))).collect();
            let take = |pick: fn(&(i128, i128)) -> i128| -> Tensor<$t, shape![?]> {
                pairs
                    .iter()
                    .map(|pair| {
                        let number = pick(pair) as $t;
                        assert_eq!(number as i128, pick(pair));
                        number
                    })
                    .collect::<Vec<_>>()
                    .into()
            };
            let (a, b) = (take(|pair| pair.0), take(|pair| pair.1));
            let bits = i128::from($t::BITS);
            let check = |name: &str, found: Tensor<$t, shape![?]>, exact: &dyn Fn(i128, i128) -> i128| {
                for (&(a, b), &found) in pairs.iter().zip(found.as_slice()) {
                    let expected = exact(a, b).clamp($t::MIN.into_number(), $t::MAX.into_number());
                    assert_eq!(found.into_number(), expected, "{a} {name} {b} of {}", stringify!($t));
                }
            };
            check("+", a.saturating_add(&b).to_tensor(), &|a, b| a.saturating_add(b));
            check("-", a.saturating_sub(&b).to_tensor(), &|a, b| a.saturating_sub(b));
            check("*", a.saturating_mul(&b).to_tensor(), &|a, b| a.saturating_mul(b));
            let wrapped = |x: i128| (x as $t).into_number();
            let fits = |count: i128| (0..bits).contains(&count);
            let left = |a: i128, b: i128| if fits(b) { wrapped(a << b) } else { 0 };
            let right = |a: i128, b: i128| if fits(b) { a >> b } else { a >> 127 };
            check("<<", (&a << &b).to_tensor(), &left);
            check(">>", (&a >> &b).to_tensor(), &right);
            let mut c = a.clone();
            c <<= &b;
            check("<<=", c, &left);
            let mut c = a.clone();
            c >>= &b;
            check(">>=", c, &right);
        })*}
    };
}
each_integer! { each_type }

trait Number {
    fn into_number(self) -> i128;
}
impl<T: Integer> Number for T {
    fn into_number(self) -> i128 {
        self.number()
    }
}

/// Each pair of types that `widen` accepts converts as Rust's `From` does. If the library did not
/// know the pair, the elements would be 0.
#[test]
fn every_wider_type() {
    macro_rules! widened {
        ($($t:ident: $($wide:ident)*;)*) => {$($({
            let x = tensor![$t::MIN, $t::MAX, 7 as $t];
            let expected = [$wide::from($t::MIN), $wide::from($t::MAX), $wide::from(7 as $t)];
            assert_eq!(x.widen::<$wide>().to_tensor(), expected, "{} to {}", stringify!($t), stringify!($wide));
        })*)*};
    }
    each_integer! { widened }
    widened! { f32: f32 f64; f64: f64; }
    macro_rules! of_masks {
        ($($wide:ident: $($_wider:ident)*;)*) => {$(
            assert_eq!(tensor![true, false].widen::<$wide>().to_tensor(), [$wide::from(true), $wide::from(false)]);
        )*};
    }
    each_integer! { of_masks }
    of_masks! { bool:; f32:; f64:; }
}

/// The square of the minimum `i8`, up to two thousand times, summed in `i32`, in one pass.
#[test]
fn products_of_bytes_in_words() {
    let x = Tensor::<i8, shape![2, 1000]>::full(i8::MIN);
    assert_eq!((x.widen::<i32>() * x.widen::<i32>()).sum(), 2000 << 14);
    let vector = x.row(0);
    let by_vector = x.widen::<i32>() * vector.widen::<i32>();
    assert_eq!(by_vector.sum_axis(Axis::<1>).to_tensor(), [1000 << 14, 1000 << 14]);
    assert_eq!(x.widen::<i32>().matmul(x.t().widen::<i32>()).to_tensor(), [[1000 << 14; 2]; 2]);
}

#[test]
fn expressions_and_broadcasting() {
    let x = array![[1u8, 2], [200, 255]];
    assert_eq!((&x << 1).to_array(), [[2, 4], [144, 254]]);
    assert_eq!((x >> array![1, 8]).to_array(), [[0, 0], [100, 0]]);
    assert_eq!(((x & 1) << 7).to_array(), [[128, 0], [0, 128]]);
    assert_eq!(
        x.saturating_add(&array![100, 1]).saturating_sub(100).to_array(),
        [[1, 0], [155, 155]]
    );
    let column = array![[10u8], [2]];
    assert_eq!(x.saturating_mul(&column).to_array(), [[10, 20], [255, 255]]);
    assert_eq!(column.stretch().saturating_mul(&array![1, 100]).to_array(), [[10, 255], [2, 200]]);
}

/// Elements one by one, in order, with a carry from one to the next; also for views with strides.
#[test]
fn apply_goes_in_order() {
    let mut x = Array::<i32, shape![2, 3]>::ones();
    let mut sum = 0;
    x.apply(|x| {
        sum += *x;
        *x = sum;
    });
    assert_eq!(x, [[1, 2, 3], [4, 5, 6]]);
    x.index_axis_mut(Axis::<1>, 1).apply(|x| *x = -*x);
    assert_eq!(x, [[1, -2, 3], [4, -5, 6]]);
    Array::<i32, shape![0, 3]>::zeros().apply(|_| panic!("there are no elements"));
}
