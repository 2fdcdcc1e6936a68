//! A sample that is always tested: 21 left shapes with each of the 341 right shapes. Each of the
//! four axes occurs at every position of every rank in some left shape.
//!
//! With the feature `every-pair` the left shapes are all 341: `()` here, and the others in
//! `begins_with_*.rs`.

mod left_shapes_21_of_341 {
    use shapewright::{Dim, One};

    shapewright_rule::as_numpy! {
        ()
        (Dim<0>,) (One,) (Dim<2>,) (Dim<3>,)
        (Dim<0>, One) (One, Dim<2>) (Dim<2>, Dim<3>) (Dim<3>, Dim<0>)
        (Dim<0>, Dim<3>, Dim<2>) (One, Dim<0>, Dim<3>) (Dim<2>, One, One) (Dim<3>, Dim<2>, Dim<0>)
        (Dim<0>, Dim<2>, One, Dim<3>) (One, One, Dim<3>, Dim<0>) (Dim<2>, Dim<0>, Dim<2>, One) (Dim<3>, Dim<3>, Dim<0>, Dim<2>)
        (One, Dim<3>, One, Dim<2>) (Dim<2>, One, Dim<3>, One) (One, One, One, One) (Dim<3>, Dim<2>, Dim<3>, Dim<2>)
    }
}

#[cfg(not(feature = "every-pair"))]
#[test]
#[ignore = "takes minutes: cargo test -p shapewright-rule --features every-pair"]
fn left_shapes_the_other_320_of_341() {
    panic!(
        "they are in tests/begins_with_*.rs, which are not compiled without the feature every-pair"
    );
}
