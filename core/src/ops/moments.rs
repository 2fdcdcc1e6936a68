//! The mean and the variance together, and how those of two parts merge.

#[cfg(feature = "alloc")]
use alloc::{vec, vec::Vec};

use crate::agreement;
use crate::axes::{AxisSet, PerAxis};
use crate::element::{Element, Float, Numeric, StandIn, stand_in};
use crate::expr::{Expr, Folding, aligned, evaluate};
use crate::kernels::reduce::spread::found::Found;
use crate::kernels::reduce::spread::{Spread, found};
use crate::kernels::reduce::statistic::{
    self, Columns, MapFold, Region, StateOf, Statistic, map_folds,
};
use crate::kernels::reduce::way::Keeping;
#[cfg(feature = "alloc")]
use crate::layout::dense_strides;
use crate::read::Strides;
#[cfg(feature = "alloc")]
use crate::shape::element_count;
use crate::shape::{Carried, Shape, StaticShape};
use crate::storage::StorageMut;
use crate::tensor::{Array, Tensor};

/// What is known of some numbers: how many they are, their mean, and the sum of their squared
/// deviations from it.
///
/// Made of data by [`moments`](crate::ops::Reduce::moments), and merged with those of other data,
/// in any number of parts: batches of a stream, files, threads. The mean and the sum carry along
/// what their rounding has lost, so that [its errors](crate::accuracy) do not grow with the number
/// of parts. Two are equal where the rounded values are.
///
/// ```
/// use shapewright::{Moments, prelude::*, tensor};
/// let (a, b) = (tensor![1.0, 5.0], tensor![[2.0], [4.0]]);
/// let both = a.moments().merge(b.moments());
/// assert_eq!((both.count(), both.mean(), both.m2()), (4, 3.0, 10.0));
/// assert_eq!((both.var(0), both.std(0)), (2.5, 2.5f64.sqrt()));
/// ```
#[doc(alias("welford"))]
#[derive(Clone, Copy, Debug)]
pub struct Moments<T> {
    count: usize,
    /// The rounded mean, and what it has lost.
    mean: [T; 2],
    /// The rounded sum, and what it has lost.
    m2: [T; 2],
}

impl<T: PartialEq> PartialEq for Moments<T> {
    fn eq(&self, other: &Self) -> bool {
        self.count == other.count && self.mean[0] == other.mean[0] && self.m2[0] == other.m2[0]
    }
}

impl<T: Float> Moments<T> {
    /// Of no numbers: a merge with it changes nothing.
    pub const EMPTY: Self = Self::new(0, T::NAN, T::ZERO);

    /// Of parts that are known already.
    ///
    /// ```
    /// use shapewright::Moments;
    /// assert_eq!(Moments::new(3, 4.0, 6.0).var(0), 2.0);
    /// ```
    #[inline]
    pub const fn new(count: usize, mean: T, m2: T) -> Self {
        Self { count, mean: [mean, T::ZERO], m2: [m2, T::ZERO] }
    }

