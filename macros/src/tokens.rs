//! Handles the invisible groups that a user's `macro_rules!` puts around an argument such as
//! `$x:expr`.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// `tokens` without invisible groups, for messages only. An expansion must keep these groups,
/// because they bind like parentheses.
pub(crate) fn flattened(tokens: TokenStream) -> TokenStream {
    let flat = |token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
            flattened(group.stream())
        }
        token => token.into(),
    };
    tokens.into_iter().map(flat).collect()
}

/// The group, if `tokens` are exactly one group with these delimiters.
pub(crate) fn as_group(tokens: &TokenStream, delimiter: Delimiter) -> Option<Group> {
    syn::parse2(flattened(tokens.clone()))
        .ok()
        .filter(|group: &Group| group.delimiter() == delimiter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{invisible, tokens};

    #[test]
    fn invisible_groups_are_looked_through() {
        let wrapped = invisible(invisible(tokens("- 3")));
        let flat: Vec<_> = flattened(wrapped).into_iter().collect();
        assert_eq!(flat.len(), 2);
        assert_eq!(flat[1].span().source_text().as_deref(), Some("3"));
        let wrapped = invisible(invisible(tokens("[3]")));
        assert!(as_group(&wrapped, Delimiter::Bracket).is_some());
        assert!(as_group(&wrapped, Delimiter::Brace).is_none());
    }
}
