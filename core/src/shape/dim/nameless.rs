//! The name of run-time lengths that have none.

use super::{NamedLength, RunTime};

/// The name of an axis without a name: `Dyn` alone is `Dyn<Nameless>`.
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
