use shapewright::array;

fn letters() {
    let _ = array!['a', 3];
}

fn main() {}
