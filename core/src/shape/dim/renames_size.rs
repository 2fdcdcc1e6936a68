//! Which sizes an axis may have that takes the place of an axis of another type.
//!
//! The relation is one of sizes, and not of axes, so that each size can say by an associated type
//! (`sealed::Size::Renamed`) that it holds between the size and itself. From this the compiler knows
//! that a generic axis `N` can stay `N`.

use super::{RunTime, Static};

/// Declares a trait of a size for the renaming of an axis `Old` to an axis `New` at the position
/// `AXIS` of the whole shapes `From` and `To`, which are for the message.
macro_rules! may_have_another_length {
    ($(#[$doc:meta])* trait $name:ident<$($size:ident,)? ..> $items:tt) => {
        $(#[$doc])*
        #[diagnostic::on_unimplemented(
            message = "cannot rename `{From}` to `{To}`: axis {AXIS} is {Old}, which may have another length than {New}",
            label = "axis {AXIS}: `{Old}` may have another length than `{New}`",
            note = "what is known at run time is compared by `.try_with_shape::<shape![32, 784]>()`, which returns an error where it differs",
            note = "more in the docs: `shapewright::reading_a_shape_error`, \"Lengths\""
        )]
        pub trait $name<$($size,)? Old, New, From, To, const AXIS: isize> $items
    };
}
may_have_another_length! {
    /// An axis of the size `Size` can be renamed to an axis of the size `Self`: `Self` is the size
    /// of a run-time length, or the two sizes are the same.
    trait RenamesSize<Size, ..> {}
}
may_have_another_length! {
    /// `Self` is the size of a static length.
    trait StaticSize<..> {
        /// Always `Self`.
        type Size;
    }
}

#[diagnostic::do_not_recommend]
impl<Size, Old, New, From, To, const AXIS: isize> RenamesSize<Size, Old, New, From, To, AXIS>
    for RunTime
{
}
impl<const LEN: usize, const NEW: usize, Size, Old, New, From, To, const AXIS: isize>
    RenamesSize<Size, Old, New, From, To, AXIS> for Static<NEW>
where
    Size: StaticSize<Old, New, From, To, AXIS, Size = Static<LEN>>,
    Old: SameLength<New, From, To, LEN, NEW, AXIS>,
{
}
#[diagnostic::do_not_recommend]
impl<const LEN: usize, Old, New, From, To, const AXIS: isize> StaticSize<Old, New, From, To, AXIS>
    for Static<LEN>
{
    type Size = Self;
}

/// The lengths `LEN`, of the axis `Self`, and `NEW`, of the axis `New`, are the same.
#[diagnostic::on_unimplemented(
    message = "cannot rename `{From}` to `{To}`: axis {AXIS} is {Self}, which has another length than {New}: {LEN}, not {NEW}",
    label = "axis {AXIS}: `{Self}` has the length {LEN}, `{New}` the length {NEW}",
    note = "the lengths stay the same, and so does the number of axes; another shape of as many elements is `.reshape(shape)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Lengths\""
)]
pub trait SameLength<New, From, To, const LEN: usize, const NEW: usize, const AXIS: isize> {}
#[diagnostic::do_not_recommend]
impl<Old, New, From, To, const LEN: usize, const AXIS: isize>
    SameLength<New, From, To, LEN, LEN, AXIS> for Old
{
}
