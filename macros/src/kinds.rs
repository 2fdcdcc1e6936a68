//! Checks that those elements of `tensor![..]` or `array![..]` that are literals, such as `1.0`,
//! agree in kind and in suffix. rustc would report each literal that differs, in terms of types.

use crate::error::Errors;
use crate::maker::Maker;
use crate::number::{Kind, Number};
use proc_macro2::TokenStream;

/// Reports literals whose kind differs from that of the first literal, whose suffix differs from
/// the first suffix, or that are text.
pub(crate) fn check(elements: &[&TokenStream], maker: Maker, errors: &mut Errors) {
    let numbers = elements.iter().filter_map(|element| Some((element, Number::read(element)?)));
    let numbers: Vec<_> = numbers.collect();
    let mut first: Option<&Number> = None;
    let mut suffixed: Option<&Number> = None;
    for (element, number) in &numbers {
        if is_text(number) {
            report_text(element, number, maker, errors);
            continue;
        }
        let first = first.get_or_insert(number);
        if number.kind() != first.kind() {
            let (text, kind) = (number.text(), number.kind().described());
            let (first_text, first_kind, advice) =
                (first.text(), first.kind().described(), advice(number, first));
            errors.at(
                element,
                format!(
                    "`{text}` is {kind}, `{first_text}` before it is {first_kind}: write {advice}"
                ),
            );
        } else if !number.suffix().is_empty() {
            let model = suffixed.get_or_insert(number);
            if model.suffix() != number.suffix() {
                let (text, suffix) = (number.text(), number.suffix());
                let (model_text, model_suffix) = (model.text(), model.suffix());
                let fixed = number.with_suffix(model_suffix);
                let model = format!("`{model_text}` before it has type `{model_suffix}`");
                errors
                    .at(element, format!("`{text}` has type `{suffix}`, {model}: write `{fixed}`"));
            }
        }
    }
}

/// Reports an element that is a string or a char.
pub(crate) fn refuse_text(element: &TokenStream, maker: Maker, errors: &mut Errors) {
    if let Some(number) = Number::read(element).filter(is_text) {
        report_text(element, &number, maker, errors);
    }
}

fn is_text(number: &Number) -> bool {
    matches!(number.kind(), Kind::Text | Kind::Char)
}

fn report_text(element: &TokenStream, number: &Number, maker: Maker, errors: &mut Errors) {
    let (kind, one) = (number.kind().described(), maker.described());
    errors.at(element, format!("this is {kind}: {one} holds numbers or bools"));
}

/// How `number` is written as a literal of the kind of `first`.
fn advice(number: &Number, first: &Number) -> String {
    let quoted = |text: Option<String>| text.map(|text| format!("`{text}`"));
    let is_true = number.text() == "true";
    match (first.kind(), number.kind()) {
        (Kind::Float, Kind::Bool) => if is_true { "`1.0`" } else { "`0.0`" }.into(),
        (Kind::Integer, Kind::Bool) => if is_true { "`1`" } else { "`0`" }.into(),
        (Kind::Float, _) => quoted(number.as_float()).unwrap_or_else(|| "a float".into()),
        // A number such as 2.5 is not whole, so the first literal has to become a float.
        (Kind::Integer, _) => quoted(number.as_integer())
            .or_else(|| first.as_float().map(|float| format!("the first as `{float}`")))
            .unwrap_or_else(|| "an integer".into()),
        _ => "`true` or `false`".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::split::{Items, split};
    use crate::testing::{fails, tokens};

    fn check_all(source: &str) -> Errors {
        let mut errors = Errors::default();
        let elements = split(tokens(source), Items::Elements, &mut errors);
        check(&elements.iter().collect::<Vec<_>>(), Maker::Array, &mut errors);
        errors
    }

    #[track_caller]
    fn complains(source: &str, expected: &[(&str, &str)]) {
        fails(check_all(source).or(TokenStream::new()), expected);
    }

    #[test]
    fn what_agrees_is_fine() {
        for source in [
            "1., -2.5, 3e1, 4.0f32, x, 5f32",
            "1, -2, 0x3, 4u8, b'a'",
            "true, !x, false",
            "x, 1., y as f32",
            "",
        ] {
            assert_eq!(check_all(source).listed(), [], "{source}");
        }
    }

    #[test]
    fn another_kind() {
        complains("1.0, 2", &[("2", "`2` is an integer, `1.0` before it is a float: write `2.0`")]);
        complains(
            "x, 1, 2.0",
            &[("2.0", "`2.0` is a float, `1` before it is an integer: write `2`")],
        );
        complains(
            "1, 2.5",
            &[("2.5", "`2.5` is a float, `1` before it is an integer: write the first as `1.0`")],
        );
        complains(
            "1, true",
            &[("true", "`true` is a bool, `1` before it is an integer: write `1`")],
        );
        complains(
            "1., false",
            &[("false", "`false` is a bool, `1.` before it is a float: write `0.0`")],
        );
        complains(
            "true, 0",
            &[("0", "`0` is an integer, `true` before it is a bool: write `true` or `false`")],
        );
        complains(
            "1., b'a'",
            &[("b'a'", "`b'a'` is an integer, `1.` before it is a float: write a float")],
        );
        complains(
            "b'a', 2.5",
            &[("2.5", "`2.5` is a float, `b'a'` before it is an integer: write an integer")],
        );
        let negative = check_all("1., -2").listed();
        assert_eq!(
            negative,
            [("-2".into(), "`-2` is an integer, `1.` before it is a float: write `-2.0`".into())]
        );
    }

    #[test]
    fn another_suffix() {
        complains(
            "1., 2f32, 3f64, 4.",
            &[("3f64", "`3f64` has type `f64`, `2f32` before it has type `f32`: write `3f32`")],
        );
        complains(
            "1u8, 2i8",
            &[("2i8", "`2i8` has type `i8`, `1u8` before it has type `u8`: write `2u8`")],
        );
    }

    #[test]
    fn text() {
        complains("\"a\", 1.", &[("\"a\"", "this is a string: an array holds numbers or bools")]);
        complains("1., 'a'", &[("'a'", "this is a char: an array holds numbers or bools")]);
    }
}
