//! Reads and writes one element in a format that people read. There an `f16` or `bf16` is a number,
//! and not the integer of its bits.

#[cfg(feature = "half")]
use core::any::Any;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use crate::element::Element;
#[cfg(feature = "half")]
use crate::{bf16, f16};

/// Writes `element`.
pub(super) fn write<T: Element + Serialize, W: Serializer>(
    element: &T,
    serializer: W,
) -> Result<W::Ok, W::Error> {
    #[cfg(feature = "half")]
    {
        let any: &dyn Any = element;
        if let Some(element) = any.downcast_ref::<f16>() {
            return serializer.serialize_f32(element.to_f32());
        }
        if let Some(element) = any.downcast_ref::<bf16>() {
            return serializer.serialize_f32(element.to_f32());
        }
    }
    element.serialize(serializer)
}

/// Reads an element.
pub(super) fn read<'de, T: Element + Deserialize<'de>, R: Deserializer<'de>>(
    deserializer: R,
) -> Result<T, R::Error> {
    #[cfg(feature = "half")]
    {
        let mut element = T::ZERO;
        let any: &mut dyn Any = &mut element;
        if let Some(half) = any.downcast_mut::<f16>() {
            *half = f16::from_f32(f32::deserialize(deserializer)?);
            return Ok(element);
        }
        if let Some(half) = any.downcast_mut::<bf16>() {
            *half = bf16::from_f32(f32::deserialize(deserializer)?);
            return Ok(element);
        }
    }
    T::deserialize(deserializer)
}
