use shapewright::{Tensor, shape};

fn main() {
    let _zeros = Tensor::<f32, shape![4294967296, 4294967296]>::zeros();
}
