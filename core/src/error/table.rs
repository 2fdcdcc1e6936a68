//! The table under the first line of a [`ShapeError`]: two shapes under each other, with marks.

use core::fmt;

use super::fault::Fault;
use super::wanted::ANY;
use super::{ShapeError, axis};
use crate::lengths::Lengths;

impl ShapeError {
    /// Writes the compared shapes under each other, aligned at the right, and carets under the axes
    /// that do not fit.
    ///
    /// A column of the table is as wide as its widest length. No line ends in a blank.
    pub(super) fn table(&self, f: &mut fmt::Formatter<'_>, labels: [Cell; 2]) -> fmt::Result {
        let Some((first, second, fits)) = self.pair() else { return Ok(()) };
        let indent = labels[0].width().max(labels[1].width());
        let any = matches!(self.kind(), Fault::Mismatch { .. });
        let cell = |shape: &Lengths, k| match axis(shape, k) {
            Some(ANY) if any => Cell::Any,
            Some(length) => Cell::Length(length),
            None => Cell::Blank,
        };
        let width = |k| cell(first, k).width().max(cell(second, k).width());
        let columns = (0..first.len().max(second.len())).rev();
        let cut = first.is_cut() || second.is_cut();

        for (label, shape) in labels.into_iter().zip([first, second]) {
            write!(f, "\n  {label}")?;
            let mut blanks = indent - label.width();
            if cut {
                put(f, &mut blanks, 1, if shape.is_cut() { Cell::Ellipsis } else { Cell::Blank })?;
            }
            for k in columns.clone() {
                put(f, &mut blanks, width(k), cell(shape, k))?;
            }
        }

        f.write_str("\n")?;
        let mut blanks = 2 + indent;
        if cut {
            // If a shape has more than eight axes, its `Lengths` has only the last eight lengths.
            // The axes before them are shown as `…` and are marked as not fitting, because the
            // other shape has at most eight axes, so the ranks differ.
            put(f, &mut blanks, 1, Cell::Carets(1))?;
        }
        for k in columns {
            let fits = fits(axis(first, k), axis(second, k));
            put(f, &mut blanks, width(k), if fits { Cell::Blank } else { Cell::Carets(width(k)) })?;
        }
        Ok(())
    }
}

/// One entry of the table.
#[derive(Clone, Copy)]
pub(super) enum Cell {
    Blank,
    Word(&'static str),
    Argument(usize),
    Ellipsis,
    Any,
    Length(usize),
    Carets(usize),
}

impl Cell {
    fn width(self) -> usize {
        let digits = |number: usize| number.checked_ilog10().map_or(1, |log| log as usize + 1);
        match self {
            Self::Blank => 0,
            Self::Word(word) => word.len(),
            Self::Argument(index) => "argument ".len() + digits(index),
            Self::Ellipsis | Self::Any => 1,
            Self::Length(length) => digits(length),
            Self::Carets(width) => width,
        }
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Blank => Ok(()),
            Self::Word(word) => f.write_str(word),
            Self::Argument(index) => write!(f, "argument {index}"),
            Self::Ellipsis => f.write_str("…"),
            Self::Any => f.write_str("?"),
            Self::Length(length) => write!(f, "{length}"),
            Self::Carets(width) => write!(f, "{:^>width$}", ""),
        }
    }
}

/// Writes `cell`, aligned at the right of a column of `width` characters. `blanks` is the number of
/// blanks that are to be written before the next cell with text; they are not written earlier, so
/// that no line ends in a blank.
fn put(f: &mut fmt::Formatter<'_>, blanks: &mut usize, width: usize, cell: Cell) -> fmt::Result {
    *blanks += 2 + width - cell.width();
    if matches!(cell, Cell::Blank) {
        return Ok(());
    }
    write!(f, "{:1$}{cell}", "", core::mem::take(blanks))
}
