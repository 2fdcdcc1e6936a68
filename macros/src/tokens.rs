//! Small questions about tokens that every parser here asks.

use proc_macro2::{Delimiter, Group, Spacing, Span, TokenTree};

/// Whether `token` is this punctuation character.
pub(crate) fn is_punct(token: Option<&TokenTree>, character: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == character)
}

/// Whether `tokens` begin with these two characters, written without a space between them.
pub(crate) fn is_joint(tokens: &[TokenTree], first: char, second: char) -> bool {
    matches!(tokens, [TokenTree::Punct(one), TokenTree::Punct(two), ..]
        if one.as_char() == first && one.spacing() == Spacing::Joint && two.as_char() == second)
}

/// `token` as a group with these delimiters.
pub(crate) fn as_group(token: Option<&TokenTree>, delimiter: Delimiter) -> Option<&Group> {
    match token {
        Some(TokenTree::Group(group)) if group.delimiter() == delimiter => Some(group),
        _ => None,
    }
}

/// The tokens inside a group.
pub(crate) fn inside(group: &Group) -> Vec<TokenTree> {
    group.stream().into_iter().collect()
}

/// `tokens` without the invisible group around all of them: a user's own `macro_rules!` puts one around
/// `$x:expr`.
pub(crate) fn unwrapped(mut tokens: Vec<TokenTree>) -> Vec<TokenTree> {
    while let [TokenTree::Group(group)] = &*tokens
        && group.delimiter() == Delimiter::None
    {
        tokens = inside(group);
    }
    tokens
}

/// `tokens` without any invisible group: for reading and for messages, never for output, where they bind.
pub(crate) fn flattened(tokens: &[TokenTree]) -> Vec<TokenTree> {
    let mut flat = Vec::with_capacity(tokens.len());
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                flat.extend(flattened(&inside(group)));
            }
            TokenTree::Group(group) => {
                let stream = flattened(&inside(group)).into_iter().collect();
                flat.push(Group::new(group.delimiter(), stream).into());
            }
            token => flat.push(token.clone()),
        }
    }
    flat
}

/// Where `tokens` begin. An invisible group is looked into: its own span is the user's macro, not the
/// argument.
pub(crate) fn first_span(tokens: &[TokenTree]) -> Option<Span> {
    match tokens.first()? {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
            Some(first_span(&inside(group)).unwrap_or_else(|| group.span()))
        }
        token => Some(token.span()),
    }
}

/// Where `tokens` end.
pub(crate) fn last_span(tokens: &[TokenTree]) -> Option<Span> {
    match tokens.last()? {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
            Some(last_span(&inside(group)).unwrap_or_else(|| group.span()))
        }
        token => Some(token.span()),
    }
}

/// Whether `word` can be no part of a path (`self`, `Self`, `super` and `crate` can).
pub(crate) fn is_keyword(word: &str) -> bool {
    const KEYWORDS: &[&str] = &[
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
        "else", "enum", "extern", "false", "final", "fn", "for", "if", "impl", "in", "let", "loop", "macro",
        "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct",
        "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while",
        "yield",
    ];
    KEYWORDS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{invisible, tokens};

    #[test]
    fn invisible_groups_are_looked_through() {
        let wrapped = vec![invisible(vec![invisible(tokens("- 3"))])];
        assert_eq!(unwrapped(wrapped.clone()).len(), 2);
        assert_eq!(flattened(&wrapped).len(), 2);
        assert_eq!(last_span(&wrapped).and_then(|span| span.source_text()).as_deref(), Some("3"));
    }
}
