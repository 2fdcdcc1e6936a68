//! The form that people read: nested lists. The outermost list is along the first axis.

use core::fmt;
use core::marker::PhantomData;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::ser::{Serialize, SerializeSeq, Serializer};

use super::flat::Fields;
use super::{Sink, element};
use crate::axes::{AxisKind, MAX_RANK, PerAxis};
use crate::element::Element;
use crate::error::ShapeError;
use crate::lengths::Lengths;
use crate::shape::{FromLengths, List, ListOf, Shape};
use crate::storage::Storage;
use crate::tensor::Tensor;

/// Writes `tensor` as nested lists.
pub(super) fn write<T: Element + Serialize, S: Shape, B: Storage, W: Serializer>(
    tensor: &Tensor<T, S, B>,
    serializer: W,
) -> Result<W::Ok, W::Error> {
    NestedPart { tensor, index: S::FIRST, depth: 0 }.serialize(serializer)
}

/// The maximum number of innermost lists that are written for an array without elements.
const MOST_EMPTY: usize = 1 << 24;

/// The number of innermost lists that are written for a shape without elements: the product of the
/// lengths of all axes to the left of the first axis of length 0.
fn lists_of<S: Shape>(shape: S) -> usize {
    let lengths = shape.lengths();
    lengths
        .as_ref()
        .iter()
        .take_while(|&&len| len > 0)
        .fold(1, |lists: usize, &len| lists.saturating_mul(len))
}

/// The part of a tensor at the given indices along its first `depth` axes.
struct NestedPart<'a, T: Element, S: Shape, B: Storage> {
    tensor: &'a Tensor<T, S, B>,
    index: S::Lengths,
    depth: usize,
}
impl<T: Element + Serialize, S: Shape, B: Storage> Serialize for NestedPart<'_, T, S, B> {
    fn serialize<W: Serializer>(&self, serializer: W) -> Result<W::Ok, W::Error> {
        let Some(&len) = self.tensor.shape().lengths().as_ref().get(self.depth) else {
            return element::write(&self.tensor[self.index], serializer);
        };
        let lengths = self.tensor.shape();
        if self.depth == 0 && self.tensor.is_empty() && lists_of(lengths) > MOST_EMPTY {
            let lengths = Lengths::new(lengths.lengths().as_ref());
            return Err(serde::ser::Error::custom(format_args!(
                "shape {lengths} has no elements, and more than {MOST_EMPTY} lists around them"
            )));
        }
        let mut list = serializer.serialize_seq(Some(len))?;
        let mut part = NestedPart { depth: self.depth + 1, ..*self };
        for index in 0..len {
            part.index.as_mut()[self.depth] = index;
            list.serialize_element(&part)?;
        }
        list.end()
    }
}

/// Reads nested lists of shape `S`.
pub(super) fn read<'de, T, S, K, R>(deserializer: R, sink: &mut K) -> Result<S, R::Error>
where
    T: Element + Deserialize<'de>,
    S: FromLengths,
    K: Sink<T>,
    R: Deserializer<'de>,
{
    let mut state =
        State { sink, room: S::STATIC_LEN, lengths: [None; MAX_RANK], index: [0; MAX_RANK] };
    Lists::<T, S, K> { state: &mut state, depth: 0, marker: PhantomData }
        .deserialize(deserializer)?;
    state.shape()
}

