//! A left shape with every right shape: the compiler's answers, and their test.

use crate::ask::Answer;
use crate::numpy;
use crate::shapes::ShapeType;

/// The answers to a left shape, for each right shape in the order of the table.
#[derive(Debug)]
pub struct Row {
    /// The left shape.
    pub left: fn() -> ShapeType,
    /// The answers to the [`Question`]s, in their order.
    pub answers: &'static [[Answer; 3]],
}

/// The rows of the left shapes: `rows! { [[left ..]] [right ..] }` is a `&[&Row]`.
#[macro_export]
macro_rules! rows {
    ([[$($left:tt)*]] $rights:tt) => {
        &[$($crate::row! { $left $rights }),*]
    };
}

/// The rows in which each shape is a left shape and a right one, for
/// [`every_shape!`](crate::every_shape!)'s `$then`.
#[macro_export]
macro_rules! rows_of_all {
    ([] $shapes:tt) => {
        $crate::rows! { [$shapes] $shapes }
    };
}

/// One row, in an item of its own, so that the compiler has one row at a time in memory.
#[macro_export]
macro_rules! row {
    ($left:tt [$($right:tt)*]) => {{
        #[cfg(not(clippy))]
        use $crate::ask::{Ask, Refused as _};
        type Left = $left;
        static ROW: $crate::rows::Row = $crate::rows::Row {
            left: $crate::shapes::shape_type::<Left>,
            // Clippy would check the types again, for minutes, and would find nothing in them.
            #[cfg(clippy)]
            answers: &[],
            #[cfg(not(clippy))]
            answers: &[$([
                <Ask<Left, $right>>::STRETCH,
                <Ask<Left, $right>>::OPERATOR,
                <Ask<Left, $right>>::IN_PLACE,
            ]),*],
        };
        &ROW
    }};
}

/// A question about two shapes.
#[derive(Clone, Copy, Debug)]
pub enum Question {
    /// `a.stretch() - &b`: NumPy's rule.
    Stretch,
    /// `&a - &b`: NumPy's rule, if the result has the shape of an operand.
    Operator,
    /// `a -= &b`: NumPy's rule, if the result has the shape of `a`.
    InPlace,
}

impl Question {
    /// The answer according to the rule, if the shapes `left` and `right` broadcast to the shape
    /// `joined`, or do not broadcast.
    fn expected(self, left: usize, right: usize, joined: Option<usize>) -> Option<usize> {
        joined.filter(|&joined| match self {
            Self::Stretch => true,
            Self::Operator => joined == left || joined == right,
            Self::InPlace => joined == left,
        })
    }

    fn code(self) -> &'static str {
        match self {
            Self::Stretch => "a.stretch() - &b",
            Self::Operator => "&a - &b",
            Self::InPlace => "a -= &b",
        }
    }
}

/// Checks every answer to `question` in the rows; `joined` says what two of the `shapes` broadcast
/// to.
///
/// # Panics
/// If an answer is wrong; the message contains the first wrong ones.
pub fn assert_answers(
    question: Question,
    rows: &[&Row],
    shapes: &[ShapeType],
    joined: impl Fn(usize, usize) -> Option<usize>,
) {
    let number = |shape: &ShapeType| shapes.iter().position(|other| other == shape);
    let mut differences = Vec::new();
    for row in rows {
        let a = (row.left)();
        let left = number(&a).expect("a left shape of the table");
        assert_eq!(row.answers.len(), shapes.len(), "an answer for each right shape");
        for (right, answers) in row.answers.iter().enumerate() {
            let joined = joined(left, right);
            let expected = question.expected(left, right, joined).map(|number| &shapes[number]);
            let found = answers[question as usize].map(|shape| shape());
            if found.as_ref() != expected {
                differences.push(format!(
                    "a {a:?}, b {:?}: they broadcast to {}; `{}` has to be {}, and the compiler says {}",
                    shapes[right],
                    words(joined.map(|number| &shapes[number]), "nothing"),
                    question.code(),
                    words(expected, "refused"),
                    words(found.as_ref(), "refused"),
                ));
            }
        }
    }
    let first: Vec<_> = differences.iter().take(10).map(String::as_str).collect();
    assert!(
        differences.is_empty(),
        "{} differences, the first are\n{}",
        differences.len(),
        first.join("\n")
    );
}

