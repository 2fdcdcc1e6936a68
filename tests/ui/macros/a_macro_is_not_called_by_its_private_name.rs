use shapewright::__private as macros;

fn weights() {
    let _ = macros::tensor![0.1, 0.2];
}

fn main() {}
