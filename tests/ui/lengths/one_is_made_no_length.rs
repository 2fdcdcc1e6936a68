use shapewright::{Length, One};

impl Length for One {}

fn main() {}
