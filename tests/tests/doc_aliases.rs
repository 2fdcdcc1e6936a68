//! A search of the documentation for a word of NumPy, ndarray, nalgebra or PyTorch finds the
//! counterpart here: the word is a public name, or a `#[doc(alias)]` of one.
//!
//! The test reads the sources, because only rustdoc's search knows the aliases. A word without a
//! counterpart is listed too, with the reason, and must be removed from the list once it has one.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::str::FromStr;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// Words, and the names that they lead to.
const WORDS: &[(&str, &[&str])] = &[
    // Constructors.
    ("roll", &["concat_to"]),
    ("zeros", &["zeros"]),
    ("ones", &["ones"]),
    ("full", &["full", "splat"]),
    ("zeros_like", &["zeros_of"]),
    ("ones_like", &["ones_of"]),
    ("full_like", &["full_of"]),
    ("arange", &["from_fn"]),
    ("linspace", &["from_fn"]),
    ("eye", &["from_fn"]),
    ("fromfunction", &["from_fn", "from_fn_of"]),
    ("fromiter", &["try_from_iter"]),
    ("frombuffer", &["new", "from_bytes"]),
    ("as_strided", &["with_strides", "from_shape_strides"]),
    ("from_elem", &["full", "full_of", "splat"]),
    ("from_shape_fn", &["from_fn", "from_fn_of"]),
    ("from_shape_vec", &["from_shape_vec"]),
    ("arr2", &["from_nested", "tensor", "array"]),
    ("matrix", &["tensor", "array"]),
    ("from_row_slice", &["from_slice"]),
    ("randn", &["random", "random_of"]),
    // Properties of a tensor.
    ("shape", &["shape"]),
    ("dim", &["shape"]),
    ("size", &["len"]),
    ("numel", &["len"]),
    ("item", &["item"]),
    ("into_scalar", &["item"]),
    ("tolist", &["to_vec"]),
    ("tobytes", &["as_bytes"]),
    ("into_raw_vec", &["into_vec"]),
    ("dtype", &["Element", "sum_as"]),
    // Elementwise functions.
    ("absolute", &["abs"]),
    ("log", &["ln"]),
    ("exp_m1", &["expm1"]),
    ("power", &["powf", "powi", "pow"]),
    ("isnan", &["is_nan"]),
    ("isinf", &["is_infinite"]),
    ("isfinite", &["is_finite"]),
    ("swish", &["silu"]),
    ("reciprocal", &["recip"]),
    ("expit", &["sigmoid"]),
    ("rint", &["round"]),
    ("signum", &["sign"]),
    ("clamp", &["clip"]),
    ("minimum", &["minimum"]),
    ("where", &["where_"]),
    ("masked_fill", &["where_"]),
    ("lt", &["less"]),
    ("le", &["less_equal"]),
    ("ge", &["greater_equal"]),
    ("eq", &["equal"]),
    ("mapv", &["map"]),
    ("astype", &["map", "widen"]),
    ("inverse", &["inv"]),
    ("determinant", &["det"]),
    ("lu", &["solve"]),
    ("llt", &["cholesky"]),
    ("zip_map", &["zip_with"]),
    // In-place operations.
    ("copyto", &["assign"]),
    ("fill", &["assign"]),
    ("copy_from", &["assign"]),
    ("out", &["assign", "assign_to"]),
    ("mapv_inplace", &["map_in_place"]),
    ("apply", &["apply"]),
    ("map_inplace", &["map_in_place", "apply"]),
    // Along axes.
    ("keepdim", &["keepdims"]),
    ("correction", &["ddof"]),
    ("average", &["mean", "mean_axis"]),
    ("mean_axis", &["mean_axis"]),
    ("variance", &["var", "var_axis"]),
    ("stddev", &["std", "std_axis"]),
    ("var_mean", &["moments", "moments_axis"]),
    ("welford", &["moments", "moments_axis", "Moments"]),
    ("product", &["prod", "prod_axis"]),
    ("amax", &["max", "max_axis"]),
    ("argmax", &["argmax"]),
    ("count_nonzero", &["count_nonzero"]),
    ("logsumexp", &["logsumexp"]),
    ("cumsum", &["cumsum"]),
    ("cumprod", &["cumprod"]),
    ("cumulative_sum", &["cumsum"]),
    ("scan", &["cumsum", "cumprod"]),
    // Shapes.
    ("newaxis", &["expand_dims", "along"]),
    ("unsqueeze", &["expand_dims"]),
    ("insert_axis", &["expand_dims"]),
    ("squeeze", &["squeeze"]),
    ("transpose", &["permute_dims", "t", "matrix_transpose"]),
    ("permute", &["permute_dims"]),
    ("permuted_axes", &["permute_dims"]),
    ("swapaxes", &["permute_dims", "matrix_transpose"]),
    ("moveaxis", &["permute_dims"]),
    ("T", &["t"]),
    ("mT", &["matrix_transpose"]),
    ("tril", &["tril"]),
    ("triu", &["triu"]),
    ("expand", &["broadcast_to"]),
    ("broadcast", &["broadcast_to"]),
    ("tile", &["broadcast_to"]),
    ("view", &["view", "reshape"]),
    ("into_shape", &["reshape", "reshape_to"]),
    ("ravel", &["flatten", "flatten_to"]),
    ("concatenate", &["concat", "concat_to"]),
    ("cat", &["concat", "concat_to"]),
    ("vstack", &["concat", "stack"]),
    ("stack", &["stack"]),
    ("pad", &["pad"]),
    ("constant_pad", &["pad", "pad_to"]),
    ("column_stack", &["stack"]),
    ("hstack", &["concat"]),
    ("flipud", &["flip"]),
    ("outer", &["stretch"]),
    ("into_dimensionality", &["try_with_shape"]),
    // Parts.
    ("take", &["index_axis", "take"]),
    ("gather", &["take", "try_take"]),
    ("index_select", &["take", "try_take"]),
    ("embedding", &["take"]),
    ("one_hot", &["one_hot"]),
    ("to_categorical", &["one_hot"]),
    ("bincount", &["one_hot"]),
    ("slice_axis", &["slice", "slice_range", "narrow"]),
    ("narrow", &["narrow"]),
    ("chunks", &["axis_chunks"]),
    ("outer_iter", &["rows"]),
    ("row_iter", &["rows"]),
    ("ndenumerate", &["indexed_iter"]),
    ("flat", &["iter", "iter_mut"]),
    ("apply_along_axis", &["lanes", "lanes_mut"]),
    ("map_axis", &["lanes"]),
    ("sliding_window_view", &["windows", "windows_to"]),
    ("unfold", &["windows", "windows_to"]),
    ("rolling", &["windows"]),
    // Products, evaluation, layers and files.
    ("dot", &["matmul"]),
    ("@", &["matmul"]),
    ("bmm", &["matmul"]),
    ("to_owned", &["to_tensor", "to_array"]),
    ("eval", &["to_tensor", "to_array"]),
    ("ascontiguousarray", &["to_tensor"]),
    ("BatchNorm2d", &["BatchNorm"]),
    ("running_mean", &["mean"]),
    ("softmax", &["softmax"]),
    ("load", &["read", "from_bytes"]),
    ("save", &["write", "to_bytes"]),
    ("ndarray", &["Tensor"]),
    ("ArrayView", &["TensorView"]),
];

