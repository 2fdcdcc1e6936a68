//! Text that is built at compile time, for the panics of constants that check shapes.
//!
//! A panic in a constant can print a string, but cannot format numbers or shapes into it, so
//! [`Message`] has methods that append them.

use crate::axes::{AxisKind, MAX_RANK, PerAxis};

/// Text that is built at compile time. Text past 512 bytes is cut off.
pub(crate) struct Message {
    bytes: [u8; 512],
    len: usize,
}

impl Message {
    pub(crate) const fn new() -> Self {
        Self { bytes: [0; 512], len: 0 }
    }

    pub(crate) const fn text(mut self, text: &str) -> Self {
        let mut i = 0;
        while i < text.len() && self.len < self.bytes.len() {
            self.bytes[self.len] = text.as_bytes()[i];
            self.len += 1;
            i += 1;
        }
        self
    }

    pub(crate) const fn number(self, n: usize) -> Self {
        let this = if n >= 10 { self.number(n / 10) } else { self };
        let mut digit = this;
        if digit.len < digit.bytes.len() {
            digit.bytes[digit.len] = b'0' + (n % 10) as u8;
            digit.len += 1;
        }
        digit
    }

    pub(crate) const fn signed(self, n: isize) -> Self {
        let this = if n < 0 { self.text("-") } else { self };
        this.number(n.unsigned_abs())
    }

    /// Appends the shape with the axes `kinds`, as NumPy writes shapes. A run-time length is `?`.
    pub(crate) const fn axes(self, kinds: PerAxis<AxisKind>) -> Self {
        let (mut this, mut k) = (self.text("("), MAX_RANK);
        while k > 0 {
            k -= 1;
            this = match kinds[k] {
                AxisKind::Absent => continue,
                AxisKind::Stretching => this.number(1),
                AxisKind::Length(Some(len)) => this.number(len),
                AxisKind::Length(None) => this.text("?"),
            };
            if k > 0 {
                this = this.text(", ");
            } else if matches!(kinds[1], AxisKind::Absent) {
                this = this.text(",");
            }
        }
        this.text(")")
    }

    /// Appends the shape with the lengths `lengths`, as NumPy writes shapes.
    pub(crate) const fn lengths(self, lengths: &[usize]) -> Self {
        let (mut this, mut k) = (self.text("("), 0);
        while k < lengths.len() {
            this = this.text(if k == 0 { "" } else { ", " }).number(lengths[k]);
            k += 1;
        }
        this.text(if lengths.len() == 1 { ",)" } else { ")" })
    }

    pub(crate) const fn as_str(&self) -> &str {
        match core::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}

/// Panics because the number of elements of the shape with the axes `kinds` overflows.
pub(crate) const fn too_many(kinds: PerAxis<AxisKind>) -> ! {
    let message =
        Message::new().text("the number of elements of shape ").axes(kinds).text(" overflows");
    panic!("{}", message.as_str())
}
