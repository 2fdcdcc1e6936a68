//! The network for digits with loops.

use shapewright::io::Included;
use shapewright::{Flash, Tensor, include_safetensors, prelude::*};

const FILE: Included = include_safetensors!("../../../../digits/digits.safetensors");

/// The channels of an image of `SIDE` by `SIDE`.
type Planes<const CHANNELS: usize, const SIDE: usize> = [[[f32; SIDE]; SIDE]; CHANNELS];

/// The weights of a convolution and of the norm after it.
struct Block {
    weight: &'static [f32],
    gamma: &'static [f32],
    beta: &'static [f32],
    mean: &'static [f32],
    var: &'static [f32],
}

/// The elements of a tensor of the file.
macro_rules! elements {
    ($name:expr, $shape:ty) => {{
        static VIEW: Tensor<f32, $shape, Flash> = FILE.view($name);
        VIEW.to_slice().expect("tensors in flash have no gaps")
    }};
}

/// The weights of one block.
macro_rules! block {
    ($convolution:literal, $norm:literal, $inputs:literal, $outputs:literal) => {
        Block {
            weight: elements!(
                concat!($convolution, ".weight"),
                shape![{ $outputs }, { $inputs }, 3, 3]
            ),
            gamma: elements!(concat!($norm, ".weight"), shape![{ $outputs }]),
            beta: elements!(concat!($norm, ".bias"), shape![{ $outputs }]),
            mean: elements!(concat!($norm, ".running_mean"), shape![{ $outputs }]),
            var: elements!(concat!($norm, ".running_var"), shape![{ $outputs }]),
        }
    };
}

impl Block {
    /// A convolution of 3 by 3 that keeps the size, a batch norm and a ReLU.
    fn forward<const IN: usize, const OUT: usize, const SIDE: usize>(
        &self,
        x: &Planes<IN, SIDE>,
        to: &mut Planes<OUT, SIDE>,
    ) {
        for (o, (plane, kernels)) in to.iter_mut().zip(self.weight.chunks_exact(9 * IN)).enumerate()
        {
            *plane = [[0.0; SIDE]; SIDE];
            for (image, kernel) in x.iter().zip(kernels.as_chunks::<9>().0) {
                for (tap, &w) in kernel.iter().enumerate() {
                    let (i, j) = (tap / 3, tap % 3);
                    // The padding contributes nothing to the sum.
                    for row in usize::from(i == 0)..SIDE - usize::from(i == 2) {
                        for column in usize::from(j == 0)..SIDE - usize::from(j == 2) {
                            plane[row][column] += image[row + i - 1][column + j - 1] * w;
                        }
                    }
                }
            }
            let scale = self.gamma[o] / libm::sqrtf(self.var[o] + 1e-5);
            for x in plane.as_flattened_mut() {
                let normalised = (*x - self.mean[o]) * scale + self.beta[o];
                *x = if normalised > 0.0 { normalised } else { 0.0 };
            }
        }
    }
}

/// The maximum of each 2 by 2 block.
fn pool<const CHANNELS: usize, const SIDE: usize, const HALF: usize>(
    x: &Planes<CHANNELS, SIDE>,
) -> Planes<CHANNELS, HALF> {
    let mut to = [[[0.0; HALF]; HALF]; CHANNELS];
    for (to, x) in to.iter_mut().zip(x) {
        for (i, row) in to.iter_mut().enumerate() {
            for (j, greatest) in row.iter_mut().enumerate() {
                let (i, j) = (2 * i, 2 * j);
                *greatest = x[i][j].max(x[i][j + 1]).max(x[i + 1][j]).max(x[i + 1][j + 1]);
            }
        }
    }
    to
}

/// The logits of an image with pixels of 0 to 1.
#[inline(never)]
pub fn logits(image: &[[f32; 8]; 8]) -> [f32; 10] {
    let mut first = [[[0.0; 8]; 8]; 16];
    block!("conv1", "bn1", 1, 16).forward(&[*image], &mut first);
    let mut second = [[[0.0; 8]; 8]; 32];
    block!("conv2", "bn2", 16, 32).forward(&first, &mut second);
    let halves = pool::<32, 8, 4>(&second);
    let mut third = [[[0.0; 4]; 4]; 32];
    block!("conv3", "bn3", 32, 32).forward(&halves, &mut third);
    let features = pool::<32, 4, 2>(&third);
    let mut logits = [0.0; 10];
    let (weight, bias) =
        (elements!("fc.weight", shape![10, 128]), elements!("fc.bias", shape![10]));
    for (k, logit) in logits.iter_mut().enumerate() {
        for (x, w) in features.as_flattened().as_flattened().iter().zip(&weight[128 * k..]) {
            *logit += x * w;
        }
        *logit += bias[k];
    }
    logits
}
