//! Rounding to integers, without instructions or calls that only some targets have.

macro_rules! roundings {
    ($round:ident, $floor:ident, $ceil:ident, $t:ident, $one:literal) => {
        /// The nearest integer, and halfway between two integers the even integer.
        #[cfg_attr(not(unoptimised), inline(always))]
        pub(crate) fn $round(x: $t) -> $t {
            let magnitude = x.abs();
            // The unit in the last place is 1 for `$one` and for numbers up to twice `$one`, so the
            // sum is rounded to an integer. Magnitudes of `$one` or more are integers already.
            let whole = (magnitude + $one) - $one;
            (if magnitude < $one { whole } else { magnitude }).copysign(x)
        }

        /// The largest integer that is not above `x`.
        #[cfg_attr(not(unoptimised), inline(always))]
        pub(crate) fn $floor(x: $t) -> $t {
            let near = $round(x);
            (near - if near > x { 1.0 } else { 0.0 }).copysign(x)
        }

        /// The smallest integer that is not below `x`.
        #[cfg_attr(not(unoptimised), inline(always))]
        pub(crate) fn $ceil(x: $t) -> $t {
            let near = $round(x);
            (near + if near < x { 1.0 } else { 0.0 }).copysign(x)
        }
    };
}
roundings! { round_f32, floor_f32, ceil_f32, f32, 8388608.0 }
roundings! { round_f64, floor_f64, ceil_f64, f64, 4503599627370496.0 }
