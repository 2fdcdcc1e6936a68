//! Numbers with about 36 bits, as the sum of two f32: one with the upper 12 bits, and the rest.
//! Their products need no FMA.
//!
//! The product of two upper parts has at most 24 bits, so it is exact. The other products are 2^-11
//! of it, and their rounding errors are smaller by the same factor (T. Dekker, 1971, without the
//! last of his products).

/// A number as the sum of two f32.
#[derive(Clone, Copy)]
pub(super) struct InParts {
    /// The upper 12 bits.
    pub(super) upper: f32,
    /// The rest, rounded.
    pub(super) lower: f32,
}

impl InParts {
    /// The two parts of an f32.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn of(x: f32) -> InParts {
        let upper = f32::from_bits(x.to_bits() & 0xffff_f000);
        InParts { upper, lower: x - upper }
    }

    /// The two parts of `most` + `rest`, where `rest` is the smaller.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn of_sum(most: f32, rest: f32) -> InParts {
        let InParts { upper, .. } = InParts::of(most + rest);
        InParts { upper, lower: (most - upper) + rest }
    }

    /// The product, as an exact number and the rest.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn product(self, rhs: InParts) -> (f32, f32) {
        (self.upper * rhs.upper, self.upper * rhs.lower + self.lower * (rhs.upper + rhs.lower))
    }
}
