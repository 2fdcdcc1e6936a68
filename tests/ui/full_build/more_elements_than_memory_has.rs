use shapewright::{Tensor, shape};

const FAR: usize = 1 << 32;

fn main() {
    let _zeros = Tensor::<f32, shape![{ FAR }, { FAR }]>::zeros();
}
