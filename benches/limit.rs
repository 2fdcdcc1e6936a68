//! Each workload beside the kernel that one would write by hand, in one run, in turn: `cargo bench --bench limit`.
//!
//! By itself it takes seconds: it asserts that every result is right, and a time of so few rounds means little. `-- --full` is what RESULTS.md
//! holds; `--filter W4`, `--rounds N` and `--level avx2` narrow it down. Pin it to one core: `taskset -c 1`. The package in `peers` runs
//! the same beside the peers.

mod suite;

fn main() {
    suite::run(&suite::Arguments::of_process(true), &[]);
}
