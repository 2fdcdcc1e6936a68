//! Constructors, and views of memory with strides, compared with NumPy's.

use shapewright::{
    Array, ShapeError, Tensor, TensorView, TensorViewMut, array, prelude::*, shape, tensor,
};
use shapewright_tests::values::Values;

fn numpy() -> Values {
    Values::read(include_str!("../numpy/values/creation.txt"))
}

#[test]
fn constants() {
    let numpy = numpy();
    numpy.gives("zeros((2, 3), float32)", &Tensor::<f32, shape![2, 3]>::zeros());
    numpy.gives("zeros((2, 3), float32)", &Array::<f32, shape![2, 3]>::zeros());
    numpy.gives("zeros((2, 3), bool)", &Tensor::<bool, shape![2, 3]>::zeros());
    numpy.gives("ones((2, 3), int32)", &Tensor::<i32, shape![2, 3]>::ones());
    numpy.gives("ones((2, 3), int32)", &Array::<i32, shape![2, 3]>::ones());
    numpy.gives("ones((), float64)", &Tensor::<f64, ()>::ones());
    numpy.gives("full((3,), 2.5)", &Tensor::<f64, shape![3]>::full(2.5));
    numpy.gives("full((3,), 2.5)", &Array::<f64, shape![3]>::full(2.5));
    numpy.gives("full((3,), 2.5)", &Array::<f64, shape![3]>::splat(2.5));
    numpy.gives("full((3,), 2.5)", &tensor![2.5f64; 3]);
    numpy.gives("zeros((0, 3), uint8)", &Tensor::<u8, shape![0, 3]>::zeros());
    numpy.gives("full((2, 0), 7, int64)", &Tensor::<i64, shape![2, 0]>::full(7));
}

#[test]
fn by_a_function() {
    let numpy = numpy();
    numpy.gives(
        "fromfunction(lambda i, j: 10 * i + j, (2, 3), dtype=int32)",
        &Tensor::<i32, shape![2, 3]>::from_fn(|[i, j]| (10 * i + j) as i32),
    );
    numpy.gives(
        "fromfunction(lambda i, j: 10 * i + j, (2, 3), dtype=int32)",
        &Array::<i32, shape![2, 3]>::from_fn(|[i, j]| (10 * i + j) as i32),
    );
    numpy.gives(
        "fromfunction(lambda i, j, k: 100 * i + 10 * j + k, (2, 3, 4), dtype=int32)",
        &Tensor::<i32, shape![2, 3, 4]>::from_fn(|[i, j, k]| (100 * i + 10 * j + k) as i32),
    );
    numpy.gives("array(7, int32)", &Tensor::<i32, ()>::from_fn(|[]| 7));
    // In row-major order, each index once.
    let mut seen = Vec::new();
    let _ = Tensor::<u8, shape![2, 1, 2]>::from_fn(|index| {
        seen.push(index);
        0
    });
    assert_eq!(seen, [[0, 0, 0], [0, 0, 1], [1, 0, 0], [1, 0, 1]]);
    let _ = Tensor::<u8, shape![2, 0]>::from_fn(|_| unreachable!());
}

