//! A Kalman filter that tracks a point in the plane: it estimates position and velocity from
//! measurements of the position.
//!
//! The state is `(x, y, vx, vy)`, and a measurement is `(x, y)`. Named lengths for the two keep the
//! matrices apart: with `H` instead of `H.t()` below, or with a transposed gain, this does not
//! compile.

use shapewright::{SingularMatrix, prelude::*};

dim!(pub State = 4, pub Measured = 2);

/// A vector of the state.
pub type StateVector = Array<f32, shape![State]>;
/// A measurement.
pub type Measurement = Array<f32, shape![Measured]>;
/// A covariance of states.
pub type Covariance = Array<f32, shape![State, State]>;

/// Seconds between two measurements.
pub const STEP: f32 = 0.125;

/// The transition matrix: the position moves by the velocity.
static F: Covariance = Array::new([
    [1.0, 0.0, STEP, 0.0],
    [0.0, 1.0, 0.0, STEP],
    [0.0, 0.0, 1.0, 0.0],
    [0.0, 0.0, 0.0, 1.0],
]);
/// The covariance of the process noise: accelerations that the model does not predict.
static Q: Covariance = Array::new([
    [0.00006, 0.0, 0.001, 0.0],
    [0.0, 0.00006, 0.0, 0.001],
    [0.001, 0.0, 0.016, 0.0],
    [0.0, 0.001, 0.0, 0.016],
]);
/// The measurement matrix: the position of a state.
static H: Array<f32, shape![Measured, State]> =
    Array::new([[1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0]]);
/// The covariance of the measurement noise.
static R: Array<f32, shape![Measured, Measured]> = Array::new([[0.09, 0.0], [0.0, 0.09]]);

/// The estimate: the state and its uncertainty.
#[derive(Clone, Debug)]
pub struct Filter {
    /// The most likely state.
    pub x: StateVector,
    /// The covariance of its error.
    pub p: Covariance,
}

impl Filter {
    /// The estimate after a first measurement: that position, with an unknown velocity.
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

    /// One step: predicts the state, and then corrects it by the measurement `measured`.
    ///
    /// # Errors
    /// If the covariance of the predicted measurement has no inverse, for example because the state
    /// has diverged. The filter is left unchanged.
    #[inline(never)]
    pub fn step(&mut self, measured: &Measurement) -> Result<(), SingularMatrix> {
        let x = F.matmul(&self.x).to_array();
        let p = (F.matmul(&self.p).matmul(F.t()) + &Q).to_array();

        let hp = H.matmul(&p).to_array(); // (Measured, State)
        let s = (hp.matmul(H.t()) + &R).to_array(); // (Measured, Measured)
        // This is the transpose of the gain, with states as columns, because covariances are
        // symmetric.
        let gain = s.solve(&hp).to_array()?;
        let unexpected = (measured - H.matmul(&x)).to_array();
        self.x.assign(&x + gain.t().matmul(&unexpected));
        self.p.assign(&p - gain.t().matmul(&hp));
        Ok(())
    }

    /// The bits of the state and of the variance of each of its elements.
    pub fn bits(&self) -> impl Iterator<Item = u32> {
        crate::bits(&self.x).chain((0..4).map(|k| self.p[[k, k]].to_bits()))
    }
}

/// The number of steps of the trajectory.
pub const STEPS: usize = 64;

/// The true position at each step, and the measurement: a left turn, with noise between -0.5 and
/// 0.5, whose variance is 1/12. It is stored in flash.
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
