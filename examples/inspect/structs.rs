//! Generates the Rust that loads the tensors of a file: a struct for each name that has other names
//! below it, and a layer where names and shapes match one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use shapewright::weights::TensorInfo;

/// The maximum nesting depth of names; below it the rest is one name.
const DEEPEST: usize = 32;
/// The maximum number of parts of a tuple.
const LONGEST_TUPLE: usize = 16;
/// Prefixes that wrappers of a model put before all names.
const WRAPPERS: [&str; 2] = ["module", "_orig_mod"];

/// A part of a model: a tensor, or the parts below a name, or both.
#[derive(Default)]
struct Part<'a> {
    tensor: Option<TensorInfo<'a>>,
    /// Sorted by name, where numbers compare by value.
    parts: Vec<(&'a str, Part<'a>)>,
}

impl<'a> Part<'a> {
    fn of(tensors: &[TensorInfo<'a>]) -> Self {
        let mut root = Self::default();
        for tensor in tensors {
            let mut part = &mut root;
            for name in tensor.name.splitn(DEEPEST, '.') {
                let place = part.parts.iter().position(|(other, _)| *other == name);
                let place = place.unwrap_or_else(|| {
                    part.parts.push((name, Self::default()));
                    part.parts.len() - 1
                });
                part = &mut part.parts[place].1;
            }
            part.tensor = Some(*tensor);
        }
        root.sort();
        root
    }

    /// Sorts the parts, because files have their tensors in an arbitrary order: numbers by value,
    /// and names in natural order.
    fn sort(&mut self) {
        self.parts.sort_by_key(|(name, _)| natural(name));
        for (_, part) in &mut self.parts {
            part.sort();
        }
    }

    /// The shape of the tensor `name`, if its elements are floats.
    fn floats(&self, name: &str) -> Option<&'a [usize]> {
        let tensor = self.parts.iter().find(|(other, _)| *other == name)?.1.tensor?;
        ["f32", "f16", "bf16", "f64"].contains(&tensor.element).then_some(tensor.shape)
    }

    /// Whether the parts are tensors of exactly these names, ignoring `num_batches_tracked`.
    fn is_of(&self, names: &[&str]) -> bool {
        self.tensor.is_none()
            && self.parts.iter().all(|(name, part)| {
                part.tensor.is_some()
                    && part.parts.is_empty()
                    && (names.contains(name) || *name == "num_batches_tracked")
            })
            && names.iter().all(|name| self.floats(name).is_some())
    }
}

/// A sort key that compares numbers within text by value, so that `layers.10` comes after
/// `layers.9`.
fn natural(name: &str) -> Vec<(u64, String)> {
    let mut pieces = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let letters = rest.find(|letter: char| letter.is_ascii_digit()).unwrap_or(rest.len());
        let text = rest[..letters].to_owned();
        let digits = rest[letters..]
            .find(|letter: char| !letter.is_ascii_digit())
            .unwrap_or(rest.len() - letters);
        pieces.push((0, text));
        pieces.push((rest[letters..letters + digits].parse().unwrap_or(0), String::new()));
        rest = &rest[letters + digits..];
    }
    pieces
}

/// The text written so far.
#[derive(Default)]
struct Writer {
    /// The structs, by their text without their names, so that identical blocks share one struct.
    structs: BTreeMap<String, String>,
    names: BTreeSet<String>,
    /// The structs in the order in which they were finished.
    written: Vec<String>,
    layers: BTreeSet<&'static str>,
    /// Items of the crate that have to be imported.
    used: BTreeSet<&'static str>,
    has_halves: Option<&'static str>,
    has_convolutions: bool,
}

