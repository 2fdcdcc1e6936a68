//! The type that stands in the place of a name in run-time lengths that have no name.

use super::{NamedLength, RunTime};

/// Stands for the name of a run-time length that has no name: `Dyn` alone is `Dyn<Nameless>`.
///
/// ```
/// use shapewright::{Dyn, shape};
/// let _: shape![?, 784] = (Dyn::of(32), shapewright::Dim);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Nameless;
#[diagnostic::do_not_recommend]
impl NamedLength for Nameless {
    type Size = RunTime;
    type Bits = ();
    const NAME: &'static str = "";
    const VALUE: Self = Nameless;
}
