//! Lengths as whole numbers: the literals that are lengths, and the messages for literals that are
//! not.

use crate::error::Errors;
use crate::number::Number;
use crate::show::shown;
use proc_macro2::{Literal, TokenStream};
use syn::Lit;

/// A length given as a literal, kept as the user wrote it.
#[derive(Debug)]
pub(crate) struct Length {
    pub(crate) literal: Literal,
    pub(crate) value: u64,
}

/// The result of reading tokens as a length.
#[derive(Debug)]
pub(crate) enum Reading {
    Length(Length),
    /// A literal that is not a length, for which an error was reported.
    Refused,
    /// Something other than a literal, which may still be a length.
    NoLiteral,
}

/// Reads `tokens` as a length. `wanted` ends the message about a literal of the wrong kind.
pub(crate) fn read(tokens: &TokenStream, wanted: &str, errors: &mut Errors) -> Reading {
    let Some(number) = Number::read(tokens) else { return Reading::NoLiteral };
    let text = shown(tokens.clone());
    let message = match (&number.0, number.value()) {
        (Lit::Int(literal), Some(value)) if matches!(literal.suffix(), "" | "usize") => {
            return Reading::Length(Length { literal: literal.token(), value });
        }
        (_, Some(_)) => {
            format!(
                "`{text}` is not a length, which is a `usize`: write `{}`",
                number.with_suffix("")
            )
        }
        (Lit::Int(literal), None) if !literal.base10_digits().starts_with('-') => {
            format!("`{text}` is too large for a length: the largest is {}", u64::MAX)
        }
        _ => format!("`{text}` is not a length: {wanted}"),
    };
    errors.at(tokens, message);
    Reading::Refused
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{fails, tokens};

    #[track_caller]
    fn refused(source: &str, message: &str) {
        let mut errors = Errors::default();
        assert!(matches!(
            read(&tokens(source), "a length is green", &mut errors),
            Reading::Refused
        ));
        fails(errors.or(Default::default()), &[(source, message)]);
    }

    #[test]
    fn whole_numbers_are_lengths() {
        for (source, expected) in [("0", 0), ("1_000", 1000), ("0x10", 16), ("7usize", 7)] {
            let mut errors = Errors::default();
            let Reading::Length(length) = read(&tokens(source), "", &mut errors) else {
                panic!("{source}")
            };
            assert_eq!((length.value, length.literal.to_string()), (expected, source.to_owned()));
        }
    }

    #[test]
    fn other_literals_are_refused() {
        refused("-3", "`-3` is not a length: a length is green");
        refused("2.5", "`2.5` is not a length: a length is green");
        refused("\"a\"", "`\"a\"` is not a length: a length is green");
        refused("true", "`true` is not a length: a length is green");
        refused("b'a'", "`b'a'` is not a length: a length is green");
        refused("3_u8", "`3_u8` is not a length, which is a `usize`: write `3`");
        refused(
            "99999999999999999999",
            "`99999999999999999999` is too large for a length: the largest is 18446744073709551615",
        );
    }

    #[test]
    fn expressions_are_left_to_the_caller() {
        assert!(matches!(read(&tokens("2 * N"), "", &mut Errors::default()), Reading::NoLiteral));
    }
}
