use bytemuck::Zeroable;
use shapewright::{Array, shape};

#[derive(Clone, Copy, Zeroable)]
#[repr(C)]
struct Uniforms {
    weights: Array<f32, shape![?, 4]>,
}

fn main() {}
