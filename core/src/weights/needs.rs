//! The numbers that a layer needs and that no file has, as types, so that a missing number is a
//! compile error.
//!
//! What a value needs is a type: [`Nothing`], or [`Epsilon`] with the layer that needs an `eps`,
//! which error messages name. What an attribute gives is another type: [`NoNumbers`] or [`Eps`].
//! [`MetBy`] relates the two.

use core::marker::PhantomData;

mod sealed {
    pub trait Needs {}
    pub trait Numbers {
        /// The `eps` that is given; NaN if none is.
        fn eps(&self) -> f64;
    }
}

/// What a value needs besides a file: [`Nothing`], or an [`Epsilon`]. Sealed.
///
/// ```
/// use shapewright::{Dim, nn::BatchNorm, weights::{Epsilon, Weights}};
/// fn eps_is_needed<W: Weights<Needs = Epsilon<BatchNorm<Dim<3>>>>>() {}
/// eps_is_needed::<BatchNorm<Dim<3>>>();
/// eps_is_needed::<(BatchNorm<Dim<3>>, BatchNorm<Dim<4>>)>(); // named by the first that needs it
/// ```
pub trait Needs: sealed::Needs {
    /// What a value needs if one part of the value needs `Self`, and the other parts need `Other`.
    type Or<Other: Needs>: Needs;
}

/// Nothing is needed besides the file.
#[derive(Clone, Copy, Debug)]
pub struct Nothing;
impl sealed::Needs for Nothing {}
impl Needs for Nothing {
    type Or<Other: Needs> = Other;
}

/// The layer `By` needs an epsilon, a number that it adds to a variance or, in an RMS norm, to a
/// mean of squares.
#[derive(Clone, Copy, Debug)]
pub struct Epsilon<By>(PhantomData<fn() -> By>);
impl<By> sealed::Needs for Epsilon<By> {}
impl<By> Needs for Epsilon<By> {
    type Or<Other: Needs> = Self;
}

/// The numbers that are given: [`NoNumbers`], or [`Eps`]. Sealed.
pub trait Numbers: sealed::Numbers {}

/// No number is given.
#[derive(Clone, Copy, Debug)]
pub struct NoNumbers;
impl sealed::Numbers for NoNumbers {
    fn eps(&self) -> f64 {
        f64::NAN
    }
}
impl Numbers for NoNumbers {}

/// The number that norms add to a variance or to a mean of squares: `#[weights(eps = 1e-5)]`.
#[derive(Clone, Copy, Debug)]
pub struct Eps(pub f64);
impl sealed::Numbers for Eps {
    fn eps(&self) -> f64 {
        self.0
    }
}
impl Numbers for Eps {}

/// What the attribute of a field gives to each part, if the field is a tuple: an `eps`, which a
/// part may ignore.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct EpsIfTaken(pub f64);
impl sealed::Numbers for EpsIfTaken {
    fn eps(&self) -> f64 {
        self.0
    }
}
impl Numbers for EpsIfTaken {}

/// The numbers `Given` are enough for a value of type `Of`. `Self` is what that value needs, its
/// [`Weights::Needs`](super::Weights::Needs).
pub trait MetBy<Given, Of>: Needs {}
#[diagnostic::do_not_recommend]
impl<Of> MetBy<NoNumbers, Of> for Nothing {}
#[diagnostic::do_not_recommend]
impl<By, Of> MetBy<Eps, Of> for Epsilon<By> {}
#[diagnostic::do_not_recommend]
impl<Any: Needs, Of> MetBy<EpsIfTaken, Of> for Any {}
impl<By: GivenEps, Of> MetBy<NoNumbers, Of> for Epsilon<By> {}
impl<Of: TakesEps> MetBy<Eps, Of> for Nothing {}

/// Exists only for its error message: a layer needs an `eps`, and none is given. Nothing implements
/// this trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` needs a number that no file has: write `#[weights(eps = 1e-5)]` above the field",
    label = "needs an `eps`",
    note = "it is added to the variance, and frameworks differ: PyTorch has 1e-5 unless the layer was made with another one, Keras 1e-3",
    note = "where there is no field, `WeightsFile::load_with_eps` takes it"
)]
pub trait GivenEps {}

/// Exists only for its error message: an `eps` is given, and the value needs none. Nothing
/// implements this trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` takes no `eps`: remove it from the `#[weights(..)]` above the field",
    label = "takes no `eps`",
    note = "a struct that derives `Weights` has it above the fields that need it"
)]
pub trait TakesEps {}
