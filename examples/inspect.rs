//! Prints the contents of a file of weights, and the struct that loads it: `cargo run --example
//! inspect model.safetensors`.
//!
//! The layers are guessed from the names and shapes of the tensors. Comments name what no file
//! contains: strides, paddings, and the functions between layers.

use std::process::ExitCode;

use shapewright::weights::{TensorInfo, WeightsError, WeightsFile};

#[path = "inspect/structs.rs"]
mod structs;

fn main() -> ExitCode {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let [path] = &paths[..] else {
        eprintln!("which file? cargo run --example inspect model.safetensors");
        return ExitCode::FAILURE;
    };
    match inspect(path) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn inspect(path: &str) -> Result<(), WeightsError> {
    let file = WeightsFile::read(path)?;
    let tensors: Vec<TensorInfo<'_>> = file.tensors().collect();
    let longest = tensors.iter().map(|tensor| tensor.name.chars().count()).max().unwrap_or(0);
    let mut all = 0u64;
    for tensor in &tensors {
        let elements: u64 = tensor.shape.iter().map(|&length| length as u64).product();
        let bytes = tensor.element_size.map(|size| elements * size as u64);
        all += bytes.unwrap_or(0);
        let bytes = bytes.map_or_else(|| "?".to_owned(), grouped);
        let (name, element, shape) = (tensor.name, tensor.element, format!("{tensor}"));
        // The shape comes after the name and the element type.
        let shape =
            shape.rsplit_once(" (").map_or_else(String::new, |(_, shape)| format!("({shape}"));
        println!("{name:<longest$}  {element:<5} {shape:<22} {bytes:>14} bytes");
    }
    println!("{} tensors, {} bytes\n", tensors.len(), grouped(all));
    println!("{}", structs::written(&tensors));
    Ok(())
}

/// A number with a comma between thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (k, digit) in digits.chars().enumerate() {
        if k > 0 && (digits.len() - k).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
