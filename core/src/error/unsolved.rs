//! The errors for a matrix that has no inverse, or no Cholesky factor.

use core::error::Error;
use core::fmt::{self, Display};

/// The error for a singular square matrix: [`inv`](crate::ops::LinearAlgebra::inv) and
/// [`solve`](crate::ops::LinearAlgebra::solve) find no pivot in one of its columns.
///
/// ```
/// use shapewright::{array, prelude::*};
/// let error = array![[1.0, 2.0], [2.0, 4.0]].inv().to_array().unwrap_err();
/// assert_eq!(error.to_string(), "the matrix is singular: column 1 has no pivot");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SingularMatrix {
    column: usize,
}
impl SingularMatrix {
    pub(crate) fn without_pivot(column: usize) -> Self {
        Self { column }
    }

    /// The first column without a pivot: as far as rounding allows to tell, it depends linearly on
    /// the columns before it.
    ///
    /// ```
    /// use shapewright::{array, prelude::*};
    /// assert_eq!(array![[1.0, 2.0], [2.0, 4.0]].inv().to_array().unwrap_err().column(), 1);
    /// ```
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }
}
impl Display for SingularMatrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the matrix is singular: column {} has no pivot", self.column)
    }
}
impl Error for SingularMatrix {}

/// The error for a matrix that is not positive definite, so that it has no
/// [`cholesky`](crate::ops::LinearAlgebra::cholesky) factor.
///
/// ```
/// use shapewright::{array, prelude::*};
/// let error = array![[1.0, 2.0], [2.0, 1.0]].cholesky().to_array().unwrap_err();
/// assert_eq!(error.to_string(), "the matrix is not positive definite: its first 2 rows and columns are not");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotPositiveDefinite {
    order: usize,
}
impl NotPositiveDefinite {
    pub(crate) fn from_order(order: usize) -> Self {
        Self { order }
    }

    /// The smallest `n` for which the top left `n` by `n` corner of the matrix is not positive
    /// definite, as far as rounding allows to tell.
    ///
    /// ```
    /// use shapewright::{array, prelude::*};
    /// assert_eq!(array![[1.0, 2.0], [2.0, 1.0]].cholesky().to_array().unwrap_err().order(), 2);
    /// ```
    #[must_use]
    pub fn order(&self) -> usize {
        self.order
    }
}
impl Display for NotPositiveDefinite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let order = self.order;
        write!(f, "the matrix is not positive definite: its first {order} rows and columns are not")
    }
}
impl Error for NotPositiveDefinite {}
