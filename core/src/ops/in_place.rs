//! The in-place operators `+= -= *= /= %= &= |= ^= <<= >>=`, `assign`, and in-place functions. The
//! operand is broadcast to the tensor on the left, whose shape never changes.

use core::ops::{
    AddAssign, BitAndAssign, BitOrAssign, BitXorAssign, DivAssign, MulAssign, RemAssign, ShlAssign,
    ShrAssign, SubAssign,
};

use crate::agreement;
use crate::broadcast::BroadcastTo;
use crate::element::{Bitwise, Element, Integer, Numeric};
use crate::expr::{
    Evaluation, Expr, Lazy, Operand, Shaped, evaluate, operand, operand_scratch, same_axes,
};
use crate::kernels::elementwise;
use crate::layout::Layout;
use crate::memory::Dest;
use crate::run::level::Work;
use crate::run::scratch::{Scratch, ScratchBytes, ScratchNeeds};
use crate::shape::{Instance, Shape};
use crate::storage::{Storage, StorageMut};
use crate::tensor::Tensor;

/// An operand of shape `Self` can update a tensor of shape `S` in storage `B` in place.
///
/// The requirement that the storage is writable is part of this trait, which is a bound on the
/// operand, rather than a bound on the impl of the operator. So the compiler first finds the
/// operator, and then reports which bound of this trait's impl fails. `Self` is the operand's
/// shape, which the compiler learns last, so it does not choose an impl too early.
pub trait Updates<T: Element, S: Shape, B: Storage>: Shape {
    /// Replaces each element of `tensor` by the result of `op` for this element and the element of
    /// `rhs` at the same index.
    ///
    /// # Panics
    /// If run-time lengths differ; [`agree`](crate::agree()) checks them beforehand.
    fn update<Rhs: Operand<T, Shape = Self>>(
        tensor: &mut Tensor<T, S, B>,
        rhs: Rhs,
        op: impl Fn(T, T) -> T + Copy + Send + Sync,
    );
}
impl<From: Shape + BroadcastTo<S>, T: Element, S: Shape, B: StorageMut> Updates<T, S, B> for From {
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn update<Rhs: Operand<T, Shape = Self>>(
        tensor: &mut Tensor<T, S, B>,
        rhs: Rhs,
        op: impl Fn(T, T) -> T + Copy + Send + Sync,
    ) {
        tensor.update(rhs, op);
    }
}

/// Exists only for its error message: no operand can update a lazy expression in place, so nothing
/// implements this trait.
#[diagnostic::on_unimplemented(
    message = "an expression of shape `{S}` cannot be updated in place: it is not computed yet",
    label = "a lazy expression",
    note = "name a destination first, with `.to_tensor()` or `.to_array()`, and update that; or write the operation into the expression",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Receivers\""
)]
pub trait UpdatesExpression<S> {
    /// Cannot be called, because nothing implements this trait.
    fn refused() -> !;
}

macro_rules! in_place {
    ($($operator:ident::$method:ident, $element:ident::$apply:ident;)*) => {$(
        impl<T: $element, S: Shape, B: Storage, Rhs: Operand<T, Shape: Updates<T, S, B>>> $operator<Rhs> for Tensor<T, S, B> {
            #[inline]
            #[track_caller]
            fn $method(&mut self, rhs: Rhs) {
                Rhs::Shape::update(self, rhs, T::$apply);
            }
        }
        impl<E: Expr, Rhs: Operand<E::Elem, Shape: UpdatesExpression<E::Shape>>> $operator<Rhs> for Lazy<E> {
            fn $method(&mut self, _: Rhs) {
                Rhs::Shape::refused()
            }
        }
    )*};
}
in_place! {
    AddAssign::add_assign, Numeric::plus;
    SubAssign::sub_assign, Numeric::minus;
    MulAssign::mul_assign, Numeric::times;
    DivAssign::div_assign, Numeric::divided;
    RemAssign::rem_assign, Numeric::remainder;
    BitAndAssign::bitand_assign, Bitwise::and;
    BitOrAssign::bitor_assign, Bitwise::or;
    BitXorAssign::bitxor_assign, Bitwise::xor;
    ShlAssign::shl_assign, Integer::shifted_left;
    ShrAssign::shr_assign, Integer::shifted_right;
}

