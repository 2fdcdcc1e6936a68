//! The procedural macros of `shapewright`: the entry points, and nothing else.
//!
//! Depend on `shapewright`, not on this crate. Each macro is reached through a wrapper in `shapewright` that
//! puts `$crate;` before the user's tokens, so that a renamed `shapewright` works and nothing is looked up in
//! the user's scope. Every macro goes parse -> model -> expand, and reports all mistakes at once.

mod bits;
mod check;
mod dim;
mod error;
mod kinds;
mod length;
mod literal;
mod maker;
mod nesting;
mod number;
mod root;
mod shape;
mod show;
mod split;
mod tensor;
#[cfg(test)]
mod testing;
mod tokens;

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
