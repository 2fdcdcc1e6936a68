//! Shared by the unit tests: a macro's input from source text, and its output as text to compare.

use crate::error::Errors;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The tokens of `source`.
pub(crate) fn tokens(source: &str) -> TokenStream {
    source.parse().expect("the test's source is made of tokens")
}

/// The input that the wrapper in `shapewright` passes on, with `kr` in place of `$crate`.
pub(crate) fn input(source: &str) -> TokenStream {
    tokens(&format!("kr; {source}"))
}

/// `tokens` in an invisible group, as `$x:expr` makes it.
pub(crate) fn invisible(tokens: TokenStream) -> TokenStream {
    TokenTree::from(Group::new(Delimiter::None, tokens)).into()
}

/// The text of `tokens` without spaces, because the spaces only reflect how the tokens were made.
pub(crate) fn compact(tokens: &TokenStream) -> String {
    tokens.to_string().replace([' ', '\n'], "")
}

/// Asserts that an expansion consists of the tokens of `expected`.
#[track_caller]
pub(crate) fn expands(actual: Result<TokenStream, Errors>, expected: &str) {
    let actual =
        actual.unwrap_or_else(|errors| panic!("no errors were expected: {:?}", errors.listed()));
    assert_eq!(compact(&actual), compact(&tokens(expected)));
}

/// Asserts that exactly these errors are reported: for each, the text that it points at and its
/// message.
#[track_caller]
pub(crate) fn fails(actual: Result<TokenStream, Errors>, expected: &[(&str, &str)]) {
    let actual = actual.expect_err("errors were expected").listed();
    let actual: Vec<_> = actual.iter().map(|(place, message)| (&**place, &**message)).collect();
    assert_eq!(actual, expected);
}

/// A `.npy` file with the header `header` and the data `data`.
pub(crate) fn npy(header: impl AsRef<[u8]>, data: &[u8]) -> Vec<u8> {
    let header = header.as_ref();
    let padding = " ".repeat(64 - (10 + header.len() + 1) % 64);
    let length = (header.len() + padding.len() + 1) as u16;
    let length = length.to_le_bytes();
    [b"\x93NUMPY\x01\x00", &length[..], header, padding.as_bytes(), b"\n", data].concat()
}

/// A `.safetensors` file with the header `header` and the data `data`.
pub(crate) fn safetensors(header: impl AsRef<[u8]>, data: &[u8]) -> Vec<u8> {
    let header = header.as_ref();
    [&(header.len() as u64).to_le_bytes(), header, data].concat()
}

/// Files that differ from valid ones in a few bytes.
#[derive(Debug)]
pub(crate) struct Mutations<'a> {
    /// Headers, and the data after each.
    seeds: &'a [(&'a str, &'a [u8])],
    /// Makes a file from a header and its data.
    file: fn(Vec<u8>, &[u8]) -> Vec<u8>,
    state: u64,
}

impl<'a> Mutations<'a> {
    pub(crate) fn of(
        seeds: &'a [(&'a str, &'a [u8])],
        file: fn(Vec<u8>, &[u8]) -> Vec<u8>,
    ) -> Self {
        Self { seeds, file, state: 0x9e37_79b9_7f4a_7c15 }
    }

    fn random(&mut self, below: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state >> 11) as usize % below
    }

    fn change(&mut self, bytes: &mut Vec<u8>) {
        // Parts of headers, so that changed files stay nearly valid.
        const PARTS: [&str; 20] = [
            "{",
            "}",
            "(",
            ")",
            "[",
            "]",
            ",",
            ":",
            "'",
            "\"",
            "\\",
            "\\u",
            "L",
            "9",
            "0",
            "\u{e9}",
            " ",
            "4294967296",
            "18446744073709551615",
            "null",
        ];
        if bytes.is_empty() {
            return;
        }
        let at = self.random(bytes.len());
        match self.random(7) {
            0 => bytes[at] = self.random(256) as u8,
            1 => bytes[at] ^= 1 << self.random(8),
            2 if self.random(8) == 0 => bytes.truncate(at),
            2 | 3 => drop(bytes.remove(at)),
            4 => bytes.insert(at, self.random(256) as u8),
            _ => {
                let part = PARTS[self.random(PARTS.len())];
                drop(bytes.splice(at..at, part.bytes()));
            }
        }
    }
}

impl Iterator for Mutations<'_> {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        let (header, data) = self.seeds[self.random(self.seeds.len())];
        let mut header = header.as_bytes().to_vec();
        for _ in 0..self.random(4) {
            self.change(&mut header);
        }
        let mut file = (self.file)(header, data);
        if self.random(4) == 0 {
            self.change(&mut file);
        }
        Some(file)
    }
}
