//! `broadcast_shapes`, the rule at run time, returns NumPy's results.

use shapewright::broadcast_shapes;
use shapewright_rule::numpy::{Pairs, lists, shapes};

#[test]
fn every_pair() {
    let (shapes, pairs) = (shapes(), Pairs::read());
    for (a, left) in shapes.iter().enumerate() {
        for (b, right) in shapes.iter().enumerate() {
            let expected = pairs.joined(a, b).map(|joined| &shapes[joined][..]);
            let found = broadcast_shapes(&[left, right]);
            assert_eq!(found.as_deref().ok(), expected, "{left:?} with {right:?}");
        }
    }
}

#[test]
fn lists_of_three_to_five() {
    for (list, expected) in lists() {
        let list: Vec<&[usize]> = list.iter().map(Vec::as_slice).collect();
        let found = broadcast_shapes(&list);
        assert_eq!(found.as_deref().ok(), expected.as_deref(), "{list:?}");
    }
}
