use shapewright::dim;

dim!(Batch = 32, Heads = 32);

fn attend(_: Batch) {}

fn run() {
    attend(Heads);
}

fn main() {}
