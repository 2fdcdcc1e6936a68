//! What is reduced, element by element.

/// The elements of a region, or of neighbouring columns. They can be visited as often as needed.
pub trait Elements<T>: Copy {
    /// How many a region or a column has.
    fn count(&self) -> usize;
    /// Gives the column, 0 of a region, and the element to `to`, each one, in row-major order.
    fn visit(&mut self, to: impl FnMut(usize, T));
}
