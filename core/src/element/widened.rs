//! Elements as others that have room for each of them: what Rust's `From` converts.

use core::any::Any;

#[cfg(feature = "half")]
use half::{bf16, f16};

/// An element as wider ones.
pub trait Widen: Copy + 'static {
    /// The same number as a `Wide`, where that has room for each of these.
    fn widen<Wide: Copy + 'static>(self) -> Option<Wide>;
}

/// `x`, if that is what its type is.
#[cfg_attr(not(unoptimised), inline(always))]
fn same<T: 'static, Wide: Copy + 'static>(x: T) -> Option<Wide> {
    (&x as &dyn Any).downcast_ref().copied()
}

macro_rules! wider {
    ($($t:ty: $($wide:ty)*, $($half:ty)*;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Widen for $t {
            #[cfg_attr(not(unoptimised), inline(always))]
            fn widen<Wide: Copy + 'static>(self) -> Option<Wide> {
                // Which of them it is, is a constant.
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
    bool: bool u8 u16 u32 u64 usize i8 i16 i32 i64 isize f32 f64, ;
    i8: i8 i16 i32 i64 isize f32 f64, f16 bf16;
    i16: i16 i32 i64 isize f32 f64, ;
    i32: i32 i64 f64, ;
    i64: i64, ;
    isize: isize, ;
    u8: u8 u16 u32 u64 usize i16 i32 i64 isize f32 f64, f16 bf16;
    u16: u16 u32 u64 usize i32 i64 f32 f64, ;
    u32: u32 u64 i64 f64, ;
    u64: u64, ;
    usize: usize, ;
    f32: f32 f64, ;
    f64: f64, ;
}
#[cfg(feature = "half")]
wider! {
    f16: f32 f64, f16;
    bf16: f32 f64, bf16;
}
