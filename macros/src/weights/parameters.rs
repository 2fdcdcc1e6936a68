//! The generic parameters of a struct, and the bounds that an impl for it needs beyond the struct's
//! own, so that users write no bounds.
//!
//! The kind of a parameter is recognised by its bounds. Lengths and shapes need no bound, because a
//! file may have any. Element types need a bound: they must be those that files hold. A storage is
//! replaced by the storage of the values that are read or included, and is not a parameter of the
//! impl. Nothing is known of other parameters: a field whose type names one of them gets bounds of
//! its own.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{GenericParam, Generics, TypeParamBound, WherePredicate};

/// The traits of lengths and shapes. A parameter that is bounded by one of these traits is a length
/// or a shape. `ELEMENTS` and `STORAGES` have the traits of the other kinds. Only the last segment
/// of the path of a trait is compared.
const LENGTHS: &[&str] = &[
    "Length",
    "StaticLength",
    "Extent",
    "StaticExtent",
    "Shape",
    "StaticShape",
    "RunTimeName",
    "NamedLength",
    "FromLengths",
    "FromCount",
];
const ELEMENTS: &[&str] =
    &["Element", "Numeric", "Signed", "Float", "Mask", "Bitwise", "WeightElement"];
const STORAGES: &[&str] = &["Storage", "StorageMut", "DenseStorage"];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Length,
    Element,
    Storage,
    Other,
}

/// The parameters of a struct.
pub(super) struct Parameters {
    generics: Generics,
    /// The kinds of the type parameters.
    kinds: Vec<(Ident, Kind)>,
}

impl Parameters {
    pub(super) fn read(generics: Generics) -> Self {
        let kinds = generics.type_params().map(|parameter| {
            let name = &parameter.ident;
            let bounds = parameter.bounds.iter().chain(bounds_behind(&generics, name));
            let kind = bounds.map(kind_of).find(|kind| *kind != Kind::Other).unwrap_or(Kind::Other);
            (name.clone(), kind)
        });
        let kinds = kinds.collect();
        Self { generics, kinds }
    }

    fn of(&self, kind: Kind) -> impl Iterator<Item = &Ident> {
        self.kinds.iter().filter(move |(_, other)| *other == kind).map(|(name, _)| name)
    }

    /// Whether the type names a parameter of unknown kind.
    pub(super) fn names_unknown(&self, ty: &TokenStream) -> bool {
        self.of(Kind::Other).any(|name| names(ty, name))
    }

    /// The storage parameter, if there is one.
    pub(super) fn storage(&self) -> Option<&Ident> {
        self.of(Kind::Storage).next()
    }

    /// Whether there is a parameter for an element type.
    pub(super) fn have_elements(&self) -> bool {
        self.of(Kind::Element).next().is_some()
    }

    /// `tokens` with `storage` in place of the storage parameters.
    pub(super) fn with_storage(&self, tokens: TokenStream, storage: &TokenStream) -> TokenStream {
        let storages: Vec<&Ident> = self.of(Kind::Storage).collect();
        if storages.is_empty() { tokens } else { replaced(tokens, &storages, storage) }
    }

    /// The parameters after `impl`: without storages, and without defaults.
    pub(super) fn declared(
        &self,
        storage: &TokenStream,
        element: Option<&TokenStream>,
    ) -> TokenStream {
        let parameters = self.generics.params.iter().filter_map(|parameter| match parameter {
            GenericParam::Type(parameter) => {
                let (name, bounds) = (&parameter.ident, &parameter.bounds);
                let kind =
                    self.kinds.iter().find(|(other, _)| other == name).map(|(_, kind)| *kind);
                let bounds = self.with_storage(bounds.to_token_stream(), storage);
                match (kind, element) {
                    (Some(Kind::Storage), _) => None,
                    (Some(Kind::Element), Some(element)) if bounds.is_empty() => {
                        Some(quote!(#name: #element))
                    }
                    (Some(Kind::Element), Some(element)) => Some(quote!(#name: #bounds + #element)),
                    _ => Some(quote!(#name: #bounds)),
                }
            }
            GenericParam::Const(parameter) => {
                let (name, ty) = (&parameter.ident, &parameter.ty);
                Some(quote!(const #name: #ty))
            }
            GenericParam::Lifetime(parameter) => Some(parameter.to_token_stream()),
        });
        quote!(<#(#parameters),*>)
    }

    /// The arguments after the name of the struct.
    pub(super) fn given(&self, storage: &TokenStream) -> TokenStream {
        let parameters = self.generics.params.iter().map(|parameter| match parameter {
            GenericParam::Type(parameter) => {
                self.with_storage(parameter.ident.to_token_stream(), storage)
            }
            GenericParam::Const(parameter) => parameter.ident.to_token_stream(),
            GenericParam::Lifetime(parameter) => parameter.lifetime.to_token_stream(),
        });
        quote!(<#(#parameters),*>)
    }

    /// The predicates of the struct's where clause.
    pub(super) fn asked(&self, storage: &TokenStream) -> Vec<TokenStream> {
        let predicates = self.generics.where_clause.iter().flat_map(|clause| &clause.predicates);
        predicates
            .map(|predicate| self.with_storage(predicate.to_token_stream(), storage))
            .collect()
    }
}

/// The bounds on `name` in the where clause.
fn bounds_behind<'a>(
    generics: &'a Generics,
    name: &'a Ident,
) -> impl Iterator<Item = &'a TypeParamBound> {
    let predicates = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    predicates
        .filter_map(move |predicate| match predicate {
            WherePredicate::Type(predicate)
                if predicate.bounded_ty.to_token_stream().to_string() == *name.to_string() =>
            {
                Some(&predicate.bounds)
            }
            _ => None,
        })
        .flatten()
}

/// The kind of a parameter that has the bound `bound`.
fn kind_of(bound: &TypeParamBound) -> Kind {
    let TypeParamBound::Trait(bound) = bound else { return Kind::Other };
    let Some(last) = bound.path.segments.last() else { return Kind::Other };
    let is_of = |names: &[&str]| names.iter().any(|name| last.ident == name);
    if is_of(LENGTHS) {
        Kind::Length
    } else if is_of(ELEMENTS) {
        Kind::Element
    } else if is_of(STORAGES) {
        Kind::Storage
    } else {
        Kind::Other
    }
}

/// Whether the name occurs in the tokens.
pub(super) fn names<Name: ?Sized>(tokens: &TokenStream, name: &Name) -> bool
where
    Ident: PartialEq<Name>,
{
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(found) => found == *name,
        TokenTree::Group(group) => names(&group.stream(), name),
        _ => false,
    })
}

/// `tokens` with `by` in place of each of the names.
fn replaced(tokens: TokenStream, names: &[&Ident], by: &TokenStream) -> TokenStream {
    let one = |token| match token {
        TokenTree::Ident(found) if names.iter().any(|name| found == **name) => by.clone(),
        TokenTree::Group(group) => {
            let mut inside = Group::new(group.delimiter(), replaced(group.stream(), names, by));
            inside.set_span(group.span());
            TokenTree::from(inside).into()
        }
        other => other.into(),
    };
    tokens.into_iter().map(one).collect()
}
