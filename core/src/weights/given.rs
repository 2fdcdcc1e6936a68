//! The weights of values other than layers: tensors, and tuples, arrays, sequences and options of
//! parts.

use alloc::string::ToString;
use alloc::vec::Vec;

use super::Weights;
use super::element::WeightElement;
use super::needs::{Needs, Nothing};
use super::reader::Reader;
use super::writer::Writer;
use crate::nn::Sequential;
use crate::shape::Shape;
use crate::tensor::Tensor;

/// A field that is a tensor has the name of the field in the file.
impl<T: WeightElement, S: Shape> Weights for Tensor<T, S> {
    type Needs = Nothing;
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        reader.this()
    }
    fn write<'a>(&'a self, writer: &mut Writer<'a>) {
        writer.this(self);
    }
}

/// The names of the parts of an array are `0`, `1` and so on, as in PyTorch's `ModuleList`.
#[diagnostic::do_not_recommend]
impl<W: Weights, const N: usize> Weights for [W; N] {
    type Needs = W::Needs;
    fn read(reader: &mut Reader<'_, Self::Needs>) -> Option<Self> {
        // All parts are read before `?` returns, so that the problems of all parts are recorded.
        let parts: Vec<Option<W>> = (0..N).map(|k| reader.any_part(&k.to_string())).collect();
        let parts: Option<Vec<W>> = parts.into_iter().collect();
        parts?.try_into().ok()
    }
    fn write<'a>(&'a self, writer: &mut Writer<'a>) {
        for (k, part) in self.iter().enumerate() {
            writer.part(&k.to_string(), part);
        }
    }
}

/// An option is `Some` if the file has a tensor with the current name, or with a name that begins
/// with the current name and a dot.
#[diagnostic::do_not_recommend]
impl<W: Weights> Weights for Option<W> {
    type Needs = W::Needs;
    fn read(reader: &mut Reader<'_, Self::Needs>) -> Option<Self> {
        if reader.is_there() { reader.same().map(Some) } else { Some(None) }
    }
    fn write<'a>(&'a self, writer: &mut Writer<'a>) {
        if let Some(value) = self {
            value.write(writer);
        }
    }
}

/// The tensors of a `Sequential` have the same names as those of the tuple in it.
#[diagnostic::do_not_recommend]
impl<Layers: Weights> Weights for Sequential<Layers> {
    type Needs = Layers::Needs;
    fn read(reader: &mut Reader<'_, Self::Needs>) -> Option<Self> {
        reader.same().map(Sequential)
    }
    fn write<'a>(&'a self, writer: &mut Writer<'a>) {
        self.0.write(writer);
    }
}

/// Implements `Weights` for tuples of every length up to 16. The name of a part is its position, as
/// in PyTorch's `Sequential`.
macro_rules! tuples {
    ([$($done:tt)*]) => { tuples! { @stamp $($done)* } };
    ([$($done:tt)*] $part:ident $position:tt; $($rest:tt)*) => {
        tuples! { @stamp $($done)* }
        tuples! { [$($done)* $part $position;] $($rest)* }
    };
    (@stamp $($part:ident $position:tt;)*) => {
        #[diagnostic::do_not_recommend]
        impl<$($part: Weights),*> Weights for ($($part,)*) {
            type Needs = tuples!(@needs $($part)*);
            #[allow(unused_variables, clippy::unused_unit, reason = "an empty tuple has no parts")]
            fn read(reader: &mut Reader<'_, Self::Needs>) -> Option<Self> {
                let parts = ($(reader.any_part::<$part>(stringify!($position)),)*);
                Some(($(parts.$position?,)*))
            }
            #[allow(unused_variables, reason = "an empty tuple has no parts")]
            fn write<'a>(&'a self, writer: &mut Writer<'a>) {
                $(writer.part(stringify!($position), &self.$position);)*
            }
        }
    };
    (@needs) => { Nothing };
    (@needs $first:ident $($rest:ident)*) => {
        <<$first as Weights>::Needs as Needs>::Or<tuples!(@needs $($rest)*)>
    };
}
tuples! { [] A 0; B 1; C 2; D 3; E 4; F 5; G 6; H 7; I 8; J 9; K 10; L 11; M 12; N 13; O 14; P 15; }
