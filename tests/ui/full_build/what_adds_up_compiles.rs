use shapewright::prelude::*;
use shapewright::{Dim, Tensor, shape};

fn main() {
    let x = Tensor::<f32, shape![1797, 64]>::ones();
    assert_eq!(x.reshape_to(shape![1797, 8, 8]).sum(), 115008.0);
    assert_eq!(x.flatten_to(Dim::<115008>).sum(), 115008.0);
    assert_eq!(x.concat_to(&x, Axis::<0>, Dim::<3594>).sum(), 230016.0);
    assert_eq!(x.slice(Axis::<1>, Span::<61, 3>).sum(), 5391.0);
    assert_eq!(x.slice(Axis::<1>, Span::<0, 22, 3>).sum(), 39534.0);
    assert_eq!(x.windows_to(Axis::<0>, Window::<1000, 3>, Dim::<266>).sum(), 17024000.0);
    assert_eq!(x.windows_to(Axis::<0>, Window::<2, 1, 7>, Dim::<1790>).sum(), 229120.0);
    assert_eq!(x.pad_to(Axis::<0>, Pad::<3, 200>, 1.0, Dim::<2000>).sum(), 128000.0);
    assert_eq!(x.min(), 1.0);
    assert_eq!(x.max_axis(Axis::<1>).sum(), 1797.0);
}
