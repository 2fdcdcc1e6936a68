//! The same elements, otherwise in memory: beside others, in another order, backwards. What is around
//! them is NaN, so that it shows where it is read.

use shapewright::{Shape, Storage, Tensor, TensorView};

use crate::same::Ulps;

/// The elements of a tensor of `R` axes, somewhere among others.
#[derive(Clone, Debug)]
pub struct Scattered<T, const R: usize> {
    elements: Vec<T>,
    first: usize,
    strides: [isize; R],
}

impl<T: Ulps, const R: usize> Scattered<T, R> {
    /// Those of `x`, the axes of `order` lying from the outermost to the innermost, with `gap` others
    /// behind each, backwards along axes of which `is_backwards`.
    pub fn new<S, B>(x: &Tensor<T, S, B>, order: [usize; R], gap: usize, is_backwards: [bool; R]) -> Self
    where
        S: Shape<Lengths = [usize; R]>,
        B: Storage,
    {
        let lengths = x.shape().lengths();
        let (mut strides, mut size) = ([0; R], (gap + 1) as isize);
        for &axis in order.iter().rev() {
            strides[axis] = size;
            // A row more, so that rows are apart too.
            size *= (lengths[axis] + gap).max(1) as isize;
        }
        let mut first = 0;
        for axis in 0..R {
            if is_backwards[axis] && lengths[axis] > 0 {
                first += strides[axis] * (lengths[axis] - 1) as isize;
                strides[axis] = -strides[axis];
            }
        }
        let mut scattered = Self { elements: vec![T::NAN; size as usize], first: first as usize, strides };
        for (index, &element) in x.indexed_iter() {
            let offset: isize =
                index.iter().zip(scattered.strides).map(|(&i, stride)| i as isize * stride).sum();
            scattered.elements[(first + offset) as usize] = element;
        }
        scattered
    }

    /// A view of them, of this shape.
    #[track_caller]
    pub fn view<S: Shape<Strides = [isize; R]>>(&self, shape: S) -> TensorView<'_, T, S> {
        TensorView::from_shape_strides(shape, &self.elements, self.first, self.strides)
            .expect("a view of them")
    }
}

/// A tensor in several layouts, and what each is.
pub fn layouts<T, S, B, const R: usize>(x: &Tensor<T, S, B>) -> Vec<(&'static str, Scattered<T, R>)>
where
    T: Ulps,
    S: Shape<Lengths = [usize; R]>,
    B: Storage,
{
    let (inside, outside): ([usize; R], [usize; R]) =
        (std::array::from_fn(|k| k), std::array::from_fn(|k| R - 1 - k));
    // Two axes in the place of each other, as of a transposed matrix or of images by channels last.
    let turned = std::array::from_fn(|k| if k == 0 { 0 } else { (k % (R - 1)) + 1 });
    let (ahead, back) = ([false; R], [true; R]);
    vec![
        ("beside others", Scattered::new(x, inside, 0, ahead)),
        ("with gaps", Scattered::new(x, inside, 1, ahead)),
        ("the axes in reverse", Scattered::new(x, outside, 0, ahead)),
        ("the second axis last", Scattered::new(x, if R > 1 { turned } else { inside }, 0, ahead)),
        ("backwards", Scattered::new(x, inside, 0, back)),
        ("in reverse, backwards, with gaps", Scattered::new(x, outside, 2, back)),
    ]
}
