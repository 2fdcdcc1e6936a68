//! The weights of layers, by the names that PyTorch gives them.

use super::Weights;
use super::element::WeightElement;
use super::needs::{Epsilon, Nothing};
use super::reader::Reader;
use super::writer::Writer;
use crate::arith::{Divides, Groups};
use crate::element::Float;
use crate::nn::{
    AvgPool2d, BatchNorm, Conv1d, Conv2d, Embedding, Flatten, Gelu, GlobalAvgPool2d,
    GlobalMaxPool2d, LayerNorm, Linear, MaxPool2d, NoBias, Relu, RmsNorm, Sigmoid, Silu, Softmax,
    Tanh, WithBias,
};
use crate::shape::{Length, Shape};
use crate::tensor::Tensor;

/// Reads a layer with a weight, whose first axis is `Out`, and a bias of shape `(Out,)`.
fn biased<T: WeightElement, W: Shape, Out: Length, Layer>(
    reader: &mut Reader<'_>,
    out: impl FnOnce(W) -> Out,
    new: impl FnOnce(Tensor<T, W>, Tensor<T, (Out,)>) -> Layer,
) -> Option<Layer> {
    let weight = reader.tensor::<T, W>("weight");
    let bias = reader.tensor_of("bias", weight.as_ref().map(|weight| (out(weight.shape()),)));
    Some(new(weight?, bias?))
}

/// Writes a weight, and a bias if the layer has one.
fn write_both<'a, T: WeightElement, W: Shape, Out: Length>(
    writer: &mut Writer<'a>,
    weight: &'a Tensor<T, W>,
    bias: Option<&'a Tensor<T, (Out,)>>,
) {
    writer.tensor("weight", weight);
    if let Some(bias) = bias {
        writer.tensor("bias", bias);
    }
}

/// A linear layer has `weight (out, in)` and, if it is `WithBias`, `bias (out,)`.
macro_rules! linear {
    ($($bias:ident |$reader:ident| $read:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<In: Length, Out: Length, T: Float + WeightElement> Weights for Linear<In, Out, $bias, T> {
            type Needs = Nothing;
            fn read($reader: &mut Reader<'_>) -> Option<Self> {
                $read
            }
            fn write<'a>(&'a self, writer: &mut Writer<'a>) {
                write_both(writer, self.weight(), self.bias());
            }
        }
    )*};
}
linear! {
    WithBias |reader| biased(reader, |(out, _)| out, Self::new);
    NoBias |reader| reader.tensor("weight").map(Self::without_bias);
}

/// A convolution has `weight (out, in / GROUPS, k)` or `(out, in / GROUPS, k, k)` and, if it is
/// `WithBias`, `bias (out,)`.
macro_rules! convolutions {
    ($($layer:ident $bias:ident |$reader:ident| $read:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<
            In: Length,
            Out: Length,
            const K: usize,
            const STRIDE: usize,
            const PAD: usize,
            const DILATION: usize,
            const GROUPS: usize,
            T: Float + WeightElement,
        > Weights for $layer<In, Out, K, STRIDE, PAD, DILATION, GROUPS, $bias, T>
        where
            Groups<GROUPS>: Divides<In, Self> + Divides<Out, Self>,
        {
            type Needs = Nothing;
            fn read($reader: &mut Reader<'_>) -> Option<Self> {
                $read
            }
            fn write<'a>(&'a self, writer: &mut Writer<'a>) {
                write_both(writer, self.weight(), self.bias());
            }
        }
    )*};
}
convolutions! {
    Conv1d WithBias |reader| biased(reader, |(out, ..)| out, Self::new);
    Conv1d NoBias |reader| reader.tensor("weight").map(Self::without_bias);
    Conv2d WithBias |reader| biased(reader, |(out, ..)| out, Self::new);
    Conv2d NoBias |reader| reader.tensor("weight").map(Self::without_bias);
}

/// An embedding has `weight (words, width)`.
#[diagnostic::do_not_recommend]
impl<Words: Length, Width: Length, T: WeightElement> Weights for Embedding<Words, Width, T> {
    type Needs = Nothing;
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        reader.tensor("weight").map(Self::new)
    }
    fn write<'a>(&'a self, writer: &mut Writer<'a>) {
        writer.tensor("weight", self.weight());
    }
}

