//! The impl of `Weights`, by which the running program reads a struct from a file and writes a
//! struct to a file.

use super::Model;
use super::fields::{Field, How};
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, Type};

/// The impl of `Weights`. For a struct with mistakes, `wrong` is the body of `read`.
pub(super) fn expand(model: &Model, wrong: Option<TokenStream>) -> TokenStream {
    let Model { root, name, parameters, fields, .. } = model;
    let heap = quote!(#root::Heap);
    let (reader, writer) = (local("reader"), local("writer"));
    let (read, write) = match wrong {
        Some(wrong) => (wrong, TokenStream::new()),
        None => {
            let writes = fields.iter().filter_map(|field| writing(model, &heap, field, &writer));
            (reading(model, &heap, &reader), writes.collect())
        }
    };
    let element = quote!(#root::weights::WeightElement);
    let (declared, given) = (parameters.declared(&heap, Some(&element)), parameters.given(&heap));
    let mut asked = parameters.asked(&heap);
    asked.extend(fields.iter().flat_map(|field| asked_of(model, &heap, field)));
    // An impl without bounds never explains why another type has no weights, so the compiler is
    // told not to mention the impl.
    let quiet = (asked.is_empty() && !parameters.have_elements())
        .then(|| quote!(#[diagnostic::do_not_recommend]));
    let lifetime = quote!('__weights);
    quote! {
        #root::__weights! {
            #[automatically_derived]
            #quiet
            impl #declared #root::weights::Weights for #name #given
            where
                #(#asked,)*
            {
                type Needs = #root::weights::Nothing;
                fn read(
                    #reader: &mut #root::weights::Reader<'_>,
                ) -> ::core::option::Option<Self> {
                    #read
                }
                fn write<#lifetime>(
                    &#lifetime self,
                    #writer: &mut #root::weights::Writer<#lifetime>,
                ) {
                    #write
                }
            }
        }
    }
}

/// `tokens` with the span of something that the user wrote, so that errors about `tokens` point at
/// what the user wrote.
pub(super) fn placed(tokens: &TokenStream, span: Span) -> TokenStream {
    let place = |mut token: TokenTree| {
        token.set_span(span);
        token
    };
    tokens.clone().into_iter().map(place).collect()
}

/// A name that the user's expressions cannot see.
pub(super) fn local(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

/// The body of `read`. It reads all fields before it makes the struct, so that all problems are
/// found.
fn reading(model: &Model, heap: &TokenStream, reader: &Ident) -> TokenStream {
    let locals: Vec<Ident> =
        (0..model.fields.len()).map(|k| local(&format!("field_{k}"))).collect();
    let reads = model.fields.iter().zip(&locals).filter_map(|(field, local)| match &field.how {
        How::Skipped(_) => None,
        How::Part { name, eps } => {
            let read = Part::of(model, heap, eps.as_ref(), &field.ty).read(&field.ty, name, reader);
            Some(quote!(let #local = #read;))
        }
    });
    let values = model.fields.iter().zip(&locals).map(|(field, local)| {
        let member = &field.member;
        match &field.how {
            How::Skipped(Some(value)) => quote!(#member: #value),
            How::Skipped(None) => {
                let ty = model.parameters.with_storage(field.ty.to_token_stream(), heap);
                let root = placed(&model.root, field.ty.span());
                let default = quote_spanned!(field.ty.span()=> #root::__private::skipped::<#ty>());
                quote!(#member: #default)
            }
            How::Part { .. } => quote!(#member: #local?),
        }
    });
    quote! {
        #(#reads)*
        ::core::option::Option::Some(Self { #(#values),* })
    }
}

/// The code that writes a field; `None` if the field is skipped.
fn writing(
    model: &Model,
    heap: &TokenStream,
    field: &Field,
    writer: &Ident,
) -> Option<TokenStream> {
    let How::Part { name, eps } = &field.how else { return None };
    let member = &field.member;
    let part = Part::of(model, heap, eps.as_ref(), &field.ty);
    Some(part.write(&field.ty, name, &quote!(self.#member), writer))
}

/// The bounds for a field whose type names a type parameter of a kind that the macro does not know.
fn asked_of(model: &Model, heap: &TokenStream, field: &Field) -> Vec<TokenStream> {
    let ty = model.parameters.with_storage(field.ty.to_token_stream(), heap);
    if !model.parameters.names_unknown(&ty) {
        return Vec::new();
    }
    let root = &model.root;
    match &field.how {
        How::Skipped(Some(_)) => Vec::new(),
        How::Skipped(None) => vec![quote!(#ty: ::core::default::Default)],
        How::Part { eps, .. } => {
            let given = if eps.is_some() { quote!(Eps) } else { quote!(NoNumbers) };
            let weights = quote!(#root::weights);
            vec![
                quote!(#ty: #weights::Weights),
                quote!(<#ty as #weights::Weights>::Needs: #weights::MetBy<#weights::#given, #ty>),
            ]
        }
    }
}

/// A field of the struct. If the type of the field is a tuple, its parts are read and written one
/// by one.
struct Part<'a> {
    model: &'a Model,
    heap: &'a TokenStream,
    eps: Option<&'a Expr>,
    /// The type that passes the `eps` of the field on: `Eps`, or `EpsIfTaken` if the field is a
    /// tuple, in which a part may ignore the `eps`. `NoNumbers` if the field has no `eps`.
    given: Ident,
}

impl<'a> Part<'a> {
    /// The field, of type `ty`.
    fn of(model: &'a Model, heap: &'a TokenStream, eps: Option<&'a Expr>, ty: &Type) -> Self {
        let given = match (eps, parts_of(ty)) {
            (None, _) => "NoNumbers",
            (Some(_), None) => "Eps",
            (Some(_), Some(_)) => "EpsIfTaken",
        };
        Self { model, heap, eps, given: Ident::new(given, Span::call_site()) }
    }

    /// An expression for the field, or the part of a tuple, with the name `name` and the type `ty`.
    /// In this expression the compiler checks that the type has weights, and that it is given the
    /// numbers that it needs.
    fn field(&self, ty: &Type, name: &str) -> TokenStream {
        let root = placed(&self.model.root, ty.span());
        let given = &self.given;
        let value = self.eps.map(|eps| quote!((#eps)));
        let of = self.model.parameters.with_storage(ty.to_token_stream(), self.heap);
        let given = quote_spanned!(ty.span()=> #root::weights::#given);
        quote_spanned!(ty.span()=> #root::__private::field::<#of, #given>(#name, #given #value))
    }

    /// The code that reads a value of the type `ty`. The parts of a tuple are read one by one, so
    /// that an error about a part points at that part.
    fn read(&self, ty: &Type, name: &str, reader: &Ident) -> TokenStream {
        let Some(parts) = parts_of(ty) else {
            let field = self.field(ty, name);
            return quote!(#field.read(#reader));
        };
        let locals: Vec<Ident> = (0..parts.len()).map(|k| local(&format!("part_{k}"))).collect();
        let reads =
            parts.iter().enumerate().map(|(k, part)| self.read(part, &k.to_string(), reader));
        let root = &self.model.root;
        quote! {
            #root::__private::read_below(#reader, #name, |#reader| {
                #(let #locals = #reads;)*
                ::core::option::Option::Some((#(#locals?,)*))
            })
        }
    }

    /// The code that writes the value that the expression `place` stands for.
    fn write(&self, ty: &Type, name: &str, place: &TokenStream, writer: &Ident) -> TokenStream {
        let Some(parts) = parts_of(ty) else {
            let field = self.field(ty, name);
            return quote!(#field.write(&#place, #writer););
        };
        let writes = parts.iter().enumerate().map(|(k, part)| {
            let index = syn::Index::from(k);
            self.write(part, &k.to_string(), &quote!(#place.#index), writer)
        });
        let root = &self.model.root;
        quote! {
            #root::__private::write_below(#writer, #name, |#writer| {
                #(#writes)*
            });
        }
    }
}

/// The parts of a tuple, if `ty` is a tuple.
pub(super) fn parts_of(ty: &Type) -> Option<Vec<&Type>> {
    match ty {
        Type::Tuple(tuple) if !tuple.elems.is_empty() => Some(tuple.elems.iter().collect()),
        Type::Paren(inner) => parts_of(&inner.elem),
        Type::Group(inner) => parts_of(&inner.elem),
        _ => None,
    }
}
