//! `tensor!` and `array!`: nested rows, or one value and a shape, become a call of a constructor.

use crate::check;
use crate::error::Errors;
use crate::kinds;
use crate::literal::{self, as_list};
use crate::maker::Maker;
use crate::nesting::{self, Chain};
use crate::root::split_root;
use crate::shape::{self, MAX_RANK};
use crate::split::{Items, report_missing, split, split_at_semicolon};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;

/// The message for an axis that is a value in the shape of an array.
const VALUE: &str = "this is a value, and the lengths of an array are known at compile time, as in \
                     `array![0.0; 3, {N}]`: `tensor!` takes both";

/// The expansion of `tensor!` or `array!`.
pub(crate) fn expand(input: TokenStream, maker: Maker) -> TokenStream {
    try_expand(input, maker).unwrap_or_else(|errors| errors.as_expression())
}

fn try_expand(input: TokenStream, maker: Maker) -> Result<TokenStream, Errors> {
    nesting::check(&input, Some(lists(maker)))?;
    let (root, tokens) = split_root(input, maker.name())?;
    match split_at_semicolon(tokens) {
        (value, Some((semicolon, axes))) => expand_fill(&root, value, &semicolon, axes, maker),
        (rows, None) => expand_nested(&root, rows, maker),
    }
}

