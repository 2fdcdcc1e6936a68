//! Printing tensors as nested lists, as NumPy does: long axes are shortened to their ends.

use core::fmt;

use super::Tensor;
use crate::element::Element;
use crate::shape::Shape;
use crate::storage::Storage;

/// A tensor of more elements, or empty axes, is shortened.
const WHOLE: usize = 1000;
/// How many elements of each end of a shortened axis are printed.
const EDGE: usize = 3;

/// The elements as nested lists; `{:.3}` and other formats apply to each element.
impl<T: Element, S: Shape, B: Storage> fmt::Display for Tensor<T, S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut index = S::FIRST;
        nested(self, f, &mut index, 0, &<T as fmt::Display>::fmt)
    }
}

/// The shape, then the elements as nested lists.
impl<T: Element, S: Shape, B: Storage> fmt::Debug for Tensor<T, S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} ", self.shape.lengths())?;
        let mut index = S::FIRST;
        nested(self, f, &mut index, 0, &<T as fmt::Debug>::fmt)
    }
}

/// How much there is to print of a tensor of these lengths: of an empty axis there is `[]`.
fn printed(lengths: &[usize]) -> usize {
    lengths.iter().fold(1, |count: usize, &len| count.saturating_mul(len.max(1)))
}

fn nested<T: Element, S: Shape, B: Storage>(
    tensor: &Tensor<T, S, B>,
    f: &mut fmt::Formatter<'_>,
    index: &mut S::Lengths,
    axis: usize,
    element: &dyn Fn(&T, &mut fmt::Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    if axis == S::RANK {
        return tensor.get(*index).map_or(Ok(()), |x| element(x, f));
    }
    let lengths = tensor.shape.lengths();
    let len = lengths.as_ref()[axis];
    let shortened = len > 2 * EDGE && printed(lengths.as_ref()) > WHOLE;
    f.write_str("[")?;
    let mut i = 0;
    while i < len {
        if i > 0 {
            f.write_str(",")?;
            if axis + 1 == S::RANK {
                f.write_str(" ")?;
            } else {
                // Rows stand below each other, blocks with an empty line between.
                (axis + 1..S::RANK).try_for_each(|_| f.write_str("\n"))?;
                (0..=axis).try_for_each(|_| f.write_str(" "))?;
            }
        }
        if shortened && i == EDGE {
            f.write_str("...")?;
            i = len - EDGE;
            // The next turn prints the comma and the first element of the far end.
            continue;
        }
        index.as_mut()[axis] = i;
        nested(tensor, f, index, axis + 1, element)?;
        i += 1;
    }
    f.write_str("]")
}
