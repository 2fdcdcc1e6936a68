//! `#[derive(Weights)]`: the fields of a struct become parts of a file, by their names.
//!
//! `attributes.rs` reads what stands above a field or a struct, `fields.rs` which fields there are
//! and how each is read, and `parameters.rs` what the struct is generic in: that is the model. Each
//! way to get the weights is an expansion of it: `loading.rs` reads a file when the program runs,
//! and writes one, and `including.rs` takes one that is in the binary.

use crate::error::Errors;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::{Fields, Ident, Item, ItemStruct, Path, Visibility};

mod attributes;
mod fields;
mod including;
mod loading;
mod parameters;

use self::attributes::OfStruct;
use self::fields::Field;
use self::parameters::Parameters;

/// A struct whose weights are derived.
struct Model {
    root: TokenStream,
    visibility: Visibility,
    name: Ident,
    parameters: Parameters,
    /// There is to be nothing for files in the binary.
    load_only: bool,
    fields: Vec<Field>,
}

/// The expansion of `#[derive(Weights)]`.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let (model, errors) = read(input);
    let Some(model) = model else { return errors.as_items() };
    // The errors stand where a value would be, once, so that no use of the struct is a further
    // error.
    let errors = if errors.is_empty() { None } else { Some(errors.as_expression()) };
    let mut output = including::expand(&model, errors.as_ref());
    let errors =
        errors.map(
            |errors| if output.is_empty() { errors } else { quote!(::core::option::Option::None) },
        );
    // What is in the binary is not loaded, and is saved by nobody.
    if output.is_empty() || model.parameters.storage().is_some() {
        output.extend(loading::expand(&model, errors));
    }
    output
}

/// The struct, if it is one, and what is wrong with it.
fn read(input: TokenStream) -> (Option<Model>, Errors) {
    let mut errors = Errors::default();
    let model = match syn::parse2(input) {
        Ok(Item::Struct(item)) => {
            let model = model(item, &mut errors);
            including::check(&model, &mut errors);
            Some(model)
        }
        Ok(other) => {
            refuse(other, &mut errors);
            None
        }
        Err(error) => {
            errors.push(error);
            None
        }
    };
    (model, errors)
}

/// What the struct is made of, also beside errors.
fn model(item: ItemStruct, errors: &mut Errors) -> Model {
    let OfStruct { root, load_only } = attributes::of_struct(&item.attrs, errors);
    let root = root.map_or_else(|| quote!(::shapewright), Path::into_token_stream);
    let fields = match item.fields {
        Fields::Named(fields) => fields.named,
        Fields::Unnamed(fields) => fields.unnamed,
        Fields::Unit => Punctuated::new(),
    };
    let parameters = Parameters::read(item.generics);
    let fields = fields::read(fields, errors);
    Model {
        root,
        visibility: item.vis,
        name: item.ident,
        parameters,
        load_only: load_only.is_some(),
        fields,
    }
}

/// What is no struct has no weights.
fn refuse(item: Item, errors: &mut Errors) {
    match item {
        Item::Enum(item) => errors.at(
            item.enum_token,
            "`Weights` is derived for structs: a file does not say which variant of an enum it holds",
        ),
        Item::Union(item) => errors.at(
            item.union_token,
            "`Weights` is derived for structs: the fields of a union are the same bytes, and a file has each by itself",
        ),
        _ => errors.at_call("`Weights` is derived for structs"),
    }
}

#[cfg(test)]
mod tests;