    /// Of the numbers of both, by the pairwise formula of Chan, Golub and LeVeque (Updating
    /// formulae and a pairwise algorithm for computing sample variances, 1979; The American
    /// Statistician 37, 1983). Which of two is the first does not matter, but for the bits where
    /// both have as many numbers.
    ///
    /// With `a` the one that has more numbers, `n = a.count + b.count`, `share = b.count / n` and
    /// `d = b.mean - a.mean`, the mean is `a.mean + d * share`, and `m2` is
    /// `a.m2 + b.m2 + d * (d * (a.count * share))`. What the rounding of these sums loses is
    /// carried along to the next merge. A part of no numbers leaves the other as it is.
    ///
    /// ```
    /// use shapewright::Moments;
    /// let (a, b) = (Moments::new(1, 2.0, 0.0), Moments::new(3, 6.0, 2.0));
    /// assert_eq!(a.merge(b), Moments::new(4, 5.0, 14.0));
    /// assert_eq!(a.merge(Moments::EMPTY), a);
    /// ```
    #[inline]
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        let (a, b) = if self.count < other.count { (other, self) } else { (self, other) };
        if b.count == 0 {
            return a;
        }
        found::merged(a.into(), b.into()).into()
    }

    /// How many numbers there are.
    #[inline]
    pub const fn count(&self) -> usize {
        self.count
    }
    /// Their mean; NaN of none.
    #[inline]
    pub const fn mean(&self) -> T {
        self.mean[0]
    }
    /// The sum of their squared deviations from the mean; 0 of none.
    #[inline]
    pub const fn m2(&self) -> T {
        self.m2[0]
    }
    /// Their variance, with the divisor `count - ddof`; NaN where that is not positive.
    #[doc(alias("variance"))]
    #[inline]
    pub fn var(&self, ddof: usize) -> T {
        Found::from(Self { m2: [self.m2[0], T::ADDITIVE_IDENTITY], ..*self }).variance(ddof)
    }
    /// Their standard deviation, the square root of the variance.
    #[doc(alias("stddev", "standard_deviation"))]
    #[inline]
    pub fn std(&self, ddof: usize) -> T {
        self.var(ddof).sqrt()
    }
}

impl<T: Float> Moments<T> {
    /// Those of elements that were computed with in another type. What is lost is carried along.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn narrowed(wide: Moments<T::Float>) -> Self {
        let parts = |[whole, lost]: [T::Float; 2]| {
            let narrow = T::of_float(whole);
            let lost = lost.plus(whole.minus(narrow.float()));
            // An infinity has lost nothing that could be told.
            [narrow, if lost.minus(lost) == T::Float::ZERO { T::of_float(lost) } else { T::ZERO }]
        };
        Self { count: wide.count, mean: parts(wide.mean), m2: parts(wide.m2) }
    }
}
impl<T: Float> From<Found<T>> for Moments<T> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn from(found: Found<T>) -> Self {
        let [squares, lost] = found.squares.map(|part| part.times(found.unit).times(found.unit));
        let m2 = squares.plus(lost);
        let lost = lost.minus(m2.minus(squares));
        // A sum that overflows has lost nothing that could be told.
        let lost = if lost.minus(lost) == T::ZERO { lost } else { T::ZERO };
        Self { count: found.count, mean: found.mean, m2: [m2, lost] }
    }
}
impl<T: Float> From<Moments<T>> for Found<T> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn from(moments: Moments<T>) -> Self {
        Self { count: moments.count, mean: moments.mean, squares: moments.m2, unit: T::ONE }
    }
}

/// The moments of all elements.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AllMoments;
/// The mean and the variance.
#[derive(Clone, Copy, Debug)]
struct MeanAndVariance {
    ddof: usize,
}

macro_rules! folded {
    ($($name:ident: $output:ty, |$this:ident, $found:ident| $finish:expr;)*) => {$(
        impl<T: Float> MapFold<T> for $name {
            type Output = $output;
            type Mapped = stand_in!(Float, T);
            type Folded = Spread;
            #[cfg_attr(not(unoptimised), inline(always))]
            fn mapped(x: T) -> Self::Mapped {
                stand_in!(Float, T, of x)
            }
            #[cfg_attr(not(unoptimised), inline(always))]
            fn finish(self, state: StateOf<T, Self>, count: usize) -> $output {
                let ($this, $found) = (self, Found::of(state, count));
                $finish
            }
        }
    )*};
}
folded! {
    AllMoments: Moments<T>, |_this, found| Moments::narrowed(found.into());
    MeanAndVariance: (T, T), |this, found| {
        (T::of_float(found.mean()), T::of_float(found.variance(this.ddof)))
    };
}
map_folds! { AllMoments of Float; MeanAndVariance of Float; }

