//! Takes the path of the `shapewright` crate off the front of a macro's input.

use crate::error::Errors;
use crate::tokens::{flattened, is_punct};
use proc_macro2::{TokenStream, TokenTree};

/// Splits `$crate; tokens`: the path for the output, and what the user wrote.
pub(crate) fn split_root(input: TokenStream, name: &str) -> Result<(TokenStream, Vec<TokenTree>), Errors> {
    let mut path: Vec<TokenTree> = input.into_iter().collect();
    if let Some(end) = path.iter().position(|token| is_punct(Some(token), ';')) {
        let user = path.split_off(end + 1);
        path.pop();
        let path = flattened(&path);
        if !path.is_empty()
            && path.iter().all(|token| matches!(token, TokenTree::Ident(_)) || is_punct(Some(token), ':'))
        {
            return Ok((path.into_iter().collect(), user));
        }
    }
    let mut errors = Errors::default();
    errors.at_call(format!("call this macro as `shapewright::{name}!`"));
    Err(errors)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{fails, invisible, stream, tokens};

    #[test]
    fn the_path_ends_at_the_first_semicolon() {
        let (root, user) = split_root(stream("a::b; 0.0; 3"), "tensor").expect("a root");
        assert_eq!(root.to_string(), stream("a::b").to_string());
        assert_eq!(user.len(), 3);
    }

    #[test]
    fn an_invisible_group_around_the_path_is_taken_off() {
        let input = [invisible(tokens("a"))].into_iter().chain(tokens("; 3")).collect();
        let (root, user) = split_root(input, "shape").expect("a root");
        assert_eq!(root.to_string(), "a");
        assert_eq!(user.len(), 1);
    }

    #[test]
    fn a_direct_call_is_refused() {
        for source in ["", "3, 4", "; 3", "0.0; 3"] {
            let result = split_root(stream(source), "tensor").map(|(root, _)| root);
            fails(result, &[("", "call this macro as `shapewright::tensor!`")]);
        }
    }
}
