//! The messages for a tensor that is not in an included file, or has another type than the code
//! states.

use super::Included;
use super::table::{IncludedTensor, PrefixedName};
use crate::element::Element;
use crate::message::Message;
use crate::shape::{List, ListOf, Shape};

/// The maximum number of names that the message about a missing name suggests.
const GIVEN: usize = 3;
/// The maximum number of bytes of a name that are shown.
const SHOWN: usize = 64;

/// Panics, because there is no tensor `name`.
#[track_caller]
pub(super) const fn missing(file: &Included, name: PrefixedName<'_>) -> ! {
    let message = quoted(Message::new().text(file.file).text(": no tensor "), name);
    let count = file.tensors.len();
    let mut message = match count {
        0 => message.text(", nor any other"),
        1 => message.text(", the only one is "),
        _ => message.text("; the nearest of ").number(count).text(" names: "),
    };
    let (nearest, mut k) = (nearest(file.tensors, name), 0);
    while k < GIVEN && k < count {
        message = message.text(if k == 0 { "" } else { ", " });
        message = quoted(message, whole(file.tensors[nearest[k]].name));
        k += 1;
    }
    panic!("{}", message.as_str())
}

/// Panics, because the tensor has another element type or another shape than the code states.
#[track_caller]
pub(super) const fn unlike<T: Element, S: Shape>(file: &Included, found: &IncludedTensor) -> ! {
    let message = quoted(Message::new().text(file.file).text(": "), whole(found.name));
    let message = message.text(" is ").text(found.dtype).text(" ").lengths(found.shape);
    let message = message.text(", and the type says ").text(T::NAME_IN_FILES).text(" ");
    let message = message.axes(<ListOf<S> as List>::KINDS);
    let message = match S::STATIC_LEN {
        Some(_) => message,
        None => message.text("; a length of run time is none of the binary's"),
    };
    let is_float = matches!(found.dtype.as_bytes(), b"F16" | b"BF16" | b"F64");
    let message = if is_float && matches!(T::NAME_IN_FILES.as_bytes(), b"F32") {
        message.text("; `include_safetensors!(\"").text(file.file).text("\" as f32)` converts it")
    } else {
        message
    };
    panic!("{}", message.as_str())
}

/// Panics, because the part of a model that is below the prefix of `file` cannot be read from the
/// file. `problem` says why.
#[track_caller]
pub(super) const fn refused(file: &Included, problem: &str) -> ! {
    let message = Message::new().text(file.file).text(": ");
    let name = whole(file.prefix.as_str());
    let message = if name.rest.is_empty() { message } else { quoted(message, name).text(" ") };
    panic!("{}", message.text(problem).as_str())
}

/// Panics, because the prefix `name` would be too long.
#[track_caller]
pub(super) const fn too_long(file: &Included, name: PrefixedName<'_>) -> ! {
    let message = quoted(Message::new().text(file.file).text(": the prefix "), name);
    panic!("{}", message.text(" is too long").as_str())
}

const fn whole(name: &str) -> PrefixedName<'_> {
    PrefixedName { prefix: "", rest: name }
}

/// `message` with `name` appended in backticks. Control characters become `?`, so that the message
/// stays on one line, and a name of more than [`SHOWN`] bytes is shortened.
const fn quoted(message: Message, name: PrefixedName<'_>) -> Message {
    let len = if name.len() > SHOWN { SHOWN } else { name.len() };
    let (mut shown, mut k) = ([b'?'; SHOWN], 0);
    while k < len {
        if !name.byte(k).is_ascii_control() {
            shown[k] = name.byte(k);
        }
        k += 1;
    }
    let mut text = core::str::from_utf8(shown.split_at(len).0);
    if let Err(error) = text {
        // The name was shortened within a character, whose first bytes are dropped.
        text = core::str::from_utf8(shown.split_at(error.valid_up_to()).0);
    }
    let message = message.text("`");
    let message = match text {
        Ok(text) => message.text(text),
        Err(_) => message,
    };
    message.text(if len < name.len() { "...`" } else { "`" })
}

/// The indices of the names that share the longest start and end with `name`, the nearest first. Of
/// names that are equally near, the one that is first in the table comes first.
///
/// At run time the edit distance decides (`io/nearest.rs`). Here it would take the compiler too many
/// steps: thousands for each name, where the start and the end in common take as many as the name
/// has bytes.
const fn nearest(tensors: &[IncludedTensor], name: PrefixedName<'_>) -> [usize; GIVEN] {
    let (mut places, mut best) = ([0; GIVEN], [0; GIVEN]);
    let mut k = 0;
    while k < tensors.len() {
        // `near` is twice the number of bytes in common, plus twice the length of the shorter name,
        // plus 1, so that it is more than 0, with which `best` begins.
        let (len, other) = (name.len(), tensors[k].name.len());
        let near = (2 * in_common(name, tensors[k].name) + len + other + 1) - len.abs_diff(other);
        let (mut near, mut place, mut i) = (near, k, 0);
        while i < GIVEN {
            if near > best[i] {
                (near, best[i]) = (best[i], near);
                (place, places[i]) = (places[i], place);
            }
            i += 1;
        }
        k += 1;
    }
    places
}

/// The number of bytes that `name` and `other` have in common: those at the start of both plus
/// those at the end of both.
const fn in_common(name: PrefixedName<'_>, other: &str) -> usize {
    let other = other.as_bytes();
    let most = if name.len() < other.len() { name.len() } else { other.len() };
    let (mut start, mut end) = (0, 0);
    while start < most && name.byte(start) == other[start] {
        start += 1;
    }
    while start + end < most && name.byte(name.len() - 1 - end) == other[other.len() - 1 - end] {
        end += 1;
    }
    start + end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(name: &str, names: &[&'static str]) -> &'static str {
        let mut tensors = [IncludedTensor::new("", "F32", &[], 0, 4); 8];
        for (tensor, name) in tensors.iter_mut().zip(names) {
            tensor.name = name;
        }
        tensors[nearest(&tensors[..names.len()], whole(name))[0]].name
    }

    #[test]
    fn the_nearest_name() {
        let names = ["fc1.bias", "fc1.weight", "fc2.weight", "head.weight", "norm.scale"];
        assert_eq!(near("fc1.weigth", &names), "fc1.weight");
        assert_eq!(near("fc3.weight", &names), "fc1.weight");
        assert_eq!(near("model.norm.scale", &names), "norm.scale");
        assert_eq!(near("fc2", &names), "fc2.weight");
        assert_eq!(near("", &names), "fc1.bias");
        assert_eq!(near("x", &[]), "");
    }

    #[test]
    fn names_are_cut_between_characters() {
        let quoted = |name, expected: &str| {
            assert_eq!(quoted(Message::new(), whole(name)).as_str(), expected);
        };
        quoted("a\nb", "`a?b`");
        quoted("größe", "`größe`");
        let long = "äöüß".as_bytes().repeat(9);
        let long = core::str::from_utf8(&long).unwrap();
        quoted(&long[..64], &["`", &long[..64], "`"].concat());
        quoted(&long[..66], &["`", &long[..64], "...`"].concat());
        let odd = ["a", long].concat();
        quoted(&odd, &["`", &odd[..63], "...`"].concat());
    }
}
