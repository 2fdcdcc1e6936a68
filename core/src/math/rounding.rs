//! Rounding to whole numbers, without the instructions and the calls that some targets have for it
//! and others do not.

macro_rules! roundings {
    ($round:ident, $floor:ident, $ceil:ident, $t:ident, $one:literal) => {
        /// The nearest whole number; the even one of two.
        #[cfg_attr(not(unoptimised), inline(always))]
        pub(crate) fn $round(x: $t) -> $t {
            let magnitude = x.abs();
            // The last place of `one` is 1, and numbers from there on are whole.
            let whole = (magnitude + $one) - $one;
            (if magnitude < $one { whole } else { magnitude }).copysign(x)
        }

        /// The largest whole number that is not above `x`.
        #[cfg_attr(not(unoptimised), inline(always))]
        pub(crate) fn $floor(x: $t) -> $t {
            let near = $round(x);
            (near - if near > x { 1.0 } else { 0.0 }).copysign(x)
        }

        /// The smallest whole number that is not below `x`.
        #[cfg_attr(not(unoptimised), inline(always))]
        pub(crate) fn $ceil(x: $t) -> $t {
            let near = $round(x);
            (near + if near < x { 1.0 } else { 0.0 }).copysign(x)
        }
    };
}
roundings! { round_f32, floor_f32, ceil_f32, f32, 8388608.0 }
roundings! { round_f64, floor_f64, ceil_f64, f64, 4503599627370496.0 }
