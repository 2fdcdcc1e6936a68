//! W1 and W2: batch-norm inference, of (1000, 256) and of (64, 64, 56, 56).

use shapewright::{Dim, Dyn, Tensor, nn::BatchNorm, prelude::*, shape};

use super::data::{Expected, Random, wide};
use super::harness::{Who, Work, Workload};
use super::memory::Buffer;
use super::vector::{Level, Vector, at_level};

/// The constant that is added to a variance.
pub const EPS: f32 = 1e-5;
/// W1: rows and channels.
pub const ROWS: [usize; 2] = [1000, 256];
/// W2: images, channels, height and width.
pub const PLANES: [usize; 4] = [64, 64, 56, 56];
const PLANE: usize = PLANES[2] * PLANES[3];

/// Data, and the parameters of each channel.
pub struct Given {
    /// Elements, row-major.
    pub x: Vec<f32>,
    /// The mean of each channel.
    pub mean: Vec<f32>,
    /// The variance of each channel.
    pub var: Vec<f32>,
    /// The scale parameter.
    pub gamma: Vec<f32>,
    /// The shift parameter.
    pub beta: Vec<f32>,
}

impl Given {
    /// `len` random elements, and the parameters of this number of channels.
    pub fn new(len: usize, channels: usize) -> Self {
        let mut random = Random::new(1);
        Self {
            x: random.uniform(len, -2.0, 2.0),
            mean: random.uniform(channels, -0.5, 0.5),
            var: random.uniform(channels, 0.5, 2.0),
            gamma: random.uniform(channels, 0.5, 1.5),
            beta: random.uniform(channels, -0.5, 0.5),
        }
    }

    /// Scale and shift of each channel: the folded form of the formula.
    pub fn folded(&self) -> (Vec<f32>, Vec<f32>) {
        let scale: Vec<f32> =
            self.gamma.iter().zip(&self.var).map(|(g, v)| g / (v + EPS).sqrt()).collect();
        let shift =
            self.beta.iter().zip(&self.mean).zip(&scale).map(|((b, m), s)| b - m * s).collect();
        (scale, shift)
    }

    /// The formula as written; a channel's elements come in contiguous runs of `plane`.
    fn expected(&self, plane: usize) -> Expected {
        let channels = self.mean.len();
        let of = |values: &[f32], i: usize| f64::from(values[i / plane % channels]);
        let normed = |(i, x): (usize, f64)| {
            let deviation = (of(&self.var, i) + f64::from(EPS)).sqrt();
            (x - of(&self.mean, i)) / deviation * of(&self.gamma, i) + of(&self.beta, i)
        };
        Expected { values: wide(&self.x).enumerate().map(normed).collect(), scale: 2.0, ulp: 6.0 }
    }
    fn bytes(&self) -> Work {
        Work::Bytes(2 * size_of_val(&*self.x))
    }
}

type Data = Tensor<f32, shape![{ ROWS[0] }, { ROWS[1] }]>;
type Planes = Tensor<f32, shape![{ PLANES[0] }, { PLANES[1] }, { PLANES[2] }, { PLANES[3] }]>;

/// The layer with the given parameters.
fn layer<const C: usize>(given: &Given) -> BatchNorm<Dim<C>> {
    let of = |values: &[f32]| Tensor::from_slice(values).expect("as many as channels");
    BatchNorm::new(of(&given.gamma), of(&given.beta), of(&given.mean), of(&given.var), EPS)
}