fn words(shape: Option<&ShapeType>, none: &str) -> String {
    shape.map_or_else(|| none.into(), |shape| format!("{shape:?}"))
}

/// Checks that every answer to `question` in the rows is NumPy's, for rows over the 341 shapes of
/// NumPy's table.
///
/// # Panics
/// If an answer is wrong.
pub fn assert_as_numpy(question: Question, rows: &[&Row]) {
    let pairs = numpy::Pairs::read();
    assert_answers(question, rows, &crate::shapes_of_the_table! { shape_types [] }, |a, b| {
        pairs.joined(a, b)
    });
}

/// The tests of the left shapes: `as_numpy! { left .. }`.
#[macro_export]
macro_rules! as_numpy {
    ($($left:tt)*) => {
        static ROWS: &[&$crate::rows::Row] = $crate::shapes_of_the_table! { rows [[$($left)*]] };

        #[test]
        fn stretch() {
            $crate::rows::assert_as_numpy($crate::rows::Question::Stretch, ROWS);
        }
        #[test]
        fn operators() {
            $crate::rows::assert_as_numpy($crate::rows::Question::Operator, ROWS);
        }
        #[test]
        fn in_place() {
            $crate::rows::assert_as_numpy($crate::rows::Question::InPlace, ROWS);
        }
    };
}

/// The tests of the 85 left shapes that begin with an axis: `as_numpy_where_left_begins_with! {
/// Dim<0> }`.
#[macro_export]
macro_rules! as_numpy_where_left_begins_with {
    ($axis:ty) => {
        $crate::every_shape! {
            as_numpy_where_left_begins_with [$axis] of ranks 0 1 2 3
            over [$crate::shapes::Zero] [::shapewright::One] [$crate::shapes::Two] [$crate::shapes::Three]
        }
    };
    ([$axis:ty] [$(($($rest:tt)*))*]) => {
        $crate::as_numpy! { $(($axis, $($rest)*))* }

        #[test]
        fn these_are_all_left_shapes_that_begin_so() {
            let left: std::collections::HashSet<_> = ROWS.iter().map(|row| (row.left)()).collect();
            assert_eq!(left.len(), 85);
            let length = <$axis as ::shapewright::StaticExtent>::LEN;
            assert!(left.iter().all(|shape| shape.lengths()[0] == length));
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shapes::shape_type;
    use shapewright::{Dim, One};

    const ROW: Row = Row {
        left: shape_type::<(Dim<3>,)>,
        answers: &[
            [Some(shape_type::<(Dim<3>,)>), None, Some(shape_type::<(Dim<3>,)>)],
            [Some(shape_type::<(Dim<3>,)>), Some(shape_type::<(One,)>), None],
        ],
    };

    fn shapes() -> [ShapeType; 2] {
        [shape_type::<(Dim<3>,)>(), shape_type::<(One,)>()]
    }

    #[test]
    fn agreement() {
        assert_answers(Question::Stretch, &[&ROW], &shapes(), |left, _| Some(left));
    }

    #[test]
    #[should_panic = "2 differences, the first are
a (Dim<3>,), b (Dim<3>,): they broadcast to (Dim<3>,); `&a - &b` has to be (Dim<3>,), and the compiler says refused
a (Dim<3>,), b (One,): they broadcast to nothing; `&a - &b` has to be refused, and the compiler says (One,)"]
    fn differences_in_words() {
        assert_answers(Question::Operator, &[&ROW], &shapes(), |left, right| {
            (left == right).then_some(left)
        });
    }
}
