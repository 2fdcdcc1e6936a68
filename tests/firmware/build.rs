//! Puts the memory layout where the linker looks for it. With the feature `c`, compiles the
//! counterparts in C, and with `cmsis` those that call CMSIS-DSP.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The target options of the C compiler.
const MACHINE: [&str; 4] = ["-mcpu=cortex-m4", "-mthumb", "-mfpu=fpv4-sp-d16", "-mfloat-abi=hard"];
/// The other options. `errno` is not used, as in Rust, so that a square root is an instruction.
const OPTIONS: [&str; 5] =
    ["-O2", "-Ic", "-fno-math-errno", "-ffunction-sections", "-fdata-sections"];
/// The sources of CMSIS-DSP that the counterparts call, in its folder `Source`.
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
    // The QEMU machine for the target.
    let is_armv8 = env::var("TARGET").is_ok_and(|target| target.starts_with("thumbv8m"));
    let machine = if is_armv8 { "mps3-an547" } else { "mps2-an386" };
    println!("cargo:rustc-link-search={}/{machine}", env!("CARGO_MANIFEST_DIR"));
    println!("cargo:rerun-if-changed={machine}/memory.x");
    if env::var_os("CARGO_FEATURE_C").is_some() {
        twins();
    }
}

/// Compiles the counterparts, and prints the link options.
fn twins() {
    println!("cargo:rerun-if-changed=c");
    println!("cargo:rerun-if-env-changed=CMSIS_DSP");
    let mut objects = Vec::new();
    if env::var_os("CARGO_FEATURE_CMSIS").is_some() {
        let root = env::var("CMSIS_DSP").expect("CMSIS_DSP names a folder of sources");
        let root = Path::new(&root);
        // As in CMSIS-DSP's own build: unrolled, and with fused multiply-add by the compiler. The
        // first definition avoids the headers of CMSIS's core, whose intrinsics are for integers.
        let options = ["-D__GNUC_PYTHON__", "-DARM_MATH_LOOPUNROLL"].map(String::from);
        let folders =
            ["Include", "PrivateInclude"].map(|name| format!("-I{}", root.join(name).display()));
        let options = [options, folders].concat();
        objects.extend(CMSIS_DSP.map(|file| compiled(&root.join("Source").join(file), &options)));
        objects.extend(sources("c/cmsis").iter().map(|file| compiled(file, &options)));
    } else {
        // No fused multiply-add, as in Rust.
        let options =
            ["-std=c99", "-Wall", "-Wextra", "-Werror", "-ffp-contract=off"].map(String::from);
        objects.extend(sources("c").iter().map(|file| compiled(file, &options)));
    }
    let library = out_dir().join("libtwins.a");
    // `ar` would keep the objects of an archive that exists already.
    let _ = fs::remove_file(&library);
    run(Command::new("arm-none-eabi-ar").arg("crs").arg(&library).args(&objects));
    println!("cargo:rustc-link-search=native={}", out_dir().display());
    println!("cargo:rustc-link-lib=static=twins");

    // The C library's functions of floats, and the parts of the C library that they need.
    let libm = run(Command::new("arm-none-eabi-gcc").args(MACHINE).arg("-print-file-name=libm.a"));
    let newlib = Path::new(libm.trim()).parent().expect("a folder");
    println!("cargo:rustc-link-search=native={}", newlib.display());
    for library in ["m", "c"] {
        println!("cargo:rustc-link-lib=static:-bundle={library}");
    }
}

/// The folder of the build's output.
fn out_dir() -> PathBuf {
    PathBuf::from(env::var("OUT_DIR").expect("cargo says where"))
}

/// The C sources in a folder.
fn sources(folder: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).expect("the twins").map(|entry| entry.expect("a file").path());
    files.filter(|file| file.extension().is_some_and(|name| name == "c")).collect()
}

/// Compiles a source, and returns the object file.
fn compiled(source: &Path, options: &[String]) -> PathBuf {
    let name = source.file_name().expect("a file");
    let object = out_dir().join(name).with_extension("o");
    let mut compiler = Command::new("arm-none-eabi-gcc");
    compiler.args(MACHINE).args(OPTIONS).args(options);
    run(compiler.arg("-c").arg(source).arg("-o").arg(&object));
    object
}

/// The output of a command, which must succeed.
fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {errors}");
    String::from_utf8(output.stdout).expect("text")
}
