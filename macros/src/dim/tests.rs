//! The unit tests of `dim!`.

use super::*;
use crate::testing::{expands, input, invisible, tokens};

const DERIVE: &str = "#[derive(::core::clone::Clone, ::core::marker::Copy, \
    ::core::default::Default, ::core::cmp::PartialEq, ::core::cmp::Eq, ::core::hash::Hash,)]";

#[track_caller]
fn declares(source: &str, expected: &str) {
    let errors = parse(input(source)).expect("a root").2;
    assert_eq!(errors.listed(), []);
    expands(Ok(expand(input(source))), expected);
}

#[track_caller]
fn complains(source: &str, declared: usize, expected: &[(&str, &str)]) {
    let (_, declarations, errors) = parse(input(source)).expect("a root");
    assert_eq!(declarations.len(), declared);
    let listed = errors.listed();
    let actual: Vec<_> = listed.iter().map(|(place, message)| (&**place, &**message)).collect();
    assert_eq!(actual, expected);
}

/// The `Debug` impl of a length with this name.
fn debug_impl(name: &str) -> String {
    format!(
        "impl ::core::fmt::Debug for {name} {{ \
         fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {{ \
         kr::__private::name_and_length::<Self>(f) }} }}"
    )
}

fn literal_impl(name: &str, size: &str, value: u64) -> String {
    let bits = bits::of_literal(&tokens("kr"), value);
    format!(
        "impl kr::NamedLength for {name} {{ type Size = kr::Static<{size}>; type Bits = {bits}; \
         const NAME: &'static ::core::primitive::str = \"{name}\"; const VALUE: Self = Self; }}"
    )
}

#[test]
fn a_literal() {
    let (body, debug) = (literal_impl("Batch", "32", 32), debug_impl("Batch"));
    declares(
        "pub Batch = 32",
        &format!("#[doc = \"The length `Batch = 32`.\"] {DERIVE} pub struct Batch; {body} {debug}"),
    );
    let body = literal_impl("Batch", "1_000usize", 1000);
    declares(
        "Batch = 1_000usize,",
        &format!("#[doc = \"The length `Batch = 1000`.\"] {DERIVE} struct Batch; {body} {debug}"),
    );
    let body = literal_impl("Batch", "1", 1);
    declares(
        "Batch = {1}",
        &format!("#[doc = \"The length `Batch = 1`.\"] {DERIVE} struct Batch; {body} {debug}"),
    );
}

#[test]
fn attributes_and_visibility_stay() {
    let (body, debug) = (literal_impl("A", "0", 0), debug_impl("A"));
    declares(
        "#[doc = \"docs\"] #[must_use] pub(crate) A = 0",
        &format!("#[doc = \"docs\"] #[must_use] {DERIVE} pub(crate) struct A; {body} {debug}"),
    );
    declares(
        "#[doc(hidden)] pub(in a::b) A = 0",
        &format!(
            "#[doc(hidden)] #[doc = \"The length `A = 0`.\"] {DERIVE} pub(in a::b) struct A; {body} {debug}"
        ),
    );
}

#[test]
fn conditions_go_to_the_impl_too() {
    let (body, debug) = (literal_impl("A", "0", 0), debug_impl("A"));
    let doc = "#[doc = \"The length `A = 0`.\"]";
    declares(
        "#[cfg(test)] A = 0",
        &format!("#[cfg(test)] {doc} {DERIVE} struct A; #[cfg(test)] {body} #[cfg(test)] {debug}"),
    );
    let text = expand(input("#[cfg(test)] A = N")).to_string();
    assert_eq!(text.matches(&tokens_text("#[cfg(test)]")).count(), 3);
    complains("#[cfg(a)] A = 1, #[cfg(not(a))] A = 2", 2, &[]);
}

fn tokens_text(source: &str) -> String {
    tokens(source).to_string()
}

#[test]
fn expressions_become_one_hidden_constant() {
    for value in ["{2 * N}", "2 * N", "N", "a::N", "f::<A, B>()", "if a < b { 1 } else { 2 }"] {
        let bits = bits::of_constant(&tokens("kr"), &tokens("__LENGTH_OF_A"));
        let debug = debug_impl("A");
        declares(
            &format!("A = {value}"),
            &format!(
                "#[doc = \"The length `A`.\"] {DERIVE} struct A; const _: () = {{ \
                 #[allow(unused_braces, non_upper_case_globals)] \
                 const __LENGTH_OF_A: ::core::primitive::usize = {value}; \
                 impl kr::NamedLength for A {{ type Size = kr::Static<{{ __LENGTH_OF_A }}>; \
                 type Bits = {bits}; const NAME: &'static ::core::primitive::str = \"A\"; const VALUE: Self = Self; }} }}; \
                 {debug}"
            ),
        );
    }
}

