//! What trait resolution cannot decide is verified in a full build, by messages that name the shapes and the sizes.

use crate::broadcast::Mode;
use crate::shape::{AxisKind, AxisSet, List, ListOf, MAX_RANK, PerAxis, Shape};

/// Text made at compile time.
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

    /// A shape as NumPy writes it.
    pub(crate) const fn shape<S: Shape>(self) -> Self {
        self.axes(<ListOf<S> as List>::KINDS)
    }

    /// A shape of these axes as NumPy writes it.
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

    pub(crate) const fn as_str(&self) -> &str {
        match core::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}

/// The number of elements of shape `S` is one that memory can have. Said by each constructor that is called by name, so that the compiler
/// points to the call, and by each operation whose result may be larger than its operands.
pub(crate) const fn counted<S: Shape>() {
    let _ = S::STATIC_LEN;
}

/// As [`counted`], of a result under the mode `M`: where it has the shape of an operand, that was
/// counted where the operand was made.
pub(crate) const fn grown<M: Mode, S: Shape>() {
    if M::GROWS {
        counted::<S>();
    }
}

/// `to` has as many elements as `from`.
pub(crate) const fn same_count<From: Shape, To: Shape>() {
    if let (Some(from), Some(to)) = (From::STATIC_LEN, To::STATIC_LEN)
        && from != to
    {
        let message = Message::new().text("cannot reshape ").shape::<From>().text(" to ").shape::<To>();
        let message = message.text(": ").number(from).text(" elements are not ").number(to);
        panic!("{}", message.as_str());
    }
}

/// The length `sum` is `first` + `second`.
pub(crate) const fn sum<First: crate::Extent, Second: crate::Extent, Sum: crate::Extent>() {
    if let (Some(first), Some(second), Some(sum)) = (First::STATIC, Second::STATIC, Sum::STATIC)
        && !matches!(first.checked_add(second), Some(total) if total == sum)
    {
        let message =
            Message::new().text("cannot concatenate lengths ").number(first).text(" and ").number(second);
        panic!("{}", message.text(" to ").number(sum).as_str());
    }
}

/// `count` indices of an axis from `start` on, every `step`-th, are in range. A negative start
/// counts from the end.
pub(crate) const fn span<S: Shape, A: crate::Extent>(start: isize, count: usize, step: isize) {
    if let Some(len) = A::STATIC {
        let (len, from) = (len as i128, start as i128);
        let first = if from < 0 { len + from } else { from };
        let last = if count == 0 { first } else { first + (count as i128 - 1) * step as i128 };
        let end = if count == 0 { len + 1 } else { len };
        if !(0 <= first && first < end && 0 <= last && last < end) {
            let message = Message::new()
                .text("cannot slice an axis of length ")
                .number(len as usize)
                .text(" of shape ");
            let message = message.shape::<S>().text(": ").number(count).text(" indices from ").signed(start);
            let message = message.text(" in steps of ").signed(step).text(" reach past its ");
            let message = message.text(if first < 0 || last < 0 { "start" } else { "end" });
            panic!("{}", message.as_str());
        }
    }
}

/// The axes of shape `S` that `operation` reduces, bits of `axes`, are not empty, so that there is
/// a least and a greatest element.
pub(crate) const fn not_empty<S: Shape>(operation: &str, axes: AxisSet) {
    let (kinds, mut k) = (<ListOf<S> as List>::KINDS, 0);
    while k < MAX_RANK {
        if axes.contains(k) && matches!(kinds[k], AxisKind::Length(Some(0))) {
            let message =
                Message::new().text(operation).text(" of no elements: axis ").number(S::RANK - 1 - k);
            panic!("{}", message.text(" of shape ").shape::<S>().text(" has length 0").as_str());
        }
        k += 1;
    }
}

/// What is said of a shape of these axes that has more elements than memory can.
pub(crate) const fn too_many(kinds: PerAxis<AxisKind>) -> ! {
    let message = Message::new().text("the number of elements of shape ").axes(kinds).text(" overflows");
    panic!("{}", message.as_str())
}