/// Words without a counterpart, and the reason.
const ABSENT: &[(&str, &str)] = &[
    ("fmin", "it passes over NaN, which `minimum` gives on"),
    ("fmax", "it passes over NaN, which `maximum` gives on"),
    ("nansum", "what NaN counts as is said by `map`, in front of `sum`"),
    ("nanmean", "how many are no NaN is another question: `map`, `sum` and `count_nonzero`"),
    ("isclose", "a tolerance is written out: `(a - b).abs().less_equal(1e-6)`"),
    ("allclose", "a tolerance is written out: `(a - b).abs().less_equal(1e-6).all()`"),
    ("norm", "it is three words: `x.square().sum().sqrt()`"),
    ("repeat", "of elements side by side: `expand_dims`, `broadcast_to` and `flatten`"),
    ("einsum", "a product and a sum over axes is written out, and is not stored in between"),
    ("tensordot", "`matmul` has one inner axis; of more, a product and a sum over axes"),
    ("meshgrid", "no grid is made: a column and a row, one of them with `stretch`"),
    ("broadcast_arrays", "`agree` compares lengths, and no array is made larger for it"),
    ("empty", "memory that nothing was written to is not handed out; `zeros` does not touch it"),
    ("sort", "slices do it: `x.as_mut_slice().sort_by(f64::total_cmp)`"),
    ("argsort", "slices do it, of indices"),
    ("median", "slices do it: `select_nth_unstable_by`"),
    ("nonzero", "how many there are is known after the fact, and is no shape"),
    ("unique", "how many there are is known after the fact, and is no shape"),
    ("fold_axis", "no reduction takes a closure, as its order could not be changed; `lanes` do"),
    (
        "svd",
        "there are products, `solve` and `cholesky`; for other decompositions `nalgebra` takes a view",
    ),
    ("svd", "there are products, and no decompositions; `nalgebra` takes a view"),
    ("remove_axis", "ndarray's keeps index 0 of any length; `squeeze` asks for a length of 1"),
    ("resize", "no operation makes up elements, or drops some without a word"),
    ("backward", "there are no gradients"),
    ("dropout", "there is no training"),
];

