use shapewright::shape;

fn zeros() {
    let _ = shape![99999999999999999999];
}

fn main() {}
