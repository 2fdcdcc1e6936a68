//! The table of the integer element types: a new type needs only a row here. The comparison of
//! elements, and the tests `integers`, `numpy_indexing` and `numpy_operators` read the table.
//!
//! `i8: i8 i16 ..;` states the types, `f16` and `bf16` apart, that have room for every value of
//! `i8`.

/// Calls the named macro with the rows of the table.
#[macro_export]
macro_rules! each_integer {
    ($stamp:ident) => {
        $stamp! {
            i8: i8 i16 i32 i64 isize f32 f64;
            i16: i16 i32 i64 isize f32 f64;
            i32: i32 i64 f64;
            i64: i64;
            isize: isize;
            u8: u8 u16 u32 u64 usize i16 i32 i64 isize f32 f64;
            u16: u16 u32 u64 usize i32 i64 f32 f64;
            u32: u32 u64 i64 f64;
            u64: u64;
            usize: usize;
        }
    };
}
