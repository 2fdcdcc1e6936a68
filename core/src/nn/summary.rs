//! The table of a network: the output shape and the cost of each layer.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use crate::axes::AxisKind;
use crate::shape::{List, ListOf, Shape};

/// The layers of a network in order, each with the shape of its result, its parameters, its
/// multiplications, and the bytes of its result. [`Layer::summary`](super::Layer::summary) returns
/// a `Summary`, which is printed as a table.
///
/// The numbers count each run-time length as 1. In shapes a run-time length is printed by its name.
///
/// ```
/// use shapewright::{Dim, Tensor, nn::{Linear, Relu, Sequential}, prelude::*};
/// dim!(pub Batch);
/// let net: Sequential<(Linear<Dim<784>, Dim<128>>, Relu, Linear<Dim<128>, Dim<10>>)> = Sequential((
///     Linear::new(Tensor::zeros(), Tensor::zeros()),
///     Relu,
///     Linear::new(Tensor::zeros(), Tensor::zeros()),
/// ));
/// let summary = net.summary(shape![Batch.of(64), 784]);
/// assert_eq!(
///     summary.to_string(),
///     "   layer                       output        parameters  multiplications  bytes
/// 0  Linear<Dim<784>, Dim<128>>  (Batch, 128)     100,480          100,352    512
/// 1  Relu                        (Batch, 128)           0                0      0
/// 2  Linear<Dim<128>, Dim<10>>   (Batch, 10)        1,290            1,280     40
///    all                                          101,770          101,632    552"
/// );
/// assert_eq!(summary.parameters(), Some(101_770));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// The rows, each with its position in the network, such as `0` or `2.1`.
    rows: Vec<(String, Row)>,
    /// The position of the layer whose parts are being added, with a dot behind it, such as `2.1.`;
    /// empty for the whole network.
    prefix: String,
}

/// The row of one layer.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// The name of the type of the layer.
    pub(super) layer: &'static str,
    /// The shape of the result.
    pub(super) output: String,
    pub(super) parameters: Option<usize>,
    pub(super) multiplications: Option<usize>,
    pub(super) bytes: usize,
}

impl Summary {
    /// Adds one layer.
    pub(super) fn push(&mut self, row: Row) {
        let place = self.prefix.trim_end_matches('.').to_string();
        self.rows.push((place, row));
    }

    /// Calls `layers` with this table. The layers that `layers` adds to the table are listed as
    /// parts of `name`, which is the name of a field, or an index.
    pub fn nested(&mut self, name: impl fmt::Display, layers: impl FnOnce(&mut Self)) {
        let len = self.prefix.len();
        self.prefix += &format!("{name}.");
        layers(self);
        self.prefix.truncate(len);
    }

    /// The number of parameters, if every layer states it.
    #[must_use]
    pub fn parameters(&self) -> Option<usize> {
        self.rows
            .iter()
            .try_fold(0, |sum: usize, (_, row)| Some(sum.saturating_add(row.parameters?)))
    }

    /// The number of multiplications, if every layer states it.
    #[must_use]
    pub fn multiplications(&self) -> Option<usize> {
        self.rows
            .iter()
            .try_fold(0, |sum: usize, (_, row)| Some(sum.saturating_add(row.multiplications?)))
    }

    /// The number of bytes of the results of all layers.
    #[must_use]
    pub fn activation_bytes(&self) -> usize {
        self.rows.iter().fold(0, |sum, (_, row)| sum.saturating_add(row.bytes))
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = |number: Option<usize>| number.map_or_else(|| "?".to_string(), grouped);
        let heads = ["", "layer", "output", "parameters", "multiplications", "bytes"]
            .map(ToString::to_string);
        let mut lines = alloc::vec![heads];
        for (place, row) in &self.rows {
            let (parameters, multiplications) =
                (number(row.parameters), number(row.multiplications));
            let (place, layer, output) = (place.clone(), short(row.layer), row.output.clone());
            lines.push([place, layer, output, parameters, multiplications, grouped(row.bytes)]);
        }
        let (parameters, multiplications) =
            (number(self.parameters()), number(self.multiplications()));
        let bytes = grouped(self.activation_bytes());
        lines.push(["".into(), "all".into(), "".into(), parameters, multiplications, bytes]);
        let width = |column: usize| {
            lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0)
        };
        let widths: [usize; 6] = core::array::from_fn(width);
        for (k, line) in lines.iter().enumerate() {
            let mut shown = String::new();
            for (column, (cell, width)) in line.iter().zip(widths).enumerate() {
                // The first three columns are texts, aligned left; the others are numbers, aligned
                // right.
                shown += &if column < 3 {
                    format!("{cell:<width$}  ")
                } else {
                    format!("{cell:>width$}  ")
                };
            }
            f.write_str(shown.trim_end())?;
            if k + 1 < lines.len() {
                f.write_str("\n")?;
            }
        }
        Ok(())
    }
}

/// A number with its digits in groups of three.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut shown = String::new();
    for (k, digit) in digits.chars().enumerate() {
        if k > 0 && (digits.len() - k).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// A shape as NumPy prints it, with the names of run-time lengths.
pub(super) fn shown<S: Shape>() -> String {
    let (kinds, names) = (<ListOf<S> as List>::KINDS, <ListOf<S> as List>::NAMES);
    let axes: Vec<String> = (0..S::RANK)
        .rev()
        .map(|k| match kinds[k] {
            AxisKind::Length(Some(len)) => len.to_string(),
            AxisKind::Length(None) => names[k].unwrap_or("?").to_string(),
            AxisKind::Stretching | AxisKind::Absent => "1".to_string(),
        })
        .collect();
    match axes.as_slice() {
        [alone] => format!("({alone},)"),
        axes => format!("({})", axes.join(", ")),
    }
}

/// The name of a type without paths. The last parameters of the type are left out if they are the
/// defaults `WithBias`, `f32` and `Heap`.
fn short(name: &str) -> String {
    let mut shown = String::new();
    let mut word = String::new();
    for c in name.chars() {
        match c {
            ':' => word.clear(),
            _ if c.is_alphanumeric() || c == '_' => word.push(c),
            _ => {
                shown += &word;
                word.clear();
                shown.push(c);
            }
        }
    }
    shown += &word;
    for default in [", Heap>", ", f32>", ", WithBias>"] {
        if let Some(rest) = shown.strip_suffix(default) {
            shown = String::from(rest) + ">";
        }
    }
    shown
}
