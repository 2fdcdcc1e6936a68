//! `include_npy!` where the crate has another name, and names of the user's own stand in the way.
//! Without any prelude it does not work: there the compiler does not know the attribute by which
//! the macro says what it has found.

use ::renamed::prelude::*;

// Names that an expansion must not capture.
#[allow(dead_code, reason = "they are there to be in the way")]
mod in_the_way {
    pub(crate) struct Aligned;
    pub(crate) struct Dim;
    pub(crate) struct File;
    pub(crate) struct Stated;
    pub(crate) struct Tensor;
    pub(crate) const DATA: u8 = 0;
    pub(crate) const TENSORS: u8 = 0;
    pub(crate) trait Guess {
        fn guess(&self) {}
    }
    impl<T> Guess for T {}
    pub(crate) trait Holds {
        fn holds() {}
    }
    pub(crate) trait Sized {}
    pub(crate) mod core {}
    pub(crate) mod shapewright {}
}
#[allow(unused_imports, reason = "they are there to be in the way")]
use in_the_way::{
    Aligned, DATA, Dim, File, Guess, Holds, Sized, Stated, TENSORS, Tensor, core, shapewright,
};

::renamed::dim!(pub(crate) Features = 3);

static SCALE: ::renamed::Tensor<f32, shape![Features], ::renamed::Flash> =
    ::renamed::include_npy!("../included/old.npy");
const CONVERTED: TensorView<'static, f32, shape![2, Features]> =
    ::renamed::include_npy!("../included/f16_big.npy" as f32);

#[test]
fn a_file_is_included() {
    let stated = 3.0;
    assert_eq!(SCALE.sum(), 2.0 * stated);
    assert_eq!(CONVERTED[[0, 0]], 1.5);
    assert_eq!(::renamed::include_npy!("../included/old.npy").sum(), 6.0);
}
