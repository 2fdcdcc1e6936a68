//! Numbers of f32 with some 36 bits: one of 12 bits and the rest, whose products need no FMA.
//!
//! The product of two upper parts is exact, as it has 24 bits; the others are 2^-11 of it, and so
//! are their roundings (T. Dekker, 1971, without the last of his products).

/// A number as the sum of two.
#[derive(Clone, Copy)]
pub(super) struct InParts {
    /// The upper 12 bits.
    pub(super) upper: f32,
    /// The rest, rounded.
    pub(super) lower: f32,
}

impl InParts {
    /// A number that is one f32.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn of(x: f32) -> InParts {
        let upper = f32::from_bits(x.to_bits() & 0xffff_f000);
        InParts { upper, lower: x - upper }
    }

    /// `most` + `rest`, of which `rest` is the smaller.
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
