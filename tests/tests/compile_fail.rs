//! Mistakes do not compile, and the compiler's message for each is readable.
//!
//! A case is a file `ui/<group>/<a_sentence>.rs`: one mistake, as a user would make it. The
//! `.stderr` file next to it has the compiler's exact message. After a change to a message run
//! `TRYBUILD=overwrite cargo test -p shapewright-tests --test compile_fail`, read every file that
//! differs before you keep it, and run the tests again: [`first_lines_are_readable`] finds messages
//! that are certainly bad, but not whether one is good.
//!
//! trybuild runs `cargo check`, as an editor does. Mistakes that only a full build finds
//! (`const { .. }` blocks in generic code, which are evaluated when the code is instantiated) are
//! in `ui/full_build`. The cases there call their functions from `main`, because even a full build
//! does not report a function that is never called. One mistake cannot be tested here, because this
//! package has an allocator: an expression that needs more scratch than the stack provides, in a
//! build without `alloc`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The groups that `cargo check` refuses.
const GROUPS: [&str; 21] = [
    "batch_norm",
    "broadcast",
    "claims",
    "construction",
    "elements",
    "evaluation",
    "imports",
    "included",
    "layers",
    "lengths",
    "macros",
    "matmul",
    "parts",
    "rearranging",
    "receivers",
    "reductions",
    "run_time",
    "soundness",
    "square_matrices",
    "three_operands",
    "weights",
];

/// The group that a full build refuses, and its one case that a full build accepts, which makes
/// trybuild run `cargo build`.
const FULL_BUILD: (&str, &str) = ("full_build", "what_adds_up_compiles");

#[test]
fn mistakes_do_not_compile() {
    let cases = trybuild::TestCases::new();
    let shows = can_show();
    for group in GROUPS {
        for case in sources(Path::new("ui").join(group)).into_iter().filter(|case| shows(case)) {
            cases.compile_fail(case);
        }
    }
}

/// Whether a case can be compared here. Some messages show lines of the standard library's source,
/// which rustup's component `rust-src` installs.
fn can_show() -> impl Fn(&PathBuf) -> bool {
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output().expect("a compiler");
    let sysroot = PathBuf::from(String::from_utf8_lossy(&sysroot.stdout).trim());
    let is_there = sysroot.join("lib/rustlib/src/rust/library").exists();
    move |case| {
        let shows = is_there
            || !fs::read_to_string(case.with_extension("stderr"))
                .is_ok_and(|text| text.contains("$RUST"));
        if !shows {
            println!(
                "skipped: {}: it shows the standard library's source: rustup component add rust-src",
                case.display()
            );
        }
        shows
    }
}

#[test]
fn mistakes_do_not_build() {
    let (group, right) = FULL_BUILD;
    let cases = trybuild::TestCases::new();
    cases.pass(format!("ui/{group}/{right}.rs"));
    let shows = can_show();
    for case in sources(Path::new("ui").join(group)).into_iter().filter(|case| shows(case)) {
        if case.file_stem().is_some_and(|name| name != right) {
            cases.compile_fail(case);
        }
    }
}

/// Cases that show several errors, or a warning, on purpose.
const SEVERAL: &[(&str, &str)] = &[
    ("macros/all_mistakes_of_a_shape_are_told_at_once", "four mistakes in one call"),
    ("macros/all_mistakes_of_a_tensor_are_told_at_once", "five mistakes in one call"),
    (
        "macros/all_mistakes_of_declarations_are_told_at_once_and_uses_are_none",
        "four mistakes in one call",
    ),
    ("macros/a_tensor_begins_with_an_integer", "two literals differ from the first"),
    (
        "weights/an_included_network_without_its_eps",
        "the struct has it, and so has what is made of it in the binary",
    ),
    ("weights/all_mistakes_of_attributes_are_told_at_once", "eight mistakes in one struct"),
    (
        "construction/a_shape_of_one_axis_has_a_comma",
        "the compiler warns of the parentheses, which is half the answer",
    ),
    (
        "layers/a_sequence_of_one_layer_without_a_comma",
        "the compiler warns of the parentheses, which is half the answer",
    ),
];

