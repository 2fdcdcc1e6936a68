//! The left shapes that begin with `One`, with every right shape.

use shapewright::One;

shapewright_rule::as_numpy_where_left_begins_with! { One }
