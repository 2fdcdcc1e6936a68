//! Collects all mistakes of one macro call, so that all are reported at once, each at its own
//! place.

use crate::tokens::flattened;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use std::fmt::Display;
use syn::parse::{ParseStream, Parser};

/// The mistakes found so far.
#[derive(Debug, Default)]
pub(crate) struct Errors(Vec<syn::Error>);

impl Errors {
    /// Adds a mistake at all tokens of `place`, or at the whole call of the macro if `place` is
    /// empty.
    pub(crate) fn at(&mut self, place: impl ToTokens, message: impl Display) {
        // The span of an invisible group is the user's macro, not its argument, so the groups are
        // removed.
        self.push(syn::Error::new_spanned(flattened(place.into_token_stream()), message));
    }

    /// Adds an error that syn found.
    pub(crate) fn push(&mut self, error: syn::Error) {
        self.0.push(error);
    }

    /// Parses all of `tokens` with `parser`.
    pub(crate) fn parse(
        &mut self,
        tokens: TokenStream,
        parser: impl FnOnce(ParseStream, &mut Self),
    ) {
        let read = |input: ParseStream| {
            parser(input, self);
            Ok(())
        };
        if let Err(error) = read.parse2(tokens) {
            self.push(error);
        }
    }

    /// Adds a mistake at the whole call of the macro.
    pub(crate) fn at_call(&mut self, message: impl Display) {
        self.at(TokenStream::new(), message);
    }

    /// `value`, if nothing was reported.
    pub(crate) fn or(self, value: TokenStream) -> Result<TokenStream, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }

    /// Whether nothing was reported.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The errors in `count` parts. Each part has one error, and the first part also has the
    /// surplus. The caller makes sure that there are at least `count` errors.
    pub(crate) fn in_parts(&self, count: usize) -> Vec<TokenStream> {
        let first = self.0.len() + 1 - count;
        let block =
            |mistakes: &[syn::Error]| mistakes.iter().map(syn::Error::to_compile_error).collect();
        std::iter::once(block(&self.0[..first]))
            .chain(self.0[first..].iter().map(syn::Error::to_compile_error))
            .collect()
    }

    /// The errors as tokens that can stand in the place of an expression. A block that ends in an
    /// error has any type, so no second error follows from it.
    pub(crate) fn as_expression(&self) -> TokenStream {
        match &*self.0 {
            [only] => only.to_compile_error(),
            _ => {
                let all = self.as_items();
                quote!({ #all })
            }
        }
    }

    /// The errors as tokens that can stand in the place of items.
    pub(crate) fn as_items(&self) -> TokenStream {
        self.0.iter().map(syn::Error::to_compile_error).collect()
    }
}

#[cfg(test)]
impl Errors {
    /// For each mistake, the source text it points at (empty for the whole call) and its message.
    pub(crate) fn listed(&self) -> Vec<(String, String)> {
        self.0
            .iter()
            .map(|error| (error.span().source_text().unwrap_or_default(), error.to_string()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::tokens;

    fn errors(places: &[&str]) -> Errors {
        let mut errors = Errors::default();
        for place in places {
            errors.at(tokens(place), format!("{place} is wrong"));
        }
        errors
    }

    #[test]
    fn one_error_stands_alone_everywhere() {
        let expected = quote!(::core::compile_error! { "a is wrong" }).to_string();
        let errors = errors(&["a"]);
        assert_eq!(errors.as_expression().to_string(), expected);
        assert_eq!(errors.as_items().to_string(), expected);
    }

    #[test]
    fn several_are_all_told() {
        let errors = errors(&["a", "b"]);
        let a = quote!(::core::compile_error! { "a is wrong" });
        let b = quote!(::core::compile_error! { "b is wrong" });
        assert_eq!(errors.as_expression().to_string(), quote!({ #a #b }).to_string());
        assert_eq!(errors.as_items().to_string(), quote!(#a #b).to_string());
    }

    #[test]
    fn the_invocation_spans_all_the_tokens() {
        let output: Vec<_> = errors(&["first + last"]).as_items().into_iter().collect();
        let (first, last) = (output.first().expect("a path"), output.last().expect("braces"));
        assert_eq!(first.span().source_text().as_deref(), Some("first"));
        assert_eq!(last.span().source_text().as_deref(), Some("last"));
    }
}
