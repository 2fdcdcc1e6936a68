//! The tables: one for each workload, and a summary of all of them.

use super::harness::{Measured, Who, Work};

/// The median, and the tenth and ninetieth percentile.
#[derive(Clone, Copy)]
struct Spread {
    low: f64,
    median: f64,
    high: f64,
}

impl Spread {
    fn of(values: impl Iterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.collect();
        values.sort_by(f64::total_cmp);
        let at = |part: f64| values[((values.len() - 1) as f64 * part).round() as usize];
        Self { low: at(0.1), median: at(0.5), high: at(0.9) }
    }
    /// The spread of the ratio in each round.
    fn ratio(of: &Measured, to: &Measured) -> Self {
        Self::of(of.seconds.iter().zip(&to.seconds).filter_map(|(of, to)| Some((*of)? / (*to)?)))
    }
    /// The spread of the time.
    fn time(of: &Measured) -> Self {
        Self::of(of.seconds.iter().copied().flatten())
    }
}

/// A row of the table of all workloads.
struct Row {
    workload: String,
    contender: String,
    seconds: f64,
    /// The name of the limit, and our time relative to it, if there is a limit.
    limit: Option<(String, Spread)>,
    target: f64,
    error: f64,
    /// The fastest peer's name, and our time relative to its time.
    peer: Option<(String, f64)>,
}

/// All results so far.
#[derive(Default)]
pub struct Report {
    rows: Vec<Row>,
}

impl Report {
    /// Prints the results of a workload, and stores them for the summary.
    pub fn add(&mut self, name: &str, work: Work, found: &[Measured]) {
        let median = |who: &Measured| Spread::time(who).median;
        let fastest = |choice: &dyn Fn(&&Measured) -> bool| {
            found.iter().filter(choice).min_by(|a, b| median(a).total_cmp(&median(b)))
        };
        let is_library = |who: &Measured| matches!(who.who, Who::Library { .. });
        // A peer that is faster than the hand-written kernel is the limit. Without peers, layers
        // have no limit.
        let limit = fastest(&|who| !is_library(who));
        let peer = fastest(&|who| who.who == Who::Peer);
        let ours: Vec<_> = found.iter().filter(|who| is_library(who)).collect();

        let (unit, per_second) = match work {
            Work::Bytes(bytes) => ("GB/s", bytes as f64 / 1e9),
            Work::Operations(operations) => ("GF/s", operations as f64 / 1e9),
        };
        println!("\n{name}, {} rounds", found.first().map_or(0, |who| who.seconds.len()));
        let columns = ["time", "p10", "p90", unit, "/limit", "p10", "p90", "ours/it", "ULP"];
        print!("  {:<31}", "");
        println!("{}", columns.map(|column| format!("{column:>9}")).concat());
        for who in found {
            let (time, ratio) = (Spread::time(who), limit.map(|limit| Spread::ratio(who, limit)));
            let to_limit = |at: fn(Spread) -> f64| {
                ratio.map_or("-".to_owned(), |ratio| format!("{:.2}", at(ratio)))
            };
            let beside = match ours.first() {
                Some(ours) if !is_library(who) => format!("{:.2}", Spread::ratio(ours, who).median),
                _ => String::new(),
            };
            let cells = [
                duration(time.median),
                duration(time.low),
                duration(time.high),
                format!("{:.1}", per_second / time.median),
                to_limit(|ratio| ratio.median),
                to_limit(|ratio| ratio.low),
                to_limit(|ratio| ratio.high),
                beside,
                format!("{:.1}", who.error),
            ];
            print!("  {:<31}{}", who.name, cells.map(|cell| format!("{cell:>9}")).concat());
            match (who.who, ratio) {
                (Who::Library { target }, Some(ratio)) => {
                    println!("  target {target:.2}: {}", verdict(ratio.median, target));
                }
                (Who::Peer, _) if limit.is_some_and(|limit| std::ptr::eq(who, limit)) => {
                    println!("  a peer is the limit");
                }
                _ => println!(),
            }
        }
        for who in ours {
            let Who::Library { target } = who.who else { continue };
            self.rows.push(Row {
                workload: name.to_owned(),
                contender: who.name.clone(),
                seconds: median(who),
                limit: limit.map(|limit| (limit.name.clone(), Spread::ratio(who, limit))),
                target,
                error: who.error,
                peer: peer.map(|peer| (peer.name.clone(), Spread::ratio(who, peer).median)),
            });
        }
    }

    /// Prints the summary of all workloads.
    pub fn print(&self) {
        println!(
            "\n{:<62}{:>9}{:>8}{:>15}{:>8}{:>8}{:>7}  limit; fastest peer, ours/it",
            "all", "time", "/limit", "p10..p90", "target", "", "ULP"
        );
        for row in &self.rows {
            let Row { workload, contender, seconds, limit, target, error, peer } = row;
            let name = format!(
                "{workload}: {}",
                contender.trim_start_matches("shapewright").trim_start_matches(", ")
            );
            let (name, time) = (name.trim_end_matches(": "), duration(*seconds));
            let Some((limit, ratio)) = limit else {
                println!("{name:<62}{time:>9}{:>8}{:>15}{:>8}{:>8}{error:>7.1}", "-", "-", "-", "");
                continue;
            };
            let spread = format!("{:.2}..{:.2}", ratio.low, ratio.high);
            print!(
                "{name:<62}{time:>9}{:>8.2}{spread:>15}{target:>8.2}{:>8}{error:>7.1}  {limit}",
                ratio.median,
                verdict(ratio.median, *target),
            );
            match peer {
                Some((peer, ratio)) => println!("; {peer} {ratio:.2}"),
                None => println!(),
            }
        }
        let limited: Vec<_> = self
            .rows
            .iter()
            .filter_map(|row| Some((row.limit.as_ref()?.1.median, row.target)))
            .collect();
        let met = limited.iter().filter(|(ratio, target)| ratio <= target).count();
        println!("{met} of {} targets met", limited.len());
    }
}

fn verdict(ratio: f64, target: f64) -> &'static str {
    if ratio <= target { "met" } else { "not met" }
}

fn duration(seconds: f64) -> String {
    let (number, unit) = match seconds {
        _ if seconds < 1e-6 => (seconds * 1e9, "ns"),
        _ if seconds < 1e-3 => (seconds * 1e6, "us"),
        _ => (seconds * 1e3, "ms"),
    };
    let digits = if number < 10.0 {
        2
    } else if number < 100.0 {
        1
    } else {
        0
    };
    format!("{number:.digits$} {unit}")
}

/// The machine, and the instruction set of the hand-written kernels.
pub fn machine(level: super::vector::Level) -> String {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let line = |key: &str| {
        let line =
            cpu.lines().find(|line| line.starts_with(key)).and_then(|line| line.split_once(':'));
        line.map_or("unknown", |(_, value)| value.trim()).to_owned()
    };
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!(
        "{} (family {}, model {}), {cores} core{}, kernels by hand: {}",
        line("model name"),
        line("cpu family"),
        line("model\t"),
        if cores == 1 { "" } else { "s: pin the process to one" },
        level.name()
    )
}