/// The methods of tensors that write to them, which a lazy expression refuses with the message of
/// [`UpdatesExpression`].
#[doc(hidden)]
impl<T: Element, S: Shape, E: Shaped<Elem = T, Shape = S>> Lazy<E> {
    pub fn assign<Value>(&self, _: Value)
    where
        S: UpdatesExpression<S>,
    {
        S::refused()
    }
    pub fn map_in_place(&self, _: impl Fn(T) -> T + Copy + Send + Sync)
    where
        S: UpdatesExpression<S>,
    {
        S::refused()
    }
    pub fn apply(&self, _: impl FnMut(&mut T))
    where
        S: UpdatesExpression<S>,
    {
        S::refused()
    }
}

impl<T: Element, S: Shape, B: Storage> Tensor<T, S, B> {
    /// Computes an expression into this tensor. The expression may have a smaller shape that
    /// broadcasts to the shape of this tensor, which never changes.
    ///
    /// Only scratch memory and matrix products allocate. Scratch memory is for reductions and for
    /// sub-expressions of a smaller shape, and is on the stack up to 16 KiB. A matrix product
    /// allocates the blocks that it packs and, where it is part of a larger expression, its whole
    /// result.
    ///
    /// The expression cannot read this tensor, which is borrowed mutably. To change this tensor in
    /// place write `out *= 2.0`, or for a function of each element
    /// `out.map_in_place(|x| x.max(0.0))`. To assign a slice `v`, make a view of the slice,
    /// `TensorView::<f32, shape![3]>::new(&v)?`. An array is accepted as it is:
    /// `x.row_mut(0).assign([1.0, 2.0, 3.0])`.
    ///
    /// # Panics
    /// If run-time lengths differ; [`agree`](crate::agree()) checks them beforehand.
    ///
    /// ```
    /// use shapewright::{array, prelude::*};
    /// let (x, mean) = (array![[1.0, 2.0], [3.0, 4.0]], array![1.0, 2.0]);
    /// let mut out = array![0.0; 2, 2];
    /// out.assign((&x - &mean) * 2.0);
    /// assert_eq!(out, array![[0.0, 0.0], [4.0, 4.0]]);
    /// out.assign(7.0);
    /// assert_eq!(out, array![7.0; 2, 2]);
    /// ```
    /// ```compile_fail
    /// # use shapewright::{array, prelude::*};
    /// # let x = array![[1.0, 2.0], [3.0, 4.0]];
    /// let mut out = array![0.0; 2];
    /// out.assign(&x + 1.0); // (2, 2) does not fit into (2,)
    /// ```
    #[doc(alias("copyto", "copy_from", "copy_", "fill", "out"))]
    #[inline]
    #[track_caller]
    pub fn assign<Value: Operand<T>>(&mut self, value: Value)
    where
        Value::Shape: BroadcastTo<S>,
        B: StorageMut,
    {
        let (node, shape) = (&value.into_operand(), self.shape());
        agreement::receive(node.shape(), shape);
        // SAFETY: `StorageMut` promises memory for every element of `self`, which is borrowed
        // exclusively.
        let dest = unsafe { Dest::<_, S, B::Layout>::new(self.strided_mut()) };
        evaluate(Assigning { node, dest, shape });
    }

    /// Replaces each element by the result of `f` for that element. `x.assign(x.map(f))` would do
    /// the same, but borrows `x` twice and so does not compile. The loop vectorises, and the order
    /// of the calls is not specified; [`apply`](Self::apply) calls a function in order.
    ///
    /// ```
    /// let mut x = shapewright::tensor![[-1.0, 2.0], [3.0, -4.0]];
    /// x.map_in_place(|x| if x < 0.0 { 0.0 } else { x });
    /// assert_eq!(x, shapewright::tensor![[0.0, 2.0], [3.0, 0.0]]);
    /// ```
    #[doc(alias("map_inplace", "mapv_inplace"))]
    #[inline]
    pub fn map_in_place(&mut self, f: impl Fn(T) -> T + Copy + Send + Sync)
    where
        B: StorageMut,
    {
        self.update(T::ZERO, move |x, _| f(x));
    }

