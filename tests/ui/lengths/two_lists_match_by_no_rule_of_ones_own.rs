use shapewright::__relations::{FromEnd, JoinList};
use shapewright::dim;

dim!(Rows = 4, Columns = 1_000_000);

impl JoinList<((), Columns), (Rows,), (Columns,), FromEnd<-1>> for ((), Rows) {
    type Output = ((), Columns);
    fn join(self, columns: ((), Columns)) -> ((), Columns) {
        columns
    }
}

fn main() {}
