//! The Kalman filter with loops.

#![allow(clippy::needless_range_loop, reason = "as one writes matrices by hand")]

/// A matrix of `N` rows and `M` columns.
type Matrix<const N: usize, const M: usize> = [[f32; M]; N];

static F: Matrix<4, 4> = [
    [1.0, 0.0, crate::kalman::STEP, 0.0],
    [0.0, 1.0, 0.0, crate::kalman::STEP],
    [0.0, 0.0, 1.0, 0.0],
    [0.0, 0.0, 0.0, 1.0],
];
static Q: Matrix<4, 4> = [
    [0.00006, 0.0, 0.001, 0.0],
    [0.0, 0.00006, 0.0, 0.001],
    [0.001, 0.0, 0.016, 0.0],
    [0.0, 0.001, 0.0, 0.016],
];
static H: Matrix<2, 4> = [[1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0]];
static R: Matrix<2, 2> = [[0.09, 0.0], [0.0, 0.09]];

/// The estimate: the state and its uncertainty.
#[derive(Clone, Debug)]
pub struct Filter {
    /// The most likely state.
    pub x: [f32; 4],
    /// The covariance of its error.
    pub p: Matrix<4, 4>,
}

impl Filter {
    /// The estimate after a first measurement: that position, with an unknown velocity.
    pub fn new(first: [f32; 2]) -> Self {
        let mut p = [[0.0; 4]; 4];
        (p[0][0], p[1][1], p[2][2], p[3][3]) = (0.09, 0.09, 4.0, 4.0);
        Self { x: [first[0], first[1], 0.0, 0.0], p }
    }

    /// One step: predicts the state, and then corrects it by the measurement `measured`. Returns
    /// `None` if the covariance of the predicted measurement has no inverse.
    #[inline(never)]
    pub fn step(&mut self, measured: [f32; 2]) -> Option<()> {
        let x = by_vector(&F, &self.x);
        let p = sum(&product(&product(&F, &self.p), &transposed(&F)), &Q);

        let hp = product(&H, &p);
        let gain = transposed(&solved(sum(&product(&hp, &transposed(&H)), &R), hp)?);
        let expected = by_vector(&H, &x);
        let moved = by_vector(&gain, &[measured[0] - expected[0], measured[1] - expected[1]]);
        let known = product(&gain, &hp);
        for i in 0..4 {
            self.x[i] = x[i] + moved[i];
            for j in 0..4 {
                self.p[i][j] = p[i][j] - known[i][j];
            }
        }
        Some(())
    }

    /// The bits of the state and of the variance of each of its elements.
    pub fn bits(&self) -> impl Iterator<Item = u32> {
        self.x.into_iter().chain((0..4).map(|k| self.p[k][k])).map(f32::to_bits)
    }
}

fn product<const N: usize, const K: usize, const M: usize>(
    a: &Matrix<N, K>,
    b: &Matrix<K, M>,
) -> Matrix<N, M> {
    let mut to = [[0.0; M]; N];
    for i in 0..N {
        for j in 0..M {
            for k in 0..K {
                to[i][j] += a[i][k] * b[k][j];
            }
        }
    }
    to
}

fn by_vector<const N: usize, const K: usize>(a: &Matrix<N, K>, b: &[f32; K]) -> [f32; N] {
    a.map(|row| row.iter().zip(b).fold(0.0, |sum, (x, y)| sum + x * y))
}

fn transposed<const N: usize, const M: usize>(a: &Matrix<N, M>) -> Matrix<M, N> {
    let mut to = [[0.0; N]; M];
    for (i, row) in a.iter().enumerate() {
        for (j, &x) in row.iter().enumerate() {
            to[j][i] = x;
        }
    }
    to
}

fn sum<const N: usize, const M: usize>(a: &Matrix<N, M>, b: &Matrix<N, M>) -> Matrix<N, M> {
    let mut to = *a;
    for (to, x) in to.as_flattened_mut().iter_mut().zip(b.as_flattened()) {
        *to += x;
    }
    to
}

/// Solves `a * x = b` for `x`: by Gaussian elimination, with the element of the largest magnitude
/// in each column as the pivot.
fn solved<const N: usize, const M: usize>(
    mut a: Matrix<N, N>,
    mut b: Matrix<N, M>,
) -> Option<Matrix<N, M>> {
    for k in 0..N {
        let (mut greatest, mut pivot) = (0.0, None);
        for (i, row) in a.iter().enumerate().skip(k) {
            if row[k].abs() > greatest {
                (greatest, pivot) = (row[k].abs(), Some(i));
            }
        }
        let pivot = pivot?;
        a.swap(k, pivot);
        b.swap(k, pivot);
        for i in k + 1..N {
            let factor = a[i][k] / a[k][k];
            for j in k + 1..N {
                a[i][j] -= factor * a[k][j];
            }
            for j in 0..M {
                b[i][j] -= factor * b[k][j];
            }
        }
    }
    for k in (0..N).rev() {
        for j in 0..M {
            b[k][j] /= a[k][k];
            for i in 0..k {
                b[i][j] -= a[i][k] * b[k][j];
            }
        }
    }
    Some(b)
}
