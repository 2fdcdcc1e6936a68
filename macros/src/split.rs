//! Finds the commas that separate the items of a list, without a parser for Rust's expressions.
//!
//! Brackets of every kind arrive as groups, so only two commas need care: those between `<` and `>`, and
//! those in a closure's parameters. Both are decided as Rust's grammar decides them, by what stands before:
//! `<` opens generics after `::`, in a type, and where an operand has to begin; after an operand it is a
//! comparison.

use crate::error::Errors;
use crate::show::shown;
use crate::tokens::{as_group, inside, is_joint, is_keyword, is_punct};
use proc_macro2::{Delimiter, Spacing, TokenTree};

/// What the items of a list are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Items {
    /// Axes of a shape: types, mostly.
    Axes,
    /// Elements of a literal: expressions.
    Elements,
    /// The values of declarations: expressions.
    Declarations,
}

impl Items {
    /// One of them, and several.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Axes => ("an axis", "axes"),
            Self::Elements => ("an element", "elements"),
            Self::Declarations => ("a declaration", "declarations"),
        }
    }

    fn start(self) -> Place {
        if self == Self::Axes { Place::Type } else { Place::Operand }
    }
}

/// Splits a list into its items; a trailing comma is fine, everything else that is wrong with the commas is
/// reported.
pub(crate) fn split(tokens: &[TokenTree], items: Items, errors: &mut Errors) -> Vec<Vec<TokenTree>> {
    let mut found = Vec::new();
    let mut rest = tokens;
    while !rest.is_empty() {
        let (item, tail) = first_item(rest, items, errors);
        if item.is_empty() {
            report_missing(&rest[..1], items, errors);
        } else {
            found.push(item.to_vec());
        }
        rest = tail;
    }
    found
}

/// Says that nothing stands before the separator `comma`.
pub(crate) fn report_missing(comma: &[TokenTree], items: Items, errors: &mut Errors) {
    let (one, _) = items.names();
    errors.at(comma, format!("{one} is missing before this `{}`", comma[0]));
}

/// The first item of a list, and what follows the separator after it.
pub(crate) fn first_item<'t>(
    tokens: &'t [TokenTree],
    items: Items,
    errors: &mut Errors,
) -> (&'t [TokenTree], &'t [TokenTree]) {
    let mut scanner = Scanner { tokens, at: 0, place: items.start(), items };
    while let Some(token) = tokens.get(scanner.at) {
        let end = scanner.at;
        if is_punct(Some(token), ',') {
            return (&tokens[..end], &tokens[end + 1..]);
        }
        if is_punct(Some(token), ';') {
            let (_, all) = items.names();
            // Without an item before it the `;` is reported as what it is short of.
            if end > 0 {
                let message = format!("{all} are separated by commas: write `,` for this `;`");
                errors.at(&tokens[end..=end], message);
            }
            return (&tokens[..end], &tokens[end + 1..]);
        }
        if scanner.lacks_a_comma() {
            let next = &tokens[end..=end];
            errors.at(next, format!("a comma is missing before `{}`", shown(next)));
            return tokens.split_at(end);
        }
        scanner.step();
    }
    (tokens, &[])
}

/// What may come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// An operand has to begin.
    Operand,
    /// An operand is complete: an operator, a call, an index or the end follows.
    Operator,
    /// A type has to begin.
    Type,
    /// The last word of a type's path has been read: generics may follow.
    TypeName,
}

struct Scanner<'t> {
    tokens: &'t [TokenTree],
    at: usize,
    place: Place,
    items: Items,
}

