//! Constants that say whether the compiler accepts an operator between two shapes, and the shape of
//! the result.
//!
//! If an inherent impl and a trait have an associated constant of the same name, the compiler uses
//! the inherent one if its bounds hold, and otherwise the trait's. So a refusal is [`Refused`]'s
//! `None`, and not a compile error. This works for concrete shapes only, so a macro writes out the
//! answers for a row of shapes.

use std::marker::PhantomData;
use std::ops::{Sub, SubAssign};

use shapewright::{Expr, Lazy, StaticShape, Stretch, Tensor};

use crate::shapes::{ShapeType, shape_type};

/// The shape of the result, or `None` if the compiler refuses.
pub type Answer = Option<fn() -> ShapeType>;

/// The question about a left shape and a right shape: `<Ask<L, R>>::STRETCH`, with [`Refused`] in
/// scope.
#[derive(Debug)]
pub struct Ask<L, R>(PhantomData<(L, R)>);

/// The answers if the compiler refuses.
pub trait Refused {
    /// For `a.stretch() - &b`.
    const STRETCH: Answer = None;
    /// For `&a - &b`.
    const OPERATOR: Answer = None;
    /// For `a -= &b`.
    const IN_PLACE: Answer = None;
}
impl<L, R> Refused for Ask<L, R> {}

type Operand<S> = &'static Tensor<f32, S>;

impl<L: StaticShape, R: StaticShape, E: Expr<Shape: StaticShape>> Ask<L, R>
where
    Stretch<Operand<L>>: Sub<Operand<R>, Output = Lazy<E>>,
{
    /// The shape of `a.stretch() - &b`.
    pub const STRETCH: Answer = Some(shape_type::<E::Shape>);
}

impl<L: StaticShape, R: StaticShape, E: Expr<Shape: StaticShape>> Ask<L, R>
where
    Operand<L>: Sub<Operand<R>, Output = Lazy<E>>,
{
    /// The shape of `&a - &b`.
    pub const OPERATOR: Answer = Some(shape_type::<E::Shape>);
}

impl<L: StaticShape, R: StaticShape> Ask<L, R>
where
    Tensor<f32, L>: SubAssign<Operand<R>>,
{
    /// The shape of `a` after `a -= &b`.
    pub const IN_PLACE: Answer = Some(shape_type::<L>);
}

#[cfg(test)]
mod tests {
    use shapewright::{Dim, One};

    use super::*;

    #[test]
    fn answers() {
        let given = |answer: Answer| answer.map(|shape| shape());
        let both = shape_type::<(Dim<3>, Dim<2>)>();
        // (3, 1) with (2,): both stretch.
        assert_eq!(given(<Ask<(Dim<3>, One), (Dim<2>,)>>::STRETCH), Some(both.clone()));
        assert_eq!(given(<Ask<(Dim<3>, One), (Dim<2>,)>>::OPERATOR), None);
        assert_eq!(given(<Ask<(Dim<3>, One), (Dim<2>,)>>::IN_PLACE), None);
        // (2,) with (3, 2): the left side stretches, and may not if it is the destination.
        assert_eq!(given(<Ask<(Dim<2>,), (Dim<3>, Dim<2>)>>::STRETCH), Some(both.clone()));
        assert_eq!(given(<Ask<(Dim<2>,), (Dim<3>, Dim<2>)>>::OPERATOR), Some(both.clone()));
        assert_eq!(given(<Ask<(Dim<2>,), (Dim<3>, Dim<2>)>>::IN_PLACE), None);
        // (3, 2) with (2,): the right side stretches.
        assert_eq!(given(<Ask<(Dim<3>, Dim<2>), (Dim<2>,)>>::IN_PLACE), Some(both));
        // (2,) with (3,): refused everywhere.
        assert_eq!(given(<Ask<(Dim<2>,), (Dim<3>,)>>::STRETCH), None);
        assert_eq!(given(<Ask<(Dim<2>,), (Dim<3>,)>>::OPERATOR), None);
        assert_eq!(given(<Ask<(Dim<2>,), (Dim<3>,)>>::IN_PLACE), None);
    }
}
