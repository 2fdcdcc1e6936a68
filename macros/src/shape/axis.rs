//! One axis of a shape: how it is read, and what it becomes.

use crate::error::Errors;
use crate::length::{self, Length, Reading};
use crate::number::Number;
use crate::show::shown;
use crate::tokens::as_group;
use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::{Expr, Ident, Member, PathArguments, Type};

const WANTED: &str = "a length is a whole number, a type, or a `{const expression}`";

/// The message for a `?` that is followed by something other than a name.
pub(super) const NAME_WANTED: &str =
    "after `?` stands the name of a length that is known at run time, as in `?Batch`, or nothing";

/// One axis of a shape.
#[derive(Debug)]
pub(crate) enum Axis {
    Length(Length),
    /// A const expression, in the user's braces.
    Constant(Group),
    /// A type, written so that it is an expression too.
    Type(TokenStream),
    /// `?Batch` or `?`: an axis whose length is known at run time, with or without a name. This
    /// form stands for a type only, not for a value.
    RunTime(TokenStream),
    /// `Batch.of(n)`, `Dyn::of(n)`, or `x.shape().0`: an axis of run-time length as a value.
    Value(TokenStream),
    /// `n`: a variable, which holds an axis of run-time length or a number.
    Variable(TokenStream),
    /// Something else, for which an error was reported.
    Wrong,
}

/// Reads one axis. A wrong axis is reported in `errors`.
pub(super) fn parse_axis(item: TokenStream, errors: &mut Errors) -> Axis {
    match length::read(&item, WANTED, errors) {
        Reading::Length(length) => return Axis::Length(length),
        Reading::Refused => return Axis::Wrong,
        Reading::NoLiteral => {}
    }
    if let Some(braces) = as_group(&item, Delimiter::Brace) {
        if braces.stream().is_empty() {
            errors.at(
                item,
                "these braces are empty: write a const expression in them, as in `{2 * N}`",
            );
            return Axis::Wrong;
        }
        return Axis::Constant(braces);
    }
    if let Some(name) = after_question_mark(&item) {
        return run_time(item, name, errors);
    }
    if is_variable(&item) {
        return Axis::Variable(item);
    }
    if let Some(ty) = syn::parse2(item.clone()).ok().and_then(with_turbofish) {
        return Axis::Type(ty);
    }
    if syn::parse2(item.clone()).is_ok_and(|expression| is_value(&expression)) {
        return Axis::Value(item);
    }
    let message = format!("write a computed length in braces: `{{{}}}`", shown(item.clone()));
    errors.at(item, message);
    Axis::Wrong
}

/// The tokens after a `?`, if the item begins with one.
fn after_question_mark(item: &TokenStream) -> Option<TokenStream> {
    let mut tokens = item.clone().into_iter();
    match tokens.next()? {
        TokenTree::Punct(punct) if punct.as_char() == '?' => Some(tokens.collect()),
        _ => None,
    }
}

/// An axis whose length is known at run time, with the name `name`, or without a name if `name` is
/// empty.
fn run_time(item: TokenStream, name: TokenStream, errors: &mut Errors) -> Axis {
    if name.is_empty() {
        return Axis::RunTime(name);
    }
    match syn::parse2(name).ok().and_then(with_turbofish) {
        Some(name) => Axis::RunTime(name),
        None => {
            errors.at(item, NAME_WANTED);
            Axis::Wrong
        }
    }
}

/// Whether the item is a name that begins with a lower-case letter, as names of variables do and
/// names of types do not.
fn is_variable(item: &TokenStream) -> bool {
    let name = syn::parse2::<Ident>(item.clone());
    name.is_ok_and(|name| name.unraw().to_string().starts_with(char::is_lowercase))
}

/// Whether the expression is `Batch.of(n)`, `Dyn::of(n)`, or an axis of a shape, `x.shape().0`.
fn is_value(expression: &Expr) -> bool {
    match expression {
        Expr::MethodCall(call) => call.method == "of" && call.args.len() == 1,
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == "of"),
            _ => false,
        },
        Expr::Field(field) => matches!(field.member, Member::Unnamed(_)),
        Expr::Group(group) => is_value(&group.expr),
        _ => false,
    }
}

/// The path `ty` with `::` before every list of generics; `None` if `ty` is not a path. The `::` is
/// optional in types and required in expressions.
fn with_turbofish(ty: Type) -> Option<TokenStream> {
    match ty {
        Type::Group(group) => with_turbofish(*group.elem),
        Type::Infer(_) => Some(ty.into_token_stream()),
        Type::Path(mut path) => {
            // The part between the angle brackets of `<T as Trait>` is always a type.
            let qualified = path.qself.as_ref().map_or(0, |qself| qself.position);
            for segment in path.path.segments.iter_mut().skip(qualified) {
                match &mut segment.arguments {
                    PathArguments::None => {}
                    PathArguments::AngleBracketed(list) => {
                        list.colon2_token.get_or_insert_default();
                    }
                    PathArguments::Parenthesized(_) => return None,
                }
            }
            Some(path.into_token_stream())
        }
        _ => None,
    }
}

impl Axis {
    pub(super) fn to_tokens(&self, root: &TokenStream) -> TokenStream {
        match self {
            Self::Length(length) if length.value == 1 => quote!(#root::One),
            Self::Length(Length { literal, .. }) => quote!(#root::Dim::<#literal>),
            Self::Constant(braces) => {
                // The user has to write these braces, so rustc must not warn that they are
                // unnecessary. It does not warn about code that a macro made, so the braces get the
                // span of such code.
                let mut braces = braces.clone();
                braces.set_span(braces.span().resolved_at(Span::mixed_site()));
                quote!(#root::Dim::<#braces>)
            }
            Self::Type(axis) | Self::Value(axis) | Self::Variable(axis) => axis.clone(),
            Self::RunTime(name) if name.is_empty() => quote!(#root::Dyn),
            Self::RunTime(name) => quote!(#root::Dyn::<#name>),
            Self::Wrong => TokenStream::new(),
        }
    }

    /// The length, if it is a literal, in braces or not.
    pub(super) fn value(&self) -> Option<u64> {
        match self {
            Self::Length(length) => Some(length.value),
            Self::Constant(braces) => Number::read(&braces.stream())?.value(),
            Self::Type(_) | Self::RunTime(_) | Self::Value(_) | Self::Variable(_) | Self::Wrong => {
                None
            }
        }
    }

    /// The axis as text for a message.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Length(length) => length.value.to_string(),
            Self::Constant(braces) => shown(braces.stream()),
            Self::Type(axis) | Self::Value(axis) | Self::Variable(axis) => shown(axis.clone()),
            Self::RunTime(name) => format!("?{}", shown(name.clone())),
            Self::Wrong => String::new(),
        }
    }
}
