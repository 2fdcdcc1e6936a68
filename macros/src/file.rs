//! The file that a macro is called with: its path, relative to the source file, and its bytes.

use crate::error::Errors;
use crate::show::shown;
use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, ExprMacro, Lit, Token, Type};

/// A function that returns the folder of the source file that a span is in, if the compiler knows
/// that file.
pub(crate) type Folder = fn(Span) -> Option<PathBuf>;

/// The folder of the source file that `span` is in, according to the compiler.
pub(crate) fn folder_of(span: Span) -> Option<PathBuf> {
    span.unwrap().local_file()?.parent().map(Path::to_path_buf)
}

/// A file that has been read, and the argument that names it.
#[derive(Debug)]
pub(crate) struct File {
    /// The name in messages: the path as the user wrote it, or only the last part of the path if
    /// the user wrote `concat!` or `env!`.
    pub(crate) name: String,
    /// The absolute path, by which the compiler watches the file for changes.
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
    /// The names of environment variables in the path.
    pub(crate) variables: Vec<String>,
    /// The tokens that name the file, at which errors are reported.
    pub(crate) place: TokenStream,
    /// Whether `as f32` follows the path.
    pub(crate) as_f32: bool,
}

impl File {
    /// Reads the argument of the macro `name`, such as `"stats.npy" as f32`, and the file.
    ///
    /// # Errors
    /// When the argument is wrong, or the file cannot be read. Each error points at tokens that the
    /// user wrote.
    pub(crate) fn read(input: TokenStream, name: &str, folder: Folder) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let Some((argument, as_f32)) = argument(input, name, &mut errors) else {
            return Err(errors);
        };
        let mut path = Text::default();
        path.read(&argument, name, &mut errors);
        if !errors.is_empty() {
            return Err(errors);
        }
        let shown = match &argument {
            Expr::Macro(_) => {
                Path::new(&path.text).file_name().and_then(OsStr::to_str).unwrap_or(&path.text)
            }
            _ => &path.text,
        };
        let place = argument.to_token_stream();
        match absolute(Path::new(&path.text), argument.span(), folder).and_then(load) {
            Ok((absolute, bytes)) => Ok(Self {
                name: shown.to_owned(),
                path: absolute,
                bytes,
                variables: path.variables,
                place,
                as_f32,
            }),
            Err(problem) => {
                errors.at(place, format!("{shown}: {problem}"));
                Err(errors)
            }
        }
    }

    /// An error about the contents of the file.
    pub(crate) fn error(&self, problem: &str) -> Errors {
        let mut errors = Errors::default();
        errors.at(&self.place, format!("{}: {problem}", self.name));
        errors
    }
}

/// The path, and whether `as f32` follows it.
fn argument(input: TokenStream, name: &str, errors: &mut Errors) -> Option<(Expr, bool)> {
    if input.is_empty() {
        errors.at_call(format!("name a file, as in `{name}!(\"{}\")`", example(name)));
        return None;
    }
    let parser = |input: ParseStream| {
        let argument = input.parse()?;
        input.parse::<Option<Token![,]>>()?;
        Ok(argument)
    };
    match visible(parser.parse2(input).map_err(|error| errors.push(error)).ok()?) {
        Expr::Cast(cast) => {
            if !matches!(&*cast.ty, Type::Path(path) if path.path.is_ident("f32")) {
                let ty = shown(cast.ty.to_token_stream());
                errors.at(
                    &cast.ty,
                    format!("elements are converted by `as f32` alone, not `as {ty}`"),
                );
            }
            Some((visible(*cast.expr), true))
        }
        argument => Some((argument, false)),
    }
}

/// The expression without the invisible groups that a user's macro puts around its arguments. The
/// span of such a group is the macro, not the argument.
fn visible(mut argument: Expr) -> Expr {
    while let Expr::Group(group) = argument {
        argument = *group.expr;
    }
    argument
}

fn example(name: &str) -> &'static str {
    if name == "include_npy" { "stats.npy" } else { "model.safetensors" }
}

/// A path that is made of literals and of environment variables of the build.
#[derive(Debug, Default)]
struct Text {
    text: String,
    variables: Vec<String>,
}

impl Text {
    /// Reads `"x"`, `env!("X")`, or `concat!` of these.
    fn read(&mut self, argument: &Expr, name: &str, errors: &mut Errors) {
        match argument {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => self.text += &text.value(),
            Expr::Group(group) => self.read(&group.expr, name, errors),
            Expr::Macro(call) if call.mac.path.is_ident("concat") => {
                for part in arguments(call, errors) {
                    self.read(&part, name, errors);
                }
            }
            Expr::Macro(call) if call.mac.path.is_ident("env") => self.variable(call, errors),
            other => errors.at(
                other,
                format!(
                    "the path of a file is a string literal, as in `{name}!(\"{}\")`, or `concat!` and `env!` \
                     of such",
                    example(name)
                ),
            ),
        }
    }