/// The modules with public functions. In other modules `pub` functions are internal.
const ROOMS: [&str; 8] = ["element", "expr", "interop", "io", "macros", "nn", "ops", "tensor"];

#[test]
fn words_lead_to_what_does_it() {
    let items = Items::read();
    let mut complaints = Vec::new();
    for (word, targets) in WORDS {
        for target in *targets {
            match items.aliases.get(*target) {
                None => complaints.push(format!("`{target}`, for `{word}`, is no public name")),
                Some(aliases) if word == target || aliases.iter().any(|alias| alias == word) => {}
                Some(aliases) => {
                    complaints
                        .push(format!("`{word}` does not lead to `{target}`, but {aliases:?}"));
                }
            }
        }
    }
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn words_that_lead_nowhere_are_told_why() {
    let items = Items::read();
    for (word, reason) in ABSENT {
        let led = items
            .aliases
            .iter()
            .find(|(name, aliases)| name == word || aliases.iter().any(|alias| alias == word));
        assert!(
            led.is_none(),
            "`{word}` leads to `{}`; it was absent, as {reason}",
            led.unwrap().0
        );
        assert!(!reason.is_empty());
    }
}

/// Public names, and all aliases of each name.
#[derive(Default)]
struct Items {
    aliases: BTreeMap<String, Vec<String>>,
    /// The names in the prelude, including traits, whose functions are public without `pub`.
    prelude: Vec<String>,
}

impl Items {
    fn read() -> Self {
        let sources = Path::new("../core/src");
        let mut items = Self { prelude: prelude(&sources.join("lib.rs")), ..Self::default() };
        for room in ROOMS {
            items.read_file(&sources.join(room).with_extension("rs"));
            items.read_folder(&sources.join(room));
        }
        for table in ["math/functions.rs", "ops/functions.rs"] {
            items.read_rows(tokens(&sources.join(table)));
        }
        assert!(items.aliases.len() > 100, "public names are found: {}", items.aliases.len());
        items
    }

    fn read_folder(&mut self, folder: &Path) {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                self.read_folder(&path);
            } else {
                self.read_file(&path);
            }
        }
    }

    fn read_file(&mut self, path: &Path) {
        self.read_tokens(tokens(path), false);
    }

    /// Reads items in sequence. The functions of a public trait are public themselves.
    fn read_tokens(&mut self, tokens: TokenStream, of_public_trait: bool) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let mut item = Item::default();
        for (i, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) if is_attribute(&tokens, i) => item.note(group),
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    if item.has_items && !item.is_hidden {
                        self.read_tokens(group.stream(), item.is_public_trait);
                    }
                    item = Item::default();
                }
                TokenTree::Punct(punct) if punct.as_char() == ';' => item = Item::default(),
                TokenTree::Ident(word) if !item.is_told => {
                    let name = tokens[i + 1..].iter().find_map(name);
                    self.read_word(&word.to_string(), name, of_public_trait, &mut item);
                    // An item that is `pub(crate)` is not public.
                    item.is_public &= !(word == "pub" && is_parenthesis(tokens.get(i + 1)));
                }
                _ => {}
            }
        }
    }

    /// Reads the rows of a table of functions, `name Node by ..` or `name Node: ..`, each of which
    /// makes a public method.
    fn read_rows(&mut self, tokens: TokenStream) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let mut row = Item::default();
        for (i, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) if is_attribute(&tokens, i) => row.note(group),
                TokenTree::Group(group) => self.read_rows(group.stream()),
                TokenTree::Punct(punct) if punct.as_char() == ';' => row = Item::default(),
                TokenTree::Ident(method) => {
                    let is_row = tokens.get(i + 1).and_then(name).is_some()
                        && tokens.get(i + 2).is_some_and(|after| {
                            let after = after.to_string();
                            after == "by" || after == ":"
                        });
                    if is_row && !row.is_told {
                        let aliases = self.aliases.entry(method.to_string()).or_default();
                        aliases.append(&mut row.aliases);
                    }
                    row.is_told = true;
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }

    /// Reads a word before the keyword of an item, or that keyword; `name` is the next token.
    fn read_word(
        &mut self,
        word: &str,
        name: Option<String>,
        of_public_trait: bool,
        item: &mut Item,
    ) {
        match (word, name) {
            ("pub", _) => item.is_public = true,
            ("unsafe", _) => {}
            ("const", Some(name)) if name == "fn" || name == "unsafe" => {}
            ("impl" | "mod", _) => (item.is_told, item.has_items) = (true, true),
            ("fn" | "struct" | "enum" | "trait" | "type" | "macro_rules", Some(name)) => {
                item.is_told = true;
                item.has_items = word == "trait";
                item.is_public_trait = word == "trait" && self.prelude.contains(&name);
                let is_public =
                    item.is_public || item.is_exported || of_public_trait && word == "fn";
                if is_public && !item.is_hidden {
                    self.aliases.entry(name).or_default().append(&mut item.aliases);
                }
            }
            _ => item.is_told = true,
        }
    }
}