fn expand_nested(
    root: &TokenStream,
    rows: TokenStream,
    maker: Maker,
) -> Result<TokenStream, Errors> {
    let mut errors = Errors::default();
    let literal = literal::parse(rows.clone(), maker.name(), &mut errors);
    let lengths = check::lengths(&literal, maker, &mut errors);
    if errors.is_empty() && shape::overflows(lengths.iter().copied()) {
        errors.at(&rows, shape::overflow(lengths.iter().map(u64::to_string)));
    }
    let shape = shape::tuple(lengths.into_iter().map(|length| shape::counted(root, length)));
    errors.or(match maker {
        Maker::Tensor => quote!(#root::Tensor::<_, #shape>::from_nested([#rows])),
        Maker::Array => quote!(#root::Array::<_, #shape>::new([#rows])),
    })
}

fn expand_fill(
    root: &TokenStream,
    value: TokenStream,
    semicolon: &TokenTree,
    axes: TokenStream,
    maker: Maker,
) -> Result<TokenStream, Errors> {
    let mut errors = Errors::default();
    if value.is_empty() {
        report_missing(semicolon, Items::Elements, &mut errors);
    }
    let values = split(value, Items::Elements, &mut errors);
    if let Some(second) = values.get(1) {
        errors.at(second, "one value goes before the `;`, for all elements");
    }
    if let Some(value) = values.first() {
        if as_list(value).is_some() {
            let name = maker.name();
            errors.at(
                value,
                format!("one value fills all elements, not a list: `{name}![0.0; 2, 3]`, or all the rows"),
            );
        }
        kinds::refuse_text(value, maker, &mut errors);
    }
    let axes = shape::parse(axes, &mut errors);
    let shape = shape::shape_of(root, &axes);
    let value = values.into_iter().next();
    let given = shape::first_value(&axes);
    if let (Maker::Array, Some(axis)) = (maker, given) {
        errors.at(axis, VALUE);
    }
    errors.or(match maker {
        Maker::Tensor if given.is_some() => {
            let shape = shape::value_of(root, &axes);
            quote!(#root::Tensor::full_of(#shape, #value))
        }
        Maker::Tensor => quote!(#root::Tensor::<_, #shape>::full(#value)),
        // Not `full`, which is a method of a trait: `splat` works in `const` and `static` too.
        Maker::Array => quote!(#root::Array::<_, #shape>::splat(#value)),
    })
}

/// The limit on lists in lists. The macro's own brackets are the first axis, so the lists in them
/// may be nested one level less deep than a shape may have axes.
fn lists(maker: Maker) -> Chain<'static> {
    let message = match maker {
        Maker::Tensor => "a tensor has at most 8 axes: this list opens the ninth",
        Maker::Array => "an array has at most 8 axes: this list opens the ninth",
    };
    Chain { delimiter: Delimiter::Bracket, most: MAX_RANK - 1, message }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{expands, fails, input};

    fn tensor(source: &str) -> Result<TokenStream, Errors> {
        try_expand(input(source), Maker::Tensor)
    }

    fn array(source: &str) -> Result<TokenStream, Errors> {
        try_expand(input(source), Maker::Array)
    }

    #[test]
    fn nested_rows() {
        expands(tensor("1., 2."), "kr::Tensor::<_, (kr::Dim::<2>,)>::from_nested([1., 2.])");
        expands(
            tensor("[1., 2.], [3., 4.],"),
            "kr::Tensor::<_, (kr::Dim::<2>, kr::Dim::<2>,)>::from_nested([[1., 2.], [3., 4.],])",
        );
        expands(
            array("[f::<A, B>(x)], [-y]"),
            "kr::Array::<_, (kr::Dim::<2>, kr::One,)>::new([[f::<A, B>(x)], [-y]])",
        );
        expands(
            tensor("[0; 3], [1; 3]"),
            "kr::Tensor::<_, (kr::Dim::<2>, kr::Dim::<3>,)>::from_nested([[0; 3], [1; 3]])",
        );
    }

    #[test]
    fn fill_form() {
        expands(
            tensor("0.0; 64, N, 1"),
            "kr::Tensor::<_, (kr::Dim::<64>, N, kr::One,)>::full(0.0)",
        );
        expands(tensor("1.5; "), "kr::Tensor::<_, ()>::full(1.5)");
        expands(array("a < b; {2 * N},"), "kr::Array::<_, (kr::Dim::<{2 * N}>,)>::splat(a < b)");
        expands(
            tensor("0.0; Batch.of(n), 784"),
            "kr::Tensor::full_of((Batch.of(n), kr::Dim::<784>,), 0.0)",
        );
        expands(
            tensor("0.0; n, 2"),
            "kr::Tensor::full_of((kr::__private::axis(n), kr::Dim::<2>,), 0.0)",
        );
        fails(array("0.0; 3, Batch.of(n)"), &[("Batch.of(n)", VALUE)]);
        fails(array("0.0; n, 2"), &[("n", VALUE)]);
    }

    #[test]
    fn wrong_fill_forms() {
        fails(tensor("; 3"), &[(";", "an element is missing before this `;`")]);
        fails(tensor("1., 2.; 3"), &[("2.", "one value goes before the `;`, for all elements")]);
        fails(
            tensor("0.0; 3; 4"),
            &[(";", "axes are separated by commas: write `,` for this `;`")],
        );
        fails(array("\"a\"; 3"), &[("\"a\"", "this is a string: an array holds numbers or bools")]);
        let message =
            "one value fills all elements, not a list: `tensor![0.0; 2, 3]`, or all the rows";
        fails(tensor("[0., 1.]; 3"), &[("[0., 1.]", message)]);
        fails(
            array("1., 2.; 3, 2 * N"),
            &[
                ("2.", "one value goes before the `;`, for all elements"),
                ("2 * N", "write a computed length in braces: `{2 * N}`"),
            ],
        );
    }

    #[test]
    fn a_ninth_axis() {
        let message = |one: &str| format!("{one} has at most 8 axes: this list opens the ninth");
        let eight = format!("{}1{}", "[".repeat(7), "]".repeat(7));
        assert!(tensor(&eight).is_ok() && array(&eight).is_ok());
        for inner in [8, 9, 4000] {
            let source = format!("{}1{}", "[".repeat(inner), "]".repeat(inner));
            fails(tensor(&source), &[("[", &message("a tensor"))]);
            fails(array(&source), &[("[", &message("an array"))]);
        }
    }

    #[test]
    fn more_elements_than_memory_has() {
        let message = "the number of elements of shape `(2, 4294967296, 1073741824)` overflows: the most is \
                       9223372036854775807";
        let row = "[[0; 1073741824]; 4294967296]";
        let rows = format!("{row}, {row}");
        fails(array(&rows), &[(&rows, message)]);
        fails(tensor("0.0; 2, 4294967296, 1073741824"), &[("2, 4294967296, 1073741824", message)]);
        assert!(array("[[0; 1073741823]; 4294967296], [[0; 1073741823]; 4294967296]").is_ok());
    }

    #[test]
    fn the_checks_know_which_macro_it_is() {
        let message =
            "an array without elements is written with its shape, as in `array![0.0; 0, 3]`";
        fails(array(""), &[("", message)]);
        let message =
            "a row's count must be a literal: write its number, or use `array![VALUE; AXES]`";
        fails(array("[0.0; N]"), &[("N", message)]);
    }
}
