//! Computations that may fail, such as the inverse of a matrix. They are lazy, as expressions are:
//! they run when a destination is named, and return a `Result` then.

use core::mem::MaybeUninit;

use super::sealed::Sealed;
use super::{Evaluation, Expr, dense};
use crate::axes::AxisKind;
use crate::element::{Element, StandIn};
use crate::kernels::solve::Lens;
use crate::memory::Dest;
use crate::read::Strides;
use crate::run::level::Work;
use crate::run::scratch::{Scratch, ScratchBytes, ScratchNeeds, bytes_of};
use crate::shape::{Instance, List, ListOf, Shape};

/// A computation that may fail: what [`inv`](crate::ops::LinearAlgebra::inv),
/// [`solve`](crate::ops::LinearAlgebra::solve) and
/// [`cholesky`](crate::ops::LinearAlgebra::cholesky) return.
///
/// It is as lazy as an expression, but cannot be an operand: `.to_array()`, `.to_tensor()` and
/// [`try_assign`](crate::Tensor::try_assign) compute it, and return a `Result`.
///
/// ```
/// use shapewright::{SingularMatrix, array, prelude::*};
/// let a = array![[2.0, 1.0], [1.0, 1.0]];
/// let inverse = a.inv().to_array()?;
/// assert_eq!(inverse, array![[1.0, -1.0], [-1.0, 2.0]]);
/// # Ok::<(), SingularMatrix>(())
/// ```
/// ```compile_fail
/// # use shapewright::{array, prelude::*};
/// let _ = array![1.0, 2.0] + array![[2.0, 1.0], [1.0, 1.0]].inv(); // `.to_array()?` is missing
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "nothing is computed yet: `.to_array()?`, `.to_tensor()?` or `out.try_assign(..)?`"]
pub struct Attempt<X>(pub(crate) X);

/// A computation that may fail. Sealed.
pub trait Attempts: Sized + Sealed {
    /// The element type.
    type Elem: Element;
    /// The shape of the result.
    type Shape: Shape;
    /// The error that is returned if there is no result.
    type Error;
    /// The shape of the result, as a value.
    fn shape(&self) -> Self::Shape;
    #[doc(hidden)]
    const SCRATCH: ScratchBytes;
    #[doc(hidden)]
    const WORK: Work;
    /// Writes every element to `dest`, or returns an error and writes none.
    #[doc(hidden)]
    fn attempt<I: Instance, L>(
        &self,
        dest: Dest<'_, Self::Elem, Self::Shape, L>,
        scratch: &Scratch<'_>,
    ) -> Result<(), Self::Error>;
}

/// A result of the shape `Self` can be assigned to a tensor of the shape `To` with `try_assign`.
/// This holds if the two shapes are the same type.
#[diagnostic::on_unimplemented(
    message = "a result of shape `{Self}` is not assigned to a tensor of shape `{To}`: they are not the same",
    label = "expected a result of shape `{To}`",
    note = "to broadcast it write `out.assign(&a.inv().to_array()?)`",
    note = "more in the docs: `shapewright::reading_a_shape_error`, \"Square matrices\""
)]
pub trait Fills<To>: Shape {}
#[diagnostic::do_not_recommend]
impl<S: Shape> Fills<S> for S {}

/// The [`Evaluation`] that computes `attempt` into `dest`.
pub(crate) struct Attempting<'e, 'd, X: Attempts, L> {
    pub(crate) attempt: &'e X,
    pub(crate) dest: Dest<'d, X::Elem, X::Shape, L>,
}
impl<X: Attempts, L> ScratchNeeds for Attempting<'_, '_, X, L> {
    const BYTES: ScratchBytes = X::SCRATCH;
}
impl<X: Attempts, L> Evaluation for Attempting<'_, '_, X, L> {
    type Output = Result<(), X::Error>;
    const WORK: Work = X::WORK;
    #[cfg_attr(not(unoptimised), inline(always))]
    fn evaluate<I: Instance>(self, scratch: &Scratch<'_>) -> Self::Output {
        self.attempt.attempt::<I, L>(self.dest, scratch)
    }
}

