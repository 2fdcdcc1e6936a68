//! How the relations of shapes are written so that a mistake is reported once, with a good message.
//!
//! A relation of shapes is a *root*, the trait that a call asks for, such as `Broadcast`; its impls
//! require *leaves*, the traits that can fail, such as `JoinFirst` for one pair of axes. The first
//! line of an error is the message in the `#[diagnostic::on_unimplemented]` of the leaf that fails.
//! Leaves have the whole shapes as extra parameters, for the message. The relations follow these
//! findings about rustc 1.95:
//!
//! - *Deferred results.* The result of a relation is wrapped in an associated type of a leaf,
//!   `Then<X>` or `Beyond<L>`. Every impl defines that type as the parameter, `X` or `L` (by the
//!   macros in this file). But where the leaf fails, the compiler cannot resolve the type, and
//!   reports no further errors about its use. For the same reason the relation of the next pair of
//!   axes is required of the `Beyond<..>` of this pair, and the relation of a third operand is
//!   required of the `Then<..>` of the first two. So if several axes differ, only one error is
//!   reported.
//! - *Waiting.* The compiler may check a relation before it has inferred one of the types in it. If
//!   that type is `Self`, the compiler waits. If it is a parameter, the compiler picks an impl
//!   (E0271), recurses until it overflows, or prints `_`. So `Self` is the type that may be
//!   inferred last: the right operand in `JoinList` and `MatMul`, the new shape in `ReshapesFrom`,
//!   the shape of the right operand in `Updates` of the in-place operators, and in relations that
//!   take an axis the type that says how an argument names it (by number, by name, or several in a
//!   tuple).
//! - *Leaf or root.* If root and leaf have the same `Self` type, the compiler prints the message of
//!   the root instead of that of the leaf. So leaves have another `Self` than roots.
//! - *One candidate.* If exactly one impl could apply, the compiler reports which of its bounds
//!   fails. If several impls or none could apply, it reports that the trait itself is not
//!   implemented. So relations are written such that one impl can apply, which the kind of the
//!   argument selects. If an impl is generic over every type, and the bound that fails would be an
//!   internal trait, a second impl is added that never applies, because no type meets its bounds
//!   (the impl of `PositionOnce` for `Gone`, a marked axis). Of two candidates the compiler reports
//!   the trait itself.
//! - *`do_not_recommend`* on an impl hides the impl from "the following other types implement", and
//!   makes the compiler report the trait itself instead of the bound that fails. The attribute is
//!   on the impls that list which pairs of axes broadcast, and on those for elements, axes and
//!   storages. It is not on impls that require a leaf, because it would hide the leaf's message.
//!   For some relations (`CanLose`, `AllNamed`) the compiler would list internal types in spite of
//!   the attribute. These are implemented for whole shapes and not for lists of axes, because then
//!   the types that the compiler lists are shapes.
//! - *Bounds on tuples.* If a `where` clause bounds a tuple as a whole, as in `(N, C):
//!   StaticShape`, the compiler knows only this bound of the tuple, so it can prove no relation of
//!   the tuple's list. The message for unknown axes is on `JoinList`, which has an impl for every
//!   pair of lists whose axes are known, and on `KnownAxes`, which the other relations require
//!   first.
//! - *Return types.* If the return type of a method contains an associated type of a relation that
//!   fails, the error of the method's `where` clause is reported again while a parameter is still
//!   inferred. So in reductions, `expand_dims`, `squeeze`, `permute_dims`, `slice` and `concat` the
//!   resulting shape is a type parameter, which the `where` clause determines (`Removed = S`).
//!
//! Traits that have a single axis among their parameters cannot be named outside the crate: a crate
//! with a named length of its own could otherwise implement `JoinFirst<Mine, ..> for Dim<3>`, and
//! so claim a match that does not hold. For the same reason, traits that have a call's argument as
//! a parameter cannot be named outside the crate. The other traits are re-exported with
//! `#[doc(hidden)]`, so that messages print them without a path.

/// Defines `Beyond` and `beyond` in the impl of a leaf for one axis or pair of axes: always `List`,
/// the list of the axes that come before that axis or pair in the shape, but the compiler can
/// resolve the type only if the leaf holds.
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

/// Defines `Then` and `then` in the impl of a relation: always `Result`, the resulting shape, but
/// the compiler can resolve the type only if the relation holds.
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
