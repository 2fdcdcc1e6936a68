//! Numbers with about 36 bits, as the sum of two f32: one with the upper 12 bits, and one with the
//! bits below them. They are multiplied without FMA.
//!
//! The product of two upper parts has at most 24 bits, so it is exact in f32. The products with a
//! lower part are smaller by a factor of 2^11, and so are their rounding errors (T. Dekker, 1971,
//! without the last of his products).

/// A number as the sum of two f32.
#[derive(Clone, Copy)]
pub(super) struct InParts {
    /// The upper 12 bits.
    pub(super) upper: f32,
    /// The number minus `upper`, rounded to f32.
    pub(super) lower: f32,
}

impl InParts {
    /// The two parts of an f32.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn of(x: f32) -> InParts {
        let upper = f32::from_bits(x.to_bits() & 0xffff_f000);
        InParts { upper, lower: x - upper }
    }

    /// The two parts of the sum `most + rest`, where `rest` is the smaller number.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn of_sum(most: f32, rest: f32) -> InParts {
        let InParts { upper, .. } = InParts::of(most + rest);
        InParts { upper, lower: (most - upper) + rest }
    }

    /// The product of `self` and `rhs` as a sum of two numbers: the product of the upper parts,
    /// which is exact, and the sum of the other products, which is rounded.
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(super) fn product(self, rhs: InParts) -> (f32, f32) {
        (self.upper * rhs.upper, self.upper * rhs.lower + self.lower * (rhs.upper + rhs.lower))
    }
}