/// What has been read so far.
struct State<'a, K> {
    sink: &'a mut K,
    /// The number of elements that may still be stored, if the number of elements is known.
    /// Elements past that number are only counted.
    room: Option<usize>,
    /// For each axis, from the first, the length of the first list along that axis.
    lengths: PerAxis<Option<usize>>,
    /// The index of the next element or list.
    index: PerAxis<usize>,
}
impl<K> State<'_, K> {
    fn put<T>(&mut self, element: T)
    where
        K: Sink<T>,
    {
        match &mut self.room {
            Some(0) => {}
            Some(room) => {
                *room -= 1;
                self.sink.put(element);
            }
            None => self.sink.put(element),
        }
    }

    /// Records that a list along axis `depth` has `len` entries. `self.index` has the index of the
    /// list along the axes before axis `depth`.
    ///
    /// # Errors
    /// If the first list along this axis has another length.
    fn close<E: Error>(&mut self, depth: usize, len: usize) -> Result<(), E> {
        match *self.lengths[depth].get_or_insert(len) {
            first if first == len => Ok(()),
            first => Err(match self.index[..depth] {
                [row] => E::custom(ShapeError::ragged(row, len, first).line()),
                ref row => {
                    let s = if len == 1 { "" } else { "s" };
                    let (row, zero) = (Lengths::new(row), Lengths::new(&[0; MAX_RANK][..depth]));
                    E::custom(format_args!(
                        "row {row} has {len} element{s}, row {zero} has {first}"
                    ))
                }
            }),
        }
    }

    /// The shape that was found.
    fn shape<S: FromLengths, E: Error>(&self) -> Result<S, E> {
        let lengths = self.found::<S>();
        let shape = S::from_lengths(lengths);
        shape.ok_or_else(|| E::custom(ShapeError::unlike::<S>(lengths.as_ref()).line()))
    }

    /// The lengths that were found. After an axis of length 0, nothing in the input says how long
    /// the following axes are: their static lengths are taken from the type, and their run-time
    /// lengths are 0.
    fn found<S: Shape>(&self) -> S::Lengths {
        let mut lengths = S::FIRST;
        for (k, length) in lengths.as_mut().iter_mut().enumerate() {
            let meant = match <ListOf<S> as List>::KINDS[S::RANK - 1 - k] {
                AxisKind::Length(len) => len.unwrap_or(0),
                AxisKind::Stretching | AxisKind::Absent => 1,
            };
            *length = self.lengths[k].unwrap_or(meant);
        }
        lengths
    }
}

/// Reads the lists along the axes from `depth` on, or, after the last axis, one element.
struct Lists<'s, 'a, T, S, K> {
    state: &'s mut State<'a, K>,
    depth: usize,
    marker: PhantomData<fn() -> (T, S)>,
}
impl<'de, T, S, K> DeserializeSeed<'de> for Lists<'_, '_, T, S, K>
where
    T: Element + Deserialize<'de>,
    S: FromLengths,
    K: Sink<T>,
{
    type Value = ();
    fn deserialize<R: Deserializer<'de>>(self, deserializer: R) -> Result<(), R::Error> {
        if self.depth == 0 && S::RANK > 0 {
            // `deserialize_any` accepts not only a list but also a struct: the form that machines
            // read, which `serde` passes here if it has buffered its input (see `flat.rs`).
            return deserializer.deserialize_any(self);
        }
        if self.depth < S::RANK {
            return deserializer.deserialize_seq(self);
        }
        self.state.put(element::read::<T, R>(deserializer)?);
        Ok(())
    }
}
impl<'de, T, S, K> Visitor<'de> for Lists<'_, '_, T, S, K>
where
    T: Element + Deserialize<'de>,
    S: FromLengths,
    K: Sink<T>,
{
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lists = match (self.depth, S::RANK) {
            (0, 1) => "a list",
            (0, _) => "nested lists",
            _ => "a row of nested lists",
        };
        write!(f, "{lists} of shape {}", ShapeError::wanted::<S>())
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<(), A::Error> {
        if self.depth > 0 {
            return Err(A::Error::invalid_type(Unexpected::Map, &self));
        }
        let sink = &mut *self.state.sink;
        let shape: S = Fields::<T, S, K> { sink, marker: PhantomData }.visit_map(fields)?;
        for (found, &len) in self.state.lengths.iter_mut().zip(shape.lengths().as_ref()) {
            *found = Some(len);
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Self { state, depth, .. } = self;
        let mut len = 0;
        loop {
            state.index[depth] = len;
            let entry = Lists::<T, S, K> { state, depth: depth + 1, marker: PhantomData };
            if list.next_element_seed(entry)?.is_none() {
                state.close(depth, len)?;
                // A wrong shape is reported here, because here text formats add the line and the
                // column.
                return if depth == 0 { state.shape::<S, _>().map(drop) } else { Ok(()) };
            }
            len += 1;
        }
    }
}
