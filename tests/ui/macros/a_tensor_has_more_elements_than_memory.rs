use shapewright::tensor;

fn zeros() {
    let _ = tensor![0.0; 4294967296, 3, 4294967296];
}

fn main() {}
