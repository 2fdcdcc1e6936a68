//! Limits how deep brackets are nested. syn recurses over nested brackets, and rustc over the
//! expansion, and both would overflow the stack. So the depth is checked first, by a loop with a
//! stack of its own instead of recursion.

use crate::error::Errors;
use proc_macro2::{Delimiter, TokenStream, TokenTree, token_stream};
use std::iter::Peekable;

/// The maximum depth of brackets of all kinds: more than an expression written by hand has.
const DEEPEST: usize = 64;
/// The maximum depth of nesting if the invisible groups that `macro_rules!` makes count, too. A
/// macro that calls itself up to rustc's `recursion_limit` of 128 makes 128 of these groups.
const DEEPEST_OF_ALL: usize = 200;

/// Brackets of one kind that are nested as lists in lists are, `[[1, 2], [3, 4]]`: each inner pair
/// of brackets, with its contents, is a whole item of the list in the next outer pair.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chain<'m> {
    pub(crate) delimiter: Delimiter,
    /// The maximum number of brackets in the chain.
    pub(crate) most: usize,
    /// The message for the first bracket beyond `most`.
    pub(crate) message: &'m str,
}

/// Refuses nesting that is too deep, at the first bracket that is too many.
pub(crate) fn check(tokens: &TokenStream, chain: Option<Chain<'_>>) -> Result<(), Errors> {
    let mut open = vec![Level::new(tokens.clone(), Some(0), 0)];
    while let Some(level) = open.last_mut() {
        let (begins, visible) = (level.item_begins, level.visible);
        let Some(token) = level.tokens.next() else {
            open.pop();
            continue;
        };
        level.item_begins = separates(&token);
        let TokenTree::Group(group) = token else { continue };
        let is_item = begins && level.tokens.peek().is_none_or(separates);
        let around = level.in_chain.filter(|_| is_item);
        let in_chain = match (chain, group.delimiter()) {
            // An invisible group, made by `macro_rules!`, does not count.
            (_, Delimiter::None) => around,
            (Some(chain), delimiter) if chain.delimiter == delimiter => {
                around.map(|count| count + 1)
            }
            _ => None,
        };
        let visible = visible + usize::from(group.delimiter() != Delimiter::None);
        let message = match chain {
            Some(chain) if in_chain > Some(chain.most) => chain.message.to_owned(),
            _ if visible > DEEPEST || open.len() > DEEPEST_OF_ALL => format!(
                "brackets are nested more than {DEEPEST} deep here: name what is in them by a `let` or a `const`"
            ),
            _ => {
                open.push(Level::new(group.stream(), in_chain, visible));
                continue;
            }
        };
        let mut errors = Errors::default();
        errors.push(syn::Error::new(group.span_open(), message));
        return Err(errors);
    }
    Ok(())
}

/// The contents of a pair of brackets, or the whole input. `tokens` are the tokens of these
/// contents that have not been visited yet.
struct Level {
    tokens: Peekable<token_stream::IntoIter>,
    item_begins: bool,
    /// The number of brackets around the tokens, if all of these brackets belong to the [`Chain`],
    /// otherwise `None`.
    in_chain: Option<usize>,
    /// The number of visible brackets around the tokens.
    visible: usize,
}

impl Level {
    fn new(tokens: TokenStream, in_chain: Option<usize>, visible: usize) -> Self {
        Self { tokens: tokens.into_iter().peekable(), item_begins: true, in_chain, visible }
    }
}

fn separates(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if matches!(punct.as_char(), ',' | ';'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{fails, invisible, tokens};

    const LISTS: Chain<'_> =
        Chain { delimiter: Delimiter::Bracket, most: 8, message: "one too many" };

    #[track_caller]
    fn passes(tokens: &TokenStream) {
        assert!(check(tokens, Some(LISTS)).is_ok());
    }

    #[track_caller]
    fn refuses(source: &str, place: &str, message: &str) {
        let result = check(&tokens(source), Some(LISTS)).map(|()| TokenStream::new());
        fails(result, &[(place, message)]);
    }

    fn nested(open: &str, inner: &str, close: &str, times: usize) -> String {
        open.repeat(times) + inner + &close.repeat(times)
    }

    #[test]
    fn items_in_items_end_where_the_chain_does() {
        passes(&tokens(&nested("[", "1", "]", 8)));
        passes(&tokens(&nested("[0, ", "[1, 2]", ", 3]", 7)));
        passes(&invisible(tokens(&nested("[", "1", "]", 8))));
        for count in [9, 10, 60] {
            refuses(&nested("[", "1", "]", count), "[", "one too many");
        }
        refuses(&nested("[[0], ", "1", "; 2]", 9), "[", "one too many");
    }

    #[test]
    fn other_brackets_are_free_to_a_depth_that_no_one_writes() {
        passes(&tokens(&nested("x[", "1", "]", 64)));
        passes(&tokens(&nested("(", "1", ")", 64)));
        passes(&tokens(&nested("[f(", "1", ")]", 32)));
        let message = "brackets are nested more than 64 deep here: name what is in them by a `let` or a `const`";
        refuses(&nested("x[", "1", "]", 65), "[", message);
        refuses(&nested("(", "1", ")", 5000), "(", message);
        refuses(&nested("-{", "1", "}", 65), "{", message);
        // A macro that calls itself puts its argument into one more invisible group at each call.
        let within = |depth| (0..depth).fold(tokens("1"), |inner, _| invisible(inner));
        passes(&within(128));
        assert!(check(&within(5000), Some(LISTS)).is_err());
    }
}
