//! `#[derive(Weights)]`: the fields of a struct become parts of a file, by their names.
//!
//! `attributes.rs` reads what stands above a field or a struct, `fields.rs` which fields there are and how each is
//! read, and `parameters.rs` what the struct is generic in: that is the model. Each way to get the weights is an expansion of
//! it: `loading.rs` reads a file when the program runs, and writes one.

use crate::error::Errors;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Fields, Item, ItemStruct, Path};

mod attributes;
mod fields;
mod loading;
mod parameters;

use self::fields::Field;
use self::parameters::Parameters;

/// A struct whose weights are derived.
struct Model {
    root: TokenStream,
    name: syn::Ident,
    parameters: Parameters,
    fields: Vec<Field>,
}

/// The expansion of `#[derive(Weights)]`.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let model = match syn::parse2(input) {
        Ok(Item::Struct(item)) => model(item, &mut errors),
        Ok(other) => {
            refuse(&other, &mut errors);
            return errors.as_items();
        }
        Err(error) => {
            errors.push(error);
            return errors.as_items();
        }
    };
    loading::expand(&model, &errors)
}

/// What the struct is made of, also beside errors.
fn model(item: ItemStruct, errors: &mut Errors) -> Model {
    let root = attributes::of_struct(&item.attrs, errors)
        .map_or_else(|| quote!(::shapewright), |path: Path| quote!(#path));
    let fields = match item.fields {
        Fields::Named(fields) => fields.named,
        Fields::Unnamed(fields) => fields.unnamed,
        Fields::Unit => syn::punctuated::Punctuated::new(),
    };
    let parameters = Parameters::read(item.generics);
    let fields = fields::read(fields, errors);
    Model { root, name: item.ident, parameters, fields }
}

/// What is no struct has no weights.
fn refuse(item: &Item, errors: &mut Errors) {
    match item {
        Item::Enum(item) => errors.at(
            &item.enum_token,
            "`Weights` is derived for structs: a file does not say which variant of an enum it holds",
        ),
        Item::Union(item) => errors.at(
            &item.union_token,
            "`Weights` is derived for structs: the fields of a union are the same bytes, and a file has each by itself",
        ),
        _ => errors.at_call("`Weights` is derived for structs"),
    }
}
