//! How the relations of shapes are written so that one mistake is one error with a good message.
//!
//! The first line of an error is the `#[diagnostic::on_unimplemented]` of the *leaf* trait that
//! fails, such as `JoinFirst` for one pair of axes. The *root* is the trait that the call asks for,
//! such as `Broadcast`. Leaves carry the whole shapes as extra parameters for the message. The
//! relations follow these findings about rustc 1.95:
//!
//! - *Deferred results.* The result of a relation is a projection of the relation that may fail:
//!   the generic associated types `Then<X>` and `Beyond<L>`, each of which is `X` or `L` itself in
//!   every impl (the macros here). Where the leaf fails, the compiler does not know the result, and
//!   reports nothing about what is done with it. For the same reason the next axis has `Beyond<..>`
//!   of this one as its `Self`, and the second pair of three operands `Then<..>` of the first: if
//!   several axes differ, one is reported. The docs of these types say "resolved only where ..".
//! - *Waiting.* A relation that is checked before an operand is known must have the unknown type as
//!   its `Self`. Then the compiler waits. Otherwise it picks an impl (E0271), recurses until it
//!   overflows, or prints `_`. So `JoinList` and `MatMul` are implemented for the right side,
//!   `ReshapesFrom` for the new shape, and the relations of axes for kinds; in-place operators ask
//!   the operand about the receiver (`Updates`).
//! - *Leaf or root.* The compiler prints the message of the root instead of the leaf's, if both are
//!   for the same `Self` type. So leaves have another `Self` than roots.
//! - *One candidate.* With one candidate impl the compiler reports what that impl lacks; with
//!   several, or none, it reports the trait itself. So there is one candidate, which a kind
//!   selects. Where the impl is over every type and what it lacks would be internal, there is a
//!   second impl that never holds (`PositionOnce` for `Gone`).
//! - *`do_not_recommend`* on an impl hides it from "the following other types implement", and makes
//!   the compiler report the trait itself instead of what the impl lacks. It is on the truth table
//!   of broadcasting and on the impls for elements, axes and storages. On the way to a leaf it
//!   would hide the leaf. Where a list of internal types would be shown all the same, the
//!   relation's `Self` is a shape (`CanLose`, `AllNamed`).
//! - *Bounds on tuples.* Of a tuple that a where clause bounds as a whole, `(N, C): StaticShape`,
//!   the compiler knows only the bound, so no relation of its list holds. The message for that is
//!   on relations of lists that hold for all lists (`JoinList`), or on `KnownAxes`, which the other
//!   relations require first.
//! - *Return types.* A projection in a method's return type repeats the error of its where clause
//!   while a parameter is still inferred. So reductions, `expand_dims`, `squeeze`, `permute_dims`,
//!   `slice` and `concat` have the resulting shapes as parameters (`Removed = S`).
//!
//! Traits that have a lone axis among their parameters cannot be named outside the crate: a crate
//! with a named length of its own could otherwise implement `JoinFirst<Mine, ..> for Dim<3>`, and
//! lie. The same holds for traits that have a call's argument as a parameter. The others are
//! re-exported, hidden, so that messages print them without a path.

/// Stamps `Beyond` and `beyond`: the axes further out, where this pair of axes matches.
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

/// Stamps `Then` and `then`: the shape of the result, where the shapes fit.
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
