//! Every shape of some ranks over some axes, as types.

use std::any::{TypeId, type_name};
use std::fmt;

use shapewright::{Dim, StaticShape};

/// Calls `$then! { $args [shape shape ..] }` with every shape of the ranks over the axes.
///
/// They come rank by rank, and within a rank in the order of the axes, where the last axis changes
/// first, in the numbering of `make_table.py`.
///
/// ```text
/// every_shape! { then [args] of ranks 0 1 2 over [Dim<0>] [One] }
/// then! { [args] [() (Dim<0>,) (One,)
///     (Dim<0>, Dim<0>,) (Dim<0>, One,) (One, Dim<0>,) (One, One,)] }
/// ```
#[macro_export]
macro_rules! every_shape {
    ($then:ident $args:tt of ranks 0 $($rank:literal)* over $([$axis:ty])*) => {
        $crate::every_shape! { @rank $then $args [] [()] [$($rank)*] [$([$axis])*] }
    };
    // One rank more: the shapes of the previous rank are done, and those of the next are made from
    // them.
    (@rank $then:ident $args:tt [$($done:tt)*] [$($last:tt)*] [$rank:literal $($more:literal)*] $axes:tt) => {
        $crate::every_shape! { @axis $then $args [$($done)* $($last)*] [$($last)*] [] [$($more)*] $axes $axes }
    };
    (@rank $then:ident $args:tt [$($done:tt)*] [$($last:tt)*] [] $axes:tt) => {
        $crate::$then! { $args [$($done)* $($last)*] }
    };
    // Each axis in turn goes before each shape of the previous rank.
    (@axis $then:ident $args:tt $done:tt [$(($($last:tt)*))*] [$($longer:tt)*] $more:tt [[$axis:ty] $($left:tt)*] $axes:tt) => {
        $crate::every_shape! {
            @axis $then $args $done [$(($($last)*))*] [$($longer)* $(($axis, $($last)*))*] $more [$($left)*] $axes
        }
    };
    (@axis $then:ident $args:tt $done:tt $last:tt $longer:tt $more:tt [] $axes:tt) => {
        $crate::every_shape! { @rank $then $args $done $longer $more $axes }
    };
}

/// The length 0. These are names because a number in a type costs the compiler more than a name,
/// and there are many of them.
pub type Zero = Dim<0>;
/// The length 2.
pub type Two = Dim<2>;
/// The length 3.
pub type Three = Dim<3>;

/// The 341 shapes of rank 0 to 4 over the lengths 0, 1, 2, 3, for
/// [`every_shape!`](crate::every_shape!)'s `$then`.
#[macro_export]
macro_rules! shapes_of_the_table {
    ($then:ident $args:tt) => {
        $crate::every_shape! {
            $then $args of ranks 0 1 2 3 4
            over [$crate::shapes::Zero] [::shapewright::One] [$crate::shapes::Two] [$crate::shapes::Three]
        }
    };
}

/// The shapes as values, for [`every_shape!`](crate::every_shape!)'s `$then`.
#[macro_export]
macro_rules! shape_types {
    ([] [$($shape:tt)*]) => {
        [$($crate::shapes::shape_type::<$shape>()),*]
    };
}

/// A shape's type as a value: equal only for the same type, so that `(One,)` is not `(Dim<1>,)`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ShapeType {
    id: TypeId,
    name: &'static str,
    lengths: Vec<usize>,
}

/// The type `S` as a value.
#[must_use]
pub fn shape_type<S: StaticShape>() -> ShapeType {
    ShapeType {
        id: TypeId::of::<S>(),
        name: type_name::<S>(),
        lengths: S::VALUE.lengths().as_ref().to_vec(),
    }
}

impl ShapeType {
    /// The lengths of the shape.
    #[must_use]
    pub fn lengths(&self) -> &[usize] {
        &self.lengths
    }
}

impl fmt::Debug for ShapeType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name.replace("shapewright::shape::dim::", ""))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use shapewright::{Dim, One};

    use super::*;

    #[test]
    fn rank_by_rank_the_last_axis_first_to_change() {
        let shapes = crate::every_shape! { shape_types [] of ranks 0 1 2 over [Dim<0>] [One] };
        let written: [ShapeType; 7] = [
            shape_type::<()>(),
            shape_type::<(Dim<0>,)>(),
            shape_type::<(One,)>(),
            shape_type::<(Dim<0>, Dim<0>)>(),
            shape_type::<(Dim<0>, One)>(),
            shape_type::<(One, Dim<0>)>(),
            shape_type::<(One, One)>(),
        ];
        assert_eq!(shapes, written);
    }

    #[test]
    fn as_numpy_numbers_them() {
        let shapes = crate::shapes_of_the_table! { shape_types [] };
        assert_eq!(shapes.iter().collect::<HashSet<_>>().len(), 341);
        assert!(shapes.iter().map(ShapeType::lengths).eq(crate::numpy::shapes()));
    }

    #[test]
    fn a_length_of_one_is_no_one() {
        assert_ne!(shape_type::<(Dim<1>,)>(), shape_type::<(One,)>());
        assert_eq!(format!("{:?}", shape_type::<(Dim<1>, One)>()), "(Dim<1>, One)");
    }
}
