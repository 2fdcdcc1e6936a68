//! Views, parts, iterators, conversions and included files without an allocator:
//! `cargo test -p shapewright-bare` builds the library without its features, as a bare-metal target
//! does.

#![no_std]

use shapewright::io::Included;
use shapewright::nn::{Conv2d, Linear, MaxPool2d, WithBias};
use shapewright::{
    Dim, Flash, ShapeError, Tensor, Weights, include_npy, include_safetensors, prelude::*,
};

dim!(pub Samples); // the number of samples in a buffer
dim!(pub Sensors = 3);

/// Removes the mean of each sensor from the readings of a buffer, in place, and returns the means.
///
/// # Errors
/// If the buffer does not contain a whole number of readings.
#[allow(clippy::result_large_err, reason = "without an allocator an error carries its shapes")]
pub fn centred(buffer: &mut [f32]) -> Result<Array<f32, shape![Sensors]>, ShapeError> {
    let mut readings: TensorViewMut<f32, shape![?Samples, Sensors]> = buffer.try_into()?;
    let mut means = Array::<f32, shape![Sensors]>::zeros();
    means.assign(readings.mean_axis(Samples));
    readings -= &means;
    Ok(means)
}

/// The largest change from one reading to the next, and the sensor that made it.
pub fn largest_jump(readings: TensorView<f32, shape![?Samples, Sensors]>) -> Option<(usize, f32)> {
    let steps = readings.rows().zip(readings.rows().skip(1));
    let jumps = steps.flat_map(|(a, b)| {
        let jump = (b - a).abs().to_array();
        (0..3).map(move |sensor| (sensor, jump[sensor]))
    });
    jumps.max_by(|(_, a), (_, b)| a.total_cmp(b))
}

/// The sum, for each sensor, of the last four readings, a window whose start and length are known
/// at run time.
pub fn last_window(
    readings: TensorView<f32, shape![?Samples, Sensors]>,
) -> Array<f32, shape![Sensors]> {
    let len = readings.shape().lengths()[0];
    let window = readings.slice_range(Samples, len.saturating_sub(4)..);
    let mut sums = Array::zeros();
    for (sensor, column) in window.axis_iter(Sensors).enumerate() {
        sums[sensor] = column.iter().sum();
    }
    sums
}

dim!(Older, Newer); // the lengths of the two slices of a ring buffer

/// The last six samples of a ring buffer in order, whose oldest is at `next`, and the output of a
/// filter over each four successive samples.
///
/// # Errors
/// Never: a slice of any length is a view of that number of samples.
#[allow(clippy::result_large_err, reason = "without an allocator an error carries its shapes")]
pub fn filtered(
    ring: &[f32; 6],
    next: usize,
) -> Result<(Array<f32, shape![6]>, Array<f32, shape![3]>), ShapeError> {
    let (newer, older) = ring.split_at_checked(next).unwrap_or((&[], ring));
    let older: TensorView<f32, shape![?Older]> = older.try_into()?;
    let newer: TensorView<f32, shape![?Newer]> = newer.try_into()?;
    let window = older.concat_to(newer, Axis::<0>, Dim::<6>).to_array();
    let taps = array![0.5, 0.25, 0.25, 0.0];
    let filtered = (window.windows(Axis::<0>, Window::<4>) * taps).sum_axis(Axis::<1>).to_array();
    Ok((window, filtered))
}

/// The offset to subtract from each sensor, in flash.
static OFFSETS: Tensor<f32, shape![Sensors], Flash> = include_npy!("../../included/old.npy");

/// A model in flash: nothing is read, checked or copied when the program starts.
#[derive(Debug)]
pub struct Model {
    weight: Tensor<f32, shape![Sensors, 2], Flash>,
    bias: Tensor<f32, shape![Sensors], Flash>,
}
impl Model {
    /// The model from the tensors `weight` and `bias` of an included file, or of a part of one.
    #[must_use]
    pub const fn included(file: Included) -> Self {
        Self { weight: file.view("weight"), bias: file.view("bias") }
    }
}

/// The model of the firmware.
pub static MODEL: Model =
    Model::included(include_safetensors!("../../included/network.safetensors").at("head"));

