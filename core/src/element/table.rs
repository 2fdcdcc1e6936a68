//! The table of the integer element types. A row has all that the kernels, the operators and the
//! traits of elements need to know of a type.
//!
//! `i8: signed, beside u8 i8, twice (i16), named "I8", fits [..] [..];` states
//! - the type, and whether the type is `signed` or `unsigned`;
//! - the unsigned and the signed type of the same size;
//! - the type with twice the bits, in which saturating products are computed, or nothing if loops
//!   over that type do not vectorise;
//! - the name of the type in `.safetensors` files, or its name in Rust if those files have no such
//!   type;
//! - the types that have room for every value of the type, and in the second list those of the
//!   crate `half`.

/// Calls the macro `$stamp` with `$first`, if there is any, and the rows of the table.
macro_rules! each_integer {
    ($stamp:ident $($first:tt)*) => {
        $stamp! {
            $($first)*
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

/// Calls the macro `$stamp` with the integer types alone, without the other entries of their rows.
macro_rules! each_integer_type {
    ($stamp:ident) => {
        $crate::element::each_integer! { each_integer_type @ $stamp }
    };
    (@ $stamp:ident
        $($t:ident: $_sign:ident, beside $_unsigned:ident $_signed:ident, twice $_twice:tt,
            named $_name:literal, fits $_wide:tt $_half:tt;)*) => {
        $stamp! { $($t)* }
    };
}
pub(crate) use each_integer_type;

/// Calls the macro `$stamp` with the element types that a `bool` can be converted to. As a number,
/// `false` is 0 and `true` is 1.
macro_rules! fits_bool {
    ($stamp:ident) => {
        $stamp! { bool: fits [bool u8 u16 u32 u64 usize i8 i16 i32 i64 isize f32 f64] []; }
    };
}
pub(super) use fits_bool;
