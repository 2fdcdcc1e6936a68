//! The node of an expression whose axes are rearranged by strides alone: no element is moved.
//!
//! Operations on shapes, such as a transpose, return this lazy node for tensors and expressions
//! alike. On a tensor they copy nothing, and [`view`](Lazy::view) turns their result into a
//! [`TensorView`].

use super::sealed::Sealed;
use super::{Expr, Lazy, Shaped, stored, stored_scratch};
use crate::axes::{AxisSet, MAX_RANK, PerAxis, pushed, spread, without};
use crate::element::Element;
use crate::kernels::elementwise;
use crate::layout::{Layout, Rearrangement, Strided};
use crate::memory::{Dest, Memory};
use crate::read::Strides;
use crate::run::level::Work;
use crate::run::scratch::{Scratch, ScratchBytes};
use crate::shape::{Carried, Instance, Shape};
use crate::storage::{ForeignBuffer, Storage};
use crate::tensor::{Tensor, TensorView};

/// Inserts the new axes `axes`, of length `One`.
#[derive(Clone, Copy, Debug)]
pub struct Expand {
    pub(crate) axes: AxisSet,
}
impl Rearrangement for Expand {
    type Layout<L: Layout> = L;
    const UNDOES: bool = true;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn rearrange(self, strides: PerAxis<isize>) -> (isize, PerAxis<isize>) {
        (0, spread(strides, self.axes))
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn undo(self, strides: PerAxis<isize>) -> PerAxis<isize> {
        without(strides, self.axes)
    }
}

/// Removes the axes `axes`, which have length 1.
#[derive(Clone, Copy, Debug)]
pub struct Squeeze {
    pub(crate) axes: AxisSet,
}
impl Rearrangement for Squeeze {
    type Layout<L: Layout> = L;
    const UNDOES: bool = true;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn rearrange(self, strides: PerAxis<isize>) -> (isize, PerAxis<isize>) {
        (0, without(strides, self.axes))
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn undo(self, strides: PerAxis<isize>) -> PerAxis<isize> {
        spread(strides, self.axes)
    }
}

/// Appends `axes` new axes of length `One` after the last axis.
#[derive(Clone, Copy, Debug)]
pub struct Append {
    pub(crate) axes: usize,
}
impl Rearrangement for Append {
    type Layout<L: Layout> = L;
    const UNDOES: bool = true;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn rearrange(self, strides: PerAxis<isize>) -> (isize, PerAxis<isize>) {
        (0, core::array::from_fn(|k| if k < self.axes { 0 } else { strides[k - self.axes] }))
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn undo(self, strides: PerAxis<isize>) -> PerAxis<isize> {
        core::array::from_fn(|k| if k + self.axes < MAX_RANK { strides[k + self.axes] } else { 0 })
    }
}

/// Another order of the axes: axis `k` of the result is axis `from[k]` of the operand (0 is the
/// last axis).
#[derive(Clone, Copy, Debug)]
pub struct Permute {
    pub(crate) from: PerAxis<usize>,
    pub(crate) rank: usize,
}
impl Permute {
    /// Swaps the last two axes.
    pub(crate) const LAST_TWO: Self = Self { from: [1, 0, 2, 3, 4, 5, 6, 7], rank: 2 };
}
impl Rearrangement for Permute {
    type Layout<L: Layout> = Strided;
    const UNDOES: bool = true;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn rearrange(self, strides: PerAxis<isize>) -> (isize, PerAxis<isize>) {
        (
            0,
            core::array::from_fn(
                |k| if k < self.rank { strides[self.from[k] % MAX_RANK] } else { 0 },
            ),
        )
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn undo(self, strides: PerAxis<isize>) -> PerAxis<isize> {
        let mut all = [0; MAX_RANK];
        for (&from, &stride) in self.from.iter().zip(&strides).take(self.rank) {
            all[from % MAX_RANK] = stride;
        }
        all
    }
}

/// Stretches the operand to a larger shape. The operand's strides along the axes that stretch are 0
/// already, so no stride changes.
#[derive(Clone, Copy, Debug)]
pub struct StretchTo;
impl Rearrangement for StretchTo {
    type Layout<L: Layout> = Strided;
    const UNDOES: bool = false;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn rearrange(self, strides: PerAxis<isize>) -> (isize, PerAxis<isize>) {
        (0, strides)
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn undo(self, strides: PerAxis<isize>) -> PerAxis<isize> {
        strides
    }
}

/// Takes every `step`-th index of axis `axis` (0 is the last axis) from `start` on, backwards if
/// `step` is negative.
#[derive(Clone, Copy, Debug)]
pub struct Slice {
    pub(crate) axis: usize,
    pub(crate) start: usize,
    pub(crate) step: isize,
}
impl Rearrangement for Slice {
    type Layout<L: Layout> = Strided;
    const UNDOES: bool = false;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn rearrange(self, mut strides: PerAxis<isize>) -> (isize, PerAxis<isize>) {
        let stride = strides[self.axis];
        strides[self.axis] = stride.wrapping_mul(self.step);
        (stride.wrapping_mul(self.start as isize), strides)
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn undo(self, strides: PerAxis<isize>) -> PerAxis<isize> {
        strides
    }
}

/// Windows along axis `axis` (0 is the last axis). Neighbouring windows begin `stride` indices
/// apart. The elements of a window are `dilation` indices apart, and lie along a new last axis.
#[derive(Clone, Copy, Debug)]
pub struct SlidingWindow {
    pub(crate) axis: usize,
    pub(crate) stride: isize,
    pub(crate) dilation: isize,
}
impl Rearrangement for SlidingWindow {
    type Layout<L: Layout> = Strided;
    const UNDOES: bool = false;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn rearrange(self, mut strides: PerAxis<isize>) -> (isize, PerAxis<isize>) {
        let along = strides[self.axis];
        strides[self.axis] = along.wrapping_mul(self.stride);
        (0, pushed(strides, along.wrapping_mul(self.dilation)))
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn undo(self, strides: PerAxis<isize>) -> PerAxis<isize> {
        strides
    }
}

/// An expression with its axes rearranged.
#[derive(Clone, Copy, Debug)]
pub struct Rearranged<R, E, S> {
    pub(crate) how: R,
    pub(crate) expr: E,
    pub(crate) shape: Carried<S>,
}

impl<R: Rearrangement, E: Expr, S> Rearranged<R, E, S> {
    #[cfg_attr(not(unoptimised), inline(always))]
    fn applied(&self, from: Strides<*const E::Elem>) -> Strides<*const E::Elem> {
        let (offset, strides) = self.how.rearrange(from.strides);
        Strides { at: from.at.wrapping_offset(offset), strides }
    }
}

/// A tensor of the shape `S` that is borrowed for `'a`, or a rearrangement of one. Its elements are
/// in memory, and strides say where.
#[diagnostic::on_unimplemented(
    message = "this expression of shape `{S}` is lazy: no view can see its elements, which are not computed yet",
    label = "not computed: `.to_tensor()` goes here",
    note = "`.to_tensor()` computes it, or `.to_array()` without an allocator, and a view of the result is `y.view()`; only a tensor that is borrowed, `&x`, is seen through its rearrangements, such as `x.t()`",
    note = "more in the docs: `shapewright::lazy_values`"
)]
pub trait Viewed<'a, S: Shape>: Expr {
    /// The elements as a view.
    fn viewed(&self) -> TensorView<'a, Self::Elem, S>;
}
#[diagnostic::do_not_recommend]
impl<'a, T: Element, S: Shape, B: Storage> Viewed<'a, S> for &'a Tensor<T, S, B> {
    #[inline]
    fn viewed(&self) -> TensorView<'a, T, S> {
        (*self).view()
    }
}
#[diagnostic::do_not_recommend]
impl<'a, R: Rearrangement, E: Expr, Out: Shape> Viewed<'a, Out> for Rearranged<R, E, Out>
where
    E: Viewed<'a, <E as Shaped>::Shape>,
{
    #[inline]
    fn viewed(&self) -> TensorView<'a, E::Elem, Out> {
        let Strides { at, strides } = self.applied(self.expr.viewed().strided());
        // SAFETY: the elements of the operand are borrowed for `'a`. The method that made this node
        // chose `how` for the shape `Out`, so the rearranged strides reach one of these elements at
        // each index of `Out`.
        Tensor { buffer: unsafe { ForeignBuffer::new(at, strides) }, shape: self.shape.get() }
    }
}

impl<T: Element, S: Shape, E: Expr<Elem = T, Shape = S>> Lazy<E> {
    /// A view of a tensor whose elements are only rearranged, and not computed with. It can be
    /// stored, passed as a [`TensorView`], indexed and iterated over. Nothing is copied.
    ///
    /// ```
    /// use shapewright::{TensorView, array, prelude::*};
    /// let x = array![[1, 2, 3], [4, 5, 6]];
    /// let transposed: TensorView<i32, shape![3, 2]> = x.t().view();
    /// assert_eq!(transposed[[2, 0]], 3);
    /// assert_eq!(x.t().flip(Axis::<0>).view().row(0), [3, 6]);
    /// ```
    #[inline]
    pub fn view<'a>(self) -> TensorView<'a, T, S>
    where
        E: Viewed<'a, S>,
    {
        self.0.viewed()
    }
}

impl<R, E, S> Sealed for Rearranged<R, E, S> {}
impl<R: Rearrangement, E: Expr, S: Shape> Shaped for Rearranged<R, E, S> {
    type Elem = E::Elem;
    type Shape = S;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape(&self) -> S {
        self.shape.get()
    }
}
impl<R: Rearrangement, E: Expr, S: Shape> Expr for Rearranged<R, E, S> {
    // An operand that is not in memory is computed into scratch memory before the loop. In this
    // case `Layout` is `Whole`, and the source reads the elements in scratch memory.
    type Layout = <E::Layout as Layout>::Rearranged<R>;
    type Source<'s, I: Instance>
        = Memory<'s, E::Elem, I::Of<S>, R::Layout<<E::Layout as Layout>::InMemory>>
    where
        Self: 's;
    const WRITE_SCRATCH: ScratchBytes =
        if R::UNDOES && !E::Layout::IN_MEMORY { E::WRITE_SCRATCH } else { stored_scratch::<E>() };
    const SOURCE_SCRATCH: ScratchBytes = stored_scratch::<E>();
    const WORK: Work = E::WORK.and(Work::of(S::STATIC_LEN));
    #[cfg_attr(not(unoptimised), inline(always))]
    fn source<'s, I: Instance>(&'s self, scratch: &'s Scratch<'_>) -> Self::Source<'s, I> {
        // SAFETY: `stored` returns strides that reach the elements of the operand. The method that
        // made this node chose `how` for the shape `S`, so the rearranged strides reach one of
        // these elements at each index of `S`.
        unsafe { Memory::new(self.applied(stored::<I, _>(&self.expr, scratch))) }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn memory(&self) -> Option<Strides<*const E::Elem>> {
        self.expr.memory().map(|from| self.applied(from))
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn write<I: Instance, L: Layout>(&self, dest: Dest<'_, E::Elem, S, L>, scratch: &Scratch<'_>) {
        if const { R::UNDOES && !E::Layout::IN_MEMORY } {
            let strides = self.how.undo(dest.to.strides);
            let to = Strides { at: dest.to.at, strides };
            // SAFETY: because `R::UNDOES` is true, the strides that `undo` returns reach a slot of
            // the destination for each element of the operand, and a different slot for each
            // element.
            self.expr.write::<I, _>(unsafe { Dest::<_, E::Shape, Strided>::new(to) }, scratch);
        } else {
            elementwise::write::<I, _, _, _>(self.source::<I>(scratch), dest, self.shape.get());
        }
    }
}
