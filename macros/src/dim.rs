//! `dim!`: declarations of named lengths become unit structs that name a number.

use crate::bits;
use crate::error::Errors;
use crate::length::{self, Length, Reading};
use crate::root::split_root;
use crate::show::shown;
use crate::split::{Items, first_item, generics, report_missing};
use crate::tokens::{as_group, flattened, inside, is_keyword, is_punct, unwrapped};
use proc_macro2::{Delimiter, Ident, Literal, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};

const WANTED: &str = "a length is a whole number or a const expression";

/// One declaration: attributes, visibility, name and length.
#[derive(Debug)]
struct Declaration {
    attributes: Vec<Attribute>,
    visibility: Vec<TokenTree>,
    name: Ident,
    value: Value,
}

/// An outer attribute: `#` and its brackets.
#[derive(Debug)]
struct Attribute([TokenTree; 2]);

#[derive(Debug)]
enum Value {
    Length(Length),
    Constant(Vec<TokenTree>),
    /// It was reported. The name is declared all the same, so that its uses are no further errors.
    Wrong,
}

/// The expansion of `dim!`: what could be read is declared, also beside errors.
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
    let (root, tokens) = split_root(input, "dim")?;
    let mut errors = Errors::default();
    if tokens.is_empty() {
        errors.at_call("name a length and give its number: `dim!(pub Batch = 32)`");
    }
    let mut declarations: Vec<Declaration> = Vec::new();
    let mut parser = Parser { rest: &tokens, errors: &mut errors };
    while !parser.rest.is_empty() {
        let Some(declaration) = parser.declaration() else { continue };
        // Under `#[cfg]` only one of two may be there: rustc sees which.
        let same = |other: &Declaration| other.name == declaration.name && !other.is_conditional();
        if !declaration.is_conditional() && declarations.iter().any(same) {
            let name = &declaration.name;
            let message = format!("`{name}` is declared twice: rename or remove this one");
            parser.errors.at(&[name.clone().into()], message);
        } else {
            declarations.push(declaration);
        }
    }
    Ok((root, declarations, errors))
}

struct Parser<'t> {
    rest: &'t [TokenTree],
    errors: &'t mut Errors,
}

impl<'t> Parser<'t> {
    fn take(&mut self, count: usize) -> &'t [TokenTree] {
        let (taken, rest) = self.rest.split_at(count);
        self.rest = rest;
        taken
    }

    /// Reads one declaration and the comma after it. `None` if it is too broken to declare a name.
    fn declaration(&mut self) -> Option<Declaration> {
        if self.is_at_separator() {
            report_missing(self.take(1), Items::Declarations, self.errors);
            return None;
        }
        let head = self.rest;
        let mut attributes = Vec::new();
        while is_punct(self.rest.first(), '#') && as_group(self.rest.get(1), Delimiter::Bracket).is_some() {
            let [hash, brackets] = self.take(2) else { unreachable!("two tokens were taken") };
            attributes.push(Attribute([hash.clone(), brackets.clone()]));
        }
        let visibility = self.visibility();
        let name = match self.rest.first() {
            Some(TokenTree::Ident(word)) if can_be_declared(&word.to_string()) => word.clone(),
            other => {
                match other.filter(|_| !self.is_at_separator()) {
                    Some(other) => {
                        let found = shown(std::slice::from_ref(other));
                        let message =
                            format!("`{found}` is not a name: write a declaration as `pub Batch = 32`");
                        self.errors.at(&self.rest[..1], message);
                    }
                    None => {
                        let read = &head[..head.len() - self.rest.len()];
                        self.errors.at(
                            read,
                            "a name is missing after this: write a declaration as `pub Batch = 32`",
                        );
                    }
                }
                self.skip();
                return None;
            }
        };
        let place = self.take(1);
        self.generics(&name);
        let value = self.value(place, &visibility)?;
        Some(Declaration { attributes, visibility, name, value })
    }

    fn is_at_separator(&self) -> bool {
        is_punct(self.rest.first(), ',') || is_punct(self.rest.first(), ';')
    }

    /// Leaves a declaration that cannot be read, for the one after the next comma.
    fn skip(&mut self) {
        let end = self.rest.iter().position(|token| is_punct(Some(token), ','));
        self.rest = end.map_or(&[], |end| &self.rest[end + 1..]);
    }

    fn visibility(&mut self) -> Vec<TokenTree> {
        let mut count = 0;
        if matches!(self.rest.first(), Some(TokenTree::Ident(word)) if word == "pub") {
            count = if as_group(self.rest.get(1), Delimiter::Parenthesis).is_some() { 2 } else { 1 };
        } else if as_group(self.rest.first(), Delimiter::None).is_some() {
            // A user's own `$vis:vis`, which may be empty.
            count = 1;
        }
        flattened(self.take(count))
    }

    fn generics(&mut self, name: &Ident) {
        if is_punct(self.rest.first(), '<')
            && let Some(count) = generics(self.rest)
        {
            let list = self.take(count);
            let message = format!("`{name}` takes no parameters: remove `{}`", shown(list));
            self.errors.at(list, message);
        }
    }

    /// Reads `= value` and the comma after it; `place` is the name.
    fn value(&mut self, place: &[TokenTree], visibility: &[TokenTree]) -> Option<Value> {
        let name = &place[0];
        let space = if visibility.is_empty() { "" } else { " " };
        let example = format!("dim!({}{space}{name} = 32)", shown(visibility));
        if self.rest.is_empty() || self.is_at_separator() {
            self.errors.at(place, format!("`{name}` needs a length: `{example}`"));
            self.skip();
            return Some(Value::Wrong);
        }
        if !is_punct(self.rest.first(), '=') {
            self.errors.at(&self.rest[..1], format!("`=` and a length go after `{name}`: `{example}`"));
            self.skip();
            return Some(Value::Wrong);
        }
        self.take(1);
        let (tokens, rest) = first_item(self.rest, Items::Declarations, self.errors);
        self.rest = rest;
        if tokens.is_empty() {
            self.errors.at(place, format!("`{name}` needs a length: `{example}`"));
            return Some(Value::Wrong);
        }
        Some(match length::read(tokens, WANTED, self.errors) {
            Reading::Length(length) => Value::Length(length),
            Reading::Refused => Value::Wrong,
            Reading::NoLiteral => braced_length(tokens).unwrap_or_else(|| Value::Constant(tokens.to_vec())),
        })
    }
}

