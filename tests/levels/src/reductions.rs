//! The table of the reductions of floats to floats. A new one needs only a row here: the test `nan`
//! of this package, and `half` and `side_by_side` of the package `shapewright-tests`, read the
//! table.

/// Calls the named macro with the tokens behind its name, and the rows of the table: the method
/// over all elements, and the method over axes.
#[macro_export]
macro_rules! reductions_of_floats {
    ($stamp:ident $($first:tt)*) => {
        $stamp! {
            $($first)*
            sum sum_axis;
            prod prod_axis;
            mean mean_axis;
            var var_axis;
            std std_axis;
            min min_axis;
            max max_axis;
            logsumexp logsumexp_axis;
        }
    };
}
