//! The table of the integer element types. A row is all that the kernels, the operators and the
//! traits of elements need of a type.
//!
//! `i8: signed, beside u8 i8, twice (i16), named "I8", fits [..] [..];` states
//! - the type, and whether it is `signed` or `unsigned`;
//! - the unsigned and the signed type of its size;
//! - the type of twice its bits in which saturating products are computed, left out where loops in
//!   it do not vectorise;
//! - its name in `.safetensors` files, or Rust's name where they have no such type;
//! - the types that have room for each of its values, and those of the crate `half` that do.

/// Gives the rows to the macro that it is called with.
macro_rules! each_integer {
    ($stamp:ident) => {
        $stamp! {
            i8: signed, beside u8 i8, twice (i16), named "I8",
                fits [i8 i16 i32 i64 isize f32 f64] [f16 bf16];
            i16: signed, beside u16 i16, twice (i32), named "I16",
                fits [i16 i32 i64 isize f32 f64] [];
            i32: signed, beside u32 i32, twice (i64), named "I32",
                fits [i32 i64 f64] [];
            i64: signed, beside u64 i64, twice (), named "I64",
                fits [i64] [];
            isize: signed, beside usize isize, twice (), named "isize",
                fits [isize] [];
            u8: unsigned, beside u8 i8, twice (u16), named "U8",
                fits [u8 u16 u32 u64 usize i16 i32 i64 isize f32 f64] [f16 bf16];
            u16: unsigned, beside u16 i16, twice (u32), named "U16",
                fits [u16 u32 u64 usize i32 i64 f32 f64] [];
            u32: unsigned, beside u32 i32, twice (u64), named "U32",
                fits [u32 u64 i64 f64] [];
            u64: unsigned, beside u64 i64, twice (), named "U64",
                fits [u64] [];
            usize: unsigned, beside usize isize, twice (), named "usize",
                fits [usize] [];
        }
    };
}
pub(crate) use each_integer;

/// The element types that have room for both values of a `bool`, as 0 and 1.
macro_rules! fits_bool {
    ($stamp:ident) => {
        $stamp! { bool: fits [bool u8 u16 u32 u64 usize i8 i16 i32 i64 isize f32 f64] []; }
    };
}
pub(super) use fits_bool;