/// The workload W1, of (1000, 256).
pub fn rows<'a>(given: &'a Given, name: &str, level: Level) -> Workload<'a> {
    let mut workload = Workload::new(name, given.bytes(), given.expected(1));
    let (x, (scale, shift)) = (Buffer::of(&given.x), given.folded());
    let fold = move |out: &mut Buffer| scale_shift_rows(level, out, &x, &scale, &shift);
    workload.writing(Who::Limit, "by hand", Buffer::zeros(given.x.len()), fold, |out| out.to_vec());

    let (x, norm) = (data(&given.x), layer::<{ ROWS[1] }>(given));
    let layer = move |out: &mut Data| out.assign(norm.forward(&x));
    workload.writing(
        Who::Library { target: 1.1 },
        "shapewright, layer",
        Data::zeros(),
        layer,
        |out| out.as_slice().to_vec(),
    );

    let of = |values: &[f32]| {
        Tensor::<f32, shape![{ ROWS[1] }]>::from_slice(values).expect("as many as channels")
    };
    let (mean, var, gamma, beta) =
        (of(&given.mean), of(&given.var), of(&given.gamma), of(&given.beta));
    let x = data(&given.x);
    let as_written =
        move |out: &mut Data| out.assign((&x - &mean) / (&var + EPS).sqrt() * &gamma + &beta);
    workload.writing(
        Who::Library { target: 1.7 },
        "shapewright, as written",
        Data::zeros(),
        as_written,
        |out| out.as_slice().to_vec(),
    );

    let (x, norm) =
        (data(&given.x).rename::<shape![?, { ROWS[1] }]>(), self::layer::<{ ROWS[1] }>(given));
    let out = Data::zeros().rename();
    let layer = move |out: &mut Tensor<f32, (Dyn, Dim<{ ROWS[1] }>)>| out.assign(norm.forward(&x));
    let target = Who::Library { target: 1.1 };
    workload.writing(target, "shapewright, layer, rows of run time", out, layer, |out| {
        out.as_slice().to_vec()
    });
    let of = |values: &[f32]| Tensor::<f32, shape![?]>::from_slice(values).expect("any number");
    let (mean, var, gamma, beta) =
        (of(&given.mean), of(&given.var), of(&given.gamma), of(&given.beta));
    let x = data(&given.x).rename::<shape![?, ?]>();
    let as_written = move |out: &mut Tensor<f32, (Dyn, Dyn)>| {
        out.assign((&x - &mean) / (&var + EPS).sqrt() * &gamma + &beta);
    };
    let target = Who::Library { target: 1.7 };
    let out = Data::zeros().rename();
    workload.writing(target, "shapewright, as written, run time", out, as_written, |out| {
        out.as_slice().to_vec()
    });
    workload
}

fn data(elements: &[f32]) -> Data {
    Data::from_slice(elements).expect("as many as the shape has")
}
fn planes(elements: &[f32]) -> Planes {
    Planes::from_slice(elements).expect("as many as the shape has")
}

/// The workload W2, into an existing output.
pub fn planes_into<'a>(given: &'a Given, name: &str, level: Level) -> Workload<'a> {
    let mut workload = Workload::new(name, given.bytes(), given.expected(PLANE));
    let (x, (scale, shift)) = (Buffer::of(&given.x), given.folded());
    let fold = move |out: &mut Buffer| scale_shift_planes_streaming(level, out, &x, &scale, &shift);
    workload.writing(
        Who::Limit,
        "by hand, streaming stores",
        Buffer::zeros(given.x.len()),
        fold,
        |out| out.to_vec(),
    );

    let (x, norm) = (planes(&given.x), layer::<{ PLANES[1] }>(given));
    let layer = move |out: &mut Planes| out.assign(norm.forward(&x));
    let out = Planes::full(0.0);
    workload.writing(Who::Library { target: 1.15 }, "shapewright, layer", out, layer, |out| {
        out.as_slice().to_vec()
    });

    let of = |values: &[f32]| Tensor::<f32, shape![?]>::from_slice(values).expect("any number");
    let norm =
        BatchNorm::new(of(&given.gamma), of(&given.beta), of(&given.mean), of(&given.var), EPS);
    let x = planes(&given.x).rename::<shape![?, ?, ?, ?]>();
    let layer = move |out: &mut Tensor<f32, (Dyn, Dyn, Dyn, Dyn)>| out.assign(norm.forward(&x));
    let (target, out) = (Who::Library { target: 1.15 }, Planes::full(0.0).rename());
    workload
        .writing(target, "shapewright, layer, run time", out, layer, |out| out.as_slice().to_vec());
    workload
}

