//! `.npy` files: files that NumPy saves are read, and written files have the same bytes as NumPy's.

use shapewright::io::npy::{self, NpyElement, NpyError};
use shapewright::{Array, StaticShape, Tensor, TensorView, prelude::*, shape};
use shapewright_tests::same::{Value, assert_same};
use shapewright_tests::values::Values;

fn numpy() -> Values {
    Values::read(include_str!("../numpy/values/files.txt"))
}

/// Checks that reading the file `bytes` returns the tensor `x`, that writing it returns the same
/// bytes, and that both work through the file system.
#[track_caller]
fn round_trip<T: Value + NpyElement, S: StaticShape>(x: &str, bytes: &str) {
    let (numpy, what) = (numpy(), bytes);
    let x: Tensor<T, S> = numpy.get(x);
    let (_, bytes) = numpy.array::<u8>(bytes);
    let read: Tensor<T, S> = npy::from_bytes(&bytes).unwrap();
    let lengths = x.shape().lengths();
    assert_same((lengths.as_ref(), read.as_slice()), (lengths.as_ref(), x.as_slice()), what);
    assert_eq!(npy::to_bytes(&x), bytes, "{what}");
}

#[test]
fn every_element_type() {
    round_trip::<f32, shape![3, 4]>("x34", "npy(x34)");
    round_trip::<f64, shape![3, 4]>("d34", "npy(d34)");
    round_trip::<i32, shape![3, 4]>("i34", "npy(i34)");
    round_trip::<u8, shape![3, 4]>("u34", "npy(u34)");
    round_trip::<bool, shape![3, 4]>("p34", "npy(p34)");
    round_trip::<i8, shape![9]>("extremes(int8)", "npy(extremes(int8))");
    round_trip::<i16, shape![9]>("extremes(int16)", "npy(extremes(int16))");
    round_trip::<i64, shape![9]>("extremes(int64)", "npy(extremes(int64))");
    round_trip::<u16, shape![7]>("extremes(uint16)", "npy(extremes(uint16))");
    round_trip::<u32, shape![7]>("extremes(uint32)", "npy(extremes(uint32))");
    round_trip::<u64, shape![7]>("extremes(uint64)", "npy(extremes(uint64))");
    round_trip::<f32, shape![17]>("odd(float32)", "npy(odd(float32))");
}

#[test]
fn every_rank() {
    round_trip::<f32, ()>("x", "npy(x)");
    round_trip::<f32, shape![4]>("x4", "npy(x4)");
    round_trip::<f32, shape![2, 3, 4]>("x234", "npy(x234)");
    round_trip::<f32, shape![1, 2, 1, 3]>("x1213", "npy(x1213)");
    round_trip::<u8, shape![2, 1, 2, 1, 2, 1, 2, 1]>("u21212121", "npy(u21212121)");
    round_trip::<f32, shape![0, 3]>("zeros((0, 3), float32)", "npy(zeros((0, 3), float32))");
    round_trip::<f32, shape![{ 1 }]>("x1", "npy(x1)");
}

/// Other orders of elements and bytes are read too.
#[test]
fn other_orders() {
    let numpy = numpy();
    let read =
        |bytes| npy::from_bytes::<f32, shape![2, 3, 4]>(&numpy.array::<u8>(bytes).1).unwrap();
    numpy.gives("x234", &read("npy(asfortranarray(x234))"));
    numpy.gives("x234", &read("npy(x234.astype(dtype('>f4')))"));
    numpy.gives("x234", &read("npy(asfortranarray(x234.astype(dtype('>f4'))))"));
    let long = npy::from_bytes::<u64, shape![7]>(
        &numpy.array("npy(extremes(uint64).astype(dtype('>u8')))").1,
    );
    numpy.gives("extremes(uint64)", &long.unwrap());
}

/// Files are written in row-major order, whatever the memory layout.
#[test]
fn every_storage() {
    let numpy = numpy();
    let x: Tensor<f32, shape![3, 4]> = numpy.get("x34");
    let (_, bytes) = numpy.array::<u8>("npy(x34)");
    let inline: Array<f32, shape![3, 4]> = x.to_array();
    assert_eq!(npy::to_bytes(&inline), bytes);
    let transposed = x.permute_dims((Axis::<1>, Axis::<0>)).to_tensor();
    let view: TensorView<f32, shape![3, 4]> =
        transposed.permute_dims((Axis::<1>, Axis::<0>)).view();
    assert_eq!(npy::to_bytes(&view), bytes);
    let (_, bytes) = numpy.array::<u8>("npy(ascontiguousarray(x34.T))");
    assert_eq!(npy::to_bytes(&x.permute_dims((Axis::<1>, Axis::<0>)).view()), bytes);
}

#[test]
fn files_that_do_not_fit() {
    let numpy = numpy();
    let (_, bytes) = numpy.array::<u8>("npy(x34)");
    assert!(
        matches!(npy::from_bytes::<f32, shape![4, 3]>(&bytes), Err(NpyError::Shape(error)) if error.axis() == Some(-1))
    );
    assert!(
        matches!(npy::from_bytes::<f32, shape![12]>(&bytes), Err(NpyError::Shape(error)) if error.axis().is_none())
    );
    assert!(matches!(
        npy::from_bytes::<f64, shape![3, 4]>(&bytes),
        Err(NpyError::ElementType { .. })
    ));
    assert!(matches!(
        npy::from_bytes::<i32, shape![3, 4]>(&bytes),
        Err(NpyError::ElementType { .. })
    ));
    for cut in 0..bytes.len() {
        assert!(npy::from_bytes::<f32, shape![3, 4]>(&bytes[..cut]).is_err(), "{cut}");
    }
    let mut longer = bytes.clone();
    longer.push(0);
    assert!(npy::from_bytes::<f32, shape![3, 4]>(&longer).is_err());
}

#[test]
fn through_the_file_system() -> Result<(), NpyError> {
    let numpy = numpy();
    let x: Tensor<f32, shape![3, 4]> = numpy.get("x34");
    let path = std::env::temp_dir().join(format!("shapewright-{}.npy", std::process::id()));
    npy::write(&path, &x)?;
    let read = npy::read::<f32, shape![3, 4]>(&path);
    let bytes = std::fs::read(&path);
    let _ = std::fs::remove_file(&path);
    numpy.gives("x34", &read?);
    assert_eq!(bytes.unwrap(), numpy.array::<u8>("npy(x34)").1);
    assert!(npy::read::<f32, shape![3, 4]>(&path).is_err());
    Ok(())
}

/// A shape without elements may have lengths that exceed memory, as its strides would overflow: an
/// error and not a panic, even if the lengths come from the file.
#[test]
fn a_header_with_more_than_memory_has() {
    for (rows, columns) in [(0, 1u64 << 63), (u64::MAX, 0), (1 << 63, 0)] {
        let shape = format!("({rows}, {columns})");
        let header = format!("{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}, }}");
        let bytes = [b"\x93NUMPY\x01\x00\x76\x00", format!("{header:117}\n").as_bytes()].concat();
        let error = npy::from_bytes::<u8, shape![?, ?]>(&bytes).unwrap_err();
        assert!(error.to_string().contains("is too large"), "{shape}: {error}");
        assert!(npy::from_bytes::<u8, shape![?, 0]>(&bytes).is_err());
    }
}
