//! Random tensors: any distribution, in row-major order, so that a seed produces the same elements
//! in every storage.

use rand::distr::{Bernoulli, Distribution, Open01, StandardUniform, Uniform};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Normal, StandardNormal};
use shapewright::{
    Array, Dyn, Length, StaticLength, Tensor, TensorViewMut, dim, f16, prelude::*, shape,
};

dim!(pub Batch, pub Features = 3);

fn rng(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

/// The elements are the same on every machine: these numbers, which are those that the distribution
/// returns one by one.
#[test]
fn a_seed_gives_these_elements() {
    let x = Tensor::<u32, shape![2, 3]>::random(StandardUniform, &mut rng(1));
    let drawn: Vec<u32> = StandardUniform.sample_iter(rng(1)).take(6).collect();
    assert_eq!(x.as_slice(), drawn);
    assert_eq!(
        x,
        [[2_359_561_649, 1_728_662_762, 4_228_812_395], [345_245_400, 906_430_053, 2_562_206_467]]
    );
}

#[test]
fn every_storage_has_the_same_elements() {
    let uniform = Uniform::new(-2.0f64, 3.0).unwrap();
    let x = Tensor::<f64, shape![5, 3]>::random(uniform, &mut rng(2));
    assert_eq!(Array::<f64, shape![5, 3]>::random(uniform, &mut rng(2)), x);
    assert_eq!(Tensor::random_of(shape![5, 3], uniform, &mut rng(2)), x);
    let named = Tensor::random_of(shape![Batch.of(5), Features], uniform, &mut rng(2));
    assert_eq!(named.as_slice(), x.as_slice());
    // An array of another shape has the same elements in row-major order.
    assert_eq!(Array::<f64, shape![3, 5]>::random(uniform, &mut rng(2)).as_slice(), x.as_slice());
    // Drawn into existing memory, the elements are the same.
    let (mut memory, mut rng) = ([0.0; 15], rng(2));
    let mut view: TensorViewMut<f64, shape![5, 3]> = TensorViewMut::new(&mut memory).unwrap();
    for element in view.iter_mut() {
        *element = uniform.sample(&mut rng);
    }
    assert_eq!(view, x);
}

/// A generator continues where it was: exactly as many elements are drawn as there are.
#[test]
fn as_many_are_drawn_as_there_are() {
    let mut one = rng(3);
    let (a, b) = (
        Tensor::<u64, shape![2, 2]>::random(StandardUniform, &mut one),
        Array::<u64, shape![3]>::random(StandardUniform, &mut one),
    );
    let all = Tensor::<u64, shape![7]>::random(StandardUniform, &mut rng(3));
    assert_eq!([a.as_slice(), b.as_slice()].concat(), all.as_slice());
    let before = one.get_word_pos();
    assert!(
        Tensor::<f32, _>::random_of(shape![Dyn::of(0), 5], StandardUniform, &mut one).is_empty()
    );
    assert!(Array::<f32, shape![5, 0]>::random(StandardUniform, &mut one).is_empty());
    assert_eq!(one.get_word_pos(), before);
}

#[test]
fn any_distribution() {
    let normal = Normal::new(10.0f32, 2.0).unwrap();
    let x = Tensor::<f32, shape![200, 200]>::random(normal, &mut rng(4));
    assert!((x.mean() - 10.0).abs() < 0.05, "{}", x.mean());
    assert!((x.std() - 2.0).abs() < 0.05, "{}", x.std());
    let x = Tensor::<f64, shape![40_000]>::random(StandardNormal, &mut rng(5));
    assert!(x.mean().abs() < 0.02 && (x.var() - 1.0).abs() < 0.03);
    let x = Tensor::<bool, shape![10_000]>::random(Bernoulli::new(0.3).unwrap(), &mut rng(6));
    assert!((2_800..3_200).contains(&x.count_nonzero()));
    let x = Array::<f32, shape![100]>::random(Open01, &mut rng(7));
    assert!(x.min() > 0.0 && x.max() < 1.0);
    let x =
        Tensor::<i8, shape![1_000]>::random(Uniform::new_inclusive(-1, 1).unwrap(), &mut rng(8));
    assert!((x.min(), x.max()) == (-1, 1));
    // By reference, and with another element type.
    let halves = (&normal).map(f16::from_f32);
    let x = Tensor::<f16, shape![4]>::random(&halves, &mut rng(4));
    let y = Array::<f32, shape![4]>::random(normal, &mut rng(4));
    assert_eq!(x, y.map(f16::from_f32).to_tensor());
}

/// A user-defined distribution, and an unsized generator behind a reference.
#[test]
fn a_distribution_and_a_generator_of_ones_own() {
    struct Counting;
    impl Distribution<f32> for Counting {
        fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f32 {
            (rng.next_u32() % 10) as f32
        }
    }
    let mut dynamic: Box<dyn Rng> = Box::new(rng(9));
    let x = Tensor::<f32, shape![2, 2]>::random(Counting, &mut *dynamic);
    assert!(x.iter().all(|x| (0.0..10.0).contains(x) && x.fract() == 0.0));
    let y = Array::<f32, shape![2, 2]>::random(Counting, &mut rng(9));
    assert_eq!(x, y);
}

/// Code that is generic over lengths needs no bound for it.
#[test]
fn generic_lengths() {
    fn weights<N: StaticLength, C: StaticLength>(rng: &mut impl Rng) -> Tensor<f32, (N, C)> {
        Tensor::<f32, (N, C)>::random(StandardUniform, rng)
    }
    fn noisy<N: Length>(x: &Tensor<f32, (N,)>, rng: &mut impl Rng) -> Tensor<f32, (N,)> {
        (x + Tensor::random_of(x.shape(), StandardNormal, rng)).to_tensor()
    }
    assert_eq!(weights::<Features, Features>(&mut rng(1)), weights(&mut rng(1)));
    let zeros = Tensor::zeros_of(shape![Batch.of(4)]);
    assert_eq!(
        noisy(&zeros, &mut rng(1)),
        Tensor::random_of(zeros.shape(), StandardNormal, &mut rng(1))
    );
}
