//! Reads literal tokens: what kind a literal has, its suffix, its value, and how the same number is written
//! in another kind.

use crate::tokens::flattened;
use proc_macro2::{Delimiter, Literal, TokenTree};

/// A literal, with the minus sign before it if there is one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Number {
    /// As the user wrote it.
    pub(crate) text: String,
    pub(crate) kind: Kind,
    pub(crate) negative: bool,
    /// The digits without underscores, prefix, sign and suffix; empty for what is not a number.
    digits: String,
    radix: u32,
    /// The explicit suffix, or empty.
    pub(crate) suffix: String,
}

/// What a literal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Integer,
    Float,
    Bool,
    Text,
    Char,
}

impl Kind {
    /// With its article, for messages.
    pub(crate) fn described(self) -> &'static str {
        match self {
            Self::Integer => "an integer",
            Self::Float => "a float",
            Self::Bool => "a bool",
            Self::Text => "a string",
            Self::Char => "a char",
        }
    }
}

/// Reads `tokens` if they are one literal, with or without a minus sign.
pub(crate) fn read(tokens: &[TokenTree]) -> Option<(Number, Option<Literal>)> {
    match tokens {
        [TokenTree::Ident(word)] if word == "true" || word == "false" => {
            Some((Number::plain(word.to_string(), Kind::Bool), None))
        }
        [TokenTree::Literal(literal)] => Some((Number::of(literal), Some(literal.clone()))),
        [TokenTree::Punct(sign), TokenTree::Literal(literal)] if sign.as_char() == '-' => {
            let number = Number::of(literal);
            let text = format!("-{}", number.text);
            Some((Number { text, negative: true, ..number }, Some(literal.clone())))
        }
        [TokenTree::Group(group)] | [TokenTree::Punct(_), TokenTree::Group(group)]
            if group.delimiter() == Delimiter::None =>
        {
            let flat = flattened(tokens);
            let still_a_group = matches!(flat.last(), Some(TokenTree::Group(_)));
            if still_a_group { None } else { read(&flat) }
        }
        _ => None,
    }
}

impl Number {
    fn plain(text: String, kind: Kind) -> Self {
        Self { text, kind, negative: false, digits: String::new(), radix: 10, suffix: String::new() }
    }

    fn of(literal: &Literal) -> Self {
        let text = literal.to_string();
        match text.as_bytes() {
            [b'0'..=b'9', ..] => Self::numeric(text),
            // A byte is an integer of type `u8` by another name.
            [b'b', b'\'', ..] => Self { suffix: "u8".into(), ..Self::plain(text, Kind::Integer) },
            [b'\'', ..] => Self::plain(text, Kind::Char),
            _ => Self::plain(text, Kind::Text),
        }
    }

    fn numeric(text: String) -> Self {
        let radix = match text.get(..2) {
            Some("0x") => 16,
            Some("0o") => 8,
            Some("0b") => 2,
            _ => 10,
        };
        let body = if radix == 10 { &text[..] } else { &text[2..] };
        let is_digit = |character: char| character == '_' || character.is_digit(radix);
        let mut end = body.find(|character| !is_digit(character)).unwrap_or(body.len());
        let mut kind = Kind::Integer;
        if radix == 10 {
            let run = |from: usize| from + body[from..].find(|c| !is_digit(c)).unwrap_or(body.len() - from);
            if body[end..].starts_with('.') {
                kind = Kind::Float;
                end = run(end + 1);
            }
            if body[end..].starts_with(['e', 'E']) {
                kind = Kind::Float;
                let signed = body[end + 1..].starts_with(['+', '-']);
                end = run(end + 1 + usize::from(signed));
            }
        }
        let suffix = body[end..].to_owned();
        let digits = body[..end].replace('_', "");
        if suffix == "f32" || suffix == "f64" {
            kind = Kind::Float;
        }
        Self { text, kind, negative: false, digits, radix, suffix }
    }

    /// The value of a whole number; `None` if it is none, or too large.
    pub(crate) fn value(&self) -> Option<u64> {
        if self.negative || self.kind != Kind::Integer {
            return None;
        }
        u64::from_str_radix(&self.digits, self.radix).ok()
    }

