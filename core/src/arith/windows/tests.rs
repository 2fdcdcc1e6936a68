//! The number of windows, computed in types and from numbers.

use super::*;
use crate::shape::{Length, Nameless, One};

/// These calls compile for every axis, without a further `where` clause: the padding makes up for
/// the window, so there are as many windows as the axis is long.
fn as_long<A: Length, B: Extent>(a: A, b: B) -> (A, A, B) {
    (
        <A as WindowsOver<(), (A, B), 3, 1, 1, 1>>::windows(a),
        <A as WindowsOver<(), (A, B), 3, 1, 2, 2>>::windows(a),
        <B as WindowsOver<(), (A, B), 1, 1, 0, 7>>::windows(b),
    )
}
#[test]
fn a_window_that_padding_makes_up_for_keeps_the_axis() {
    let (a, b, c): (Dim<28>, Dim<28>, One) = as_long(Dim, One);
    assert_eq!((a.len(), b.len(), c.len()), (28, 28, 1));
    let (a, _, c): (Dyn<Nameless>, _, Dim<5000>) = as_long(Dyn::of(9), Dim);
    assert_eq!((a.len(), c.len()), (9, 5000));
}

#[derive(Clone, Copy, Debug)]
struct Long;
impl crate::shape::NamedLength for Long {
    type Size = crate::shape::Static<5000>;
    type Bits = <typenum::U1000 as Mul<typenum::U5>>::Output;
    const NAME: &'static str = "Long";
    const VALUE: Self = Long;
}
#[test]
fn a_name_is_counted() {
    let kept: Long = WindowsOver::<(), (), 5, 1, 2, 1>::windows(Long);
    assert_eq!(kept.len(), 5000);
    let windows: Dim<625> = WindowsOver::<(), (), 8, 8, 0, 1>::windows(Long);
    assert_eq!(windows.len(), 625);
}

/// Asserts that four numbers of windows are equal: the one that the types give, the one that
/// `count` returns, the one for a run-time length, and the one that the test finds by counting the
/// indices at which a window can start.
fn same_as_counted<
    A: WindowsOver<(), (), LEN, STRIDE, PAD, DILATION>,
    const LEN: usize,
    const STRIDE: usize,
    const PAD: usize,
    const DILATION: usize,
>(
    axis: A,
) where
    Dyn: WindowsOver<(), (), LEN, STRIDE, PAD, DILATION, Output = Dyn>,
{
    let begins = |start: &usize| start + DILATION * (LEN - 1) < axis.len() + 2 * PAD;
    let expected = (0..).step_by(STRIDE).take_while(begins).count();
    assert_eq!(A::Output::STATIC, Some(expected));
    assert_eq!(axis.windows().len(), expected);
    assert_eq!(Dyn::of(axis.len()).windows().len(), expected);
    assert_eq!(count(axis.len(), LEN, STRIDE, PAD, DILATION), Some(expected));
}
#[test]
fn types_and_values_agree() {
    macro_rules! each {
        ($([$len:literal $stride:literal $pad:literal $dilation:literal])*) => {$(
            same_as_counted::<_, $len, $stride, $pad, $dilation>(Dim::<7>);
            same_as_counted::<_, $len, $stride, $pad, $dilation>(Dim::<8>);
            same_as_counted::<_, $len, $stride, $pad, $dilation>(Dim::<28>);
            same_as_counted::<_, $len, $stride, $pad, $dilation>(Dim::<1000>);
        )*};
    }
    each! { [1 1 0 1] [1 2 0 1] [1 3 1 5] [2 1 0 1] [2 2 0 1] [2 3 0 1] [2 2 1 2] [3 1 0 1] [3 2 0 1] [3 1 0 3] }
    each! { [3 2 1 1] [3 3 1 1] [4 1 0 2] [4 4 0 1] [5 2 2 1] [7 1 0 1] [7 2 3 1] [7 7 0 1] [7 1 1 1] [3 1 2 1] }
}

#[test]
fn what_has_no_windows() {
    assert_eq!(count(4, 5, 1, 0, 1), Some(0));
    assert_eq!(count(4, 5, 1, 1, 1), Some(2));
    assert_eq!(count(4, 0, 1, 0, 1), None);
    assert_eq!(count(4, 1, 0, 0, 1), None);
    assert_eq!(count(4, 1, 1, 0, 0), None);
    assert_eq!(count(4, 3, 1, 0, usize::MAX), None);
    assert_eq!(count(4, 3, 1, usize::MAX, 1), None);
    assert_eq!(count(usize::MAX, 3, 1, 1, 1), None);
}
