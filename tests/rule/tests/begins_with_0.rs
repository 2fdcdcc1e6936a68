//! The left shapes that begin with `Dim<0>`, with every right shape.

use shapewright::Dim;

shapewright_rule::as_numpy_where_left_begins_with! { Dim<0> }
