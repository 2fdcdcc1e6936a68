//! The transcendental functions of f32 compared with the same in f64, at every 8191st bit pattern
//! and at the corners of the algorithms: no error exceeds its documentation. `cargo test --release
//! --test math_f32 -- --ignored` checks all 2^32 arguments, which takes about an hour; with
//! `FUNCTION=tanh` before it only those of `tanh`, in minutes.

use shapewright::{Tensor, prelude::*, shape};
use shapewright_levels::functions_of_floats;

const STEP: usize = 8191;
const SAMPLE: usize = (1 << 32) / STEP;
type Numbers = Tensor<f32, shape![{ SAMPLE }]>;
/// Where a formula, a range or a subnormal result begins or ends; the neighbours of these numbers
/// are tested too.
const CORNERS: [f32; 22] = [
    0.0,
    f32::MIN_POSITIVE,
    2.980_232_2e-8,
    std::f32::consts::FRAC_1_SQRT_2,
    std::f32::consts::SQRT_2,
    0.346_573_6,
    0.8,
    1.0,
    1.039_720_8,
    std::f32::consts::FRAC_PI_2,
    std::f32::consts::PI,
    9.010_913,
    10.0,
    15.0,
    17.328_68,
    87.336_55,
    88.722_84,
    89.0,
    103.972_08,
    9_007_199_254_740_992.0,
    2.417_851_6e24,
    6.490_371e32,
];

fn numbers() -> Numbers {
    let beside = |x: f32| [x.next_down(), x, x.next_up()].map(|x| [x, -x]).concat();
    let corners: Vec<f32> = CORNERS.iter().flat_map(|&x| beside(x)).collect();
    Tensor::from_fn(|[k]: [usize; 1]| {
        corners.get(k).copied().unwrap_or(f32::from_bits((k * STEP) as u32))
    })
}

/// The error of `found` in ULP of the exact value.
fn error(found: f32, exact: f64) -> f64 {
    // A number of this magnitude or more rounds to infinity in f32.
    const END: f64 = 3.402_823_567_797_336_6e38;
    if found.is_nan() && exact.is_nan()
        || f64::from(found) == exact
        || found as f64 * exact >= END * END
    {
        return 0.0;
    }
    let exponent = if exact == 0.0 { -126 } else { (exact.abs().to_bits() >> 52) as i32 - 1023 };
    // An infinity stands for the number that would follow the maximum.
    let found = if found.is_infinite() {
        2f64.powi(128).copysign(f64::from(found))
    } else {
        f64::from(found)
    };
    (found - exact).abs() / 2f64.powi(exponent.clamp(-126, 127) - 23)
}

/// Fails if a value is further than `bound` ULP from that of `exact`, or has another sign.
fn check(
    name: &str,
    bound: f64,
    function: impl Fn(&Numbers) -> Numbers,
    exact: impl Fn(f64) -> f64,
) {
    let (error, x) = worst(name, bound, &numbers(), function, exact);
    println!("{name}: {error:.4} ULP at {x:e}, of at most {bound}");
}

/// The largest error, and its argument.
fn worst(
    name: &str,
    bound: f64,
    x: &Numbers,
    function: impl Fn(&Numbers) -> Numbers,
    exact: impl Fn(f64) -> f64,
) -> (f64, f32) {
    let mut worst = (0.0, 0.0);
    for (&x, &found) in x.as_slice().iter().zip(function(x).as_slice()) {
        let exact = exact(f64::from(x));
        let error = error(found, exact);
        assert!(error <= bound, "{name}({x:e}) is {found:e}, {error} ULP from {exact:e}");
        assert!(
            found.is_nan() || found.is_sign_negative() == exact.is_sign_negative(),
            "{name}({x:e}) is {found:e}, not {exact:e}"
        );
        if error > worst.0 {
            worst = (error, x);
        }
    }
    worst
}

/// Calls the function `each` with each row of the table.
macro_rules! rows {
    ($($name:ident within $bound:literal, $_of_f64:literal of $exact:expr,
        special $_special:tt, bits $_f32:literal, $_f64:literal;)*) => {$(
        each(stringify!($name), $bound, |x| x.$name().to_tensor(), $exact);
    )*};
}

#[test]
fn functions_of_one_argument() {
    use check as each;
    functions_of_floats! { rows }
}

/// Checks all arguments, in as many blocks as the sample above has steps.
#[test]
#[ignore = "takes an hour or so"]
fn functions_of_one_argument_everywhere() {
    fn each(
        name: &str,
        bound: f64,
        function: impl Fn(&Numbers) -> Numbers,
        exact: impl Fn(f64) -> f64,
    ) {
        if std::env::var("FUNCTION").is_ok_and(|only| only != name) {
            return;
        }
        let mut found = (0.0, 0.0);
        for block in 0..=STEP + 1 {
            let x = Numbers::from_fn(|[k]: [usize; 1]| f32::from_bits((block * SAMPLE + k) as u32));
            let worst = worst(name, bound, &x, &function, &exact);
            found = if worst.0 > found.0 { worst } else { found };
        }
        println!("{name}: {:.4} ULP at {:e}, of at most {bound}", found.0, found.1);
    }
    functions_of_floats! { rows }
}

