//! SIMD levels: which vector instructions evaluations use, and how much work an evaluation needs to
//! use them. [`dispatch`](super::dispatch) runs evaluations at the current level.
//!
//! Every level computes the same bits, because no level contracts `a * b + c` into one rounding
//! (except where `b` is 1, which changes no bit: see [`adder`](super::adder)). There are two
//! exceptions. Matrix products and convolutions of `f32` and `f64` do contract, and
//! promise an error bound instead. And Rust leaves the bits of a NaN unspecified: which of two NaNs
//! an addition passes on, and the sign of a new NaN, differ by level, target and build. To make
//! them equal would cost a comparison and a selection at each operation, or at each result.

use core::fmt;
use core::sync::atomic::{AtomicU8, Ordering};

#[cfg(any(
    target_arch = "x86",
    target_arch = "x86_64",
    target_arch = "aarch64",
    all(target_arch = "wasm32", target_feature = "simd128")
))]
use super::simd;
use super::simd::Vectors;

/// The vector instructions that evaluations use. The best level of the machine is detected at the
/// first evaluation.
///
/// A level changes the speed, and hardly anything else. Elementwise results and reductions have the
/// same bits at every level, except for the sign and the payload of a NaN, which the
/// [contract](crate::accuracy) leaves open. Matrix products and convolutions of `f32` and `f64` do
/// differ between levels, within a bound.
///
/// So the only reasons to choose a level are to test that results are equal, and to measure speed.
/// Call [`force`](Self::force), or in builds with `std` set the environment variable
/// `SHAPEWRIGHT_LEVEL` to one of [`NAMES`](Self::NAMES). The variable is read once, at the first
/// evaluation. It selects the best level of the machine that is not above the named level. Any
/// other value is ignored, so print [`current`](Self::current) with what you measure.
///
/// There is no `Level` value for a level that the machine lacks. Without `std` nothing is detected:
/// the level is that of the features that the target has at compile time.
///
/// ```
/// use shapewright::{Level, prelude::*, tensor};
/// let x = tensor![1.0f32, 2.0, 3.0];
/// for level in Level::available() {
///     level.force();
///     assert_eq!((&x / 3.0).sqrt().to_tensor(), tensor![1.0f32 / 3.0, 2.0 / 3.0, 1.0].sqrt().to_tensor());
/// }
/// Level::best().force();
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level(pub(super) LevelKind);

/// The levels of all targets. The levels of each target are in ascending order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(super) enum LevelKind {
    Scalar,
    Simd128,
    Neon,
    Sse2,
    Avx2,
    Avx512,
}
const KINDS: [LevelKind; 6] = [
    LevelKind::Scalar,
    LevelKind::Simd128,
    LevelKind::Neon,
    LevelKind::Sse2,
    LevelKind::Avx2,
    LevelKind::Avx512,
];

impl LevelKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Scalar => "scalar",
            Self::Simd128 => "simd128",
            Self::Neon => "neon",
            Self::Sse2 => "sse2",
            Self::Avx2 => "avx2",
            Self::Avx512 => "avx512",
        }
    }

    /// The best level whose instructions the target has at compile time.
    const BASELINE: Self = {
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        let best = if simd::Avx512::BASELINE {
            Self::Avx512
        } else if simd::Avx2::BASELINE {
            Self::Avx2
        } else if simd::Sse2::BASELINE {
            Self::Sse2
        } else {
            Self::Scalar
        };
        #[cfg(target_arch = "aarch64")]
        let best = if simd::Neon::BASELINE { Self::Neon } else { Self::Scalar };
        #[cfg(target_arch = "wasm32")]
        let best = if cfg!(target_feature = "simd128") { Self::Simd128 } else { Self::Scalar };
        #[cfg(not(any(
            target_arch = "x86",
            target_arch = "x86_64",
            target_arch = "aarch64",
            target_arch = "wasm32"
        )))]
        let best = Self::Scalar;
        best
    };

    /// The best level that the machine has.
    fn best() -> Self {
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        {
            if simd::Avx512::is_detected() {
                return Self::Avx512;
            }
            if simd::Avx2::is_detected() {
                return Self::Avx2;
            }
            if simd::Sse2::is_detected() {
                return Self::Sse2;
            }
        }
        Self::BASELINE
    }

    /// Whether a machine with level `self` also has level `other`.
    pub(super) const fn includes(self, other: Self) -> bool {
        matches!(other, Self::Scalar)
            || self as u8 == other as u8
            || (other as u8 >= Self::Sse2 as u8 && other as u8 <= self as u8)
    }
}

