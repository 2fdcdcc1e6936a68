//! W4: a row, a column, and a choice by a column, combined with data of (1000, 256).

use shapewright::{Dyn, One, Tensor, prelude::*, shape};

use super::data::{Expected, Random, wide};
use super::harness::{Who, Work, Workload};
use super::memory::Buffer;
use super::vector::{Level, Vector, at_level};

/// Rows, and columns.
pub const SHAPE: [usize; 2] = [1000, 256];
const LEN: usize = SHAPE[0] * SHAPE[1];

/// Data, a row and a column.
pub struct Given {
    /// (1000, 256), row-major.
    pub x: Vec<f32>,
    /// (256,)
    pub row: Vec<f32>,
    /// (1000, 1)
    pub column: Vec<f32>,
}

impl Given {
    /// Random data.
    pub fn new() -> Self {
        let mut random = Random::new(2);
        Self {
            x: random.uniform(LEN, -1.0, 1.0),
            row: random.uniform(SHAPE[1], -1.0, 1.0),
            column: random.uniform(SHAPE[0], -1.0, 1.0),
        }
    }

    /// The expected results: `of(x, row, column)` for every element.
    fn expected(&self, of: impl Fn(f64, f64, f64) -> f64, ulp: f64) -> Expected {
        let value = |(i, x): (usize, f64)| {
            of(x, self.row[i % SHAPE[1]].into(), self.column[i / SHAPE[1]].into())
        };
        Expected { values: wide(&self.x).enumerate().map(value).collect(), scale: 1e-30, ulp }
    }
}

type Data = Tensor<f32, shape![{ SHAPE[0] }, { SHAPE[1] }]>;
type Row = Tensor<f32, shape![{ SHAPE[1] }]>;
type Column = Tensor<f32, shape![{ SHAPE[0] }, 1]>;
type RunTime = Tensor<f32, (Dyn, Dyn)>;
type RunTimeRow = Tensor<f32, (Dyn,)>;
type RunTimeColumn = Tensor<f32, (Dyn, One)>;
type ByHand = fn(Level, &mut [f32], &[f32], &[f32], &[f32]);

/// A workload with a hand-written kernel and the library's expression.
fn workload<'a>(
    given: &'a Given,
    name: &str,
    level: Level,
    expected: Expected,
    by_hand: ByHand,
    library: fn(&mut Data, &Data, &Row, &Column),
    run_time: fn(&mut RunTime, &RunTime, &RunTimeRow, &RunTimeColumn),
) -> Workload<'a> {
    let mut workload = Workload::new(name, Work::Bytes(2 * LEN * size_of::<f32>()), expected);
    let x = Buffer::of(&given.x);
    let by_hand = move |out: &mut Buffer| by_hand(level, out, &x, &given.row, &given.column);
    workload.writing(Who::Limit, "by hand", Buffer::zeros(LEN), by_hand, |out| out.to_vec());

    let x = Data::from_slice(&given.x).expect("as many as the shape has");
    let row = Row::from_slice(&given.row).expect("as many as the shape has");
    let column = Column::from_slice(&given.column).expect("as many as the shape has");
    let (run_x, run_row, run_column) =
        (x.clone().rename(), row.clone().rename(), column.clone().rename());
    let library = move |out: &mut Data| library(out, &x, &row, &column);
    workload.writing(Who::Library { target: 1.1 }, "shapewright", Data::zeros(), library, |out| {
        out.as_slice().to_vec()
    });
    let library = move |out: &mut RunTime| run_time(out, &run_x, &run_row, &run_column);
    let target = Who::Library { target: 1.1 };
    workload.writing(target, "shapewright, run time", Data::zeros().rename(), library, |out| {
        out.as_slice().to_vec()
    });
    workload
}

/// The workload W4a: the data plus the row.
pub fn add_row<'a>(given: &'a Given, name: &str, level: Level) -> Workload<'a> {
    let expected = given.expected(|x, row, _| x + row, 0.5);
    workload(
        given,
        name,
        level,
        expected,
        add_row_by_hand,
        |out, x, row, _| out.assign(x + row),
        |out, x, row, _| out.assign(x + row),
    )
}

/// The workload W4b: the data plus the column.
pub fn add_column<'a>(given: &'a Given, name: &str, level: Level) -> Workload<'a> {
    let expected = given.expected(|x, _, column| x + column, 0.5);
    workload(
        given,
        name,
        level,
        expected,
        add_column_by_hand,
        |out, x, _, column| out.assign(x + column),
        |out, x, _, column| out.assign(x + column),
    )
}

/// The workload W4c: a choice by the column between the row and the data.
pub fn choose<'a>(given: &'a Given, name: &str, level: Level) -> Workload<'a> {
    let expected = given.expected(|x, row, column| if x > column { row } else { x }, 0.0);
    workload(
        given,
        name,
        level,
        expected,
        choose_by_hand,
        |out, x, row, column| out.assign(x.greater(column).where_(row, x)),
        |out, x, row, column| out.assign(x.greater(column).where_(row, x)),
    )
}

at_level! {
    /// The kernel of W4a.
    add_row_by_hand = add_row_kernel(out: &mut [f32], x: &[f32], row: &[f32], column: &[f32]);
    /// The kernel of W4b.
    add_column_by_hand = add_column_kernel(out: &mut [f32], x: &[f32], row: &[f32], column: &[f32]);
    /// The kernel of W4c.
    choose_by_hand = choose_kernel(out: &mut [f32], x: &[f32], row: &[f32], column: &[f32]);
}

/// `of(x, row, column)` for vectors, with the column's element in every lane.
#[inline(always)]
unsafe fn each<V: Vector>(
    out: &mut [f32],
    x: &[f32],
    row: &[f32],
    column: &[f32],
    of: impl Fn(V, V, V) -> V,
) {
    assert!(
        out.len() == LEN && x.len() == LEN && row.len() == SHAPE[1] && column.len() == SHAPE[0]
    );
    let (x, row, out) = (x.as_ptr(), row.as_ptr(), out.as_mut_ptr());
    for (i, &column) in column.iter().enumerate() {
        // SAFETY: the lengths were asserted, and the columns are a multiple of the lanes.
        unsafe {
            let column = V::splat(column);
            for j in (0..SHAPE[1]).step_by(V::LANES) {
                let at = i * SHAPE[1] + j;
                of(V::load(x.add(at)), V::load(row.add(j)), column).store(out.add(at));
            }
        }
    }
}
#[inline(always)]
unsafe fn add_row_kernel<V: Vector>(out: &mut [f32], x: &[f32], row: &[f32], column: &[f32]) {
    // SAFETY: the caller promises that the processor has the instructions of `V`.
    unsafe { each::<V>(out, x, row, column, |x, row, _| x.add(row)) }
}
#[inline(always)]
unsafe fn add_column_kernel<V: Vector>(out: &mut [f32], x: &[f32], row: &[f32], column: &[f32]) {
    // SAFETY: the caller promises that the processor has the instructions of `V`.
    unsafe { each::<V>(out, x, row, column, |x, _, column| x.add(column)) }
}
#[inline(always)]
unsafe fn choose_kernel<V: Vector>(out: &mut [f32], x: &[f32], row: &[f32], column: &[f32]) {
    // SAFETY: the caller promises that the processor has the instructions of `V`.
    unsafe { each::<V>(out, x, row, column, |x, row, column| x.if_greater(column, row, x)) }
}
