//! The cost of one more statement in a release build, in CPU seconds and in bytes of code: once for
//! a statement that the program already has with another shape, and once for the first such
//! statement.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::cost::{Built, cpu_seconds};

/// The number of functions, each with its own shape, in the larger program. The smaller one has
/// one, and the smallest none.
const SHAPES: usize = 9;

/// The statements, written with this workspace's library.
pub const NAMES: [&str; 7] = [
    "(x - m) / (m + 1e-5).sqrt()",
    "x.sum_axis(Axis::<0>)",
    "x.mean_axis(Axis::<0>)",
    "x.var_axis(Axis::<1>)",
    "x.softmax(Axis::<1>)",
    "layer norm",
    "x.matmul(w)",
];

/// A statement, written with one of the libraries: the result type of a function and its body, for
/// `x` of shape `[rows, columns]`, a row `m` and a matrix `w` of `columns` by `columns`.
pub type Statement = fn(usize, usize) -> [String; 2];

/// The statements, written with one library.
pub struct Statements {
    /// What the functions need in scope.
    pub scope: &'static str,
    /// The parameters of a function, for these lengths.
    pub parameters: fn(usize, usize) -> String,
    /// In the order of [`NAMES`].
    pub all: [Statement; NAMES.len()],
}

/// This workspace's own library.
pub const OWN: Statements = Statements {
    scope: "use shapewright::{Axis, Tensor, prelude::*, shape};",
    parameters: |rows, columns| {
        let tensor = |shape: String| format!("&Tensor<f32, shape![{shape}]>");
        let [x, m, w] =
            [format!("{rows}, {columns}"), columns.to_string(), format!("{columns}, {columns}")]
                .map(tensor);
        format!("x: {x}, m: {m}, w: {w}")
    },
    all: [
        |rows, columns| own(&[rows, columns], "(x - m) / (m + 1e-5).sqrt()"),
        |_, columns| own(&[columns], "x.sum_axis(Axis::<0>)"),
        |_, columns| own(&[columns], "x.mean_axis(Axis::<0>)"),
        |rows, _| own(&[rows], "x.var_axis(Axis::<1>)"),
        |rows, columns| own(&[rows, columns], "x.softmax(Axis::<1>)"),
        |rows, columns| {
            let [result, last] = own(
                &[rows, columns],
                "(&y / (y.square().mean_axis(Axis::<1>).keepdims() + 1e-5).sqrt())",
            );
            [result, format!("let y = (x - x.mean_axis(Axis::<1>).keepdims()).to_tensor(); {last}")]
        },
        |rows, columns| own(&[rows, columns], "x.matmul(w)"),
    ],
};

/// ndarray, whose shapes are values.
pub const NDARRAY: Statements = Statements {
    scope: "#[allow(unused_imports)]\nuse ndarray::{Array1, Array2, Axis};",
    parameters: |_, _| "x: &Array2<f32>, m: &Array1<f32>, w: &Array2<f32>".to_owned(),
    all: [
        |_, _| of("Array2<f32>", "(x - m) / (m + 1e-5).mapv(f32::sqrt)"),
        |_, _| of("Array1<f32>", "x.sum_axis(Axis(0))"),
        |_, _| of("Array1<f32>", "x.mean_axis(Axis(0)).unwrap()"),
        |_, _| of("Array1<f32>", "x.var_axis(Axis(1), 0.0)"),
        |_, _| {
            of(
                "Array2<f32>",
                "let e = (x - &x.fold_axis(Axis(1), f32::MIN, |a, b| a.max(*b)).insert_axis(Axis(1))).mapv(f32::exp); \
                     let s = e.sum_axis(Axis(1)).insert_axis(Axis(1)); \
                     e / s",
            )
        },
        |_, _| {
            of(
                "Array2<f32>",
                "let y = x - &x.mean_axis(Axis(1)).unwrap().insert_axis(Axis(1)); \
                     let v = y.mapv(|y| y * y).mean_axis(Axis(1)).unwrap().insert_axis(Axis(1)); \
                     y / (v + 1e-5).mapv(f32::sqrt)",
            )
        },
        |_, _| of("Array2<f32>", "x.dot(w)"),
    ],
};

