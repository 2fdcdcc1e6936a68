//! `dim!`: each declaration of a named length becomes a unit struct. The length is a number, or is
//! known only at run time.

use crate::bits;
use crate::error::Errors;
use crate::length::{self, Length, Reading};
use crate::nesting;
use crate::root::split_root;
use crate::show::shown;
use crate::split::{Items, is_over, item_is_missing, take_item};
use crate::tokens::as_group;
use proc_macro2::{Delimiter, Literal, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::parse::discouraged::Speculative;
use syn::{Attribute, Generics, Ident, Meta, Token, Visibility};

const WANTED: &str = "a length is a whole number or a const expression";

/// One declaration: attributes, visibility, name and length.
struct Declaration {
    attributes: Vec<Attribute>,
    visibility: Visibility,
    name: Ident,
    value: Value,
}

enum Value {
    Length(Length),
    /// No number: the length is known at run time.
    RunTime,
    Constant(TokenStream),
    /// An error was reported. The name is declared all the same, so that its uses cause no further
    /// errors.
    Wrong,
}

/// The expansion of `dim!`. What could be read is declared even if there are errors.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let (root, declarations, errors) = match parse(input) {
        Ok(parsed) => parsed,
        Err(errors) => return errors.as_items(),
    };
    let mut output = errors.as_items();
    output.extend(declarations.iter().map(|declaration| declaration.to_tokens(&root)));
    output
}

fn parse(input: TokenStream) -> Result<(TokenStream, Vec<Declaration>, Errors), Errors> {
    nesting::check(&input, None)?;
    let (root, tokens) = split_root(input, "dim")?;
    let mut errors = Errors::default();
    if tokens.is_empty() {
        errors.at_call(
            "name a length and give its number, `dim!(pub Batch = 32)`, or none, `dim!(pub Batch)`",
        );
    }
    let mut declarations: Vec<Declaration> = Vec::new();
    errors.parse(tokens, |input, errors| {
        while !input.is_empty() {
            let Some(declaration) = declaration(input, errors) else { continue };
            // Declarations with `#[cfg]` may have the same name, if only one of them is compiled.
            // rustc reports an error if two of them are.
            let same =
                |other: &Declaration| other.name == declaration.name && !other.is_conditional();
            if !declaration.is_conditional() && declarations.iter().any(same) {
                let name = &declaration.name;
                errors.at(name, format!("`{name}` is declared twice: rename or remove this one"));
            } else {
                declarations.push(declaration);
            }
        }
    });
    Ok((root, declarations, errors))
}

/// Reads one declaration and the comma after it; `None` if no name can be read.
fn declaration(input: ParseStream, errors: &mut Errors) -> Option<Declaration> {
    if item_is_missing(input, Items::Declarations, errors) {
        return None;
    }
    let Some((attributes, visibility, name)) = head(input, errors) else {
        skip(input);
        return None;
    };
    if let Ok(list) = input.parse::<Generics>()
        && !list.params.is_empty()
    {
        let text = shown(list.to_token_stream());
        errors.at(list, format!("`{name}` takes no parameters: remove `{text}`"));
    }
    let value = value(input, &name, &visibility, errors);
    Some(Declaration { attributes, visibility, name, value })
}

