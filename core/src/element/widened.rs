//! Conversion of elements to wider types: the types to which Rust's `From` converts.

use core::any::Any;

#[cfg(feature = "half")]
use half::{bf16, f16};

use super::table::{each_integer, fits_bool};

/// An element that converts to wider types.
pub trait Widen: Copy + 'static {
    /// The same number as a `Wide`, if `Wide` has room for every value of `Self`.
    fn widen<Wide: Copy + 'static>(self) -> Option<Wide>;
}

/// `x` as a `Wide`, if `T` and `Wide` are the same type.
#[cfg_attr(not(unoptimised), inline(always))]
fn same<T: 'static, Wide: Copy + 'static>(x: T) -> Option<Wide> {
    (&x as &dyn Any).downcast_ref().copied()
}

macro_rules! wider {
    ($($t:ident: fits [$($wide:ident)*] [$($half:ident)*];)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Widen for $t {
            #[cfg_attr(not(unoptimised), inline(always))]
            fn widen<Wide: Copy + 'static>(self) -> Option<Wide> {
                // `same` compares two types that are known at compile time, so the compiler removes
                // all of this code but the conversion to `Wide`.
                $(
                    if let Some(wide) = same(<$wide>::from(self)) {
                        return Some(wide);
                    }
                )*
                $(
                    #[cfg(feature = "half")]
                    if let Some(wide) = same(<$half>::from(self)) {
                        return Some(wide);
                    }
                )*
                None
            }
        }
    )*};
}
wider! {
    f32: fits [f32 f64] [];
    f64: fits [f64] [];
}
#[cfg(feature = "half")]
wider! {
    f16: fits [f32 f64] [f16];
    bf16: fits [f32 f64] [bf16];
}
fits_bool! { wider }
macro_rules! integers_widen {
    ($($t:ident: $_sign:ident, beside $_unsigned:ident $_signed:ident, twice $_twice:tt,
        named $_name:literal, fits $wide:tt $half:tt;)*) => {
        wider! { $($t: fits $wide $half;)* }
    };
}
each_integer! { integers_widen }
