//! The search for an axis in a list, from the last axis outwards.
//!
//! The parameter `How`, which the compiler infers, selects the impl. The impls for [`Further`]
//! search the list without its last axis. The other impls apply if the last axis of the list is the
//! named axis:
//!
//! - [`ByEnd`]: the last axis is at position `I`, counted from the end (-1 is the last axis of the
//!   shape).
//! - [`ByStart`]: the last axis is at position `I`, counted from the start, so `I` axes come before
//!   it.
//! - [`ByName`]: the last axis is `Name` or `Gone<Name>`, where `Name` is the named type.

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
