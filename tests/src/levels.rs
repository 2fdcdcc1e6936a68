//! Runs tests at each SIMD level that the machine has.

use std::sync::{Mutex, PoisonError};

use shapewright::Level;

/// Calls `body` at each level. The level is a setting of the whole process, so there is one caller
/// at a time.
pub fn at_each_level(mut body: impl FnMut(Level)) {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    for level in Level::available() {
        level.force();
        body(level);
    }
    Level::best().force();
}
