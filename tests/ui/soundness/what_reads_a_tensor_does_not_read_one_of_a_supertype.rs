use shapewright::{Array, Expr};
use shapewright_tests::subtypes::{Sub, Super};

type Reading<C> = <&'static Array<f32, (C,)> as Expr>::Source<'static>;

fn pass_off(x: Reading<Sub>) -> Reading<Super> {
    x
}

fn main() {}
