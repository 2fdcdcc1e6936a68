//! Puts the memory's layout where the linker looks for it; with the feature `c`, compiles the twins
//! in C, and with `cmsis` those that call CMSIS-DSP.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What C is compiled for.
const MACHINE: [&str; 4] = ["-mcpu=cortex-m4", "-mthumb", "-mfpu=fpv4-sp-d16", "-mfloat-abi=hard"];
/// How it is. Nothing is asked of `errno`, as nothing is in Rust: a root is an instruction.
const OPTIONS: [&str; 5] = ["-O2", "-Ic", "-fno-math-errno", "-ffunction-sections", "-fdata-sections"];
/// What the twins call of CMSIS-DSP, in its folder `Source`.
const CMSIS_DSP: [&str; 20] = [
    "BasicMathFunctions/arm_add_f32.c",
    "BasicMathFunctions/arm_clip_f32.c",
    "BasicMathFunctions/arm_dot_prod_f32.c",
    "BasicMathFunctions/arm_mult_f32.c",
    "BasicMathFunctions/arm_offset_f32.c",
    "BasicMathFunctions/arm_scale_f32.c",
    "BasicMathFunctions/arm_sub_f32.c",
    "FastMathFunctions/arm_vexp_f32.c",
    "FilteringFunctions/arm_fir_f32.c",
    "FilteringFunctions/arm_fir_init_f32.c",
    "MatrixFunctions/arm_mat_add_f32.c",
    "MatrixFunctions/arm_mat_mult_f32.c",
    "MatrixFunctions/arm_mat_sub_f32.c",
    "MatrixFunctions/arm_mat_trans_f32.c",
    "MatrixFunctions/arm_mat_vec_mult_f32.c",
    "StatisticsFunctions/arm_accumulate_f32.c",
    "StatisticsFunctions/arm_max_f32.c",
    "StatisticsFunctions/arm_max_no_idx_f32.c",
    "StatisticsFunctions/arm_mean_f32.c",
    "StatisticsFunctions/arm_var_f32.c",
];

fn main() {
    // The machine that QEMU is asked for, by the target.
    let is_armv8 = env::var("TARGET").is_ok_and(|target| target.starts_with("thumbv8m"));
    let machine = if is_armv8 { "mps3-an547" } else { "mps2-an386" };
    println!("cargo:rustc-link-search={}/{machine}", env!("CARGO_MANIFEST_DIR"));
    println!("cargo:rerun-if-changed={machine}/memory.x");
    if env::var_os("CARGO_FEATURE_C").is_some() {
        twins();
    }
}

/// Compiles the twins, and says what to link them with.
fn twins() {
    println!("cargo:rerun-if-changed=c");
    println!("cargo:rerun-if-env-changed=CMSIS_DSP");
    let mut objects = Vec::new();
    if env::var_os("CARGO_FEATURE_CMSIS").is_some() {
        let root = env::var("CMSIS_DSP").expect("CMSIS_DSP names a folder of sources");
        let root = Path::new(&root);
        // As its own build has it: unrolled, and contracted by the compiler. The first definition
        // does without the headers of CMSIS's core, whose intrinsics are of integers.
        let options = ["-D__GNUC_PYTHON__", "-DARM_MATH_LOOPUNROLL"].map(String::from);
        let folders = ["Include", "PrivateInclude"].map(|name| format!("-I{}", root.join(name).display()));
        let options = [options, folders].concat();
        objects.extend(CMSIS_DSP.map(|file| compiled(&root.join("Source").join(file), &options)));
        objects.extend(sources("c/cmsis").iter().map(|file| compiled(file, &options)));
    } else {
        // Nor does Rust contract.
        let options = ["-std=c99", "-Wall", "-Wextra", "-Werror", "-ffp-contract=off"].map(String::from);
        objects.extend(sources("c").iter().map(|file| compiled(file, &options)));
    }
    let library = out_dir().join("libtwins.a");
    // What an archive holds already would stay in it.
    let _ = fs::remove_file(&library);
    run(Command::new("arm-none-eabi-ar").arg("crs").arg(&library).args(&objects));
    println!("cargo:rustc-link-search=native={}", out_dir().display());
    println!("cargo:rustc-link-lib=static=twins");

    // The C library's functions of floats, and what they need of the rest.
    let libm = run(Command::new("arm-none-eabi-gcc").args(MACHINE).arg("-print-file-name=libm.a"));
    let newlib = Path::new(libm.trim()).parent().expect("a folder");
    println!("cargo:rustc-link-search=native={}", newlib.display());
    for library in ["m", "c"] {
        println!("cargo:rustc-link-lib=static:-bundle={library}");
    }
}

/// Where what is compiled goes.
fn out_dir() -> PathBuf {
    PathBuf::from(env::var("OUT_DIR").expect("cargo says where"))
}

/// The sources in C of a folder.
fn sources(folder: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).expect("the twins").map(|entry| entry.expect("a file").path());
    files.filter(|file| file.extension().is_some_and(|name| name == "c")).collect()
}

/// The object that a source is compiled to.
fn compiled(source: &Path, options: &[String]) -> PathBuf {
    let name = source.file_name().expect("a file");
    let object = out_dir().join(name).with_extension("o");
    let mut compiler = Command::new("arm-none-eabi-gcc");
    compiler.args(MACHINE).args(OPTIONS).args(options);
    run(compiler.arg("-c").arg(source).arg("-o").arg(&object));
    object
}

/// What a command prints; it is to succeed.
fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {errors}");
    String::from_utf8(output.stdout).expect("text")
}
