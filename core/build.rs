//! Tells the crate by `cfg(unoptimised)` whether this build optimises, and by `cfg(vectors)` whether
//! the target has vector instructions that kernels are written for.
//!
//! Without optimisation nothing is inlined, so that frames are small; with it everything is, also
//! where a profile keeps debug assertions, by which alone a crate could guess.

use std::env::var;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(unoptimised)");
    println!("cargo::rustc-check-cfg=cfg(vectors)");
    if var("OPT_LEVEL").as_deref() == Ok("0") {
        println!("cargo::rustc-cfg=unoptimised");
    }
    let has = |feature| {
        var("CARGO_CFG_TARGET_FEATURE").is_ok_and(|all| all.split(',').any(|one| one == feature))
    };
    let has_vectors = match var("CARGO_CFG_TARGET_ARCH").as_deref() {
        Ok("x86" | "x86_64" | "aarch64") => true,
        Ok("wasm32") => has("simd128"),
        _ => false,
    };
    if has_vectors {
        println!("cargo::rustc-cfg=vectors");
    }
}