/// nalgebra, whose shapes are types.
pub const NALGEBRA: Statements = Statements {
    scope: "#[allow(unused_imports)]\nuse nalgebra::{RowSVector, SMatrix, SVector};",
    parameters: |rows, columns| {
        format!(
            "x: &SMatrix<f32, {rows}, {columns}>, m: &RowSVector<f32, {columns}>, \
             w: &SMatrix<f32, {columns}, {columns}>"
        )
    },
    all: [
        |rows, columns| {
            of(
                &format!("SMatrix<f32, {rows}, {columns}>"),
                "let s = m.add_scalar(1e-5).map(f32::sqrt); \
                     let mut y = *x; \
                     for mut row in y.row_iter_mut() { row -= m; \
                     row.component_div_assign(&s); \
                     } y",
            )
        },
        |_, columns| of(&format!("RowSVector<f32, {columns}>"), "x.row_sum()"),
        |_, columns| of(&format!("RowSVector<f32, {columns}>"), "x.row_mean()"),
        |rows, _| {
            of(
                &format!("SVector<f32, {rows}>"),
                "SVector::from_iterator(x.row_iter().map(|row| row.variance()))",
            )
        },
        |rows, columns| {
            of(
                &format!("SMatrix<f32, {rows}, {columns}>"),
                "let mut y = *x; \
                     for mut row in y.row_iter_mut() { let g = row.max(); \
                     row.apply(|x| *x = (*x - g).exp()); \
                     let s = row.sum(); \
                     row /= s; \
                     } y",
            )
        },
        |rows, columns| {
            of(
                &format!("SMatrix<f32, {rows}, {columns}>"),
                "let mut y = *x; \
                     for mut row in y.row_iter_mut() { let a = row.mean(); \
                     row.add_scalar_mut(-a); \
                     let v = row.norm_squared() / row.len() as f32; \
                     row /= (v + 1e-5).sqrt(); \
                     } y",
            )
        },
        |rows, columns| of(&format!("SMatrix<f32, {rows}, {columns}>"), "x * w"),
    ],
};

/// candle, whose shapes are values too.
pub const CANDLE: Statements = Statements {
    scope: "use candle_core::{Result, Tensor};",
    parameters: |_, _| "x: &Tensor, m: &Tensor, w: &Tensor".to_owned(),
    all: [
        |_, _| of("Result<Tensor>", "x.broadcast_sub(m)?.broadcast_div(&(m + 1e-5)?.sqrt()?)"),
        |_, _| of("Result<Tensor>", "x.sum(0)"),
        |_, _| of("Result<Tensor>", "x.mean(0)"),
        |_, _| of("Result<Tensor>", "x.var(1)"),
        |_, _| {
            of(
                "Result<Tensor>",
                "let e = x.broadcast_sub(&x.max_keepdim(1)?)?.exp()?; e.broadcast_div(&e.sum_keepdim(1)?)",
            )
        },
        |_, _| {
            of(
                "Result<Tensor>",
                "let y = x.broadcast_sub(&x.mean_keepdim(1)?)?; \
                     y.broadcast_div(&(y.sqr()?.mean_keepdim(1)? + 1e-5)?.sqrt()?)",
            )
        },
        |_, _| of("Result<Tensor>", "x.matmul(w)"),
    ],
};

fn own(shape: &[usize], expression: &str) -> [String; 2] {
    let lengths: Vec<_> = shape.iter().map(usize::to_string).collect();
    let result = format!("Tensor<f32, shape![{}]>", lengths.join(", "));
    of(&result, &format!("({expression}).to_tensor()"))
}
fn of(result: &str, body: &str) -> [String; 2] {
    [result.to_owned(), body.to_owned()]
}

/// The cost of a statement, in seconds and in bytes: of one more with another shape, and of the
/// first.
pub struct Costs {
    pub further: (f64, f64),
    pub first: (f64, f64),
}

/// The cost of the statement number `k`.
pub fn costs(
    built: &Built,
    folder: &Path,
    said: &Statements,
    k: usize,
    rounds: usize,
) -> Result<Costs, String> {
    let of_shapes = |shapes: usize| -> Result<(f64, f64), String> {
        let path = folder.join(format!("statement-{k}-{shapes}.rs"));
        fs::write(&path, text(said, k, shapes)).map_err(|error| error.to_string())?;
        let mut least = f64::INFINITY;
        for _ in 0..rounds {
            least = least.min(cpu_seconds(&built.build(&path))?);
        }
        Ok((least, code_bytes(&path.with_extension("o"))))
    };
    let [none, one, many] = [of_shapes(0)?, of_shapes(1)?, of_shapes(SHAPES)?];
    let more = (SHAPES - 1) as f64;
    Ok(Costs {
        further: ((many.0 - one.0) / more, (many.1 - one.1) / more),
        first: (one.0 - none.0, one.1 - none.1),
    })
}

/// A program with this number of functions, no two of which have the same shape.
fn text(said: &Statements, k: usize, shapes: usize) -> String {
    let mut text = format!("#![allow(unused)]\n{}\n", said.scope);
    for number in 0..shapes {
        let (rows, columns) = (300 + 10 * number, 200 + 8 * number);
        let ([result, body], parameters) =
            ((said.all[k])(rows, columns), (said.parameters)(rows, columns));
        text += &format!("pub fn f{number}({parameters}) -> {result} {{ {body} }}\n");
    }
    text
}

/// The bytes of code and constants of an object file, from binutils' `size`; NaN without it.
pub fn code_bytes(object: &Path) -> f64 {
    let printed = Command::new("size").arg(object).output();
    let text = printed
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default();
    let number = text.lines().nth(1).and_then(|line| line.split_whitespace().next()?.parse().ok());
    number.unwrap_or(f64::NAN)
}
