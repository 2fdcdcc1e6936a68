//! The input of workloads, and the expected results.

/// Random numbers, the same on every run: xorshift64*.
pub struct Random(u64);

impl Random {
    /// A different sequence for each seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }
    /// `len` numbers uniform from `low` to `high`.
    pub fn uniform(&mut self, len: usize, low: f32, high: f32) -> Vec<f32> {
        (0..len)
            .map(|_| low + (high - low) * ((self.next() >> 40) as f32 / (1u32 << 24) as f32))
            .collect()
    }
}

/// The expected results of a workload, in f64, and the maximum error of a result.
pub struct Expected {
    /// The expected results.
    pub values: Vec<f64>,
    /// Errors are in units in the last place (ULP) of an f32 of the magnitude of the result, or of
    /// this value if the result is smaller: the magnitude of the terms that cancel.
    pub scale: f64,
    /// The maximum error, in ULP.
    pub ulp: f64,
}

impl Expected {
    /// The maximum error of `results`, in ULP; infinite if their number is wrong.
    pub fn error(&self, results: &[f32]) -> f64 {
        if results.len() != self.values.len() {
            return f64::INFINITY;
        }
        let error = |(&result, &expected): (&f32, &f64)| {
            let error = (f64::from(result) - expected).abs() / ulp(expected.abs().max(self.scale));
            if error.is_nan() { f64::INFINITY } else { error }
        };
        results.iter().zip(&self.values).map(error).fold(0.0, f64::max)
    }
}

/// The distance between two neighbouring f32 at `x`, which is positive.
fn ulp(x: f64) -> f64 {
    (x.log2().floor() - 23.0).exp2()
}

/// `values` as f64.
pub fn wide(values: &[f32]) -> impl Iterator<Item = f64> + Clone {
    values.iter().map(|&x| f64::from(x))
}

/// `a (m, k) @ b (k, n)` in f64.
pub fn product(a: &[f32], b: &[f32], [m, k, n]: [usize; 3]) -> Vec<f64> {
    let mut out = vec![0.0; m * n];
    let b: Vec<f64> = wide(b).collect();
    for (out, a) in out.chunks_exact_mut(n).zip(a.chunks_exact(k)) {
        for (&a, b) in a.iter().zip(b.chunks_exact(n)) {
            for (out, b) in out.iter_mut().zip(b) {
                *out += f64::from(a) * b;
            }
        }
    }
    out
}
