use shapewright::tensor;

fn names() {
    let _ = tensor![0.5, "b"];
}

fn main() {}
