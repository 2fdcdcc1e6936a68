//! Tensors of random elements, from any distribution of `rand`.
//!
//! Elements are drawn one after the other in row-major order. So the same seed leads to the same
//! elements in every storage, and for static and run-time lengths.

use rand::Rng;
use rand::distr::Distribution;

use crate::element::Element;
#[cfg(feature = "alloc")]
use crate::shape::Shape;
use crate::shape::StaticShape;
#[cfg(feature = "alloc")]
use crate::tensor::Tensor;
use crate::tensor::{Array, Create};
#[cfg(feature = "alloc")]
use crate::verify;

/// Makes an inline array of random elements, as [`Tensor::random`](crate::Tensor::random) does on
/// the heap. With the feature `rand`.
pub trait Random: Create {
    /// Draws every element from `distribution`, in row-major order.
    ///
    /// ```
    /// use rand::{SeedableRng, distr::Uniform};
    /// use shapewright::{Array, Tensor, prelude::*, shape};
    /// let uniform = Uniform::new(-1.0, 1.0)?;
    /// let rng = || rand_chacha::ChaCha8Rng::seed_from_u64(7);
    /// let x = Array::<f32, shape![2, 3]>::random(uniform, &mut rng());
    /// assert_eq!(x, Tensor::<f32, shape![2, 3]>::random(uniform, &mut rng()));
    /// # Ok::<(), rand::distr::uniform::Error>(())
    /// ```
    #[doc(alias("rand", "randn", "uniform", "normal"))]
    fn random<R: Rng + ?Sized>(distribution: impl Distribution<Self::Elem>, rng: &mut R) -> Self;
}
impl<T: Element, S: StaticShape> Random for Array<T, S> {
    fn random<R: Rng + ?Sized>(distribution: impl Distribution<T>, rng: &mut R) -> Self {
        Self::from_fn_any_rank(|_| distribution.sample(rng))
    }
}

/// Tensors of random elements, with the feature `rand`.
#[cfg(feature = "alloc")]
impl<T: Element, S: Shape> Tensor<T, S> {
    /// Draws every element from `distribution`, in row-major order: `StandardUniform`, `Uniform`,
    /// or any of `rand_distr`, such as `Normal`. A distribution of numbers of another type is
    /// converted by, for example, `distribution.map(f16::from_f32)`.
    ///
    /// A seed leads to the same elements for every storage, and, with a portable generator and
    /// distribution, on every machine. To fill an existing tensor, write
    /// `for x in x.iter_mut() { *x = distribution.sample(&mut rng) }`.
    ///
    /// ```
    /// use rand::{SeedableRng, distr::StandardUniform};
    /// use shapewright::{Tensor, prelude::*, shape};
    /// let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(7);
    /// let x = Tensor::<f32, shape![64, 32]>::random(StandardUniform, &mut rng); // in 0..1
    /// assert!((x.mean() - 0.5).abs() < 0.05);
    /// ```
    #[doc(alias("rand", "randn", "uniform", "normal"))]
    pub fn random<R: Rng + ?Sized>(distribution: impl Distribution<T>, rng: &mut R) -> Self
    where
        S: StaticShape,
    {
        const { verify::counted::<S>() };
        <Self as Create>::from_fn_any_rank(|_| distribution.sample(rng))
    }

    /// Like [`random`](Self::random), for a shape that is given as a value.
    ///
    /// # Panics
    /// Like [`zeros_of`](Self::zeros_of).
    ///
    /// ```
    /// use rand::{SeedableRng, distr::Uniform};
    /// use shapewright::{Dyn, Tensor, prelude::*, shape};
    /// let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(7);
    /// let dice = Tensor::random_of(shape![Dyn::of(100), 2], Uniform::new_inclusive(1, 6)?, &mut rng);
    /// assert!(dice.min() >= 1 && dice.max() <= 6);
    /// # Ok::<(), rand::distr::uniform::Error>(())
    /// ```
    #[doc(alias("rand", "randn", "uniform", "normal"))]
    #[track_caller]
    pub fn random_of<R: Rng + ?Sized>(
        shape: S,
        distribution: impl Distribution<T>,
        rng: &mut R,
    ) -> Self {
        Self::from_fn_of(shape, |_| distribution.sample(rng))
    }
}
