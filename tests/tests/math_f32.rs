//! The transcendental functions of f32 next to the same in f64, at every 8191st bit pattern and at numbers where something changes: none is
//! further off than its documentation says.

use shapewright::{Tensor, prelude::*, shape};

const STEP: usize = 8191;
const SAMPLE: usize = (1 << 32) / STEP;
type Numbers = Tensor<f32, shape![{ SAMPLE }]>;
/// Where a formula, a range or a subnormal result begins or ends; the numbers next to these are tested too.
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
    Tensor::from_fn(|[k]: [usize; 1]| corners.get(k).copied().unwrap_or(f32::from_bits((k * STEP) as u32)))
}

/// How far `found` is from the exact value in ULP of the latter.
fn error(found: f32, exact: f64) -> f64 {
    // From here on f32 rounds to infinity.
    const END: f64 = 3.402_823_567_797_336_6e38;
    if found.is_nan() && exact.is_nan() || f64::from(found) == exact || found as f64 * exact >= END * END {
        return 0.0;
    }
    let exponent = if exact == 0.0 { -126 } else { (exact.abs().to_bits() >> 52) as i32 - 1023 };
    // An infinity stands for the number that would follow the greatest.
    let found =
        if found.is_infinite() { 2f64.powi(128).copysign(f64::from(found)) } else { f64::from(found) };
    (found - exact).abs() / 2f64.powi(exponent.clamp(-126, 127) - 23)
}

/// Fails when a value is further than `bound` ULP from that of `exact`, or has another sign.
fn check(name: &str, bound: f64, function: impl Fn(&Numbers) -> Numbers, exact: impl Fn(f64) -> f64) {
    let x = numbers();
    let mut worst = (0.0, 0.0);
    for (&x, &found) in x.as_slice().iter().zip(function(&x).as_slice()) {
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
    println!("{name}: {:.4} ULP at {:e}, of at most {bound}", worst.0, worst.1);
}

#[test]
fn exponentials() {
    check("exp", 1.0, |x| x.exp().to_tensor(), f64::exp);
    check("expm1", 1.25, |x| x.expm1().to_tensor(), f64::exp_m1);
}

#[test]
fn logarithms() {
    check("ln", 1.0, |x| x.ln().to_tensor(), f64::ln);
    check("log1p", 1.0, |x| x.log1p().to_tensor(), f64::ln_1p);
}

#[test]
fn sine_and_cosine() {
    check("sin", 1.0, |x| x.sin().to_tensor(), f64::sin);
    check("cos", 1.0, |x| x.cos().to_tensor(), f64::cos);
}

#[test]
fn activations() {
    check("tanh", 1.25, |x| x.tanh().to_tensor(), f64::tanh);
    let sigmoid = |x: f64| if x < 0.0 { x.exp() / (1.0 + x.exp()) } else { 1.0 / (1.0 + (-x).exp()) };
    check("sigmoid", 2.5, |x| x.sigmoid().to_tensor(), sigmoid);
    let gelu = |x: f64| if x == f64::NEG_INFINITY { -0.0 } else { x * (libm::erfc(-x / 2f64.sqrt()) / 2.0) };
    check("gelu", 1.0, |x| x.gelu().to_tensor(), gelu);
    let silu = |x: f64| if x < -1000.0 { -0.0 } else { x * sigmoid(x) };
    check("silu", 1.0, |x| x.silu().to_tensor(), silu);
    check("rsqrt", 1.5, |x| x.rsqrt().to_tensor(), |x| 1.0 / x.sqrt());
}

#[test]
fn powers() {
    for exponent in
        [0.0f32, 0.5, -0.5, 1.0, 1.7, 3.0, -7.0, 1e-3, 1e3, -1e30, f32::INFINITY, f32::NEG_INFINITY, f32::NAN]
    {
        let exact = |x: f64| x.powf(f64::from(exponent));
        check(&format!("powf({exponent})"), 1.0, |x| x.powf(exponent).to_tensor(), exact);
        check(&format!("pow({exponent})"), 1.0, |x| x.pow(exponent).to_tensor(), exact);
    }
    for exponent in [0, 2, -3, 16_777_217, i32::MIN] {
        let exact = |x: f64| x.powf(f64::from(exponent));
        check(&format!("powi({exponent})"), 1.0, |x| x.powi(exponent).to_tensor(), exact);
    }
}

/// What is exact has the bits of `std`'s, which calls or compiles to something else.
#[test]
fn rounding() {
    check("round", 0.0, |x| x.round().to_tensor(), f64::round_ties_even);
    check("floor", 0.0, |x| x.floor().to_tensor(), f64::floor);
    check("ceil", 0.0, |x| x.ceil().to_tensor(), f64::ceil);
}
