//! Setting the divisor of variances and standard deviations, which is `n - ddof`. `n` is the number
//! of elements that are reduced to one result.

use super::reduce::nodes::{Std, Var};
use crate::expr::{Lazy, Reduced};

impl<E, S, Kept> Lazy<Reduced<Var, E, S, Kept>> {
    /// Divides by `n - ddof` instead of `n`, the number of elements that are reduced to one result:
    /// `ddof(1)` gives the unbiased estimate of the variance. The result is NaN if `ddof >= n`.
    ///
    /// ```
    /// use shapewright::{Axis, prelude::*, tensor};
    /// assert_eq!(tensor![1.0, 2.0, 6.0].var_axis(Axis::<0>).ddof(1).to_tensor(), tensor![7.0; ]);
    /// ```
    #[doc(alias("correction", "unbiased"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    pub fn ddof(mut self, ddof: usize) -> Self {
        self.0.statistic = Var { ddof };
        self
    }
}
impl<E, S, Kept> Lazy<Reduced<Std, E, S, Kept>> {
    /// Divides by `n - ddof` instead of `n`, the number of elements that are reduced to one result:
    /// `ddof(1)` gives the square root of the unbiased variance. The result is NaN if `ddof >= n`.
    ///
    /// ```
    /// use shapewright::{Axis, prelude::*, tensor};
    /// assert_eq!(tensor![1.0, 5.0].std_axis(Axis::<0>).ddof(1).to_tensor(), tensor![8f64.sqrt(); ]);
    /// ```
    #[doc(alias("correction", "unbiased"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    pub fn ddof(mut self, ddof: usize) -> Self {
        self.0.statistic = Std { ddof };
        self
    }
}
