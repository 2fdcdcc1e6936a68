//! Each workload compared with a kernel written by hand, in one run, in turns:
//! `cargo bench --bench limit`.
//!
//! Without arguments it takes seconds: it asserts that every result is correct, and a time of so
//! few rounds means little. RESULTS.md has the results of `-- --full`. `--filter W4`, `--rounds N`
//! and `--level avx2` restrict the run. Pin it to one core: `taskset -c 1`. The package in `peers`
//! also runs the peers.

mod suite;

fn main() {
    suite::run(&suite::Arguments::of_process(true), &[]);
}
