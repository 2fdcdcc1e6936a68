//! Tests of the texts of errors, and of what the methods of errors return.

use alloc::string::ToString;

use super::*;

#[track_caller]
fn says(error: &ShapeError, text: &str) {
    assert_eq!(error.to_string(), text);
    assert!(
        error.to_string().lines().all(|line| line == line.trim_end()),
        "a line ends in a blank"
    );
}

#[test]
fn one_axis_differs() {
    let error = ShapeError::mismatch(&[1000, 256], &[1000, 64]);
    says(
        &error,
        "\
shape mismatch: expected (1000, 256), found (1000, 64): axis -1 must be 256, not 64
  expected  1000  256
  found     1000   64
                  ^^^",
    );
    assert_eq!((error.axis(), error.arguments()), (Some(-1), None));
    assert_eq!(*error.expected().unwrap(), [1000, 256]);
    assert_eq!(*error.found().unwrap(), [1000, 64]);
    says(
        &ShapeError::mismatch(&[8, 3, 224, 224], &[16, 3, 224, 224]),
        "\
shape mismatch: expected (8, 3, 224, 224), found (16, 3, 224, 224): axis -4 must be 8, not 16
  expected   8  3  224  224
  found     16  3  224  224
            ^^",
    );
}

#[test]
fn several_axes_differ() {
    let error = ShapeError::mismatch(&[2, 64, 1000], &[2, 1000, 64]);
    says(
        &error,
        "\
shape mismatch: expected (2, 64, 1000), found (2, 1000, 64): axis -1 must be 1000, not 64
  expected  2    64  1000
  found     2  1000    64
               ^^^^  ^^^^",
    );
    assert_eq!(error.axis(), Some(-1));
}

#[test]
fn ranks_differ() {
    let error = ShapeError::mismatch(&[1000, 256], &[256]);
    says(
        &error,
        "\
shape mismatch: expected (1000, 256), found (256,): rank must be 2, not 1
  expected  1000  256
  found           256
            ^^^^",
    );
    assert_eq!(error.axis(), None);
    says(
        &ShapeError::mismatch(&[], &[3]),
        "\
shape mismatch: expected (), found (3,): rank must be 0, not 1
  expected
  found     3
            ^",
    );
    says(
        &ShapeError::mismatch(&[3], &[]),
        "\
shape mismatch: expected (3,), found (): rank must be 1, not 0
  expected  3
  found
            ^",
    );
    says(
        &ShapeError::mismatch(&[8, 0], &[1, 2, 3, 4, 5, 6, 7, 8, 9]),
        "\
shape mismatch: expected (8, 0), found (…, 2, 3, 4, 5, 6, 7, 8, 9): rank must be 2, not 9
  expected                       8  0
  found     …  2  3  4  5  6  7  8  9
            ^  ^  ^  ^  ^  ^  ^     ^",
    );
}

#[test]
fn what_does_not_broadcast() {
    says(
        &ShapeError::broadcast(&[1000, 256], &[1000]),
        "\
cannot broadcast (1000, 256) with (1000,): on axis -1, 256 does not match 1000
  left   1000   256
  right        1000
               ^^^^",
    );
    let error = ShapeError::broadcast(&[3, 7, 1, 5], &[4, 8, 6, 1]);
    says(
        &error,
        "\
cannot broadcast (3, 7, 1, 5) with (4, 8, 6, 1): on axis -3, 7 does not match 8
  left   3  7  1  5
  right  4  8  6  1
         ^  ^",
    );
    assert_eq!((error.axis(), error.arguments()), (Some(-3), None));
}

#[test]
fn which_arguments_do_not_broadcast() {
    let error =
        crate::broadcast_shapes::broadcast_shapes(&[&[8, 1, 6], &[7, 1], &[1, 5]]).unwrap_err();
    says(
        &error,
        "\
cannot broadcast argument 0 (8, 1, 6) with argument 2 (1, 5): on axis -1, 6 does not match 5
  argument 0  8  1  6
  argument 2     1  5
                    ^",
    );
    let mut many: [&[usize]; 12] = [&[1]; 12];
    (many[3], many[11]) = (&[4], &[5]);
    says(
        &crate::broadcast_shapes::broadcast_shapes(&many).unwrap_err(),
        "\
cannot broadcast argument 3 (4,) with argument 11 (5,): on axis -1, 4 does not match 5
  argument 3   4
  argument 11  5
               ^",
    );
}

#[test]
fn what_has_no_table() {
    says(
        &ShapeError::count(&[1000, 256], 255_999),
        "wrong number of elements: shape (1000, 256) holds 256000 elements, found 255999",
    );
    says(&ShapeError::count(&[], 0), "wrong number of elements: shape () holds 1 element, found 0");
    says(
        &ShapeError::rank(&[1; 9]),
        "too many axes: (…, 1, 1, 1, 1, 1, 1, 1, 1) has rank 9, at most 8 is supported",
    );
    says(
        &ShapeError::misaligned(4098, 4),
        "misaligned memory: its address must be a multiple of 4, and is 2 past one",
    );
    says(
        &ShapeError::invalid_bool(17, 2),
        "invalid bool: element 17 is the byte 2, a bool is 0 or 1",
    );
    says(&ShapeError::ragged(2, 3, 4), "row 2 has 3 elements, row 0 has 4");
    says(&ShapeError::ragged(5, 1, 0), "row 5 has 1 element, row 0 has 0");
    says(
        &ShapeError::strides("rows repeat", &[2, 3], [1, 0, 0, 0, 0, 0, 0, 0], "copy it"),
        "rows repeat: shape (2, 3) has strides (0, 1); copy it",
    );
    says(
        &ShapeError::strides("backwards", &[2], [-1, 0, 0, 0, 0, 0, 0, 0], "copy it"),
        "backwards: shape (2,) has strides (-1,); copy it",
    );
    assert_eq!(ShapeError::ragged(2, 3, 4).axis(), None);
    assert!(ShapeError::ragged(2, 3, 4).expected().is_none());
    assert_eq!(ShapeError::count(&[2], 3).axis(), None);
    assert!(ShapeError::count(&[2], 3).found().is_none());
}

#[test]
fn shapes_too_large() {
    let too_large = [0, 1 << (usize::BITS / 2), 1 << (usize::BITS / 2)];
    let error = ShapeError::count(&too_large, 0);
    let shape = Lengths::new(&too_large);
    says(
        &error,
        &alloc::format!(
            "shape {shape} is too large: its nonzero lengths multiply past the address space"
        ),
    );
    assert_eq!(*error.found().unwrap(), too_large);
}

#[test]
fn it_is_an_error_that_travels_cheaply() {
    fn is_error<E: core::error::Error + Clone + Eq + Send + Sync + 'static>() {}
    is_error::<ShapeError>();
    assert_eq!(size_of::<ShapeError>(), size_of::<usize>());
}
