//! Sets `cfg(unoptimised)` if this build does not optimise, and `cfg(vectors)` if kernels are
//! written for the vector instructions of the target.
//!
//! Only a build script is told the optimisation level. Debug assertions do not show it, as a
//! profile may keep them in an optimised build. With optimisation everything that an evaluation
//! calls is inlined. Without it nothing is, so that stack frames are small and freed early (a
//! variance took 100 KB of stack in one frame), and a debug build is compiled in half the time.

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
