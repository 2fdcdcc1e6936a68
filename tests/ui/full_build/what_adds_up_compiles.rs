use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn main() {
    let x = Tensor::<f32, shape![1797, 64]>::ones();
    assert_eq!(x.reshape_to(shape![1797, 8, 8]).sum(), 115008.0);
    assert_eq!(x.flatten_to(Dim::<115008>).sum(), 115008.0);
    assert_eq!(x.concat_to(&x, Axis::<0>, Dim::<3594>).sum(), 230016.0);
    assert_eq!(x.slice(Axis::<1>, Span::<61, 3>).sum(), 5391.0);
    assert_eq!(x.slice(Axis::<1>, Span::<0, 22, 3>).sum(), 39534.0);
    assert_eq!(x.min(), 1.0);
    assert_eq!(x.max_axis(Axis::<1>).sum(), 1797.0);
}
