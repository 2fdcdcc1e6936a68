//! Lossless conversions of elements, which `sum_as` and `widen` require.

/// Element types whose every value is also a value of `Wide`.
#[diagnostic::on_unimplemented(
    message = "values of type `{Self}` may not fit in `{Wide}`, and `sum_as` and `widen` lose nothing",
    label = "`{Wide}` is not `From<{Self}>`",
    note = "a conversion that rounds or cuts is written out: `.map(|x| x as f64)`"
)]
pub trait Fits<Wide> {
    /// The same value in the type `Wide`.
    fn fit(self) -> Wide;
}
#[diagnostic::do_not_recommend]
impl<T, Wide: From<T>> Fits<Wide> for T {
    fn fit(self) -> Wide {
        self.into()
    }
}