impl Model {
    /// One value per sensor, from two inputs.
    #[must_use]
    pub fn run(&self, x: &Array<f32, shape![2]>) -> Array<f32, shape![Sensors]> {
        (self.weight.matmul(x) + self.bias - OFFSETS).to_array()
    }
}

/// A network of layers, whose parameters come from a file. It needs no allocator.
#[derive(Debug, Weights)]
pub struct Network<B: Storage> {
    #[weights(rename = "features.0")]
    convolution: Conv2d<Dim<1>, Dim<4>, 3, 1, 1, 1, 1, WithBias, f32, B>,
    pool: MaxPool2d<2>,
    head: Linear<Dim<2>, Dim<3>, WithBias, f32, B>,
}
/// The network of the firmware.
pub static NETWORK: Network<Flash> =
    Network::included(include_safetensors!("../../included/network.safetensors"));

impl Network<Flash> {
    /// The maximum of each window of the convolution of an image.
    #[must_use]
    pub fn features(
        &self,
        x: &Array<f32, shape![{ 1 }, { 1 }, 4, 4]>,
    ) -> Array<f32, shape![{ 1 }, 4, 2, 2]> {
        self.pool.forward(&self.convolution.forward(x).to_array()).to_array()
    }

    /// One value per sensor, from two inputs.
    #[must_use]
    pub fn head(&self, x: &Array<f32, shape![2]>) -> Array<f32, shape![3]> {
        self.head.forward(x).to_array()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const READINGS: [[f32; 3]; 5] =
        [[1.0, 0.0, 2.0], [2.0, 0.0, 2.0], [3.0, 6.0, 2.0], [4.0, 0.0, 2.0], [5.0, 0.0, 2.0]];

    fn view() -> TensorView<'static, f32, shape![?Samples, Sensors]> {
        READINGS.as_flattened().try_into().unwrap()
    }

    #[test]
    fn a_buffer_is_centred_in_place() {
        let mut buffer = READINGS;
        assert_eq!(centred(buffer.as_flattened_mut()).unwrap(), [3.0, 1.2, 2.0]);
        assert_eq!(buffer[0], [-2.0, -1.2, 0.0]);
        assert!(centred(&mut [0.0; 4]).is_err());
    }

