use shapewright::{StaticLength, TensorView, include_npy};

pub fn mean<N: StaticLength>() -> TensorView<'static, f32, (N,)> {
    include_npy!("stats.npy")
}

fn main() {}
