use shapewright::prelude::*;

dim!(pub Channels = 3);

fn main() {
    let _: Array<f32, shape![Channels]> = array![1.0, 2.0];
}
