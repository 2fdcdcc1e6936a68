//! The vectors of x86-64.

use core::arch::x86_64::*;

use super::Vector;

macro_rules! vector {
    (
        $vector:ident, $lanes:literal, $tile:literal, $splat:ident, $load:ident, $store:ident, $stream:ident,
        $add:ident, $sub:ident, $mul:ident, $mul_add:ident, $max:ident,
        $if_greater:ident, $scale_by_bits:ident, $sum_lanes:ident, $max_lanes:ident,
        $quarters:ident, $load_quarters:ident
    ) => {
        // SAFETY: each method is an instruction of the vector's level, which callers have.
        unsafe impl Vector for $vector {
            const LANES: usize = $lanes;
            const TILE: usize = $tile;
            #[inline(always)]
            unsafe fn splat(x: f32) -> Self {
                // SAFETY: the caller promises that the processor has the instructions.
                unsafe { $splat(x) }
            }
            #[inline(always)]
            unsafe fn load(from: *const f32) -> Self {
                // SAFETY: the caller promises that the processor has the instructions, and that
                // `from` reaches the elements.
                unsafe { $load(from) }
            }
            #[inline(always)]
            unsafe fn store(self, to: *mut f32) {
                // SAFETY: the caller promises that the processor has the instructions, and that
                // `to` reaches the elements.
                unsafe { $store(to, self) }
            }
            #[inline(always)]
            unsafe fn stream(self, to: *mut f32) {
                // SAFETY: the caller promises that the processor has the instructions, and that
                // `to` is aligned and reaches the elements.
                unsafe { $stream(to, self) }
            }
            #[inline(always)]
            unsafe fn add(self, b: Self) -> Self {
                // SAFETY: the caller promises that the processor has the instructions.
                unsafe { $add(self, b) }
            }
            #[inline(always)]
            unsafe fn sub(self, b: Self) -> Self {
                // SAFETY: the caller promises that the processor has the instructions.
                unsafe { $sub(self, b) }
            }
            #[inline(always)]
            unsafe fn mul(self, b: Self) -> Self {
                // SAFETY: the caller promises that the processor has the instructions.
                unsafe { $mul(self, b) }
            }
            #[inline(always)]
            unsafe fn mul_add(self, b: Self, c: Self) -> Self {
                // SAFETY: the caller promises that the processor has the instructions.
                unsafe { $mul_add(self, b, c) }
            }
            #[inline(always)]
            unsafe fn max(self, b: Self) -> Self {
                // SAFETY: the caller promises that the processor has the instructions.
                unsafe { $max(self, b) }
            }
            #[inline(always)]
            unsafe fn if_greater(self, limit: Self, yes: Self, no: Self) -> Self {
                // SAFETY: the caller promises that the processor has the instructions.
                unsafe { $if_greater(self, limit, yes, no) }
            }
            #[inline(always)]
            unsafe fn scale_by_bits(self, n: Self) -> Self {
                // SAFETY: the caller promises that the processor has the instructions.
                unsafe { $scale_by_bits(self, n) }
            }
            #[inline(always)]
            unsafe fn sum_lanes(self) -> f32 {
                // SAFETY: the caller promises that the processor has the instructions.
                unsafe { $sum_lanes(self) }
            }
            #[inline(always)]
            unsafe fn max_lanes(self) -> f32 {
                // SAFETY: the caller promises that the processor has the instructions.
                unsafe { $max_lanes(self) }
            }
            #[inline(always)]
            unsafe fn quarters<const ORDER: i32>(self) -> Self {
                // SAFETY: the caller promises that the processor has the instructions.
                unsafe { $quarters::<ORDER>(self) }
            }
            #[inline(always)]
            unsafe fn load_quarters(from: *const f32) -> Self {
                // SAFETY: the caller promises that the processor has the instructions, and that
                // `from` reaches the elements.
                unsafe { $load_quarters(from) }
            }
        }
    };
}

vector!(
    __m128,
    4,
    6,
    _mm_set1_ps,
    _mm_loadu_ps,
    _mm_storeu_ps,
    _mm_stream_ps,
    _mm_add_ps,
    _mm_sub_ps,
    _mm_mul_ps,
    mul_add_128,
    _mm_max_ps,
    if_greater_128,
    scale_by_bits_128,
    sum_lanes_128,
    max_lanes_128,
    quarters_128,
    _mm_loadu_ps
);
vector!(
    __m256,
    8,
    6,
    _mm256_set1_ps,
    _mm256_loadu_ps,
    _mm256_storeu_ps,
    _mm256_stream_ps,
    _mm256_add_ps,
    _mm256_sub_ps,
    _mm256_mul_ps,
    _mm256_fmadd_ps,
    _mm256_max_ps,
    if_greater_256,
    scale_by_bits_256,
    sum_lanes_256,
    max_lanes_256,
    _mm256_permute_ps,
    load_quarters_256
);
vector!(
    __m512,
    16,
    12,
    _mm512_set1_ps,
    _mm512_loadu_ps,
    _mm512_storeu_ps,
    _mm512_stream_ps,
    _mm512_add_ps,
    _mm512_sub_ps,
    _mm512_mul_ps,
    _mm512_fmadd_ps,
    _mm512_max_ps,
    if_greater_512,
    scale_by_bits_512,
    _mm512_reduce_add_ps,
    _mm512_reduce_max_ps,
    _mm512_permute_ps,
    load_quarters_512
);

