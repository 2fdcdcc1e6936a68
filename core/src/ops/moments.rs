//! Moments: the count, the mean, and the sum of the squared deviations from the mean. They are
//! computed over all elements or over axes, and those of two sets of numbers can be merged.

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

/// The moments of a set of numbers: their count, their mean, and the sum of their squared
/// deviations from the mean.
///
/// [`moments`](crate::ops::Reduce::moments) computes them from data. They can be merged with the
/// moments of other data, in any number of parts: batches of a stream, files, threads. The mean and
/// the sum each carry the rounding error of earlier operations along, so that [their
/// errors](crate::accuracy) do not grow with the number of parts. Two `Moments` are equal if their
/// counts, their rounded means and their rounded sums are equal.
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
    /// The rounded mean, and its rounding error.
    mean: [T; 2],
    /// The rounded sum of squared deviations, and its rounding error.
    m2: [T; 2],
}

impl<T: PartialEq> PartialEq for Moments<T> {
    fn eq(&self, other: &Self) -> bool {
        self.count == other.count && self.mean[0] == other.mean[0] && self.m2[0] == other.m2[0]
    }
}

impl<T: Float> Moments<T> {
    /// The moments of no numbers: a merge with them changes nothing.
    pub const EMPTY: Self = Self::new(0, T::NAN, T::ZERO);

    /// The moments with this count, this mean, and this sum `m2` of squared deviations.
    ///
    /// ```
    /// use shapewright::Moments;
    /// assert_eq!(Moments::new(3, 4.0, 6.0).var(0), 2.0);
    /// ```
    #[inline]
    pub const fn new(count: usize, mean: T, m2: T) -> Self {
        Self { count, mean: [mean, T::ZERO], m2: [m2, T::ZERO] }
    }

    /// Merges the moments of two sets of numbers, by the pairwise formula of Chan, Golub and
    /// LeVeque (Updating formulae and a pairwise algorithm for computing sample variances, 1979;
    /// The American Statistician 37, 1983). The order of the two does not matter, except for the
    /// bits of the result if both have the same count.
    ///
    /// Let `a` be the moments with the larger count, `b` the others, `n = a.count + b.count`,
    /// `share = b.count / n` and `d = b.mean - a.mean`. Then the mean of the result is
    /// `a.mean + d * share`, and `m2` is `a.m2 + b.m2 + d * (d * (a.count * share))`. The rounding
    /// errors of the mean and of `m2` are carried along to the next merge. If `b.count` is 0, the
    /// result is `a`.
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

    /// How many numbers there are in the set.
    #[inline]
    pub const fn count(&self) -> usize {
        self.count
    }
    /// The mean; NaN if there are no numbers.
    #[inline]
    pub const fn mean(&self) -> T {
        self.mean[0]
    }
    /// The sum of the squared deviations from the mean; 0 if there are no numbers.
    #[inline]
    pub const fn m2(&self) -> T {
        self.m2[0]
    }
    /// The variance, with the divisor `count - ddof`; NaN if the divisor is not positive. It is
    /// computed from [`m2`](Self::m2), so it is infinite where `m2` overflows, and 0 where `m2`
    /// underflows.
    #[doc(alias("variance"))]
    #[inline]
    pub fn var(&self, ddof: usize) -> T {
        Found::from(Self { m2: [self.m2[0], T::ADDITIVE_IDENTITY], ..*self }).variance(ddof)
    }
    /// The standard deviation: the square root of the [variance](Self::var), also where that is
    /// infinite or 0.
    #[doc(alias("stddev", "standard_deviation"))]
    #[inline]
    pub fn std(&self, ddof: usize) -> T {
        self.var(ddof).sqrt()
    }
}

impl<T: Float> Moments<T> {
    /// Converts moments from the type in which they are computed to the element type: from `f32`
    /// for half-precision floats. The rounding error of the conversion is carried along.
    #[cfg_attr(not(unoptimised), inline(always))]
    fn narrowed(wide: Moments<T::Float>) -> Self {
        let parts = |[whole, lost]: [T::Float; 2]| {
            let narrow = T::of_float(whole);
            let lost = lost.plus(whole.minus(narrow.float()));
            // If `narrow` is infinite or NaN, `lost` is one of the two as well, and 0 replaces it.
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
        // If `m2` has overflowed, `lost` is infinite or NaN, and 0 replaces it.
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

/// The statistic of [`moments`](crate::ops::Reduce::moments): count, mean and squared deviations.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AllMoments;
/// The statistic of [`moments_axis`](crate::ops::Reduce::moments_axis): mean and variance.
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

/// The statistic of layer normalisation: the mean, and `1 / sqrt(var + eps)`. `var` is the variance
/// with the divisor n, and `eps` is the field of this struct.
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

/// The mean and the variance over axes, not computed yet: the result of
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
    /// Divides the squared deviations by `n - ddof` instead of `n`, the number of elements that are
    /// reduced to one result. The variance is NaN if `ddof >= n`.
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
    /// with the operand.
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

    /// Writes the mean and the variance to the destinations `mean` and `var`.
    ///
    /// # Safety
    /// Both destinations must reach an element for every index of `S`, with exclusive access, and
    /// no two indices may reach the same element.
    #[cfg_attr(not(unoptimised), inline(always))]
    unsafe fn write(&self, mean: Strides<*mut E::Elem>, var: Strides<*mut E::Elem>) {
        let along = |to: Strides<*mut E::Elem>| -> Strides<*mut E::Elem> {
            let strides: PerAxis<isize> = aligned::<E::Shape, S>(self.axes, to.strides);
            Strides { at: to.at, strides }
        };
        let (statistic, to) = (MeanAndVariance { ddof: self.ddof }, (along(mean), along(var)));
        // SAFETY: the strides of `to` are 0 along the reduced axes. So an index of the operand
        // reaches the element of `mean` and of `var` at the index of `S` that has the same kept
        // axes, and the caller promises that there is such an element, with exclusive access.
        evaluate(unsafe {
            Folding::<_, _, Keeping<E::Shape, Kept>, _>::new(statistic, &self.expr, self.axes, to)
        });
    }

    /// Computes the moments of each reduced region, in row-major order of the kept axes.
    #[cfg(feature = "alloc")]
    pub(crate) fn to_vec(&self) -> Vec<Moments<E::Elem>> {
        let shape = self.shape.get();
        let mut all = vec![Moments::EMPTY; element_count(shape)];
        let strides = aligned::<E::Shape, S>(self.axes, dense_strides(shape));
        let to = Strides { at: all.as_mut_ptr(), strides };
        // SAFETY: `strides` are 0 along the reduced axes. So an index of the operand reaches the
        // element of `all` at the index of `shape` that has the same kept axes. `all`, which
        // nothing else uses meanwhile, has an element for each index of `shape`.
        evaluate(unsafe {
            Folding::<_, _, Keeping<E::Shape, Kept>, _>::new(AllMoments, &self.expr, self.axes, to)
        });
        all
    }

    /// Computes the mean and the variance into existing tensors.
    ///
    /// # Panics
    /// If a run-time length of `mean` or `var` is not that of the result.
    /// [`agree`](crate::agree()) checks run-time lengths beforehand.
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
        // SAFETY: `StorageMut` promises memory for every element of `mean` and `var`, whose shapes
        // have been checked, and both are borrowed exclusively.
        unsafe { self.write(mean.strided_mut(), var.strided_mut()) };
    }

    /// Computes the mean and the variance into new tensors on the heap.
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

    /// Computes the mean and the variance into new inline arrays. Needs no allocator.
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
