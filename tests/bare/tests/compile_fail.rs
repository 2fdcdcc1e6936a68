//! Operations that need an allocator report so in the first line of the error. `TRYBUILD=overwrite
//! cargo test -p shapewright-bare` writes the compiler's messages, to be read.

#[test]
fn what_needs_an_allocator() {
    trybuild::TestCases::new().compile_fail("ui/*.rs");
}
