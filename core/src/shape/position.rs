//! Positions as types: counted from the last axis (-1, -2, ..) and ranks (0, 1, ..). Messages print them as numbers.

/// The axis `I` as counted from the end: -1 is the last.
#[derive(Clone, Copy, Debug)]
pub struct FromEnd<const I: isize>;

/// The next axis towards the first.
pub trait Outward {
    /// `FromEnd<-2>` for `FromEnd<-1>`.
    type Next: Outward;
    /// The position as an index: 0 for the last axis.
    const INDEX: usize;
}

/// The last axis.
pub type Last = FromEnd<-1>;
/// The next axis towards the first.
pub type NextOf<const I: isize> = <FromEnd<I> as Outward>::Next;

/// The number of axes of a list.
#[derive(Clone, Copy, Debug)]
pub struct Rank<const R: isize>;

/// The rank of a list with one more axis.
pub trait Succ {
    /// `Rank<1>` for `Rank<0>`.
    type Next: Succ;
}

/// A list that knows its rank; it may hold anything, axes marked as gone too.
pub trait Ranked {
    /// `Rank<R>`.
    type Rank: Succ;
}
impl Ranked for () {
    type Rank = Rank<0>;
}
impl<L: Ranked, A> Ranked for (L, A) {
    type Rank = <L::Rank as Succ>::Next;
}

macro_rules! chain {
    ($($i:literal -> $next:literal, $rank:literal -> $succ:literal;)*) => {$(
        impl Outward for FromEnd<$i> {
            type Next = FromEnd<$next>;
            const INDEX: usize = (-1 - ($i as isize)) as usize;
        }
        impl Succ for Rank<$rank> {
            type Next = Rank<$succ>;
        }
    )*};
}
// The last step of each stays where it is: no shape has that many axes.
chain! {
    -1 -> -2, 0 -> 1; -2 -> -3, 1 -> 2; -3 -> -4, 2 -> 3; -4 -> -5, 3 -> 4; -5 -> -6, 4 -> 5; -6 -> -7, 5 -> 6;
    -7 -> -8, 6 -> 7; -8 -> -9, 7 -> 8; -9 -> -9, 8 -> 9; -10 -> -10, 9 -> 9;
}
