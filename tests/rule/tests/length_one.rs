//! `Dim<1>` is a length like any other, which NumPy does not have: every pair of shapes of rank 0
//! to 3 over `Dim<1>`, `One`, `Dim<2>` is compared with a naive implementation of the documented
//! rule.

use shapewright::{Dim, One};
use shapewright_rule::rows::{Question, Row, assert_answers};
use shapewright_rule::shapes::ShapeType;

static ROWS: &[&Row] =
    shapewright_rule::every_shape! { rows_of_all [] of ranks 0 1 2 3 over [Dim<1>] [One] [Dim<2>] };

/// The names of the axes of a shape.
fn axes(shape: &ShapeType) -> Vec<String> {
    let name = format!("{shape:?}");
    let names = name.trim_matches(['(', ')']).split([',', ' ']);
    names.filter(|axis| !axis.is_empty()).map(String::from).collect()
}

/// Shapes align at the right, and a missing axis counts as `One`. Two axes match if they are the
/// same or one is `One`.
fn joined(a: &[String], b: &[String]) -> Option<Vec<String>> {
    let rank = a.len().max(b.len());
    let axis = |shape: &[String], k: usize| {
        let missing = rank - shape.len();
        if k < missing { String::from("One") } else { shape[k - missing].clone() }
    };
    let joined = (0..rank).map(|k| match (axis(a, k), axis(b, k)) {
        (a, b) if a == b => Some(a),
        (a, b) if b == "One" => Some(a),
        (a, b) if a == "One" => Some(b),
        _ => None,
    });
    joined.collect()
}

fn assert_as_stated(question: Question) {
    let shapes: Vec<ShapeType> = ROWS.iter().map(|row| (row.left)()).collect();
    let named: Vec<Vec<String>> = shapes.iter().map(axes).collect();
    assert_eq!(named.len(), 40);
    assert_answers(question, ROWS, &shapes, |a, b| {
        let joined = joined(&named[a], &named[b])?;
        Some(named.iter().position(|axes| *axes == joined).expect("a shape of the table"))
    });
}

#[test]
fn stretch() {
    assert_as_stated(Question::Stretch);
}

#[test]
fn operators() {
    assert_as_stated(Question::Operator);
}

#[test]
fn in_place() {
    assert_as_stated(Question::InPlace);
}

#[test]
fn the_rule_written_down() {
    let join = |a: &[&str], b: &[&str]| {
        let owned = |shape: &[&str]| shape.iter().map(|&axis| axis.into()).collect::<Vec<_>>();
        joined(&owned(a), &owned(b))
    };
    assert_eq!(join(&["Dim<1>"], &["Dim<2>"]), None);
    assert_eq!(join(&["Dim<1>"], &["One"]).unwrap(), ["Dim<1>"]);
    assert_eq!(join(&["Dim<2>", "One"], &["Dim<1>"]).unwrap(), ["Dim<2>", "Dim<1>"]);
    assert_eq!(join(&["Dim<2>"], &["Dim<2>", "Dim<1>"]), None);
}
