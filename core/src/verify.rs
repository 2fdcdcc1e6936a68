//! Checks at compile time of what trait resolution cannot decide.
//!
//! The checks are called in constants, which a full build evaluates and `cargo check` does not.
//! Their messages name the shapes and the lengths. The checks compare lengths as numbers. So they
//! also refuse a named length whose `Bits` are not its number (see `shape/dim.rs`), and a wrong
//! length or shape that the caller states for a result (`concat_to`, `flatten_to`, `reshape_to`).
//! Lengths that are known only at run time are checked by `agreement.rs`.

use crate::arith;
use crate::axes::{AxisKind, AxisSet, MAX_RANK};
use crate::broadcast::Mode;
use crate::message::Message;
use crate::shape::{Extent, List, ListOf, Shape};

/// Checks that the number of elements of shape `S` is at most `isize::MAX`; otherwise evaluating
/// `STATIC_LEN` panics. Constructors such as `Tensor::zeros` call this, so that the error points to
/// the user's call, and so do operations whose results may be larger than their operands.
pub(crate) const fn counted<S: Shape>() {
    let _ = S::STATIC_LEN;
}

/// Checks that `S`, the shape of a result, has at most `isize::MAX` elements, if the mode `M` lets
/// the result be larger than every operand. Otherwise the result has the shape of an operand, which
/// was checked where the operand was made.
pub(crate) const fn grown<M: Mode, S: Shape>() {
    if M::GROWS {
        counted::<S>();
    }
}

/// Checks that another library's array can have the shape `S`: the number of elements of `S` does
/// not overflow, and the array has as many axes as `S`. `rank` is the number of axes of the array,
/// if its type states that number.
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

/// Checks that `To` has as many elements as `From`.
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

/// Checks that the length `Sum` is `First` + `Second`.
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

/// Checks that there are `Count` windows, at least one, over the axis `A` of shape `S`, as
/// `arith::windows` counts them. A window has `window` elements, which are `dilation` apart. It
/// moves in steps of `stride` over the axis and over `pad` more elements at each end of the axis.
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

/// Checks that `Out`, the number of output channels of a layer, is a multiple of `groups`.
pub(crate) const fn grouped<Out: Extent>(groups: usize) {
    let Some(out) = Out::STATIC else { return };
    if groups == 0 || !out.is_multiple_of(groups) {
        let message = Message::new().number(out).text(" channels come out in ").number(groups);
        panic!("{}", message.text(" groups: they are not a multiple of it").as_str());
    }
}

/// Checks that along each of `axes` the length of shape `Longer` is that of `S` plus `before` plus
/// `after`, and that the number of elements of `Longer` does not overflow.
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

/// The end of the message for a span that is out of bounds, if its step is negative.
pub(crate) const BACKWARDS: &str = "; a negative step goes backwards from the first index, and `.flip(axis)` is a whole axis backwards";

/// Checks that `count` indices along the axis `A` of shape `S`, from `start` on in steps of `step`,
/// are in bounds. A negative `start` counts from the end.
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

/// Checks that no axis of shape `S` among `axes`, which `operation` reduces, has length 0: there is
/// no minimum or maximum of no elements.
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
