//! The elements of a reduction, for statistics that visit them one by one.

/// The elements of a region, or of neighbouring columns. They can be visited several times.
pub trait Elements<T>: Copy {
    /// The number of elements of the region, or of each column.
    fn count(&self) -> usize;
    /// Calls `to` for each element, in row-major order, with the index of the element's column (0
    /// for a region) and the element.
    fn visit(&mut self, to: impl FnMut(usize, T));
}
