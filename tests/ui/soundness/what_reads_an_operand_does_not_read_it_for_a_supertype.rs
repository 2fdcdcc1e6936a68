use shapewright::Expr;
use shapewright::node::{Added, Mapped, Negated, Scalar, Zipped};
use shapewright_tests::subtypes::{Sub, Super};

// The operands are of the shape `()`, so that they are computed before the loop.
type Operand = Mapped<Negated, Scalar<f32>>;
type Reading<C> = <Zipped<(C,), f32, Added, Operand, Operand> as Expr>::Source<'static>;

fn pass_off(x: Reading<Sub>) -> Reading<Super> {
    x
}

fn main() {}