/// Angles near multiples of pi / 2 have the fewest significant bits left after the reduction. A
/// search over all arguments found these (for f32 the nearest except 0), and those of the largest
/// octave, which are reduced by a separate branch.
#[test]
fn angles_next_to_quarters_of_a_turn() {
    for x in [
        16_367_173.0 * 2f32.powi(72),
        12_366_686e23,
        6.077_110_5e31,
        std::f32::consts::FRAC_PI_2,
        std::f32::consts::PI,
        1.9e38,
        f32::MAX,
    ] {
        for x in [x.next_down(), x, x.next_up().min(f32::MAX)] {
            let wide = f64::from(x);
            let found = shapewright::tensor![x];
            for (found, exact) in [
                (found.sin().to_tensor()[[0]], wide.sin()),
                (found.cos().to_tensor()[[0]], wide.cos()),
                (found.tan().to_tensor()[[0]], wide.tan()),
            ] {
                assert!(error(found, exact) <= 1.5, "of {x:e}: {found:e}, not {exact:e}");
            }
        }
    }
}

#[test]
fn powers() {
    for exponent in [
        0.0f32,
        0.5,
        -0.5,
        1.0,
        1.7,
        3.0,
        -7.0,
        33.3,
        1e-3,
        1e3,
        8_388_607.0,
        4_194_305.0,
        -1e30,
        f32::INFINITY,
        f32::NEG_INFINITY,
        f32::NAN,
    ] {
        let exact = |x: f64| x.powf(f64::from(exponent));
        check(&format!("powf({exponent})"), 1.5, |x| x.powf(exponent).to_tensor(), exact);
        check(&format!("pow({exponent})"), 1.5, |x| x.pow(exponent).to_tensor(), exact);
    }
}

/// Powers up to 7 are multiplications, and past that no exponent loses a bit.
#[test]
fn whole_powers() {
    for exponent in
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 100, 16_777_217, 16_777_219, i32::MAX, i32::MIN, -16_777_217]
    {
        for exponent in [exponent, exponent.wrapping_neg()] {
            let bound = match exponent {
                0 | 1 => 0.0,
                -1 | 2 => 0.5,
                3..=7 => f64::from(exponent - 1),
                -7..0 => f64::from(-2 * exponent),
                _ => 1.5,
            };
            let exact = |x: f64| x.powf(f64::from(exponent));
            check(&format!("powi({exponent})"), bound, |x| x.powi(exponent).to_tensor(), exact);
        }
    }
    // The last bit of such exponents still matters near 1.
    let x = 1.0f32.next_up();
    let found = shapewright::tensor![x].powi(16_777_217).to_tensor()[[0]];
    assert!(error(found, f64::from(x).powf(16_777_217.0)) <= 1.5);
}

/// Powers of numbers of all magnitudes and of numbers near 1, with exponents whose results have all
/// magnitudes, including subnormal numbers and infinities.
#[test]
fn powers_with_results_of_all_sizes() {
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u32
    };
    let mut found = (0.0, 0.0, 0.0);
    for _ in 0..1 << 6 {
        let pairs: Vec<(f32, f32)> = (0..1 << 14)
            .map(|k| {
                let size = f64::from(random()) / 2f64.powi(32) * 300.0 - 150.0;
                let any = f32::from_bits(random() >> 1);
                let near = 0.65 + random() as f32 / 2f32.powi(32) * 0.85;
                let x = if k % 2 == 0 && any.is_normal() { any } else { near };
                (x, (size / f64::from(x).log2()) as f32)
            })
            .collect();
        let x = Tensor::<f32, shape![16384]>::from_fn(|[k]: [usize; 1]| pairs[k].0);
        let y = Tensor::<f32, shape![16384]>::from_fn(|[k]: [usize; 1]| pairs[k].1);
        for (&(x, y), &power) in pairs.iter().zip(x.pow(&y).to_tensor().as_slice()) {
            let exact = f64::from(x).powf(f64::from(y));
            let error = error(power, exact);
            assert!(
                error <= 1.5,
                "{x:e} to the power {y:e} is {power:e}, {error} ULP from {exact:e}"
            );
            found = if error > found.0 { (error, x, y) } else { found };
        }
    }
    println!("pow: {:.4} ULP at {:e}, {:e}, of at most 1.5", found.0, found.1, found.2);
}
