//! The search for an axis in a list, from the last axis outwards.
//!
//! An impl for the last axis holds where that axis is the one that is named; [`Further`] searches
//! the rest of the list. Which impl holds is the inferred parameter `How`:
//!
//! - [`ByEnd`]: the position of the last axis, counted from the end, is `I`.
//! - [`ByStart`]: as many axes come before it as `I` says.
//! - [`ByName`]: it is the named type, marked or not.

use super::{ByEnd, ByName, ByStart, FindName, FindPosition, Further, Gone};
use crate::shape::{FromEnd, Length, Outward, Rank, Ranked};

#[diagnostic::do_not_recommend]
impl<L: Ranked, A: Copy, const I: isize, S> FindPosition<I, ByEnd, FromEnd<I>, S> for (L, A)
where
    FromEnd<I>: Outward,
{
    type Found = A;
    type Marked = (L, Gone<A>);
    const INDEX: usize = <FromEnd<I> as Outward>::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn find(self) -> (A, (L, Gone<A>)) {
        (self.1, (self.0, Gone(self.1)))
    }
}
#[diagnostic::do_not_recommend]
impl<L: Ranked<Rank = Rank<I>>, A: Copy, const I: isize, P: Outward, S>
    FindPosition<I, ByStart, P, S> for (L, A)
{
    type Found = A;
    type Marked = (L, Gone<A>);
    const INDEX: usize = P::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn find(self) -> (A, (L, Gone<A>)) {
        (self.1, (self.0, Gone(self.1)))
    }
}
#[diagnostic::do_not_recommend]
impl<L, A, const I: isize, How, P: Outward, S> FindPosition<I, Further<How>, P, S> for (L, A)
where
    L: FindPosition<I, How, P::Next, S>,
{
    type Found = L::Found;
    type Marked = (L::Marked, A);
    const INDEX: usize = L::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn find(self) -> (L::Found, (L::Marked, A)) {
        let (found, marked) = self.0.find();
        (found, (marked, self.1))
    }
}
#[diagnostic::do_not_recommend]
impl<L: Ranked, Name: Length, P: Outward, S> FindName<Name, ByName, P, S> for (L, Name) {
    type Found = Name;
    type Marked = (L, Gone<Name>);
    type Then<X> = X;
    const INDEX: usize = P::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn find(self) -> (Name, (L, Gone<Name>)) {
        (self.1, (self.0, Gone(self.1)))
    }
}
#[diagnostic::do_not_recommend]
impl<L: Ranked, Name: Length, P: Outward, S> FindName<Name, ByName, P, S> for (L, Gone<Name>) {
    type Found = Gone<Name>;
    type Marked = Self;
    type Then<X> = X;
    const INDEX: usize = P::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn find(self) -> (Gone<Name>, Self) {
        (self.1, self)
    }
}
#[diagnostic::do_not_recommend]
impl<L, A, Name, How, P: Outward, S> FindName<Name, Further<How>, P, S> for (L, A)
where
    L: FindName<Name, How, P::Next, S>,
{
    type Found = L::Found;
    type Marked = (L::Marked, A);
    type Then<X> = L::Then<X>;
    const INDEX: usize = L::INDEX;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn find(self) -> (L::Found, (L::Marked, A)) {
        let (found, marked) = self.0.find();
        (found, (marked, self.1))
    }
}
