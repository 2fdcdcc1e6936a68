use shapewright::tensor;

fn nested() {
    let _ = tensor![[[[[[[[[1.0]]]]]]]]];
}

fn main() {}
