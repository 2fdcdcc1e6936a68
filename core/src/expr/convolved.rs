//! The node of a convolution of images `(n, c, h, w)`, or of lines `(n, c, l)`, with weights.

use super::sealed::Sealed;
use super::{Expr, Shaped, stored, stored_scratch};
use crate::axes::PerAxis;
use crate::element::Numeric;
use crate::kernels::convolution::{Convolution, convolve};
use crate::kernels::images::{Images, Windows};
use crate::layout::{Dense, Layout, Whole};
use crate::memory::{Dest, Memory};
use crate::run::level::{Level, Work};
use crate::run::scratch::{Scratch, ScratchBytes, plus};
use crate::shape::{Carried, Instance, List, Shape, Tuple};

/// `data` convolved with `weight`, and `bias` added to each output channel.
#[derive(Clone, Copy, Debug)]
pub struct Convolved<E, W, B, S> {
    pub(crate) data: E,
    pub(crate) weight: W,
    pub(crate) bias: Option<B>,
    pub(crate) how: Windows,
    pub(crate) shape: Carried<S>,
}

/// The entries of `axes`, in which entry 0 is the last axis, in the order images, channels, rows
/// and columns. Lines have no axis of rows, so `row` is the entry there.
#[cfg_attr(not(unoptimised), inline(always))]
fn of_images<S: Shape, T: Copy>(axes: PerAxis<T>, row: T) -> [T; 4] {
    if const { S::RANK == 4 } {
        [axes[3], axes[2], axes[1], axes[0]]
    } else {
        [axes[2], axes[1], row, axes[0]]
    }
}

impl<E, W, B, S> Sealed for Convolved<E, W, B, S> {}
impl<E: Expr<Elem: Numeric>, W: Expr<Elem = E::Elem>, B: Expr<Elem = E::Elem>, S: Shape> Shaped
    for Convolved<E, W, B, S>
{
    type Elem = E::Elem;
    type Shape = S;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn shape(&self) -> S {
        self.shape.get()
    }
}
impl<E: Expr<Elem: Numeric>, W: Expr<Elem = E::Elem>, B: Expr<Elem = E::Elem>, S: Shape> Expr
    for Convolved<E, W, B, S>
{
    type Layout = Whole;
    type Source<'s, I: Instance>
        = Memory<'s, E::Elem, I::Of<S>, Dense>
    where
        Self: 's;
    const WRITE_SCRATCH: ScratchBytes =
        plus(plus(stored_scratch::<E>(), stored_scratch::<W>()), stored_scratch::<B>());
    const SOURCE_SCRATCH: ScratchBytes = stored_scratch::<Self>();
    // `Work::LARGE` is large enough that the convolution is never inlined into the caller.
    const WORK: Work = Work::LARGE;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn source<'s, I: Instance>(&'s self, scratch: &'s Scratch<'_>) -> Self::Source<'s, I> {
        // SAFETY: `stored` writes every element of the result to `scratch`, in row-major order.
        unsafe { Memory::new(stored::<I, _>(self, scratch)) }
    }
    #[cfg_attr(not(unoptimised), inline(always))]
    fn write<I: Instance, L: Layout>(&self, dest: Dest<'_, E::Elem, S, L>, scratch: &Scratch<'_>) {
        let (data, weight) =
            (stored::<I, _>(&self.data, scratch), stored::<I, _>(&self.weight, scratch));
        let bias = self.bias.as_ref().map(|bias| stored::<I, _>(bias, scratch));
        let data_lens = of_images::<S, _>(self.data.shape().into_list().lens(), 1);
        let [_, outputs, rows, columns] = of_images::<S, _>(self.shape.get().into_list().lens(), 1);
        let convolution = Convolution {
            data: Images { at: data.at, strides: of_images::<S, _>(data.strides, 0) },
            weight: Images { at: weight.at, strides: of_images::<S, _>(weight.strides, 0) },
            bias: bias.map(|bias| (bias.at, bias.strides[0])),
            to: Images { at: dest.to.at, strides: of_images::<S, _>(dest.to.strides, 0) },
            data_lens,
            outputs,
            windows: [rows, columns],
            how: self.how,
        };
        // SAFETY: the strides of `data`, `weight`, `bias` and `dest` reach an element at each index
        // of their shapes, and `dest` is borrowed exclusively. Each constructor of the layer
        // ensures that `bias` has an element for each output channel of `weight`. The layer's
        // `forward`, which made this node, compared the channels of `data` with those of `weight`,
        // and computed the shape of `dest` from both.
        unsafe { convolve(Level::current(), convolution) };
    }
}