#[inline]
#[target_feature(enable = "sse2")]
fn mul_add_128(a: __m128, b: __m128, c: __m128) -> __m128 {
    _mm_add_ps(_mm_mul_ps(a, b), c)
}

#[inline]
#[target_feature(enable = "sse2")]
fn if_greater_128(x: __m128, limit: __m128, yes: __m128, no: __m128) -> __m128 {
    let greater = _mm_cmpgt_ps(x, limit);
    _mm_or_ps(_mm_and_ps(greater, yes), _mm_andnot_ps(greater, no))
}
#[inline]
#[target_feature(enable = "avx2")]
fn if_greater_256(x: __m256, limit: __m256, yes: __m256, no: __m256) -> __m256 {
    _mm256_blendv_ps(no, yes, _mm256_cmp_ps::<_CMP_GT_OQ>(x, limit))
}
#[inline]
#[target_feature(enable = "avx512f")]
fn if_greater_512(x: __m512, limit: __m512, yes: __m512, no: __m512) -> __m512 {
    _mm512_mask_blend_ps(_mm512_cmp_ps_mask::<_CMP_GT_OQ>(x, limit), no, yes)
}

#[inline]
#[target_feature(enable = "sse2")]
fn scale_by_bits_128(x: __m128, n: __m128) -> __m128 {
    let power = _mm_slli_epi32::<23>(_mm_castps_si128(n));
    _mm_castsi128_ps(_mm_add_epi32(_mm_castps_si128(x), power))
}
#[inline]
#[target_feature(enable = "avx2")]
fn scale_by_bits_256(x: __m256, n: __m256) -> __m256 {
    let power = _mm256_slli_epi32::<23>(_mm256_castps_si256(n));
    _mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(x), power))
}
#[inline]
#[target_feature(enable = "avx512f")]
fn scale_by_bits_512(x: __m512, n: __m512) -> __m512 {
    let power = _mm512_slli_epi32::<23>(_mm512_castps_si512(n));
    _mm512_castsi512_ps(_mm512_add_epi32(_mm512_castps_si512(x), power))
}

#[inline]
#[target_feature(enable = "sse2")]
fn sum_lanes_128(x: __m128) -> f32 {
    let x = _mm_add_ps(x, _mm_movehl_ps(x, x));
    _mm_cvtss_f32(_mm_add_ss(x, _mm_shuffle_ps::<1>(x, x)))
}
#[inline]
#[target_feature(enable = "avx2")]
fn sum_lanes_256(x: __m256) -> f32 {
    sum_lanes_128(_mm_add_ps(_mm256_castps256_ps128(x), _mm256_extractf128_ps::<1>(x)))
}
#[inline]
#[target_feature(enable = "sse2")]
fn max_lanes_128(x: __m128) -> f32 {
    let x = _mm_max_ps(x, _mm_movehl_ps(x, x));
    _mm_cvtss_f32(_mm_max_ss(x, _mm_shuffle_ps::<1>(x, x)))
}
#[inline]
#[target_feature(enable = "avx2")]
fn max_lanes_256(x: __m256) -> f32 {
    max_lanes_128(_mm_max_ps(_mm256_castps256_ps128(x), _mm256_extractf128_ps::<1>(x)))
}

#[inline]
#[target_feature(enable = "sse2")]
fn quarters_128<const ORDER: i32>(x: __m128) -> __m128 {
    _mm_shuffle_ps::<ORDER>(x, x)
}
/// # Safety
/// `from` must reach four elements.
#[inline]
#[target_feature(enable = "avx2")]
unsafe fn load_quarters_256(from: *const f32) -> __m256 {
    // SAFETY: the caller promises that `from` reaches four elements.
    let four = unsafe { _mm_loadu_ps(from) };
    _mm256_set_m128(four, four)
}
/// # Safety
/// `from` must reach four elements.
#[inline]
#[target_feature(enable = "avx512f")]
unsafe fn load_quarters_512(from: *const f32) -> __m512 {
    // SAFETY: the caller promises that `from` reaches four elements.
    unsafe { _mm512_broadcast_f32x4(_mm_loadu_ps(from)) }
}
