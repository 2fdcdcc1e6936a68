//! What needs an allocator says so, in its first line. `TRYBUILD=overwrite cargo test -p shapewright-bare` writes
//! what the compiler says, to be read.

#[test]
fn what_needs_an_allocator() {
    trybuild::TestCases::new().compile_fail("ui/*.rs");
}