/// The mean, and the reciprocal of the root of the biased variance and a number more.
#[derive(Clone, Copy, Debug)]
pub struct MeanAndRoot<T>(pub(crate) T);
impl<T: Float> MapFold<T> for MeanAndRoot<T> {
    type Output = (T, T);
    type Mapped = stand_in!(Float, T);
    type Folded = Spread;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn mapped(x: T) -> Self::Mapped {
        stand_in!(Float, T, of x)
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn finish(self, state: StateOf<T, Self>, count: usize) -> (T, T) {
        let found = Found::of(state, count);
        let root = found.variance(0).plus(self.0.float()).sqrt();
        (T::of_float(found.mean()), T::of_float(<stand_in!(Float, T)>::ONE.divided(root)))
    }
}
impl<T: Float> Statistic<T> for MeanAndRoot<T> {
    type Output = (T, T);
    const STATE: usize = size_of::<StateOf<T, Self>>();
    #[cfg_attr(not(unoptimised), inline(always))]
    fn along(self, region: &mut impl Region<T>) -> (T, T) {
        statistic::along(self, region)
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn across<const N: usize>(
        self,
        columns: &mut impl Columns<T, N>,
        give: impl FnMut(usize, (T, T)),
    ) {
        statistic::across(self, columns, give);
    }
}

/// The mean and the variance over axes, not computed yet: made by
/// [`moments_axis`](crate::ops::Reduce::moments_axis).
#[doc(alias("var_mean", "std_mean"))]
#[derive(Clone, Copy, Debug)]
#[must_use = "nothing is computed until `.to_tensors()`, `.to_arrays()` or `.assign_to(..)` names destinations"]
pub struct AxisMoments<E, S, Kept> {
    pub(crate) expr: E,
    pub(crate) axes: AxisSet,
    pub(crate) shape: Carried<S>,
    pub(crate) kept: Carried<Kept>,
    pub(crate) ddof: usize,
}

impl<E: Expr<Elem: Float>, S: Shape, Kept: Shape> AxisMoments<E, S, Kept> {
    /// Divides by `n - ddof` instead of `n`. NaN where `ddof >= n`.
    ///
    /// ```
    /// use shapewright::{Axis, prelude::*, tensor};
    /// let (_, var) = tensor![1.0, 2.0, 6.0].moments_axis(Axis::<0>).ddof(1).to_tensors();
    /// assert_eq!(var, tensor![7.0; ]);
    /// ```
    #[doc(alias("correction", "unbiased"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    pub fn ddof(self, ddof: usize) -> Self {
        Self { ddof, ..self }
    }

    /// Keeps the reduced axes as axes of length [`One`](crate::One), so that the results broadcast
    /// with what was reduced.
    ///
    /// ```
    /// use shapewright::{Axis, prelude::*, tensor};
    /// let x = tensor![[1.0, 3.0], [5.0, 9.0]];
    /// let (mean, var) = x.moments_axis(Axis::<1>).keepdims().to_tensors();
    /// assert_eq!(((&x - &mean) / var.sqrt()).to_tensor(), tensor![[-1.0, 1.0], [-1.0, 1.0]]);
    /// ```
    #[doc(alias("keepdim", "keep_dims"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    pub fn keepdims(self) -> AxisMoments<E, Kept, Kept> {
        let Self { expr, axes, kept, ddof, .. } = self;
        AxisMoments { expr, axes, shape: kept, kept, ddof }
    }

