//! UNSAFE.md lists each file of the library with unsafe code, and no others.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The files that a text lists in the form `tensor/{create, parts}.rs`.
fn named(text: &str) -> BTreeSet<String> {
    let list = text.split("Files with unsafe code:").nth(1).expect("the list of files");
    let quoted = list.split('`').skip(1).step_by(2).filter(|name| name.ends_with(".rs"));
    quoted.flat_map(one_each).collect()
}

/// Expands `a/{b, c}/{d, e}.rs` to its four files.
fn one_each(name: &str) -> Vec<String> {
    match name.split_once('{').map(|(before, rest)| (before, rest.split_once('}').expect("closed")))
    {
        None => vec![name.to_owned()],
        Some((before, (inside, after))) => inside
            .split(',')
            .flat_map(|part| one_each(&format!("{before}{}{after}", part.trim())))
            .collect(),
    }
}

/// Collects the files below a folder that have unsafe code outside their tests.
fn with_unsafe_code(folder: &Path, root: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("the sources") {
        let path = entry.expect("a file").path();
        if path.is_dir() {
            with_unsafe_code(&path, root, found);
            continue;
        }
        let text = fs::read_to_string(&path).expect("a source");
        let mut lines = text.lines().map(str::trim_start).filter(|line| !line.starts_with("//"));
        if !path.ends_with("tests.rs")
            && lines.any(|line| {
                ["unsafe {", "unsafe impl", "unsafe fn", "unsafe trait"]
                    .iter()
                    .any(|word| line.contains(word))
            })
        {
            found.insert(
                path.strip_prefix(root).expect("below").to_str().expect("a name").to_owned(),
            );
        }
    }
}

#[test]
fn the_list_is_whole() {
    let root = Path::new("../core/src");
    let mut there = BTreeSet::new();
    with_unsafe_code(root, root, &mut there);
    assert!(there.len() > 30, "the sources were not found");
    let listed = named(&fs::read_to_string("../UNSAFE.md").expect("UNSAFE.md"));
    assert_eq!(
        there.difference(&listed).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "are not listed"
    );
    let gone = listed.difference(&there).collect::<Vec<_>>();
    assert_eq!(gone, Vec::<&String>::new(), "have no unsafe code");
}

#[test]
fn braces_are_read() {
    assert_eq!(one_each("a/{b, c}/{d, e}.rs"), ["a/b/d.rs", "a/b/e.rs", "a/c/d.rs", "a/c/e.rs"]);
}
