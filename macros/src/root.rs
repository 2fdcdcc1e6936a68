//! Splits the path of the `shapewright` crate from a macro's input.

use crate::error::Errors;
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::{ParseStream, Parser};
use syn::{Path, Token};

/// Splits `$crate; tokens` into the path, for the expansion, and the tokens that the user wrote.
pub(crate) fn split_root(
    input: TokenStream,
    name: &str,
) -> Result<(TokenStream, TokenStream), Errors> {
    let parser = |input: ParseStream| {
        let path = input.call(Path::parse_mod_style)?;
        input.parse::<Token![;]>()?;
        Ok((path.into_token_stream(), input.parse()?))
    };
    parser.parse2(input).map_err(|_| {
        let mut errors = Errors::default();
        errors.at_call(format!("call this macro as `shapewright::{name}!`"));
        errors
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{fails, invisible, tokens};

    #[test]
    fn the_path_ends_at_the_first_semicolon() {
        let (root, user) = split_root(tokens("a::b; 0.0; 3"), "tensor").expect("a root");
        assert_eq!(root.to_string(), tokens("a::b").to_string());
        assert_eq!(user.into_iter().count(), 3);
    }

    #[test]
    fn an_invisible_group_around_the_path_is_taken_off() {
        let input = [invisible(tokens("a")), tokens("; 3")].into_iter().collect();
        let (root, user) = split_root(input, "shape").expect("a root");
        assert_eq!(root.to_string(), "a");
        assert_eq!(user.into_iter().count(), 1);
    }

    #[test]
    fn a_direct_call_is_refused() {
        for source in ["", "3, 4", "; 3", "0.0; 3"] {
            let result = split_root(tokens(source), "tensor").map(|(root, _)| root);
            fails(result, &[("", "call this macro as `shapewright::tensor!`")]);
        }
    }
}
