//! The libraries, and how a program is written with each.
//!
//! A program is functions that each compute `(y - m) / (m + 1e-5).sqrt() * 2.0 + x` for data `x`
//! and a row `m`, starting from `y = x`, once or several times in one expression: five arithmetic
//! operations each time. The square root and the destination are not counted.

use crate::statements::{self, Statements};

/// The operations of one turn of the formula.
const TURN: usize = 5;

/// A library, and how the formula is written with it.
pub struct Library {
    /// The name of its package and of its crate.
    pub name: &'static str,
    /// The text to the right of `name =` in a manifest; `CORE` is replaced by the path of this
    /// workspace's library.
    pub requirement: &'static str,
    /// The largest rank of [`RANKS`](crate::RANKS) that it supports.
    pub max_rank: usize,
    /// What the functions need in scope.
    scope: &'static str,
    /// The text of a function after its name, for these lengths and this number of turns.
    function: fn(&[usize], usize) -> String,
    /// The statements whose cost is measured, written with this library.
    pub statements: Option<Statements>,
}

/// The program to write.
pub struct Program<'a> {
    /// The number of operations.
    pub operations: usize,
    /// The number of operations in one expression.
    pub expression: usize,
    /// The lengths that the function with this number works on.
    pub lengths: &'a dyn Fn(usize) -> Vec<usize>,
}

/// This library, then its peers.
pub const LIBRARIES: [Library; 6] = [
    Library {
        name: "shapewright",
        requirement: "{ path = \"CORE\" }",
        max_rank: 8,
        scope: "use shapewright::{Tensor, prelude::*, shape};",
        function: shapewright,
        statements: Some(statements::OWN),
    },
    Library {
        name: "incin",
        requirement: "\"=0.1.0\"",
        max_rank: 8,
        scope: "use incin::prelude::*;",
        function: incin,
        statements: None,
    },
    Library {
        name: "dfdx",
        requirement: "\"=0.13.0\"",
        max_rank: 4,
        scope: "use dfdx::prelude::*;",
        function: dfdx,
        statements: None,
    },
    Library {
        name: "nalgebra",
        requirement: "\"=0.35.0\"",
        max_rank: 2,
        scope: "use nalgebra::{RowSVector, SMatrix};",
        function: nalgebra,
        statements: Some(statements::NALGEBRA),
    },
    Library {
        name: "ndarray",
        requirement: "\"=0.17.2\"",
        max_rank: 4,
        scope: "#[allow(unused_imports)]\nuse ndarray::{Array1, Array2, Array4};",
        function: ndarray,
        statements: Some(statements::NDARRAY),
    },
    Library {
        name: "candle_core",
        requirement: "{ package = \"candle-core\", version = \"=0.11.0\" }",
        max_rank: 8,
        scope: "use candle_core::{Result, Tensor};",
        function: candle,
        statements: Some(statements::CANDLE),
    },
];

impl Library {
    /// The text of a program.
    pub fn text(&self, program: &Program<'_>) -> String {
        let mut text = format!("{}\n", self.scope);
        for number in 0..program.operations / program.expression {
            let function = (self.function)(&(program.lengths)(number), program.expression / TURN);
            text += &format!("pub fn f{number}{function}\n");
        }
        text
    }
}

/// An expression that uses itself twice, `times` times, written with this workspace's library.
#[derive(Clone, Copy)]
pub enum Twice {
    /// `y + y`: each step doubles the expression.
    Doubled,
    /// `y - y.sum_axis(..)`: each step doubles the number of reductions.
    Centered,
}
impl Twice {
    /// The text of a program with one function.
    pub fn text(self, times: usize) -> String {
        let (first, step) = match self {
            Self::Doubled => ("x + 0.0", "y + y"),
            Self::Centered => ("x - x.sum_axis(Axis::<0>)", "y - y.sum_axis(Axis::<0>)"),
        };
        let more = match self {
            Self::Doubled => times,
            Self::Centered => times - 1,
        };
        let steps = format!("    let y = {step};\n").repeat(more);
        format!(
            "#![allow(unused_imports)]
use shapewright::{{Axis, Tensor, prelude::*, shape}};
pub fn f(x: &Tensor<f32, shape![64, 32]>) -> Tensor<f32, shape![64, 32]> {{
    let y = {first};
{steps}    y.to_tensor()
}}
"
        )
    }
}

