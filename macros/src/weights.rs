//! `#[derive(Weights)]`: the fields of a struct become parts of a file, by their names.
//!
//! The model is read by `attributes.rs` (the attributes of fields and of the struct), `fields.rs`
//! (the fields, and how each is read) and `parameters.rs` (the generic parameters). The model is
//! expanded in two ways: `loading.rs` makes code that reads and writes a file when the program
//! runs; `including.rs` makes code that takes the values from a file that is in the binary.

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
    /// Whether the struct gets no function `included`, which is for files in the binary.
    load_only: bool,
    fields: Vec<Field>,
}

/// The expansion of `#[derive(Weights)]`.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let (model, errors) = read(input);
    let Some(model) = model else { return errors.as_items() };
    // The errors become the body of one function: of `included`, or of `read` if there is no
    // `included`. The struct still has its functions, so uses of the struct cause no further
    // errors.
    let errors = if errors.is_empty() { None } else { Some(errors.as_expression()) };
    let mut output = including::expand(&model, errors.as_ref());
    let errors =
        errors.map(
            |errors| if output.is_empty() { errors } else { quote!(::core::option::Option::None) },
        );
    // A struct that has `included`, but no parameter for its storage, has a field with the storage
    // `Flash`. Such a struct is only in the binary, and is neither loaded nor saved.
    if output.is_empty() || model.parameters.storage().is_some() {
        output.extend(loading::expand(&model, errors));
    }
    output
}

/// The struct, if the input is one, and the errors.
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

/// The model of the struct, made even if there are errors.
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

/// Reports an input that is not a struct.
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
