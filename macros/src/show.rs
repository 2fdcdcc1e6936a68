//! Prints tokens for messages as a person writes them. `TokenStream`'s own `Display` promises nothing, and
//! prints `a :: b` and `- 3`.

use crate::split::generics;
use crate::tokens::{flattened, inside};
use proc_macro2::{Delimiter, Spacing, TokenTree};

/// `tokens` as a message quotes them; what would make its line long is `...`.
pub(crate) fn shown(tokens: &[TokenTree]) -> String {
    const LONGEST: usize = 40;
    let text = print(&flattened(tokens));
    if text.len() > LONGEST || text.contains('\n') { "...".into() } else { text }
}

fn print(tokens: &[TokenTree]) -> String {
    let mut printer = Printer { text: String::new(), before: Before::Nothing };
    let mut at = 0;
    while at < tokens.len() {
        at += printer.print_next(&tokens[at..]);
    }
    printer.text
}

/// What the text ends with, as far as the next token's space depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    Nothing,
    Word,
    Group,
    /// Something that the next token sticks to: `::`, `.`, a prefix.
    Sticky,
    /// A binary operator or a comma: a space follows, and what looks binary is a prefix.
    Operator,
}

struct Printer {
    text: String,
    before: Before,
}

impl Printer {
    fn push(&mut self, space: bool, text: &str, before: Before) {
        if space {
            self.text.push(' ');
        }
        self.text.push_str(text);
        self.before = before;
    }

    /// Prints the first of `tokens` with those that belong to it; gives their number.
    fn print_next(&mut self, tokens: &[TokenTree]) -> usize {
        let apart = matches!(self.before, Before::Word | Before::Group | Before::Operator);
        match &tokens[0] {
            TokenTree::Group(group) => {
                let content = print(&inside(group));
                let space = self.before == Before::Operator;
                match group.delimiter() {
                    Delimiter::Parenthesis => self.push(space, &format!("({content})"), Before::Group),
                    Delimiter::Bracket => self.push(space, &format!("[{content}]"), Before::Group),
                    Delimiter::Brace => self.push(apart, &format!("{{ {content} }}"), Before::Group),
                    Delimiter::None => self.push(apart, &content, Before::Group),
                }
                1
            }
            TokenTree::Punct(_) => self.print_operator(tokens),
            word => {
                self.push(apart, &word.to_string(), Before::Word);
                1
            }
        }
    }

    fn print_operator(&mut self, tokens: &[TokenTree]) -> usize {
        let mut operator = String::new();
        for token in tokens {
            let TokenTree::Punct(punct) = token else { break };
            operator.push(punct.as_char());
            // A path goes on with generics, which are no part of the `::`.
            if punct.spacing() == Spacing::Alone || operator == "::" {
                break;
            }
        }
        let after_operand = matches!(self.before, Before::Word | Before::Group);
        let space = self.before == Before::Operator;
        match &*operator {
            "<" if matches!(self.before, Before::Nothing | Before::Sticky)
                && let Some(count) = generics(tokens) =>
            {
                let list = print(&tokens[1..count - 1]);
                self.push(false, &format!("<{list}>"), Before::Word);
                return count;
            }
            "::" | "." | "'" => self.push(space, &operator, Before::Sticky),
            "?" => self.push(false, &operator, Before::Group),
            "," | ";" | ":" => self.push(false, &operator, Before::Operator),
            "!" if after_operand => self.push(false, &operator, Before::Sticky),
            _ if after_operand => self.push(true, &operator, Before::Operator),
            _ => self.push(space, &operator, Before::Sticky),
        }
        operator.len()
    }
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
            "::a::b",
        ] {
            let expected = source.replace("a..b", "a .. b");
            assert_eq!(shown(&tokens(source)), expected);
        }
        assert_eq!(shown(&tokens("2*N")), "2 * N");
    }

    #[test]
    fn invisible_groups_are_not_seen() {
        assert_eq!(shown(&[invisible(vec![invisible(tokens("- 3"))])]), "-3");
    }

    #[test]
    fn long_text_is_not_quoted() {
        assert_eq!(shown(&tokens("a_rather_long_name + another_rather_long_name")), "...");
    }
}
