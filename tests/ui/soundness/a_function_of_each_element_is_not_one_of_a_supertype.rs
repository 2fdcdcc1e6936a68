use shapewright::Tensor;
use shapewright::node::{Mapped, Owned};
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off<Op>(
    x: Mapped<Op, Owned<Tensor<f32, (Sub,)>>>,
) -> Mapped<Op, Owned<Tensor<f32, (Super,)>>> {
    x
}

fn main() {}
