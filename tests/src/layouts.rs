//! The same elements in other memory layouts: with gaps, in another order, reversed, stretched. The
//! gaps are NaN, so that reading one shows, and the memory ends with the elements.

use shapewright::{Shape, Storage, Tensor, TensorView};

use crate::random::Scatter;
use crate::same::Ulps;

/// The elements of a tensor of `R` axes, placed within a larger buffer.
#[derive(Clone, Debug)]
pub struct Scattered<T, const R: usize> {
    elements: Box<[T]>,
    first: usize,
    strides: [isize; R],
}

/// The memory layout of the axes of a tensor.
#[derive(Clone, Copy, Debug)]
struct Way<const R: usize> {
    /// The axes from the outermost to the innermost.
    order: [usize; R],
    /// The number of gap elements after each element, and after each row.
    gap: usize,
    is_backwards: [bool; R],
    /// Axes with the stride 0.
    is_stretched: [bool; R],
}

impl<T: Ulps, const R: usize> Scattered<T, R> {
    /// Elements of these lengths, each computed by `element(index)`. If several elements share a
    /// position in memory, the last one is stored.
    fn new(lengths: [usize; R], way: Way<R>, mut element: impl FnMut([usize; R]) -> T) -> Self {
        let (mut strides, mut size) = ([0; R], (way.gap + 1) as isize);
        for &axis in way.order.iter().rev() {
            if !way.is_stretched[axis] {
                strides[axis] = size;
                size *= (lengths[axis] + way.gap).max(1) as isize;
            }
        }
        let farthest = |axis: usize| strides[axis] * lengths[axis].saturating_sub(1) as isize;
        let count = (0..R).map(farthest).sum::<isize>() + 1;
        let first = (0..R).filter(|&axis| way.is_backwards[axis]).map(farthest).sum::<isize>();
        for (stride, is_backwards) in strides.iter_mut().zip(way.is_backwards) {
            *stride *= if is_backwards { -1 } else { 1 };
        }
        let len = if lengths.contains(&0) { 0 } else { count as usize };
        let mut elements = vec![T::NAN; len].into_boxed_slice();
        let total: usize = lengths.iter().product();
        for k in 0..total {
            let (mut rest, mut index) = (k, [0; R]);
            for axis in (0..R).rev() {
                (index[axis], rest) = (rest % lengths[axis], rest / lengths[axis]);
            }
            let offset: isize =
                index.iter().zip(strides).map(|(&i, stride)| i as isize * stride).sum();
            elements[(first + offset) as usize] = element(index);
        }
        Self { elements, first: if len == 0 { 0 } else { first as usize }, strides }
    }

    /// Random elements of these lengths, in a random layout.
    pub fn random(
        lengths: [usize; R],
        random: &mut Scatter,
        number: &mut dyn FnMut(&mut Scatter) -> T,
    ) -> Self {
        let mut order = std::array::from_fn(|axis| axis);
        for k in (1..R).rev() {
            let other = if random.below(2) == 0 { k } else { random.below(k + 1) };
            order.swap(k, other);
        }
        let gap = [0, 0, 1, 3][random.below(4)];
        let is_backwards = std::array::from_fn(|_| random.below(6) == 0);
        let is_stretched = std::array::from_fn(|_| random.below(10) == 0);
        Self::new(lengths, Way { order, gap, is_backwards, is_stretched }, |_| number(random))
    }

    /// A view of them, with this shape.
    #[track_caller]
    pub fn view<S: Shape<Strides = [isize; R]>>(&self, shape: S) -> TensorView<'_, T, S> {
        TensorView::from_shape_strides(shape, &self.elements, self.first, self.strides)
            .expect("a view of them")
    }
}

/// A tensor in several layouts, with their names.
pub fn layouts<T, S, B, const R: usize>(x: &Tensor<T, S, B>) -> Vec<(&'static str, Scattered<T, R>)>
where
    T: Ulps,
    S: Shape<Lengths = [usize; R]>,
    B: Storage,
{
    let inside: [usize; R] = std::array::from_fn(|k| k);
    let outside: [usize; R] = std::array::from_fn(|k| R - 1 - k);
    // The second axis last, as in images whose channels are last.
    let turned: [usize; R] =
        std::array::from_fn(|k| if k == 0 || R < 3 { k } else { k % (R - 1) + 1 });
    let of = |what, order, gap, backwards| {
        let way = Way { order, gap, is_backwards: [backwards; R], is_stretched: [false; R] };
        (what, Scattered::new(x.shape().lengths(), way, |index| x[index]))
    };
    vec![
        of("side by side", inside, 0, false),
        of("with gaps", inside, 1, false),
        of("the axes in reverse", outside, 0, false),
        of("the second axis last", turned, 0, false),
        of("backwards", inside, 0, true),
        of("in reverse, backwards, with gaps", outside, 2, true),
    ]
}