/// The value of [`FORCED`] before the first evaluation.
const UNKNOWN: u8 = u8::MAX;

/// The level in use, as the number of its [`LevelKind`]. Only [`Level::force`] writes it.
static FORCED: AtomicU8 = AtomicU8::new(UNKNOWN);

impl Level {
    /// The level without explicit vector instructions. The compiler may still use the vector
    /// instructions of the target's baseline. Every machine has this level.
    pub const SCALAR: Self = Self(LevelKind::Scalar);

    /// The names of all levels of all targets. A test can report which of them it skipped.
    ///
    /// ```
    /// # use shapewright::Level;
    /// for name in Level::NAMES {
    ///     match Level::named(name) {
    ///         Some(level) => println!("{level} is tested"),
    ///         None => println!("{name} is skipped: the machine lacks it"),
    ///     }
    /// }
    /// ```
    pub const NAMES: [&str; 6] = {
        let (mut names, mut k) = ([""; 6], 0);
        while k < KINDS.len() {
            names[k] = KINDS[k].name();
            k += 1;
        }
        names
    };

    /// The level that the whole program is compiled for. Code for this level needs no dispatch.
    pub(crate) const BASELINE: Self = Self(LevelKind::BASELINE);

    /// The level that the next evaluation uses.
    ///
    /// ```
    /// # use shapewright::Level;
    /// assert!(Level::available().any(|level| level == Level::current()));
    /// ```
    #[inline]
    pub fn current() -> Self {
        if !DETECTS && matches!(Self::BASELINE.0, LevelKind::Scalar) {
            return Self::SCALAR;
        }
        let forced = FORCED.load(Ordering::Relaxed);
        // Any other number is `UNKNOWN`, because `force` stores only the numbers of levels.
        match forced {
            0 => Self(KINDS[0]),
            1 => Self(KINDS[1]),
            2 => Self(KINDS[2]),
            3 => Self(KINDS[3]),
            4 => Self(KINDS[4]),
            5 => Self(KINDS[5]),
            _ => first(),
        }
    }

    /// The best level that the machine has.
    ///
    /// ```
    /// # use shapewright::Level;
    /// assert_eq!(Some(Level::best()), Level::available().last());
    /// ```
    pub fn best() -> Self {
        Self(LevelKind::best())
    }

    /// The levels that the machine has, in ascending order.
    ///
    /// ```
    /// # use shapewright::Level;
    /// assert_eq!(Level::available().next(), Some(Level::SCALAR));
    /// ```
    pub fn available() -> impl Iterator<Item = Self> {
        let best = Self::best();
        KINDS.into_iter().filter(move |&kind| best.0.includes(kind)).map(Self)
    }

    /// The level with the name `name`. `None` if the machine lacks that level or if no level of
    /// [`NAMES`](Self::NAMES) has that name.
    ///
    /// ```
    /// # use shapewright::Level;
    /// assert_eq!(Level::named("scalar"), Some(Level::SCALAR));
    /// assert_eq!(Level::named("sse9"), None);
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        Self::available().find(|level| level.name() == name)
    }

    /// The name of the level: `"scalar"`, `"sse2"`, `"avx2"`, `"avx512"`, `"neon"` or `"simd128"`.
    ///
    /// ```
    /// assert_eq!(shapewright::Level::SCALAR.name(), "scalar");
    /// ```
    pub const fn name(self) -> &'static str {
        self.0.name()
    }

    /// Makes this the level of all evaluations of the process from now on. Evaluations of few
    /// elements, other than matrix products, still use the target's baseline.
    ///
    /// ```
    /// # use shapewright::Level;
    /// Level::SCALAR.force();
    /// assert_eq!(Level::current(), Level::SCALAR);
    /// Level::best().force();
    /// ```
    pub fn force(self) {
        FORCED.store(self.0 as u8, Ordering::Relaxed);
    }

    /// The instruction set of this level, for kernels with explicit vectors. `None` at
    /// [`SCALAR`](Self::SCALAR).
    #[cfg_attr(not(unoptimised), inline(always))]
    pub(crate) fn vectors(self) -> Option<Vectors> {
        // A `Level` above `SCALAR` exists only if the machine has that level: the level was
        // detected, or the program is compiled for it, or a higher level that the machine has
        // includes it. `FORCED` holds only the numbers of levels that the machine has.
        match self.0 {
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            // SAFETY: a `Level` of this kind exists only if the machine has AVX-512.
            LevelKind::Avx512 => Some(Vectors::Avx512(unsafe { simd::Avx512::new() })),
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            // SAFETY: a `Level` of this kind exists only if the machine has AVX2.
            LevelKind::Avx2 => Some(Vectors::Avx2(unsafe { simd::Avx2::new() })),
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            // SAFETY: a `Level` of this kind exists only if the machine has SSE2.
            LevelKind::Sse2 => Some(Vectors::Sse2(unsafe { simd::Sse2::new() })),
            #[cfg(target_arch = "aarch64")]
            // SAFETY: a `Level` of this kind exists only if the machine has NEON.
            LevelKind::Neon => Some(Vectors::Neon(unsafe { simd::Neon::new() })),
            #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
            // SAFETY: a `Level` of this kind exists only if the machine has vectors of 128 bits.
            LevelKind::Simd128 => Some(Vectors::Simd128(unsafe { simd::Simd128::new() })),
            _ => None,
        }
    }
}

