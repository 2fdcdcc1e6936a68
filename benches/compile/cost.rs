//! What a compiler run costs: cargo and rustc as children, and the CPU time of one.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::library::Library;

/// The CPU time, user and system, of a command and its children, in seconds.
///
/// The standard library cannot tell; bash's `time` can, to the millisecond.
pub fn cpu_seconds(command: &Command) -> Result<f64, String> {
    let timed = Command::new("bash")
        .args(["-c", "TIMEFORMAT='%U %S'; time \"$@\" 2>&1", "bash"])
        .arg(command.get_program())
        .args(command.get_args())
        .envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))))
        .env("LC_ALL", "C")
        .output()
        .map_err(|error| format!("bash, which times it: {error}"))?;
    if !timed.status.success() {
        return Err(first_error(&timed.stdout));
    }
    let times = String::from_utf8_lossy(&timed.stderr);
    times
        .split_whitespace()
        .map(str::parse::<f64>)
        .sum::<Result<f64, _>>()
        .map_err(|_| format!("bash gave `{times}` as times"))
}

/// What `command` prints.
fn output(command: &mut Command) -> Result<String, String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(first_error(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The first line of a compiler's output that is an error.
fn first_error(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    let error = text.lines().find(|line| line.starts_with("error"));
    error.or(text.lines().last()).unwrap_or("no message").to_owned()
}

/// The compiler's name and version.
pub fn version() -> String {
    output(rustc().arg("--version")).expect("the compiler that built this is there").trim().to_owned()
}

fn tool(variable: &str, name: &str) -> Command {
    Command::new(std::env::var_os(variable).unwrap_or_else(|| name.into()))
}
fn rustc() -> Command {
    tool("RUSTC", "rustc")
}
fn cargo(subcommand: &str, package: &Path) -> Command {
    let mut command = tool("CARGO", "cargo");
    command.arg(subcommand).arg("--manifest-path").arg(package.join("Cargo.toml"));
    command.env("CARGO_INCREMENTAL", "0");
    command
}

/// A package that depends on `library` and holds nothing else, in a workspace of its own.
pub fn write_package(folder: &Path, library: &Library) -> Result<(), String> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let core = workspace.join("core").display().to_string().replace('\\', "/");
    let requirement = library.requirement.replace("CORE", &core);
    let manifest = format!(
        "[package]
name = \"program\"
version = \"0.0.0\"
edition = \"2024\"

[lib]
path = \"lib.rs\"

[dependencies]
{} = {requirement}

[workspace]
",
        library.name
    );
    let write = || {
        fs::create_dir_all(folder)?;
        fs::write(folder.join("Cargo.toml"), manifest)?;
        fs::write(folder.join("lib.rs"), "")?;
        // This workspace's own library has the crates that it is tested with.
        if library.requirement.contains("CORE") {
            fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        }
        Ok(())
    };
    write().map_err(|error: std::io::Error| error.to_string())
}

/// A library that programs are checked against, as `cargo check` has it.
pub struct Dependency {
    name: &'static str,
    metadata: PathBuf,
}

impl Dependency {
    /// Checks the crates that the package in `folder` depends on.
    pub fn check(folder: &Path, name: &'static str) -> Result<Self, String> {
        let mut command = cargo("check", folder);
        command.arg("--message-format=json").arg("--target-dir").arg(folder.join("target"));
        let messages = output(&mut command)?;
        let mut words = messages.split('"');
        let file = format!("lib{name}-");
        let metadata = words.find(|word| word.contains(&file) && word.ends_with(".rmeta"));
        let metadata = metadata.ok_or("cargo names no metadata of it")?.replace("\\\\", "\\");
        Ok(Self { name, metadata: metadata.into() })
    }

    /// The compiler's run on the program at `path` that `cargo check` makes, with nothing kept between runs.
    pub fn check_command(&self, path: &Path) -> Command {
        let folder = self.metadata.parent().expect("a file is in a folder");
        let option = |start: &str, path: &Path| {
            let mut option = OsString::from(start);
            option.push(path);
            option
        };
        let mut command = rustc();
        command.args(["--edition=2024", "--crate-type=lib", "--crate-name=program", "--emit=metadata"]);
        command.args(["-C", "debuginfo=2", "-L"]).arg(option("dependency=", folder));
        command.arg("--extern").arg(option(&format!("{}=", self.name), &self.metadata));
        command.arg("-o").arg(path.with_extension("rmeta")).arg(path);
        command
    }
}

/// The number of crates, procedural macros and build dependencies included, that the package in `folder` depends on.
pub fn crates(folder: &Path) -> Result<usize, String> {
    let tree = output(cargo("tree", folder).args(["--edges=normal,build", "--prefix=none"]))?;
    // `name v1.2.3 (why it is here)`.
    let names: HashSet<_> = tree.lines().map(|line| line.split(" (").next()).collect();
    Ok(names.len() - 1)
}

/// The CPU seconds of building the package in `folder`, and all that it depends on, from nothing.
pub fn clean_build(folder: &Path) -> Result<f64, String> {
    let target = folder.join("clean");
    let remove = || if target.exists() { fs::remove_dir_all(&target) } else { Ok(()) };
    remove().map_err(|error| error.to_string())?;
    let seconds = cpu_seconds(cargo("build", folder).arg("--target-dir").arg(&target))?;
    remove().map_err(|error| error.to_string())?;
    Ok(seconds)
}
