//! Tells the crate by `cfg(unoptimised)` whether this build optimises.
//!
//! Without optimisation nothing is inlined, so that frames are small; with it everything is, also
//! where a profile keeps debug assertions, by which alone a crate could guess.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(unoptimised)");
    if std::env::var("OPT_LEVEL").as_deref() == Ok("0") {
        println!("cargo::rustc-cfg=unoptimised");
    }
}