impl Scanner<'_> {
    fn is_complete(&self) -> bool {
        matches!(self.place, Place::Operator | Place::TypeName)
    }

    /// Whether the token at hand begins a new item although the one before has not been ended.
    fn lacks_a_comma(&self) -> bool {
        if !self.is_complete() {
            return false;
        }
        match &self.tokens[self.at] {
            TokenTree::Literal(_) => true,
            TokenTree::Ident(word) => !matches!(&*word.to_string(), "as" | "else" | "in" | "const" | "mut"),
            TokenTree::Punct(punct) => punct.as_char() == '#',
            TokenTree::Group(group) => match (self.items, group.delimiter()) {
                (Items::Axes, Delimiter::Brace) => true,
                // `[a, b][0]` is an element; `[1.0, 2.0] [3.0, 4.0]` are two rows.
                (Items::Elements, Delimiter::Bracket)
                    if as_group(self.tokens.first(), Delimiter::Bracket).is_some() =>
                {
                    let inner = inside(group);
                    self.at == 1 && (inner.is_empty() || inner.iter().any(|token| is_punct(Some(token), ',')))
                }
                _ => false,
            },
        }
    }

    /// Passes the token at hand, with those that belong to it.
    fn step(&mut self) {
        let rest = &self.tokens[self.at..];
        let (taken, place) = match &rest[0] {
            TokenTree::Literal(_) => (1, Place::Operator),
            TokenTree::Ident(word) => (1, self.after_word(&word.to_string())),
            TokenTree::Group(group) => (1, self.after_group(group.delimiter())),
            TokenTree::Punct(punct) => self.after_punct(punct.as_char(), rest),
        };
        self.at += taken;
        self.place = place;
    }

    fn after_word(&self, word: &str) -> Place {
        match self.place {
            Place::Type if matches!(word, "const" | "mut" | "dyn" | "impl" | "unsafe" | "extern" | "for") => {
                Place::Type
            }
            Place::Type => Place::TypeName,
            _ if word == "as" => Place::Type,
            _ if matches!(word, "await" | "true" | "false") => Place::Operator,
            _ if is_keyword(word) => Place::Operand,
            _ => Place::Operator,
        }
    }

    fn after_group(&self, delimiter: Delimiter) -> Place {
        // An invisible group in a type is a user's `$t:ty`, and `$t::Name<A, B>` may follow.
        if self.place == Place::Type && delimiter == Delimiter::None {
            Place::TypeName
        } else {
            Place::Operator
        }
    }

    fn after_punct(&self, character: char, rest: &[TokenTree]) -> (usize, Place) {
        let in_type = matches!(self.place, Place::Type | Place::TypeName);
        let begins = if in_type { Place::Type } else { Place::Operand };
        match character {
            '<' if self.opens_generics() => match generics(rest) {
                Some(taken) => (taken, if in_type { Place::TypeName } else { Place::Operator }),
                None => (1, Place::Operand),
            },
            // A shift: its second `<` opens nothing.
            '<' if is_joint(rest, '<', '<') => (2, Place::Operand),
            ':' if is_joint(rest, ':', ':') => (2, begins),
            // The return type of a closure or of `fn(A) -> B`.
            '-' if is_joint(rest, '-', '>') => (2, Place::Type),
            '|' if is_joint(rest, '|', '|') => (2, Place::Operand),
            '|' if self.place == Place::Operand => {
                let close = rest[1..].iter().position(|token| is_punct(Some(token), '|'));
                (close.map_or(1, |at| at + 2), Place::Operand)
            }
            // A lifetime or a label: its name is no operand.
            '\'' => (2, self.place),
            '#' if as_group(rest.get(1), Delimiter::Bracket).is_some() => (2, self.place),
            '?' => (1, self.place),
            '&' | '*' | '!' if self.place == Place::Type => (1, Place::Type),
            _ => (1, Place::Operand),
        }
    }

    fn opens_generics(&self) -> bool {
        let before = &self.tokens[..self.at];
        match self.place {
            Place::Operand | Place::Type => true,
            // Not a second time: after `Name<A>` it compares.
            Place::TypeName => !is_punct(before.last(), '>'),
            Place::Operator => false,
        }
    }
}

