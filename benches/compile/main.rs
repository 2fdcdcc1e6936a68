//! The compile-time cost of programs, in the CPU time of the compiler:
//! `cargo bench --bench compile`.
//!
//! The checks are five tables. The first three are of generated programs: 50, 200 and 800
//! operations at ranks 2, 4 and 8, where no two functions work on the same shapes; 200 operations
//! on 10 to 10^9 elements, a number that must make no difference; and 200 operations in expressions
//! of 5 to 40. The last two have the time of a clean build with the default features, and the
//! number of crates in it.
//!
//! The release builds are: expressions that use themselves twice, repeatedly, whose cost must grow
//! in proportion to their size; one more statement, in seconds and in bytes of code; programs of
//! many shapes; and a network of twenty layers.
//!
//! `-- --peers` adds the peers of `library.rs`, in more rounds, where they support the program;
//! their crates are fetched. `-- --statements` leaves out the checks, and `-- --networks`
//! everything but the network. No time is asserted.
//!
//! A time is the minimum of several rounds, in each of which every program is run once.

mod cost;
mod library;
mod many;
mod network;
mod statements;

use std::path::{Path, PathBuf};
use std::{env, fs};

use cost::{Built, cpu_seconds};
use library::{LIBRARIES, Library, Program, Twice};

const RANKS: [usize; 3] = [2, 4, 8];
/// The numbers of operations of a program.
const SIZES: [usize; 3] = [50, 200, 800];
/// The number of operations, and the rank, of the programs of the other tables.
const SIZE: usize = 200;
const RANK: usize = 2;
/// The approximate number of elements, and its printed form.
const ELEMENTS: [(f64, &str); 4] = [(1e1, "10"), (1e3, "10^3"), (1e6, "10^6"), (1e9, "10^9")];
/// The numbers of operations of an expression.
const EXPRESSIONS: [usize; 4] = [5, 10, 20, 40];

/// Expressions that use themselves twice, and the numbers of steps.
const TWICE: [(&str, Twice, [usize; 3]); 2] = [
    ("doublings", Twice::Doubled, [4, 6, 8]),
    ("reductions in each other", Twice::Centered, [2, 4, 6]),
];

/// A library whose crates are built, and the tables of its programs, each given by its index in the
/// list of all programs.
struct Measured {
    library: &'static Library,
    built: Built,
    sizes: [Option<[usize; SIZES.len()]>; RANKS.len()],
    elements: [usize; ELEMENTS.len()],
    expressions: [usize; EXPRESSIONS.len()],
}

fn main() {
    let peers = env::args().any(|argument| argument == "--peers");
    let (libraries, rounds) = if peers { (&LIBRARIES[..], 5) } else { (&LIBRARIES[..1], 3) };
    println!("CPU time, user and system, of {}", cost::version());

    let mut programs = Programs::default();
    let mut measured = Vec::new();
    for library in libraries {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile").join(library.name);
        match Built::new(&folder, library) {
            Ok(built) => measured.push(programs.add_tables(library, built, &folder)),
            Err(error) => println!("{} does not build here: {error}", library.name),
        }
    }
    if env::args().any(|argument| argument == "--networks") {
        if let Some(own) = measured.first() {
            print_networks(&own.built, rounds);
        }
        return;
    }
    // `-- --statements` prints only the tables of release builds.
    if !env::args().any(|argument| argument == "--statements") {
        let seconds = programs.time(&measured, rounds);
        print(&measured, &seconds);
    }
    let optimised: Vec<_> =
        measured.iter().map(|measured| (measured.library, measured.built.optimised())).collect();
    println!(
        "\n{}",
        row("release build", ["s, further", "bytes", "s, first", "bytes"].map(str::to_owned))
    );
    for (library, optimised) in &optimised {
        match optimised {
            Ok(optimised) => print_statements(library, optimised, rounds),
            Err(error) => println!("the release build of {}: {error}", library.name),
        }
    }
    let own = optimised.iter().find(|(library, _)| library.name == LIBRARIES[0].name);
    if let Some((_, Ok(optimised))) = own {
        print_twice(optimised, rounds);
        print_many(optimised);
    }
    if let Some(own) = measured.first() {
        print_networks(&own.built, rounds);
    }
}

/// Prints the cost of a network, in checks and in release builds.
fn print_networks(built: &Built, rounds: usize) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile");
    match built.optimised() {
        Ok(optimised) => network::print(built, &optimised, &folder, rounds),
        Err(error) => println!("the release build: {error}"),
    }
}

/// Prints the times of release builds of programs of many shapes. They are measured once, as they
/// take long enough.
fn print_many(optimised: &Built) {
    let programs = [
        ("an MLP, batches of 1 to 64", "mlp", many::mlp(64)),
        ("13 operations, 122 shapes", "operations", many::operations(122)),
    ];
    println!("\nrelease build");
    for (name, file, text) in programs {
        let path =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile").join(format!("many-{file}.rs"));
        fs::write(&path, text).expect("the target folder is writable");
        match cpu_seconds(&optimised.build(&path)) {
            Ok(seconds) => println!("  {name:<30}{seconds:>8.1} s"),
            Err(error) => println!("  {name}: {error}"),
        }
    }
}

/// Prints the cost of one more of each statement in a release build with `library`, if the library
/// supports it.
fn print_statements(library: &Library, optimised: &Built, rounds: usize) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile").join(library.name);
    let Some(said) = &library.statements else { return };
    println!("{}", library.name);
    for (k, name) in statements::NAMES.iter().enumerate() {
        let cells = match statements::costs(optimised, &folder, said, k, rounds) {
            Ok(costs) => [costs.further, costs.first]
                .map(|(seconds, bytes)| [format!("{seconds:.3} s"), format!("{bytes:.0}")])
                .concat(),
            Err(error) => vec![error],
        };
        println!(
            "  {:<30}{}",
            name,
            cells.iter().map(|cell| format!("{cell:>10}")).collect::<String>()
        );
    }
}

