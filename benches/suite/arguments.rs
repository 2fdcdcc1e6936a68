//! The command line arguments, and the amount of work that they select.

use std::env;

use super::vector::Level;

/// The options of a run: `--filter W4`, `--rounds N`, `--quick`, `--full`, `--level avx2`.
pub struct Arguments {
    /// Only workloads whose names begin with one of these.
    pub filters: Vec<String>,
    /// The maximum number of rounds of each workload.
    pub rounds: usize,
    /// The minimum number of seconds that a contender works in each round.
    pub turn: f64,
    /// The maximum number of seconds of a contender in all rounds of a workload, and of all peers
    /// together. After that, and after at least [`LEAST_ROUNDS`], it is skipped.
    pub budget: f64,
    /// The instruction set of the hand-written kernels.
    pub level: Level,
}

/// The minimum number of rounds of a contender.
pub const LEAST_ROUNDS: usize = 3;

impl Arguments {
    /// The arguments of the process; `quick` is the default if neither `--quick` nor `--full` is
    /// given.
    pub fn of_process(quick: bool) -> Self {
        let full = Self {
            filters: Vec::new(),
            rounds: 31,
            turn: 2e-3,
            budget: 6.0,
            level: Level::detected(),
        };
        let quickly = |this: Self| Self { rounds: LEAST_ROUNDS, turn: 2e-4, budget: 0.5, ..this };
        let mut this = if quick { quickly(full) } else { full };
        let mut all = env::args().skip(1);
        while let Some(argument) = all.next() {
            let mut value = || all.next().unwrap_or_else(|| panic!("{argument} takes a value"));
            match argument.as_str() {
                "--quick" => this = quickly(this),
                "--full" => this = Self { rounds: 31, turn: 2e-3, budget: 6.0, ..this },
                "--rounds" => {
                    let rounds = value().parse().expect("--rounds takes a number");
                    this = Self { rounds, turn: 2e-3, budget: f64::INFINITY, ..this };
                }
                "--filter" => this.filters.push(value()),
                "--level" => this.level = Level::named(&value()),
                // An argument that cargo itself passes to a bench.
                "--bench" => {}
                _ => panic!(
                    "{argument} is none of --filter NAME, --rounds N, --quick, --full, --level portable|sse2|avx2|avx512"
                ),
            }
        }
        this
    }

    /// Whether a workload of this name runs.
    pub fn asks_for(&self, name: &str) -> bool {
        self.filters.is_empty()
            || self.filters.iter().any(|filter| name.starts_with(filter.as_str()))
    }
}
