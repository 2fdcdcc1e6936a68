//! The nightly pipeline as a whole. It computes statistics of a data set that is larger than
//! memory, in batches and in parallel, and saves them to `.npy`. The program that uses the
//! statistics has them in its binary.
//!
//! `cargo run --release --example pipeline`
//!
//! In the incident that led to this library, the statistics were over another axis, and the run
//! crashed at night. Here `include_npy!` reads the files when the program is built: if their shape
//! is another, the build fails, and the error names the file and both shapes. `BatchNorm` refuses
//! statistics that are not those of its channels in the same way.

use std::error::Error;
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use shapewright::nn::{BatchNorm, ChannelMoments};
use shapewright::{Flash, Tensor, include_npy, io::npy, prelude::*};

dim!(Rows); // rows of a file or of a batch, known at run time
dim!(Pixels = 64);

/// The statistics of the previous run, in the binary.
static MEAN: Tensor<f32, shape![Pixels], Flash> = include_npy!("mean.npy");
static VAR: Tensor<f32, shape![Pixels], Flash> = include_npy!("var.npy");

const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/pipeline");

type Batch = Tensor<f32, shape![?Rows, Pixels]>;

/// The statistics of one file, in batches of up to 100 rows.
fn statistics_of(file: &Path) -> Result<ChannelMoments<Pixels>, npy::NpyError> {
    let rows: Batch = npy::read(file)?;
    let batches = rows.axis_chunks(Rows, 100).map(|batch| ChannelMoments::of(&batch));
    Ok(batches.fold(ChannelMoments::none(Pixels), ChannelMoments::merge))
}

/// The statistics of all files, which are read in parallel. They are merged in the order of the
/// files, so the result has the same bits whichever is read first.
fn statistics(files: &[PathBuf]) -> Result<ChannelMoments<Pixels>, npy::NpyError> {
    let style = ProgressStyle::with_template("{bar:30} {pos} of {len} files").expect("a template");
    let progress = ProgressBar::new(files.len() as u64).with_style(style);
    let parts: Result<Vec<_>, _> =
        files.par_iter().map(|file| statistics_of(file).inspect(|_| progress.inc(1))).collect();
    progress.finish();
    Ok(parts?.into_iter().fold(ChannelMoments::none(Pixels), ChannelMoments::merge))
}

/// Writes the data of a day: 13 files of different lengths, made of the digits.
fn write_files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let digits: Batch = npy::read(concat!(env!("CARGO_MANIFEST_DIR"), "/data/digits.npy"))?;
    std::fs::create_dir_all(folder)?;
    let (mut files, mut from) = (Vec::new(), 0);
    for number in 0..13 {
        let len = if number < 12 { 90 + 7 * number } else { digits.shape().0.len() - from };
        let path = folder.join(format!("part-{number:02}.npy"));
        npy::write(&path, &digits.narrow(Rows, from, Rows.of(len)).to_tensor())?;
        (files, from) = ([files, vec![path]].concat(), from + len);
    }
    Ok(files)
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::temp_dir().join(format!("shapewright-pipeline-{}", std::process::id()));
    let files = write_files(&folder)?;
    let seen = statistics(&files)?;
    std::fs::remove_dir_all(&folder)?;
    println!("{} rows in {} files", seen.count(), files.len());

    // Saves the statistics for the next build.
    let (mean, var) = (seen.mean(), seen.var(0));
    if (&mean, &var) == (&MEAN.to_tensor(), &VAR.to_tensor()) {
        println!("the statistics are those in this program");
    } else {
        npy::write(format!("{HERE}/mean.npy"), &mean)?;
        npy::write(format!("{HERE}/var.npy"), &var)?;
        println!("the statistics are new, and in the next build");
    }

    // Uses the statistics that the program was built with.
    let (gamma, beta) =
        (Tensor::<f32, shape![Pixels]>::ones(), Tensor::<f32, shape![Pixels]>::zeros());
    let norm = BatchNorm::new(gamma.view(), beta.view(), MEAN.view(), VAR.view(), 1e-5);
    let digits: Batch = npy::read(concat!(env!("CARGO_MANIFEST_DIR"), "/data/digits.npy"))?;
    let normalised = norm.forward(&digits).to_tensor();
    println!("normalised: mean {:.1e}, deviation {:.4}", normalised.mean(), normalised.std());
    Ok(())
}
