//! The smaller and the larger of two numbers by branches, for targets without vectors: which is
//! rarely asked beyond one comparison, so what else there is to ask is a function of its own.

macro_rules! order {
    ($($t:ident: $smaller:ident $smaller_of_alike:ident $larger:ident $larger_of_alike:ident;)*) => {$(
        /// The smaller; NaN if either is NaN, and -0.0 < +0.0.
        #[cfg_attr(not(unoptimised), inline(always))]
        pub(crate) fn $smaller(a: $t, b: $t) -> $t {
            if a < b {
                a
            } else if b < a {
                b
            } else {
                $smaller_of_alike(a, b)
            }
        }
        /// Of two of which neither is below the other.
        #[cold]
        #[inline(never)]
        fn $smaller_of_alike(a: $t, b: $t) -> $t {
            if a.is_nan() || b.is_nan() { $t::NAN } else { $t::from_bits(a.to_bits() | b.to_bits()) }
        }
        /// The larger; NaN if either is NaN, and -0.0 < +0.0.
        #[cfg_attr(not(unoptimised), inline(always))]
        pub(crate) fn $larger(a: $t, b: $t) -> $t {
            if a > b {
                a
            } else if b > a {
                b
            } else {
                $larger_of_alike(a, b)
            }
        }
        /// Of two of which neither is above the other.
        #[cold]
        #[inline(never)]
        fn $larger_of_alike(a: $t, b: $t) -> $t {
            if a.is_nan() || b.is_nan() { $t::NAN } else { $t::from_bits(a.to_bits() & b.to_bits()) }
        }
    )*};
}
order! {
    f32: smaller_f32 smaller_of_alike_f32 larger_f32 larger_of_alike_f32;
    f64: smaller_f64 smaller_of_alike_f64 larger_f64 larger_of_alike_f64;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_have_an_order_and_nan_stays() {
        assert_eq!(smaller_f32(0.0, -0.0).to_bits(), (-0.0f32).to_bits());
        assert_eq!(larger_f32(-0.0, 0.0).to_bits(), 0.0f32.to_bits());
        assert_eq!(smaller_f64(-0.0, -0.0).to_bits(), (-0.0f64).to_bits());
        assert_eq!(larger_f64(-0.0, -0.0).to_bits(), (-0.0f64).to_bits());
        for (a, b) in [(f32::NAN, 1.0), (f32::INFINITY, f32::NAN), (f32::NAN, f32::NAN)] {
            assert!(smaller_f32(a, b).is_nan() && larger_f32(a, b).is_nan());
        }
        assert_eq!((smaller_f64(1.0, 2.0), smaller_f64(2.0, 1.0)), (1.0, 1.0));
        assert_eq!((larger_f64(1.0, 2.0), larger_f64(2.0, 1.0)), (2.0, 2.0));
        assert_eq!((smaller_f32(3.0, 3.0), larger_f32(3.0, 3.0)), (3.0, 3.0));
    }
}