/// A batch norm has `weight`, `bias`, `running_mean` and `running_var`, each `(c,)`.
#[diagnostic::do_not_recommend]
impl<C: Length, T: Float + WeightElement> Weights for BatchNorm<C, T> {
    type Needs = Epsilon<Self>;
    fn read(reader: &mut Reader<'_, Epsilon<Self>>) -> Option<Self> {
        let gamma = reader.tensor::<T, (C,)>("weight");
        let channels = gamma.as_ref().map(|gamma| gamma.shape());
        let beta = reader.tensor_of("bias", channels);
        let mean = reader.tensor_of("running_mean", channels);
        let var = reader.tensor_of("running_var", channels);
        let eps = T::from_f64(reader.eps())?;
        Some(Self::new(gamma?, beta?, mean?, var?, eps))
    }
    fn write<'a>(&'a self, writer: &mut Writer<'a>) {
        writer.tensor("weight", self.gamma());
        writer.tensor("bias", self.beta());
        writer.tensor("running_mean", self.mean());
        writer.tensor("running_var", self.var());
    }
}

/// A layer norm with a bias has `weight` and `bias`, each `(n,)`.
#[diagnostic::do_not_recommend]
impl<N: Length, T: Float + WeightElement> Weights for LayerNorm<N, WithBias, T> {
    type Needs = Epsilon<Self>;
    fn read(reader: &mut Reader<'_, Epsilon<Self>>) -> Option<Self> {
        let gamma = reader.tensor::<T, (N,)>("weight");
        let beta = reader.tensor_of("bias", gamma.as_ref().map(Tensor::shape));
        let eps = T::from_f64(reader.eps())?;
        Some(Self::new(gamma?, beta?, eps))
    }
    fn write<'a>(&'a self, writer: &mut Writer<'a>) {
        write_both(writer, self.gamma(), self.beta());
    }
}
/// A layer norm without a bias has `weight (n,)`.
#[diagnostic::do_not_recommend]
impl<N: Length, T: Float + WeightElement> Weights for LayerNorm<N, NoBias, T> {
    type Needs = Epsilon<Self>;
    fn read(reader: &mut Reader<'_, Epsilon<Self>>) -> Option<Self> {
        let gamma = reader.tensor("weight");
        let eps = T::from_f64(reader.eps())?;
        Some(Self::without_bias(gamma?, eps))
    }
    fn write<'a>(&'a self, writer: &mut Writer<'a>) {
        writer.tensor("weight", self.gamma());
    }
}
/// An RMS norm has `weight (n,)`.
#[diagnostic::do_not_recommend]
impl<N: Length, T: Float + WeightElement> Weights for RmsNorm<N, T> {
    type Needs = Epsilon<Self>;
    fn read(reader: &mut Reader<'_, Epsilon<Self>>) -> Option<Self> {
        let gamma = reader.tensor("weight");
        let eps = T::from_f64(reader.eps())?;
        Some(Self::new(gamma?, eps))
    }
    fn write<'a>(&'a self, writer: &mut Writer<'a>) {
        writer.tensor("weight", self.gamma());
    }
}

/// Layers without parameters read and write no tensors.
macro_rules! without_parameters {
    ($([$($parameters:tt)*] $layer:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($parameters)*> Weights for $layer {
            type Needs = Nothing;
            fn read(_reader: &mut Reader<'_>) -> Option<Self> {
                Some(Self::default())
            }
            fn write<'a>(&'a self, _writer: &mut Writer<'a>) {}
        }
    )*};
}
without_parameters! {
    [] Gelu; [] Relu; [] Sigmoid; [] Silu; [] Softmax; [] Tanh;
    [] Flatten; [] GlobalAvgPool2d; [] GlobalMaxPool2d;
    [const K: usize, const STRIDE: usize, const PAD: usize] MaxPool2d<K, STRIDE, PAD>;
    [const K: usize, const STRIDE: usize, const PAD: usize, const ALL: bool] AvgPool2d<K, STRIDE, PAD, ALL>;
}
