//! A file that changes is included again: a crate is built, its files are changed, and it is built
//! again.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

const MAIN: &str = r#"
use shapewright::io::Included;
use shapewright::{Flash, Tensor, include_npy, include_safetensors, prelude::*};

static MEAN: Tensor<f32, shape![3], Flash> = include_npy!("../mean.npy");
static CONVERTED: Tensor<f32, shape![3], Flash> = include_npy!("../wide.npy" as f32);
const FILE: Included = include_safetensors!(concat!(env!("CARGO_MANIFEST_DIR"), "/model.safetensors"));
static BIAS: Tensor<f32, shape![3], Flash> = FILE.view("bias");

fn main() {
    println!("{} {} {}", MEAN.sum(), CONVERTED.sum(), BIAS.sum());
}
"#;

struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("included_again");
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        fs::create_dir_all(folder.join("src")).expect("a folder");
        let manifest = format!(
            "[package]\nname = \"again\"\nedition = \"2024\"\n[workspace]\n[dependencies]\nshapewright = {{ path = {:?}, \
             default-features = false }}\n",
            here.join("../core")
        );
        fs::write(folder.join("Cargo.toml"), manifest).expect("a manifest");
        fs::write(folder.join("src/main.rs"), MAIN).expect("a source");
        // With this lock file the crate is built with the versions of dependencies that are on this
        // machine.
        fs::copy(here.join("../Cargo.lock"), folder.join("Cargo.lock")).expect("the versions");
        Self(folder)
    }

    /// Writes the tensors of the crate, with these elements.
    fn write(&self, mean: &[f32], wide: &[f64], bias: &[f32]) {
        let bytes =
            |numbers: &[f32]| numbers.iter().flat_map(|x| x.to_le_bytes()).collect::<Vec<_>>();
        let npy = |descr: &str, len: usize, data: Vec<u8>| {
            let header =
                format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': ({len},), }}\n");
            let length = u16::try_from(header.len()).unwrap().to_le_bytes();
            [b"\x93NUMPY\x01\x00", &length[..], header.as_bytes(), &data].concat()
        };
        let header = format!(
            r#"{{"bias":{{"dtype":"F32","shape":[{}],"data_offsets":[0,{}]}}}}"#,
            bias.len(),
            4 * bias.len()
        );
        let model =
            [&(header.len() as u64).to_le_bytes(), header.as_bytes(), &bytes(bias)].concat();
        let wide_bytes = wide.iter().flat_map(|x| x.to_le_bytes()).collect();
        fs::write(self.0.join("mean.npy"), npy("<f4", mean.len(), bytes(mean))).expect("a file");
        fs::write(self.0.join("wide.npy"), npy("<f8", wide.len(), wide_bytes)).expect("a file");
        fs::write(self.0.join("model.safetensors"), model).expect("a file");
    }

    fn cargo(&self, command: &str) -> Output {
        let mut cargo = Command::new(env::var_os("CARGO").expect("cargo runs the tests"));
        cargo.args([command, "--quiet", "--offline"]).current_dir(&self.0);
        cargo.env("CARGO_TARGET_DIR", self.0.join("target")).env_remove("RUSTFLAGS");
        cargo.output().expect("cargo")
    }

    #[track_caller]
    fn prints(&self, expected: &str) {
        let output = self.cargo("run");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "{errors}");
    }

    #[track_caller]
    fn refuses(&self, problem: &str) {
        let output = self.cargo("check");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && errors.contains(problem), "{errors}");
    }
}

#[test]
fn a_file_that_changes_is_included_again() {
    let scratch = Scratch::new();
    scratch.write(&[1.0, 2.0, 3.0], &[0.5; 3], &[8.0; 3]);
    scratch.prints("6 1.5 24\n");
    scratch.write(&[10.0, 2.0, 3.0], &[0.5; 3], &[8.0; 3]);
    scratch.prints("15 1.5 24\n");
    scratch.write(&[10.0, 2.0, 3.0], &[1.5; 3], &[8.0; 3]);
    scratch.prints("15 4.5 24\n");
    scratch.write(&[10.0, 2.0, 3.0], &[1.5; 3], &[9.0; 3]);
    scratch.prints("15 4.5 27\n");
    scratch.write(&[1.0; 4], &[1.5; 3], &[9.0; 3]);
    scratch.refuses("../mean.npy is f32 (4,), and the type here says f32 (Dim<3>,)");
    scratch.write(&[1.0; 3], &[1.5; 3], &[9.0; 2]);
    scratch.refuses("model.safetensors: `bias` is F32 (2,), and the type says F32 (3,)");
    fs::remove_file(scratch.0.join("wide.npy")).expect("a file");
    scratch.refuses("../wide.npy: there is no such file");
    scratch.write(&[1.0; 3], &[1.5; 3], &[9.0; 3]);
    scratch.prints("3 4.5 27\n");
}