    fn sign(&self) -> &'static str {
        if self.negative { "-" } else { "" }
    }

    /// How an integer is written as a float.
    pub(crate) fn as_float(&self) -> Option<String> {
        let value =
            (self.kind == Kind::Integer).then(|| u128::from_str_radix(&self.digits, self.radix).ok())??;
        Some(format!("{}{value}.0", self.sign()))
    }

    /// How a float is written as an integer, if it is whole.
    pub(crate) fn as_integer(&self) -> Option<String> {
        // Every whole number below this prints exactly.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        let value: f64 = (self.kind == Kind::Float).then(|| self.digits.parse().ok())??;
        (value.fract() == 0.0 && value < EXACT).then(|| format!("{}{value}", self.sign()))
    }

    /// The same number with another suffix of its kind.
    pub(crate) fn with_suffix(&self, suffix: &str) -> String {
        let bare = self.text.strip_suffix(&*self.suffix).unwrap_or(&self.text).trim_end_matches('_');
        let bare = bare.strip_suffix('.').map_or_else(|| bare.to_owned(), |whole| format!("{whole}.0"));
        format!("{bare}{suffix}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{invisible, tokens};

    fn number(source: &str) -> Number {
        read(&tokens(source)).expect("a literal").0
    }

    #[test]
    fn kinds_and_suffixes() {
        for (source, kind, suffix) in [
            ("1", Kind::Integer, ""),
            ("1_000", Kind::Integer, ""),
            ("3usize", Kind::Integer, "usize"),
            ("3_u8", Kind::Integer, "u8"),
            ("0xffusize", Kind::Integer, "usize"),
            ("0x1f32", Kind::Integer, ""),
            ("b'a'", Kind::Integer, "u8"),
            ("1.", Kind::Float, ""),
            ("1.5", Kind::Float, ""),
            ("1e3", Kind::Float, ""),
            ("1.5E-3f32", Kind::Float, "f32"),
            ("1f64", Kind::Float, "f64"),
            ("true", Kind::Bool, ""),
            ("\"a\"", Kind::Text, ""),
            ("r\"a\"", Kind::Text, ""),
            ("b\"a\"", Kind::Text, ""),
            ("'a'", Kind::Char, ""),
        ] {
            let number = number(source);
            assert_eq!((number.kind, &*number.suffix), (kind, suffix), "{source}");
        }
    }

    #[test]
    fn values() {
        for (source, value) in [
            ("0", Some(0)),
            ("1_000", Some(1000)),
            ("3_usize", Some(3)),
            ("0xFF", Some(255)),
            ("0o17", Some(15)),
            ("0b101", Some(5)),
            ("18446744073709551615", Some(u64::MAX)),
            ("18446744073709551616", None),
            ("-3", None),
            ("3.0", None),
            ("b'a'", None),
        ] {
            assert_eq!(number(source).value(), value, "{source}");
        }
    }

    #[test]
    fn the_same_number_in_another_kind() {
        assert_eq!(number("2").as_float().as_deref(), Some("2.0"));
        assert_eq!(number("-0x10").as_float().as_deref(), Some("-16.0"));
        assert_eq!(number("b'a'").as_float(), None);
        assert_eq!(number("2.").as_integer().as_deref(), Some("2"));
        assert_eq!(number("-1e3").as_integer().as_deref(), Some("-1000"));
        assert_eq!(number("2f32").as_integer().as_deref(), Some("2"));
        assert_eq!(number("2.5").as_integer(), None);
        assert_eq!(number("1e300").as_integer(), None);
        assert_eq!(number("2.0f64").with_suffix("f32"), "2.0f32");
        assert_eq!(number("-2.").with_suffix("f32"), "-2.0f32");
        assert_eq!(number("3_u8").with_suffix("u16"), "3u16");
    }

    #[test]
    fn other_expressions_are_no_literals() {
        for source in ["x", "--1", "1 + 2", "- x", "(1)", "!true", ""] {
            assert!(read(&tokens(source)).is_none(), "{source}");
        }
    }

    #[test]
    fn a_literal_may_come_through_another_macro() {
        let (number, _) = read(&[invisible(tokens("-3"))]).expect("a literal");
        assert_eq!(number.text, "-3");
    }
}