/// Reads the attributes, the visibility and the name.
fn head(input: ParseStream, errors: &mut Errors) -> Option<(Vec<Attribute>, Visibility, Ident)> {
    // The attributes are parsed on a fork. If brackets are not an attribute, parsing them fails and
    // leaves tokens in them unread, which syn would report as a second error if it parsed on
    // `input`. If the brackets are an attribute, syn reports tokens that are left unread in them
    // once `input` has advanced to the fork.
    let ahead = input.fork();
    let attributes = ahead.call(Attribute::parse_outer).map_err(|error| errors.push(error)).ok()?;
    input.advance_to(&ahead);
    let visibility: Visibility = input.parse().map_err(|error| errors.push(error)).ok()?;
    if let Ok(name) = input.parse::<Ident>()
        && name != "$crate"
    {
        return Some((attributes, visibility, name));
    }
    match input.cursor().token_tree() {
        Some((other, _)) if !is_over(input) => {
            let found = shown(other.to_token_stream());
            errors.at(
                other,
                format!("`{found}` is not a name: write a declaration as `pub Batch = 32`"),
            );
        }
        _ => errors.at(
            quote!(#(#attributes)* #visibility),
            "a name is missing after this: write a declaration as `pub Batch = 32`",
        ),
    }
    None
}

/// Skips a declaration that cannot be read, up to the one after the next comma.
fn skip(input: ParseStream) {
    while !input.is_empty() && !input.peek(Token![,]) {
        let _ = input.parse::<TokenTree>();
    }
    let _ = input.parse::<Option<Token![,]>>();
}

/// Reads `= value` and the comma after it.
fn value(input: ParseStream, name: &Ident, visibility: &Visibility, errors: &mut Errors) -> Value {
    let example = format!("dim!({} = 32)", shown(quote!(#visibility #name)));
    if is_over(input) {
        take_item(input, Items::Declarations, errors);
        return Value::RunTime;
    }
    if input.parse::<Token![=]>().is_err() {
        let found = input.cursor().token_tree().map(|(found, _)| found);
        errors.at(found, format!("`=` and a length go after `{name}`: `{example}`"));
        skip(input);
        return Value::Wrong;
    }
    let tokens = take_item(input, Items::Declarations, errors);
    if tokens.is_empty() {
        errors.at(name, format!("`{name}` needs a length: `{example}`"));
        return Value::Wrong;
    }
    match length::read(&tokens, WANTED, errors) {
        Reading::Length(length) => Value::Length(length),
        Reading::Refused => Value::Wrong,
        Reading::NoLiteral => braced_length(&tokens).map_or(Value::Constant(tokens), Value::Length),
    }
}

/// A literal number in braces, such as `{32}`. The macro knows the value of the literal, so its
/// expansion spells out the typenum number.
fn braced_length(tokens: &TokenStream) -> Option<Length> {
    let braces = as_group(tokens, Delimiter::Brace)?;
    match length::read(&braces.stream(), WANTED, &mut Errors::default()) {
        Reading::Length(length) => Some(length),
        _ => None,
    }
}

fn is_condition(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg")
}

fn is_doc(attribute: &Attribute) -> bool {
    matches!(&attribute.meta, Meta::NameValue(meta) if meta.path.is_ident("doc"))
}

impl Declaration {
    fn is_conditional(&self) -> bool {
        self.attributes.iter().any(is_condition)
    }

    /// The `#[cfg]` attributes: where the struct is not compiled, its impls must not be either.
    fn conditions(&self) -> impl Iterator<Item = &Attribute> {
        self.attributes.iter().filter(|attribute| is_condition(attribute))
    }

    fn to_tokens(&self, root: &TokenStream) -> TokenStream {
        let Self { attributes, visibility, name, value } = self;
        let doc = self.doc();
        let implementation = self.implementation(root, value);
        let conditions = self.conditions();
        // With the span of the name, rustc's errors about the type point at the name, not at the
        // whole call.
        let item = quote_spanned!(name.span()=> struct #name;);
        quote! {
            #(#attributes)*
            #doc
            #[derive(
                ::core::clone::Clone,
                ::core::marker::Copy,
                ::core::default::Default,
                ::core::cmp::PartialEq,
                ::core::cmp::Eq,
                ::core::hash::Hash,
            )]
            #visibility #item
            #implementation
            #(#conditions)*
            impl ::core::fmt::Debug for #name {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    #root::__private::name_and_length::<Self>(f)
                }
            }
        }
    }

    /// Documentation, if the user wrote none: many crates warn of a public name without
    /// documentation.
    fn doc(&self) -> Option<TokenStream> {
        if self.attributes.iter().any(is_doc) {
            return None;
        }
        let text = match &self.value {
            Value::Length(length) => format!("The length `{} = {}`.", self.name, length.value),
            Value::RunTime => format!("The length `{}`, which is known at run time.", self.name),
            Value::Constant(_) | Value::Wrong => format!("The length `{}`.", self.name),
        };
        Some(quote!(#[doc = #text]))
    }

    fn implementation(&self, root: &TokenStream, value: &Value) -> TokenStream {
        let conditions = self.conditions();
        match value {
            Value::Length(Length { literal, value }) => {
                let size = quote!(#root::Static<#literal>);
                let body = self.impl_block(root, size, bits::of_literal(root, *value));
                quote!(#(#conditions)* #body)
            }
            Value::RunTime => {
                let name = &self.name;
                let body = self.impl_block(root, quote!(#root::RunTime), quote!(()));
                quote! {
                    #(#conditions)*
                    const _: () = {
                        #body
                        #[allow(dead_code)]
                        impl #name {
                            /// The axis of this length.
                            #[must_use]
                            pub const fn of(self, len: ::core::primitive::usize) -> #root::Dyn<Self> {
                                #root::Dyn::named(len)
                            }
                        }
                    };
                }
            }
            Value::Wrong => {
                let stand_in = Literal::u64_unsuffixed(0);
                let size = quote!(#root::Static<#stand_in>);
                let body = self.impl_block(root, size, bits::of_literal(root, 0));
                quote!(#(#conditions)* #body)
            }
            Value::Constant(expression) => {
                // Names of items are not hygienic, so the user's expression can see this constant,
                // which therefore has an unlikely name. rustc's error shows the name if the
                // expression overflows.
                let number = format_ident!("__LENGTH_OF_{}", self.name).into_token_stream();
                let size = quote!(#root::Static<{ #number }>);
                let body = self.impl_block(root, size, bits::of_constant(root, &number));
                quote! {
                    #(#conditions)*
                    const _: () = {
                        // In shapes a computed length is written `{2 * N}`, so users may write
                        // braces here too.
                        #[allow(unused_braces, non_upper_case_globals)]
                        const #number: ::core::primitive::usize = #expression;
                        #body
                    };
                }
            }
        }
    }

    fn impl_block(&self, root: &TokenStream, size: TokenStream, bits: TokenStream) -> TokenStream {
        let name = &self.name;
        let text = self.name.unraw().to_string();
        quote! {
            impl #root::NamedLength for #name {
                type Size = #size;
                type Bits = #bits;
                const NAME: &'static ::core::primitive::str = #text;
                const VALUE: Self = Self;
            }
        }
    }
}

#[cfg(test)]
mod tests;