/// The Rust that loads these tensors.
pub fn written(tensors: &[TensorInfo<'_>]) -> String {
    let mut part = Part::of(tensors);
    let mut prefix = String::new();
    while let [(name, inner)] = &mut part.parts[..]
        && WRAPPERS.contains(name)
        && inner.tensor.is_none()
    {
        prefix = prefix + *name + ".";
        part = std::mem::take(inner);
    }
    let mut writer = Writer::default();
    writer.names.insert("Net".to_owned());
    let numbers: Option<Vec<usize>> = part.parts.iter().map(|(name, _)| number(name)).collect();
    let sequence = numbers.and_then(|numbers| writer.sequence("parts", &part, &numbers));
    let net = match sequence {
        Some((sequence, eps)) => {
            let load = if eps { "load_with_eps(1e-5)" } else { "load()" };
            let sequence = sequence.replace("\n    ", "\n");
            format!(
                "// let net: Net = WeightsFile::read(path)?.{load}?;\npub type Net = {sequence};\n"
            )
        }
        None => {
            let fields = writer.fields(&part);
            format!("#[derive(Weights)]\npub struct Net {{\n{fields}}}\n")
        }
    };
    writer.written.push(net);

    let mut text = String::new();
    if !prefix.is_empty() {
        let _ = writeln!(
            text,
            "// All names begin with `{prefix}`: `Net::load_prefixed(\"{prefix}\", path)`."
        );
    }
    if let Some(element) = writer.has_halves {
        let _ = writeln!(
            text,
            "// The file has {element}: `WeightsFile::read(path)?.convert().load::<Net>()` makes f32 of it."
        );
    }
    if writer.has_convolutions {
        text += "// No file has strides, paddings, dilations and groups: `Conv2d<In, Out, K, STRIDE, PAD, DILATION, GROUPS>`.\n";
    }
    let layers: Vec<&str> = writer.layers.iter().copied().collect();
    match &layers[..] {
        [] => {}
        [only] => _ = writeln!(text, "use shapewright::nn::{only};"),
        several => _ = writeln!(text, "use shapewright::nn::{{{}}};", several.join(", ")),
    }
    if writer.written.iter().any(|written| written.contains("derive")) {
        writer.used.insert("Weights");
    }
    let used: Vec<&str> = writer.used.iter().copied().collect();
    match &used[..] {
        [] => {}
        [only] => _ = writeln!(text, "use shapewright::{only};"),
        several => _ = writeln!(text, "use shapewright::{{{}}};", several.join(", ")),
    }
    // A struct comes before the structs of its fields.
    for written in writer.written.iter().rev() {
        text += "\n";
        text += written;
    }
    text
}

impl Writer {
    /// The fields of a struct with these parts.
    fn fields(&mut self, part: &Part<'_>) -> String {
        let mut fields = String::new();
        let mut taken = BTreeSet::new();
        // A name may be both a tensor and the prefix of others. Then the tensor is a field, and
        // each of the others is a field next to it.
        let mut left: Vec<(String, &Part<'_>)> =
            part.parts.iter().rev().map(|(name, part)| ((*name).to_owned(), part)).collect();
        while let Some((name, part)) = left.pop() {
            let alone = Part { tensor: part.tensor, parts: Vec::new() };
            let part = if part.tensor.is_some() && !part.parts.is_empty() {
                left.extend(
                    part.parts.iter().rev().map(|(below, part)| (format!("{name}.{below}"), part)),
                );
                &alone
            } else {
                part
            };
            if name.rsplit('.').next() == Some("num_batches_tracked") {
                continue;
            }
            let mut field = identifier(&name);
            while !taken.insert(field.clone()) {
                field.push('_');
            }
            let (ty, eps) = self.part(&name, part);
            let rename = (field != name).then(|| format!("rename = {name:?}"));
            let eps = eps.then(|| "eps = 1e-5".to_owned());
            let attributes: Vec<String> = eps.into_iter().chain(rename).collect();
            if !attributes.is_empty() {
                let _ = writeln!(fields, "    #[weights({})]", attributes.join(", "));
            }
            let _ = writeln!(fields, "    pub {field}: {ty},");
        }
        fields
    }

    /// The type of a part, and whether it needs an `eps`.
    fn part(&mut self, name: &str, part: &Part<'_>) -> (String, bool) {
        if let (Some(tensor), []) = (&part.tensor, &part.parts[..]) {
            return (self.tensor(tensor), false);
        }
        if let Some(layer) = self.layer(name, part) {
            return layer;
        }
        let numbers: Option<Vec<usize>> = part.parts.iter().map(|(name, _)| number(name)).collect();
        if let (None, Some(numbers)) = (&part.tensor, numbers)
            && let Some(sequence) = self.sequence(name, part, &numbers)
        {
            return sequence;
        }
        let fields = self.fields(part);
        if let Some(same) = self.structs.get(&fields) {
            return (same.clone(), false);
        }
        let mut own = camel_case(name);
        while !self.names.insert(own.clone()) {
            own.push('_');
        }
        self.written.push(format!("#[derive(Weights)]\npub struct {own} {{\n{fields}}}\n"));
        self.structs.insert(fields, own.clone());
        (own, false)
    }

    /// Numbered parts: an array if they are identical, otherwise a tuple with `()` for the numbers
    /// without weights.
    fn sequence(
        &mut self,
        name: &str,
        part: &Part<'_>,
        numbers: &[usize],
    ) -> Option<(String, bool)> {
        let count = numbers.last()? + 1;
        // The parts of `blocks` are named `Block`.
        let one = name.strip_suffix('s').unwrap_or(name);
        let one = if number(one).is_some() { "part" } else { one };
        let types: Vec<(String, bool)> =
            part.parts.iter().map(|(_, part)| self.part(one, part)).collect();
        let eps = types.iter().any(|(_, eps)| *eps);
        if count == numbers.len() && count > 1 && types.iter().all(|ty| *ty == types[0]) {
            return Some((format!("[{}; {count}]", types[0].0), eps));
        }
        if count > LONGEST_TUPLE {
            return None;
        }
        let mut parts = vec!["()".to_owned(); count];
        for (&k, (ty, _)) in numbers.iter().zip(types) {
            parts[k] = ty;
        }
        let parts = parts.iter().enumerate().map(|(k, ty)| match &**ty {
            "()" => {
                format!("        (), // {k}: nothing in the file, as `Relu` or `MaxPool2d` have\n")
            }
            ty => format!("        {}, // {k}\n", ty.replace('\n', "\n    ")),
        });
        Some((format!("(\n{}    )", parts.collect::<String>()), eps))
    }

    /// The layer that these tensors belong to, if there is one, and whether it needs an `eps`.
    fn layer(&mut self, name: &str, part: &Part<'_>) -> Option<(String, bool)> {
        let bias = part.floats("bias");
        let weight = part.floats("weight")?;
        let is_of = |names: &[&str]| part.is_of(names);
        let (layer, text) = match *weight {
            [c] if is_of(&["weight", "bias", "running_mean", "running_var"]) => {
                ("BatchNorm", format!("BatchNorm<Dim<{c}>>"))
            }
            [n] if is_of(&["weight", "bias"]) => ("LayerNorm", format!("LayerNorm<Dim<{n}>>")),
            [n] if is_of(&["weight"]) => ("RmsNorm", format!("RmsNorm<Dim<{n}>>")),
            [words, width] if is_of(&["weight"]) && is_table(name) => {
                ("Embedding", format!("Embedding<Dim<{words}>, Dim<{width}>>"))
            }
            [out, inner] if is_of(&["weight"]) => {
                ("Linear", format!("Linear<Dim<{inner}>, Dim<{out}>, NoBias>"))
            }
            [out, inner] if is_of(&["weight", "bias"]) => {
                ("Linear", format!("Linear<Dim<{inner}>, Dim<{out}>>"))
            }
            [out, inner, k] if is_of(&["weight"]) => {
                ("Conv1d", format!("Conv1d<Dim<{inner}>, Dim<{out}>, {k}, 1, 0, 1, 1, NoBias>"))
            }
            [out, inner, k] if is_of(&["weight", "bias"]) => {
                ("Conv1d", format!("Conv1d<Dim<{inner}>, Dim<{out}>, {k}>"))
            }
            [out, inner, k, same] if k == same && is_of(&["weight"]) => {
                ("Conv2d", format!("Conv2d<Dim<{inner}>, Dim<{out}>, {k}, 1, 0, 1, 1, NoBias>"))
            }
            [out, inner, k, same] if k == same && is_of(&["weight", "bias"]) => {
                ("Conv2d", format!("Conv2d<Dim<{inner}>, Dim<{out}>, {k}>"))
            }
            _ => return None,
        };
        // The vectors of a layer all have the same length; otherwise it is not a layer.
        let first = weight.first().copied();
        let same =
            ["bias", "running_mean", "running_var"].iter().filter_map(|name| part.floats(name));
        if same.into_iter().any(|shape| shape.len() != 1 || shape.first().copied() != first) {
            return None;
        }
        self.layers.insert(layer);
        self.used.insert("Dim");
        if bias.is_none() && matches!(layer, "Linear" | "Conv1d" | "Conv2d") {
            self.layers.insert("NoBias");
        }
        self.has_convolutions |= layer.starts_with("Conv");
        for (_, part) in &part.parts {
            self.convert(part.tensor.as_ref());
        }
        Some((text, layer.ends_with("Norm")))
    }

    /// The type of a single tensor.
    fn tensor(&mut self, tensor: &TensorInfo<'_>) -> String {
        self.convert(Some(tensor));
        self.used.extend(["Tensor", "shape"]);
        // A literal 1 would stretch.
        let lengths = tensor
            .shape
            .iter()
            .map(|&length| if length == 1 { "{1}".to_owned() } else { length.to_string() });
        let element = match tensor.element {
            "f16" | "bf16" | "f64" => "f32",
            known if tensor.element_size.is_some() => known,
            other => return format!("(), // {other} is not read"),
        };
        format!("Tensor<{element}, shape![{}]>", lengths.collect::<Vec<_>>().join(", "))
    }

    fn convert(&mut self, tensor: Option<&TensorInfo<'_>>) {
        match tensor.map(|tensor| tensor.element) {
            Some("f16") => self.has_halves = Some("f16"),
            Some("bf16") => self.has_halves = Some("bf16"),
            Some("f64") => self.has_halves = Some("f64"),
            _ => {}
        }
    }
}

/// Whether a matrix of this name is a table of embeddings, and not the weight of a product.
fn is_table(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["embed", "wte", "wpe", "position", "token"].iter().any(|part| name.contains(part))
}

/// The number that a name is, if it is below 10,000 and written without leading zeros or a sign.
fn number(name: &str) -> Option<usize> {
    name.parse().ok().filter(|number: &usize| number.to_string() == name && *number < 10_000)
}

/// Words that cannot be identifiers.
const KEYWORDS: &[&str] = &[
    "as", "async", "await", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
    "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self",
    "Self", "static", "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe",
    "unsized", "use", "virtual", "where", "while", "yield", "abstract", "become",
];

/// A valid Rust identifier that is as close to `name` as possible.
fn identifier(name: &str) -> String {
    let mut text: String = name
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' })
        .collect();
    if text.is_empty() || text.starts_with(|letter: char| letter.is_ascii_digit()) {
        text.insert(0, '_');
    }
    if text.chars().all(|letter| letter == '_') {
        text.push('x');
    }
    if KEYWORDS.contains(&&*text) {
        text.push('_');
    }
    text
}

/// A name in the style of types: `self_attention` becomes `SelfAttention`.
fn camel_case(name: &str) -> String {
    let mut text = String::new();
    for word in
        name.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
    {
        let (first, rest) = word.split_at(1);
        text += &first.to_ascii_uppercase();
        text += rest;
    }
    if text.is_empty() || text.starts_with(|letter: char| letter.is_ascii_digit()) {
        text.insert_str(0, "Part");
    }
    // The names of imports are taken.
    let is_taken = ["Dim", "Self", "Tensor", "Weights", "NoBias"].contains(&&*text)
        || ["BatchNorm", "LayerNorm", "RmsNorm", "Embedding", "Linear", "Conv1d", "Conv2d"]
            .contains(&&*text);
    if is_taken { text + "_" } else { text }
}
