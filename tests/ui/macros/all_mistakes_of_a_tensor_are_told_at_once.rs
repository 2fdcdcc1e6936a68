use shapewright::tensor;

fn weights() {
    let _ = tensor![[0.1, 2], [0.3], [0.4, [0.5]], 0.6, ["a", 0.7]];
}

fn main() {}
