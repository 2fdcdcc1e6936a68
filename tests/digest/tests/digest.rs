//! The digest is the same at every level of this machine, and the same as on every other target.

use shapewright::Level;
use shapewright_digest::{EXPECTED, digest};

#[test]
fn every_level_has_the_bits_of_every_target() {
    for level in Level::available() {
        level.force();
        let found = digest();
        assert_eq!(found, EXPECTED, "at the level {level} the digest is {found:#018x}");
    }
}