impl fmt::Debug for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Whether kernels have explicit SIMD code for the target. `build.rs` sets `cfg(vectors)`.
pub(crate) const HAS_VECTORS: bool = cfg!(vectors);

/// Whether the program detects at run time which instructions the machine has.
const DETECTS: bool = cfg!(all(feature = "std", any(target_arch = "x86", target_arch = "x86_64")));

/// The level of the first evaluation. It is stored for all later evaluations.
#[cold]
fn first() -> Level {
    let level = allowed(Level::best());
    level.force();
    level
}

/// The best level of the machine that is not above the level named by `SHAPEWRIGHT_LEVEL`; `best`
/// if the variable names no level.
#[cfg(feature = "std")]
fn allowed(best: Level) -> Level {
    let asked = std::env::var("SHAPEWRIGHT_LEVEL").ok();
    let highest = KINDS.into_iter().find(|kind| asked.as_deref() == Some(kind.name()));
    highest
        .and_then(|highest| Level::available().filter(|level| level.0 <= highest).last())
        .unwrap_or(best)
}
#[cfg(not(feature = "std"))]
fn allowed(best: Level) -> Level {
    best
}

/// A number of elements. `None` if it depends on a length that is known only at run time.
pub type Count = Option<usize>;

/// The weight of a function that evaluates a polynomial, such as an exponential: it takes about as
/// long as this number of additions.
pub(crate) const EXPENSIVE: usize = 8;

/// Whether a function that takes as long as `weight` additions evaluates at least one polynomial.
pub(crate) const fn is_expensive(weight: usize) -> bool {
    weight >= EXPENSIVE
}

/// An estimate of the time that an evaluation takes, in additions: the number of elements of its
/// largest part, times the weight of its most expensive function.
#[derive(Clone, Copy, Debug)]
pub struct Work {
    elements: Count,
    weight: usize,
}
impl Work {
    /// More than any other work, for evaluations that never count as small.
    pub(crate) const LARGE: Self = Self::of(Some(usize::MAX));

    /// The work of one addition for each of `elements` elements.
    pub(crate) const fn of(elements: Count) -> Self {
        Self { elements, weight: 1 }
    }

    /// The work of an evaluation of two parts, whose works are `self` and `other`: the larger
    /// number of elements, and the larger weight.
    pub(crate) const fn and(self, other: Self) -> Self {
        let elements = match (self.elements, other.elements) {
            (Some(a), Some(b)) => Some(if a > b { a } else { b }),
            _ => None,
        };
        Self { elements, weight: heaviest([self.weight, other.weight]) }
    }

    /// The work of an evaluation that has the work `self` and evaluates a function of weight
    /// `weight`.
    pub(crate) const fn weighed(self, weight: usize) -> Self {
        self.and(Self { elements: Some(0), weight })
    }

    /// Whether the evaluation has so little work that its code is compiled for its own shape,
    /// instead of shared with other shapes.
    pub(crate) const fn is_small(self) -> bool {
        matches!(self.elements, Some(elements) if elements.saturating_mul(self.weight) <= SMALL)
    }
}

/// The largest of `weights`, but at least 1.
pub(crate) const fn heaviest<const N: usize>(weights: [usize; N]) -> usize {
    let (mut heaviest, mut k) = (1, 0);
    while k < N {
        if weights[k] > heaviest {
            heaviest = weights[k];
        }
        k += 1;
    }
    heaviest
}

/// The most work, in additions, of an evaluation whose code is compiled for its own shape and
/// inlined. For so little work a dispatch would take more time than it saves. Without `std`, as on
/// bare metal, there is no dispatch, and the limit is higher, because code for one shape is faster
/// than shared code.
const SMALL: usize = if cfg!(feature = "std") { 64 } else { 4096 };
