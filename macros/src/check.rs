//! Checks that a nested literal is regular, and finds its shape.
//!
//! The literal is visited level by level, as the lists of one level form one axis:
//!
//! 1. The level starts as the whole literal.
//! 2. The lists of a level must have the same length, which is the length of the axis. If more than
//!    half of them have one length, the others are reported. If not, those are reported that differ
//!    from the first list.
//! 3. The items of a level must be all lists or all elements; the minority is reported.
//! 4. The lists among the items form the next level, until a level has no lists.

use crate::error::Errors;
use crate::kinds;
use crate::literal::{Item, List};
use crate::maker::Maker;

/// The lengths of the literal's axes. Each irregularity is reported once, at its place.
pub(crate) fn lengths(literal: &List, maker: Maker, errors: &mut Errors) -> Vec<u64> {
    let mut lengths = Vec::new();
    let mut level = vec![literal];
    while let Some(first) = level.first() {
        if level.iter().all(|list| list.items.is_empty() && list.length == Some(0)) {
            report_empty(first, &lengths, maker, errors);
            break;
        }
        lengths.push(common_length(&level, errors));
        level = next_level(&level, maker, errors);
    }
    lengths
}

fn report_empty(list: &List, outer: &[u64], maker: Maker, errors: &mut Errors) {
    let (one, name) = (maker.described(), maker.name());
    let axes: String = outer.iter().map(|length| format!("{length}, ")).collect();
    // Empty outermost brackets could mean any shape with a zero, so the example is `0, 3`.
    let axes = if outer.is_empty() { "0, 3".into() } else { axes + "0" };
    errors.at(
        &list.place,
        format!("{one} without elements is written with its shape, as in `{name}![0.0; {axes}]`"),
    );
}

/// The length of the axis that the lists of `level` form; reports lists of another length.
fn common_length(level: &[&List], errors: &mut Errors) -> u64 {
    let written: Vec<&&List> =
        level.iter().filter(|list| list.length.is_some() && !list.items.is_empty()).collect();
    let Some(first) = written.first() else { return 0 };
    let having = |length| written.iter().filter(|list| list.length == length).count();
    // If more than half of the lists have one length, all others are wrong, even the first list.
    // If not, the first list is taken to be right.
    let model =
        written.iter().find(|list| 2 * having(list.length) > written.len()).unwrap_or(first);
    let model_length = model.length.unwrap_or_default();
    let (list, item) = nouns(model);
    for wrong in level {
        let Some(found) = wrong.length.filter(|length| *length != model_length) else { continue };
        let others = match having(model.length) {
            count if count + 1 == level.len() => {
                format!("the other {}", plural(list, count as u64))
            }
            1 if std::ptr::eq(level[0], **model) => format!("the first {list}"),
            1 => format!("another {list}"),
            _ => format!("other {list}s"),
        };
        let have = if others.ends_with('s') { "have" } else { "has" };
        let items = plural(item, found);
        errors.at(
            &wrong.place,
            format!("this {list} has {found} {items}, {others} {have} {model_length}"),
        );
    }
    model_length
}

/// The nouns in a message for a list and for one of its items.
fn nouns(list: &List) -> (&'static str, &'static str) {
    match list.items.first() {
        Some(Item::List(inner)) => ("list", nouns(inner).0),
        _ => ("row", "element"),
    }
}

fn plural(noun: &str, count: u64) -> String {
    if count == 1 { noun.into() } else { format!("{noun}s") }
}

