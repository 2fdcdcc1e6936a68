use shapewright::{Tensor, prelude::*};

fn main() {
    let mut x = Tensor::<f32, shape![3]>::zeros();
    x.slice_mut(Axis::<0>, Span::<1, 2, 0>).assign(1.0);
}
