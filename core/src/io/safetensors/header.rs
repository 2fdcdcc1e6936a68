//! The header of a `.safetensors` file: which tensors there are, and where their data is.
//!
//! The crate `safetensors` checks that each tensor begins where the tensor before it ends, and has
//! as many bytes as its shape and type require. This module checks that the data ends where the
//! file ends, because the check of the crate can overflow: it adds the lengths of the header and of
//! the data, which the file states. This module also refuses two tensors of the same name, which
//! the crate accepts.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;

use safetensors::tensor::Metadata;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor,
};

use super::error::SafeTensorsError;
use crate::agreement;
use crate::error::ShapeError;
use crate::shape::FromLengths;

/// The number of bytes that hold the length of the header.
const LENGTH: usize = size_of::<u64>();

/// The maximum length of a header that the format allows, in bytes.
pub(super) const LONGEST: usize = 100_000_000;

/// The index in `bytes`, the whole file, at which the data begins, and the parsed header.
///
/// # Errors
/// When the bytes are not a whole file.
pub(super) fn parse(bytes: &[u8]) -> Result<(usize, Metadata), SafeTensorsError> {
    let malformed = |problem| SafeTensorsError::Header { problem };
    let Some(length) = bytes.first_chunk::<LENGTH>() else {
        let found = bytes.len();
        return Err(SafeTensorsError::Truncated { part: "header length", expected: LENGTH, found });
    };
    let claimed = u64::from_le_bytes(*length);
    let Some(length) = usize::try_from(claimed).ok().filter(|&length| length <= LONGEST) else {
        // An easy mistake is to pass a `.pt` file of PyTorch, which is a zip archive. The message
        // then says that the file is one.
        let zip = bytes.starts_with(b"PK\x03\x04");
        let hint = if zip { " (this is a zip archive, as PyTorch's .pt files are)" } else { "" };
        let problem = format!("its length is {claimed} bytes, at most {LONGEST} are allowed{hint}");
        return Err(malformed(problem));
    };
    let start = LENGTH + length;
    let Some(text) = bytes.get(LENGTH..start) else {
        let found = bytes.len() - LENGTH;
        return Err(SafeTensorsError::Truncated { part: "header", expected: length, found });
    };
    let text = core::str::from_utf8(text).map_err(|error| malformed(error.to_string()))?;
    // Of two tensors with the same name, `safetensors` would keep the last without an error. So
    // equal keys are looked for here.
    serde_json::from_str::<DistinctKeys>(text).map_err(|error| malformed(error.to_string()))?;
    let header: Metadata =
        serde_json::from_str(text).map_err(|error| malformed(error.to_string()))?;
    let (expected, found) = (header.data_len(), bytes.len() - start);
    if found < expected {
        return Err(SafeTensorsError::Truncated { part: "data", expected, found });
    }
    if found > expected {
        return Err(SafeTensorsError::TrailingBytes { expected, found });
    }
    Ok((start, header))
}

/// A JSON object whose keys are distinct, in the header and in its metadata.
struct DistinctKeys;
impl<'de> Deserialize<'de> for DistinctKeys {
    fn deserialize<R: Deserializer<'de>>(deserializer: R) -> Result<Self, R::Error> {
        deserializer.deserialize_any(Keys { is_header: true })
    }
}

/// Visits a JSON object, and refuses it if a key occurs in it twice: the header, or, if `is_header`
/// is false, the metadata in the header.
#[derive(Clone, Copy)]
struct Keys {
    is_header: bool,
}
impl<'de> DeserializeSeed<'de> for Keys {
    type Value = DistinctKeys;
    fn deserialize<R: Deserializer<'de>>(self, deserializer: R) -> Result<DistinctKeys, R::Error> {
        deserializer.deserialize_any(self)
    }
}
impl<'de> Visitor<'de> for Keys {
    type Value = DistinctKeys;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of tensors by their names")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<DistinctKeys, A::Error> {
        let mut keys = BTreeSet::new();
        while let Some(key) = entries.next_key::<String>()? {
            if self.is_header && key == "__metadata__" {
                entries.next_value_seed(Keys { is_header: false })?;
            } else {
                entries.next_value::<IgnoredAny>()?;
            }
            if let Some(key) = keys.replace(key) {
                return Err(A::Error::custom(format_args!("`{key}` stands there twice")));
            }
        }
        Ok(DistinctKeys)
    }

    // `null` is accepted here, because `safetensors` handles it: metadata that is `null` is no
    // metadata, and a header that is `null` is an error.
    fn visit_unit<E: Error>(self) -> Result<DistinctKeys, E> {
        Ok(DistinctKeys)
    }
}

/// The shape `S` with the lengths `found`, and its number of elements.
///
/// # Errors
/// When the shape cannot have these lengths.
pub(super) fn shape_of<S: FromLengths>(found: &[usize]) -> Result<(S, usize), ShapeError> {
    let shape = agreement::found(found)?;
    Ok((shape, agreement::checked(shape)?))
}
