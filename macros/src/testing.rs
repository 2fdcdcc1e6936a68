//! What the unit tests share: a macro's input from source text, and its output as comparable text.

use crate::error::Errors;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The tokens of `source`.
pub(crate) fn tokens(source: &str) -> TokenStream {
    source.parse().expect("the test's source is made of tokens")
}

/// The input that the wrapper in `shapewright` passes on, with `kr` where `$crate` stands.
pub(crate) fn input(source: &str) -> TokenStream {
    tokens(&format!("kr; {source}"))
}

/// `tokens` in the invisible group that `$x:expr` makes.
pub(crate) fn invisible(tokens: TokenStream) -> TokenStream {
    TokenTree::from(Group::new(Delimiter::None, tokens)).into()
}

/// Text without the spaces, which tell only how the tokens were made.
pub(crate) fn compact(tokens: &TokenStream) -> String {
    tokens.to_string().replace([' ', '\n'], "")
}

/// Asserts that an expansion is these tokens.
#[track_caller]
pub(crate) fn expands(actual: Result<TokenStream, Errors>, expected: &str) {
    let actual = actual.unwrap_or_else(|errors| panic!("no errors were expected: {:?}", errors.listed()));
    assert_eq!(compact(&actual), compact(&tokens(expected)));
}

/// Asserts that exactly these errors are reported, each as the text it points at and its message.
#[track_caller]
pub(crate) fn fails(actual: Result<TokenStream, Errors>, expected: &[(&str, &str)]) {
    let actual = actual.expect_err("errors were expected").listed();
    let actual: Vec<_> = actual.iter().map(|(place, message)| (&**place, &**message)).collect();
    assert_eq!(actual, expected);
}
