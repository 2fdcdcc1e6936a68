//! Collects every mistake of one macro call, so that all are reported at once, each at its own place.

use crate::tokens::{first_span, last_span};
use proc_macro2::{Delimiter, Group, Literal, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};

/// The mistakes found so far.
#[derive(Debug, Default)]
pub(crate) struct Errors(Vec<Mistake>);

#[derive(Debug)]
struct Mistake {
    // Two ends, because joining two spans into one is not stable.
    start: Span,
    end: Span,
    message: String,
}

impl Errors {
    /// A mistake that all of `tokens` make; without tokens it is the call's.
    pub(crate) fn at(&mut self, tokens: &[TokenTree], message: impl Into<String>) {
        let start = first_span(tokens).unwrap_or_else(Span::call_site);
        let end = last_span(tokens).unwrap_or_else(Span::call_site);
        self.0.push(Mistake { start, end, message: message.into() });
    }

    /// A mistake of the call as a whole.
    pub(crate) fn at_call(&mut self, message: impl Into<String>) {
        self.at(&[], message);
    }

    /// `value` if nothing was reported.
    pub(crate) fn or(self, value: TokenStream) -> Result<TokenStream, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }

    /// Whether nothing was reported.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What stands in `count` blocks, of which none is left without an error; there must be as many.
    pub(crate) fn in_parts(&self, count: usize) -> Vec<TokenStream> {
        let first = self.0.len() + 1 - count;
        let block = |mistakes: &[Mistake]| mistakes.iter().map(Mistake::to_tokens).collect();
        std::iter::once(block(&self.0[..first]))
            .chain(self.0[first..].iter().map(Mistake::to_tokens))
            .collect()
    }

    /// What stands for a value: a block that ends in an error has any type, so no second error follows from
    /// it.
    pub(crate) fn as_expression(&self) -> TokenStream {
        match &*self.0 {
            [only] => only.to_tokens(),
            _ => {
                let all = self.as_items();
                quote!({ #all })
            }
        }
    }

    /// What stands among items.
    pub(crate) fn as_items(&self) -> TokenStream {
        self.0.iter().map(Mistake::to_tokens).collect()
    }
}

impl Mistake {
    fn to_tokens(&self) -> TokenStream {
        // rustc underlines an invocation from its first token to its last: hence `start` on the path and
        // `end` on the braces.
        let mut braces = Group::new(Delimiter::Brace, TokenTree::from(Literal::string(&self.message)).into());
        braces.set_span(self.end);
        let path = quote_spanned!(self.start=> ::core::compile_error!);
        quote!(#path #braces)
    }
}

#[cfg(test)]
impl Errors {
    /// Each mistake as the source text it points at (empty: the whole call) and its message.
    pub(crate) fn listed(&self) -> Vec<(String, String)> {
        self.0
            .iter()
            .map(|mistake| {
                let span = mistake.start.join(mistake.end).expect("both ends lie in one source");
                (span.source_text().unwrap_or_default(), mistake.message.clone())
            })
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
            errors.at(&tokens(place), format!("{place} is wrong"));
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
