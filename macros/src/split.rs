//! Splits lists at their commas, and goes on after a mistake, where syn's own lists would end.

use crate::error::Errors;
use crate::show::shown;
use proc_macro2::{Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{Parse, ParseBuffer, ParseStream};
use syn::{Expr, Token, Type, token};

/// The kind of a list's items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Items {
    /// Axes of a shape: mostly types.
    Axes,
    /// Elements of a literal: expressions.
    Elements,
    /// The values of declarations: expressions.
    Declarations,
}

impl Items {
    /// The nouns in a message, for one item and for several.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Axes => ("an axis", "axes"),
            Self::Elements => ("an element", "elements"),
            Self::Declarations => ("a declaration", "declarations"),
        }
    }
}

/// Splits a list into its items, verbatim. A trailing comma is allowed, and every other mistake
/// with commas is reported.
pub(crate) fn split(list: TokenStream, items: Items, errors: &mut Errors) -> Vec<TokenStream> {
    let mut found = Vec::new();
    errors.parse(list, |input, errors| {
        while !input.is_empty() {
            if !item_is_missing(input, items, errors) {
                found.push(take_item(input, items, errors));
            }
        }
    });
    found
}

/// The tokens before the first `;` of a list, and, if there is one, the `;` and the tokens after
/// it.
pub(crate) fn split_at_semicolon(
    list: TokenStream,
) -> (TokenStream, Option<(TokenTree, TokenStream)>) {
    let mut tokens = list.into_iter();
    let mut before = TokenStream::new();
    while let Some(token) = tokens.next() {
        if matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ';') {
            return (before, Some((token, tokens.collect())));
        }
        before.extend([token]);
    }
    (before, None)
}

/// Skips a separator where an item has to begin, and reports that the item is missing. Returns
/// whether there was a separator.
pub(crate) fn item_is_missing(input: ParseStream, items: Items, errors: &mut Errors) -> bool {
    take_separator(input).inspect(|separator| report_missing(separator, items, errors)).is_some()
}

/// Reports that no item stands before `separator`.
pub(crate) fn report_missing(separator: &TokenTree, items: Items, errors: &mut Errors) {
    let (one, _) = items.names();
    errors.at(separator, format!("{one} is missing before this `{separator}`"));
}

/// Reads one item, which may be empty, and the separator after it; returns the item.
pub(crate) fn take_item(input: ParseStream, items: Items, errors: &mut Errors) -> TokenStream {
    let mut item = TokenStream::new();
    let end = end_of_item(input, items);
    // An item that syn cannot read extends to the next separator. The caller, or rustc, reports
    // what is wrong with the item.
    while end.as_ref().map_or(!is_over(input), |end| input.cursor() < end.cursor())
        && let Ok(token) = input.parse::<TokenTree>()
    {
        item.extend([token]);
    }
    if let Some(separator) = take_separator(input) {
        // A `;` without an item before it is reported by the caller, as the place where something
        // is missing.
        if separator.to_string() == ";" && !item.is_empty() {
            let (_, all) = items.names();
            errors.at(separator, format!("{all} are separated by commas: write `,` for this `;`"));
        }
    } else if let Some((next, _)) = input.cursor().token_tree() {
        let message = format!("a comma is missing before `{}`", shown(next.to_token_stream()));
        errors.at(next, message);
    }
    item
}

/// Whether the list, or an item of it, ends here.
pub(crate) fn is_over(input: ParseStream) -> bool {
    input.is_empty() || input.peek(Token![,]) || input.peek(Token![;])
}

fn take_separator(input: ParseStream) -> Option<TokenTree> {
    if is_over(input) { input.parse().ok() } else { None }
}

/// A copy of `input` at the end of the current item; `None` if syn cannot read the item.
fn end_of_item<'i>(input: &ParseBuffer<'i>, items: Items) -> Option<ParseBuffer<'i>> {
    // The rows of a literal are not parsed here, because each row is a list that is split by
    // itself.
    let group = behind(input, Group::parse).filter(|end| is_over(end) || is_row(end));
    if group.is_some() {
        return group;
    }
    let ends = match items {
        // A `?` may stand before the name of a run-time length.
        Items::Axes => {
            let axis = behind(input, <Token![?]>::parse);
            let axis = axis.as_ref().unwrap_or(input);
            [behind(axis, Type::parse), behind(axis, Expr::parse_without_eager_brace)]
        }
        Items::Elements | Items::Declarations => [behind(input, Expr::parse), None],
    };
    let end =
        ends.into_iter().flatten().reduce(|a, b| if a.cursor() < b.cursor() { b } else { a })?;
    // If an operator follows that syn does not know, the item has not ended here.
    (is_over(&end) || end.peek(Token![#]) || end.cursor().punct().is_none()).then_some(end)
}

fn behind<'i, T>(
    input: &ParseBuffer<'i>,
    read: fn(ParseStream) -> syn::Result<T>,
) -> Option<ParseBuffer<'i>> {
    let fork = input.fork();
    read(&fork).is_ok().then_some(fork)
}