#[test]
fn nested_lists_and_slices() -> Result<(), ShapeError> {
    let numpy = numpy();
    let rows = [[1.5f32, 2.0], [3.0, 4.0], [5.0, 6.0]];
    numpy.gives(
        "array([[1.5, 2], [3, 4], [5, 6]], float32)",
        &Tensor::<f32, shape![3, 2]>::from_nested(rows),
    );
    numpy.gives(
        "array([[1.5, 2], [3, 4], [5, 6]], float32)",
        &Array::<f32, shape![3, 2]>::new(rows),
    );
    numpy.gives(
        "array([[1.5, 2], [3, 4], [5, 6]], float32)",
        &tensor![[1.5f32, 2.0], [3.0, 4.0], [5.0, 6.0]],
    );
    numpy.gives(
        "array([[1.5, 2], [3, 4], [5, 6]], float32)",
        &array![[1.5f32, 2.0], [3.0, 4.0], [5.0, 6.0]],
    );
    numpy.gives("array([[[1], [2]], [[3], [4]]], int32)", &tensor![[[1], [2]], [[3], [4]]]);
    numpy.gives("array([[True, False]])", &tensor![[true, false]]);
    let flat = [1.5f32, 2.0, 3.0, 4.0, 5.0, 6.0];
    numpy.gives(
        "array([[1.5, 2], [3, 4], [5, 6]], float32)",
        &Tensor::<f32, shape![3, 2]>::from_slice(&flat)?,
    );
    numpy.gives(
        "array([[1.5, 2], [3, 4], [5, 6]], float32)",
        &Array::<f32, shape![3, 2]>::from_slice(&flat)?,
    );
    numpy.gives(
        "array([[1.5, 2], [3, 4], [5, 6]], float32)",
        &Tensor::<f32, shape![3, 2]>::from_vec(flat.to_vec())?,
    );
    numpy.gives(
        "array([[1.5, 2], [3, 4], [5, 6]], float32)",
        &TensorView::<f32, shape![3, 2]>::new(&flat)?,
    );
    let mut memory = flat;
    numpy.gives(
        "array([[1.5, 2], [3, 4], [5, 6]], float32)",
        &TensorViewMut::<f32, shape![3, 2]>::new(&mut memory)?,
    );
    Ok(())
}

#[test]
fn strides() -> Result<(), ShapeError> {
    let numpy = numpy();
    let x: Tensor<f32, shape![3, 4]> = numpy.get("x34");
    let memory = x.as_slice();
    numpy.gives("x34", &TensorView::<f32, shape![3, 4]>::with_strides(memory, 0, [4, 1])?);
    numpy.gives(
        "transpose(x34)",
        &TensorView::<f32, shape![4, 3]>::with_strides(memory, 0, [1, 4])?,
    );
    numpy.gives("x34[::-1]", &TensorView::<f32, shape![3, 4]>::with_strides(memory, 8, [-4, 1])?);
    numpy
        .gives("x34[:, ::-1]", &TensorView::<f32, shape![3, 4]>::with_strides(memory, 3, [4, -1])?);
    numpy.gives(
        "x34[::-1, ::-1]",
        &TensorView::<f32, shape![3, 4]>::with_strides(memory, 11, [-4, -1])?,
    );
    numpy
        .gives("x34[1:, 1::2]", &TensorView::<f32, shape![2, 2]>::with_strides(memory, 5, [4, 2])?);
    numpy.gives(
        "broadcast_to(x34[1], (2, 4))",
        &TensorView::<f32, shape![2, 4]>::with_strides(memory, 4, [0, 1])?,
    );
    numpy.gives(
        "broadcast_to(x34[:, :1], (3, 2))",
        &TensorView::<f32, shape![3, 2]>::with_strides(memory, 0, [4, 0])?,
    );
    numpy.gives(
        "lib.stride_tricks.sliding_window_view(ravel(x34), 3)",
        &TensorView::<f32, shape![10, 3]>::with_strides(memory, 0, [1, 1])?,
    );
    numpy.gives("diagonal(x34)", &TensorView::<f32, shape![3]>::with_strides(memory, 0, [5])?);
    numpy.gives("x34[1, 1]", &TensorView::<f32, ()>::with_strides(memory, 5, [])?);
    // Views with strides are operands like any other.
    let backwards = TensorView::<f32, shape![3, 4]>::with_strides(memory, 8, [-4, 1])?;
    numpy.gives("x34 - x34[::-1]", &x - backwards);
    numpy.gives("x34[::-1].max(axis=0)", backwards.max_axis(Axis::<0>));
    let windows = TensorView::<f32, shape![10, 3]>::with_strides(memory, 0, [1, 1])?;
    numpy.gives(
        "lib.stride_tricks.sliding_window_view(ravel(x34), 3).min(axis=1)",
        windows.min_axis(Axis::<1>),
    );
    let doubled = TensorView::<f32, shape![2, 4]>::with_strides(memory, 4, [0, 1])?;
    numpy.gives("broadcast_to(x34[1], (2, 4)) * 2", doubled * 2.0);
    Ok(())
}

