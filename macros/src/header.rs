//! Reads the text of a file's header, a literal of Python or JSON, from its start to its end.
//!
//! Values that are not needed are skipped and not stored, so a header never allocates more than its
//! own size.

/// The language of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Json,
    Python,
}

/// The maximum depth of nested brackets.
const DEEPEST: usize = 64;

/// A position in the text of a header.
#[derive(Clone, Debug)]
pub(crate) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    language: Language,
    depth: usize,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(text: &'a str, language: Language) -> Self {
        Self { text, at: 0, language, depth: 0 }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Skips blanks, and returns the next character.
    pub(crate) fn peek(&mut self) -> Option<char> {
        self.at +=
            self.rest().len() - self.rest().trim_start_matches([' ', '\t', '\n', '\r']).len();
        self.rest().chars().next()
    }

    /// Moves past `token`, if `token` is next.
    pub(crate) fn eat(&mut self, token: char) -> bool {
        let found = self.peek() == Some(token);
        self.at += if found { token.len_utf8() } else { 0 };
        found
    }

    /// The error for a text at this position that is not the `expected` one.
    pub(crate) fn unexpected(&mut self, expected: &str) -> String {
        if self.peek().is_none() {
            return format!("expected {expected} where the header ends");
        }
        let found: String = self.rest().chars().take(20).take_while(|c| !c.is_control()).collect();
        format!(
            "expected {expected} at byte {} of the header, found `{}`",
            self.at,
            found.trim_end()
        )
    }

    pub(crate) fn end(&mut self) -> Result<(), String> {
        self.peek().map_or(Ok(()), |_| Err(self.unexpected("nothing more")))
    }

    /// Reads a string, and replaces its escapes by the characters that they stand for.
    pub(crate) fn string(&mut self, expected: &str) -> Result<String, String> {
        let is_python = self.language == Language::Python;
        let mut quote = self.peek();
        if is_python && self.rest().starts_with(['u', 'U']) {
            // Python 2 wrote a `u` before some strings.
            quote = self.rest().chars().nth(1);
        }
        let Some(quote) = quote.filter(|&quote| quote == '"' || is_python && quote == '\'') else {
            return Err(self.unexpected(expected));
        };
        let (begin, mut text) = (self.clone(), String::new());
        self.at += self.rest().find(quote).unwrap_or(0) + 1;
        loop {
            let mut rest = self.rest().chars();
            match rest.next() {
                Some(found) if found == quote => break self.at += 1,
                Some('\\') => text.push(self.escape()?),
                Some(found) if found >= ' ' => {
                    self.at += found.len_utf8();
                    text.push(found);
                }
                Some(_) => return Err(self.unexpected("no control character in a string")),
                None => return Err(begin.clone().unexpected("a string with an end")),
            }
        }
        Ok(text)
    }

    /// Reads an escape in a string, and returns the character that the escape stands for.
    fn escape(&mut self) -> Result<char, String> {
        let escape = self.rest().chars().nth(1).filter(|_| self.language == Language::Json);
        let character = match escape {
            Some(itself @ ('"' | '\\' | '/')) => itself,
            Some('b') => '\x08',
            Some('f') => '\x0c',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => return self.unicode(),
            _ => return Err(self.unexpected("no such escape")),
        };
        self.at += 2;
        Ok(character)
    }

    /// Reads an escape such as `\u00e9`, or two escapes that are a surrogate pair, and returns the
    /// character.
    fn unicode(&mut self) -> Result<char, String> {
        let (first, wrong) = (self.unit(), "a character by `\\u` and four digits");
        let code = match first {
            Some(high @ 0xd800..0xdc00) => {
                let low = self.unit().filter(|low| (0xdc00..0xe000).contains(low));
                low.map(|low| 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))
            }
            other => other,
        };
        code.and_then(char::from_u32).ok_or_else(|| self.unexpected(wrong))
    }

    fn unit(&mut self) -> Option<u32> {
        let digits = self.rest().strip_prefix("\\u")?.get(..4)?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        self.at += 6;
        u32::from_str_radix(digits, 16).ok()
    }

    /// Reads a whole number that is not negative.
    pub(crate) fn number(&mut self, expected: &str) -> Result<u64, String> {
        self.peek();
        let digits =
            self.rest().len() - self.rest().trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, rest) = self.rest().split_at(digits);
        let is_fraction = rest.starts_with(['.', 'e', 'E']);
        if digits == 0 || digits > 1 && number.starts_with('0') || is_fraction {
            return Err(self.unexpected(expected));
        }
        let value = number.parse().map_err(|_| self.unexpected("a number below 2^64"))?;
        // Python 2 wrote an `L` after some numbers.
        let suffix = self.language == Language::Python && rest.starts_with('L');
        self.at += digits + usize::from(suffix);
        Ok(value)
    }

    /// Moves past `word`, if `word` comes next as a whole word.
    pub(crate) fn word(&mut self, word: &str) -> bool {
        self.peek();
        let found = self
            .rest()
            .strip_prefix(word)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        self.at += if found { word.len() } else { 0 };
        found
    }

    /// Calls `item` to read each item between brackets; returns whether a comma follows the last
    /// item.
    pub(crate) fn items(
        &mut self,
        [open, close]: [char; 2],
        expected: &str,
        mut item: impl FnMut(&mut Self) -> Result<(), String>,
    ) -> Result<bool, String> {
        if !self.eat(open) {
            return Err(self.unexpected(expected));
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!("brackets are nested more than {DEEPEST} deep in the header"));
        }
        let (mut comma, mut is_first) = (false, true);
        loop {
            let may_end = is_first || self.language == Language::Python;
            if (may_end || !comma) && self.eat(close) {
                break;
            }
            if !is_first && !comma {
                return Err(self.unexpected(&format!("`,` or `{close}`")));
            }
            item(self)?;
            (comma, is_first) = (self.eat(','), false);
        }
        self.depth -= 1;
        Ok(comma)
    }

    /// Reads an object. Calls `entry` with each key, to read the value that follows the key.
    pub(crate) fn entries(
        &mut self,
        expected: &str,
        mut entry: impl FnMut(&mut Self, String) -> Result<(), String>,
    ) -> Result<(), String> {
        let item = |cursor: &mut Self| {
            let key = cursor.string("a key in quotes")?;
            if !cursor.eat(':') {
                return Err(
                    cursor.unexpected(&format!("`:` after the key `{}`", key.escape_debug()))
                );
            }
            entry(cursor, key)
        };
        self.items(['{', '}'], expected, item).map(drop)
    }

    /// Moves past any value.
    pub(crate) fn skip(&mut self) -> Result<(), String> {
        match self.peek() {
            Some('{') => self.entries("", |cursor, _| cursor.skip()),
            Some('[') => self.items(['[', ']'], "", Self::skip).map(drop),
            Some('(') if self.language == Language::Python => {
                self.items(['(', ')'], "", Self::skip).map(drop)
            }
            Some('"' | '\'') => self.string("a value").map(drop),
            Some(c) if c == '-' || c.is_ascii_alphanumeric() => {
                let is_part = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
                self.at += self.rest().len() - self.rest().trim_start_matches(is_part).len();
                Ok(())
            }
            _ => Err(self.unexpected("a value")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Cursor<'_> {
        Cursor::new(text, Language::Json)
    }

    #[test]
    fn strings() {
        let read = |text| json(text).string("a string");
        assert_eq!(read(r#" "a\"\\\/\n\u00e9\uD83D\ude00é" "#).unwrap(), "a\"\\/\né\u{1f600}é");
        assert_eq!(read("").unwrap_err(), "expected a string where the header ends");
        assert_eq!(
            read("\"ab").unwrap_err(),
            "expected a string with an end at byte 0 of the header, found `\"ab`"
        );
        for text in [
            "'a'",
            r#""\x""#,
            r#""\ud83d""#,
            r#""\ud83d\u0041""#,
            r#""\u00g0""#,
            r#""\u+123""#,
            "\"\n\"",
            "u\"a\"",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
        let python = |text| Cursor::new(text, Language::Python).string("a string");
        assert_eq!(python("'a\"'").unwrap(), "a\"");
        assert_eq!(python("u'<f4'").unwrap(), "<f4");
        assert!(python(r"'\n'").is_err());
        assert!(python("u").is_err());
    }

    #[test]
    fn numbers() {
        let read = |text| json(text).number("a number");
        assert_eq!(read(" 18446744073709551615,").unwrap(), u64::MAX);
        assert_eq!(read("0]").unwrap(), 0);
        for text in ["", "-1", "01", "1.0", "1e3", "18446744073709551616", "x"] {
            assert!(read(text).is_err(), "{text}");
        }
        assert_eq!(Cursor::new("3L", Language::Python).number("").unwrap(), 3);
    }

    #[test]
    fn brackets() {
        let sum = |text: &str, language| {
            let (mut cursor, mut sum) = (Cursor::new(text, language), 0);
            let comma = cursor.items(['[', ']'], "a list", |cursor| {
                sum += cursor.number("a number")?;
                Ok(())
            })?;
            cursor.end().map(|()| (sum, comma))
        };
        assert_eq!(sum("[1, 2,3 ]", Language::Json), Ok((6, false)));
        assert_eq!(sum("[]", Language::Json), Ok((0, false)));
        assert_eq!(sum("[1,]", Language::Python), Ok((1, true)));
        for text in ["[1,]", "[,]", "[1 2]", "[1", "[1,", "[1]]", "1"] {
            assert!(sum(text, Language::Json).is_err(), "{text}");
        }
    }

    #[test]
    fn any_value_is_skipped_and_no_deep_one() {
        for text in
            [r#"{"a": [1.5e-3, true, null, {"b": "c"}], "d": -1}"#, "[]", "{}", "\"a\"", "false"]
        {
            let mut cursor = json(text);
            cursor
                .skip()
                .and_then(|()| cursor.end())
                .unwrap_or_else(|error| panic!("{text}: {error}"));
        }
        let deep = "[".repeat(100_000);
        assert_eq!(
            json(&deep).skip().unwrap_err(),
            "brackets are nested more than 64 deep in the header"
        );
    }
}
