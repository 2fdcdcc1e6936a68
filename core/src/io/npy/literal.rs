//! Parses the Python literals in a `.npy` header: strings, lengths and booleans. Of any other
//! literal it finds only where the literal ends.

use alloc::format;
use alloc::string::ToString;
use core::fmt::{self, Write};

use super::error::NpyError;

/// A position in the text of a header.
#[derive(Clone, Debug)]
pub(super) struct Cursor<'a> {
    text: &'a [u8],
    at: usize,
    /// The index in the file at which the text starts, for messages.
    start: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a [u8], start: usize) -> Self {
        Self { text, at: 0, start }
    }

    fn rest(&self) -> &'a [u8] {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<u8> {
        self.rest().first().copied()
    }

    fn skip_blanks(&mut self) {
        let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c');
        self.at += self.rest().iter().take_while(|byte| blank(byte)).count();
    }

    /// The position of the next token, at which an error may be reported later.
    pub(super) fn mark(&mut self) -> Self {
        self.skip_blanks();
        self.clone()
    }

    /// The text from this position up to `end`.
    pub(super) fn until(&self, end: &Self) -> &'a [u8] {
        &self.text[self.at..end.at]
    }

    /// The error with the text `problem` at this position.
    pub(super) fn problem(&self, problem: impl fmt::Display) -> NpyError {
        NpyError::Header { at: self.start + self.at, problem: problem.to_string() }
    }

    /// The error at this position, where `expected` should be and something else is.
    pub(super) fn unexpected(&self, expected: impl fmt::Display) -> NpyError {
        // The error shows one token of the text: up to the next delimiter, and at least one byte.
        let delimiter = |byte: &u8| matches!(byte, b',' | b':' | b')' | b']' | b'}' | b' ' | b'\n');
        let length = self.rest().iter().position(delimiter).unwrap_or(self.rest().len());
        match &self.rest()[..length.max(1).min(self.rest().len())] {
            [] => self.problem(format_args!("expected {expected}, found the end of the header")),
            token => self.problem(format_args!("expected {expected}, found {}", Shown(token))),
        }
    }

    /// If the next byte after white space is `token`, moves past it and returns true.
    pub(super) fn eat(&mut self, token: u8) -> bool {
        self.skip_blanks();
        let found = self.peek() == Some(token);
        self.at += usize::from(found);
        found
    }

    pub(super) fn expect(
        &mut self,
        token: u8,
        expected: impl fmt::Display,
    ) -> Result<(), NpyError> {
        if self.eat(token) { Ok(()) } else { Err(self.unexpected(expected)) }
    }

    pub(super) fn expect_end(&mut self) -> Result<(), NpyError> {
        self.skip_blanks();
        if self.rest().is_empty() {
            Ok(())
        } else {
            Err(self.unexpected("nothing after the dictionary"))
        }
    }

    /// A string: the text between its quotes, in which escapes stay as they are written.
    pub(super) fn string(&mut self, expected: impl fmt::Display) -> Result<&'a [u8], NpyError> {
        self.skip_blanks();
        let prefix = match self.rest() {
            // Python 2 wrote `u` before some strings, and Python 3 reads it.
            [b'u' | b'U', b'\'' | b'"', ..] => 1,
            [b'\'' | b'"', ..] => 0,
            _ => return Err(self.unexpected(expected)),
        };
        let quote = self.rest()[prefix];
        let inside = &self.rest()[prefix + 1..];
        let mut escaped = false;
        let end = inside.iter().position(|&byte| {
            let closes = byte == quote && !escaped;
            escaped = byte == b'\\' && !escaped;
            closes
        });
        let Some(end) = end else { return Err(self.problem("this string has no closing quote")) };
        self.at += prefix + 1 + end + 1;
        Ok(&inside[..end])
    }

    /// A length of a shape: decimal digits, and the `L` that Python 2 wrote after an integer of
    /// type `long`.
    pub(super) fn length(&mut self) -> Result<usize, NpyError> {
        let here = self.mark();
        let digits = self.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
        // Python refuses `02`, which was once an octal number, and so does this function.
        let octal = digits > 1 && self.peek() == Some(b'0');
        if digits == 0 || octal {
            return Err(self.unexpected("a length"));
        }
        let value = self.rest()[..digits].iter().try_fold(0usize, |value, byte| {
            value.checked_mul(10)?.checked_add(usize::from(byte - b'0'))
        });
        self.at += digits + usize::from(self.rest().get(digits) == Some(&b'L'));
        value.ok_or_else(|| {
            here.problem(format!("length {} is too large", Shown(&here.rest()[..digits])))
        })
    }

    /// `True` or `False`.
    pub(super) fn boolean(&mut self) -> Result<bool, NpyError> {
        self.skip_blanks();
        for (word, value) in [(&b"True"[..], true), (b"False", false)] {
            if self.rest().starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(self.unexpected("True or False"))
    }

    /// Any literal, as it is written: up to the comma or the bracket that ends it.
    pub(super) fn any(&mut self) -> Result<&'a [u8], NpyError> {
        let here = self.mark();
        // Brackets are counted, not matched, so that no nesting overflows the stack.
        let mut depth = 0usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'\'' | b'"' => {
                    self.string("a string")?;
                    continue;
                }
                b',' | b')' | b']' | b'}' if depth == 0 => break,
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => depth -= 1,
                _ => {}
            }
            self.at += 1;
        }
        Ok(here.until(self).trim_ascii_end())
    }
}

/// Displays text of a file in a message: printable ASCII unchanged, other bytes as in `\x00`, and
/// at most 60 bytes.
pub(super) struct Shown<'a>(pub(super) &'a [u8]);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LONGEST: usize = 60;
        for &byte in &self.0[..self.0.len().min(LONGEST)] {
            match byte {
                b' '..=b'~' => f.write_char(char::from(byte))?,
                _ => write!(f, "\\x{byte:02x}")?,
            }
        }
        f.write_str(if self.0.len() > LONGEST { "..." } else { "" })
    }
}