/// The known properties of an item.
#[derive(Default)]
struct Item {
    aliases: Vec<String>,
    is_public: bool,
    is_exported: bool,
    is_hidden: bool,
    /// Whether the kind of the item is known.
    is_told: bool,
    has_items: bool,
    is_public_trait: bool,
}
impl Item {
    fn note(&mut self, attribute: &Group) {
        let text = attribute.stream().to_string().replace(' ', "");
        self.is_exported |= text == "macro_export";
        self.is_hidden |= text == "doc(hidden)" || text == "cfg(test)";
        if text.starts_with("doc(alias") {
            self.aliases.extend(text.split('"').skip(1).step_by(2).map(str::to_owned));
        }
    }
}

fn tokens(path: &Path) -> TokenStream {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    TokenStream::from_str(&text).expect("a source is Rust")
}

/// All words in the module `prelude`.
fn prelude(path: &Path) -> Vec<String> {
    let tokens: Vec<_> = tokens(path).into_iter().collect();
    let at = tokens.iter().position(|token| name(token).is_some_and(|name| name == "prelude"));
    let at = at.expect("there is a prelude");
    let TokenTree::Group(group) = &tokens[at + 1] else { panic!("the prelude has items") };
    let mut words = Vec::new();
    words_of(group.stream(), &mut words);
    assert!(words.iter().any(|word| word == "Reduce"), "the prelude has `Reduce`: {words:?}");
    words
}
fn words_of(tokens: TokenStream, words: &mut Vec<String>) {
    for token in tokens {
        match &token {
            TokenTree::Group(group) => words_of(group.stream(), words),
            token => words.extend(name(token)),
        }
    }
}

fn name(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(word) => Some(word.to_string()),
        _ => None,
    }
}
fn is_parenthesis(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis)
}
/// Whether the group at this position is `[..]` after `#`.
fn is_attribute(tokens: &[TokenTree], at: usize) -> bool {
    let after_hash =
        |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == '#');
    let is_list =
        matches!(&tokens[at], TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket);
    is_list && at > 0 && after_hash(&tokens[at - 1])
}
