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

// The last step of each stays where it is: no shape has that many axes. The others are stamped by `ranks!`.
impl Outward for FromEnd<-10> {
    type Next = Self;
    const INDEX: usize = 9;
}
impl Succ for Rank<9> {
    type Next = Self;
}
