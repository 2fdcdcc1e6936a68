//! The modules of the two crates depend on each other in one direction, and so do the files of a
//! module.
//!
//! A *room* is a top-level module of a crate. Each names only rooms that come before it in a list
//! here. Within a room, a module and its submodules may name each other; other files depend on each
//! other in one direction only. A re-exported item belongs to the module that defines it. Tests may
//! name anything.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::str::FromStr;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The rooms of the library, from the bottom up.
const CORE: [&str; 32] = [
    "math",
    "axes",
    "run",
    "read",
    "message",
    "element",
    "shape",
    "layout",
    "memory",
    "arith",
    "broadcast",
    "concatenation",
    "padding",
    "sliding",
    "stacking",
    "claims",
    "verify",
    "lengths",
    "error",
    "agreement",
    "broadcast_shapes",
    "storage",
    "kernels",
    "tensor",
    "expr",
    "ops",
    "nn",
    "io",
    "flash",
    "weights",
    "interop",
    "macros",
];
/// The rooms of the macros.
const MACROS: [&str; 27] = [
    "tokens",
    "error",
    "show",
    "number",
    "bits",
    "maker",
    "split",
    "root",
    "nesting",
    "length",
    "literal",
    "kinds",
    "check",
    "shape",
    "tensor",
    "dim",
    "written",
    "dtype",
    "convert",
    "header",
    "npy",
    "safetensors",
    "file",
    "binary",
    "include_npy",
    "include_safetensors",
    "weights",
];

#[test]
fn rooms_of_the_library() {
    Crate::read("core").check(&CORE);
}

#[test]
fn rooms_of_the_macros() {
    Crate::read("macros").check(&MACROS);
}

/// Tests that the checks find mistakes: each of these is one.
#[test]
fn what_is_out_of_order_is_found() {
    let of = |files: &[(&str, &str)]| {
        Crate::of(files.iter().map(|&(name, text)| (name.into(), text.into())))
    };
    let upwards = of(&[("", "mod a; mod b;"), ("a", "use crate::b::B;"), ("b", "pub struct B;")]);
    assert_eq!(upwards.upwards(&["a", "b"]), ["a names b::B, a room above it"]);
    assert!(upwards.upwards(&["b", "a"]).is_empty());
    let unlisted = of(&[("", ""), ("a", "")]);
    assert_eq!(unlisted.upwards(&["b"]), ["a is not listed", "b is listed, and is not there"]);
    let nested =
        of(&[("", ""), ("a", "mod sealed { impl super::super::b::B for u8 {} }"), ("b", "")]);
    assert_eq!(nested.upwards(&["a", "b"]), ["a names b::B, a room above it"]);
    let in_a_macro =
        of(&[("", ""), ("a", "macro_rules! m { () => { $crate::b::f() } }"), ("b", "")]);
    assert_eq!(in_a_macro.upwards(&["a", "b"]), ["a names b::f, a room above it"]);
    let in_a_test =
        of(&[("", ""), ("a", "#[cfg(test)] mod tests { use crate::b::B; }"), ("b", "")]);
    assert!(in_a_test.upwards(&["a", "b"]).is_empty());
    let by_a_list = of(&[("", ""), ("a", "use crate::{b::{C, D as E}, c};"), ("b", ""), ("c", "")]);
    assert_eq!(by_a_list.upwards(&["a", "b", "c"]).len(), 3);

    // A module and its submodules may name each other; two submodules may not, by whatever path.
    let family = of(&[("a", "mod b; use b::B;"), ("a::b", "use super::A;")]);
    assert!(family.circles().is_empty());
    let siblings = [
        ("a", "mod b; mod c; pub use b::B;"),
        ("a::b", "use super::c::C;"),
        ("a::c", "use super::B;"),
    ];
    assert_eq!(of(&siblings).circles(), ["a::b, a::c name each other"]);
}

/// The paths within a crate that its files name.
struct Crate {
    /// The paths that each module names, from the root of the crate.
    named: BTreeMap<String, BTreeSet<String>>,
    /// The module that defines a name which another module re-exports.
    defined: BTreeMap<(String, String), String>,
}