/// Memory that does not fit is refused, and the error says why.
#[test]
fn memory_that_does_not_fit() {
    let memory = [0.0f32; 12];
    macro_rules! refuses {
        ($($made:expr => $text:expr;)*) => {$(
            let error = $made.map(|_| ()).unwrap_err().to_string();
            assert!(error.contains(&$text.to_string()), "{error}");
        )*};
    }
    type S = shape![3, 4];
    // The errors are recognised by a number in their text, and not by a string, because every
    // string of this file is evaluated as a NumPy expression.
    refuses! {
        TensorView::<f32, S>::new(&memory[1..]) => 11;
        Tensor::<f32, S>::from_slice(&memory[..10]) => 10;
        Tensor::<f32, S>::from_vec(vec![]) => 12;
        Array::<f32, S>::from_slice(&memory[..3]) => 3;
        TensorView::<f32, S>::from_bytes(&[0; 47]) => 47;
        TensorView::<f32, S>::with_strides(&memory, 1, [4, 1]) => 12;
    }
    for (first, strides) in [
        (12, [0, 0]),
        (0, [-1, 1]),
        (0, [4, 2]),
        (3, [4, -2]),
        (usize::MAX, [0, 0]),
        (0, [isize::MAX, 1]),
        (0, [isize::MIN, 1]),
        (11, [isize::MIN, isize::MAX]),
    ] {
        assert!(
            TensorView::<f32, S>::with_strides(&memory, first, strides).is_err(),
            "{first} {strides:?}"
        );
    }
    let aligned = TensorView::<f32, shape![11]>::from_bytes(bytes(&memory[..11]));
    assert!(aligned.is_ok());
    assert!(TensorView::<f32, shape![11]>::from_bytes(&bytes(&memory)[1..45]).is_err());
    assert!(TensorView::<bool, shape![2]>::from_bytes(&[1, 2]).is_err());
    assert!(TensorViewMut::<f32, S>::new(&mut [0.0; 13]).is_err());
}

/// The bytes of the elements.
fn bytes(x: &[f32]) -> &[u8] {
    // SAFETY: every byte of f32 is initialised, and there are four of them for each.
    unsafe { core::slice::from_raw_parts(x.as_ptr().cast(), 4 * x.len()) }
}

#[test]
fn bytes_of_memory() -> Result<(), ShapeError> {
    let numpy = numpy();
    let x: Tensor<f32, shape![3, 4]> = numpy.get("x34");
    numpy.gives("x34", &TensorView::<f32, shape![3, 4]>::from_bytes(bytes(x.as_slice()))?);
    numpy.gives(
        "array([True, False, True])",
        &TensorView::<bool, shape![3]>::from_bytes(&[1, 0, 1])?,
    );
    numpy
        .gives("array([[1, 255]], uint8)", &TensorView::<u8, shape![1, 2]>::from_bytes(&[1, 255])?);
    if cfg!(target_endian = "little") {
        let halves: Vec<u32> = x.as_slice().iter().map(|x| x.to_bits()).collect();
        numpy.gives("x34.view(uint32)", &TensorView::<u32, shape![3, 4]>::new(&halves)?);
    }
    Ok(())
}

/// The strides of a view without elements access nothing, so any strides are allowed.
#[test]
fn views_without_elements() -> Result<(), ShapeError> {
    let none: [f32; 0] = [];
    assert!(TensorView::<f32, shape![0, 3]>::new(&none)?.is_empty());
    assert_eq!(TensorView::<f32, shape![0, 3]>::with_strides(&none, 0, [3, 1])?.sum(), 0.0);
    assert_eq!(TensorView::<f32, shape![2, 0]>::with_strides(&none, 5, [-100, 100])?.sum(), 0.0);
    assert!(TensorView::<u8, shape![0]>::from_bytes(&[])?.is_empty());
    Ok(())
}

/// An empty slice of bytes is a view without elements of any type, whatever the address of the
/// slice.
#[test]
fn no_bytes() -> Result<(), ShapeError> {
    assert!(TensorView::<f32, shape![0, 3]>::from_bytes(&[])?.is_empty());
    assert!(TensorView::<f64, shape![0]>::from_bytes(&[])?.is_empty());
    Ok(())
}
