//! The element types of files.

/// An element type of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dtype {
    /// The name in the `.safetensors` format.
    pub(crate) name: &'static str,
    /// Rust's name, if arrays have such elements.
    pub(crate) rust: Option<&'static str>,
    /// The number of bits of an element.
    pub(crate) bits: u64,
    /// The letter for the type's kind in NumPy's type strings, if NumPy has the type.
    kind: Option<u8>,
}

const fn element(name: &'static str, rust: &'static str, bits: u64, kind: u8) -> Dtype {
    Dtype { name, rust: Some(rust), bits, kind: Some(kind) }
}

const fn other(name: &'static str, bits: u64) -> Dtype {
    Dtype { name, rust: None, bits, kind: None }
}

/// The type to which `as f32` converts the other float types.
pub(crate) const F32: Dtype = element("F32", "f32", 32, b'f');
pub(crate) const F64: Dtype = element("F64", "f64", 64, b'f');
pub(crate) const F16: Dtype = element("F16", "f16", 16, b'f');
/// NumPy does not have `bf16`, so `kind` is `None`.
pub(crate) const BF16: Dtype = Dtype { kind: None, ..element("BF16", "bf16", 16, b'f') };
pub(crate) const BOOL: Dtype = element("BOOL", "bool", 8, b'b');

/// All element types that the formats name.
const ALL: [Dtype; 22] = [
    BOOL,
    element("U8", "u8", 8, b'u'),
    element("I8", "i8", 8, b'i'),
    element("U16", "u16", 16, b'u'),
    element("I16", "i16", 16, b'i'),
    element("U32", "u32", 32, b'u'),
    element("I32", "i32", 32, b'i'),
    element("U64", "u64", 64, b'u'),
    element("I64", "i64", 64, b'i'),
    F16,
    BF16,
    F32,
    F64,
    other("F4", 4),
    other("F6_E2M3", 6),
    other("F6_E3M2", 6),
    other("F8_E5M2", 8),
    other("F8_E4M3", 8),
    other("F8_E8M0", 8),
    other("F8_E4M3FNUZ", 8),
    other("F8_E5M2FNUZ", 8),
    other("C64", 64),
];

impl Dtype {
    /// The type with the name `name` in the `.safetensors` format.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        ALL.into_iter().find(|dtype| dtype.name == name)
    }

    /// The type whose NumPy type string has the letter `kind` and the size `bytes`.
    pub(crate) fn of_kind(kind: u8, bytes: u64) -> Option<Self> {
        ALL.into_iter().find(|dtype| dtype.kind == Some(kind) && dtype.bits == 8 * bytes)
    }

    /// The number of bytes of an element, if arrays have such elements, and 1 otherwise. The result
    /// is a multiple of the element's alignment.
    pub(crate) fn width(self) -> usize {
        self.rust.map_or(1, |_| self.bits as usize / 8)
    }

    /// Whether `as f32` accepts the type: `f32` itself, or a float type that is converted to `f32`.
    pub(crate) fn is_float(self) -> bool {
        [F32, F64, F16, BF16].contains(&self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_kinds() {
        for dtype in ALL {
            assert_eq!(Dtype::of_name(dtype.name), Some(dtype));
        }
        assert_eq!(Dtype::of_name("F128"), None);
        assert_eq!(Dtype::of_kind(b'f', 2), Some(F16));
        assert_eq!(Dtype::of_kind(b'f', 4), Some(F32));
        assert_eq!(Dtype::of_kind(b'b', 1), Some(BOOL));
        assert_eq!(Dtype::of_kind(b'u', 8).unwrap().rust, Some("u64"));
        assert_eq!(Dtype::of_kind(b'f', 16), None);
        assert_eq!(Dtype::of_kind(b'c', 8), None);
        assert_eq!((F16.width(), BOOL.width(), F64.width()), (2, 1, 8));
        assert_eq!(Dtype::of_name("C64").unwrap().width(), 1);
    }
}