/// Whether `word` can name an item. What cannot is refused here, because a part of another name is made of
/// it.
fn can_be_declared(word: &str) -> bool {
    !is_keyword(word) && !matches!(word, "_" | "self" | "Self" | "super" | "crate" | "$crate")
}

/// A number in braces, whose bits are known without asking the compiler.
fn braced_length(tokens: &[TokenTree]) -> Option<Value> {
    let bare = unwrapped(tokens.to_vec());
    let [token] = &*bare else { return None };
    let braces = as_group(Some(token), Delimiter::Brace)?;
    match length::read(&inside(braces), WANTED, &mut Errors::default()) {
        Reading::Length(length) => Some(Value::Length(length)),
        _ => None,
    }
}

impl Attribute {
    /// Whether this is `#[name ...]` (or, with `after`, `#[name after ...]`).
    fn is(&self, name: &str, after: Option<char>) -> bool {
        let Some(brackets) = as_group(self.0.get(1), Delimiter::Bracket) else { return false };
        let content = flattened(&inside(brackets));
        matches!(content.first(), Some(TokenTree::Ident(word)) if word == name)
            && after.is_none_or(|after| is_punct(content.get(1), after))
    }
}

impl ToTokens for Attribute {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.0.iter().cloned());
    }
}

impl Declaration {
    fn plain_name(&self) -> String {
        let name = self.name.to_string();
        name.strip_prefix("r#").unwrap_or(&name).to_owned()
    }

    fn is_conditional(&self) -> bool {
        self.attributes.iter().any(|attribute| attribute.is("cfg", None))
    }

    fn to_tokens(&self, root: &TokenStream) -> TokenStream {
        let Self { attributes, visibility, name, value } = self;
        let visibility: TokenStream = visibility.iter().cloned().collect();
        let doc = self.doc();
        let implementation = self.implementation(root, value);
        quote! {
            #(#attributes)*
            #doc
            #[derive(
                ::core::clone::Clone,
                ::core::marker::Copy,
                ::core::fmt::Debug,
                ::core::default::Default,
                ::core::cmp::PartialEq,
                ::core::cmp::Eq,
                ::core::hash::Hash,
            )]
            #visibility struct #name;
            #implementation
        }
    }

    /// Documentation for those who wrote none: a public name without it is a warning in many crates.
    fn doc(&self) -> Option<TokenStream> {
        if self.attributes.iter().any(|attribute| attribute.is("doc", Some('='))) {
            return None;
        }
        let text = match &self.value {
            Value::Length(length) => format!("The length `{} = {}`.", self.name, length.value),
            Value::Constant(_) | Value::Wrong => format!("The length `{}`.", self.name),
        };
        Some(quote!(#[doc = #text]))
    }

    fn implementation(&self, root: &TokenStream, value: &Value) -> TokenStream {
        // What is not compiled with the struct must not be compiled with its impl either.
        let conditions = self.attributes.iter().filter(|attribute| attribute.is("cfg", None));
        match value {
            Value::Length(Length { literal, value }) => {
                let body = self.impl_block(root, quote!(#literal), bits::of_literal(root, *value));
                quote!(#(#conditions)* #body)
            }
            Value::Wrong => {
                let stand_in = Literal::u64_unsuffixed(0);
                let body = self.impl_block(root, quote!(#stand_in), bits::of_literal(root, 0));
                quote!(#(#conditions)* #body)
            }
            Value::Constant(expression) => {
                let expression: TokenStream = expression.iter().cloned().collect();
                // Names of items are not hygienic, and the user's expression sees this one: hence so
                // unlikely. It shows in rustc's error if the expression overflows.
                let number = format_ident!("__LENGTH_OF_{}", self.plain_name()).into_token_stream();
                let body = self.impl_block(root, quote!({ #number }), bits::of_constant(root, &number));
                quote! {
                    #(#conditions)*
                    const _: () = {
                        // As everywhere in shapes, `{2 * N}` is how a computed length is written.
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
        let text = self.plain_name();
        quote! {
            impl #root::NamedLength for #name {
                type Size = #root::Static<#size>;
                type Bits = #bits;
                const NAME: &'static ::core::primitive::str = #text;
                const VALUE: Self = Self;
            }
        }
    }
}

#[cfg(test)]
mod tests;
