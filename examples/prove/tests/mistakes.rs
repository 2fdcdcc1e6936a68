//! Proves that these mistakes of the pipeline do not compile: each file of `mistakes` is one, with
//! the compiler's message in the file next to it.

use shapewright::{Tensor, prelude::*, shape};
use shapewright_prove::{Channels, Classes, Data, classes, standardised};

#[test]
fn mistakes_do_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/mistakes/*.rs");
}

#[test]
fn what_is_right_does() {
    let x: Data = (0..100).map(|i| std::array::from_fn(|c| (i * (c + 3) % 17) as f32)).collect();
    let y = standardised(&x);
    assert!(y.mean().abs() < 1e-6);
    let weights = Tensor::<f32, shape![Channels, Classes]>::from_fn(|[channel, class]| {
        if channel % 3 == class { 1.0 } else { 0.0 }
    });
    let found = classes(&y, &weights, &Tensor::zeros());
    assert!(found.iter().all(|&class| class < 3));
}