#[test]
fn a_raw_name_is_shown_without_its_prefix() {
    let text = expand(input("r#type = 3")).to_string();
    assert!(text.contains("struct r#type"), "{text}");
    assert!(text.contains("str = \"type\""), "{text}");
}

#[test]
fn a_declaration_may_come_through_another_macro() {
    for visibility in ["", "pub", "pub(crate)"] {
        let through =
            [tokens("kr;"), invisible(tokens(visibility)), tokens("A ="), invisible(tokens("3"))];
        let through = through.into_iter().collect();
        assert_eq!(
            expand(through).to_string(),
            expand(input(&format!("{visibility} A = 3"))).to_string()
        );
    }
}

#[test]
fn a_length_is_needed() {
    complains("Batch =", 1, &[("Batch", "`Batch` needs a length: `dim!(Batch = 32)`")]);
    complains(
        "pub(crate) A =, B = 3",
        2,
        &[("A", "`A` needs a length: `dim!(pub(crate) A = 32)`")],
    );
    complains("A: usize = 3", 1, &[(":", "`=` and a length go after `A`: `dim!(A = 32)`")]);
    complains(
        "",
        0,
        &[(
            "",
            "name a length and give its number, `dim!(pub Batch = 32)`, or none, `dim!(pub Batch)`",
        )],
    );
}

#[test]
fn a_name_without_a_length_is_of_run_time() {
    for source in ["Batch", "pub Batch,", "#[cfg(a)] pub(crate) Batch, B = 3"] {
        let text = expand(input(source)).to_string();
        assert!(text.contains("type Size = kr :: RunTime ;"), "{text}");
        assert!(text.contains("pub const fn of (self"), "{text}");
        assert!(!text.contains("compile_error"), "{text}");
    }
}

#[test]
fn wrong_lengths() {
    let wanted = "is not a length: a length is a whole number or a const expression";
    for value in ["2.5", "\"a\"", "'a'", "true", "-3"] {
        complains(&format!("A = {value}"), 1, &[(value, &format!("`{value}` {wanted}"))]);
    }
    complains("A = 3u8", 1, &[("3u8", "`3u8` is not a length, which is a `usize`: write `3`")]);
}

#[test]
fn wrong_names() {
    complains(
        "A = 1, B = 2, A = N",
        2,
        &[("A", "`A` is declared twice: rename or remove this one")],
    );
    complains("A<T, U> = 3", 1, &[("<T, U>", "`A` takes no parameters: remove `<T, U>`")]);
    complains(
        "A<const N: usize> = 3",
        1,
        &[("<const N: usize>", "`A` takes no parameters: remove `<const N: usize>`")],
    );
    let declaration = "write a declaration as `pub Batch = 32`";
    complains("pub const A = 3", 0, &[("const", &format!("`const` is not a name: {declaration}"))]);
    complains("_ = N", 0, &[("_", &format!("`_` is not a name: {declaration}"))]);
    complains("3, A = 3", 1, &[("3", &format!("`3` is not a name: {declaration}"))]);
    complains("pub, A = 3", 1, &[("pub", &format!("a name is missing after this: {declaration}"))]);
    complains(
        "#[doc = \"A\"]",
        0,
        &[("#[doc = \"A\"]", &format!("a name is missing after this: {declaration}"))],
    );
}

#[test]
fn a_wrong_attribute_is_reported_by_syn() {
    let (_, declarations, errors) =
        parse(input("#[= 3] A = 1, #[doc hidden] B = 2")).expect("a root");
    let places: Vec<_> = errors.listed().into_iter().map(|(place, _)| place).collect();
    assert_eq!(places, ["=", "hidden"]);
    assert_eq!(declarations.len(), 1);
}

#[test]
fn wrong_separators() {
    complains(
        "A = 1; B = 2",
        2,
        &[(";", "declarations are separated by commas: write `,` for this `;`")],
    );
    complains("A = 1 B = 2", 2, &[("B", "a comma is missing before `B`")]);
    complains("A = 1 pub B = 2", 2, &[("pub", "a comma is missing before `pub`")]);
    complains("A = N #[doc = \"B\"] B = 2", 2, &[("#", "a comma is missing before `#`")]);
    complains("A = 1,, B = 2", 2, &[(",", "a declaration is missing before this `,`")]);
}

#[test]
fn all_mistakes_at_once_and_the_names_are_declared() {
    let source = "A = 2.5, B<T> = 3, C =, A = 1";
    let (_, declarations, errors) = parse(input(source)).expect("a root");
    let places: Vec<_> = errors.listed().into_iter().map(|(place, _)| place).collect();
    assert_eq!(places, ["2.5", "<T>", "C", "A"]);
    assert_eq!(declarations.len(), 3);
    let text = expand(input(source)).to_string();
    assert_eq!(text.matches("compile_error").count(), 4);
    assert_eq!(text.matches("struct").count(), 3);
}
