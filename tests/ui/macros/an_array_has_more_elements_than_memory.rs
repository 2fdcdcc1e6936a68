use shapewright::array;

fn zeros() {
    let _ = array![[[0u8; 4294967296]; 4294967296]];
}

fn main() {}
