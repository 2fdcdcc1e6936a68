//! What the compiler says about the likeliest mistakes with each feature: `ui/<feature>`, a mistake
//! a file.

#[test]
fn mistakes_do_not_compile() {
    let cases = trybuild::TestCases::new();
    for feature in ["bytemuck", "rand", "safetensors", "serde"] {
        cases.compile_fail(format!("ui/{feature}/*.rs"));
    }
}