impl Crate {
    /// Reads the crate in this folder of the repository.
    fn read(folder: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder).join("src");
        let mut files = Vec::new();
        collect(&root, "", &mut files);
        Self::of(files.into_iter())
    }

    /// A crate of these modules, each with its text; the root has no name.
    fn of(files: impl Iterator<Item = (String, String)>) -> Self {
        let mut all = Self { named: BTreeMap::new(), defined: BTreeMap::new() };
        let mut re_exported = Vec::new();
        for (module, text) in files {
            let tokens =
                TokenStream::from_str(&text).unwrap_or_else(|error| panic!("{module}: {error}"));
            let mut reader = Reader { paths: BTreeSet::new(), re_exports: BTreeSet::new() };
            reader.items(tokens, &segments(&module));
            re_exported.extend(reader.re_exports.into_iter().map(|path| (module.clone(), path)));
            all.named.insert(module, reader.paths);
        }
        for (module, path) in re_exported {
            let (name, defined) =
                (path.rsplit("::").next().unwrap_or("").to_owned(), all.module_of(&path));
            if defined != module {
                all.defined.insert((module, name), defined);
            }
        }
        all
    }

    /// The module that `path` leads into: its longest prefix that is a module.
    fn module_of(&self, path: &str) -> String {
        let segments = segments(path);
        let modules = (0..=segments.len()).rev().map(|len| segments[..len].join("::"));
        modules.into_iter().find(|module| self.named.contains_key(module)).unwrap_or_default()
    }

    /// The module that defines the item `path`.
    fn definition_of(&self, path: &str) -> String {
        let mut module = self.module_of(path);
        let rest = path.strip_prefix(&module).unwrap_or(path).trim_start_matches("::");
        let name = rest.split("::").next().unwrap_or("").to_owned();
        while let Some(defined) = self.defined.get(&(module.clone(), name.clone())) {
            module.clone_from(defined);
        }
        module
    }

    /// Rooms that name a later one, and rooms that are listed but do not exist, or exist but are
    /// not listed.
    fn upwards(&self, rooms: &[&str]) -> Vec<String> {
        let place = |room: &str| rooms.iter().position(|&listed| listed == room);
        let mut found = Vec::new();
        let there: BTreeSet<_> = self.named.keys().map(|module| room_of(module)).collect();
        found.extend(
            there
                .iter()
                .filter(|room| !room.is_empty() && place(room).is_none())
                .map(|room| format!("{room} is not listed")),
        );
        found.extend(
            rooms
                .iter()
                .filter(|room| !there.contains(**room))
                .map(|room| format!("{room} is listed, and is not there")),
        );
        for (module, paths) in &self.named {
            for path in paths {
                let (here, named) = (room_of(module), self.definition_of(path));
                let there = room_of(&named);
                if !here.is_empty() && here != there && place(here) <= place(there) {
                    found.push(format!("{module} names {path}, a room above it"));
                }
            }
        }
        found
    }

    /// Files of one room that name each other, directly or in a cycle, except a module and its own
    /// submodules.
    fn circles(&self) -> Vec<String> {
        let edges: BTreeMap<&str, BTreeSet<String>> = self
            .named
            .iter()
            .map(|(module, paths)| {
                let named = paths.iter().map(|path| self.definition_of(path));
                let beside = |named: &String| {
                    room_of(named) == room_of(module)
                        && !is_in(named, module)
                        && !is_in(module, named)
                };
                (module.as_str(), named.filter(beside).collect())
            })
            .collect();
        let reached = |from: &str| {
            let (mut reached, mut next) = (BTreeSet::new(), vec![from.to_owned()]);
            while let Some(module) = next.pop() {
                for named in edges.get(module.as_str()).into_iter().flatten() {
                    if reached.insert(named.clone()) {
                        next.push(named.clone());
                    }
                }
            }
            reached
        };
        let circles: BTreeSet<Vec<&str>> = edges
            .keys()
            .map(|&module| {
                let around = reached(module);
                let back =
                    |other: &&str| around.contains(*other) && reached(other).contains(module);
                edges.keys().copied().filter(back).collect::<Vec<_>>()
            })
            .filter(|circle| circle.len() > 1)
            .collect();
        circles.iter().map(|circle| format!("{} name each other", circle.join(", "))).collect()
    }

    fn check(&self, rooms: &[&str]) {
        let found = [self.upwards(rooms), self.circles()].concat();
        assert!(found.is_empty(), "out of order:\n{}", found.join("\n"));
    }
}

/// Collects the files of `folder`, except tests, each with its module and its text.
fn collect(folder: &Path, module: &str, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder)
        .expect("a folder of the repository")
        .map(|entry| entry.expect("an entry"))
    {
        let (path, name) =
            (entry.path(), entry.file_name().into_string().expect("a name in UTF-8"));
        let within = |name: &str| {
            if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") }
        };
        let name = name.trim_end_matches(".rs");
        if ["tests", "testing"].contains(&name) {
            continue;
        }
        if path.is_dir() {
            collect(&path, &within(name), files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let module = if name == "lib" { String::new() } else { within(name) };
            files.push((module, fs::read_to_string(&path).expect("a source file")));
        }
    }
}

fn segments(path: &str) -> Vec<String> {
    path.split("::").filter(|segment| !segment.is_empty()).map(str::to_owned).collect()
}
fn room_of(module: &str) -> &str {
    module.split("::").next().unwrap_or("")
}
/// Whether `module` is `outer`, or is within it.
fn is_in(module: &str, outer: &str) -> bool {
    module == outer || module.strip_prefix(outer).is_some_and(|rest| rest.starts_with("::"))
}

/// Reads the paths of its own crate that a file names.
struct Reader {
    paths: BTreeSet<String>,
    re_exports: BTreeSet<String>,
}

