//! Inline arrays as plain bytes: in user-defined structs, by casts, and whatever the names of axes
//! are.

use std::fmt;

use bytemuck::{AnyBitPattern, NoUninit, Pod, PodCastError, Zeroable};
use shapewright::{
    Array, NamedLength, Static, Tensor, TensorView, array, bf16, dim, f16, prelude::*, shape,
    tensor,
};

dim!(pub Row = 4, pub Column = 4);

/// Uniforms with the layout that a shader reads.
#[derive(Clone, Copy, Pod, Zeroable, PartialEq, Debug)]
#[repr(C)]
struct Uniforms {
    transform: Array<f32, shape![Row, Column]>,
    tint: Array<f32, shape![4]>,
    frame: u32,
    flags: Array<u8, shape![2, 2]>,
}

#[test]
fn fields_of_ones_own_struct() {
    let mut uniforms = Uniforms::zeroed();
    assert_eq!(uniforms.transform, Array::<f32, shape![Row, Column]>::zeros());
    uniforms.transform[[1, 2]] = 1.5;
    uniforms.tint = array![1.0, 2.0, 3.0, 4.0];
    uniforms.flags = array![[1, 2], [3, 4]];
    let bytes = bytemuck::bytes_of(&uniforms);
    assert_eq!(bytes.len(), (16 + 4 + 1) * 4 + 4);
    assert_eq!(bytes[24..28], 1.5f32.to_ne_bytes());
    assert_eq!(bytes[68..72], 2.0f32.to_ne_bytes());
    assert_eq!(bytes[84..], [1, 2, 3, 4]);
    assert_eq!(bytemuck::pod_read_unaligned::<Uniforms>(bytes), uniforms);
    let many = [uniforms; 3];
    assert_eq!(bytemuck::cast_slice::<_, u8>(&many).len(), 3 * bytes.len());
}

#[test]
fn casts_of_arrays() {
    let x = array![[1.0f32, 2.0, 3.0], [4.0, 5.0, 6.0]];
    let flat: [f32; 6] = bytemuck::cast(x);
    assert_eq!(flat, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    let nested: [[f32; 2]; 3] = bytemuck::cast(x);
    assert_eq!(nested, [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]);
    let bits: &Array<u32, shape![2, 3]> = bytemuck::cast_ref(&x);
    assert_eq!(bits[[1, 0]], 4.0f32.to_bits());
    assert_eq!(bytemuck::bytes_of(&x), x.as_bytes());
    let mut y = x;
    bytemuck::bytes_of_mut(&mut y)[..4].copy_from_slice(&9.0f32.to_ne_bytes());
    assert_eq!(y[[0, 0]], 9.0);

    // A slice of pixels, and a slice of samples.
    let pixels = [array![1u8, 2, 3], array![4, 5, 6]];
    assert_eq!(bytemuck::cast_slice::<_, u8>(&pixels), [1, 2, 3, 4, 5, 6]);
    let back: &[Array<u8, shape![3]>] = bytemuck::cast_slice(&[1u8, 2, 3, 4, 5, 6]);
    assert_eq!(back, pixels);
    assert_eq!(
        bytemuck::try_cast_slice::<u8, Array<u8, shape![4]>>(&[0u8; 6]).unwrap_err(),
        PodCastError::OutputSliceWouldHaveSlop
    );
    assert!(bytemuck::try_from_bytes::<Array<f32, shape![2]>>(&[0; 7]).is_err());
}

/// A tensor on the heap, or a view, is cast as a slice.
#[test]
fn slices_of_tensors() {
    let x = tensor![[1.0f32, 2.0], [3.0, 4.0]];
    let rows: &[Array<f32, shape![2]>] = bytemuck::cast_slice(x.as_slice());
    assert_eq!(rows, [array![1.0, 2.0], array![3.0, 4.0]]);
    let samples: &[f32] = bytemuck::cast_slice(x.as_bytes());
    assert_eq!(TensorView::<f32, shape![?, 2]>::new(samples).unwrap(), [[1.0, 2.0], [3.0, 4.0]]);
}

fn is_pod<T: Pod + Zeroable + NoUninit + AnyBitPattern>() {}

#[test]
fn every_number() {
    is_pod::<Array<f32, shape![2]>>();
    is_pod::<Array<f64, shape![2, 1]>>();
    is_pod::<Array<i8, shape![]>>();
    is_pod::<Array<i64, shape![0]>>();
    is_pod::<Array<isize, shape![2, 2]>>();
    is_pod::<Array<u16, shape![1, 1, 1, 1, 1, 1, 1, 2]>>();
    is_pod::<Array<usize, shape![Row]>>();
    is_pod::<Array<f16, shape![Row]>>();
    is_pod::<Array<bf16, shape![Row]>>();
    assert_eq!(Array::<bool, shape![3]>::zeroed(), array![false; 3]);
    assert_eq!(Array::<f32, shape![]>::zeroed().item(), 0.0);
    assert!(bytemuck::bytes_of(&Array::<f64, shape![5, 0]>::zeros()).is_empty());
}

/// A length whose value takes memory, with an alignment that no element has.
#[derive(Copy, Clone)]
#[repr(align(256))]
struct Heavy([u64; 5]);
impl fmt::Debug for Heavy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}
impl NamedLength for Heavy {
    type Size = Static<3>;
    type Bits = ();
    const NAME: &'static str = "Heavy";
    const VALUE: Self = Heavy([7; 5]);
}

/// An array consists of its elements only, even if its axis names are larger types.
#[test]
fn names_take_no_memory() {
    type Named = Array<u16, shape![Heavy, 2]>;
    assert_eq!((size_of::<Named>(), align_of::<Named>()), (12, 2));
    assert_eq!(
        (size_of::<Array<u8, shape![Heavy]>>(), align_of::<Array<u8, shape![Heavy]>>()),
        (3, 1)
    );
    let x: Named = bytemuck::cast([1u16, 2, 3, 4, 5, 6]);
    assert_eq!(x[[2, 1]], 6);
    assert_eq!(x.shape().0.0, [7; 5]);
    assert_eq!(
        bytemuck::cast::<_, [u8; 12]>(x),
        bytemuck::cast::<_, [u8; 12]>([1u16, 2, 3, 4, 5, 6])
    );
    assert_eq!((x + x).to_array().sum_axis(Heavy::VALUE).to_tensor(), [18, 24]);
    let x: Tensor<u16, shape![Heavy, 2]> = x.to_tensor();
    assert_eq!(x.shape().0.0, [7; 5]);
}
