//! Takes data as an `ndarray`, standardises it here with checked shapes, and projects it onto its
//! principal axes, which `nalgebra` finds. The result is an `ndarray` again.
//!
//! `cargo run --release --example interop`

use std::error::Error;

use nalgebra::{Matrix4, SymmetricEigen};
use ndarray::{Array1, Array2, ArrayView2, s};
use shapewright::{ShapeError, TensorView, dim, prelude::*, shape};

dim!(Flowers); // the number of flowers comes from the data
dim!(Measures = 4, Components = 2);

/// The two components in which flowers differ most, and the share of the variance of each.
fn principal(x: ArrayView2<f64>) -> Result<(Array2<f64>, Array1<f64>), ShapeError> {
    // A view of the same memory, with any strides. Another number of columns is an error that says
    // so.
    let x: TensorView<f64, shape![?Flowers, Measures]> = x.try_into()?;

    // Statistics of the rows, over `Measures` instead of `Flowers`, would not compile.
    let y = ((x - x.mean_axis(Flowers)) / x.std_axis(Flowers)).to_tensor();
    // The shape is (Measures, Measures).
    let correlation = (y.t().matmul(&y) / x.shape().0.len() as f64).to_array();

    // The lengths are types on both sides: a `Matrix3` would not compile, and nothing can fail.
    let eigen = SymmetricEigen::new(Matrix4::from(&correlation));
    let mut order = [0, 1, 2, 3];
    order.sort_by(|&i, &j| eigen.eigenvalues[j].total_cmp(&eigen.eigenvalues[i]));

    // `nalgebra` knows the number of chosen columns at run time only. Their elements are not
    // copied.
    let chosen = eigen.eigenvectors.select_columns(&order[..2]);
    let axes: TensorView<f64, shape![Measures, Components]> = (&chosen).try_into()?;

    let scores = y.matmul(&axes).to_tensor(); // (?Flowers, Components)
    let shares = order[..2].iter().map(|&i| eigen.eigenvalues[i] / 4.0).collect();
    Ok((scores.into(), shares))
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut rows = csv::Reader::from_path(concat!(env!("CARGO_MANIFEST_DIR"), "/data/iris.csv"))?;
    let rows = rows.deserialize::<[f64; 4]>().collect::<Result<Vec<_>, _>>()?;
    let table = Array2::from(rows);

    let (scores, shares) = principal(table.view())?;
    println!(
        "{} flowers of {} measures: the first is {:.3} in 2 components,",
        table.nrows(),
        table.ncols(),
        scores.row(0)
    );
    println!("which have the shares {shares:.4} of the variance");
    // sklearn.decomposition.PCA(2).fit(standardised).explained_variance_ratio_
    assert!((shares[0] - 0.72962445).abs() < 1e-8 && (shares[1] - 0.22850762).abs() < 1e-8);

    // The rows in reverse order are a view of the same memory, and give the same scores in reverse
    // order.
    let (reversed, _) = principal(table.slice(s![..;-1, ..]))?;
    assert!((&reversed.slice(s![..;-1, ..]) - &scores).iter().all(|x| x.abs() < 1e-12));

    println!("of 3 columns: {}", principal(table.slice(s![.., 1..])).unwrap_err());
    Ok(())
}
