//! Tests with an included file that is written by hand, as the macros would write it.

use super::*;
use crate::ops::Reduce;
use crate::shape::{Dim, One};

const fn bytes() -> [u8; 44] {
    let (mut bytes, mut k) = ([0; 44], 0);
    while k < 10 {
        let number = if k < 6 { (k as f32 + 1.0).to_le_bytes() } else { (k as u32).to_le_bytes() };
        (bytes[4 * k], bytes[4 * k + 1]) = (number[0], number[1]);
        (bytes[4 * k + 2], bytes[4 * k + 3]) = (number[2], number[3]);
        k += 1;
    }
    bytes[41] = 1;
    bytes
}
static TENSORS: [IncludedTensor; 4] = [
    IncludedTensor::new("conv.0.mask", "BOOL", &[4], 40, 44),
    IncludedTensor::new("conv.0.weight", "F32", &[2, 1, 3], 0, 24),
    IncludedTensor::new("conv.1.steps", "U32", &[4], 24, 40),
    IncludedTensor::new("scale", "F8_E4M3", &[4], 40, 44),
];
static DATA: Aligned<[u8; 44]> = Aligned::new(bytes(), &TENSORS);
static PLACES: [Place; 4] = {
    let (mut places, mut k) = ([(0, 0); 4], 0);
    while k < 4 {
        let (mut place, mut at) = ((table::hashed(table::EMPTY, TENSORS[k].name), k), 0);
        while at < k {
            if place.0 < places[at].0 {
                (place, places[at]) = (places[at], place);
            }
            at += 1;
        }
        places[k] = place;
        k += 1;
    }
    places
};
const FILE: Included = Included::__new("small.safetensors", &TENSORS, &PLACES, &DATA);

static WEIGHT: TensorView<'static, f32, (Dim<2>, One, Dim<3>)> = FILE.view("conv.0.weight");
static STEPS: TensorView<'static, u32, (Dim<4>,)> = FILE.view_at("conv.1", "steps");
static MASK: TensorView<'static, bool, (Dim<4>,)> = FILE.at("conv").at("0").view("mask");

#[test]
fn views_are_made_by_the_compiler() {
    assert_eq!(WEIGHT.to_slice().unwrap(), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    assert_eq!(WEIGHT.sum(), 21.0);
    assert_eq!(STEPS, [6, 7, 8, 9]);
    assert_eq!(MASK, [false, true, false, false]);
    assert_eq!(WEIGHT.to_slice().unwrap().as_ptr().addr() % 64, 0);
}

#[test]
fn what_there_is() {
    assert!(FILE.contains("scale") && !FILE.contains("conv.0"));
    assert!(FILE.at("conv.0").contains("mask") && !FILE.at("conv.0").contains("scale"));
    assert!(FILE.names().eq(TENSORS.map(|tensor| tensor.name)));
    #[cfg(feature = "alloc")]
    assert_eq!(
        alloc::format!("{FILE:?}"),
        "Included \"small.safetensors\" {\"conv.0.mask\": BOOL (4,), \"conv.0.weight\": F32 (2, 1, 3), \
         \"conv.1.steps\": U32 (4,), \"scale\": F8_E4M3 (4,)}"
    );
}

#[test]
#[should_panic(
    expected = "small.safetensors: `conv.0.weight` is F32 (2, 1, 3), and the type says F32 (2, 3)"
)]
fn another_shape() {
    let _ = FILE.view::<f32, (Dim<2>, Dim<3>)>("conv.0.weight");
}

#[test]
#[should_panic(
    expected = "small.safetensors: `conv.1.steps` is U32 (4,), and the type says I32 (4,)"
)]
fn another_element_type() {
    let _ = FILE.view::<i32, (Dim<4>,)>("conv.1.steps");
}

#[test]
#[should_panic(
    expected = "small.safetensors: no tensor `conv.0.wieght`; the nearest of 4 names: `conv.0.weight`, `conv.0.mask`, \
                `conv.1.steps`"
)]
fn a_name_that_is_not_there() {
    let _ = FILE.view_at::<i32, (Dim<4>,)>("conv.0", "wieght");
}

#[test]
#[should_panic(expected = "small.safetensors: the prefix `conv.conv.conv")]
fn a_prefix_that_is_too_long() {
    let _ = (0..30).fold(FILE, |file, _| file.at("conv"));
}