    #[test]
    fn a_ring_buffer_in_order() {
        let in_order = array![1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
        for next in 0..=6 {
            let mut ring = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
            ring.rotate_right(next);
            let (window, filtered) = filtered(&ring, next).unwrap();
            assert_eq!(window, in_order, "{next}");
            assert_eq!(filtered, [1.75, 2.75, 3.75], "{next}");
        }
    }

    #[test]
    fn small_matrices_and_bytes() {
        let a = array![[4.0f32, 2.0], [2.0, 10.0]];
        assert_eq!(a.solve(&array![8.0, 22.0]).to_array(), Ok(array![1.0, 2.0]));
        assert_eq!(a.cholesky().to_array(), Ok(array![[2.0, 0.0], [1.0, 3.0]]));
        let mut out = a;
        assert!(out.try_assign((a - a).inv()).is_err());
        assert_eq!((out, a.det()), (a, 36.0));
        let (x, y) = (array![[100i8, -100], [127, 127]], array![127i8, -128]);
        let products = x.widen::<i32>() * y.widen::<i32>();
        assert_eq!(products.sum_axis(Axis::<1>).to_array(), [25_500, -127]);
        assert_eq!((x.saturating_add(100) >> 1).to_array(), [[63, 0], [63, 63]]);
    }

    #[test]
    fn a_model_in_flash() {
        // In eighths, the weights count from 48 on and the biases from 54 on. The offsets count
        // from 1 on.
        assert_eq!(MODEL.run(&array![8.0, 0.0]), [53.75, 54.875, 56.0]);
    }

    #[test]
    fn parts_and_iterators() {
        assert_eq!(largest_jump(view()), Some((1, 6.0)));
        assert_eq!(last_window(view()), [14.0, 6.0, 8.0]);
        let mut x: Array<f32, shape![5, 3]> = READINGS.into();
        x.row_mut(0).assign(0.0);
        x.slice_mut(Axis::<0>, Span::<-1, 2, -2>).assign(1.0);
        x.axis_iter_mut(Axis::<1>).for_each(|mut column| column[0] = 7.0);
        assert_eq!(x.column(1), [7.0, 0.0, 1.0, 0.0, 1.0]);
        assert_eq!(x.narrow(Axis::<0>, 1, Dim::<2>).t().view().row(0), [2.0, 1.0]);
        assert_eq!(x.axis_chunks(Axis::<0>, 2).len(), 3);
        assert_eq!(
            x.lanes(Axis::<1>).map(|lane| lane[2]).sum::<f32>(),
            7.0 + 2.0 + 1.0 + 2.0 + 1.0
        );
        assert_eq!(x.indexed_iter().filter(|([_, j], _)| *j == 0).count(), 5);
        let copy = Array::<f32, shape![5, 3]>::try_from_iter(x.iter().copied()).unwrap();
        assert_eq!(<[[f32; 3]; 5]>::from(copy)[1], [2.0, 0.0, 2.0]);
    }

    #[test]
    fn a_network_by_its_layers() {
        let x = Array::from_fn(|[_, _, i, j]| (4 * i + j) as f32);
        assert_eq!(NETWORK.features(&x).shape().lengths(), [1, 4, 2, 2]);
        let x = Array::from([8.0, 0.0]);
        let expected = (MODEL.run(&x) + OFFSETS).to_array();
        assert_eq!(NETWORK.head(&x).as_slice(), expected.as_slice());
    }

    #[test]
    fn signals() {
        let view = view();
        let smooth: Array<f32, shape![3, Sensors]> =
            view.windows_to(Axis::<0>, Window::<3>, Dim::<3>).mean_axis(Axis::<-1>).to_array();
        assert_eq!(smooth[[0, 1]], 2.0);
        let x: Array<f32, shape![5, 3]> = READINGS.into();
        let integrated = x.cumsum(Axis::<0>).to_array();
        assert_eq!(integrated.row(4), [15.0, 6.0, 10.0]);
        let framed = x.pad(Axis::<1>, Pad::<1, 0>, 1.0).to_array();
        assert_eq!(framed.row(2), [1.0, 3.0, 6.0, 2.0]);
        let some =
            x.take(Axis::<0>, [4, -5]).stack(x.take(Axis::<0>, [0u8, 1]), Axis::<1>).to_array();
        assert_eq!(some[[0, 0, 0]], 5.0);
        assert!(x.try_take(Axis::<0>, [5]).is_err());
        let hot = shapewright::array![2u8, 0].one_hot::<f32, _>(Dim::<3>).to_array();
        assert_eq!(hot, [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]);
        assert_eq!(x.tril(0).to_array().row(0), [1.0, 0.0, 0.0]);
        assert!(x.pow(&x).silu().is_finite().all());
    }

    /// Layers over inline arrays, compared with loops: sums of integers are exact.
    #[test]
    fn layers() {
        use shapewright::Inline;
        use shapewright::nn::{
            AvgPool2d, Conv1d, Conv2d, LayerNorm, Linear, MaxPool2d, NoBias, RmsNorm,
        };

        const fn number(k: usize) -> f32 {
            (k * 7 % 11) as f32 - 5.0
        }
        let image = Array::<f32, shape![{ 1 }, 2, 6, 7]>::from_fn(|[_, c, y, x]| {
            number(c * 42 + y * 7 + x)
        });
        let weight = Array::<f32, shape![3, 2, 3, 3]>::from_fn(|[o, c, i, j]| {
            number(o * 18 + c * 9 + i * 3 + j)
        });
        let bias = Array::<f32, shape![3]>::new([1.0, -2.0, 3.0]);
        let at = |c: usize, y: isize, x: isize| match (usize::try_from(y), usize::try_from(x)) {
            (Ok(y), Ok(x)) if y < 6 && x < 7 => number(c * 42 + y * 7 + x),
            _ => 0.0,
        };
        let sum = |o: usize, y: usize, x: usize| {
            let mut sum = [1.0, -2.0, 3.0][o];
            for c in 0..2 {
                for i in 0..3 {
                    for j in 0..3 {
                        let (y, x) = ((2 * y + i) as isize - 1, (2 * x + j) as isize - 1);
                        sum += at(c, y, x) * number(o * 18 + c * 9 + i * 3 + j);
                    }
                }
            }
            sum
        };
        let conv: Conv2d<Dim<2>, Dim<3>, 3, 2, 1, 1, 1, _, f32, Inline> = Conv2d::new(weight, bias);
        let features = conv.forward(&image).to_array();
        let expected = Array::<f32, shape![{ 1 }, 3, 3, 4]>::from_fn(|[_, o, y, x]| sum(o, y, x));
        assert_eq!(features, expected);
        let mut out = Array::<f32, shape![{ 1 }, 3, 3, 4]>::zeros();
        out.assign(conv.forward(&image * 1.0).relu());
        assert_eq!(out, expected.relu().to_array());
        // Weights from a view, such as in flash, and a rearranged image.
        let (kernel, turned) =
            (weight.view(), image.permute_dims((Axis::<0>, Axis::<1>, Axis::<3>, Axis::<2>)));
        let turned = turned.to_array();
        let back = turned.permute_dims((Axis::<0>, Axis::<1>, Axis::<3>, Axis::<2>));
        let viewed: Conv2d<Dim<2>, Dim<3>, 3, 2, 1, 1, 1, _, f32, _> =
            Conv2d::new(kernel, bias.view());
        assert_eq!(viewed.forward(back).to_array(), expected);

        let greatest = MaxPool2d::<2, 1>.forward(&features).to_array();
        assert_eq!(
            greatest[[0, 1, 1, 2]],
            [[1, 2], [1, 3], [2, 2], [2, 3]]
                .map(|[y, x]| sum(1, y, x))
                .into_iter()
                .fold(f32::MIN, f32::max)
        );
        let means = AvgPool2d::<3, 3, 1>.forward(&features).to_array();
        assert_eq!(
            means[[0, 0, 0, 0]],
            (sum(0, 0, 0) + sum(0, 0, 1) + sum(0, 1, 0) + sum(0, 1, 1)) / 9.0
        );

        let lines = Array::<f32, shape![2, 4, 5]>::from_fn(|[n, c, l]| number(n * 20 + c * 5 + l));
        let each = Array::<f32, shape![4, { 1 }, 2]>::from_fn(|[o, _, j]| number(o * 2 + j));
        let conv: Conv1d<Dim<4>, Dim<4>, 2, 1, 0, 1, 4, NoBias, f32, Inline> =
            Conv1d::without_bias(each);
        let expected = Array::<f32, shape![2, 4, 4]>::from_fn(|[n, c, l]| {
            let x = |l| number(n * 20 + c * 5 + l);
            x(l) * number(c * 2) + x(l + 1) * number(c * 2 + 1)
        });
        assert_eq!(conv.forward(&lines).to_array(), expected);

        let weight = Array::<f32, shape![2, 5]>::from_fn(|[o, i]| number(o * 5 + i));
        let linear: Linear<_, _, NoBias, f32, Inline> = Linear::without_bias(weight);
        let expected = Array::<f32, shape![2, 4, 2]>::from_fn(|[n, c, o]| {
            (0..5).map(|i| number(n * 20 + c * 5 + i) * number(o * 5 + i)).sum()
        });
        assert_eq!(linear.forward(&lines).to_array(), expected);

        let x = Array::<f32, shape![2, 2]>::new([[1.0, 3.0], [20.0, 10.0]]);
        let norm =
            LayerNorm::new(Array::<f32, shape![2]>::new([1.0, 2.0]), Array::new([0.0, 5.0]), 0.0);
        assert_eq!(norm.forward(&x).to_array(), [[-1.0, 7.0], [1.0, 3.0]]);
        let norm = RmsNorm::new(Array::<f32, shape![2]>::new([1.0, 2.0]), 0.0);
        assert_eq!(norm.forward(&Array::<f32, shape![2]>::new([3.0, 3.0])).to_array(), [1.0, 2.0]);
    }
}
