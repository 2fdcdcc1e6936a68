//! Names from a file, as messages show them.

use core::fmt::{self, Write};

/// Displays a name from a file in backticks, on one line, and shortened to 100 characters.
pub(crate) struct Quoted<'a>(pub(crate) &'a str);
impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LONGEST: usize = 100;
        f.write_char('`')?;
        let mut characters = self.0.chars();
        for character in characters.by_ref().take(LONGEST) {
            match character {
                '"' | '\'' => f.write_char(character)?,
                _ => write!(f, "{}", character.escape_debug())?,
            }
        }
        f.write_str(if characters.next().is_some() { "...`" } else { "`" })
    }
}
