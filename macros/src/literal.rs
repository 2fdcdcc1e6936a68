//! Nested literals: what `[[1.0, 2.0], [3.0, 4.0]]` consists of. Whether it is regular is checked elsewhere.

use crate::error::Errors;
use crate::length::{self, Reading};
use crate::split::{Items, report_missing, split};
use crate::tokens::{as_group, inside, is_punct, unwrapped};
use proc_macro2::{Delimiter, TokenTree};

/// What stands between two commas.
#[derive(Debug)]
pub(crate) enum Item {
    Element(Vec<TokenTree>),
    List(List),
}

/// A list in brackets: an axis of the literal.
#[derive(Debug)]
pub(crate) struct List {
    /// The brackets with all that is in them; nothing for the macro's own.
    pub(crate) place: Vec<TokenTree>,
    pub(crate) items: Vec<Item>,
    /// How many items there are once `[item; length]` is written out; `None` if that is not known.
    pub(crate) length: Option<u64>,
}

/// Reads what the brackets of `tensor!` or `array!` hold; `name` is the macro's, for messages.
pub(crate) fn parse(tokens: &[TokenTree], name: &str, errors: &mut Errors) -> List {
    let items: Vec<_> = split(tokens, Items::Elements, errors)
        .into_iter()
        .map(|item| parse_item(item, name, errors))
        .collect();
    List { place: Vec::new(), length: Some(items.len() as u64), items }
}

fn parse_item(tokens: Vec<TokenTree>, name: &str, errors: &mut Errors) -> Item {
    // Only a single group can be a list: most items are spared the copies.
    let [TokenTree::Group(_)] = &*tokens else { return Item::Element(tokens) };
    let bare = unwrapped(tokens.clone());
    let Some(list) = as_list(&bare) else { return Item::Element(tokens) };
    let list = match list.iter().position(|token| is_punct(Some(token), ';')) {
        Some(at) => parse_repeated(&list[..at], &list[at..=at], &list[at + 1..], name, errors),
        None => parse(&list, name, errors),
    };
    Item::List(List { place: bare, ..list })
}

/// What the brackets hold if `tokens` are one list in brackets.
pub(crate) fn as_list(tokens: &[TokenTree]) -> Option<Vec<TokenTree>> {
    let [token] = tokens else { return None };
    as_group(Some(token), Delimiter::Bracket).map(inside)
}

/// Reads a row such as `[0.0; 3]`, which rustc writes out.
fn parse_repeated(
    value: &[TokenTree],
    semicolon: &[TokenTree],
    count: &[TokenTree],
    name: &str,
    errors: &mut Errors,
) -> List {
    let mut values = split(value, Items::Elements, errors);
    if let Some(second) = values.get(1) {
        errors.at(second, "one element goes before the `;` of a row");
        values.truncate(1);
    }
    if value.is_empty() {
        report_missing(semicolon, Items::Elements, errors);
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
    List { place: Vec::new(), items, length }
}

fn parse_count(count: &[TokenTree], name: &str, errors: &mut Errors) -> Option<u64> {
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
    use proc_macro2::TokenStream;

    fn outline(item: &Item) -> String {
        match item {
            Item::Element(tokens) => {
                tokens.iter().cloned().collect::<TokenStream>().to_string().replace(' ', "")
            }
            Item::List(list) => outline_of(list),
        }
    }

    fn outline_of(list: &List) -> String {
        let items: Vec<_> = list.items.iter().map(outline).collect();
        let length = list.length.map_or("?".into(), |length| length.to_string());
        format!("{length}[{}]", items.join(" "))
    }

    #[track_caller]
    fn reads(tokens: &[TokenTree], expected: &str) {
        let mut errors = Errors::default();
        assert_eq!(outline_of(&parse(tokens, "tensor", &mut errors)), expected);
        assert_eq!(errors.listed(), []);
    }

    #[track_caller]
    fn complains(source: &str, expected: &[(&str, &str)]) {
        let mut errors = Errors::default();
        parse(&tokens(source), "tensor", &mut errors);
        fails(errors.or(TokenStream::new()), expected);
    }

    #[test]
    fn lists_and_elements() {
        reads(&tokens(""), "0[]");
        reads(&tokens("1., f::<A, B>(x),"), "2[1. f::<A,B>(x)]");
        reads(&tokens("[1, 2], [3]"), "2[2[1 2] 1[3]]");
        reads(&tokens("[1, 2][0], &[1], ([1]), vec![1]"), "4[[1,2][0] &[1] ([1]) vec![1]]");
        reads(&tokens("[0.0; 3], [[1]; 2]"), "2[3[0.0] 2[1[1]]]");
        reads(&[invisible(tokens("[1, 2]"))], "1[2[1 2]]");
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
        complains("[0.0; 2.5]", &[("2.5", "`2.5` is not a length: a row repeats a whole number of times")]);
        let message = "a row's count must be a literal: write its number, or use `tensor![VALUE; AXES]`";
        complains("[0.0; N], [0.0; {N}]", &[("N", message), ("{N}", message)]);
    }
}
