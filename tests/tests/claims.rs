//! Claims that hold, for each kind of axis. The test is that this file compiles.

use shapewright::{Dim, Dyn, One, assert_broadcasts, assert_refuses, dim, shape};

dim!(Batch, Other, Rows = 3, Features = 3);

assert_broadcasts!(shape![1000, 256], shape![256] => shape![1000, 256]);
assert_broadcasts!(shape![256], shape![1000, 256] => shape![1000, 256]);
assert_broadcasts!(shape![4, 1], shape![] => shape![4, 1]);
assert_broadcasts!(shape![?Batch, Features], (One, Features) => (Dyn<Batch>, Features));
assert_broadcasts!(shape![?, 3], shape![?, 1] => shape![?, 3]);
assert_broadcasts!(assign shape![?Batch, Features], shape![Features]);
assert_broadcasts!(matmul shape![?Batch, 784], shape![784, 10] => shape![?Batch, 10]);
assert_broadcasts!(matmul shape![784], shape![784] => shape![]);

assert_refuses!(shape![1000, 256], shape![1000]);
assert_refuses!(shape![1000], shape![1000, 1]);
assert_refuses!(shape![8, 1, 6], shape![7, 1]);
assert_refuses!(shape![Rows], shape![Features]);
assert_refuses!(shape![Rows], shape![3]);
assert_refuses!(shape![?Batch], shape![?Other]);
assert_refuses!(shape![?Batch], shape![?]);
assert_refuses!(shape![3, { 1 }], shape![3, 3]);
assert_refuses!((Dim<1>,), (Dim<2>,));
assert_refuses!(matmul shape![3, 1], shape![3, 4]);
assert_refuses!(assign shape![1, 3], shape![2, 3]);

#[test]
fn claims_stand_in_functions() {
    assert_refuses!(shape![2], shape![3],);
    assert_broadcasts!(shape![2], shape![2] => shape![2],);
}
