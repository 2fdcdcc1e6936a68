//! The procedural macros of `shapewright`: the entry points, and nothing else.
//!
//! Depend on `shapewright`, not on this crate. Each macro is reached through a wrapper in `shapewright` that
//! puts `$crate;` before the user's tokens, so that a renamed `shapewright` works and nothing is looked up in
//! the user's scope. Every macro goes parse -> model -> expand, and reports all mistakes at once.

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

/// Writes a shape as a tuple of axes; reached as `shapewright::shape!`, where it is documented.
#[proc_macro]
pub fn shape(input: TokenStream) -> TokenStream {
    shape::expand(input.into()).into()
}

/// Makes a tensor from rows or a fill value; reached as `shapewright::tensor!`, where it is documented.
#[proc_macro]
pub fn tensor(input: TokenStream) -> TokenStream {
    tensor::expand(input.into(), maker::Maker::Tensor).into()
}

/// Makes an array from rows or a fill value; reached as `shapewright::array!`, where it is documented.
#[proc_macro]
pub fn array(input: TokenStream) -> TokenStream {
    tensor::expand(input.into(), maker::Maker::Array).into()
}

/// Declares named lengths; reached as `shapewright::dim!`, where it is documented.
#[proc_macro]
pub fn dim(input: TokenStream) -> TokenStream {
    dim::expand(input.into()).into()
}

/// Puts a `.npy` file in the binary; reached as `shapewright::include_npy!`, where it is documented.
#[proc_macro]
pub fn include_npy(input: TokenStream) -> TokenStream {
    include_npy::expand(input.into(), file::folder_of).into()
}

/// Puts a `.safetensors` file in the binary; reached as `shapewright::include_safetensors!`, where it is documented.
#[proc_macro]
pub fn include_safetensors(input: TokenStream) -> TokenStream {
    include_safetensors::expand(input.into(), file::folder_of).into()
}

/// Implements `shapewright::Weights` for a struct, where it is documented: loading and saving its weights by name.
#[proc_macro_derive(Weights, attributes(weights))]
pub fn weights(input: TokenStream) -> TokenStream {
    weights::expand(input.into()).into()
}