    fn variable(&mut self, call: &ExprMacro, errors: &mut Errors) {
        let arguments = arguments(call, errors);
        let [Expr::Lit(ExprLit { lit: Lit::Str(name), .. })] = &arguments[..] else {
            return errors.at(call, "`env!` takes the name of one variable here, a string literal");
        };
        match env::var(name.value()) {
            Ok(value) => {
                self.text += &value;
                self.variables.push(name.value());
            }
            Err(_) => errors.at(
                name,
                format!("the variable `{}` is not set where the crate is compiled", name.value()),
            ),
        }
    }
}

fn arguments(call: &ExprMacro, errors: &mut Errors) -> Vec<Expr> {
    let list = call.mac.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated);
    list.map_err(|error| errors.push(error))
        .map_or_else(|()| Vec::new(), |list| list.into_iter().collect())
}

/// `path` as an absolute path. A relative path begins at the folder of the source file.
fn absolute(path: &Path, place: Span, folder: Folder) -> Result<PathBuf, String> {
    let whole = if path.is_absolute() {
        path.to_owned()
    } else {
        let folder = folder(place).ok_or(
            "the compiler does not say which file this is in: write \
             `concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/..\")`",
        )?;
        folder.join(path)
    };
    std::path::absolute(whole).map_err(|error| error.to_string())
}

fn load(path: PathBuf) -> Result<(String, Vec<u8>), String> {
    let bytes = std::fs::read(&path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => {
            "there is no such file; a path is relative to the source file".into()
        }
        std::io::ErrorKind::IsADirectory => "this is a folder".into(),
        _ => error.to_string(),
    })?;
    let path = path.into_os_string().into_string().map_err(|_| "its path is no text".to_owned())?;
    Ok((path, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{fails, invisible, tokens};

    fn sources(_: Span) -> Option<PathBuf> {
        Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
    }

    fn read(source: &str) -> Result<File, Errors> {
        File::read(tokens(source), "include_npy", sources)
    }

    #[track_caller]
    fn refused(source: &str, expected: &[(&str, &str)]) {
        fails(read(source).map(|file| tokens(&file.name)), expected);
    }

    #[test]
    fn a_path_is_relative_to_the_source_file() {
        let file = read("\"file.rs\"").unwrap();
        assert_eq!((&*file.name, file.as_f32), ("file.rs", false));
        assert!(file.bytes.starts_with(b"//! The file that a macro is called with"));
        assert!(Path::new(&file.path).is_absolute());
        assert!(read("\"../src/file.rs\" as f32,").unwrap().as_f32);
    }

    #[test]
    fn a_path_is_made_of_variables() {
        let file = read(
            "concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/src/\", concat!(\"file\", \".rs\")) as f32",
        )
        .unwrap();
        assert_eq!((&*file.name, file.as_f32), ("file.rs", true));
        assert_eq!(file.variables, ["CARGO_MANIFEST_DIR"]);
        assert!(file.bytes.starts_with(b"//!"));
    }

    /// A user's macro, defined in another file, may pass the path on in invisible groups. The path
    /// is still relative to the file in which it was written.
    #[test]
    fn a_path_in_invisible_groups_is_where_it_was_written() {
        let cast: TokenStream =
            [invisible(tokens("\"file.rs\"")), tokens("as f32")].into_iter().collect();
        for input in [invisible(invisible(tokens("\"file.rs\" as f32"))), cast] {
            let file = File::read(input, "include_npy", |span| {
                assert_eq!(span.source_text().as_deref(), Some("\"file.rs\""));
                sources(span)
            });
            assert!(file.unwrap().as_f32);
        }
    }

    #[test]
    fn what_is_no_file() {
        refused("", &[("", "name a file, as in `include_npy!(\"stats.npy\")`")]);
        refused(
            "\"no.npy\"",
            &[(
                "\"no.npy\"",
                "no.npy: there is no such file; a path is relative to the source file",
            )],
        );
        refused("\"dim\"", &[("\"dim\"", "dim: this is a folder")]);
        let literal = "the path of a file is a string literal, as in `include_npy!(\"stats.npy\")`, or `concat!` and \
                       `env!` of such";
        for source in ["PATH", "3", "b\"x\"", "format!(\"x\")"] {
            refused(source, &[(source, literal)]);
        }
        refused("concat!(\"a\", 3)", &[("3", literal)]);
        refused(
            "\"file.rs\" as f64",
            &[("f64", "elements are converted by `as f32` alone, not `as f64`")],
        );
        refused(
            "env!(\"NO_SUCH_VARIABLE\")",
            &[(
                "\"NO_SUCH_VARIABLE\"",
                "the variable `NO_SUCH_VARIABLE` is not set where the crate is compiled",
            )],
        );
        refused(
            "env!(\"A\", \"B\")",
            &[(
                "env!(\"A\", \"B\")",
                "`env!` takes the name of one variable here, a string literal",
            )],
        );
        refused("\"a\" \"b\"", &[("\"b\"", "unexpected token")]);
    }

    #[test]
    fn a_span_in_no_file() {
        let error = File::read(tokens("\"file.rs\""), "include_npy", |_| None).unwrap_err();
        assert!(error.listed()[0].1.contains("does not say which file this is in"));
    }
}
