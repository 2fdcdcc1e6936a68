//! Operations that change the shape and not the elements: new and removed axes, permuted axes,
//! reshaping, slices, and concatenation.
//!
//! The methods return lazy nodes, for tensors and expressions alike. A [`Rearranged`] tensor is not
//! copied, and `.view()` turns the node into a view, which can be stored.

mod concatenating;

use concatenating::{ConcatSum, ConcatTo, concatenated};

use crate::agreement;
use crate::arith::{Flattens, FlattensFrom, FlattensFromTo, ReshapesFrom};
use crate::broadcast::BroadcastTo;
use crate::concatenation::{Concatenates, ConcatenatesSum};
use crate::expr::{
    Append, Concat, Expand, Expr, IntoExpr, Lazy, Operand, Permute, Rearranged, Reshaped, Shaped,
    Slice, Squeeze, StretchTo,
};
use crate::shape::{
    AlignAxis, AxisArg, Carried, Dim, ExpandDims, Extent, Length, List, MatricesShape, MatrixShape,
    PermuteDims, RemoveAxis, ReplaceAxis, Shape, Span, SqueezeAxis, Tuple, VectorShape,
};
use crate::verify;

/// Reshaping of tensors and lazy expressions: new and removed axes, permuted axes, other shapes,
/// slices, and concatenation.
///
/// The result for a tensor or a view reads the same memory with other strides, so no element moves.
/// Exceptions are concatenation, and reshaping or flattening a view, whose type does not say
/// whether its elements are contiguous: these copy the elements. A lazy expression is computed
/// first.
pub trait Reshaping: IntoExpr {
    /// Inserts a new axis of length [`One`](crate::One) at position `axis` of the result: `(n,)`
    /// becomes `(n, 1)` by `Axis::<1>` or `Axis::<-1>`. Several axes are named in a tuple,
    /// outermost first: `(c,)` becomes `(1, c, 1, 1)` by `(Axis::<0>, Axis::<2>, Axis::<3>)`. The
    /// array API's `expand_dims`.
    ///
    /// ```
    /// use shapewright::{Axis, array, prelude::*};
    /// let (x, scale) = (array![[1.0, 2.0], [3.0, 4.0]], array![10.0, 100.0]);
    /// assert_eq!((&x * scale.expand_dims(Axis::<1>)).to_array(), array![[10.0, 20.0], [300.0, 400.0]]);
    /// let image = scale.expand_dims((Axis::<0>, Axis::<2>, Axis::<3>));
    /// assert_eq!(image.to_array(), array![[[[10.0]], [[100.0]]]]);
    /// ```
    #[doc(alias("newaxis", "unsqueeze", "insert_axis", "None"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn expand_dims<Which: AxisArg, How, Expanded: Shape>(
        self,
        _axis: Which,
    ) -> Lazy<Rearranged<Expand, Self::Node, Expanded>>
    where
        Which::Kind: ExpandDims<Which, Self::Shape, How, Output = Expanded>,
    {
        let expr = self.into_expr();
        let shape = Carried::new(Which::Kind::expanded(expr.shape()));
        Lazy(Rearranged { how: Expand { axes: Which::Kind::AXES }, expr, shape })
    }

    /// Removes axes of length 1: [`One`](crate::One), `Dim<1>` as a [`slice`](Self::slice) of one
    /// index leaves it, or a named axis of length 1. A generic length, which might not be 1, does
    /// not compile.
    ///
    /// ```
    /// use shapewright::{Axis, array, prelude::*};
    /// assert_eq!(array![[1.0], [2.0]].squeeze(Axis::<1>).to_array(), array![1.0, 2.0]);
    /// let second_row = array![[1.0, 2.0], [3.0, 4.0]].slice(Axis::<0>, Span::<1, 1>).squeeze(Axis::<0>).to_array();
    /// assert_eq!(second_row, array![3.0, 4.0]);
    /// ```
    /// ```compile_fail
    /// # use shapewright::{Axis, array, prelude::*};
    /// let _ = array![[1.0], [2.0]].squeeze(Axis::<0>); // its length is 2
    /// ```
    #[cfg_attr(not(unoptimised), inline(always))]
    fn squeeze<Which: AxisArg, How, Squeezed: Shape>(
        self,
        _axis: Which,
    ) -> Lazy<Rearranged<Squeeze, Self::Node, Squeezed>>
    where
        Which::Kind: SqueezeAxis<Which, Self::Shape, How, Output = Squeezed>,
    {
        let expr = self.into_expr();
        let shape = Carried::new(Which::Kind::squeezed(expr.shape()));
        Lazy(Rearranged { how: Squeeze { axes: Which::Kind::AXES }, expr, shape })
    }

    /// Permutes the axes: axis i of the result is the i-th of `order`, a tuple that names every
    /// axis once.
    ///
    /// ```
    /// use shapewright::{Axis, array, prelude::*};
    /// let x = array![[1, 2, 3], [4, 5, 6]];
    /// assert_eq!(x.permute_dims((Axis::<1>, Axis::<0>)).to_array(), array![[1, 4], [2, 5], [3, 6]]);
    /// ```
    /// ```compile_fail
    /// # use shapewright::{Axis, array, prelude::*};
    /// let _ = array![[1, 2, 3], [4, 5, 6]].permute_dims((Axis::<1>, Axis::<1>));
    /// ```
    #[doc(alias("transpose", "permute", "permuted_axes", "swapaxes", "swap_axes", "moveaxis"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn permute_dims<Which: AxisArg, How, Permuted: Shape>(
        self,
        _order: Which,
    ) -> Lazy<Rearranged<Permute, Self::Node, Permuted>>
    where
        Which::Kind: PermuteDims<Which, Self::Shape, How, Output = Permuted>,
    {
        let expr = self.into_expr();
        let shape = Carried::new(Which::Kind::permuted(expr.shape()));
        let how = Permute { from: Which::Kind::INDICES, rank: Self::Shape::RANK };
        Lazy(Rearranged { how, expr, shape })
    }

    /// Broadcasts to `shape`, by strides of 0: nothing is copied.
    ///
    /// # Panics
    /// If run-time lengths do not fit.
    ///
    /// ```
    /// use shapewright::{array, prelude::*, shape};
    /// let x = array![1, 2];
    /// assert_eq!(x.broadcast_to(shape![3, 2]).to_array(), array![[1, 2], [1, 2], [1, 2]]);
    /// ```
    /// ```compile_fail
    /// # use shapewright::{array, prelude::*, shape};
    /// let _ = array![1, 2].broadcast_to(shape![2, 3]);
    /// ```
    #[doc(alias("broadcast", "expand", "tile"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn broadcast_to<To: Shape>(self, shape: To) -> Lazy<Rearranged<StretchTo, Self::Node, To>>
    where
        Self::Shape: BroadcastTo<To>,
    {
        const { verify::counted::<To>() };
        let expr = self.into_expr();
        agreement::receive(expr.shape(), shape);
        agreement::counted(shape);
        Lazy(Rearranged { how: StretchTo, expr, shape: Carried::new(shape) })
    }

    /// Gives the elements, in row-major order, another shape with the same number of elements.
    ///
    /// The compiler counts the elements if every length is at most 1024 or named; for longer axes,
    /// and in generic code, use [`reshape_to`](Self::reshape_to).
    ///
    /// # Panics
    /// If a length is known only at run time and the numbers of elements differ.
    ///
    /// ```
    /// use shapewright::{array, prelude::*, shape};
    /// assert_eq!(array![1, 2, 3, 4].reshape(shape![2, 2]).to_array(), array![[1, 2], [3, 4]]);
    /// ```
    /// ```compile_fail
    /// # use shapewright::{array, prelude::*, shape};
    /// let _ = array![1, 2, 3, 4].reshape(shape![3, 2]);
    /// ```
    #[doc(alias("view", "into_shape", "into_shape_with_order", "to_shape"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn reshape<To: Shape + ReshapesFrom<Self::Shape>>(
        self,
        shape: To,
    ) -> Lazy<Reshaped<Self::Node, To>> {
        const { verify::same_count::<Self::Shape, To>() };
        reshaped(self.into_expr(), shape)
    }

    /// As [`reshape`](Self::reshape), for lengths over 1024 and generic lengths. The number of
    /// elements is verified by a full build (`cargo build`, not `cargo check`).
    ///
    /// # Panics
    /// If a length is known only at run time and the numbers of elements differ.
    ///
    /// ```
    /// use shapewright::{Length, Tensor, prelude::*, shape};
    /// let x = Tensor::<f32, shape![1797, 64]>::zeros();
    /// assert_eq!(x.reshape_to(shape![1797, 8, 8]).sum(), 0.0);
    /// ```
    #[doc(alias("view", "into_shape", "into_shape_with_order", "to_shape"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn reshape_to<To: Shape>(self, shape: To) -> Lazy<Reshaped<Self::Node, To>> {
        const { verify::same_count::<Self::Shape, To>() };
        reshaped(self.into_expr(), shape)
    }

    /// Flattens all axes into one, in row-major order.
    ///
    /// The compiler computes the length up to 1024; for more elements, and in generic code, use
    /// [`flatten_to`](Self::flatten_to).
    ///
    /// ```
    /// use shapewright::{array, prelude::*};
    /// assert_eq!(array![[1, 2], [3, 4]].flatten().to_array(), array![1, 2, 3, 4]);
    /// ```
    #[doc(alias("ravel"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn flatten(self) -> Lazy<Reshaped<Self::Node, (<Self::Shape as Flattens>::Output,)>>
    where
        Self::Shape: Flattens,
    {
        const { verify::same_count::<Self::Shape, (<Self::Shape as Flattens>::Output,)>() };
        let expr = self.into_expr();
        let shape = (expr.shape().flattened(),);
        reshaped(expr, shape)
    }

    /// As [`flatten`](Self::flatten), with a length that the caller names. The length is verified
    /// by a full build (`cargo build`, not `cargo check`).
    ///
    /// # Panics
    /// If a length is known only at run time and the numbers of elements differ.
    ///
    /// ```
    /// use shapewright::{Dim, Tensor, prelude::*, shape};
    /// let x = Tensor::<f32, shape![1797, 64]>::ones();
    /// assert_eq!(x.flatten_to(Dim::<115008>).sum(), 115008.0);
    /// ```
    #[doc(alias("ravel"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn flatten_to<N: Length>(self, length: N) -> Lazy<Reshaped<Self::Node, (N,)>> {
        const { verify::same_count::<Self::Shape, (N,)>() };
        reshaped(self.into_expr(), (length,))
    }

    /// Flattens the given axis and all axes after it into one, in row-major order: by
    /// `flatten_from(Axis::<1>)` images `(n, c, h, w)` become `(n, c * h * w)`, a shape that a
    /// linear layer can take. The axes before the given axis are kept.
    ///
    /// The compiler computes the product up to 1024, up to 4096 if 4 divides it, and up to 32,768
    /// if 32 divides it. Otherwise, and for generic lengths, use
    /// [`flatten_from_to`](Self::flatten_from_to). If one of the lengths is known only at run time,
    /// so is the product.
    ///
    /// ```
    /// use shapewright::{Tensor, prelude::*};
    /// fn features<N: Length>(x: &Tensor<f32, (N, shapewright::Dim<16>, shapewright::Dim<14>, shapewright::Dim<14>)>)
    ///     -> Tensor<f32, (N, shapewright::Dim<3136>)> {
    ///     x.flatten_from(Axis::<1>).to_tensor()
    /// }
    /// let x = shapewright::tensor![[[1, 2], [3, 4]], [[5, 6], [7, 8]]];
    /// assert_eq!(x.flatten_from(Axis::<1>).to_tensor(), [[1, 2, 3, 4], [5, 6, 7, 8]]);
    /// ```
    #[doc(alias("nn.Flatten", "flatten_batch", "reshape"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn flatten_from<Which: AxisArg, How, Flattened: Shape>(
        self,
        _axis: Which,
    ) -> Lazy<Reshaped<Self::Node, Flattened>>
    where
        Which::Kind: FlattensFrom<Which, Self::Shape, How, Output = Flattened>,
    {
        const { verify::same_count::<Self::Shape, Flattened>() };
        let expr = self.into_expr();
        let shape = <Which::Kind as FlattensFrom<Which, Self::Shape, How>>::flattened(expr.shape());
        reshaped(expr, shape)
    }

    /// As [`flatten_from`](Self::flatten_from), with a length that the caller names. The length is
    /// verified by a full build (`cargo build`, not `cargo check`).
    ///
    /// # Panics
    /// If a length is known only at run time and the numbers of elements differ.
    ///
    /// ```
    /// use shapewright::{Dim, Tensor, prelude::*};
    /// let x = Tensor::<f32, shape![2, 7, 13, 13]>::ones();
    /// assert_eq!(x.flatten_from_to(Axis::<1>, Dim::<1183>).sum_axis(Axis::<1>).to_tensor(), [1183.0, 1183.0]);
    /// ```
    #[doc(alias("nn.Flatten"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn flatten_from_to<Which: AxisArg, How, N: Length, Flattened: Shape>(
        self,
        _axis: Which,
        length: N,
    ) -> Lazy<Reshaped<Self::Node, Flattened>>
    where
        Which::Kind: FlattensFromTo<Which, Self::Shape, How, N, Output = Flattened>,
    {
        const { verify::same_count::<Self::Shape, Flattened>() };
        let expr = self.into_expr();
        let shape = <Which::Kind as FlattensFromTo<Which, Self::Shape, How, N>>::flattened(
            expr.shape(),
            length,
        );
        reshaped(expr, shape)
    }

    /// Takes a part of an axis: the elements at the indices of a [`Span`]. The number of indices is
    /// the new length. A full build (`cargo build`, not `cargo check`) verifies that the indices
    /// are in bounds.
    ///
    /// A span of one index leaves an axis `Dim<1>`, which does not stretch;
    /// [`squeeze`](Self::squeeze) removes it.
    ///
    /// # Panics
    /// If the length is known only at run time and an index is out of bounds.
    ///
    /// ```
    /// use shapewright::{Axis, Span, array, prelude::*};
    /// let x = array![[1, 2, 3], [4, 5, 6]];
    /// assert_eq!(x.slice(Axis::<1>, Span::<1, 2>).to_array(), array![[2, 3], [5, 6]]);
    /// assert_eq!(x.slice(Axis::<1>, Span::<-1, 3, -1>).to_array(), array![[3, 2, 1], [6, 5, 4]]);
    /// assert_eq!(x.slice(Axis::<1>, Span::<-1, 1>).squeeze(Axis::<1>).to_array(), array![3, 6]);
    /// ```
    /// ```compile_fail
    /// # use shapewright::{Axis, Span, array, prelude::*};
    /// let _ = array![1, 2, 3].slice(Axis::<0>, Span::<2, 2>);
    /// ```
    #[doc(alias("s", "slice_axis"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn slice<
        Which: AxisArg,
        How,
        Sliced: Shape,
        const START: isize,
        const LEN: usize,
        const STEP: isize,
    >(
        self,
        _axis: Which,
        _span: Span<START, LEN, STEP>,
    ) -> Lazy<Rearranged<Slice, Self::Node, Sliced>>
    where
        Which::Kind: ReplaceAxis<Which, Self::Shape, How, Dim<LEN>, Output = Sliced>,
    {
        const {
            verify::span::<
                Self::Shape,
                <Which::Kind as ReplaceAxis<Which, Self::Shape, How, Dim<LEN>>>::Found,
            >(START, LEN, STEP)
        };
        // A step of 0 repeats an element, so the result may have more elements than the operand,
        // and more than memory can hold.
        const { verify::counted::<Sliced>() };
        let expr = self.into_expr();
        let shape = Which::Kind::replaced(expr.shape(), Dim::<LEN>);
        let axis = <Which::Kind as ReplaceAxis<Which, Self::Shape, How, Dim<LEN>>>::INDEX;
        let start = agreement::span::<
            _,
            <Which::Kind as ReplaceAxis<Which, Self::Shape, How, Dim<LEN>>>::Found,
        >(expr.shape(), axis, START, LEN, STEP);
        agreement::counted(shape);
        let shape = Carried::new(shape);
        Lazy(Rearranged { how: Slice { axis, start, step: STEP }, expr, shape })
    }

    /// Reverses an axis: `x[::-1]`, NumPy's `flip`.
    ///
    /// ```
    /// use shapewright::{array, prelude::*};
    /// let x = array![[1, 2, 3], [4, 5, 6]];
    /// assert_eq!(x.flip(Axis::<1>).to_array(), array![[3, 2, 1], [6, 5, 4]]);
    /// ```
    #[doc(alias("reverse", "invert_axis", "flipud", "fliplr"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn flip<Which: AxisArg, How>(
        self,
        _axis: Which,
    ) -> Lazy<Rearranged<Slice, Self::Node, Self::Shape>>
    where
        Which::Kind: RemoveAxis<Which, Self::Shape, How>,
    {
        let expr = self.into_expr();
        let (shape, axis) = (expr.shape(), Which::Kind::INDEX);
        // If the axis is empty, any `start` will do, because no element is read.
        let start = shape.into_list().lens()[axis].saturating_sub(1);
        Lazy(Rearranged { how: Slice { axis, start, step: -1 }, expr, shape: Carried::new(shape) })
    }

    /// Aligns a one-axis tensor with one axis of `like`, so that it broadcasts along the other
    /// axes: `(c,)` becomes `(c, 1, 1)` for axis 1 of `(n, c, h, w)`, and `(d, 1)` for axis 0 of
    /// `(d, t)`.
    ///
    /// ```
    /// use shapewright::{array, prelude::*};
    /// let readings = array![[1.0, 5.0, 3.0], [7.0, 2.0, 9.0]];
    /// let caps = array![4.0, 8.0]; // one per device
    /// let capped = readings.minimum(caps.along(&readings, Axis::<0>)).to_array();
    /// assert_eq!(capped, array![[1.0, 4.0, 3.0], [7.0, 2.0, 8.0]]);
    /// ```
    /// ```compile_fail
    /// # use shapewright::{array, prelude::*};
    /// # let (readings, caps) = (array![[1.0, 5.0, 3.0], [7.0, 2.0, 9.0]], array![4.0, 8.0]);
    /// let _ = readings.minimum(&caps); // aligned with the last axis, of length 3
    /// ```
    #[doc(alias("align", "newaxis"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn along<Like: IntoExpr, Which: AxisArg, How, Aligned: Shape>(
        self,
        like: Like,
        _axis: Which,
    ) -> Lazy<Rearranged<Append, Self::Node, Aligned>>
    where
        Self::Shape: VectorShape,
        Which::Kind: AlignAxis<Which, Like::Shape, How, <Self::Shape as VectorShape>::Axis, Output = Aligned>,
    {
        let expr = self.into_expr();
        let shape =
            Carried::new(Which::Kind::aligned(like.into_expr().shape(), expr.shape().axis()));
        Lazy(Rearranged { how: Append { axes: Which::Kind::INDEX }, expr, shape })
    }

    /// Transposes a matrix: NumPy's `x.T`.
    ///
    /// ```
    /// use shapewright::{array, prelude::*};
    /// assert_eq!(array![[1, 2], [3, 4], [5, 6]].t().to_array(), array![[1, 3, 5], [2, 4, 6]]);
    /// ```
    #[doc(alias("T", "transpose", "reversed_axes"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn t(self) -> Lazy<Rearranged<Permute, Self::Node, <Self::Shape as MatrixShape>::Transposed>>
    where
        Self::Shape: MatrixShape,
    {
        let expr = self.into_expr();
        let shape = Carried::new(expr.shape().transposed());
        Lazy(Rearranged { how: Permute::LAST_TWO, expr, shape })
    }

    /// Transposes each matrix of a stack: `(.., n, c)` becomes `(.., c, n)`. The array API's
    /// `matrix_transpose`, NumPy's `x.mT`; for a single matrix there is [`t`](Self::t).
    ///
    /// ```
    /// use shapewright::{array, prelude::*};
    /// let stack = array![[[1, 2], [3, 4]], [[5, 6], [7, 8]]];
    /// assert_eq!(stack.matrix_transpose().to_array(), array![[[1, 3], [2, 4]], [[5, 7], [6, 8]]]);
    /// ```
    #[doc(alias("mT", "swapaxes", "transpose"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    fn matrix_transpose(
        self,
    ) -> Lazy<Rearranged<Permute, Self::Node, <Self::Shape as MatricesShape>::Transposed>>
    where
        Self::Shape: MatricesShape,
    {
        let expr = self.into_expr();
        let shape = Carried::new(expr.shape().each_transposed());
        let how = Permute { rank: Self::Shape::RANK, ..Permute::LAST_TWO };
        Lazy(Rearranged { how, expr, shape })
    }

    /// Concatenates `self` and `other`, in this order, along an axis. The other axes must be the
    /// same in both.
    ///
    /// The compiler computes the new length up to 1024; for longer axes, and in generic code, use
    /// [`concat_to`](Self::concat_to).
    ///
    /// # Panics
    /// If run-time lengths along the other axes differ.
    ///
    /// ```
    /// use shapewright::{Axis, array, prelude::*};
    /// let (a, b) = (array![[1, 2], [3, 4]], array![[5, 6]]);
    /// assert_eq!(a.concat(&b, Axis::<0>).to_array(), array![[1, 2], [3, 4], [5, 6]]);
    /// ```
    /// ```compile_fail
    /// # use shapewright::{Axis, array, prelude::*};
    /// let _ = array![[1, 2], [3, 4]].concat(&array![[5, 6, 7]], Axis::<0>);
    /// ```
    #[doc(alias("concatenate", "cat", "append", "hstack", "vstack"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn concat<Other: Operand<Self::Elem>, Which: AxisArg, How, Joined: Shape>(
        self,
        other: Other,
        _axis: Which,
    ) -> Lazy<Concat<Self::Node, Other::Node, Joined>>
    where
        Which::Kind: ConcatenatesSum<Which, Self::Shape, Other::Shape, How, Output = Joined>,
    {
        const {
            verify_sum::<
                Which,
                Self::Shape,
                Other::Shape,
                How,
                ConcatSum<Which, Self, Other, How>,
                ConcatTo<Which, Self, Other, How>,
            >()
        };
        let (first, second) = (self.into_expr(), other.into_operand());
        let sum = <Which::Kind as ConcatenatesSum<Which, Self::Shape, Other::Shape, How>>::sum(
            first.shape(),
            second.shape(),
        );
        concatenated::<Which, _, _, How, _, ConcatTo<Which, Self, Other, How>>(first, second, sum)
    }

    /// As [`concat`](Self::concat), with a length that the caller names. The length is verified by
    /// a full build (`cargo build`, not `cargo check`).
    ///
    /// # Panics
    /// If run-time lengths along the other axes differ, or if the new length is known only at run
    /// time and is not `length`.
    ///
    /// ```
    /// use shapewright::{Axis, Dim, Tensor, prelude::*, shape};
    /// let (a, b) = (Tensor::<f32, shape![1797, 2]>::ones(), Tensor::<f32, shape![203, 2]>::zeros());
    /// assert_eq!(a.concat_to(&b, Axis::<0>, Dim::<2000>).sum_axis(Axis::<0>).to_tensor(), shapewright::tensor![1797.0, 1797.0]);
    /// ```
    ///
    /// A ring buffer is two slices, the older samples and the newer samples. Their lengths change,
    /// but always add up to the length of the buffer. Concatenating views of the two slices puts
    /// all samples in order. Each sample is copied once, and nothing is allocated:
    ///
    /// ```
    /// use shapewright::{Axis, Dim, TensorView, Window, array, dim, prelude::*, shape};
    /// dim!(Older, Newer);
    /// let (ring, next) = ([50.0f32, 60.0, 10.0, 20.0, 30.0, 40.0], 2); // `HistoryBuf::as_slices`, or by hand
    /// let (newer, older) = ring.split_at(next);
    /// let older = TensorView::<f32, shape![?Older]>::new(older)?;
    /// let newer = TensorView::<f32, shape![?Newer]>::new(newer)?;
    /// let window = older.concat_to(newer, Axis::<0>, Dim::<6>).to_array();
    /// assert_eq!(window, [10.0, 20.0, 30.0, 40.0, 50.0, 60.0]);
    /// // A filter of three taps, over windows that share memory.
    /// let filtered = (window.windows(Axis::<0>, Window::<3>) * array![0.25, 0.5, 0.25]).sum_axis(Axis::<1>);
    /// assert_eq!(filtered.to_array(), [20.0, 30.0, 40.0, 50.0]);
    /// // A result that does not depend on the order reads the ring in place.
    /// assert_eq!(TensorView::<f32, shape![6]>::new(&ring)?.mean(), 35.0);
    /// # Ok::<(), shapewright::ShapeError>(())
    /// ```
    #[doc(alias("ring buffer", "roll"))]
    #[doc(alias("concatenate", "cat", "append"))]
    #[cfg_attr(not(unoptimised), inline(always))]
    #[track_caller]
    fn concat_to<Other: Operand<Self::Elem>, Which: AxisArg, How, N: Length, Joined: Shape>(
        self,
        other: Other,
        _axis: Which,
        length: N,
    ) -> Lazy<Concat<Self::Node, Other::Node, Joined>>
    where
        Which::Kind: Concatenates<Which, Self::Shape, Other::Shape, How, N, Output = Joined>,
    {
        const { verify_sum::<Which, Self::Shape, Other::Shape, How, N, Which::Kind>() };
        concatenated::<Which, _, _, How, _, Which::Kind>(
            self.into_expr(),
            other.into_operand(),
            length,
        )
    }
}
impl<X: IntoExpr> Reshaping for X {}

/// Verifies, in a full build, that `Sum` is the sum of the lengths of `First` and `Second` along
/// the axis that is concatenated.
const fn verify_sum<
    Which,
    First,
    Second,
    How,
    Sum: Extent,
    C: Concatenates<Which, First, Second, How, Sum>,
>() {
    verify::sum::<C::InFirst, C::InSecond, Sum>();
}

/// Makes the lazy node of `expr` in another shape, after comparing the numbers of elements if they
/// are known only at run time.
#[cfg_attr(not(unoptimised), inline(always))]
#[track_caller]
fn reshaped<E: Expr, S: Shape>(expr: E, shape: S) -> Lazy<Reshaped<E, S>> {
    agreement::same_count(expr.shape(), shape);
    Lazy(Reshaped { expr, shape: Carried::new(shape) })
}