/// How many tokens the generics that open here take, with both angle brackets; `None` if they never close.
pub(crate) fn generics(tokens: &[TokenTree]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut arrow = false;
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Punct(punct) = token else {
            arrow = false;
            continue;
        };
        match punct.as_char() {
            '<' => depth += 1,
            '>' if arrow => {}
            '>' if depth == 1 => return Some(at + 1),
            '>' => depth -= 1,
            ';' => return None,
            _ => {}
        }
        arrow = punct.as_char() == '-' && punct.spacing() == Spacing::Joint;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{fails, invisible, tokens};
    use proc_macro2::TokenStream;

    fn split_all(source: &str, items: Items) -> (Vec<String>, Errors) {
        let mut errors = Errors::default();
        let found = split(&tokens(source), items, &mut errors);
        (
            found.into_iter().map(|item| item.into_iter().collect::<TokenStream>().to_string()).collect(),
            errors,
        )
    }

    #[track_caller]
    fn splits(items: Items, expected: &[&str]) {
        let text = |source: &str| source.parse::<TokenStream>().expect("tokens").to_string();
        for source in [expected.join(", "), format!("{},", expected.join(", "))] {
            let (found, errors) = split_all(&source, items);
            assert_eq!(found, expected.iter().map(|item| text(item)).collect::<Vec<_>>());
            assert_eq!(errors.listed(), []);
        }
    }

    #[track_caller]
    fn complains(source: &str, items: Items, count: usize, expected: &[(&str, &str)]) {
        let (found, errors) = split_all(source, items);
        assert_eq!(found.len(), count, "{found:?}");
        fails(errors.or(TokenStream::new()), expected);
    }

    #[test]
    fn commas_in_generics_separate_nothing() {
        splits(Items::Elements, &["f::<A, B>(x)", "Vec::<(A, B)>::new()", "f::<A<B, C>, D>(x) < y", "2"]);
        splits(
            Items::Elements,
            &["<T as Into<A, B>>::into(x)", "-<T as A<B, C>>::X", "a + <T>::f::<A, B>()"],
        );
        splits(Items::Elements, &["f::<<T as A<B>>::C, D>()", "f::<{ A > B }, C>()", "f::<fn(A) -> B, C>()"]);
        splits(Items::Elements, &["x as Pair<A, B>", "x as *const Pair<A, B>", "x as &'a mut Pair<A, B>"]);
        splits(
            Items::Elements,
            &["x as fn(A) -> Pair<A, B>", "x as <T as A<B, C>>::D", "x as a::Pair<A, B>"],
        );
        splits(Items::Elements, &["a < <T as A<B, C>>::X", "if <T as A<B, C>>::X { 1 } else { 2 }"]);
    }

    #[test]
    fn comparisons_and_shifts_open_nothing() {
        splits(Items::Elements, &["a < b", "c > d", "a.len() < b", "(a) < b", "a[0] < b", "1 < 2", "3 > 2"]);
        splits(Items::Elements, &["a << b", "c >> d", "a <<= b", "a <= b", "c >= d", "x? < y", "z > w"]);
        splits(
            Items::Elements,
            &["x as f32 + y < z", "a > b", "x as f32 * y < z", "a > b", "x.await < y", "z > 1"],
        );
        splits(Items::Elements, &["x as usize as f32", "y as (A) < b", "c > d", "a<-b", "c>d"]);
        splits(
            Items::Elements,
            &["if a < b { 1 } else { 2 }", "if c > d { 1 } else { 2 }", "match a { _ => 1 } < b", "c > d"],
        );
    }

    #[test]
    fn commas_in_closure_parameters_separate_nothing() {
        splits(
            Items::Elements,
            &["|a, b| a + b", "move |a: Pair<A, B>, b| a", "|| 1.0", "|a, b| -> Pair<A, B> { c }"],
        );
        splits(Items::Elements, &["a | b", "c || d", "e | f", "a |= b", "x || |a, b| c"]);
        splits(Items::Elements, &["g(|a, b| a, 1)", "'a: loop { break 'a 1 }", "async move |a, b| c"]);
    }

    #[test]
    fn ordinary_elements() {
        splits(
            Items::Elements,
            &["1.", "-2.0", "N as f32", "f(a, b)", "[1, 2]", "vec![1, 2][0]", "x.0.1", "*p", "&x"],
        );
        splits(
            Items::Elements,
            &[
                "[a, b][0]",
                "[a, b][i][j]",
                "S { a, b }.c",
                "&raw const x",
                "a..b",
                "#[attr] <T as A<B, C>>::X",
            ],
        );
        splits(
            Items::Elements,
            &["x = y", "a == b", "!a", "a != b", "if let Some(a) = b { 1 } else { 2 }", "unsafe { 1 }"],
        );
        assert_eq!(split_all("", Items::Elements).0, [""; 0]);
    }

    #[test]
    fn an_invisible_group_is_an_operand() {
        let mut errors = Errors::default();
        let list: Vec<_> = [invisible(tokens("a + b"))].into_iter().chain(tokens("< c, d > e")).collect();
        assert_eq!(split(&list, Items::Elements, &mut errors).len(), 2);
        let list: Vec<_> = [invisible(tokens("T"))].into_iter().chain(tokens("::Out<A, B>, C")).collect();
        assert_eq!(split(&list, Items::Axes, &mut errors).len(), 2);
        assert_eq!(errors.listed(), []);
    }

    #[test]
    fn axes() {
        splits(Items::Axes, &["1000", "{ 2 * N }", "N", "Dyn<Batch>", "Pair<A, B>", "a::Pair<A, B>", "_"]);
        splits(
            Items::Axes,
            &["<T as A<B, C>>::Out", "<T as A<B, C>>::Out<D, E>", "::a::B", "Self::N", "Pair::<A, B>"],
        );
        splits(Items::Axes, &["2 * N", "-3", "N * f::<A, B>()", "f(a, b) + 1"]);
    }

    #[test]
    fn mistakes_with_commas_are_reported() {
        let missing = |place: &str| format!("a comma is missing before `{place}`");
        for (source, items, count, place) in [
            ("1. 2., 3.", Items::Elements, 3, "2."),
            ("[1, 2] [3, 4]", Items::Elements, 2, "[3, 4]"),
            ("x y", Items::Elements, 2, "y"),
            ("A B", Items::Axes, 2, "B"),
            ("3 { C }", Items::Axes, 2, "{ C }"),
            ("3 pub B", Items::Declarations, 2, "pub"),
            ("N #[doc = \"B\"] B", Items::Declarations, 2, "#"),
        ] {
            complains(source, items, count, &[(place, &missing(place))]);
        }
        complains("1, , 2", Items::Elements, 2, &[(",", "an element is missing before this `,`")]);
        complains(", A", Items::Axes, 1, &[(",", "an axis is missing before this `,`")]);
        complains("3; 4", Items::Axes, 2, &[(";", "axes are separated by commas: write `,` for this `;`")]);
        complains("; 4", Items::Axes, 1, &[(";", "an axis is missing before this `;`")]);
    }
}
