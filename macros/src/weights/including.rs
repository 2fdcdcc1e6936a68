//! Weights in the binary: a constant function `included` that makes a struct of an included file.
//!
//! Traits have no constant functions, so each type has an inherent function `included`. For types
//! that are made of others (tuples, arrays, sequences and options) the expansion spells out the
//! parts.

use super::Model;
use super::fields::{Field, How};
use super::loading::{local, parts_of};
use super::parameters::names;
use crate::error::Errors;
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, GenericArgument, Lit, PathArguments, Type, TypePath};

/// The function `included`, for a struct that can be in the binary: one that is generic in its
/// storage, or has a field with the storage `Flash`. For a struct with mistakes, `wrong` is the
/// body of the function.
pub(super) fn expand(model: &Model, wrong: Option<&TokenStream>) -> TokenStream {
    let Model { root, visibility, name, parameters, load_only, fields } = model;
    if *load_only || !(parameters.storage().is_some() || is_of_flash(model)) {
        return TokenStream::new();
    }
    let flash = quote!(#root::Flash);
    let (declared, given) = (parameters.declared(&flash, None), parameters.given(&flash));
    let asked = parameters.asked(&flash);
    let file = local("file");
    let values = fields.iter().map(|field| {
        let (member, value) = (&field.member, value(model, &flash, field, &file));
        quote!(#member: #value)
    });
    let value = wrong.cloned().unwrap_or_else(|| quote!(Self { #(#values),* }));
    quote! {
        #[automatically_derived]
        #[allow(dead_code, unreachable_code, unused_variables)]
        impl #declared #name #given
        where
            #(#asked,)*
        {
            /// The weights in the binary: those that `file` has by the names of the fields.
            ///
            /// # Panics
            /// When a tensor is missing, or has another element type or shape. In a `static`, this
            /// is an error of `cargo check`.
            #[must_use]
            #[track_caller]
            #visibility const fn included(#file: #root::io::Included) -> Self {
                #value
            }
            #[doc(hidden)]
            #[must_use]
            #[track_caller]
            #visibility const fn __included_with_eps(
                #file: #root::io::Included,
                _: ::core::primitive::f64,
            ) -> Self {
                Self::included(#file)
            }
        }
    }
}

/// The types that hold tensors. The tensors are on the heap, unless the type names another storage.
const HOLDS_TENSORS: &[&str] =
    &["Tensor", "Linear", "Conv1d", "Conv2d", "BatchNorm", "LayerNorm", "RmsNorm", "Embedding"];

/// Reports parts that are on the heap in a struct that is generic in its storage: parts on the heap
/// have no function `included`.
pub(super) fn check(model: &Model, errors: &mut Errors) {
    let Some(storage) = model.parameters.storage().filter(|_| !model.load_only) else { return };
    for field in &model.fields {
        if matches!(field.how, How::Part { .. }) {
            check_part(&field.ty, storage, model, errors);
        }
    }
}

fn check_part(ty: &Type, storage: &Ident, model: &Model, errors: &mut Errors) {
    if let Some(parts) = parts_of(ty) {
        parts.into_iter().for_each(|part| check_part(part, storage, model, errors));
    } else if let Type::Array(array) = ty {
        check_part(&array.elem, storage, model, errors);
    } else if let Type::Path(path) = ty {
        let tokens = ty.to_token_stream();
        let holds_tensors = path
            .path
            .segments
            .last()
            .is_some_and(|last| HOLDS_TENSORS.iter().any(|name| last.ident == name));
        if let Some(inner) = is_of_one(path, "Sequential").or_else(|| is_of_one(path, "Option")) {
            check_part(inner, storage, model, errors);
        } else if holds_tensors && !names(&tokens, storage) && !names(&tokens, "Flash") {
            let (part, name) = (path.path.segments.last().map(|last| &last.ident), &model.name);
            let part = part.map(ToString::to_string).unwrap_or_default();
            errors.at(
                path,
                format!(
                    "this is on the heap, and `{name}` is generic in its storage: write `{storage}` last, as in \
                     `{part}<.., {storage}>`, or `#[weights(load_only)]` above the struct"
                ),
            );
        }
    }
}

/// Whether the type of a field has the storage `Flash`. The tensors of such a field are in the
/// binary, whatever the arguments of the struct.
fn is_of_flash(model: &Model) -> bool {
    model.fields.iter().any(|field| names(&field.ty.to_token_stream(), "Flash"))
}

/// The value of a field.
fn value(model: &Model, flash: &TokenStream, field: &Field, file: &Ident) -> TokenStream {
    match &field.how {
        How::Skipped(Some(value)) => value.to_token_stream(),
        How::Skipped(None) => {
            let name = field.member.to_token_stream().to_string();
            let problem = "is skipped, and its default is no constant: write its value, `#[weights(skip = 0)]`";
            quote!(#file.at(#name).__refused(#problem))
        }
        How::Part { name, eps } => {
            Part { model, flash, eps: eps.as_ref() }.value(&field.ty, &quote!(#file.at(#name)))
        }
    }
}

/// A field, or a part of one.
struct Part<'a> {
    model: &'a Model,
    flash: &'a TokenStream,
    eps: Option<&'a Expr>,
}

impl Part<'_> {
    /// An expression for a value of type `ty`, whose tensors are those of `file`.
    fn value(&self, ty: &Type, file: &TokenStream) -> TokenStream {
        if let Some(parts) = parts_of(ty) {
            let values = parts.iter().enumerate().map(|(k, part)| {
                let k = k.to_string();
                self.value(part, &quote!(#file.at(#k)))
            });
            return quote!((#(#values,)*));
        }
        if let Type::Array(array) = ty {
            let Some(count) = number(&array.len) else {
                let problem =
                    "is an array, whose length the macro does not know: write it as a number";
                return quote!(#file.__refused(#problem));
            };
            let values = (0..count).map(|k| {
                let k = k.to_string();
                self.value(&array.elem, &quote!(#file.at(#k)))
            });
            return quote!([#(#values),*]);
        }
        if let Type::Path(path) = ty
            && let Some(inner) =
                is_of_one(path, "Sequential").filter(|inner| parts_of(inner).is_some())
        {
            let (constructor, inner) = (without_arguments(path), self.value(inner, file));
            return quote!(#constructor(#inner));
        }
        if let Type::Path(path) = ty
            && let Some(inner) = is_of_one(path, "Option")
        {
            let inner = self.value(inner, file);
            return quote! {
                if #file.__is_there() {
                    ::core::option::Option::Some(#inner)
                } else {
                    ::core::option::Option::None
                }
            };
        }
        self.whole(ty, file)
    }

    /// An expression for a value of type `ty`, which is made by the function `included` of that
    /// type, or by its variant that has the argument `eps`.
    fn whole(&self, ty: &Type, file: &TokenStream) -> TokenStream {
        let tokens = ty.to_token_stream();
        if self.model.parameters.names_unknown(&tokens) {
            let problem = "is of a type that is a parameter, of which the macro does not know how it is included";
            return quote!(#file.__refused(#problem));
        }
        let of = self.model.parameters.with_storage(tokens, self.flash);
        match self.eps {
            None => quote_spanned!(ty.span()=> <#of>::included(#file)),
            Some(eps) => quote_spanned!(ty.span()=> <#of>::__included_with_eps(#file, #eps)),
        }
    }
}

/// The value of `length`, if it is a literal.
fn number(length: &Expr) -> Option<usize> {
    match length {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse().ok(),
        Expr::Paren(inner) => number(&inner.expr),
        Expr::Group(inner) => number(&inner.expr),
        _ => None,
    }
}

/// The type argument of a path whose last segment is `name`, if there is exactly one argument.
fn is_of_one<'a>(path: &'a TypePath, name: &str) -> Option<&'a Type> {
    let last = path.path.segments.last().filter(|last| last.ident == name)?;
    match &last.arguments {
        PathArguments::AngleBracketed(arguments) if arguments.args.len() == 1 => {
            match arguments.args.first()? {
                GenericArgument::Type(inner) => Some(inner),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The path as an expression, without its generic arguments.
fn without_arguments(path: &TypePath) -> TokenStream {
    let (colons, segments) =
        (&path.path.leading_colon, path.path.segments.iter().map(|segment| &segment.ident));
    quote!(#colons #(#segments)::*)
}
