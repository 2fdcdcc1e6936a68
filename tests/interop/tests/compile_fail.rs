//! Mistakes do not compile, and the compiler's message for each is readable. Each is a file
//! `ui/<library>/<a_sentence>.rs`, with the message next to it. After a change to a message run
//! `TRYBUILD=overwrite cargo test -p shapewright-interop-tests --test compile_fail`, and read the
//! files that differ.

use std::fs;

#[test]
fn mistakes_do_not_compile() {
    trybuild::TestCases::new().compile_fail("ui/*/*.rs");
}

/// If another library's trait is not implemented, the compiler says so in words that this library
/// cannot change.
const NOT_OURS: [&str; 1] = ["ui/bytemuck/a_tensor_on_the_heap_is_no_plain_bytes.stderr"];

/// The first line states the mistake, and contains no internal names.
#[test]
fn first_lines_are_readable() {
    let mut read = 0;
    for library in fs::read_dir("ui").expect("the cases") {
        for case in fs::read_dir(library.expect("a folder").path()).expect("a folder") {
            let path = case.expect("a file").path();
            if path.extension().is_some_and(|extension| extension == "stderr") {
                let text = fs::read_to_string(&path).expect("what is said");
                let errors: Vec<&str> =
                    text.lines().filter(|line| line.starts_with("error")).collect();
                assert_eq!(errors.len(), 1, "{}: one mistake, one error", path.display());
                let internal = ["trait bound", "UInt", "interop::", "ArrayBase", "Storage"];
                let readable = internal.iter().all(|word| !errors[0].contains(word));
                let is_ours = !NOT_OURS.iter().any(|name| path.ends_with(name));
                assert!(readable == is_ours, "{}", errors[0]);
                read += 1;
            }
        }
    }
    assert!(read > 0, "there are no cases");
}
