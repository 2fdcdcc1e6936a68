//! Checks at compile time of what trait resolution cannot decide.
//!
//! They are constants, evaluated in a full build (not by `cargo check`), and their messages name
//! the shapes and the lengths. They compare the numbers themselves, so they also refuse a named
//! length whose `Bits` are wrong (see `shape/dim.rs`), and wrong results that the caller states
//! (`concat_to`, `flatten_to`, `reshape_to`).

use crate::arith;
use crate::axes::{AxisKind, AxisSet, MAX_RANK};
use crate::broadcast::Mode;
use crate::message::Message;
use crate::shape::{Extent, List, ListOf, Shape};

/// The number of elements of shape `S` does not overflow: it is at most `isize::MAX`. Each
/// constructor that is called by name evaluates this, so that the compiler points to the call, and
/// so does each operation whose result may be larger than its operands.
pub(crate) const fn counted<S: Shape>() {
    let _ = S::STATIC_LEN;
}

/// As [`counted`], for a result under the mode `M`. If it has the shape of an operand, that was
/// counted where the operand was made.
pub(crate) const fn grown<M: Mode, S: Shape>() {
    if M::GROWS {
        counted::<S>();
    }
}

/// An array of `rank` axes, if its type tells the rank, can have the shape `S`, whose number of
/// elements does not overflow.
#[cfg(any(feature = "ndarray", feature = "nalgebra"))]
pub(crate) const fn taken<S: Shape>(rank: Option<usize>) {
    counted::<S>();
    if let Some(rank) = rank
        && rank != S::RANK
    {
        let s = if rank == 1 { " axis" } else { " axes" };
        let message =
            Message::new().text("an array of ").number(rank).text(s).text(" is not of shape ");
        panic!("{}", message.axes(<ListOf<S> as List>::KINDS).as_str());
    }
}

/// `to` has as many elements as `from`.
pub(crate) const fn same_count<From: Shape, To: Shape>() {
    if let (Some(from), Some(to)) = (From::STATIC_LEN, To::STATIC_LEN)
        && from != to
    {
        let message = Message::new()
            .text("cannot reshape ")
            .axes(<ListOf<From> as List>::KINDS)
            .text(" to ")
            .axes(<ListOf<To> as List>::KINDS);
        let message = message.text(": ").number(from).text(" elements are not ").number(to);
        panic!("{}", message.as_str());
    }
}

/// The length `sum` is `first` + `second`.
pub(crate) const fn sum<First: Extent, Second: Extent, Sum: Extent>() {
    if let (Some(first), Some(second), Some(sum)) = (First::STATIC, Second::STATIC, Sum::STATIC)
        && !matches!(first.checked_add(second), Some(total) if total == sum)
    {
        let message = Message::new()
            .text("cannot concatenate lengths ")
            .number(first)
            .text(" and ")
            .number(second);
        panic!("{}", message.text(" to ").number(sum).as_str());
    }
}

/// There are `Count` windows over the axis `A` of shape `S`, as `arith::windows` counts them. A
/// window has `window` elements, `dilation` apart, and moves by `stride` over the axis and `pad`
/// more elements at each end.
pub(crate) const fn windows<S: Shape, A: Extent, Count: Extent>(
    window: usize,
    stride: usize,
    pad: usize,
    dilation: usize,
) {
    let message = Message::new().text("a window of ");
    let (Some(reach), true) = (arith::reach(window, dilation), stride > 0) else {
        panic!("{}", message.number(window).text(" has no length, or does not move").as_str());
    };
    let Some(len) = A::STATIC else { return };
    let message = message.number(reach);
    let message = match (arith::windows(len, window, stride, pad, dilation), Count::STATIC) {
        (Some(0) | None, _) if pad == 0 => message.text(" is longer than the axis of ").number(len),
        (Some(0) | None, _) => {
            message.text(" is longer than the padded axis of ").number(len + 2 * pad)
        }
        (Some(count), Some(said)) if said != count => {
            let message =
                Message::new().text("there are ").number(count).text(" windows of ").number(window);
            message.text(", not ").number(said).text(", over the axis of ").number(len)
        }
        _ => return,
    };
    let message = message.text(" of shape ").axes(<ListOf<S> as List>::KINDS);
    panic!("{}", message.as_str());
}

/// The number `Out` of output channels of a layer is a multiple of its number of groups.
pub(crate) const fn grouped<Out: Extent>(groups: usize) {
    let Some(out) = Out::STATIC else { return };
    if groups == 0 || !out.is_multiple_of(groups) {
        let message = Message::new().number(out).text(" channels come out in ").number(groups);
        panic!("{}", message.text(" groups: they are not a multiple of it").as_str());
    }
}

/// Along `axes`, the lengths of shape `Longer` are those of `S` with `before` more elements before
/// them and `after` after them. The number of elements of `Longer` does not overflow.
pub(crate) const fn padded<S: Shape, Longer: Shape>(axes: AxisSet, before: usize, after: usize) {
    let (from, to, mut k) = (<ListOf<S> as List>::KINDS, <ListOf<Longer> as List>::KINDS, 0);
    while k < MAX_RANK {
        if axes.contains(k)
            && let (Some(len), Some(said)) = (from[k].known(), to[k].known())
            && (said < len || said - len < before || said - len - before != after)
        {
            let message =
                Message::new().text("the axis of ").number(len).text(" of shape ").axes(from);
            let message = message.text(" padded by ").number(before).text(" and ").number(after);
            panic!("{}", message.text(" is not ").number(said).as_str());
        }
        k += 1;
    }
    counted::<Longer>();
}

/// Added to the message if the step is negative.
pub(crate) const BACKWARDS: &str = "; a negative step goes backwards from the first index, and `.flip(axis)` is a whole axis backwards";

/// `count` indices of an axis from `start` on, every `step`-th, are in range. A negative start
/// counts from the end.
pub(crate) const fn span<S: Shape, A: Extent>(start: isize, count: usize, step: isize) {
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
            let message = message
                .axes(<ListOf<S> as List>::KINDS)
                .text(": ")
                .number(count)
                .text(" indices from ")
                .signed(start);
            let message = message.text(" in steps of ").signed(step).text(" reach past its ");
            let message = message.text(if first < 0 || last < 0 { "start" } else { "end" });
            let message = message.text(if step < 0 { BACKWARDS } else { "" });
            panic!("{}", message.as_str());
        }
    }
}

/// The axes of shape `S` that `operation` reduces, the set `axes`, are not empty, so that there is
/// a minimum and a maximum.
pub(crate) const fn not_empty<S: Shape>(operation: &str, axes: AxisSet) {
    let (kinds, mut k) = (<ListOf<S> as List>::KINDS, 0);
    while k < MAX_RANK {
        if axes.contains(k) && matches!(kinds[k], AxisKind::Length(Some(0))) {
            let message = Message::new()
                .text(operation)
                .text(" of no elements: axis ")
                .number(S::RANK - 1 - k);
            panic!(
                "{}",
                message
                    .text(" of shape ")
                    .axes(<ListOf<S> as List>::KINDS)
                    .text(" has length 0")
                    .as_str()
            );
        }
        k += 1;
    }
}
