//! The form that machines read: a struct of the rank, the shape, and the elements in row-major
//! order.
//!
//! A format may store the fields as a list. The rank comes first so that such a list cannot be
//! mistaken for nested lists: without the rank, `[shape, data]` could pass for two rows of two.
//! That could happen where `serde` buffers its input to read it twice (`tag`, `untagged` and
//! `flatten`), because the buffer claims to be a format that people read.

use core::fmt;
use core::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::Sink;
use crate::agreement;
use crate::axes::MAX_RANK;
use crate::element::Element;
use crate::error::ShapeError;
use crate::shape::{FromLengths, Shape};
use crate::storage::Storage;
use crate::tensor::Tensor;

const NAME: &str = "Tensor";
const FIELDS: [&str; 3] = ["rank", "shape", "data"];

/// Writes the shape and the elements of `tensor`.
pub(super) fn write<T: Element + Serialize, S: Shape, B: Storage, W: Serializer>(
    tensor: &Tensor<T, S, B>,
    serializer: W,
) -> Result<W::Ok, W::Error> {
    let mut fields = serializer.serialize_struct(NAME, FIELDS.len())?;
    fields.serialize_field(FIELDS[0], &(S::RANK as u8))?;
    fields.serialize_field(FIELDS[1], tensor.shape().lengths().as_ref())?;
    fields.serialize_field(FIELDS[2], &FlatData(tensor))?;
    fields.end()
}

/// The elements of a tensor.
struct FlatData<'a, T: Element, S: Shape, B: Storage>(&'a Tensor<T, S, B>);
impl<T: Element + Serialize, S: Shape, B: Storage> Serialize for FlatData<'_, T, S, B> {
    fn serialize<W: Serializer>(&self, serializer: W) -> Result<W::Ok, W::Error> {
        serializer.collect_seq(self.0.iter())
    }
}

/// Reads a shape of type `S`, and as many elements as the shape has.
pub(super) fn read<'de, T, S, K, R>(deserializer: R, sink: &mut K) -> Result<S, R::Error>
where
    T: Element + Deserialize<'de>,
    S: FromLengths,
    K: Sink<T>,
    R: Deserializer<'de>,
{
    deserializer.deserialize_struct(NAME, &FIELDS, Fields { sink, marker: PhantomData })
}

/// Visits the fields, by position or by name.
pub(super) struct Fields<'a, T, S, K> {
    pub(super) sink: &'a mut K,
    pub(super) marker: PhantomData<fn() -> (T, S)>,
}
impl<'de, T, S, K> Visitor<'de> for Fields<'_, T, S, K>
where
    T: Element + Deserialize<'de>,
    S: FromLengths,
    K: Sink<T>,
{
    type Value = S;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the shape and the data of a tensor of shape {}", ShapeError::wanted::<S>())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut fields: A) -> Result<S, A::Error> {
        // The rank is read and ignored, because `ShapeField` compares the number of lengths with
        // the rank of `S`.
        fields.next_element::<u8>()?.ok_or_else(|| A::Error::missing_field(FIELDS[0]))?;
        let shape = fields.next_element_seed(ShapeField(PhantomData))?;
        let shape = shape.ok_or_else(|| A::Error::missing_field(FIELDS[1]))?;
        let count = fields.next_element_seed(DataField::of(self.sink, Some(shape)))?;
        let count = count.ok_or_else(|| A::Error::missing_field(FIELDS[2]))?;
        checked(shape, count)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<S, A::Error> {
        let (mut shape, mut count) = (None, None);
        while let Some(field) = fields.next_key_seed(FieldNumber)? {
            match field {
                0 => drop(fields.next_value::<u8>()?),
                1 if shape.is_none() => {
                    shape = Some(fields.next_value_seed(ShapeField(PhantomData))?)
                }
                2 if count.is_none() => {
                    count = Some(fields.next_value_seed(DataField::of(&mut *self.sink, shape))?);
                }
                repeated => return Err(A::Error::duplicate_field(FIELDS[repeated])),
            }
        }
        let shape = shape.ok_or_else(|| A::Error::missing_field(FIELDS[1]))?;
        checked(shape, count.ok_or_else(|| A::Error::missing_field(FIELDS[2]))?)
    }
}

