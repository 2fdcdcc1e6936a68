//! Positions as types, counted from the last axis (-1, -2, ..), and ranks as types (0, 1, ..).
//! Error messages print the numbers in these types.

/// The position `I`, counted from the end: -1 is the last axis.
#[derive(Clone, Copy, Debug)]
pub struct FromEnd<const I: isize>;

/// A position, from which the next position outwards (towards the first axis) can be computed.
pub trait Outward {
    /// The next position outwards: `FromEnd<-2>` for `FromEnd<-1>`.
    type Next: Outward;
    /// The position as a number (0 is the last axis).
    const INDEX: usize;
}

/// The position of the last axis.
pub type Last = FromEnd<-1>;
/// The next position outwards from `I` (towards the first axis): -2 for -1.
pub type NextOf<const I: isize> = <FromEnd<I> as Outward>::Next;

/// The number of axes of a list, as a type.
#[derive(Clone, Copy, Debug)]
pub struct Rank<const R: isize>;

/// A rank, from which the rank of a list with one more axis can be computed.
pub trait Succ {
    /// The rank of a list with one more axis: `Rank<1>` for `Rank<0>`.
    type Next: Succ;
}

/// A list whose rank the compiler can compute. The entries of the list may be of any type, such as
/// axes that are marked as `Gone`.
pub trait Ranked {
    /// The number of axes, as the type `Rank<R>`.
    type Rank: Succ;
}
impl Ranked for () {
    type Rank = Rank<0>;
}
impl<L: Ranked, A> Ranked for (L, A) {
    type Rank = <L::Rank as Succ>::Next;
}

// The recursion ends here: the outermost position and the greatest rank are each their own `Next`,
// because no shape has so many axes. The macro `ranks!` writes the other impls.
impl Outward for FromEnd<-10> {
    type Next = Self;
    const INDEX: usize = 9;
}
impl Succ for Rank<9> {
    type Next = Self;
}
