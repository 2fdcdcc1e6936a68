use shapewright::tensor;

fn zeros() {
    let _ = tensor![0.0; 2.5];
}

fn main() {}
