use shapewright::{BroadcastTo, dim};

dim!(Rows = 4, Columns = 1_000_000);

impl BroadcastTo<(Columns,)> for (Rows,) {}

fn main() {}
