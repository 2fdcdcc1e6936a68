//! Normalises 1797 handwritten digits by batch, as a formula and by the layer. Checks both against
//! NumPy and times them. Then prints three broadcasting bugs that do not compile, with the
//! compiler's messages.
//!
//! `cargo run --release --example batch_norm`

use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use shapewright::io::npy::{self, NpyElement, NpyError};
use shapewright::{Element, Shape, StaticShape, Tensor, dim, nn::BatchNorm, prelude::*, shape};

// Named lengths: an axis of samples never matches an axis of features, whatever their lengths.
dim!(Samples = 1797, Features = 64);

type Data = Tensor<f32, shape![Samples, Features]>;
type Statistic = Tensor<f32, shape![Features]>;

/// Added to the variance, so that a pixel that never changes is not divided by 0.
const EPS: f32 = 1e-5;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("batch_norm: a check failed");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("batch_norm: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Prints the report. Returns whether every check passed.
fn run() -> Result<bool, String> {
    let x: Data = read("digits.npy")?;

    // The core of this program. A statistic of another length, or over the other axis, would not
    // compile.
    let mean: Statistic = x.mean_axis(Samples).to_tensor();
    let var: Statistic = (&x - &mean).square().mean_axis(Samples).to_tensor();
    let written: Data = ((&x - &mean) / (&var + EPS).sqrt()).to_tensor();

    // The layer divides once per feature: it subtracts the mean, multiplies by the scale and adds
    // beta.
    let layer = BatchNorm::of(&x, EPS);
    let layered: Data = layer.forward(&x).to_tensor();

    let [samples, features] = x.shape().lengths();
    println!(
        "Batch normalisation of handwritten digits: {:?} = ({samples}, {features})\n",
        x.shape()
    );
    print_pictures(&x, &mean, &written)?;
    print_times(&x);
    print_figures(&mean, &var, &written);
    let passed = print_checks(&mean, &var, &written, &layered)?;
    print_mistakes();
    Ok(passed)
}

/// Reads a tensor of the examples' data.
fn read<T: Element + NpyElement, S: StaticShape>(name: &str) -> Result<Tensor<T, S>, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name);
    npy::read(&path).map_err(|error| match error {
        NpyError::Io { .. } => error.to_string(), // it contains the file name
        error => format!("{}: {error}", path.display()),
    })
}

/// Prints an image, the mean of all images, and the normalised image, side by side.
fn print_pictures(x: &Data, mean: &Statistic, normalised: &Data) -> Result<(), String> {
    const IMAGE: usize = 5;
    let labels: Tensor<u8, shape![Samples]> = read("digits_labels.npy")?;

    // A pixel is 0 to 16; a normalised pixel is around 0.
    let ink = |x: f32| ["  ", "░░", "▒▒", "▓▓", "██"][(x / 16.0 * 5.0).clamp(0.0, 4.0) as usize];
    let sign = |x: f32| match x {
        1.5.. => "██",
        0.5.. => "▓▓",
        -0.5.. => "··",
        _ => "  ",
    };
    println!(
        "  image {IMAGE}, a {:<12}mean of all           normalised (·· is near the mean)",
        labels[[IMAGE]]
    );
    for row in 0..8 {
        let line = |picture: &dyn Fn(usize) -> &'static str| -> String {
            (0..8).map(|column| picture(8 * row + column)).collect()
        };
        let before = line(&|pixel| ink(x[[IMAGE, pixel]]));
        let average = line(&|pixel| ink(mean[[pixel]]));
        let after = line(&|pixel| sign(normalised[[IMAGE, pixel]]));
        println!("  {before}      {average}      {after}");
    }
    println!();
    Ok(())
}

/// Prints how long each step takes when it writes to existing memory.
fn print_times(x: &Data) {
    let (mut mean, mut var) = (Statistic::zeros(), Statistic::zeros());
    let (mut copy, mut written, mut layered) = (Data::zeros(), Data::zeros(), Data::zeros());
    let layer = BatchNorm::of(x, EPS);

    /// Times an expression, and prints its source text.
    macro_rules! step {
        ($name:literal, $out:ident = $value:expr, reading $elements:expr) => {
            let time = median_time(|| {
                $out.assign($value);
                black_box(&mut $out);
            });
            let bytes = size_of::<f32>() * ($elements + $out.len());
            println!(
                "  {:<12}{:<45}{:<21}{:>6.1} µs{:>7.1} GB/s",
                $name,
                stringify!($value),
                format!("{:?}", $out.shape()),
                time.as_secs_f64() * 1e6,
                bytes as f64 / time.as_secs_f64() / 1e9,
            );
        };
    }
    println!("  {:<12}{:<45}{:<21}{:>9}{:>12}", "step", "expression", "result", "time", "traffic");
    step!("copy", copy = x, reading x.len());
    step!("mean", mean = x.mean_axis(Samples), reading x.len());
    step!("variance", var = (x - &mean).square().mean_axis(Samples), reading x.len() + mean.len());
    step!("as written", written = (x - &mean) / (&var + EPS).sqrt(), reading x.len() + 3 * mean.len());
    step!("by the layer", layered = layer.forward(x), reading x.len() + 3 * mean.len());
    println!(
        "  Medians of 500 runs. Traffic is each operand and each result once; 460 KB a tensor fit in cache.\n  \
         the layer is nn::BatchNorm: (x - mean) * scale + beta, where the formula as written divides.\n"
    );
}

