//! Literals with their sign: their kind, their suffix, their value, and the same number written as
//! another kind.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Lit, LitFloat};

/// A literal, with the minus sign before it if there is one.
pub(crate) struct Number(pub(crate) Lit);

/// The kind of a literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Integer,
    Float,
    Bool,
    Text,
    Char,
}

impl Kind {
    /// The kind with an article, for messages.
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

impl Number {
    /// Reads `tokens` if they are one literal, with or without a minus sign.
    pub(crate) fn read(tokens: &TokenStream) -> Option<Self> {
        Some(Self(match syn::parse2(tokens.clone()).ok()? {
            // syn reads `1f32` as an integer, because the number has no point.
            Lit::Int(number) if matches!(number.suffix(), "f32" | "f64") => {
                Lit::Float(LitFloat::new(&number.to_string(), number.span()))
            }
            literal => literal,
        }))
    }

    /// The text as the user wrote it.
    pub(crate) fn text(&self) -> String {
        match &self.0 {
            // Printed as tokens, the sign and the number would be separated by a space.
            Lit::Int(literal) => literal.to_string(),
            Lit::Float(literal) => literal.to_string(),
            other => other.to_token_stream().to_string(),
        }
    }

    /// The kind of the literal.
    pub(crate) fn kind(&self) -> Kind {
        match self.0 {
            // A byte literal is an integer of type `u8`.
            Lit::Int(_) | Lit::Byte(_) => Kind::Integer,
            Lit::Float(_) => Kind::Float,
            Lit::Bool(_) => Kind::Bool,
            Lit::Char(_) => Kind::Char,
            _ => Kind::Text,
        }
    }

    /// The suffix of the type, or an empty string.
    pub(crate) fn suffix(&self) -> &str {
        if let Lit::Byte(_) = self.0 { "u8" } else { self.0.suffix() }
    }

    /// The value of an integer; `None` if the literal is not an integer, is negative, or is too
    /// large.
    pub(crate) fn value(&self) -> Option<u64> {
        if let Lit::Int(literal) = &self.0 { literal.base10_parse().ok() } else { None }
    }

    /// An integer written as a float.
    pub(crate) fn as_float(&self) -> Option<String> {
        if let Lit::Int(literal) = &self.0 {
            Some(format!("{}.0", literal.base10_digits()))
        } else {
            None
        }
    }

    /// A float written as an integer, if its value is whole.
    pub(crate) fn as_integer(&self) -> Option<String> {
        // Every whole number below `EXACT`, which is 2^53, is printed exactly.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        let Lit::Float(literal) = &self.0 else { return None };
        let value: f64 = literal.base10_parse().ok()?;
        (value.fract() == 0.0 && value.abs() < EXACT).then(|| value.to_string())
    }

    /// The number written with `suffix` in place of its own suffix.
    pub(crate) fn with_suffix(&self, suffix: &str) -> String {
        let text = self.text();
        let bare = text.strip_suffix(self.suffix()).unwrap_or(&text).trim_end_matches('_');
        let bare =
            bare.strip_suffix('.').map_or_else(|| bare.to_owned(), |whole| format!("{whole}.0"));
        format!("{bare}{suffix}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{invisible, tokens};

    fn number(source: &str) -> Number {
        Number::read(&tokens(source)).expect("a literal")
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
            assert_eq!((number.kind(), number.suffix()), (kind, suffix), "{source}");
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
            assert!(Number::read(&tokens(source)).is_none(), "{source}");
        }
    }

    #[test]
    fn a_literal_may_come_through_another_macro() {
        let number = Number::read(&invisible(tokens("-3"))).expect("a literal");
        assert_eq!(number.text(), "-3");
    }
}
