//! The unit tests of `derive(Weights)`: expansions, and errors.

use super::*;
use crate::testing::{compact, fails, tokens};

/// The expansion of `source`, without spaces.
#[track_caller]
fn expanded(source: &str) -> String {
    let (_, errors) = read(tokens(source));
    assert_eq!(errors.listed(), []);
    compact(&expand(tokens(source)))
}
#[track_caller]
fn has(expanded: &str, part: &str) {
    let part = part.replace([' ', '\n'], "");
    assert!(expanded.contains(&part), "{part}\nis not in\n{expanded}");
}
#[track_caller]
fn refuses(source: &str, expected: &[(&str, &str)]) {
    let (model, errors) = read(tokens(source));
    let struct_or_not = model.is_some();
    fails(errors.or(TokenStream::new()), expected);
    // Each error is in the output once. For a struct the impl is in the output too.
    let output = compact(&expand(tokens(source)));
    assert_eq!(output.matches("compile_error").count(), expected.len());
    assert_eq!(output.contains("fnwrite"), struct_or_not);
}

#[test]
fn fields_by_their_names() {
    let output = expanded(
        "struct Net { fc1: Linear<In, Out>, #[weights(rename = \"a.b\", eps = 1e-5)] norm: Norm, r#type: Tensor }",
    );
    has(&output, "impl<> ::shapewright::weights::Weights for Net<>");
    has(
        &output,
        "let field_0 = ::shapewright::__private::field::<Linear<In, Out>, ::shapewright::weights::NoNumbers>(\"fc1\", ::shapewright::weights::NoNumbers).read(reader);",
    );
    has(&output, "(\"a.b\", ::shapewright::weights::Eps(1e-5)).read(reader);");
    has(&output, "(\"type\", ::shapewright::weights::NoNumbers).read(reader);");
    has(&output, "Some(Self { fc1: field_0?, norm: field_1?, r#type: field_2? })");
    has(&output, ".write(&self.norm, writer);");
    assert!(!output.contains("included"), "it is on the heap");
}

#[test]
fn structs_of_each_form() {
    let output = expanded("struct Pair(A, #[weights(skip)] B, #[weights(skip = 3)] u8);");
    has(&output, "(\"0\", ::shapewright::weights::NoNumbers).read(reader);");
    has(&output, "Some(Self { 0: field_0?, 1: ::shapewright::__private::skipped::<B>(), 2: 3 })");
    has(&expanded("struct Unit;"), "Some(Self {})");
    has(&expanded("#[weights(crate = a::b)] struct Unit;"), "a::b::weights::Weights for Unit");
}

#[test]
fn tuples_are_read_part_by_part() {
    let output = expanded("struct Net { #[weights(eps = EPS)] mlp: (A, (B,)), none: () }");
    has(
        &output,
        "::shapewright::__private::read_below(reader, \"mlp\", |reader| { let part_0 = ::shapewright::__private::field::<A, ::shapewright::weights::EpsIfTaken>(\"0\", ::shapewright::weights::EpsIfTaken(EPS)).read(reader);",
    );
    has(&output, ".write(&self.mlp.1.0, writer);");
    has(&output, "field::<(), ::shapewright::weights::NoNumbers>(\"none\"");
}

