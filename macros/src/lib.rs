//! The procedural macros of `shapewright`. This file has only the entry points.
//!
//! Depend on `shapewright`, not on this crate. Each macro but the derive is called through a
//! wrapper in `shapewright` that puts `$crate;` before the user's tokens. So a renamed
//! `shapewright` works, and no name is looked up in the user's scope. Every macro parses its input
//! into a model, expands the model, and reports all mistakes at once. The macros cannot use
//! `shapewright` itself, because `shapewright` depends on them. So the macros that include files
//! have readers of their own.

mod binary;
mod bits;
mod check;
mod convert;
mod dim;
mod dtype;
mod error;
mod file;
mod header;
mod include_npy;
mod include_safetensors;
mod kinds;
mod length;
mod literal;
mod maker;
mod nesting;
mod npy;
mod number;
mod root;
mod safetensors;
mod shape;
mod show;
mod split;
mod tensor;
#[cfg(test)]
mod testing;
mod tokens;
mod weights;
mod written;

use proc_macro::TokenStream;

/// Makes a shape, a tuple of axes. Called as `shapewright::shape!`, where it is documented.
#[proc_macro]
pub fn shape(input: TokenStream) -> TokenStream {
    shape::expand(input.into()).into()
}

/// Makes a tensor from rows or a fill value. Called as `shapewright::tensor!`, where it is
/// documented.
#[proc_macro]
pub fn tensor(input: TokenStream) -> TokenStream {
    tensor::expand(input.into(), maker::Maker::Tensor).into()
}

/// Makes an array from rows or a fill value. Called as `shapewright::array!`, where it is
/// documented.
#[proc_macro]
pub fn array(input: TokenStream) -> TokenStream {
    tensor::expand(input.into(), maker::Maker::Array).into()
}

/// Declares named lengths. Called as `shapewright::dim!`, where it is documented.
#[proc_macro]
pub fn dim(input: TokenStream) -> TokenStream {
    dim::expand(input.into()).into()
}

/// Puts a `.npy` file in the binary. Called as `shapewright::include_npy!`, where it is documented.
#[proc_macro]
pub fn include_npy(input: TokenStream) -> TokenStream {
    include_npy::expand(input.into(), file::folder_of).into()
}

/// Puts a `.safetensors` file in the binary. Called as `shapewright::include_safetensors!`, where
/// it is documented.
#[proc_macro]
pub fn include_safetensors(input: TokenStream) -> TokenStream {
    include_safetensors::expand(input.into(), file::folder_of).into()
}

/// Implements `shapewright::Weights`, where it is documented: loading and saving a struct's weights
/// by name.
#[proc_macro_derive(Weights, attributes(weights))]
pub fn weights(input: TokenStream) -> TokenStream {
    weights::expand(input.into()).into()
}
