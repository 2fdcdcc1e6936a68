//! The minimum and the maximum of two numbers by branches, for targets without vectors. One or
//! two comparisons usually decide. The rare cases, equal numbers and NaN, are in functions that are
//! not inlined.

macro_rules! order {
    ($(
        $t:ident: $minimum:ident $minimum_of_alike:ident $maximum:ident $maximum_of_alike:ident;
    )*) => {$(
        /// The minimum of `a` and `b`; NaN if either is NaN. -0.0 is less than +0.0.
        #[cfg_attr(not(unoptimised), inline(always))]
        pub(crate) fn $minimum(a: $t, b: $t) -> $t {
            if a < b {
                a
            } else if b < a {
                b
            } else {
                $minimum_of_alike(a, b)
            }
        }
        /// The minimum of two numbers of which neither is less than the other.
        #[cold]
        #[inline(never)]
        fn $minimum_of_alike(a: $t, b: $t) -> $t {
            if a.is_nan() || b.is_nan() {
                $t::NAN
            } else {
                $t::from_bits(a.to_bits() | b.to_bits())
            }
        }
        /// The maximum of `a` and `b`; NaN if either is NaN. -0.0 is less than +0.0.
        #[cfg_attr(not(unoptimised), inline(always))]
        pub(crate) fn $maximum(a: $t, b: $t) -> $t {
            if a > b {
                a
            } else if b > a {
                b
            } else {
                $maximum_of_alike(a, b)
            }
        }
        /// The maximum of two numbers of which neither is greater than the other.
        #[cold]
        #[inline(never)]
        fn $maximum_of_alike(a: $t, b: $t) -> $t {
            if a.is_nan() || b.is_nan() {
                $t::NAN
            } else {
                $t::from_bits(a.to_bits() & b.to_bits())
            }
        }
    )*};
}
order! {
    f32: minimum_f32 minimum_of_alike_f32 maximum_f32 maximum_of_alike_f32;
    f64: minimum_f64 minimum_of_alike_f64 maximum_f64 maximum_of_alike_f64;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_have_an_order_and_nan_stays() {
        assert_eq!(minimum_f32(0.0, -0.0).to_bits(), (-0.0f32).to_bits());
        assert_eq!(maximum_f32(-0.0, 0.0).to_bits(), 0.0f32.to_bits());
        assert_eq!(minimum_f64(-0.0, -0.0).to_bits(), (-0.0f64).to_bits());
        assert_eq!(maximum_f64(-0.0, -0.0).to_bits(), (-0.0f64).to_bits());
        for (a, b) in [(f32::NAN, 1.0), (f32::INFINITY, f32::NAN), (f32::NAN, f32::NAN)] {
            assert!(minimum_f32(a, b).is_nan() && maximum_f32(a, b).is_nan());
        }
        assert_eq!((minimum_f64(1.0, 2.0), minimum_f64(2.0, 1.0)), (1.0, 1.0));
        assert_eq!((maximum_f64(1.0, 2.0), maximum_f64(2.0, 1.0)), (2.0, 2.0));
        assert_eq!((minimum_f32(3.0, 3.0), maximum_f32(3.0, 3.0)), (3.0, 3.0));
    }
}
