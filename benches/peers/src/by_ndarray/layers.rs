//! Layers with ndarray, which has none: products of matrices of windows, and loops over slices.

use ndarray::{Array1, Array2, Array3, Array4, ArrayView3, ArrayViewMut2, Axis, Zip, linalg::general_mat_mul, s};

use super::{elements, one, two};
use crate::suite::harness::{Who, Workload};
use crate::suite::layers::convolution::{KERNEL, PAD, Shape};
use crate::suite::layers::{attention, convolution, digits, layer_norm, linear, pooling};

fn four(x: &[f32], shape: [usize; 4]) -> Array4<f32> {
    Array4::from_shape_vec(shape, x.to_vec()).expect("as many as the shape has")
}

pub fn linear<'a>(given: &'a linear::Given, to: &mut Workload<'a>) {
    let (x, weight, bias) = (two(&given.x, linear::ROWS), two(&given.weight, given.out), one(&given.bias));
    to.making(Who::Peer, "ndarray", move || x.dot(&weight.t()) + &bias, elements);
}

/// The windows of an image as a matrix: a row for each tap, a column for each window.
fn windows_of(image: &ArrayView3<'_, f32>, stride: usize, [rows, columns]: [usize; 2]) -> Array2<f32> {
    let (channels, height, width) = image.dim();
    let mut padded = Array3::zeros((channels, height + 2 * PAD, width + 2 * PAD));
    padded.slice_mut(s![.., PAD..PAD + height, PAD..PAD + width]).assign(image);
    let mut windows = Array2::zeros((channels * KERNEL * KERNEL, rows * columns));
    for (tap, mut windows) in windows.outer_iter_mut().enumerate() {
        let (c, i, j) = (tap / (KERNEL * KERNEL), tap / KERNEL % KERNEL, tap % KERNEL);
        let (stride, [y, x]) = (stride as isize, [i + (rows - 1) * stride + 1, j + (columns - 1) * stride + 1]);
        let from = padded.slice(s![c, i..y; stride, j..x; stride]);
        for (mut to, from) in windows.exact_chunks_mut(columns).into_iter().zip(from.outer_iter()) {
            to.assign(&from);
        }
    }
    windows
}

/// A convolution as a matrix product for each image.
fn by_products(x: &Array4<f32>, weight: &Array2<f32>, bias: Option<&Array1<f32>>, shape: Shape) -> Array4<f32> {
    let [rows, columns] = shape.windows();
    let mut to = Array4::zeros((x.dim().0, shape.out, rows, columns));
    for (image, to) in x.outer_iter().zip(to.outer_iter_mut()) {
        let windows = windows_of(&image, shape.stride, [rows, columns]);
        let mut to = to.into_shape_with_order((shape.out, rows * columns)).expect("in one piece");
        general_mat_mul(1.0, weight, &windows, 0.0, &mut to);
        if let Some(bias) = bias {
            to += &bias.view().insert_axis(Axis(1));
        }
    }
    to
}

/// A convolution of each channel by itself: each of its taps times the plane that it reads from.
fn by_channels(x: &Array4<f32>, weight: &[f32], bias: &[f32], shape: Shape) -> Array4<f32> {
    let [.., height, width] = shape.data;
    let mut to = Array4::zeros((x.dim().0, shape.out, height, width));
    let mut padded = Array2::zeros((height + 2 * PAD, width + 2 * PAD));
    for (image, mut to) in x.outer_iter().zip(to.outer_iter_mut()) {
        for (c, (plane, mut to)) in image.outer_iter().zip(to.outer_iter_mut()).enumerate() {
            padded.slice_mut(s![PAD..PAD + height, PAD..PAD + width]).assign(&plane);
            to.fill(bias[c]);
            for (tap, &weight) in weight[c * KERNEL * KERNEL..(c + 1) * KERNEL * KERNEL].iter().enumerate() {
                let (i, j) = (tap / KERNEL, tap % KERNEL);
                add_scaled(&mut to, weight, &padded, [i, j]);
            }
        }
    }
    to
}
fn add_scaled(to: &mut ArrayViewMut2<'_, f32>, weight: f32, from: &Array2<f32>, [i, j]: [usize; 2]) {
    let (height, width) = to.dim();
    to.scaled_add(weight, &from.slice(s![i..i + height, j..j + width]));
}

pub fn convolution<'a>(given: &'a convolution::Given, to: &mut Workload<'a>) {
    let (x, shape) = (four(&given.x, given.shape.data), given.shape);
    if shape.groups > 1 {
        let conv = move || by_channels(&x, &given.weight, &given.bias, shape);
        to.making(Who::Peer, "ndarray, by channels", conv, elements);
        return;
    }
    let (weight, bias) = (two(&given.weight, shape.out), one(&given.bias));
    let conv = move || by_products(&x, &weight, Some(&bias), shape);
    to.making(Who::Peer, "ndarray, im2col and dot", conv, elements);
}

fn pooled(x: &Array4<f32>) -> Array4<f32> {
    let (images, channels, height, width) = x.dim();
    let mut to = Array4::zeros((images, channels, height / 2, width / 2));
    let windows = [[0, 0], [0, 1], [1, 0], [1, 1]].map(|[i, j]| x.slice(s![.., .., i..;2, j..;2]));
    let [a, b, c, d] = windows;
    Zip::from(&mut to).and(a).and(b).and(c).and(d).for_each(|to, &a, &b, &c, &d| *to = a.max(b).max(c.max(d)));
    to
}

