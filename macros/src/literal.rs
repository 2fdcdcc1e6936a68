//! Parses nested literals such as `[[1.0, 2.0], [3.0, 4.0]]`. `check.rs` checks that they are
//! regular.

use crate::error::Errors;
use crate::length::{self, Reading};
use crate::split::{Items, report_missing, split, split_at_semicolon};
use crate::tokens::as_group;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The item between two commas.
#[derive(Debug)]
pub(crate) enum Item {
    Element(TokenStream),
    List(List),
}

/// A list in brackets: an axis of the literal.
#[derive(Debug)]
pub(crate) struct List {
    /// The brackets with their contents, at which mistakes in the list are reported. Empty for the
    /// macro's own brackets: their mistakes are reported at the whole call.
    pub(crate) place: TokenStream,
    pub(crate) items: Vec<Item>,
    /// The number of items after `[item; length]` is expanded; `None` if that is not known.
    pub(crate) length: Option<u64>,
}

/// Parses the contents of the brackets of `tensor!` or `array!`. `name` is the name of the macro,
/// for messages.
pub(crate) fn parse(tokens: TokenStream, name: &str, errors: &mut Errors) -> List {
    let items: Vec<_> = split(tokens, Items::Elements, errors)
        .into_iter()
        .map(|item| parse_item(item, name, errors))
        .collect();
    List { place: TokenStream::new(), length: Some(items.len() as u64), items }
}

fn parse_item(tokens: TokenStream, name: &str, errors: &mut Errors) -> Item {
    let Some(brackets) = as_list(&tokens) else { return Item::Element(tokens) };
    let list = match split_at_semicolon(brackets.stream()) {
        (value, Some((semicolon, count))) => parse_repeated(value, &semicolon, count, name, errors),
        (items, None) => parse(items, name, errors),
    };
    Item::List(List { place: TokenTree::from(brackets).into(), ..list })
}

/// The brackets, if `tokens` are exactly one list in brackets.
pub(crate) fn as_list(tokens: &TokenStream) -> Option<Group> {
    as_group(tokens, Delimiter::Bracket)
}

/// Reads a row such as `[0.0; 3]`. rustc expands it.
fn parse_repeated(
    value: TokenStream,
    semicolon: &TokenTree,
    count: TokenStream,
    name: &str,
    errors: &mut Errors,
) -> List {
    if value.is_empty() {
        report_missing(semicolon, Items::Elements, errors);
    }
    let mut values = split(value, Items::Elements, errors);
    if let Some(second) = values.get(1) {
        errors.at(second, "one element goes before the `;` of a row");
        values.truncate(1);
    }
    let counts = split(count, Items::Elements, errors);
    if let Some(second) = counts.get(1) {
        errors.at(second, "a row has one count: nest rows for more axes, as in `[[0.0; 3]; 2]`");
    }
    let length = match counts.first() {
        Some(count) => parse_count(count, name, errors),
        None => {
            errors.at(semicolon, "a count is missing after this `;`");
            None
        }
    };
    let items = values.into_iter().map(|value| parse_item(value, name, errors)).collect();
    List { place: TokenStream::new(), items, length }
}

fn parse_count(count: &TokenStream, name: &str, errors: &mut Errors) -> Option<u64> {
    match length::read(count, "a row repeats a whole number of times", errors) {
        Reading::Length(length) => Some(length.value),
        Reading::Refused => None,
        Reading::NoLiteral => {
            errors.at(
                count,
                format!("a row's count must be a literal: write its number, or use `{name}![VALUE; AXES]`"),
            );
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{fails, invisible, tokens};

    fn outline(item: &Item) -> String {
        match item {
            Item::Element(tokens) => tokens.to_string().replace(' ', ""),
            Item::List(list) => outline_of(list),
        }
    }

    fn outline_of(list: &List) -> String {
        let items: Vec<_> = list.items.iter().map(outline).collect();
        let length = list.length.map_or("?".into(), |length| length.to_string());
        format!("{length}[{}]", items.join(" "))
    }

    #[track_caller]
    fn reads(tokens: TokenStream, expected: &str) {
        let mut errors = Errors::default();
        assert_eq!(outline_of(&parse(tokens, "tensor", &mut errors)), expected);
        assert_eq!(errors.listed(), []);
    }

    #[track_caller]
    fn complains(source: &str, expected: &[(&str, &str)]) {
        let mut errors = Errors::default();
        parse(tokens(source), "tensor", &mut errors);
        fails(errors.or(TokenStream::new()), expected);
    }

    #[test]
    fn lists_and_elements() {
        reads(tokens(""), "0[]");
        reads(tokens("1., f::<A, B>(x),"), "2[1. f::<A,B>(x)]");
        reads(tokens("[1, 2], [3]"), "2[2[1 2] 1[3]]");
        reads(tokens("[1, 2][0], &[1], ([1]), vec![1]"), "4[[1,2][0] &[1] ([1]) vec![1]]");
        reads(tokens("[0.0; 3], [[1]; 2]"), "2[3[0.0] 2[1[1]]]");
        reads(invisible(tokens("[1, 2]")), "1[2[1 2]]");
    }

    #[test]
    fn wrong_rows() {
        complains(
            "[0.0; 3, 4]",
            &[("4", "a row has one count: nest rows for more axes, as in `[[0.0; 3]; 2]`")],
        );
        complains("[1., 2.; 3]", &[("2.", "one element goes before the `;` of a row")]);
        complains("[; 3]", &[(";", "an element is missing before this `;`")]);
        complains("[0.0;]", &[(";", "a count is missing after this `;`")]);
        complains(
            "[0.0; 2.5]",
            &[("2.5", "`2.5` is not a length: a row repeats a whole number of times")],
        );
        let message =
            "a row's count must be a literal: write its number, or use `tensor![VALUE; AXES]`";
        complains("[0.0; N], [0.0; {N}]", &[("N", message), ("{N}", message)]);
    }
}
