//! The fields of a struct: the name of each in the file, and how it is read.

use super::attributes::{self, OfField};
use crate::error::Errors;
use proc_macro2::Ident;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::{Expr, Index, Member, Token, Type};

/// A field.
pub(super) struct Field {
    pub(super) member: Member,
    pub(super) ty: Type,
    pub(super) how: How,
}

/// How a field gets its value.
pub(super) enum How {
    /// The field has the given value, or `Default::default()`.
    Skipped(Option<Expr>),
    /// The field is in the file.
    Part {
        /// The name of the field in the file.
        name: String,
        /// The number in `#[weights(eps = ..)]`, for layers in the field that need one.
        eps: Option<Expr>,
    },
}

/// Reads the fields, even if there are errors.
pub(super) fn read(fields: Punctuated<syn::Field, Token![,]>, errors: &mut Errors) -> Vec<Field> {
    let mut read: Vec<Field> = Vec::new();
    for (index, field) in fields.into_iter().enumerate() {
        let OfField { eps, rename, skip } = attributes::of_field(&field.attrs, errors);
        let member = member(field.ident, index);
        let name = rename.as_ref().map_or_else(|| called(&member), |name| name.value());
        let twice =
            |other: &&Field| matches!(&other.how, How::Part { name: other, .. } if *other == name);
        if skip.is_none()
            && let Some(other) = read.iter().find(twice)
        {
            let place =
                rename.map_or_else(|| member.to_token_stream(), |name| name.to_token_stream());
            let other = called(&other.member);
            errors.at(
                place,
                format!("`{other}` is called `{name}` in the file too: `rename` one of them"),
            );
        }
        let how = match skip {
            Some((_, value)) => How::Skipped(value),
            None => How::Part { name, eps },
        };
        read.push(Field { member, ty: field.ty, how });
    }
    read
}

/// The name of the field in Rust: its identifier, or its position.
fn member(name: Option<Ident>, index: usize) -> Member {
    name.map_or_else(|| Member::Unnamed(Index::from(index)), Member::Named)
}

/// The name of the field in the file, unless it is renamed.
fn called(member: &Member) -> String {
    match member {
        Member::Named(name) => name.unraw().to_string(),
        Member::Unnamed(index) => index.index.to_string(),
    }
}
