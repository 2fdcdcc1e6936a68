//! The macros work where the crate has another name and nothing is in scope: no prelude, no crate of the name `shapewright`, and names of
//! the user's own that stand in the way.
#![no_implicit_prelude]

extern crate std;

use ::renamed::prelude::*;

const CHANNELS: usize = 3;

// Names that an expansion must not capture.
#[allow(dead_code, reason = "they are there to be in the way")]
mod in_the_way {
    pub(crate) struct Dim;
    pub(crate) struct One;
    pub(crate) struct Tensor;
    pub(crate) trait Clone {}
    pub(crate) mod core {}
    pub(crate) mod shapewright {}
}

mod lengths {
    #[allow(unused_imports, reason = "they are there to be in the way")]
    use super::in_the_way::{Clone, Dim, One, Tensor, core, shapewright};

    ::renamed::dim!(
        /// How many samples.
        pub(crate) Batch = 2,
        pub(crate) Features = super::CHANNELS,
        pub(crate) Wide = { 1000 * super::CHANNELS },
    );

    pub(crate) type Data = ::renamed::Tensor<f32, ::renamed::shape![Batch, Features]>;
    pub(crate) static WEIGHTS: ::renamed::Array<f32, ::renamed::shape![{ super::CHANNELS }, 1]> =
        ::renamed::array![[1.0], [2.0], [4.0]];
    pub(crate) const ZEROS: ::renamed::Array<i8, ::renamed::shape![Wide]> =
        ::renamed::array![0; Wide];

    pub(crate) const FILE: ::renamed::io::Included =
        ::renamed::include_safetensors!("../included/network.safetensors");

    pub(crate) fn data() -> Data {
        ::renamed::tensor![1.0; Batch, Features]
    }
}

#[test]
fn macros_need_nothing_in_scope() {
    let x = lengths::data();
    let sums = x.sum_axis(lengths::Features).to_tensor();
    ::std::assert_eq!(sums, ::renamed::tensor![3.0; lengths::Batch]);
    ::std::assert_eq!(lengths::ZEROS.len(), 3000);
    ::std::assert_eq!(lengths::WEIGHTS[[2, 0]], 4.0);
    ::std::assert_eq!(lengths::Wide.len(), 3000);
    ::std::assert!(lengths::FILE.contains("head.bias"));
}

#[test]
fn named_lengths_of_const_expressions_take_part_in_arithmetic() {
    let long =
        ::renamed::Tensor::<f32, ::renamed::shape![lengths::Features, lengths::Batch]>::ones();
    ::std::assert_eq!(long.flatten().to_tensor(), ::renamed::tensor![1.0; 6]);
    let both = long.concat(&long, Axis::<0>).to_tensor();
    ::std::assert_eq!(both, ::renamed::tensor![1.0; 6, lengths::Batch]);
}
