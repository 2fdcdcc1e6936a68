use shapewright::{assert_refuses, shape};

fn main() {
    assert_refuses!(matmul shape![32, 784], shape![784, 10]);
}
