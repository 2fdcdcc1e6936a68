//! The tables: one for each workload, and all of them together.

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
    /// Of the ratio in each round.
    fn ratio(of: &Measured, to: &Measured) -> Self {
        Self::of(of.seconds.iter().zip(&to.seconds).filter_map(|(of, to)| Some((*of)? / (*to)?)))
    }
    /// Of the time.
    fn time(of: &Measured) -> Self {
        Self::of(of.seconds.iter().copied().flatten())
    }
}

/// A row of the table of all workloads.
struct Row {
    workload: String,
    contender: String,
    limit: String,
    seconds: f64,
    ratio: Spread,
    target: f64,
    error: f64,
    /// The fastest peer's name, and our time to its.
    peer: Option<(String, f64)>,
}

/// Everything found so far.
#[derive(Default)]
pub struct Report {
    rows: Vec<Row>,
}

impl Report {
    /// Prints what was found of a workload, and keeps it for the table of all.
    pub fn add(&mut self, name: &str, work: Work, found: &[Measured]) {
        let median = |who: &Measured| Spread::time(who).median;
        let fastest = |choice: &dyn Fn(&&Measured) -> bool| {
            found.iter().filter(choice).min_by(|a, b| median(a).total_cmp(&median(b)))
        };
        let is_library = |who: &Measured| matches!(who.who, Who::Library { .. });
        // A peer that is faster than the kernel by hand is the limit.
        let limit = fastest(&|who| !is_library(who)).expect("every workload has a limit");
        let peer = fastest(&|who| who.who == Who::Peer);
        let ours: Vec<_> = found.iter().filter(|who| is_library(who)).collect();

        let (unit, per_second) = match work {
            Work::Bytes(bytes) => ("GB/s", bytes as f64 / 1e9),
            Work::Operations(operations) => ("GF/s", operations as f64 / 1e9),
        };
        println!("\n{name}, {} rounds", limit.seconds.len());
        let columns = ["time", "p10", "p90", unit, "/limit", "p10", "p90", "ours/it", "ULP"];
        print!("  {:<31}", "");
        println!("{}", columns.map(|column| format!("{column:>9}")).concat());
        for who in found {
            let (time, ratio) = (Spread::time(who), Spread::ratio(who, limit));
            let beside = match ours.first() {
                Some(ours) if !is_library(who) => format!("{:.2}", Spread::ratio(ours, who).median),
                _ => String::new(),
            };
            let cells = [
                duration(time.median),
                duration(time.low),
                duration(time.high),
                format!("{:.1}", per_second / time.median),
                format!("{:.2}", ratio.median),
                format!("{:.2}", ratio.low),
                format!("{:.2}", ratio.high),
                beside,
                format!("{:.1}", who.error),
            ];
            print!("  {:<31}{}", who.name, cells.map(|cell| format!("{cell:>9}")).concat());
            match who.who {
                Who::Library { target } => {
                    println!("  target {target:.2}: {}", verdict(ratio.median, target))
                }
                _ if std::ptr::eq(who, limit) && who.who == Who::Peer => println!("  a peer is the limit"),
                _ => println!(),
            }
        }
        for who in ours {
            let Who::Library { target } = who.who else { continue };
            self.rows.push(Row {
                workload: name.to_owned(),
                contender: who.name.clone(),
                limit: limit.name.clone(),
                seconds: median(who),
                ratio: Spread::ratio(who, limit),
                target,
                error: who.error,
                peer: peer.map(|peer| (peer.name.clone(), Spread::ratio(who, peer).median)),
            });
        }
    }

    /// Prints the table of all workloads.
    pub fn print(&self) {
        println!(
            "\n{:<62}{:>9}{:>8}{:>15}{:>8}{:>8}{:>7}  limit; fastest peer, ours/it",
            "all", "time", "/limit", "p10..p90", "target", "", "ULP"
        );
        for row in &self.rows {
            let Row { workload, contender, seconds, ratio, target, error, limit, peer } = row;
            let name = format!(
                "{workload}: {}",
                contender.trim_start_matches("shapewright").trim_start_matches(", ")
            );
            let spread = format!("{:.2}..{:.2}", ratio.low, ratio.high);
            print!(
                "{:<62}{:>9}{:>8.2}{spread:>15}{target:>8.2}{:>8}{error:>7.1}  {limit}",
                name.trim_end_matches(": "),
                duration(*seconds),
                ratio.median,
                verdict(ratio.median, *target),
            );
            match peer {
                Some((peer, ratio)) => println!("; {peer} {ratio:.2}"),
                None => println!(),
            }
        }
        let met = self.rows.iter().filter(|row| row.ratio.median <= row.target).count();
        println!("{met} of {} targets met", self.rows.len());
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

/// What this runs on, and what the kernels by hand use of it.
pub fn machine(level: super::vector::Level) -> String {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let line = |key: &str| {
        let line = cpu.lines().find(|line| line.starts_with(key)).and_then(|line| line.split_once(':'));
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
