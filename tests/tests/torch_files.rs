//! Each file of PyTorch's results, and each layer in it, is read by a test.

use std::collections::BTreeSet;
use std::fs;

use shapewright_tests::goldens::Goldens;

#[test]
fn each_file_and_each_layer_is_read() {
    let sources: Vec<_> = fs::read_dir("tests")
        .expect("the tests")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| {
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("torch_"))
        })
        .map(|path| fs::read_to_string(path).expect("a source"))
        .collect();
    let files: BTreeSet<_> = fs::read_dir("nn/goldens")
        .expect("the files")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "safetensors"))
        .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
        .collect();
    assert!(files.len() > 10, "the files were not found");
    for file in files {
        let layers = Goldens::read(&file).layers();
        let quotes = |source: &String, name: &str| source.contains(&format!("\"{name}\""));
        let reads = sources.iter().find(|source| quotes(source, &file));
        let source = reads.unwrap_or_else(|| panic!("no test reads {file}.safetensors"));
        for layer in layers {
            assert!(
                quotes(source, &layer) && source.contains("are_all("),
                "no test of {layer} in {file}"
            );
        }
    }
}
