//! `shape!`: a list of axes becomes a tuple that is both a type and an expression.

mod axis;

pub(crate) use axis::Axis;

use crate::error::Errors;
use crate::nesting::{self, Chain};
use crate::root::split_root;
use crate::split::{Items, split};
use axis::parse_axis;
use proc_macro2::{Delimiter, Literal, TokenStream};
use quote::quote;

/// The maximum number of axes of a shape.
pub(crate) const MAX_RANK: usize = 8;

/// The maximum number of elements of a shape.
const MOST: u64 = i64::MAX as u64;

/// The limit on braces in braces, with its message.
const BRACES: Chain<'_> = Chain {
    delimiter: Delimiter::Brace,
    most: 8,
    message: "these braces are the ninth around one length: one pair is enough, as in `{2 * N}`",
};

/// The expansion of `shape!`.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let (root, tokens) =
        match nesting::check(&input, Some(BRACES)).and_then(|()| split_root(input, "shape")) {
            Ok(split) => split,
            Err(errors) => return errors.as_expression(),
        };
    let mut errors = Errors::default();
    let axes = parse(tokens, &mut errors);
    if errors.is_empty() { shape_of(&root, &axes) } else { with_errors(&root, &axes, &errors) }
}

/// The shape, with errors in place of the axes that could not be read, or of the first axis if all
/// could be read.
///
/// To rustc, an error in place of a type is `()`, which does not fit and causes more errors. An
/// error in place of a number, `Dim::<{ error }>`, fits wherever a shape of this rank fits.
fn with_errors(root: &TokenStream, axes: &[Axis], errors: &Errors) -> TokenStream {
    let mut wrong: Vec<usize> =
        (0..axes.len()).filter(|&at| matches!(axes[at], Axis::Wrong)).collect();
    if wrong.is_empty() {
        wrong.push(0);
    }
    let mut errors = errors.in_parts(wrong.len()).into_iter();
    tuple((0..axes.len().max(1)).map(|at| {
        let part = if wrong.contains(&at) { errors.next() } else { None };
        part.map_or_else(|| axes[at].to_tokens(root), |errors| quote!(#root::Dim::<{ #errors }>))
    }))
}

/// Reads a list of axes, and reports those that are wrong.
pub(crate) fn parse(tokens: TokenStream, errors: &mut Errors) -> Vec<Axis> {
    let items = split(tokens.clone(), Items::Axes, errors);
    if let Some(ninth) = items.get(MAX_RANK) {
        errors.at(ninth, format!("a shape has at most {MAX_RANK} axes: this is the ninth"));
    }
    let axes: Vec<_> =
        items.into_iter().take(MAX_RANK).map(|item| parse_axis(item, errors)).collect();
    if errors.is_empty() && overflows(axes.iter().filter_map(Axis::value)) {
        errors.at(tokens, overflow(axes.iter().map(Axis::shown)));
    }
    axes
}

/// Whether a shape has more elements than memory can hold: more than `isize::MAX` on any target.
/// `lengths` are the lengths that the macro knows; the shape may have more axes. Lengths of 0 are
/// not multiplied, because strides are computed for an empty shape too.
pub(crate) fn overflows(lengths: impl Iterator<Item = u64>) -> bool {
    let product = lengths.filter(|length| *length != 0).try_fold(1, u64::checked_mul);
    product.is_none_or(|product| product > MOST)
}

/// The message for a shape of the axes `axes` that has too many elements.
pub(crate) fn overflow(axes: impl Iterator<Item = String>) -> String {
    let axes: Vec<_> = axes.collect();
    let comma = if axes.len() == 1 { "," } else { "" };
    format!(
        "the number of elements of shape `({}{comma})` overflows: the most is {MOST}",
        axes.join(", ")
    )
}

/// The axis for a length that the macro has counted.
pub(crate) fn counted(root: &TokenStream, length: u64) -> TokenStream {
    if length == 1 {
        return quote!(#root::One);
    }
    let length = Literal::u64_unsuffixed(length);
    quote!(#root::Dim::<#length>)
}

/// The tuple of `axes`.
pub(crate) fn tuple(axes: impl Iterator<Item = TokenStream>) -> TokenStream {
    quote!((#(#axes,)*))
}

/// The first axis that is a value, which cannot be part of a type.
pub(crate) fn first_value(axes: &[Axis]) -> Option<&TokenStream> {
    axes.iter().find_map(|axis| match axis {
        Axis::Value(value) | Axis::Variable(value) => Some(value),
        _ => None,
    })
}

/// The shape of these axes as a value. An axis that is written as a variable may be an axis or a
/// number.
pub(crate) fn value_of(root: &TokenStream, axes: &[Axis]) -> TokenStream {
    tuple(axes.iter().map(|axis| match axis {
        Axis::Variable(name) => quote!(#root::__private::axis(#name)),
        axis => axis.to_tokens(root),
    }))
}

/// The shape of these axes, as a type and as a value.
pub(crate) fn shape_of(root: &TokenStream, axes: &[Axis]) -> TokenStream {
    tuple(axes.iter().map(|axis| axis.to_tokens(root)))
}

#[cfg(test)]
mod tests {
    use super::axis::NAME_WANTED;
    use super::*;
    use crate::testing::{expands, fails, input, invisible, tokens};

    fn shape(source: &str) -> Result<TokenStream, Errors> {
        of(tokens(source))
    }

    fn of(tokens: TokenStream) -> Result<TokenStream, Errors> {
        let mut errors = Errors::default();
        let axes = parse(tokens, &mut errors);
        errors.or(shape_of(&quote!(kr), &axes))
    }

    #[test]
    fn every_kind_of_axis() {
        expands(shape(""), "()");
        expands(shape("1000"), "(kr::Dim::<1000>,)");
        expands(shape("1000, 256,"), "(kr::Dim::<1000>, kr::Dim::<256>,)");
        expands(
            shape("1_000usize, 0x10, 0"),
            "(kr::Dim::<1_000usize>, kr::Dim::<0x10>, kr::Dim::<0>,)",
        );
        expands(shape("1, 0x1, 1usize, {1}"), "(kr::One, kr::One, kr::One, kr::Dim::<{1}>,)");
        expands(shape("{2 * N}, {N}"), "(kr::Dim::<{2 * N}>, kr::Dim::<{N}>,)");
        expands(
            shape("Batch, a::Batch, ::a::B, Self::N, _"),
            "(Batch, a::Batch, ::a::B, Self::N, _,)",
        );
    }

    #[test]
    fn lengths_of_run_time() {
        expands(shape("?Batch, 784"), "(kr::Dyn::<Batch>, kr::Dim::<784>,)");
        expands(shape("?, ?, 1"), "(kr::Dyn, kr::Dyn, kr::One,)");
        expands(shape("?a::Of<A, B>, N"), "(kr::Dyn::<a::Of::<A, B>>, N,)");
        expands(
            shape("Batch.of(n + 1), Dyn::of(2), 3"),
            "(Batch.of(n + 1), Dyn::of(2), kr::Dim::<3>,)",
        );
        expands(shape("x.shape().0, n.0, m"), "(x.shape().0, n.0, m,)");
        for wrong in ["?3", "?{3}", "? + 1", "??"] {
            fails(shape(wrong), &[(wrong, NAME_WANTED)]);
        }
    }

    #[test]
    fn generics_get_a_turbofish_to_be_expressions_too() {
        expands(shape("Dyn<Batch>"), "(Dyn::<Batch>,)");
        expands(shape("Dyn::<Batch>"), "(Dyn::<Batch>,)");
        expands(shape("a::Pair<A, Pair<B, C>>::Out"), "(a::Pair::<A, Pair<B, C>>::Out,)");
        expands(shape("<T as Tr<A, B>>::Out<C>"), "(<T as Tr<A, B>>::Out::<C>,)");
    }

    #[test]
    fn axes_may_come_through_another_macro() {
        let through = |source: &str| of(invisible(invisible(tokens(source))));
        expands(through("1"), "(kr::One,)");
        expands(through("12"), "(kr::Dim::<12>,)");
        expands(through("{N}"), "(kr::Dim::<{N}>,)");
        expands(through("Dyn<Batch>"), "(Dyn::<Batch>,)");
        fails(through("2 * N"), &[("2 * N", "write a computed length in braces: `{2 * N}`")]);
        let path = [invisible(tokens("T")), tokens("::N")].into_iter().collect();
        assert!(of(path).is_ok());
    }

    #[test]
    fn wrong_literals() {
        let wanted =
            "is not a length: a length is a whole number, a type, or a `{const expression}`";
        for literal in ["2.5", "\"a\"", "'a'", "true", "-3"] {
            fails(shape(literal), &[(literal, &format!("`{literal}` {wanted}"))]);
        }
        fails(shape("3u8"), &[("3u8", "`3u8` is not a length, which is a `usize`: write `3`")]);
    }

    #[test]
    fn computed_lengths_need_braces() {
        for source in [
            "2 * N",
            "N + 1",
            "- N",
            "(N)",
            "N as usize",
            "f(a, b)",
            "N * f::<A, B>()",
            "&N",
            "[N]",
            "fn",
        ] {
            let listed = shape(source).expect_err("no braces").listed();
            assert_eq!(listed.len(), 1, "{source}");
            assert_eq!(listed[0].0, source);
            assert!(
                listed[0].1.starts_with("write a computed length in braces: `{"),
                "{}",
                listed[0].1
            );
        }
        fails(shape("N + 1"), &[("N + 1", "write a computed length in braces: `{N + 1}`")]);
        fails(
            shape("{}"),
            &[("{}", "these braces are empty: write a const expression in them, as in `{2 * N}`")],
        );
    }

    #[test]
    fn errors_stand_where_a_number_would() {
        let a = "::core::compile_error! { \"`2.5` is not a length: a length is a whole number, a type, or a \
                 `{const expression}`\" }";
        let b = "::core::compile_error! { \"write a computed length in braces: `{2 * N}`\" }";
        let c = "::core::compile_error! { \"an axis is missing before this `,`\" }";
        let expanded = |source: &str| Ok(expand(input(source)));
        expands(expanded("3, 2.5, N"), &format!("(kr::Dim::<3>, kr::Dim::<{{ {a} }}>, N,)"));
        expands(expanded("2.5, 2 * N"), &format!("(kr::Dim::<{{ {a} }}>, kr::Dim::<{{ {b} }}>,)"));
        expands(
            expanded(", 2.5, 2 * N"),
            &format!("(kr::Dim::<{{ {c} {a} }}>, kr::Dim::<{{ {b} }}>,)"),
        );
        expands(expanded("3, , 4"), &format!("(kr::Dim::<{{ {c} }}>, kr::Dim::<4>,)"));
        expands(expanded(","), &format!("(kr::Dim::<{{ {c} }}>,)"));
        expands(expanded("3"), "(kr::Dim::<3>,)");
    }

    #[test]
    fn a_ninth_axis() {
        assert!(shape("2, 3, 4, 5, 6, 7, 8, 9").is_ok());
        let message = "a shape has at most 8 axes: this is the ninth";
        fails(shape("2, 3, 4, 5, 6, 7, 8, 9, 10, 11"), &[("10", message)]);
    }

    #[test]
    fn braces_in_braces() {
        let nested = |count| format!("3, {}2{}", "{".repeat(count), "}".repeat(count));
        let all = |count| expand(input(&nested(count))).to_string();
        assert!(!all(8).contains("compile_error"));
        for count in [9, 2000] {
            assert!(all(count).contains("these braces are the ninth around one length"));
        }
    }

    #[test]
    fn more_elements_than_memory_has() {
        let wrong = |source: &str, axes: &str| {
            let message = format!(
                "the number of elements of shape `{axes}` overflows: the most is 9223372036854775807"
            );
            fails(shape(source), &[(source, &message)]);
        };
        assert!(shape("4294967296, 2147483647").is_ok());
        assert!(shape("9223372036854775807").is_ok());
        assert!(shape("{2 * N}, 4294967296, N").is_ok());
        wrong("4294967296, 2147483648", "(4294967296, 2147483648)");
        wrong("4_294_967_296, N, 1, 0x1_0000_0000", "(4294967296, N, 1, 4294967296)");
        wrong("{4294967296}, {2 * N}, 4294967296", "(4294967296, 2 * N, 4294967296)");
        wrong("9223372036854775808", "(9223372036854775808,)");
        wrong("0, 4294967296, 4294967296", "(0, 4294967296, 4294967296)");
    }

    #[test]
    fn all_mistakes_at_once() {
        let listed = shape("2.5, 3, N + 1, 4 5").expect_err("three mistakes").listed();
        let places: Vec<_> = listed.iter().map(|(place, _)| &**place).collect();
        assert_eq!(places, ["5", "2.5", "N + 1"]);
    }
}
