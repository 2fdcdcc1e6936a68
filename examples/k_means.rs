//! k-means: finds ten groups among the digits without their labels, and then counts the digits of
//! each kind in each group. The result is that of scikit-learn from the same start.
//!
//! `cargo run --release --example k_means`

use std::error::Error;

use shapewright::{Tensor, io::npy, prelude::*};

dim!(Images); // the number of images comes from the file
dim!(Pixels = 64, Groups = 10);

type Data = Tensor<f32, shape![?Images, Pixels]>;
type Centers = Tensor<f32, shape![Groups, Pixels]>;

/// The squared distance of each image from each center, as |x|² - 2 x·c + |c|².
fn distances(x: &Data, centers: &Centers) -> Tensor<f32, shape![?Images, Groups]> {
    // Of the shape (n, 1). With the shape (n,) the last line would not compile.
    let images = x.square().sum_axis(Pixels).expand_dims(Axis::<1>);
    let groups = centers.square().sum_axis(Pixels); // (Groups,)
    (images - x.matmul(centers.t()) * 2.0 + groups).to_tensor()
}

/// The mean of the images of each group.
fn means(x: &Data, group_of: &Tensor<usize, shape![?Images]>) -> Centers {
    let (mut sums, mut counts) = (Centers::zeros(), Array::<f32, shape![Groups]>::zeros());
    for (image, &group) in x.rows().zip(group_of) {
        let mut sum = sums.row_mut(group);
        sum += image;
        counts[group] += 1.0;
    }
    (sums / counts.expand_dims(Axis::<1>)).to_tensor()
}

fn main() -> Result<(), Box<dyn Error>> {
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data");
    let x: Data = npy::read(format!("{data}/digits.npy"))?;
    let labels: Tensor<u8, shape![?Images]> = npy::read(format!("{data}/digits_labels.npy"))?;

    let mut centers: Centers = x.narrow(Images, 0, Groups).to_tensor(); // the first ten images
    let (mut group_of, mut rounds) = (distances(&x, &centers).argmin_axis(Groups).to_tensor(), 1);
    loop {
        centers = means(&x, &group_of);
        let nearest = distances(&x, &centers).argmin_axis(Groups).to_tensor();
        rounds += 1;
        if nearest == group_of {
            break;
        }
        group_of = nearest;
    }

    // Counts which digits are in which group.
    let mut table = Tensor::<u32, shape![Groups, 10]>::zeros();
    group_of
        .iter()
        .zip(&labels)
        .for_each(|(&group, &digit)| table[[group, usize::from(digit)]] += 1);
    println!("after {rounds} rounds, a group a row, a digit a column:\n{table}");

    let inertia = distances(&x, &centers).min_axis(Groups).to_tensor().sum();
    let alike = table.max_axis(Axis::<1>).to_tensor().sum();
    println!("{alike} of {} digits are in a group of mostly their kind", labels.len());
    // KMeans(10, init=x[:10], n_init=1, tol=0).fit(x).inertia_
    assert!((inertia - 1_167_859.4).abs() < 1.0, "the sum of squared distances is {inertia}");
    Ok(())
}