/// The workload W2, allocating the output.
pub fn planes_allocating<'a>(given: &'a Given, name: &str, level: Level) -> Workload<'a> {
    let mut workload = Workload::new(name, given.bytes(), given.expected(PLANE));
    type Fold = fn(Level, &mut [f32], &[f32], &[f32], &[f32]);
    // It is open here whether streaming stores are faster: the system has just zeroed the pages,
    // and part of them may still be in the caches.
    let ways: [(&str, Fold); 2] = [
        ("by hand, huge pages", scale_shift_planes),
        ("by hand, and streaming stores", scale_shift_planes_streaming),
    ];
    for (name, by_hand) in ways {
        let (x, (scale, shift)) = (Buffer::of(&given.x), given.folded());
        let fold = move || {
            let mut out = Buffer::zeros(x.len());
            by_hand(level, &mut out, &x, &scale, &shift);
            out
        };
        workload.making(Who::Limit, name, fold, |out| out.to_vec());
    }

    let (x, norm) = (planes(&given.x), layer::<{ PLANES[1] }>(given));
    let layer = move || norm.forward(&x).to_tensor();
    workload.making(Who::Library { target: 4.0 }, "shapewright, layer", layer, |out: &Planes| {
        out.as_slice().to_vec()
    });
    workload
}

at_level! {
    /// `x * scale + shift`, with a scale and a shift for each column.
    scale_shift_rows = scale_shift_rows_kernel(out: &mut [f32], x: &[f32], scale: &[f32], shift: &[f32]);
    /// `x * scale + shift`, with a scale and a shift for each plane.
    scale_shift_planes = scale_shift_planes_kernel(out: &mut [f32], x: &[f32], scale: &[f32], shift: &[f32]);
    /// As [`scale_shift_planes`], with stores that bypass the caches.
    scale_shift_planes_streaming = scale_shift_planes_streaming_kernel(out: &mut [f32], x: &[f32], scale: &[f32], shift: &[f32]);
}

#[inline(always)]
unsafe fn scale_shift_rows_kernel<V: Vector>(
    out: &mut [f32],
    x: &[f32],
    scale: &[f32],
    shift: &[f32],
) {
    let columns = ROWS[1];
    assert!(out.len() == ROWS[0] * columns && x.len() == out.len());
    assert!(scale.len() == columns && shift.len() == columns);
    let (x, scale, shift, out) = (x.as_ptr(), scale.as_ptr(), shift.as_ptr(), out.as_mut_ptr());
    for row in (0..ROWS[0] * columns).step_by(columns) {
        for j in (0..columns).step_by(V::LANES) {
            // SAFETY: `row + j` and the following lanes are below the lengths that were asserted.
            unsafe {
                let y =
                    V::load(x.add(row + j)).mul_add(V::load(scale.add(j)), V::load(shift.add(j)));
                y.store(out.add(row + j));
            }
        }
    }
}

#[inline(always)]
unsafe fn scale_shift_planes_kernel<V: Vector>(
    out: &mut [f32],
    x: &[f32],
    scale: &[f32],
    shift: &[f32],
) {
    // SAFETY: the caller promises that the processor has the instructions of `V`.
    unsafe { scale_shift_planes_by::<V>(out, x, scale, shift, |y, to| y.store(to)) }
}
#[inline(always)]
unsafe fn scale_shift_planes_streaming_kernel<V: Vector>(
    out: &mut [f32],
    x: &[f32],
    scale: &[f32],
    shift: &[f32],
) {
    assert!(out.as_ptr().addr().is_multiple_of(64));
    // SAFETY: the caller promises that the processor has the instructions of `V`. A plane is a
    // multiple of 64 bytes, and the output begins at such a multiple, so each vector is aligned.
    unsafe { scale_shift_planes_by::<V>(out, x, scale, shift, |y, to| y.stream(to)) }
    super::vector::after_streaming();
}
#[inline(always)]
unsafe fn scale_shift_planes_by<V: Vector>(
    out: &mut [f32],
    x: &[f32],
    scale: &[f32],
    shift: &[f32],
    store: impl Fn(V, *mut f32),
) {
    assert!(out.len() == PLANES[0] * PLANES[1] * PLANE && x.len() == out.len());
    let (x, out) = (x.as_ptr(), out.as_mut_ptr());
    for plane in 0..PLANES[0] * PLANES[1] {
        let channel = plane % PLANES[1];
        // SAFETY: the number of elements is that of planes of 3136, a multiple of 16 lanes.
        unsafe {
            let (scale, shift) = (V::splat(scale[channel]), V::splat(shift[channel]));
            for j in (plane * PLANE..(plane + 1) * PLANE).step_by(V::LANES) {
                store(V::load(x.add(j)).mul_add(scale, shift), out.add(j));
            }
        }
    }
}
