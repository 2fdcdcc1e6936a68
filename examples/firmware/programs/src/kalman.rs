//! A Kalman filter that follows something in the plane: where it is and how fast, from measurements of
//! where it is.
//!
//! The state is `(x, y, vx, vy)`, and a measurement `(x, y)`. Names for the two keep the matrices apart:
//! with `H` for `H.t()` below, or a gain the wrong way round, this does not compile.

use shapewright::{SingularMatrix, prelude::*};

dim!(pub State = 4, pub Measured = 2);

/// A vector of the state, and a measurement.
pub type StateVector = Array<f32, shape![State]>;
/// What is measured.
pub type Measurement = Array<f32, shape![Measured]>;
/// A covariance of states.
pub type Covariance = Array<f32, shape![State, State]>;

/// Seconds between two measurements.
pub const STEP: f32 = 0.125;

/// What the state becomes in a step: it moves as fast as it does.
static F: Covariance =
    Array::new([[1.0, 0.0, STEP, 0.0], [0.0, 1.0, 0.0, STEP], [0.0, 0.0, 1.0, 0.0], [0.0, 0.0, 0.0, 1.0]]);
/// How much less is known after a step: accelerations that nobody foresees.
static Q: Covariance = Array::new([
    [0.00006, 0.0, 0.001, 0.0],
    [0.0, 0.00006, 0.0, 0.001],
    [0.001, 0.0, 0.016, 0.0],
    [0.0, 0.001, 0.0, 0.016],
]);
/// What is measured of a state.
static H: Array<f32, shape![Measured, State]> = Array::new([[1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0]]);
/// How far measurements are off: their variance.
static R: Array<f32, shape![Measured, Measured]> = Array::new([[0.09, 0.0], [0.0, 0.09]]);

/// What is known: the state, and how well.
#[derive(Clone, Debug)]
pub struct Filter {
    /// The state that is most likely.
    pub x: StateVector,
    /// The covariance of its error.
    pub p: Covariance,
}

impl Filter {
    /// Where a first measurement is, at any speed.
    pub fn new(first: &Measurement) -> Self {
        Self {
            x: H.t().matmul(first).to_array(),
            p: Array::new([
                [0.09, 0.0, 0.0, 0.0],
                [0.0, 0.09, 0.0, 0.0],
                [0.0, 0.0, 4.0, 0.0],
                [0.0, 0.0, 0.0, 4.0],
            ]),
        }
    }

    /// One step: what is to be expected of the state, and then what `measured` says of it.
    ///
    /// # Errors
    /// Where the covariance of what is to be measured has no inverse, as of a state that has run away; the
    /// filter is left as it was.
    #[inline(never)]
    pub fn step(&mut self, measured: &Measurement) -> Result<(), SingularMatrix> {
        let x = F.matmul(&self.x).to_array();
        let p = (F.matmul(&self.p).matmul(F.t()) + &Q).to_array();

        let hp = H.matmul(&p).to_array(); // (Measured, State)
        let s = (hp.matmul(H.t()) + &R).to_array(); // (Measured, Measured)
        let gain = s.solve(&hp).to_array()?; // with states for columns, as covariances are symmetric
        let unexpected = (measured - H.matmul(&x)).to_array();
        self.x.assign(&x + gain.t().matmul(&unexpected));
        self.p.assign(&p - gain.t().matmul(&hp));
        Ok(())
    }

    /// The bits of the state and of the variance of each of its numbers.
    pub fn bits(&self) -> impl Iterator<Item = u32> {
        crate::bits(&self.x).chain((0..4).map(|k| self.p[[k, k]].to_bits()))
    }
}

/// How many steps the trajectory has.
pub const STEPS: usize = 64;

/// Where it is at each step, and what is measured of that: a turn to the left, and noise between -0.5 and
/// 0.5, whose variance is 1/12. It lies in flash.
pub static TRAJECTORY: [([f32; 2], [f32; 2]); STEPS] = {
    let mut steps = [([0.0; 2], [0.0; 2]); STEPS];
    let (mut position, mut speed) = ([0.0, 0.0], [2.0, 0.0]);
    let (mut seed, mut k) = (2024u32, 0);
    while k < STEPS {
        let mut noise = [0.0; 2];
        let mut i = 0;
        while i < 2 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            noise[i] = (seed >> 8) as f32 / 16_777_216.0 - 0.5;
            i += 1;
        }
        steps[k] = (position, [position[0] + noise[0], position[1] + noise[1]]);
        position = [position[0] + STEP * speed[0], position[1] + STEP * speed[1]];
        speed = [speed[0] - 0.03125 * speed[1], speed[1] + 0.03125 * speed[0]];
        k += 1;
    }
    steps
};