/// Whether the next row begins here: `[a, b][0]` is one element, `[1.0, 2.0] [3.0, 4.0]` are two
/// rows.
fn is_row(input: ParseStream) -> bool {
    input.peek(token::Bracket)
        && input
            .fork()
            .parse::<Group>()
            .is_ok_and(|group| syn::parse2::<Expr>(group.stream()).is_err())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{fails, invisible, tokens};
    use proc_macro2::TokenStream;

    fn split_all(source: &str, items: Items) -> (Vec<String>, Errors) {
        let mut errors = Errors::default();
        let found = split(tokens(source), items, &mut errors);
        (found.into_iter().map(|item| item.to_string()).collect(), errors)
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
        splits(
            Items::Elements,
            &["f::<A, B>(x)", "Vec::<(A, B)>::new()", "f::<A<B, C>, D>(x) < y", "2"],
        );
        splits(
            Items::Elements,
            &["<T as Into<A, B>>::into(x)", "-<T as A<B, C>>::X", "a + <T>::f::<A, B>()"],
        );
        splits(
            Items::Elements,
            &["f::<<T as A<B>>::C, D>()", "f::<{ A > B }, C>()", "f::<fn(A) -> B, C>()"],
        );
        splits(
            Items::Elements,
            &["x as Pair<A, B>", "x as *const Pair<A, B>", "x as &'a mut Pair<A, B>"],
        );
        splits(
            Items::Elements,
            &["x as fn(A) -> Pair<A, B>", "x as <T as A<B, C>>::D", "x as a::Pair<A, B>"],
        );
        splits(
            Items::Elements,
            &["a < <T as A<B, C>>::X", "if <T as A<B, C>>::X { 1 } else { 2 }"],
        );
    }

    #[test]
    fn comparisons_and_shifts_open_nothing() {
        splits(
            Items::Elements,
            &["a < b", "c > d", "a.len() < b", "(a) < b", "a[0] < b", "1 < 2", "3 > 2"],
        );
        splits(
            Items::Elements,
            &["a << b", "c >> d", "a <<= b", "a <= b", "c >= d", "x? < y", "z > w"],
        );
        splits(
            Items::Elements,
            &["x as f32 + y < z", "a > b", "x as f32 * y < z", "a > b", "x.await < y", "z > 1"],
        );
        splits(Items::Elements, &["x as usize as f32", "y as (A) < b", "c > d", "a<-b", "c>d"]);
        splits(
            Items::Elements,
            &[
                "if a < b { 1 } else { 2 }",
                "if c > d { 1 } else { 2 }",
                "match a { _ => 1 } < b",
                "c > d",
            ],
        );
    }

    #[test]
    fn commas_in_closure_parameters_separate_nothing() {
        splits(
            Items::Elements,
            &["|a, b| a + b", "move |a: Pair<A, B>, b| a", "|| 1.0", "|a, b| -> Pair<A, B> { c }"],
        );
        splits(Items::Elements, &["a | b", "c || d", "e | f", "a |= b", "x || |a, b| c"]);
        splits(
            Items::Elements,
            &["g(|a, b| a, 1)", "'a: loop { break 'a 1 }", "async move |a, b| c"],
        );
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
            &[
                "x = y",
                "a == b",
                "!a",
                "a != b",
                "if let Some(a) = b { 1 } else { 2 }",
                "unsafe { 1 }",
            ],
        );
        assert_eq!(split_all("", Items::Elements).0, [""; 0]);
    }

    #[test]
    fn an_invisible_group_is_an_operand() {
        let mut errors = Errors::default();
        let list = [invisible(tokens("a + b")), tokens("< c, d > e")].into_iter().collect();
        assert_eq!(split(list, Items::Elements, &mut errors).len(), 2);
        let list = [invisible(tokens("T")), tokens("::Out<A, B>, C")].into_iter().collect();
        assert_eq!(split(list, Items::Axes, &mut errors).len(), 2);
        assert_eq!(errors.listed(), []);
    }

    #[test]
    fn what_syn_cannot_read_goes_on_to_the_comma() {
        splits(Items::Elements, &["1 +", "f(1 2)", "a => b", "x as usize < y", "fn"]);
        splits(Items::Axes, &["A + 3", "fn", "a => b"]);
    }

    #[test]
    fn axes() {
        splits(
            Items::Axes,
            &["1000", "{ 2 * N }", "N", "Dyn<Batch>", "Pair<A, B>", "a::Pair<A, B>", "_"],
        );
        splits(
            Items::Axes,
            &[
                "<T as A<B, C>>::Out",
                "<T as A<B, C>>::Out<D, E>",
                "::a::B",
                "Self::N",
                "Pair::<A, B>",
            ],
        );
        splits(Items::Axes, &["2 * N", "-3", "N * f::<A, B>()", "f(a, b) + 1"]);
    }

    #[test]
    fn mistakes_with_commas_are_reported() {
        let missing = |place: &str| format!("a comma is missing before `{place}`");
        for (source, items, count, place) in [
            ("1. 2., 3.", Items::Elements, 3, "2."),
            ("[1, 2] [3, 4]", Items::Elements, 2, "[3, 4]"),
            ("[] []", Items::Elements, 2, "[]"),
            ("Pair<A, B> C", Items::Axes, 2, "C"),
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
        complains(
            "3; 4",
            Items::Axes,
            2,
            &[(";", "axes are separated by commas: write `,` for this `;`")],
        );
        complains("; 4", Items::Axes, 1, &[(";", "an axis is missing before this `;`")]);
    }
}
