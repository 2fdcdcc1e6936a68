//! Iterators over elements and parts of random views, in random steps from both ends, compared with
//! those of vectors.

use std::collections::BTreeSet;
use std::fmt::Debug;

use shapewright::{Dyn, Tensor, prelude::*};
use shapewright_tests::random::Scatter;

type Cube = shape![?, ?, ?];

/// Takes the rest of both from both ends, in the same random steps and jumps.
fn from_both_ends<I, V: PartialEq + Debug + Clone>(
    mut parts: I,
    expected: &[V],
    random: &mut Scatter,
) where
    I: DoubleEndedIterator<Item = V> + ExactSizeIterator,
{
    let mut left = expected.iter().cloned();
    for _ in 0..expected.len() + 2 {
        assert_eq!(parts.len(), left.len());
        let leap = random.below(3);
        match random.below(4) {
            0 => assert_eq!(parts.next(), left.next()),
            1 => assert_eq!(parts.next_back(), left.next_back()),
            2 => assert_eq!(parts.nth(leap), left.nth(leap)),
            _ => assert_eq!(parts.nth_back(leap), left.nth_back(leap)),
        }
    }
    assert_eq!(parts.rev().collect::<Vec<_>>(), left.rev().collect::<Vec<_>>());
}

/// The elements of a part, and its lengths.
fn contents<S: Shape>(x: TensorView<i32, S>) -> (Vec<usize>, Vec<i32>) {
    (x.shape().lengths().as_ref().to_vec(), x.to_vec())
}

/// Compares each iterator of a view with the elements at their indices.
fn check(x: TensorView<i32, Cube>, random: &mut Scatter) {
    let [a, b, c] = x.shape().lengths();
    let indices = |a: usize, b: usize, c: usize| {
        (0..a).flat_map(move |i| (0..b).flat_map(move |j| (0..c).map(move |k| [i, j, k])))
    };
    let elements: Vec<i32> = indices(a, b, c).map(|index| x[index]).collect();
    from_both_ends(x.iter().copied(), &elements, random);
    let indexed: Vec<_> = indices(a, b, c).zip(elements.iter().copied()).collect();
    from_both_ends(x.indexed_iter().map(|(index, &x)| (index, x)), &indexed, random);

    let along = |axis: usize, range: std::ops::Range<usize>| -> Vec<i32> {
        indices(a, b, c)
            .filter(|index| range.contains(&index[axis]))
            .map(|index| x[index])
            .collect()
    };
    macro_rules! axes {
        ($($axis:literal)*) => {$({
            let len = [a, b, c][$axis];
            let mut rest = [a, b, c].to_vec();
            rest.remove($axis);
            let parts: Vec<_> = (0..len).map(|i| (rest.clone(), along($axis, i..i + 1))).collect();
            from_both_ends(x.axis_iter(Axis::<$axis>).map(contents), &parts, random);

            let size = 1 + random.below(3);
            let chunks: Vec<_> = (0..len)
                .step_by(size)
                .map(|start| {
                    let mut lens = [a, b, c].to_vec();
                    lens[$axis] = size.min(len - start);
                    (lens, along($axis, start..start + size))
                })
                .collect();
            from_both_ends(x.axis_chunks(Axis::<$axis>, size).map(contents), &chunks, random);

            let mut outer = [a, b, c];
            outer[$axis] = 1;
            let lanes: Vec<_> = indices(outer[0], outer[1], outer[2])
                .map(|mut index| {
                    let lane = (0..len).map(|i| {
                        index[$axis] = i;
                        x[index]
                    });
                    (vec![len], lane.collect::<Vec<_>>())
                })
                .collect();
            from_both_ends(x.lanes(Axis::<$axis>).map(contents), &lanes, random);
        })*};
    }
    axes!(0 1 2);
}

/// A view of random lengths, some of them 0, in a random order and direction.
fn with_a_view(random: &mut Scatter, with: impl FnOnce(TensorView<i32, Cube>, &mut Scatter)) {
    let [a, b, c] = [(); 3].map(|()| random.below(5));
    let mut number = 0;
    let x = Tensor::from_fn_of(shape![Dyn::of(a), Dyn::of(b), Dyn::of(c)], |_| {
        number += 1;
        number
    });
    let turned = x.permute_dims((Axis::<2>, Axis::<0>, Axis::<1>)).flip(Axis::<1>).view();
    let start = random.below(b + 1);
    let part = turned.slice_range(Axis::<2>, start..);
    match random.below(4) {
        0 => with(x.view(), random),
        1 => with(turned, random),
        2 => with(part, random),
        _ => with(part.flip(Axis::<2>).flip(Axis::<0>).view(), random),
    }
}

#[test]
fn iterators_are_those_of_vectors() {
    let mut random = Scatter::new(13);
    for _ in 0..400 {
        with_a_view(&mut random, check);
    }
}

/// All parts of an exclusive view, held at once: each element is in one of them.
#[test]
fn parts_to_write_to_are_apart() {
    let mut random = Scatter::new(17);
    for _ in 0..100 {
        let lens = [(); 3].map(|()| random.below(5));
        let shape = shape![Dyn::of(lens[0]), Dyn::of(lens[1]), Dyn::of(lens[2])];
        let count: usize = lens.iter().product();
        let mut x = Tensor::<i32, Cube>::zeros_of(shape);
        let addresses = |parts: Vec<Vec<&mut i32>>| {
            let all: Vec<*mut i32> = parts.into_iter().flatten().map(std::ptr::from_mut).collect();
            assert_eq!((all.len(), all.iter().collect::<BTreeSet<_>>().len()), (count, count));
        };
        addresses(vec![x.iter_mut().rev().collect()]);
        addresses(x.axis_iter_mut(Axis::<1>).map(|part| part.into_iter().collect()).collect());
        addresses(
            x.axis_chunks_mut(Axis::<2>, 2).rev().map(|part| part.into_iter().collect()).collect(),
        );
        addresses(x.lanes_mut(Axis::<0>).map(|part| part.into_iter().collect()).collect());
        x.lanes_mut(Axis::<1>)
            .enumerate()
            .for_each(|(number, mut lane)| lane.assign(number as i32));
        let lanes: Vec<i32> =
            x.lanes(Axis::<1>).map(|lane| lane.iter().copied().max().unwrap_or(-1)).collect();
        assert!(
            lanes.iter().enumerate().all(|(number, &lane)| lane == number as i32 || count == 0)
        );
    }
}
