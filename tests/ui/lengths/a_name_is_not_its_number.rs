use shapewright::{Dim, dim};

dim!(Batch = 32);

fn attend(_: Batch) {}

fn run() {
    attend(Dim::<32>);
}

fn main() {}