    /// # Safety
    /// Both reach an element for every index of `S`, exclusively, no two indices the same.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn write(&self, mean: Strides<*mut E::Elem>, var: Strides<*mut E::Elem>) {
        let along = |to: Strides<*mut E::Elem>| -> Strides<*mut E::Elem> {
            let strides: PerAxis<isize> = aligned::<E::Shape, S>(self.axes, to.strides);
            Strides { at: to.at, strides }
        };
        let (statistic, to) = (MeanAndVariance { ddof: self.ddof }, (along(mean), along(var)));
        // SAFETY: an index of the operand, less the reduced axes, is one of both results.
        evaluate(unsafe {
            Folding::<_, _, Keeping<E::Shape, Kept>, _>::new(statistic, &self.expr, self.axes, to)
        });
    }

    /// All that is known of each region, in row-major order.
    #[cfg(feature = "alloc")]
    pub(crate) fn to_vec(&self) -> Vec<Moments<E::Elem>> {
        let shape = self.shape.get();
        let mut all = vec![Moments::EMPTY; element_count(shape)];
        let strides = aligned::<E::Shape, S>(self.axes, dense_strides(shape));
        let to = Strides { at: all.as_mut_ptr(), strides };
        // SAFETY: an index of the operand, less the reduced axes, is one of the shape, which the
        // vector has an element for each of.
        evaluate(unsafe {
            Folding::<_, _, Keeping<E::Shape, Kept>, _>::new(AllMoments, &self.expr, self.axes, to)
        });
        all
    }

    /// Computes both into tensors that exist.
    ///
    /// # Panics
    /// Where lengths of run time differ; [`agree`](crate::agree()) asks
    /// beforehand.
    ///
    /// ```
    /// use shapewright::{Axis, Tensor, prelude::*, shape, tensor};
    /// let mut running: [Tensor<f64, shape![2]>; 2] = [Tensor::zeros(), Tensor::zeros()];
    /// let [mean, var] = &mut running;
    /// tensor![[1.0, 20.0], [3.0, 40.0]].moments_axis(Axis::<0>).assign_to(mean, var);
    /// assert_eq!(running, [tensor![2.0, 30.0], tensor![1.0, 100.0]]);
    /// ```
    #[doc(alias("out"))]
    #[inline]
    #[track_caller]
    pub fn assign_to<B: StorageMut, C: StorageMut>(
        self,
        mean: &mut Tensor<E::Elem, S, B>,
        var: &mut Tensor<E::Elem, S, C>,
    ) {
        agreement::receive(self.shape.get(), mean.shape());
        agreement::receive(self.shape.get(), var.shape());
        // SAFETY: what `StorageMut` promises; both are borrowed exclusively.
        unsafe { self.write(mean.strided_mut(), var.strided_mut()) };
    }

    /// Computes both into new tensors on the heap.
    ///
    /// ```
    /// use shapewright::{Axis, prelude::*, tensor};
    /// let (mean, var) = tensor![[1.0, 3.0], [5.0, 9.0]].moments_axis(Axis::<1>).to_tensors();
    /// assert_eq!((mean, var), (tensor![2.0, 7.0], tensor![1.0, 4.0]));
    /// ```
    #[cfg(feature = "alloc")]
    #[inline]
    pub fn to_tensors(self) -> (Tensor<E::Elem, S>, Tensor<E::Elem, S>) {
        let mut mean = Tensor::filled(self.shape.get(), E::Elem::ZERO);
        let mut var = Tensor::filled(self.shape.get(), E::Elem::ZERO);
        self.assign_to(&mut mean, &mut var);
        (mean, var)
    }

    /// Computes both into new inline arrays, with no allocator.
    ///
    /// ```
    /// use shapewright::{Axis, array, prelude::*};
    /// let (mean, var) = array![[1.0, 3.0], [5.0, 9.0]].moments_axis(Axis::<1>).to_arrays();
    /// assert_eq!((mean, var), (array![2.0, 7.0], array![1.0, 4.0]));
    /// ```
    #[inline]
    pub fn to_arrays(self) -> (Array<E::Elem, S>, Array<E::Elem, S>)
    where
        S: StaticShape,
    {
        let (mut mean, mut var) = (Array::splat(E::Elem::ZERO), Array::splat(E::Elem::ZERO));
        self.assign_to(&mut mean, &mut var);
        (mean, var)
    }
}