#[test]
fn parameters_by_their_bounds() {
    let output = expanded(
        "struct Net<'a, C: ::s::Length = Dim<3>, T: Float, B: Storage = Heap, L, const N: usize = 2>
         where L: Clone, C: Copy { a: A<C, T, B>, b: [L; N], #[weights(skip)] c: &'a L }",
    );
    has(
        &output,
        "impl<'a, C: ::s::Length, T: Float + ::shapewright::weights::WeightElement, L:, const N: usize>
         ::shapewright::weights::Weights for Net<'a, C, T, ::shapewright::Heap, L, N>
         where L: Clone, C: Copy,
         [L; N]: ::shapewright::weights::Weights,
         <[L; N] as ::shapewright::weights::Weights>::Needs:
             ::shapewright::weights::MetBy<::shapewright::weights::NoNumbers, [L; N]>,
         &'a L: ::core::default::Default,",
    );
    has(&output, "field::<A<C, T, ::shapewright::Heap>, ");
    has(
        &output,
        "impl<'a, C: ::s::Length, T: Float, L:, const N: usize> Net<'a, C, T, ::shapewright::Flash, L, N>",
    );
    has(&output, "a: <A<C, T, ::shapewright::Flash>>::included(file.at(\"a\"))");
    has(
        &output,
        "b: file.at(\"b\").__refused(\"is an array, whose length the macro does not know: write it as a number\")",
    );
}

#[test]
fn what_is_in_the_binary() {
    let output = expanded(
        "pub(crate) struct Net<B: Storage> { a: Linear<B>, #[weights(eps = 1e-5)] b: [(Norm<B>, Relu); 2],
         c: nn::Sequential<(A, B)>, d: Option<Tensor<f32, B>>, #[weights(skip = 0)] e: u8 }",
    );
    has(
        &output,
        "pub(crate) const fn included(file: ::shapewright::io::Included) -> Self { Self { a: <Linear<::shapewright::Flash>>::included(file.at(\"a\")),",
    );
    has(
        &output,
        "b: [(<Norm<::shapewright::Flash>>::__included_with_eps(file.at(\"b\").at(\"0\").at(\"0\"), 1e-5), <Relu>::__included_with_eps(file.at(\"b\").at(\"0\").at(\"1\"), 1e-5),), (",
    );
    has(&output, "c: nn::Sequential((<A>::included(file.at(\"c\").at(\"0\")),");
    has(&output, "d: if file.at(\"d\").__is_there() { ::core::option::Option::Some(");
    has(&output, "e: 0 }");
    let output = expanded("struct Net { a: Linear<Flash>, b: Relu }");
    has(&output, "const fn included");
    assert!(!output.contains("fnread"), "what is in the binary is not loaded");
    let output = expanded(
        "#[weights(load_only)] struct Net<B: Storage> { a: Linear<B>, b: Tensor<f32, S> }",
    );
    assert!(!output.contains("included"));
}

#[test]
fn mistakes_above_fields() {
    const NONE: &str =
        "this says nothing: write `#[weights(eps = 1e-5)]`, with `eps`, `rename` or `skip`";
    let field = |attribute: &str| format!("struct Net {{ {attribute} a: A }}");
    let refuses = |attribute: &str, expected| refuses(&field(attribute), expected);
    refuses("#[weights]", &[("weights", NONE)]);
    refuses("#[weights()]", &[("weights()", NONE)]);
    refuses("#[weights = 3]", &[("weights = 3", NONE)]);
    refuses(
        "#[weights(epsilon = 3)]",
        &[("epsilon", "unknown key `epsilon`: there are `eps`, `rename` and `skip`")],
    );
    refuses("#[weights(eps)]", &[("eps", "`eps` needs a value: `eps = 1e-5`")]);
    refuses("#[weights(eps = )]", &[("eps", "`eps` needs a value: `eps = 1e-5`")]);
    refuses("#[weights(eps(1))]", &[("eps", "`eps` needs a value: `eps = 1e-5`")]);
    const NUMBER: &str = "`eps` is a number that is added to a variance: `eps = 1e-5`";
    refuses("#[weights(eps = \"1\")]", &[("\"1\"", NUMBER)]);
    refuses(
        "#[weights(eps = -1.0)]",
        &[(
            "-1.0",
            "`eps` is a number that is added to a variance: `eps = 1e-5`, and not negative",
        )],
    );
    refuses(
        "#[weights(eps = 1e-5f32)]",
        &[("1e-5f32", "`eps` is an `f64`, whatever the layer: `1e-5`")],
    );
    refuses(
        "#[weights(rename = a)]",
        &[("a", "a name of the file is a text: `rename = \"features.0\"`")],
    );
    const EMPTY: &str = "a name is empty: there is one before each dot, and behind it";
    refuses("#[weights(rename = \"\")]", &[("\"\"", EMPTY)]);
    refuses("#[weights(rename = \"a.\")]", &[("\"a.\"", EMPTY)]);
    refuses("#[weights(rename = \"a..b\")]", &[("\"a..b\"", EMPTY)]);
    refuses(
        "#[weights(skip, eps = 1.0)]",
        &[("skip", "a field that is skipped is not in the file: `skip` stands alone")],
    );
    refuses("#[weights(crate = a)]", &[("crate", "`crate` goes above the struct")]);
    refuses("#[weights(load_only)]", &[("load_only", "`load_only` goes above the struct")]);
    refuses("#[weights(3, eps = 1.0)]", &[("3", "`3` is no key: `eps`, `rename` or `skip`")]);
    refuses(
        "#[weights(eps = 1.0)] #[weights(eps = 2.0, skip skip)]",
        &[
            ("eps", "`eps` stands here again: remove one"),
            ("skip", "a comma is missing before this"),
            ("skip", "a field that is skipped is not in the file: `skip` stands alone"),
        ],
    );
    refuses(
        "#[weights(eps = 1.0 rename = \"b\")]",
        &[("rename", "a comma is missing before this")],
    );
    refuses("#[weights(eps = if)]", &[("", "unexpected end of input, expected an expression")]);
}

#[test]
fn mistakes_above_structs() {
    let refuses = |attribute: &str, expected| {
        refuses(&format!("{attribute} struct Net {{ a: A }}"), expected)
    };
    refuses("#[weights(eps = 1.0)]", &[("eps", "`eps` goes above a field")]);
    refuses(
        "#[weights(root = a)]",
        &[("root", "unknown key `root`: there are `crate` and `load_only`")],
    );
    refuses("#[weights(crate = \"a\")]", &[("\"a\"", "this is no path: `crate = my_name`")]);
    refuses(
        "#[weights(crate = a, crate = b)]",
        &[("crate", "`crate` stands here again: remove one")],
    );
}

#[test]
fn names_that_are_given_twice() {
    refuses(
        "struct Net { a: A, #[weights(rename = \"a\")] b: B, #[weights(rename = \"c\")] d: D, c: C }",
        &[
            ("\"a\"", "`a` is called `a` in the file too: `rename` one of them"),
            ("c", "`d` is called `c` in the file too: `rename` one of them"),
        ],
    );
    refuses(
        "struct Net(A, #[weights(rename = \"0\")] B);",
        &[("\"0\"", "`0` is called `0` in the file too: `rename` one of them")],
    );
    let _ = expanded("struct Net { a: A, #[weights(skip, )] b: B }");
}

#[test]
fn parts_on_the_heap_in_a_struct_of_any_storage() {
    let said = |part: &str| {
        format!(
            "this is on the heap, and `Net` is generic in its storage: write `B` last, as in `{part}<.., B>`, or \
             `#[weights(load_only)]` above the struct"
        )
    };
    let output = "struct Net<B: Storage> { a: Tensor<f32, S>, b: (Relu, nn::Linear<A, C>), c: Tensor<f32, S, B>, d: [Option<Conv2d<A>>; 2] }";
    refuses(
        output,
        &[
            ("Tensor<f32, S>", &said("Tensor")),
            ("nn::Linear<A, C>", &said("Linear")),
            ("Conv2d<A>", &said("Conv2d")),
        ],
    );
}

#[test]
fn what_is_no_struct() {
    refuses(
        "enum Net { A }",
        &[(
            "enum",
            "`Weights` is derived for structs: a file does not say which variant of an enum it holds",
        )],
    );
    refuses(
        "union Net { a: u8 }",
        &[(
            "union",
            "`Weights` is derived for structs: the fields of a union are the same bytes, and a file has each by itself",
        )],
    );
}
