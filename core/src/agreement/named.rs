//! Checks that run-time axes with the same name have the same length in several shapes, for
//! [`agree`](crate::agree).

use core::any::TypeId;

use super::Seen;
use crate::axes::{MAX_RANK, PerAxis};
use crate::error::ShapeError;
use crate::lengths::Lengths;
use crate::shape::{List, ListOf, Shape};

/// The named run-time axes of the arguments that have been compared so far, with their lengths.
#[derive(Debug)]
pub struct Named {
    /// For each name: its type, its length, the number of the argument in which it was first seen,
    /// and the shape of that argument.
    seen: [Option<(TypeId, usize, usize, Lengths)>; MAX_RANK * MAX_RANK],
    count: usize,
}
impl Named {
    pub(crate) fn new() -> Self {
        Self { seen: [None; MAX_RANK * MAX_RANK], count: 0 }
    }

    /// Compares the named lengths of `shape`, the shape of argument `number`, with the lengths
    /// recorded for these names, and records the names that are new.
    ///
    /// # Errors
    /// If a name has another length in `shape` than was recorded for it.
    pub(crate) fn note<S: Shape>(&mut self, number: usize, shape: S) -> Result<(), ShapeError> {
        self.note_all(number, &Seen::of(shape), <ListOf<S> as List>::ids())
    }

    fn note_all(
        &mut self,
        number: usize,
        shape: &Seen,
        ids: PerAxis<Option<TypeId>>,
    ) -> Result<(), ShapeError> {
        for k in (0..shape.rank).rev() {
            let Some(id) = ids[k] else { continue };
            let (len, lengths) = (shape.lens[k], shape.lengths());
            let before = self.seen[..self.count].iter().flatten().find(|(of, ..)| *of == id);
            match before {
                Some(&(_, other, first, of)) if other != len => {
                    let name = shape.names[k].unwrap_or("?");
                    return Err(ShapeError::disagreement(
                        name,
                        (first, of, other),
                        (number, lengths, len),
                    ));
                }
                Some(_) => {}
                None => {
                    // `seen` has room for all names: `agree` takes at most eight shapes, of at most
                    // eight axes each.
                    if let Some(place) = self.seen.get_mut(self.count) {
                        *place = Some((id, len, number, lengths));
                        self.count += 1;
                    }
                }
            }
        }
        Ok(())
    }
}
