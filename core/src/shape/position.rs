//! Positions as types, counted from the last axis (-1, -2, ..), and ranks (0, 1, ..). Messages
//! print them as numbers.

/// The position `I`, counted from the end: -1 is the last axis.
#[derive(Clone, Copy, Debug)]
pub struct FromEnd<const I: isize>;

/// A position that has a next one outwards, towards the first axis.
pub trait Outward {
    /// `FromEnd<-2>` for `FromEnd<-1>`.
    type Next: Outward;
    /// The position as an index: 0 for the last axis.
    const INDEX: usize;
}

/// The last axis.
pub type Last = FromEnd<-1>;
/// The next axis outwards, towards the first.
pub type NextOf<const I: isize> = <FromEnd<I> as Outward>::Next;

/// The number of axes of a list.
#[derive(Clone, Copy, Debug)]
pub struct Rank<const R: isize>;

/// A rank that has a next one, of a list with one more axis.
pub trait Succ {
    /// `Rank<1>` for `Rank<0>`.
    type Next: Succ;
}

/// A list whose rank is known. It may hold anything, such as axes marked as gone.
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

// The last position and the last rank are their own next: no shape has so many axes. `ranks!`
// stamps the others.
impl Outward for FromEnd<-10> {
    type Next = Self;
    const INDEX: usize = 9;
}
impl Succ for Rank<9> {
    type Next = Self;
}
