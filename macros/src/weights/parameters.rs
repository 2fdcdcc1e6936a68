//! What a struct is generic in, and what an impl for it has to ask beyond what the struct does: so
//! that users write no bound.
//!
//! A parameter is known by its bounds. Of lengths and shapes nothing is asked, as what is read has
//! any; of elements that a file has them; a storage is that of what is read or included, and no
//! parameter of the impl. Of anything else nothing is known: a field whose type names such a
//! parameter is asked for by itself.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{GenericParam, Generics, TypeParamBound, WherePredicate};

/// The traits, by the last part of their paths, that say what a parameter is.
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
    /// Of the types among them.
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

    /// Whether the type names a parameter of which nothing is known.
    pub(super) fn names_unknown(&self, ty: &TokenStream) -> bool {
        self.of(Kind::Other).any(|name| names(ty, name))
    }

    /// The storage among them, if there is one.
    pub(super) fn storage(&self) -> Option<&Ident> {
        self.of(Kind::Storage).next()
    }

    /// Whether an element type is among them.
    pub(super) fn have_elements(&self) -> bool {
        self.of(Kind::Element).next().is_some()
    }

    /// `tokens` with this storage for those that are parameters.
    pub(super) fn with_storage(&self, tokens: TokenStream, storage: &TokenStream) -> TokenStream {
        let storages: Vec<&Ident> = self.of(Kind::Storage).collect();
        if storages.is_empty() { tokens } else { replaced(tokens, &storages, storage) }
    }

    /// What stands behind `impl`: the parameters but for storages, without what they are if nobody
    /// says.
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

    /// What stands behind the name of the struct.
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

    /// What the struct asks in its where clause.
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

/// What a bound says that a parameter is.
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

/// Whether the name is among the tokens.
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

/// `tokens` with another thing for each of the names.
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
