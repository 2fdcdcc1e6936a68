//! The attributes of a field, or of the struct: `#[weights(eps = 1e-5, rename = "features.0")]`.

use crate::error::Errors;
use crate::show::shown;
use proc_macro2::{Ident, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Attribute, Expr, ExprLit, ExprUnary, Lit, LitStr, Meta, Path, Token, UnOp};

/// The attributes of a field.
#[derive(Default)]
pub(super) struct OfField {
    /// The value of the key `eps`: the number that is added to a variance by the layers in the
    /// field. A file does not have this number.
    pub(super) eps: Option<Expr>,
    /// The name in the file, if an attribute renames the field.
    pub(super) rename: Option<LitStr>,
    /// The key `skip`, if the field is not in the file, and the value that the attribute gives to
    /// the field. Without a value the field is `Default::default()`.
    pub(super) skip: Option<(Ident, Option<Expr>)>,
}

/// The attributes of the struct.
#[derive(Default)]
pub(super) struct OfStruct {
    /// The path of the crate `shapewright`, if it has another name.
    pub(super) root: Option<Path>,
    /// The key `load_only`, if it is there. Then the struct gets no function `included`, which is
    /// for files in the binary.
    pub(super) load_only: Option<Ident>,
}

/// Reads the attributes of a field.
pub(super) fn of_field(attributes: &[Attribute], errors: &mut Errors) -> OfField {
    let mut found = OfField::default();
    each_key(attributes, errors, |key, input, errors| {
        let again = match &*key.to_string() {
            "eps" => value(&key, input, errors, "eps = 1e-5", number)
                .is_some_and(|eps| found.eps.replace(eps).is_some()),
            "rename" => value(&key, input, errors, "rename = \"features.0\"", name)
                .is_some_and(|name| found.rename.replace(name).is_some()),
            "skip" if input.peek(Token![=]) => {
                value(&key, input, errors, "skip = 0", |value, _| Some(value))
                    .is_some_and(|value| found.skip.replace((key.clone(), Some(value))).is_some())
            }
            "skip" => found.skip.replace((key.clone(), None)).is_some(),
            "crate" | "load_only" => {
                errors.at(&key, format!("`{key}` goes above the struct"));
                skip_value(input);
                false
            }
            _ => {
                unknown(&key, "`eps`, `rename` and `skip`", errors);
                skip_value(input);
                false
            }
        };
        if again {
            errors.at(&key, format!("`{key}` stands here again: remove one"));
        }
    });
    if let (Some((skip, _)), true) = (&found.skip, found.eps.is_some() || found.rename.is_some()) {
        errors.at(skip, "a field that is skipped is not in the file: `skip` stands alone");
    }
    found
}

/// Reads the attributes of the struct.
pub(super) fn of_struct(attributes: &[Attribute], errors: &mut Errors) -> OfStruct {
    let mut found = OfStruct::default();
    each_key(attributes, errors, |key, input, errors| {
        let again = match &*key.to_string() {
            "crate" => {
                value(&key, input, errors, "crate = my_name", |expression, errors| match expression
                {
                    Expr::Path(path) => Some(path.path),
                    other => {
                        errors.at(other, "this is no path: `crate = my_name`");
                        None
                    }
                })
                .is_some_and(|path| found.root.replace(path).is_some())
            }
            "load_only" => found.load_only.replace(key.clone()).is_some(),
            "eps" | "rename" | "skip" => {
                errors.at(&key, format!("`{key}` goes above a field"));
                skip_value(input);
                false
            }
            _ => {
                unknown(&key, "`crate` and `load_only`", errors);
                skip_value(input);
                false
            }
        };
        if again {
            errors.at(&key, format!("`{key}` stands here again: remove one"));
        }
    });
    found
}

fn unknown(key: &Ident, known: &str, errors: &mut Errors) {
    errors.at(key, format!("unknown key `{key}`: there are {known}"));
}