/// Words that no first line may contain: internal names, and the compiler's words where this
/// library has no message.
const NOT_FOR_USERS: &[&str] = &[
    // Internal types and traits.
    "typenum",
    "UInt",
    "UTerm",
    "List",
    "Tuple",
    "Gone",
    "FromEnd",
    "Further",
    "BothSides",
    "PickFull",
    "JoinFirst",
    "JoinShorter",
    "JoinInner",
    "IndexedBy",
    "FitsAxis",
    "FindAxis",
    "HasAxes",
    "AxesOf",
    "FindPosition",
    "FindName",
    "ReplaceAxis",
    "AdmittedBy",
    "JoinsRest",
    "StandIn",
    "Shaped",
    "OneAxis",
    "InRange",
    "AxisArg",
    "IntoExpr",
    "sealed::",
    "::Elem",
    "::Shape",
    // Paths, where the name would do, and types that were not inferred yet.
    "shapewright::",
    "`_`",
    // The compiler's own words for a relation that does not hold.
    "the trait bound",
    "type mismatch resolving",
    "overflow evaluating",
    "trait bounds were not satisfied",
    "type annotations needed",
];

/// The maximum number of lines of an error, and the maximum if it includes the library's own
/// source, which the compiler shows for a method. A full build also shows how it reached the
/// constant, in any number of lines.
const LINES: (usize, usize) = (20, 26);

/// Cases whose message is not good enough yet, by the complaint. A case whose message has become
/// good must be removed from the list.
const NOT_GOOD_ENOUGH: &[(&str, &[&str])] = &[
    (
        "the method after the mistake, or its result, is refused too",
        &[
            "elements/a_mask_has_no_mean",
            "elements/a_function_to_something_that_is_not_an_element",
            "elements/whole_numbers_have_no_softmax",
            "matmul/masks_have_no_product",
            "rearranging/reshape_to_plain_numbers",
            "construction/a_variable_that_is_no_length",
            "layers/a_method_of_a_layer_whose_groups_do_not_divide",
            "rearranging/one_hot_to_nine_axes",
        ],
    ),
    (
        "the compiler's limit: a name that a shape has twice is ambiguous (E0283), which has no message",
        &["reductions/a_name_that_the_shape_has_twice"],
    ),
    (
        "the compiler's limit: it says what an associated type is, and names both shapes",
        &["broadcast/a_returned_expression_has_another_shape"],
    ),
    (
        "the compiler shows the impl by which it came to the axis before the marked one, or to several",
        &[
            "rearranging/concat_along_the_last_axis_with_another_rest",
            "rearranging/a_new_axis_is_named_twice",
            "rearranging/expand_dims_to_nine_axes",
            "rearranging/stack_to_nine_axes",
            "rearranging/expand_dims_to_nine_axes_at_the_end",
            "layers/a_mask_on_the_wrong_axes",
            "layers/a_mask_on_the_wrong_axes_by_name",
            "layers/a_window_longer_than_the_image_along_its_columns",
            "layers/a_window_longer_than_the_line",
            "layers/queries_of_one_axis",
        ],
    ),
    (
        "the compiler lists the ways in which two lists of axes can meet, as it knows one of them not at all",
        &["broadcast/axes_that_a_bound_on_the_shape_hides"],
    ),
    (
        "the compiler's limit: of two ways to index, by a number and by an index, it names the associated type of one",
        &["parts/a_vector_by_a_signed_number"],
    ),
    (
        "of two shapes whose elements are not counted both are told",
        &["rearranging/reshape_between_generic_lengths"],
    ),
    (
        "the compiler's limit: operators of numbers are std's, whose types it lists",
        &["elements/an_integer_before_f32", "elements/f64_before_f32"],
    ),
    (
        "the compiler's limit: a sealed trait is refused once for each of its items, and the types that have it are listed",
        &[
            "lengths/a_shape_is_not_implemented_by_hand",
            "elements/an_element_is_not_implemented_by_hand",
        ],
    ),
    (
        "the compiler's limit: two type parameters are explained at length",
        &["batch_norm/a_statistic_of_another_length_in_generic_code"],
    ),
    (
        "the compiler's limit: types that lifetimes alone tell apart it tells apart last, in words of its own",
        &[
            "soundness/a_subtype_does_not_broadcast_with_its_supertype",
            "soundness/a_subtype_is_no_inner_axis_of_its_supertype",
            "soundness/a_subtype_is_not_assigned_to_its_supertype",
            "soundness/a_subtype_is_not_joined_beside_its_supertype",
            "soundness/a_subtype_is_not_stacked_with_its_supertype",
        ],
    ),
    (
        "the compiler lists what else has weights: tensors, and the user's structs that are generic in a layer",
        &["weights/a_generic_layer_that_has_no_weights"],
    ),
    (
        "a test module that takes everything from its parent sees types by a glob import, which makes the compiler print their paths",
        &["imports/everything_from_the_parent_of_a_test_module"],
    ),
];