/// `shape`, if it has `found` elements; otherwise an error.
fn checked<S: Shape, E: Error>(shape: S, found: usize) -> Result<S, E> {
    match agreement::checked(shape) {
        Ok(count) if count == found => Ok(shape),
        Ok(_) => Err(E::custom(ShapeError::count(shape.lengths().as_ref(), found).line())),
        Err(error) => Err(E::custom(error.line())),
    }
}

/// Reads the name of a field as its index in [`FIELDS`].
struct FieldNumber;
impl<'de> DeserializeSeed<'de> for FieldNumber {
    type Value = usize;
    fn deserialize<R: Deserializer<'de>>(self, deserializer: R) -> Result<usize, R::Error> {
        deserializer.deserialize_identifier(self)
    }
}
impl Visitor<'_> for FieldNumber {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`rank`, `shape` or `data`")
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<usize, E> {
        let field = usize::try_from(number).ok().filter(|&field| field < FIELDS.len());
        field.ok_or_else(|| E::invalid_value(serde::de::Unexpected::Unsigned(number), &self))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<usize, E> {
        let field = FIELDS.iter().position(|&field| field == name);
        field.ok_or_else(|| E::unknown_field(name, &FIELDS))
    }

    fn visit_bytes<E: Error>(self, name: &[u8]) -> Result<usize, E> {
        let field = FIELDS.iter().position(|field| field.as_bytes() == name);
        field.ok_or_else(|| E::invalid_value(serde::de::Unexpected::Bytes(name), &self))
    }
}

/// Reads the lengths, and makes a shape `S` from them.
struct ShapeField<S>(PhantomData<fn() -> S>);
impl<'de, S: FromLengths> DeserializeSeed<'de> for ShapeField<S> {
    type Value = S;
    fn deserialize<R: Deserializer<'de>>(self, deserializer: R) -> Result<S, R::Error> {
        deserializer.deserialize_seq(self)
    }
}
impl<'de, S: FromLengths> Visitor<'de> for ShapeField<S> {
    type Value = S;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the lengths of shape {}", ShapeError::wanted::<S>())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut lengths: A) -> Result<S, A::Error> {
        let (mut found, mut rank) = ([0; MAX_RANK], 0);
        while let Some(length) = lengths.next_element::<u64>()? {
            let Some(slot) = found.get_mut(rank) else {
                let wanted = ShapeError::wanted::<S>();
                return Err(A::Error::custom(format_args!(
                    "shape mismatch: expected {wanted}, found more than {MAX_RANK} axes"
                )));
            };
            // No array has a length that does not fit in `usize`. So `usize::MAX` is put in its
            // place, which leads to an error.
            *slot = usize::try_from(length).unwrap_or(usize::MAX);
            rank += 1;
        }
        agreement::found(&found[..rank]).map_err(|error| A::Error::custom(error.line()))
    }
}

/// Reads the elements and counts them. If the number of elements is known, elements past that
/// number are counted and not stored.
struct DataField<'a, T, S, K> {
    sink: &'a mut K,
    room: Option<usize>,
    marker: PhantomData<fn() -> (T, S)>,
}
impl<'a, T, S: Shape, K> DataField<'a, T, S, K> {
    fn of(sink: &'a mut K, shape: Option<S>) -> Self {
        let room = match shape {
            Some(shape) => agreement::checked(shape).ok(),
            None => S::STATIC_LEN,
        };
        Self { sink, room, marker: PhantomData }
    }
}
impl<'de, T, S, K> DeserializeSeed<'de> for DataField<'_, T, S, K>
where
    T: Element + Deserialize<'de>,
    S: Shape,
    K: Sink<T>,
{
    type Value = usize;
    fn deserialize<R: Deserializer<'de>>(self, deserializer: R) -> Result<usize, R::Error> {
        deserializer.deserialize_seq(self)
    }
}
impl<'de, T, S, K> Visitor<'de> for DataField<'_, T, S, K>
where
    T: Element + Deserialize<'de>,
    S: Shape,
    K: Sink<T>,
{
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the elements of a tensor of shape {}", ShapeError::wanted::<S>())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<usize, A::Error> {
        let mut count = 0;
        while let Some(element) = elements.next_element()? {
            if self.room.is_none_or(|room| count < room) {
                self.sink.put(element);
            }
            count += 1;
        }
        Ok(count)
    }
}