/// Prints the times of release builds of expressions that use themselves twice.
fn print_twice(optimised: &Built, rounds: usize) {
    for (name, twice, all_times) in TWICE {
        println!("\n{}", row("release build", all_times.map(|times| times.to_string())));
        let seconds = all_times.map(|times| {
            let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
                .join("compile")
                .join(format!("twice-{times}.rs"));
            fs::write(&path, twice.text(times)).expect("the target folder is writable");
            let least = (0..rounds)
                .map(|_| cpu_seconds(&optimised.build(&path)))
                .reduce(|a, b| Ok(a?.min(b?)));
            match least.expect("at least one round") {
                Ok(seconds) => format!("{seconds:.2} s"),
                Err(error) => {
                    println!("{}: {error}", path.display());
                    "-".to_owned()
                }
            }
        });
        println!("{}", row(name, seconds));
    }
}

/// The programs to measure: the index of the library of each, and its file.
#[derive(Default)]
struct Programs {
    all: Vec<(usize, PathBuf)>,
    libraries: usize,
}

impl Programs {
    /// Writes the programs of every table that `library` supports.
    fn add_tables(&mut self, library: &'static Library, built: Built, folder: &Path) -> Measured {
        let mut add = |name: String, program: Program<'_>| {
            let path = folder.join(name).with_extension("rs");
            fs::write(&path, library.text(&program)).expect("the target folder is writable");
            self.all.push((self.libraries, path));
            self.all.len() - 1
        };
        let sizes = RANKS.map(|rank| {
            (rank <= library.max_rank).then(|| {
                SIZES.map(|operations| {
                    let lengths = &|function| varied(function, rank);
                    add(
                        format!("rank-{rank}-{operations}"),
                        Program { operations, expression: 5, lengths },
                    )
                })
            })
        });
        let elements = ELEMENTS.map(|(count, name)| {
            let side = count.powf(1.0 / RANK as f64) as usize;
            // Nine shapes, for about 10 elements as well as for about 10^9.
            let lengths = &|function| vec![side - 1 + function % 3, side - 1 + function / 3 % 3];
            add(format!("elements-{name}"), Program { operations: SIZE, expression: 5, lengths })
        });
        let expressions = EXPRESSIONS.map(|expression| {
            let lengths = &|function| varied(function, RANK);
            add(
                format!("expression-{expression}"),
                Program { operations: SIZE, expression, lengths },
            )
        });
        self.libraries += 1;
        Measured { library, built, sizes, elements, expressions }
    }

    /// The minimum CPU time of a check of each program; NaN, after a message, if it does not
    /// compile.
    fn time(&self, measured: &[Measured], rounds: usize) -> Vec<f64> {
        let mut least = vec![f64::INFINITY; self.all.len()];
        for _ in 0..rounds {
            for ((library, path), least) in self.all.iter().zip(&mut least) {
                if least.is_nan() {
                    continue;
                }
                match cpu_seconds(&measured[*library].built.check(path)) {
                    Ok(seconds) => *least = least.min(seconds),
                    Err(error) => {
                        println!("{}: {error}", path.display());
                        *least = f64::NAN;
                    }
                }
            }
        }
        least
    }
}

/// The lengths that a function works on: no two of the first 997 functions have the same ones. With
/// eight axes the number of elements has to stay within limits, so the inner axes are short.
fn varied(function: usize, rank: usize) -> Vec<usize> {
    (0..rank).map(|axis| 10 + (function * 7 + axis * 3) % if axis < 2 { 997 } else { 89 }).collect()
}

fn print(measured: &[Measured], seconds: &[f64]) {
    let time = |program: usize| format!("{:.3} s", seconds[program]);

    println!("\n{}   ms/op  linear", row("check, rank", SIZES.map(|n| format!("{n} ops"))));
    for Measured { library, sizes, .. } in measured {
        for (rank, &programs) in RANKS.iter().zip(sizes) {
            let name = format!("{:<12} {rank}", library.name);
            let Some(programs) = programs else {
                println!("{}{:>8}{:>8}", row(&name, SIZES.map(|_| "-".to_owned())), "-", "-");
                continue;
            };
            // The cost of one more operation, between two sizes of the program.
            let slope = |from: usize, to: usize| {
                (seconds[programs[to]] - seconds[programs[from]]) / (SIZES[to] - SIZES[from]) as f64
            };
            let (early, late) = (slope(0, 1), slope(1, 2));
            println!("{}{:>8.2}{:>8.2}", row(&name, programs.map(time)), late * 1e3, late / early);
        }
    }

    println!("\n{SIZE} operations at rank {RANK}:");
    println!("{}", row("check, elements", ELEMENTS.map(|(_, name)| name.to_owned())));
    for Measured { library, elements, .. } in measured {
        println!("{}", row(library.name, elements.map(time)));
    }
    println!("{}", row("check, ops an expression", EXPRESSIONS.map(|n| n.to_string())));
    for Measured { library, expressions, .. } in measured {
        println!("{}", row(library.name, expressions.map(time)));
    }

    println!("\n{}", row("clean build", ["CPU", "crates"].map(str::to_owned)));
    for Measured { library, built, .. } in measured {
        println!(
            "{}",
            row(library.name, [format!("{:.1} s", built.seconds), built.crates.to_string()])
        );
    }
}

/// A line of a table.
fn row<const N: usize>(name: &str, cells: [String; N]) -> String {
    format!("{name:<24}{}", cells.map(|cell| format!("{cell:>10}")).concat())
}