/// The lengths as a text such as `10, 20`, and the last length.
fn listed(lengths: &[usize]) -> (String, usize) {
    let all: Vec<_> = lengths.iter().map(usize::to_string).collect();
    (all.join(", "), lengths[lengths.len() - 1])
}

/// The expression with this number of turns, starting from `x`.
fn nested(x: &str, turns: usize, turn: impl Fn(&str) -> String) -> String {
    (1..turns).fold(turn(x), |y, _| turn(&format!("({y})")))
}

fn shapewright(lengths: &[usize], turns: usize) -> String {
    let (all, last) = listed(lengths);
    let result = nested("x", turns, |y| format!("({y} - m) / (m + 1e-5).sqrt() * 2.0 + x"));
    format!(
        "(x: &Tensor<f32, shape![{all}]>, m: &Tensor<f32, shape![{last}]>) -> Tensor<f32, shape![{all}]> {{
    ({result}).to_tensor()
}}"
    )
}

fn incin(lengths: &[usize], turns: usize) -> String {
    let (all, last) = listed(lengths);
    let result = nested("x", turns, |y| format!("({y} - m) / (m + 1e-5f64).sqrt()? * 2.0 + x"));
    format!(
        "(x: &Tensor<s![{all}]>, m: &Tensor<s![{last}]>) -> Result<Tensor<s![{all}]>> {{
    Ok({result})
}}"
    )
}

/// The operators of dfdx take equal shapes, so the row is broadcast first. Naming the axes by
/// position is the form that is cheapest to check. The shapes of dfdx have at most rank 6, and
/// broadcasts of a row at most rank 4.
fn dfdx(lengths: &[usize], turns: usize) -> String {
    let (all, last) = listed(lengths);
    let rank = lengths.len();
    let axes = if rank == 2 { "Axis<0>" } else { "Axes3<0, 1, 2>" };
    let row = format!("broadcast::<_, {axes}>()");
    let result = nested("x.clone()", turns, |y| {
        format!("({y} - m.clone().{row}) / (m.clone() + 1e-5).sqrt().{row} * 2.0 + x.clone()")
    });
    let tensor = format!("Tensor<Rank{rank}<{all}>, f32, Cpu>");
    format!(
        "(x: &{tensor}, m: &Tensor<Rank1<{last}>, f32, Cpu>) -> {tensor} {{
    {result}
}}"
    )
}

/// nalgebra has matrices and does not broadcast, so the formula is computed row by row, in place.
fn nalgebra(lengths: &[usize], turns: usize) -> String {
    let (all, last) = listed(lengths);
    let turn = "
    for mut row in y.row_iter_mut() {
        row -= m;
        row.component_div_assign(&m.add_scalar(1e-5).map(f32::sqrt));
        row *= 2.0;
    }
    y += x;"
        .repeat(turns);
    format!(
        "(x: &SMatrix<f32, {all}>, m: &RowSVector<f32, {last}>) -> SMatrix<f32, {all}> {{
    let mut y = *x;{turn}
    y
}}"
    )
}

/// In ndarray only the rank is part of the type, up to rank 6. Lengths that do not fit panic.
fn ndarray(lengths: &[usize], turns: usize) -> String {
    let rank = lengths.len();
    let result = nested("x", turns, |y| format!("({y} - m) / (m + 1e-5).sqrt() * 2.0 + x"));
    format!(
        "(x: &Array{rank}<f32>, m: &Array1<f32>) -> Array{rank}<f32> {{
    {result}
}}"
    )
}

fn candle(_: &[usize], turns: usize) -> String {
    let turn = "
    let y = ((y.broadcast_sub(m)?.broadcast_div(&(m + 1e-5)?.sqrt()?)? * 2.0)? + x)?;"
        .repeat(turns);
    format!(
        "(x: &Tensor, m: &Tensor) -> Result<Tensor> {{
    let y = x.clone();{turn}
    Ok(y)
}}"
    )
}
