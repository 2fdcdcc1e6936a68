//! Standardises the columns of a CSV file with any number of rows, checks them against NumPy, and
//! writes them to a `.npy` file.
//!
//! `cargo run --release --example csv_standardise [IN.csv OUT.npy]`

use std::error::Error;

use shapewright::io::npy;
use shapewright::{Tensor, dim, prelude::*, shape};

dim!(Rows); // the number of rows comes from the file
dim!(Columns = 4);

type Table = Tensor<f64, shape![?Rows, Columns]>;

fn main() -> Result<(), Box<dyn Error>> {
    let data = |name: &str| format!("{}/data/{name}", env!("CARGO_MANIFEST_DIR"));
    let (input, output) = match &std::env::args().skip(1).collect::<Vec<_>>()[..] {
        [] => {
            (data("iris.csv"), format!("{}/iris_standardised.npy", std::env::temp_dir().display()))
        }
        [input, output] => (input.clone(), output.clone()),
        _ => return Err("usage: csv_standardise IN.csv OUT.npy".into()),
    };

    let x = read(&input).map_err(|error| format!("{input}: {error}"))?;
    let y = standardised(&x)?;
    npy::write(&output, &y)?;
    println!("{input}: {:?}, written to {output}", x.shape());
    println!(
        "first row {:.3} is {:.3}",
        x.slice(Rows, Span::<0, 1>).to_tensor(),
        y.slice(Rows, Span::<0, 1>).to_tensor()
    );

    if input == data("iris.csv") {
        // np.loadtxt("iris.csv", delimiter=",", skiprows=1); (x - x.mean(axis=0)) / x.std(axis=0)
        let expected: Table = npy::read(data("iris_standardised.npy"))?;
        let off = (&y - &expected).abs().max();
        println!("NumPy's result differs by at most {off:.1e}");
        assert!(off < 1e-13);
    }
    Ok(())
}

/// Reads the rows of a CSV file with one header line. A row with another number of columns, or with
/// a field that is not a number, is an error that names the line.
fn read(path: &str) -> Result<Table, Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(path)?;
    let found = reader.headers()?.len();
    if found != Columns.len() {
        return Err(format!("expected {} columns, found {found}", Columns.len()).into());
    }
    let rows: Table = reader.deserialize::<[f64; 4]>().collect::<Result<_, _>>()?;
    if rows.is_empty() { Err("there are no rows".into()) } else { Ok(rows) }
}

/// Returns `x` with the mean 0 and the standard deviation 1 in each column.
fn standardised(x: &Table) -> Result<Table, String> {
    // Statistics of the rows, `x.mean_axis(Columns)`, would not compile below: (?Rows,) does not
    // fit (?Rows, Columns).
    let (mean, std) = (x.mean_axis(Rows).to_tensor(), x.std_axis(Rows).to_tensor());
    if let Some(column) = std.as_slice().iter().position(|&std| std == 0.0) {
        return Err(format!(
            "column {column} is constant: it has no standard deviation to divide by"
        ));
    }
    Ok(((x - mean) / std).to_tensor())
}
