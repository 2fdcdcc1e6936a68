//! Distinguishes rest, walking and shaking by 76 features of an inertial measurement unit, and
//! compares each feature with NumPy's in float64.

#![no_std]
#![no_main]

use cortex_m::singleton;
use cortex_m_rt::entry;
use cortex_m_semihosting::hprintln;
use firmware::{Check, mark, memory};
use programs::imu::{Axes, Classes, Features, Inputs, Ring, Sample, Samples, WrongNumber};
use shapewright::{Flash, StaticExtent, Tensor, include_npy, prelude::*};

dim!(Windows = 3, Sensors = 2);

/// Three windows, and NumPy's results for them: `data/imu/make_imu.py`.
static WINDOWS: Tensor<i16, shape![Windows, Samples, Sensors, Axes], Flash> =
    include_npy!("../../data/imu/windows.npy");
static FEATURES: Tensor<f32, shape![Windows, Inputs], Flash> =
    include_npy!("../../data/imu/expected.npy");
static PROBABILITIES: Tensor<f32, shape![Windows, Classes], Flash> =
    include_npy!("../../data/imu/probabilities.npy");

/// The maximum error against NumPy: relative if the value is more than 1, otherwise absolute.
const TOLERANCE: f32 = 1e-5;
/// The RAM limit for a window and all computations with it: static variables and the stack.
const RAM: usize = 2048;

const NAMES: [&str; Windows::LEN] = ["rest", "walking", "shaking"];
/// The index in the ring at which each window begins.
const STARTS: [usize; Windows::LEN] = [0, 17, 49];

/// The results for a window.
#[derive(Debug, Default)]
struct Outcome {
    features: Features,
    probabilities: Array<f32, shape![Classes]>,
}

#[entry]
fn main() -> ! {
    let ring = singleton!(: Ring = Ring::starting_at(0)).unwrap();
    let outcome = singleton!(: Outcome = Outcome::default()).unwrap();
    let mut check = Check::new("imu");
    let mut deepest = 0;
    for (k, window) in WINDOWS.rows().enumerate() {
        *ring = Ring::starting_at(STARTS[k]);
        for sample in window.rows() {
            let [acceleration, turn] = sample.into();
            ring.push(Sample { acceleration, turn });
        }
        let (depth, result) = memory::stack_of(|| {
            mark();
            let result = recognise(ring, outcome);
            mark();
            result
        });
        deepest = deepest.max(depth);
        check.holds("a ring has 50 samples", result.is_ok());
        compare(k, outcome, &mut check);
    }
    let statics = memory::statics();
    check.holds("static variables and the stack are within 2 KiB", statics + deepest <= RAM);
    hprintln!("{} bytes of RAM are static, the stack was {} deep", statics, deepest);
    check.end()
}

/// The code that is measured: a window's features, and its class.
#[inline(never)]
fn recognise(ring: &Ring, outcome: &mut Outcome) -> Result<(), WrongNumber> {
    let (older, newer) = ring.halves();
    outcome.features.update(older, newer)?;
    outcome.probabilities = outcome.features.classify();
    Ok(())
}

/// Compares the results for window `k` with NumPy's.
#[inline(never)]
fn compare(k: usize, Outcome { features, probabilities }: &Outcome, check: &mut Check) {
    let of_features = difference(&features.to_vector(), FEATURES.row(k));
    let of_classes = difference(probabilities, PROBABILITIES.row(k));
    check.holds("features are NumPy's", of_features <= TOLERANCE);
    check.holds("probabilities are NumPy's", of_classes <= TOLERANCE);
    check.holds("the window is told rightly", probabilities.argmax() == [k]);
    hprintln!(
        "{}: {:.4}, at most {:e} from NumPy",
        NAMES[k],
        probabilities,
        of_features.max(of_classes)
    );
}

/// The maximum difference of two vectors, relative to the expected value if that is more than 1.
fn difference<N: StaticLength>(found: &Array<f32, (N,)>, expected: TensorView<f32, (N,)>) -> f32 {
    ((found - expected).abs() / expected.abs().maximum(1.0)).max()
}
