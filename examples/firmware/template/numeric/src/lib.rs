//! The computations of the firmware. They are a crate of their own, so that they are optimised in
//! debug builds too, and tested on the host: `cargo test -p numeric --target
//! x86_64-unknown-linux-gnu`, or the host target that `rustc -vV` prints.

#![no_std]

use shapewright::prelude::*;

dim!(pub Samples = 50, pub Axes = 3);

/// A reading of the three axes; 4096 are the acceleration of gravity.
pub type Reading = [i16; 3];

/// The number of readings in a window.
pub const WINDOW: usize = 50;

/// The standard deviation of each axis. The readings are converted when they are read: no window of
/// floats is stored.
pub fn deviations(readings: &[Reading; WINDOW]) -> Array<f32, shape![Axes]> {
    let readings: TensorView<i16, shape![Samples, Axes]> = readings.into();
    readings.map(|count| f32::from(count) / 4096.0).std_axis(Samples).to_array()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rests_does_not_move() {
        let mut readings = [[0, 4096, -7]; WINDOW];
        assert_eq!(deviations(&readings), [0.0; 3]);
        for row in readings.iter_mut().step_by(2) {
            row[0] = 4096;
        }
        assert_eq!(deviations(&readings), [0.5, 0.0, 0.0]);
    }
}