    /// Calls `f` with a mutable reference to each element, in row-major order. This method is for
    /// functions that carry state from one element to the next, as a filter does, or that change
    /// only some elements. A function of each element alone is faster with
    /// [`map_in_place`](Self::map_in_place).
    ///
    /// ```
    /// let mut samples = shapewright::array![0.0, 8.0, 8.0, 8.0];
    /// let mut low = 0.0;
    /// samples.apply(|x| {
    ///     low += (*x - low) / 2.0;
    ///     *x = low;
    /// });
    /// assert_eq!(samples, shapewright::array![0.0, 4.0, 6.0, 7.0]);
    /// ```
    #[doc(alias("for_each", "map_inplace"))]
    #[inline]
    pub fn apply(&mut self, f: impl FnMut(&mut T))
    where
        B: StorageMut,
    {
        self.iter_mut().for_each(f);
    }

    /// Replaces each element by the result of `op` for this element and the element of `value` at
    /// the same index. `value` broadcasts to the shape of this tensor.
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    pub(crate) fn update<Value: Operand<T>>(
        &mut self,
        value: Value,
        op: impl Fn(T, T) -> T + Copy + Send + Sync,
    ) where
        Value::Shape: BroadcastTo<S>,
        B: StorageMut,
    {
        let (node, shape) = (&value.into_operand(), self.shape());
        agreement::receive(node.shape(), shape);
        // SAFETY: `StorageMut` promises memory for every element of `self`, which is borrowed
        // exclusively.
        let dest = unsafe { Dest::<_, S, B::Layout>::new(self.strided_mut()) };
        evaluate(Updating { node, dest, shape, op });
    }
}

/// The evaluation that computes the expression `node`, which broadcasts to `shape`, into `dest`,
/// memory of that shape.
struct Assigning<'e, 'd, E: Shaped, S, L> {
    node: &'e E,
    dest: Dest<'d, E::Elem, S, L>,
    shape: S,
}
impl<E: Expr, S: Shape, L> ScratchNeeds for Assigning<'_, '_, E, S, L> {
    const BYTES: ScratchBytes =
        if same_axes::<E::Shape, S>() { E::WRITE_SCRATCH } else { operand_scratch::<E, S>() };
}
impl<E: Expr, S: Shape, L: Layout> Evaluation for Assigning<'_, '_, E, S, L> {
    type Output = ();
    const WORK: Work = E::WORK.and(Work::of(S::STATIC_LEN));
    #[cfg_attr(not(unoptimised), inline(always))]
    fn evaluate<I: Instance>(self, scratch: &Scratch<'_>) {
        let Self { node, dest, shape } = self;
        if const { same_axes::<E::Shape, S>() } {
            // SAFETY: by `same_axes`, `E::Shape` and `S` differ at most in axes of `One`, so the
            // strides of `dest` reach a different element at each index of `E::Shape`. `dest` has
            // exclusive access to its elements.
            node.write::<I, _>(unsafe { Dest::<_, E::Shape, L>::new(dest.to) }, scratch);
        } else {
            elementwise::write::<I, _, _, _>(operand::<I, E, S>(node, scratch), dest, shape);
        }
    }
}

/// The evaluation that replaces each element of `dest`, memory of the shape `shape`, by the result
/// of `op` for this element and the element of the expression `node` at the same index. `node`
/// broadcasts to `shape`.
struct Updating<'e, 'd, E: Shaped, S, L, F> {
    node: &'e E,
    dest: Dest<'d, E::Elem, S, L>,
    shape: S,
    op: F,
}
impl<E: Expr, S: Shape, L, F> ScratchNeeds for Updating<'_, '_, E, S, L, F> {
    const BYTES: ScratchBytes = operand_scratch::<E, S>();
}
impl<E: Expr, S: Shape, L: Layout, F: Fn(E::Elem, E::Elem) -> E::Elem + Copy + Send + Sync>
    Evaluation for Updating<'_, '_, E, S, L, F>
{
    type Output = ();
    const WORK: Work = E::WORK.and(Work::of(S::STATIC_LEN));
    #[cfg_attr(not(unoptimised), inline(always))]
    fn evaluate<I: Instance>(self, scratch: &Scratch<'_>) {
        let Self { node, dest, shape, op } = self;
        elementwise::update::<I, _, _, _, _>(dest, operand::<I, E, S>(node, scratch), shape, op);
    }
}