/// The lists inside the lists of `level`; none if most of the items are elements. Reports items
/// that differ from most others.
fn next_level<'l>(level: &[&'l List], maker: Maker, errors: &mut Errors) -> Vec<&'l List> {
    let (mut lists, mut elements) = (Vec::new(), Vec::new());
    let mut items = level.iter().flat_map(|list| &list.items).peekable();
    let first_is_list = matches!(items.peek(), Some(Item::List(_)));
    for item in items {
        match item {
            Item::List(list) => lists.push(list),
            Item::Element(tokens) => elements.push(tokens),
        }
    }
    let lists_are_right =
        lists.len() > elements.len() || lists.len() == elements.len() && first_is_list;
    if lists_are_right {
        for element in elements {
            errors.at(element, "this is an element among lists: put it in brackets");
        }
        lists
    } else {
        for list in lists {
            errors.at(&list.place, "this is a list among elements: write one element in its place");
        }
        kinds::check(&elements, maker, errors);
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::literal;
    use crate::testing::{fails, tokens};
    use proc_macro2::TokenStream;

    fn check(source: &str) -> (Vec<u64>, Errors) {
        let mut errors = Errors::default();
        let list = literal::parse(tokens(source), "tensor", &mut errors);
        let lengths = lengths(&list, Maker::Tensor, &mut errors);
        (lengths, errors)
    }

    #[track_caller]
    fn has_shape(source: &str, expected: &[u64]) {
        let (lengths, errors) = check(source);
        assert_eq!(errors.listed(), []);
        assert_eq!(lengths, expected);
    }

    #[track_caller]
    fn complains(source: &str, expected: &[(&str, &str)]) {
        fails(check(source).1.or(TokenStream::new()), expected);
    }

    #[test]
    fn regular_literals() {
        has_shape("1., 2.", &[2]);
        has_shape("[1., 2., 3.], [4., 5., 6.]", &[2, 3]);
        has_shape("[[1.]]", &[1, 1, 1]);
        has_shape("[0.0; 3], [1.0, 2.0, 3.0]", &[2, 3]);
        has_shape("[[0.0; 3]; 2], [[1.0, 2.0, 3.0]; 2]", &[2, 2, 3]);
        has_shape("[0.0; 0], [0.0; 0]", &[2, 0]);
        has_shape("[[[[[[[1]]]]]]]", &[1; 8]);
    }

    #[test]
    fn ragged_rows() {
        complains(
            "[1, 2], [3, 4, 5]",
            &[("[3, 4, 5]", "this row has 3 elements, the other row has 2")],
        );
        complains(
            "[1, 2], [3, 4], [5]",
            &[("[5]", "this row has 1 element, the other rows have 2")],
        );
        complains(
            "[1], [2, 3], [4, 5]",
            &[("[1]", "this row has 1 element, the other rows have 2")],
        );
        complains(
            "[1, 2], [3], [4, 5], [6, 7, 8]",
            &[
                ("[3]", "this row has 1 element, other rows have 2"),
                ("[6, 7, 8]", "this row has 3 elements, other rows have 2"),
            ],
        );
        complains(
            "[], [1], [2, 3]",
            &[
                ("[]", "this row has 0 elements, another row has 1"),
                ("[2, 3]", "this row has 2 elements, another row has 1"),
            ],
        );
        complains("[1, 2], []", &[("[]", "this row has 0 elements, the other row has 2")]);
        complains(
            "[1], [2, 3], [4, 5, 6]",
            &[
                ("[2, 3]", "this row has 2 elements, the first row has 1"),
                ("[4, 5, 6]", "this row has 3 elements, the first row has 1"),
            ],
        );
        complains("[], [1]", &[("[]", "this row has 0 elements, the other row has 1")]);
        complains("[0; 3], [0; 4]", &[("[0; 4]", "this row has 4 elements, the other row has 3")]);
        complains("[[1], [2]], [[3]]", &[("[[3]]", "this list has 1 row, the other list has 2")]);
        complains(
            "[[1, 2], [3, 4]], [[5, 6], [7]]",
            &[("[7]", "this row has 1 element, the other rows have 2")],
        );
        complains(
            "[[[1]], [[2]]], [[[3]]]",
            &[("[[[3]]]", "this list has 1 list, the other list has 2")],
        );
    }

    #[test]
    fn wrong_nesting() {
        let list = "this is a list among elements: write one element in its place";
        let element = "this is an element among lists: put it in brackets";
        complains("1, [2], 3", &[("[2]", list)]);
        complains("1, [2]", &[("[2]", list)]);
        complains("[1], 2", &[("2", element)]);
        complains("[1, 2], x + 1, [3, 4], y", &[("x + 1", element), ("y", element)]);
        complains("[1, [2]], [3, 4]", &[("[2]", list)]);
    }

    #[test]
    fn empty_axes() {
        complains(
            "",
            &[(
                "",
                "a tensor without elements is written with its shape, as in `tensor![0.0; 0, 3]`",
            )],
        );
        let message =
            "a tensor without elements is written with its shape, as in `tensor![0.0; 2, 0]`";
        complains("[], []", &[("[]", message)]);
    }

    #[test]
    fn all_mistakes_at_once() {
        let listed = check("[1., 2], [3.], [4., [5.]], 6., [\"a\", 7.]").1.listed();
        let places: Vec<_> = listed.iter().map(|(place, _)| &**place).collect();
        assert_eq!(places, ["6.", "[3.]", "[5.]", "2", "\"a\""]);
    }
}
