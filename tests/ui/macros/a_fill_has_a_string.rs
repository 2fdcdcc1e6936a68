use shapewright::array;

fn names() {
    let _ = array!["a"; 3];
}

fn main() {}
