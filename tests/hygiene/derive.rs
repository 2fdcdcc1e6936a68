//! `#[derive(Weights)]` where the crate has another name, which an attribute says, and names of the user's own stand in the
//! way. (Not without the prelude: a derive's attribute for the compiler's messages is of a tool, and those are in that.)

// Names that an expansion must not capture.
#[allow(dead_code, reason = "they are there to be in the way")]
mod in_the_way {
    pub(crate) struct Dim;
    pub(crate) struct Eps;
    pub(crate) struct Field;
    pub(crate) struct Linear;
    pub(crate) struct Option;
    pub(crate) struct Reader;
    pub(crate) struct Some;
    pub(crate) struct Tensor;
    pub(crate) trait Default {}
    pub(crate) mod core {}
    pub(crate) mod shapewright {}
}

mod weights {
    #[allow(unused_imports, reason = "they are there to be in the way")]
    use super::in_the_way::{
        Default, Dim, Eps, Field, Linear, Option, Reader, Some, Tensor, core, shapewright,
    };

    #[derive(::renamed::Weights)]
    #[weights(crate = ::renamed)]
    pub(crate) struct Net<B: ::renamed::Storage = ::renamed::Heap> {
        #[weights(rename = "head")]
        pub(crate) file: ::renamed::nn::Linear<
            ::renamed::Dim<2>,
            ::renamed::Dim<3>,
            ::renamed::nn::WithBias,
            f32,
            B,
        >,
        #[weights(skip = ::std::option::Option::None)]
        pub(crate) reader: ::std::option::Option<B>,
    }
    #[derive(::renamed::Weights)]
    #[weights(crate = ::renamed)]
    pub(crate) struct Norm {
        #[weights(skip)]
        pub(crate) writer: u8,
        #[weights(eps = 1e-5)]
        pub(crate) field_0: (::renamed::nn::BatchNorm<::renamed::Dim<2>>, ()),
    }

    pub(crate) static NET: Net<::renamed::Flash> =
        Net::included(::renamed::include_safetensors!("../included/network.safetensors"));
}

#[test]
fn derives_need_nothing_in_scope() {
    use ::renamed::weights::{Weights, WeightsFile};
    ::std::assert_eq!(weights::NET.file.weight().len(), 6);
    ::std::assert!(weights::NET.reader.is_none());
    let path =
        ::std::concat!(::std::env!("CARGO_MANIFEST_DIR"), "/../included/network.safetensors");
    let loaded: weights::Net = WeightsFile::read(path).unwrap().allow_unused().load().unwrap();
    ::std::assert_eq!(*loaded.file.weight(), *weights::NET.file.weight());
    ::std::assert!(loaded.reader.is_none());
    let ones = || ::renamed::tensor![1.0; 2];
    let norm = ::renamed::nn::BatchNorm::new(ones(), ones(), ones(), ones(), 1e-5);
    let bytes = weights::Norm { writer: 1, field_0: (norm, ()) }.to_safetensors().unwrap();
    let again: weights::Norm = WeightsFile::from_bytes(bytes).unwrap().load().unwrap();
    ::std::assert_eq!((again.field_0.0.eps(), again.writer), (1e-5, 0));
}