/// Calls `read` for each key of all attributes `#[weights(..)]`, and checks the commas between the
/// keys.
fn each_key(
    attributes: &[Attribute],
    errors: &mut Errors,
    mut read: impl FnMut(Ident, ParseStream, &mut Errors),
) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("weights")) {
        let Meta::List(list) = &attribute.meta else {
            errors.at(
                &attribute.meta,
                "this says nothing: write `#[weights(eps = 1e-5)]`, with `eps`, `rename` or `skip`",
            );
            continue;
        };
        if list.tokens.is_empty() {
            errors.at(
                &attribute.meta,
                "this says nothing: write `#[weights(eps = 1e-5)]`, with `eps`, `rename` or `skip`",
            );
        }
        errors.parse(list.tokens.clone(), |input, errors| {
            while !input.is_empty() {
                match input.call(Ident::parse_any) {
                    Ok(key) => read(key, input, errors),
                    Err(_) => {
                        let found = input
                            .parse::<TokenTree>()
                            .map(ToTokens::into_token_stream)
                            .unwrap_or_default();
                        errors.at(
                            &found,
                            format!(
                                "`{}` is no key: `eps`, `rename` or `skip`",
                                shown(found.clone())
                            ),
                        );
                        skip_value(input);
                    }
                }
                if !input.is_empty() && input.parse::<Token![,]>().is_err() {
                    let found = input
                        .parse::<TokenTree>()
                        .map(ToTokens::into_token_stream)
                        .unwrap_or_default();
                    errors.at(found, "a comma is missing before this");
                    skip_value(input);
                    let _ = input.parse::<Option<Token![,]>>();
                }
            }
        });
    }
}

/// Skips all tokens up to the next comma: a value that cannot be read, or whose key is wrong.
fn skip_value(input: ParseStream) {
    while !input.is_empty() && !input.peek(Token![,]) {
        let _ = input.parse::<TokenTree>();
    }
}

/// Reads `= expression`, and passes the expression to `read`.
fn value<V>(
    key: &Ident,
    input: ParseStream,
    errors: &mut Errors,
    example: &str,
    read: impl FnOnce(Expr, &mut Errors) -> Option<V>,
) -> Option<V> {
    if input.parse::<Token![=]>().is_err() || input.is_empty() || input.peek(Token![,]) {
        errors.at(key, format!("`{key}` needs a value: `{example}`"));
        skip_value(input);
        return None;
    }
    let ahead = input.fork();
    match ahead.parse() {
        Ok(expression) => {
            syn::parse::discouraged::Speculative::advance_to(input, &ahead);
            read(expression, errors)
        }
        Err(error) => {
            errors.push(error);
            skip_value(input);
            None
        }
    }
}

/// Checks that `expression` can be an `eps`: a number that is added to a variance, or a constant
/// expression for such a number.
fn number(expression: Expr, errors: &mut Errors) -> Option<Expr> {
    const WANTED: &str = "`eps` is a number that is added to a variance: `eps = 1e-5`";
    match &expression {
        Expr::Lit(ExprLit { lit: Lit::Float(number), .. })
            if matches!(number.suffix(), "" | "f64") =>
        {
            Some(expression)
        }
        Expr::Lit(ExprLit { lit: Lit::Float(number), .. }) => {
            errors.at(
                number,
                format!("`eps` is an `f64`, whatever the layer: `{}`", number.base10_digits()),
            );
            None
        }
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => {
            // An integer such as `0` becomes a float.
            syn::parse_str(&format!("{}f64", number.base10_digits())).ok().map(
                |mut number: ExprLit| {
                    number.lit.set_span(expression_span(&expression));
                    Expr::Lit(number)
                },
            )
        }
        Expr::Lit(_) => {
            errors.at(&expression, WANTED);
            None
        }
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), .. }) => {
            errors.at(&expression, format!("{WANTED}, and not negative"));
            None
        }
        _ => Some(expression),
    }
}

fn expression_span(expression: &Expr) -> proc_macro2::Span {
    expression
        .to_token_stream()
        .into_iter()
        .next()
        .map_or_else(proc_macro2::Span::call_site, |token| token.span())
}

/// Checks that `expression` is a name in a file, or several names joined by dots.
fn name(expression: Expr, errors: &mut Errors) -> Option<LitStr> {
    let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = expression else {
        errors.at(&expression, "a name of the file is a text: `rename = \"features.0\"`");
        return None;
    };
    if text.value().split('.').any(str::is_empty) {
        errors.at(&text, "a name is empty: there is one before each dot, and behind it");
        return None;
    }
    Some(text)
}
