use shapewright::Tensor;
use shapewright_tests::subtypes::Of;

type Alike = Of<for<'a> fn(&'a (), &'a ())>;
type Apart = Of<for<'a, 'b> fn(&'a (), &'b ())>;

fn pass_off(x: Tensor<f32, (Alike,)>) -> Tensor<f32, (Apart,)> {
    x
}

fn main() {}
