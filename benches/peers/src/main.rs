//! The workloads of `benches/` with this library, the hand-written kernels and the peers, in one
//! process, in turns: `taskset -c 1 cargo run --release --manifest-path benches/peers/Cargo.toml`.
//!
//! The arguments are those of `benches/limit.rs`. Each peer is written as its users write it, and
//! also in its fastest form if that differs.

#[path = "../../suite/mod.rs"]
mod suite;

mod by_candle;
mod by_dfdx;
mod by_nalgebra;
mod by_ndarray;
mod by_products;

fn main() {
    // SAFETY: no other thread runs yet.
    unsafe { std::env::set_var("RAYON_NUM_THREADS", "1") };
    let peers: [&'static dyn suite::Peer; 5] = [
        &by_ndarray::Ndarray,
        &by_nalgebra::Nalgebra,
        &by_candle::Candle,
        &by_dfdx::Dfdx,
        &by_products::Products,
    ];
    suite::run(&suite::Arguments::of_process(false), &peers);
}

/// The maximum error of sums and moments of peers, in ULP: only nonsense is refused, and the table
/// prints the error.
const FAR: f64 = 5000.0;