#[test]
fn first_lines_are_readable() {
    let groups: Vec<_> = entries(Path::new("ui"));
    let named: Vec<_> =
        GROUPS.iter().chain([&FULL_BUILD.0]).map(|group| Path::new("ui").join(group)).collect();
    assert!(
        groups.iter().all(|group| named.contains(group)),
        "a group in `ui` that no test runs: {groups:?}"
    );

    let mut complaints = Vec::new();
    for source in groups.into_iter().flat_map(sources) {
        let name =
            source.with_extension("").strip_prefix("ui").unwrap().to_str().unwrap().to_owned();
        if name == format!("{}/{}", FULL_BUILD.0, FULL_BUILD.1) {
            continue;
        }
        let message = fs::read_to_string(source.with_extension("stderr"));
        let message = message.unwrap_or_else(|error| panic!("{name} has no .stderr: {error}"));
        let found = complaints_about(&name, &message);
        let listed = NOT_GOOD_ENOUGH.iter().any(|(_, names)| names.contains(&&*name));
        if listed && found.is_empty() {
            complaints.push(format!("{name}: is good by now, remove it from NOT_GOOD_ENOUGH"));
        } else if !listed {
            complaints.extend(found.iter().map(|complaint| format!("{name}: {complaint}")));
        }
    }
    let several = SEVERAL.iter().map(|(name, _)| name);
    for name in NOT_GOOD_ENOUGH.iter().flat_map(|(_, names)| *names).chain(several) {
        assert!(
            Path::new("ui").join(name).with_extension("rs").exists(),
            "{name} is listed, but does not exist"
        );
    }
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}

/// The certain defects of a message.
fn complaints_about(name: &str, message: &str) -> Vec<String> {
    let mut found = Vec::new();
    let full_build = name.starts_with(FULL_BUILD.0);
    let errors = split(message);
    let several = SEVERAL.iter().any(|(listed, _)| *listed == name);
    if errors.len() != 1 && !several {
        found.push(format!("{} errors or warnings", errors.len()));
    }
    for error in &errors {
        let first = error[0];
        // An error without a number comes from our macros, in our words. The only exception is the
        // error that contains "is not general enough".
        let is_compilers = first.starts_with("error[") || first.contains("is not general enough");
        let words = if is_compilers { NOT_FOR_USERS } else { &[] };
        for word in words.iter().filter(|word| first.contains(**word)) {
            found.push(format!("`{word}` in the first line: {first}"));
        }
        let shows_library = error.iter().any(|line| line.starts_with("note: required by"));
        let limit = if shows_library { LINES.1 } else { LINES.0 };
        if error.len() > limit && !full_build {
            found.push(format!("{} lines", error.len()));
        }
        // The first location is the user's, except that a full build first shows where the constant
        // is evaluated.
        let mut places = error.iter().filter(|line| line.trim_start().starts_with("--> "));
        let is_users = |line: &&str| line.contains(&format!("--> ui/{name}.rs:"));
        let points =
            if full_build { places.any(is_users) } else { places.next().is_some_and(is_users) };
        if !points {
            found.push("does not point at the user's line".into());
        }
    }
    for line in message.lines() {
        if line.contains("the following other types implement") {
            found.push("a list of other types".into());
        }
        if ["/home/", "/root/", "/tmp/", "C:\\"].iter().any(|path| line.contains(path)) {
            found.push(format!("an absolute path: {line}"));
        }
    }
    found
}

/// The errors and warnings of a message, as lines, without empty lines at the end.
fn split(message: &str) -> Vec<Vec<&str>> {
    let mut errors: Vec<Vec<&str>> = Vec::new();
    for line in message.lines() {
        if line.starts_with("error") || line.starts_with("warning") {
            errors.push(Vec::new());
        }
        errors.last_mut().expect("a message begins with an error").push(line);
    }
    for error in &mut errors {
        while error.last().is_some_and(|line| line.is_empty()) {
            error.pop();
        }
    }
    errors
}

/// The entries of a folder, sorted.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    found.sort();
    found
}

/// The cases in a folder.
fn sources(folder: PathBuf) -> Vec<PathBuf> {
    entries(&folder)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}
