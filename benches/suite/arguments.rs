//! What the command line asks for, and how much work that is.

use std::env;

use super::vector::Level;

/// How to run: `--filter W4`, `--rounds N`, `--quick`, `--full`, `--level avx2`.
pub struct Arguments {
    /// Only workloads whose names begin with one of these.
    pub filters: Vec<String>,
    /// Rounds of each workload, at most.
    pub rounds: usize,
    /// Seconds that a contender works in each round, at least.
    pub turn: f64,
    /// Seconds that a contender may take in all rounds of a workload, and all peers together, after [`LEAST_ROUNDS`]: then it sits out.
    pub budget: f64,
    /// The instructions of the kernels by hand.
    pub level: Level,
}

/// The fewest rounds of a contender.
pub const LEAST_ROUNDS: usize = 3;

impl Arguments {
    /// Of the process; `quick` is what holds when it asks for neither.
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
                // What cargo itself passes to a bench.
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