/// Two lengths as constants: the number of rows of a square matrix of shape `A` and the number of
/// columns of a right-hand side of shape `B`. `LENS` is `None` if a shape is not static.
pub(super) struct LensOf<A, B>(A, B);
impl<A: Shape, B: Shape> Lens for LensOf<A, B> {
    const LENS: Option<[usize; 2]> = match (<ListOf<A> as List>::KNOWN, <ListOf<B> as List>::KNOWN)
    {
        (Some(_), Some(_)) => Some([
            static_len(<ListOf<A> as List>::KINDS[1]),
            if B::RANK == 1 { 1 } else { static_len(<ListOf<B> as List>::KINDS[0]) },
        ]),
        _ => None,
    };
}
const fn static_len(kind: AxisKind) -> usize {
    match kind.known() {
        Some(len) => len,
        None => 1,
    }
}

/// The number type in which a computation on a matrix of elements `T` is done.
pub(super) type Working<T> = <T as StandIn>::Float;

/// A matrix of at most this many bytes is computed in an array on the stack and not in scratch
/// memory.
const OWN: usize = 1024;

/// Whether the elements of shape `S`, each an `F`, fit into [`OWN`] bytes.
const fn is_own<S: Shape, F>() -> bool {
    match S::STATIC_LEN {
        Some(len) => matches!(len.checked_mul(size_of::<F>()), Some(0..=OWN)),
        None => false,
    }
}

/// The scratch memory that [`with_room`] needs.
pub(super) const fn room<S: Shape, F>() -> ScratchBytes {
    if is_own::<S, F>() { Some(0) } else { bytes_of::<F>(S::STATIC_LEN) }
}

/// Calls `body` with uninitialised memory for the `len` elements of shape `S`, each an `F`. If they
/// fit into [`OWN`] bytes, the memory is an array on the stack of exactly their size; otherwise it
/// is scratch memory.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn with_room<S: Shape, F: Copy, R>(
    len: usize,
    scratch: &Scratch<'_>,
    body: impl FnOnce(&mut [MaybeUninit<F>]) -> R,
) -> R {
    if const { is_own::<S, F>() } { with_own::<S, F, R>(body) } else { body(scratch.take(len)) }
}
#[cfg_attr(not(unoptimised), inline(always))]
fn with_own<S: Shape, F: Copy, R>(body: impl FnOnce(&mut [MaybeUninit<F>]) -> R) -> R {
    let mut memory = MaybeUninit::<<ListOf<S> as List>::Array<F>>::uninit();
    let len = const {
        match S::STATIC_LEN {
            Some(len) => len,
            None => 0,
        }
    };
    // SAFETY: `memory` consists of nested arrays whose lengths are those of `S`, and `len` is their
    // product, or 0 if `S` is not static. So `len` contiguous elements fit into `memory`.
    body(unsafe { core::slice::from_raw_parts_mut(memory.as_mut_ptr().cast(), len) })
}

/// Writes the elements of `expr`, converted to [`Working`], to `room`, which has a slot for each
/// element. `fill` needs as much scratch memory as [`dense`].
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) fn fill<I: Instance, E: Expr>(
    expr: &E,
    room: &mut [MaybeUninit<Working<E::Elem>>],
    scratch: &Scratch<'_>,
) {
    for (place, &x) in room.iter_mut().zip(dense::<I, E>(expr, scratch)) {
        place.write(x.float());
    }
}

/// Writes the matrix at `from`, whose elements are in row-major order, to `dest`. Both have the
/// shape `shape`.
///
/// # Safety
/// `from` points to as many initialised elements as `shape` has, and `shape` is the shape of
/// `dest`.
#[cfg_attr(not(unoptimised), inline(always))]
pub(super) unsafe fn give<T: Element, S: Shape, L>(
    from: *const Working<T>,
    dest: Dest<'_, T, S, L>,
    shape: S,
) {
    let (lens, Strides { at, strides }) = (shape.into_list().lens(), dest.to);
    for r in 0..lens[1] {
        for c in 0..lens[0] {
            let place = strides[1]
                .wrapping_mul(r as isize)
                .wrapping_add(strides[0].wrapping_mul(c as isize));
            // SAFETY: `r` and `c` are in bounds of `shape`. The caller promises that `shape` is the
            // shape of `dest`, so `dest` has a slot there, and that `from` points to as many
            // initialised elements as `shape` has.
            unsafe { at.wrapping_offset(place).write(T::of_float(*from.add(r * lens[0] + c))) };
        }
    }
}
