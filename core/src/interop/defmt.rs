//! Tensors in the logs of `defmt`, for firmware: the numbers are sent, and the host prints them.
//!
//! A `Display` of three floats adds some 20 KB of the standard library's formatting to flash, and
//! `defmt` adds next to nothing, because its texts stay on the host.

use defmt::{Format, Formatter};

use crate::element::Element;
use crate::shape::Shape;
use crate::storage::Storage;
use crate::tensor::Tensor;

/// The lengths, then the elements as nested lists: `(2, 3) [[1, 2, 3], [4, 5, 6]]`. All elements
/// are sent, whatever their number. Implemented for the element types that `defmt` knows, all but
/// `f16` and `bf16`.
///
/// A `Display` of three floats costs some 20 KB of flash. `Format` does not, because the host does
/// the formatting.
///
/// ```
/// use shapewright::{Array, array, shape};
/// fn report(gains: &Array<f32, shape![3]>) {
///     defmt::info!("gains {}", gains); // gains (3,) [0.5, 1.0, 2.0]
/// }
/// # let _ = (report as fn(&Array<f32, shape![3]>), array![0.5, 1.0, 2.0]);
/// ```
impl<T: Element + Format, S: Shape, B: Storage> Format for Tensor<T, S, B> {
    fn format(&self, f: Formatter<'_>) {
        let lengths = self.shape().lengths();
        defmt::write!(f, "(");
        for (axis, &len) in lengths.as_ref().iter().enumerate() {
            if axis > 0 {
                defmt::write!(f, " ");
            }
            defmt::write!(f, "{=usize}", len);
            if axis + 1 < S::RANK || S::RANK == 1 {
                defmt::write!(f, ",");
            }
        }
        defmt::write!(f, ") ");
        let mut index = S::FIRST;
        nested(self, f, &mut index, 0);
    }
}

/// Writes the elements whose indices along the axes before `axis` are those in `index`, as nested
/// lists.
fn nested<T: Element + Format, S: Shape, B: Storage>(
    x: &Tensor<T, S, B>,
    f: Formatter<'_>,
    index: &mut S::Lengths,
    axis: usize,
) {
    let Some(&len) = x.shape().lengths().as_ref().get(axis) else {
        if let Some(element) = x.get(*index) {
            defmt::write!(f, "{}", element);
        }
        return;
    };
    defmt::write!(f, "[");
    for i in 0..len {
        if i > 0 {
            defmt::write!(f, ", ");
        }
        if let Some(place) = index.as_mut().get_mut(axis) {
            *place = i;
        }
        nested(x, f, index, axis + 1);
    }
    defmt::write!(f, "]");
}