pub fn max_pool<'a>(x: &'a [f32], to: &mut Workload<'a>) {
    let x = four(x, pooling::SHAPE);
    to.making(Who::Peer, "ndarray Zip", move || pooled(&x), elements);
}

/// Replaces each row by its exponentials, divided by their sum.
fn softmax(x: &mut Array2<f32>) {
    for mut row in x.rows_mut() {
        let greatest = row.fold(f32::NEG_INFINITY, |a, &b| a.max(b));
        row.mapv_inplace(|x| (x - greatest).exp());
        let sum = row.sum();
        row /= sum;
    }
}

pub fn attention<'a>(given: &'a attention::Given, to: &mut Workload<'a>) {
    let [_, heads, queries, width] = attention::SHAPE;
    let of = |x: &[f32]| Array3::from_shape_vec((heads, queries, width), x.to_vec()).expect("as many");
    let (q, k, v, causal) = (of(&given.q), of(&given.k), of(&given.v), given.causal);
    let attend = move || {
        let mut to = Array3::zeros((heads, queries, width));
        for (head, mut to) in to.outer_iter_mut().enumerate() {
            let head = |x: &'_ Array3<f32>| x.index_axis(Axis(0), head).to_owned();
            let mut scores = head(&q).dot(&head(&k).t()) * (1.0 / (width as f32).sqrt());
            if causal {
                for (query, mut scores) in scores.rows_mut().into_iter().enumerate() {
                    scores.slice_mut(s![query + 1..]).fill(f32::NEG_INFINITY);
                }
            }
            softmax(&mut scores);
            general_mat_mul(1.0, &scores, &head(&v), 0.0, &mut to);
        }
        to
    };
    to.making(Who::Peer, "ndarray", attend, elements);
}

pub fn norm_of_rows<'a>(given: &'a layer_norm::Given, to: &mut Workload<'a>) {
    let (x, gamma, beta) = (two(&given.x, layer_norm::SHAPE[0]), one(&given.gamma), one(&given.beta));
    let norm = move || {
        let mut to = x.clone();
        for mut row in to.rows_mut() {
            let mean = row.sum() / row.len() as f32;
            row -= mean;
            let var = row.dot(&row) / row.len() as f32;
            row *= 1.0 / (var + layer_norm::EPS).sqrt();
            Zip::from(row).and(&gamma).and(&beta).for_each(|x, &gamma, &beta| *x = *x * gamma + beta);
        }
        to
    };
    to.making(Who::Peer, "ndarray", norm, elements);
}

/// A convolution of the network, and the norm after it as a scale and a shift for each channel.
struct Block {
    weight: Array2<f32>,
    scale: Array1<f32>,
    shift: Array1<f32>,
}

impl Block {
    fn new(weight: &[f32], out: usize, norm: [&[f32]; 4], eps: f32) -> Self {
        let [gamma, beta, mean, var] = norm.map(one);
        let scale = &gamma / (var + eps).mapv_into(f32::sqrt);
        let shift = beta - mean * &scale;
        Self { weight: two(weight, out), scale, shift }
    }
    fn forward(&self, x: &Array4<f32>) -> Array4<f32> {
        let (images, channels, height, width) = x.dim();
        let shape =
            Shape { data: [images, channels, height, width], out: self.scale.len(), stride: 1, groups: 1 };
        let mut x = by_products(x, &self.weight, None, shape);
        for mut image in x.outer_iter_mut() {
            for ((mut plane, &scale), &shift) in image.outer_iter_mut().zip(&self.scale).zip(&self.shift) {
                plane.mapv_inplace(|x| (x * scale + shift).max(0.0));
            }
        }
        x
    }
}

pub fn digits<'a>(given: &'a digits::Given, to: &mut Workload<'a>) {
    let of = &given.network;
    macro_rules! block {
        ($conv:ident, $norm:ident, $out:literal) => {{
            let (conv, norm) = (&of.$conv, &of.$norm);
            let vectors = [norm.gamma(), norm.beta(), norm.mean(), norm.var()].map(|x| x.as_slice());
            Block::new(conv.weight().as_slice(), $out, vectors, norm.eps())
        }};
    }
    let (first, second, third) = (block!(conv1, bn1, 16), block!(conv2, bn2, 32), block!(conv3, bn3, 32));
    let weight = two(of.fc.weight().as_slice(), digits::CLASSES);
    let bias = one(of.fc.bias().expect("the layer has one").as_slice());
    let x = four(&given.images, [given.images.len() / digits::SIDE.pow(2), 1, digits::SIDE, digits::SIDE]);
    let network = move || {
        let x = pooled(&second.forward(&first.forward(&x)));
        let x = pooled(&third.forward(&x));
        let images = x.dim().0;
        let x = x.into_shape_with_order((images, 128)).expect("in one piece");
        x.dot(&weight.t()) + &bias
    };
    to.making(Who::Peer, "ndarray, im2col and dot", network, elements);
}
