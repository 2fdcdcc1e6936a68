//! What a program costs at compile time, in the CPU time of the compiler: `cargo bench --bench compile`.
//!
//! Three tables. The check time of generated programs of 50, 200 and 800 typed operations, no two functions of the same
//! shapes, at ranks 2, 4 and 8, and what one more operation costs; the same program at 10 to 10^9 elements, which must not show; the
//! clean build and the number of crates of the default features. `-- --peers` has the peers of `library.rs` beside them, where they
//! can say the program; their crates are fetched. Nothing is asserted of a time.
//!
//! A time is the least of several rounds, in which every program takes its turn.

mod cost;
mod library;

use std::path::{Path, PathBuf};
use std::{env, fs};

use cost::{Dependency, cpu_seconds};
use library::{LIBRARIES, Library, OPERATIONS};

const SIZES: [usize; 3] = [50, 200, 800];
const RANKS: [usize; 3] = [2, 4, 8];
/// About how many elements, and how it is printed.
const ELEMENTS: [(f64, &str); 4] = [(1e1, "10"), (1e3, "10^3"), (1e6, "10^6"), (1e9, "10^9")];
/// The operations, and the rank, of the programs of so many elements.
const ELEMENTS_OPERATIONS: usize = 200;
const ELEMENTS_RANK: usize = 2;
const ROUNDS: usize = 5;

/// A program, and the least CPU time that checking it took.
struct Program<'a> {
    library: &'a Measured,
    path: PathBuf,
    seconds: f64,
}

/// A library whose crates are built, and what that took.
struct Measured {
    library: &'static Library,
    dependency: Dependency,
    crates: usize,
    clean_build: f64,
}

fn main() {
    let peers = env::args().any(|argument| argument == "--peers");
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile");
    println!("CPU seconds, user and system, of {}", cost::version());

    let mut measured = Vec::new();
    for library in &LIBRARIES[..if peers { LIBRARIES.len() } else { 1 }] {
        match build(library, &root.join(library.name)) {
            Ok(built) => measured.push(built),
            Err(error) => println!("{} does not build here: {error}", library.name),
        }
    }

    let mut programs = Vec::new();
    let by_size: Vec<_> = measured.iter().map(|library| sizes(library, &root, &mut programs)).collect();
    let by_elements: Vec<_> =
        measured.iter().map(|library| elements(library, &root, &mut programs)).collect();
    for _ in 0..ROUNDS {
        for program in &mut programs {
            program.time();
        }
    }

    println!("\n{:<12} {:>4}{}   ms/op  linear", "check", "rank", columns(SIZES.map(|n| format!("{n} ops"))));
    for (library, rows) in measured.iter().zip(by_size) {
        for (rank, row) in RANKS.into_iter().zip(rows) {
            print!("{:<12} {rank:>4}", library.library.name);
            print_sizes(row.map(|row| row.map(|program| programs[program].seconds)));
        }
    }

    let names = columns(ELEMENTS.map(|(_, name)| name.to_owned()));
    println!("\n{:<17}{names}   ({ELEMENTS_OPERATIONS} ops, rank {ELEMENTS_RANK})", "check, elements");
    for (library, row) in measured.iter().zip(by_elements) {
        let seconds = row.map(|program| format!("{:.3} s", programs[program].seconds));
        println!("{:<17}{}", library.library.name, columns(seconds));
    }

    println!("\n{:<17}{}", "clean build", columns(["crates", "CPU"].map(str::to_owned)));
    for Measured { library, crates, clean_build, .. } in &measured {
        println!("{:<17}{}", library.name, columns([crates.to_string(), format!("{clean_build:.1} s")]));
    }
}

/// Builds the crates of `library`, for checks against them and once more, timed, from nothing.
fn build(library: &'static Library, folder: &Path) -> Result<Measured, String> {
    cost::write_package(folder, library)?;
    let dependency = Dependency::check(folder, library.name)?;
    Ok(Measured {
        library,
        dependency,
        crates: cost::crates(folder)?,
        clean_build: cost::clean_build(folder)?,
    })
}

/// The programs of every rank and size, as indices into `programs`; nothing for a rank that the library cannot say.
fn sizes<'a>(
    library: &'a Measured,
    root: &Path,
    programs: &mut Vec<Program<'a>>,
) -> [Option<[usize; SIZES.len()]>; RANKS.len()] {
    RANKS.map(|rank| {
        (rank <= library.library.max_rank).then(|| {
            SIZES.map(|operations| {
                let name = format!("{operations}-operations-rank-{rank}.rs");
                let text =
                    library.library.program(operations / OPERATIONS, |function| varied(function, rank));
                add(programs, library, root.join(library.library.name).join(name), &text)
            })
        })
    })
}

/// The programs of every number of elements, as indices into `programs`.
fn elements<'a>(
    library: &'a Measured,
    root: &Path,
    programs: &mut Vec<Program<'a>>,
) -> [usize; ELEMENTS.len()] {
    ELEMENTS.map(|(count, name)| {
        let name = format!("{}-elements.rs", name.replace('^', "-"));
        let side = count.powf(1.0 / ELEMENTS_RANK as f64) as usize;
        // Nine shapes, so that there are as many of about 10 elements as of about 10^9.
        let shape = |function: usize| vec![side - 1 + function % 3, side - 1 + function / 3 % 3];
        let text = library.library.program(ELEMENTS_OPERATIONS / OPERATIONS, shape);
        add(programs, library, root.join(library.library.name).join(name), &text)
    })
}

/// The lengths that a function works on: no two of the first 997 have the same.
fn varied(function: usize, rank: usize) -> Vec<usize> {
    (0..rank).map(|axis| 10 + (function * 7 + axis * 3) % 997).collect()
}

fn add<'a>(programs: &mut Vec<Program<'a>>, library: &'a Measured, path: PathBuf, text: &str) -> usize {
    fs::write(&path, text).expect("the target folder is writable");
    programs.push(Program { library, path, seconds: f64::INFINITY });
    programs.len() - 1
}

impl Program<'_> {
    /// Checks the program once; NaN for ever if it does not compile.
    fn time(&mut self) {
        match cpu_seconds(&self.library.dependency.check_command(&self.path)) {
            Ok(seconds) if !self.seconds.is_nan() => self.seconds = self.seconds.min(seconds),
            Ok(_) => {}
            Err(error) => {
                println!("{}: {error}", self.path.display());
                self.seconds = f64::NAN;
            }
        }
    }
}

/// The times of the sizes, what an operation costs between the last two, and that against the cost between the first two.
fn print_sizes(row: Option<[f64; SIZES.len()]>) {
    let Some(seconds) = row else {
        return println!("{}{:>8}{:>8}", columns(SIZES.map(|_| "-".to_owned())), "-", "-");
    };
    let slope = |from, to| (seconds[to] - seconds[from]) / (SIZES[to] - SIZES[from]) as f64;
    let (early, late) = (slope(0, 1), slope(1, 2));
    let seconds = columns(seconds.map(|seconds| format!("{seconds:.3} s")));
    println!("{seconds}{:>8.2}{:>8.2}", late * 1e3, late / early);
}

fn columns<const N: usize>(cells: [String; N]) -> String {
    cells.map(|cell| format!("{cell:>11}")).concat()
}
