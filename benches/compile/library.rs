//! The libraries, and how a program says its operations in each.
//!
//! A program is public functions that each normalise `x` by a row `m`, `(x - m) / (m + 1e-5).sqrt() * 2.0 + m`: five
//! arithmetic operations; the square root, and naming the destination where a library has one, are not counted.

/// The operations of a function.
pub const OPERATIONS: usize = 5;

/// A library, and how a function is written in it.
pub struct Library {
    /// The name of its package and of its crate.
    pub name: &'static str,
    /// What stands right of `name =` in a manifest; `CORE` is where this workspace has its own.
    pub requirement: &'static str,
    /// The largest rank that it can say.
    pub max_rank: usize,
    /// What the functions need in scope.
    scope: &'static str,
    /// The signature after the name, and the body, for these lengths.
    function: fn(&[usize]) -> String,
}

/// This one, then the peers.
pub const LIBRARIES: [Library; 5] = [
    Library {
        name: "shapewright",
        requirement: "{ path = \"CORE\" }",
        max_rank: 8,
        scope: "use shapewright::{Tensor, prelude::*, shape};",
        function: shapewright,
    },
    Library {
        name: "incin",
        requirement: "\"=0.1.0\"",
        max_rank: 8,
        scope: "use incin::prelude::*;",
        function: incin,
    },
    Library {
        name: "dfdx",
        requirement: "\"=0.13.0\"",
        // Its shapes go to 6, its broadcasts from one axis to 4.
        max_rank: 4,
        scope: "use dfdx::prelude::*;",
        function: dfdx,
    },
    Library {
        name: "nalgebra",
        requirement: "\"=0.35.0\"",
        max_rank: 2,
        scope: "use nalgebra::{RowSVector, SMatrix};",
        function: nalgebra,
    },
    Library {
        name: "ndarray",
        requirement: "\"=0.17.2\"",
        // Its ranks are types up to 6.
        max_rank: 4,
        scope: "use ndarray::{Array1, Array2, Array4};",
        function: ndarray,
    },
];

impl Library {
    /// A program of so many functions, each on the lengths that `lengths` gives for its number.
    pub fn program(&self, functions: usize, lengths: impl Fn(usize) -> Vec<usize>) -> String {
        let mut text = format!("#![allow(unused_imports)]\n{}\n", self.scope);
        for number in 0..functions {
            text += &format!("pub fn f{number}{}\n", (self.function)(&lengths(number)));
        }
        text
    }
}

/// `10, 20` for these lengths, and the last.
fn listed(lengths: &[usize]) -> (String, usize) {
    let all: Vec<_> = lengths.iter().map(usize::to_string).collect();
    (all.join(", "), lengths[lengths.len() - 1])
}

fn shapewright(lengths: &[usize]) -> String {
    let (all, last) = listed(lengths);
    format!(
        "(x: &Tensor<f32, shape![{all}]>, m: &Tensor<f32, shape![{last}]>) -> Tensor<f32, shape![{all}]> {{
    ((x - m) / (m + 1e-5).sqrt() * 2.0 + m).to_tensor()
}}"
    )
}

fn incin(lengths: &[usize]) -> String {
    let (all, last) = listed(lengths);
    format!(
        "(x: &Tensor<s![{all}]>, m: &Tensor<s![{last}]>) -> Result<Tensor<s![{all}]>> {{
    Ok((x - m) / (m + 1e-5f64).sqrt()? * 2.0 + m)
}}"
    )
}

/// Its operators take equal shapes: the row is broadcast by name of the axes, the cheapest form to check.
fn dfdx(lengths: &[usize]) -> String {
    let (all, last) = listed(lengths);
    let rank = lengths.len();
    let axes = if rank == 2 { "Axis<0>" } else { "Axes3<0, 1, 2>" };
    format!(
        "(x: &Tensor<Rank{rank}<{all}>, f32, Cpu>, m: &Tensor<Rank1<{last}>, f32, Cpu>) -> Tensor<Rank{rank}<{all}>, f32, Cpu> {{
    let scale = (m.clone() + 1e-5).sqrt().broadcast::<_, {axes}>();
    let m = m.clone().broadcast::<_, {axes}>();
    (x.clone() - m.clone()) / scale * 2.0 + m
}}"
    )
}

/// It does not broadcast: row by row, in place.
fn nalgebra(lengths: &[usize]) -> String {
    let (all, last) = listed(lengths);
    format!(
        "(x: &SMatrix<f32, {all}>, m: &RowSVector<f32, {last}>) -> SMatrix<f32, {all}> {{
    let scale = m.add_scalar(1e-5).map(f32::sqrt);
    let mut y = *x;
    for mut row in y.row_iter_mut() {{
        row -= m;
        row.component_div_assign(&scale);
        row *= 2.0;
        row += m;
    }}
    y
}}"
    )
}

/// Only the rank is a type: lengths that do not fit panic.
fn ndarray(lengths: &[usize]) -> String {
    let rank = lengths.len();
    format!(
        "(x: &Array{rank}<f32>, m: &Array1<f32>) -> Array{rank}<f32> {{
    (x - m) / (m + 1e-5).sqrt() * 2.0 + m
}}"
    )
}
