//! Prints tokens for messages, spaced as a person writes them. The `Display` of `TokenStream`
//! guarantees no spacing, and prints `a :: b` and `- 3`.

use crate::tokens::flattened;
use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// `tokens` as messages quote them; `...` if they would make the line long.
pub(crate) fn shown(tokens: TokenStream) -> String {
    const LONGEST: usize = 40;
    let text = print(tokens);
    if text.len() > LONGEST || text.contains('\n') { "...".into() } else { text }
}

/// The kind of the last printed token, on which the space before the next token depends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    /// The start of the text, or a token after which the next token follows without a space: `::`,
    /// `.`, a prefix.
    Sticky,
    Operand,
    /// A binary operator or a comma: a space follows, and if the next token is an operator, it is a
    /// prefix.
    Operator,
}

fn print(tokens: TokenStream) -> String {
    let mut text = String::new();
    let mut before = Before::Sticky;
    let mut operator = String::new();
    let mut open_generics = 0;
    let mut tokens = flattened(tokens).into_iter().peekable();
    while let Some(token) = tokens.next() {
        let (operand_before, operator_before) =
            (before == Before::Operand, before == Before::Operator);
        let apart = operand_before || operator_before;
        let (space, printed, after) = match token {
            TokenTree::Group(group) => {
                let content = print(group.stream());
                let (space, printed) = match group.delimiter() {
                    Delimiter::Brace => (apart, format!("{{ {content} }}")),
                    Delimiter::Bracket => (operator_before, format!("[{content}]")),
                    _ => (operator_before, format!("({content})")),
                };
                (space, printed, Before::Operand)
            }
            TokenTree::Punct(punct) => {
                operator.push(punct.as_char());
                let opens = operator == "<" && (!apart || open_generics > 0);
                let closes = operator == ">" && open_generics > 0;
                let is_whole =
                    opens || closes || operator == "::" || punct.spacing() == Spacing::Alone;
                if !is_whole && matches!(tokens.peek(), Some(TokenTree::Punct(_))) {
                    continue;
                }
                let (space, after) = match &*operator {
                    "<" if opens => (false, Before::Sticky),
                    ">" if closes => (false, Before::Operand),
                    "::" | "." | "'" => (operator_before, Before::Sticky),
                    "?" => (false, Before::Operand),
                    "," | ";" | ":" => (false, Before::Operator),
                    "!" if operand_before => (false, Before::Sticky),
                    _ if operand_before => (true, Before::Operator),
                    _ => (operator_before, Before::Sticky),
                };
                open_generics = open_generics + i32::from(opens) - i32::from(closes);
                (space, std::mem::take(&mut operator), after)
            }
            word => (apart, word.to_string(), Before::Operand),
        };
        if space {
            text.push(' ');
        }
        text += &printed;
        before = after;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{invisible, tokens};

    #[test]
    fn as_a_person_writes_it() {
        for source in [
            "-3",
            "2 * N",
            "-N + 1",
            "a::b(c)[0] + 1",
            "N * f::<A, B>()",
            "<T, U>",
            "<T as A>::N * 2",
            "a.b().c - d",
            "(a + b, -c)",
            "!a && *b",
            "x as usize",
            "a? << b",
            "max!(a, b)",
            "if a < b { 1 } else { 2 }",
            "pub(crate)",
            "pub",
            "a..b",
            "'a'",
            "-'a'",
            "f::<A<B>, fn(C) -> D>()",
            "::a::b",
        ] {
            let expected = source.replace("a..b", "a .. b");
            assert_eq!(shown(tokens(source)), expected);
        }
        assert_eq!(shown(tokens("2*N")), "2 * N");
    }

    #[test]
    fn invisible_groups_are_not_seen() {
        assert_eq!(shown(invisible(invisible(tokens("- 3")))), "-3");
    }

    #[test]
    fn long_text_is_not_quoted() {
        assert_eq!(shown(tokens("a_rather_long_name + another_rather_long_name")), "...");
    }
}
