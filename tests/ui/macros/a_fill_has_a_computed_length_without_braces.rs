use shapewright::array;

const CHANNELS: usize = 3;

fn zeros() {
    let _ = array![0.0; 2 * CHANNELS];
}

fn main() {}
