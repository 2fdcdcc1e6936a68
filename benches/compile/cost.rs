//! Runs cargo and rustc as child processes, and measures the CPU time that they take.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::library::Library;

/// The CPU seconds, user and system, of a command and its children.
///
/// The standard library cannot measure this; bash's `time` can, to the millisecond.
pub fn cpu_seconds(command: &Command) -> Result<f64, String> {
    Ok(timed(command)?.0)
}

/// The CPU seconds of a command, and what it printed.
fn timed(command: &Command) -> Result<(f64, String), String> {
    // Bash's own stderr contains only the times.
    let mut bash = Command::new("bash");
    bash.args(["-c", "TIMEFORMAT='%U %S'; time \"$@\" 2>&1", "bash"]);
    bash.arg(command.get_program())
        .args(command.get_args())
        .env("LC_ALL", "C")
        .env("CARGO_INCREMENTAL", "0");
    let output = bash.output().map_err(|error| format!("bash, which times it: {error}"))?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        return Err(first_error(&printed));
    }
    let times = String::from_utf8_lossy(&output.stderr);
    let seconds: Result<f64, _> = times.split_whitespace().map(str::parse::<f64>).sum();
    Ok((seconds.map_err(|_| format!("bash gave `{times}` as times"))?, printed))
}

/// The first line of a compiler's output that is an error.
fn first_error(printed: &str) -> String {
    let error = printed.lines().find(|line| line.starts_with("error"));
    error.or(printed.lines().last()).unwrap_or("no message").to_owned()
}

/// The compiler's name and version.
pub fn version() -> String {
    let printed = timed(tool("RUSTC", "rustc").arg("--version"));
    printed.map_or_else(|error| error, |(_, version)| version.trim().to_owned())
}

/// The tool that cargo names in an environment variable, or the one on the path.
fn tool(variable: &str, name: &str) -> Command {
    Command::new(env::var_os(variable).unwrap_or_else(|| name.into()))
}

/// A library whose crates are built, so that programs can be checked against them.
pub struct Built {
    /// The CPU seconds of building the library and all its dependencies from scratch.
    pub seconds: f64,
    /// The number of crates: the library and all its dependencies, including procedural macros and
    /// build dependencies.
    pub crates: usize,
    name: &'static str,
    folder: PathBuf,
    metadata: PathBuf,
}

impl Built {
    /// Builds the default features of `library` in a package of its own in `folder`.
    pub fn new(folder: &Path, library: &Library) -> Result<Self, String> {
        let target = folder.join("target");
        write_package(folder, library).map_err(|error| error.to_string())?;
        if target.exists() {
            fs::remove_dir_all(&target).map_err(|error| error.to_string())?;
        }
        let cargo = |subcommand, options: &[&str]| cargo(folder, subcommand, options);

        // This command fetches the crates, too.
        let tree = timed(&cargo("tree", &["--quiet", "--edges=normal,build", "--prefix=none"]))?.1;
        // Each line is `name v1.2.3 (the source, or a mark that it was listed before)`.
        let others =
            tree.lines().filter(|line| line.contains(" v") && !line.starts_with("program "));
        let crates: HashSet<_> = others.map(|line| line.split(" (").next()).collect();

        let mut build = cargo("build", &["--message-format=json", "--target-dir"]);
        let (seconds, messages) = timed(build.arg(target))?;
        let metadata = metadata(library.name, &messages)?;
        Ok(Self {
            seconds,
            crates: crates.len(),
            name: library.name,
            folder: folder.to_owned(),
            metadata,
        })
    }

    /// The same library, built for release.
    pub fn optimised(&self) -> Result<Self, String> {
        let mut build =
            cargo(&self.folder, "build", &["--release", "--message-format=json", "--target-dir"]);
        let (seconds, messages) = timed(build.arg(self.folder.join("target")))?;
        let metadata = metadata(self.name, &messages)?;
        Ok(Self { seconds, metadata, folder: self.folder.clone(), ..*self })
    }

    /// The compiler run of `cargo check` for the program at `path`, without any incremental state.
    pub fn check(&self, path: &Path) -> Command {
        let mut rustc = self.rustc();
        rustc.arg("--emit=metadata").arg("-o").arg(path.with_extension("rmeta")).arg(path);
        rustc
    }

    /// The compiler run of a release build of the program at `path`, up to the linker.
    pub fn build(&self, path: &Path) -> Command {
        let mut rustc = self.rustc();
        rustc.args(["-Copt-level=3", "-Ccodegen-units=1", "--emit=obj"]);
        rustc.arg("-o").arg(path.with_extension("o")).arg(path);
        rustc
    }

    fn rustc(&self) -> Command {
        let folder = self.metadata.parent().expect("a file is in a folder");
        let mut rustc = tool("RUSTC", "rustc");
        rustc.args(["--edition=2024", "--crate-name=program", "--crate-type=lib"]);
        rustc.arg("-L").arg(format!("dependency={}", folder.display()));
        rustc.arg("--extern").arg(format!("{}={}", self.name, self.metadata.display()));
        rustc
    }
}

/// A run of cargo in the package in `folder`.
fn cargo(folder: &Path, subcommand: &str, options: &[&str]) -> Command {
    let mut cargo = tool("CARGO", "cargo");
    cargo.arg(subcommand).arg("--manifest-path").arg(folder.join("Cargo.toml")).args(options);
    cargo
}

/// The path of the metadata of the crate `name`, from cargo's messages.
fn metadata(name: &str, messages: &str) -> Result<PathBuf, String> {
    let file = format!("lib{name}-");
    let metadata =
        messages.split('"').find(|word| word.contains(&file) && word.ends_with(".rmeta"));
    Ok(metadata.ok_or("cargo names no metadata of it")?.replace("\\\\", "\\").into())
}

/// An empty package that depends on `library`, in a workspace of its own.
fn write_package(folder: &Path, library: &Library) -> std::io::Result<()> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let core = workspace.join("core").display().to_string().replace('\\', "/");
    let (name, requirement) = (library.name, library.requirement.replace("CORE", &core));
    let manifest = format!(
        r#"[package]
name = "program"
version = "0.0.0"
edition = "2024"

[lib]
path = "lib.rs"

[dependencies]
{name} = {requirement}

[workspace]
"#
    );
    fs::create_dir_all(folder)?;
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("lib.rs"), "")?;
    if requirement != library.requirement {
        // This workspace's own library is built with the dependencies that it is tested with.
        fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    }
    Ok(())
}