/// The median of 500 runs, after 100 runs that warm up.
fn median_time(mut run: impl FnMut()) -> Duration {
    let timed = |_| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    let mut times: Vec<Duration> = (0..600).map(timed).skip(100).collect();
    times.sort();
    times[times.len() / 2]
}

/// Prints the ranges of the data and of the result.
fn print_figures(mean: &Statistic, var: &Statistic, normalised: &Data) {
    let constant: Vec<usize> = (0..var.len()).filter(|&pixel| var[[pixel]] == 0.0).collect();
    let varying = var.len() - constant.len();
    let result_var = normalised.var_axis(Samples).to_tensor();
    let lowest = |of: &Statistic| var.greater(0.0).where_(of, f32::INFINITY).min();

    println!(
        "  {:<21}{:>12}{:>12}",
        format!("{varying} of {} pixels", var.len()),
        "least",
        "greatest"
    );
    println!("  {:<21}{:>12.5}{:>12.5}", "mean", lowest(mean), mean.max());
    println!("  {:<21}{:>12.5}{:>12.5}", "variance", lowest(var), var.max());
    println!("  {:<21}{:>12.5}{:>12.5}", "normalised", normalised.min(), normalised.max());
    println!("  {:<21}{:>12.5}{:>12.5}", "  its variance", lowest(&result_var), result_var.max());
    println!(
        "  Pixels {constant:?} never change. A variance near EPS comes out below 1, by var / (var + EPS).\n"
    );
}

/// Compares with NumPy's results, and with properties of all normalised data. Returns whether every
/// error is within its bound.
fn print_checks(
    mean: &Statistic,
    var: &Statistic,
    written: &Data,
    layered: &Data,
) -> Result<bool, String> {
    let numpy_mean: Tensor<f64, shape![Features]> = read("digits_mean.npy")?;
    let numpy_var: Tensor<f64, shape![Features]> = read("digits_var.npy")?;
    let numpy: Data = read("digits_normalised.npy")?;

    // The error is relative to NumPy's value where that value is above 1. NaN stays NaN in `max`,
    // and exceeds every bound.
    let off = |ours: f32, numpys: f64| (f64::from(ours) - numpys).abs() / numpys.abs().max(1.0);
    let off_numpy = |y: &Data| y.zip_with(&numpy, |ours, numpys| off(ours, numpys.into())).max();

    let y = written.map(f64::from).to_tensor();
    let unit = (&numpy_var / (&numpy_var + f64::from(EPS))).to_tensor();
    let zeros = numpy_var.equal(0.0).where_(written.abs().maximum(layered.abs()), 0.0);

    // Rounding to f32 is off by up to 6e-8 of the value: once in the mean, whose sum is exact here,
    // and some eight times in the formula.
    let checks = [
        ("mean", "NumPy, in f64", mean.zip_with(&numpy_mean, off).max(), 1e-7),
        ("variance", "NumPy, in f64", var.zip_with(&numpy_var, off).max(), 5e-7),
        ("as written", "NumPy, in f64", off_numpy(written), 5e-7),
        ("by the layer", "NumPy, in f64", off_numpy(layered), 1e-6),
        ("mean of the result", "0", y.mean_axis(Samples).abs().max(), 5e-7),
        (
            "variance of the result",
            "var / (var + EPS)",
            (y.var_axis(Samples) - &unit).abs().max(),
            5e-7,
        ),
        ("constant pixels", "0, exactly", zeros.max().into(), 0.0),
    ];
    println!("  {:<25}{:<20}{:>12}{:>12}", "check", "against", "largest off", "allowed");
    let short = |x: f64| if x == 0.0 { "0".to_string() } else { format!("{x:.1e}") };
    let mut passed = true;
    for (what, against, off, allowed) in checks {
        let fits = off <= allowed;
        passed &= fits;
        let verdict = if fits { "ok" } else { "FAILED" };
        println!("  {what:<25}{against:<20}{:>12}{:>12}   {verdict}", short(off), short(allowed));
    }
    println!();
    Ok(passed)
}

/// Prints the messages that the compiler gave when the suite of mistakes was last recorded.
fn print_mistakes() {
    macro_rules! message {
        ($name:literal) => {
            include_str!(concat!("../tests/ui/broadcast/", $name, ".stderr"))
        };
    }
    let mistakes = [
        (
            "Lengths that do not fit: NumPy raises, but only when the line runs.",
            message!("a_statistic_per_row_does_not_broadcast_at_1000"),
        ),
        (
            "A vector with a column: NumPy returns (3, 3) without a word, and the mean over it hides the bug.",
            message!("a_vector_with_a_column_does_not_broadcast_at_3"),
        ),
        (
            "The right length on the wrong axis, both 1000 here: NumPy subtracts it, and cannot know.",
            message!("statistics_along_the_wrong_axis_do_not_broadcast_at_1000"),
        ),
    ];
    println!("Three mistakes that do not compile, and what the compiler says, abridged:");
    for (k, (caption, stderr)) in mistakes.iter().enumerate() {
        println!("\n{}. {caption}", k + 1);
        essence(stderr).for_each(|line| println!("  {line}"));
    }
}

/// The important lines of an error: its first line, the user's line, the marked line, and the note
/// that says how to fix it.
fn essence(stderr: &str) -> impl Iterator<Item = &str> {
    let code = |line: &&str| line.contains(" | ");
    let first = stderr.lines().take(1);
    let marked = stderr.lines().filter(code).take(2);
    let note =
        stderr.lines().find(|line| line.contains("= note: ") && !line.contains("required for"));
    first.chain(marked).chain(note)
}
