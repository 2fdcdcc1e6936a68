//! L2: convolutions of images with windows of 3 by 3, padded by 1.

use shapewright::{
    Dim, Tensor,
    nn::{Conv2d, WithBias},
    prelude::*,
    shape,
};

use crate::suite::data::{Expected, Random};
use crate::suite::harness::{Who, Work, Workload};
use crate::suite::vector::Level;

/// The rows and the columns of a window.
pub const KERNEL: usize = 3;
/// The zeros around an image.
pub const PAD: usize = 1;

/// The shape of a convolution.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Images, channels, rows and columns.
    pub data: [usize; 4],
    /// The number of output channels.
    pub out: usize,
    /// The distance between windows.
    pub stride: usize,
    /// The number of groups of channels, which do not mix.
    pub groups: usize,
}

const fn shape(images: usize, channels: usize, stride: usize, groups: usize) -> Shape {
    Shape { data: [images, channels, 28, 28], out: 64, stride, groups }
}
/// All shapes that are measured.
pub const SHAPES: [Shape; 4] =
    [shape(8, 32, 1, 1), shape(1, 32, 1, 1), shape(8, 32, 2, 1), shape(8, 64, 1, 64)];

impl Shape {
    /// The name in the table.
    pub fn name(self) -> String {
        let Self { data: [n, c, h, w], out, stride, groups } = self;
        let kind = if groups == c { "depthwise" } else { "conv2d" };
        let stride = if stride > 1 { format!(" s{stride}") } else { String::new() };
        format!("L2 {kind} 3x3 p1{stride} ({n}, {c}, {h}, {w}) to {out}")
    }
    /// The number of input channels that an output channel sums.
    pub fn each(self) -> usize {
        self.data[1] / self.groups
    }
    /// The number of output rows and columns.
    pub fn windows(self) -> [usize; 2] {
        [2, 3].map(|axis| (self.data[axis] + 2 * PAD - KERNEL) / self.stride + 1)
    }
    /// The number of output elements.
    pub fn results(self) -> usize {
        self.data[0] * self.out * self.windows().iter().product::<usize>()
    }
    fn taps(self) -> usize {
        self.each() * KERNEL * KERNEL
    }
}

/// Data and parameters.
pub struct Given {
    /// `(n, c, h, w)`
    pub x: Vec<f32>,
    /// `(out, c / groups, 3, 3)`
    pub weight: Vec<f32>,
    /// `(out,)`
    pub bias: Vec<f32>,
    /// The shape of the convolution.
    pub shape: Shape,
}

impl Given {
    /// Random data.
    pub fn new(shape: Shape) -> Self {
        let mut random = Random::new(12);
        Self {
            x: random.uniform(shape.data.iter().product(), -1.0, 1.0),
            weight: random.uniform(shape.out * shape.taps(), -1.0, 1.0),
            bias: random.uniform(shape.out, -1.0, 1.0),
            shape,
        }
    }

    /// Computes the expected results window by window.
    fn expected(&self) -> Expected {
        let Shape { data: [images, channels, height, width], out, stride, groups } = self.shape;
        let (each, [rows, columns]) = (self.shape.each(), self.shape.windows());
        let mut values = Vec::with_capacity(self.shape.results());
        for image in 0..images {
            for o in 0..out {
                let first = o / (out / groups) * each;
                for (row, column) in
                    (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)))
                {
                    let mut sum = f64::from(self.bias[o]);
                    for (c, i, j) in (0..each * KERNEL * KERNEL)
                        .map(|tap| (tap / (KERNEL * KERNEL), tap / KERNEL % KERNEL, tap % KERNEL))
                    {
                        let (y, x) = (row * stride + i, column * stride + j);
                        let (Some(y), Some(x)) = (y.checked_sub(PAD), x.checked_sub(PAD)) else {
                            continue;
                        };
                        if y < height && x < width {
                            let at = ((image * channels + first + c) * height + y) * width + x;
                            let weight = self.weight[((o * each + c) * KERNEL + i) * KERNEL + j];
                            sum += f64::from(self.x[at]) * f64::from(weight);
                        }
                    }
                    values.push(sum);
                }
            }
        }
        Expected { values, scale: (self.shape.taps() as f64).sqrt(), ulp: 32.0 }
    }
}

/// Defines the layer of a shape.
macro_rules! layers {
    ($given:ident, $workload:ident: $([$n:literal, $c:literal, $h:literal, $w:literal] to $out:literal, $stride:literal, $groups:literal;)*) => {
        match $given.shape {
            $(Shape { data: [$n, $c, $h, $w], out: $out, stride: $stride, groups: $groups } => {
                let x = Tensor::<f32, shape![{ $n }, $c, $h, $w]>::from_slice(&$given.x);
                let x = x.expect("as many as the shape has");
                let weight = Tensor::from_slice(&$given.weight).expect("as many as the layer has");
                let bias = Tensor::from_slice(&$given.bias).expect("as many as come out");
                let layer: Conv2d<Dim<$c>, Dim<$out>, KERNEL, $stride, PAD, 1, $groups, WithBias> = Conv2d::new(weight, bias);
                let layer = move || layer.forward(&x).to_tensor();
                let target = Who::Library { target: 1.0 };
                $workload.making(target, "shapewright", layer, |out| out.as_slice().to_vec());
            })*
            _ => panic!("each shape of SHAPES has a layer"),
        }
    };
}

/// The workload L2, with the library as its only contender.
pub fn layer<'a>(given: &'a Given, name: &str, _: Level) -> Workload<'a> {
    let work = Work::Operations(2 * given.shape.taps() * given.shape.results());
    let mut workload = Workload::new(name, work, given.expected());
    layers! {
        given, workload:
        [8, 32, 28, 28] to 64, 1, 1;
        [1, 32, 28, 28] to 64, 1, 1;
        [8, 32, 28, 28] to 64, 2, 1;
        [8, 64, 28, 28] to 64, 1, 64;
    }
    workload
}
