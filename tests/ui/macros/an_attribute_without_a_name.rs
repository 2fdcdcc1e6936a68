use shapewright::dim;

dim!(
    Batch = 32,
    /// The features.
);

fn main() {}