impl Reader {
    /// Reads tokens in the module `at`.
    fn items(&mut self, tokens: TokenStream, at: &[String]) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut k = 0;
        while k < tokens.len() {
            if is_test(&tokens[k..]) {
                // An item ends with its braces, or at a semicolon if it has none.
                while !matches!(&tokens[k], TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
                    && !is_punct(&tokens[k], ';')
                    && k + 1 < tokens.len()
                {
                    k += 1;
                }
            } else if let [
                TokenTree::Ident(word),
                TokenTree::Ident(name),
                TokenTree::Group(body),
                ..,
            ] = &tokens[k..]
                && word == "mod"
            {
                self.items(body.stream(), &[at, &[name.to_string()]].concat());
                k += 2;
            } else if matches!(&tokens[k], TokenTree::Ident(word) if word == "use") {
                let end = (k..tokens.len())
                    .find(|&end| is_punct(&tokens[end], ';'))
                    .unwrap_or(tokens.len());
                let public = k > 0 && is_public(&tokens[..k]);
                self.used(&tokens[k + 1..end], at, public);
                k = end;
            } else if is_root(&tokens[k]) && !(k > 1 && is_punct(&tokens[k - 1], ':')) {
                k += self.path(&tokens[k..], at) - 1;
            } else if let TokenTree::Group(group) = &tokens[k] {
                self.items(group.stream(), at);
            }
            k += 1;
        }
    }

    /// Reads a `use`. A path that begins with the name of a submodule of the file refers to it.
    fn used(&mut self, tokens: &[TokenTree], at: &[String], public: bool) {
        let mut paths = Vec::new();
        leaves(tokens, &[], &mut paths);
        for path in paths {
            let own = !["crate", "super", "self"].contains(&path[0].as_str());
            let path = from_root(&path, at).unwrap_or_else(|| [at, &path].concat()).join("::");
            if public {
                self.re_exports.insert(path.clone());
            }
            // A path that begins with a name leads into another crate, or into a module within the
            // file. It needs no order, so it is not recorded.
            if !own {
                self.paths.insert(path);
            }
        }
    }

    /// Reads a path in code; returns its number of tokens.
    fn path(&mut self, tokens: &[TokenTree], at: &[String]) -> usize {
        let (mut path, mut k) = (vec![tokens[0].to_string()], 1);
        while let [TokenTree::Punct(first), TokenTree::Punct(second), TokenTree::Ident(name), ..] =
            &tokens[k..]
            && first.as_char() == ':'
            && second.as_char() == ':'
        {
            path.push(name.to_string());
            k += 3;
        }
        if path.len() > 1
            && let Some(path) = from_root(&path, at)
        {
            self.paths.insert(path.join("::"));
        }
        k
    }
}

/// The paths of a `use`, written out.
fn leaves(tokens: &[TokenTree], before: &[String], paths: &mut Vec<Vec<String>>) {
    for part in tokens.split(|token| is_punct(token, ',')) {
        let mut path = before.to_vec();
        for token in part {
            match token {
                TokenTree::Ident(word) if word == "as" => break,
                TokenTree::Ident(word) if word == "self" && !path.is_empty() => {}
                TokenTree::Ident(word) => path.push(word.to_string()),
                TokenTree::Group(group) => {
                    leaves(&group.stream().into_iter().collect::<Vec<_>>(), &path, paths);
                    path.clear();
                    break;
                }
                _ => {}
            }
        }
        if path.len() > before.len() {
            paths.push(path);
        }
    }
}

/// A path in the module `at`, from the root of the crate; none if it begins with a name.
fn from_root(path: &[String], at: &[String]) -> Option<Vec<String>> {
    let up = path.iter().take_while(|segment| *segment == "super").count();
    match path[0].as_str() {
        "crate" => Some(path[1..].to_vec()),
        "self" => Some([at, &path[1..]].concat()),
        "super" => Some([&at[..at.len().saturating_sub(up)], &path[up..]].concat()),
        _ => None,
    }
}

fn is_root(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Ident(word) if word == "crate" || word == "super")
}
fn is_punct(token: &TokenTree, punct: char) -> bool {
    matches!(token, TokenTree::Punct(found) if found.as_char() == punct)
}

/// Whether tokens begin with a `#[cfg(..)]` for tests only.
fn is_test(tokens: &[TokenTree]) -> bool {
    let says_test = |group: &Group| {
        let text = group.stream().to_string();
        text.starts_with("cfg") && text.contains("test") && !text.contains("not (test")
    };
    matches!(tokens, [hash, TokenTree::Group(group), ..] if is_punct(hash, '#') && says_test(group))
}

/// Whether tokens end with `pub`, or `pub(..)`.
fn is_public(tokens: &[TokenTree]) -> bool {
    let word =
        |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Ident(word)) if word == "pub");
    match tokens {
        [.., before, TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => {
            word(Some(before))
        }
        tokens => word(tokens.last()),
    }
}
