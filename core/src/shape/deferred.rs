//! What a relation passes on where it holds, and the compiler looks at nowhere else: so a mistake
//! is one error.

/// The axes further out, of axes that match.
macro_rules! beyond {
    () => {
        type Beyond<List> = List;
        #[cfg_attr(not(unoptimised), inline(always))]
        fn beyond<List>(list: List) -> List {
            list
        }
    };
}
pub(crate) use beyond;

/// The shape of the result, of shapes that fit.
macro_rules! then {
    () => {
        type Then<Result: Shape> = Result;
        #[cfg_attr(not(unoptimised), inline(always))]
        fn then<Result: Shape>(shape: Result) -> Result {
            shape
        }
    };
}
pub(crate) use then;
