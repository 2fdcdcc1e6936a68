//! Images with the crate `image`: writes a sheet of digits as a PNG, and reads it again as
//! `(height, width, 3)` without a copy of the pixels. Then converts it to grey, and standardises
//! each channel.
//!
//! `cargo run --release --example images`

use std::error::Error;

use image::{GrayImage, RgbImage};
use shapewright::{Dim, Tensor, io::npy, prelude::*};

dim!(Height, Width); // the file determines both lengths
dim!(Channels = 3);

/// The first hundred digits, ten in a row: (100, 64) becomes (80, 80).
fn sheet() -> Result<Tensor<u8, shape![80, 80]>, Box<dyn Error>> {
    let digits: Tensor<f32, shape![?, 64]> =
        npy::read(concat!(env!("CARGO_MANIFEST_DIR"), "/data/digits.npy"))?;
    let ink = digits.narrow(Axis::<0>, 0, Dim::<100>).map(|x| 255 - (x * 15.9) as u8).to_tensor();
    // Blocks of 8 by 8 pixels: a row of pixels crosses ten digits.
    let blocks = ink.reshape_to(shape![10, 10, 8, 8]).to_tensor();
    let rows = blocks.permute_dims((Axis::<0>, Axis::<2>, Axis::<1>, Axis::<3>));
    Ok(rows.reshape_to(shape![80, 80]).to_tensor())
}

/// The brightness of each pixel, with the weights of Rec. 601: (h, w, 3) becomes (h, w).
fn grey(
    picture: &TensorView<u8, shape![?Height, ?Width, Channels]>,
) -> Tensor<f32, shape![?Height, ?Width]> {
    let weights: Array<f32, shape![Channels]> = [0.299, 0.587, 0.114].into();
    picture.map(f32::from).matmul(weights).to_tensor()
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::temp_dir().join("shapewright_digits.png");
    let sheet = sheet()?;
    let [height, width] = sheet.shape().lengths().map(|len| len as u32);
    GrayImage::from_raw(width, height, sheet.to_vec()).ok_or("as many pixels")?.save(&path)?;

    let picture: RgbImage = image::open(&path)?.into_rgb8();
    let shape =
        shape![Height.of(picture.height() as usize), Width.of(picture.width() as usize), Channels];
    let pixels = TensorView::from_shape(shape, picture.as_raw())?; // nothing is copied

    let grey = grey(&pixels);
    assert!(
        (&grey - sheet.map(f32::from).to_tensor().rename::<shape![?Height, ?Width]>()).abs().max()
            < 1e-3
    );
    println!("{}: {} pixels of {} on average", path.display(), grey.len(), grey.mean());

    // The input of a network: (3, h, w), each channel with the mean 0 and the standard deviation 1.
    let x = pixels.map(f32::from).permute_dims((Channels, Height, Width)).to_tensor();
    let (mean, std) =
        (x.mean_axis((Height, Width)).to_tensor(), x.std_axis((Height, Width)).to_tensor());
    let x = ((&x - mean.along(&x, Channels)) / std.along(&x, Channels)).to_tensor();
    println!("of each channel {:.3} and {:.3}", x.mean_axis((Height, Width)).to_tensor(), x.std());

    // Draws digits in the terminal, and finds the darkest row of the sheet.
    for row in grey.slice_range(Height, ..8).rows() {
        let shade = |x: &f32| [' ', '.', 'o', '@'][(255 - *x as usize) / 64];
        println!("{}", row.iter().take(48).map(shade).collect::<String>());
    }
    let darkest = grey.mean_axis(Width).argmin();
    println!("row {} has the most ink", darkest[0]);
    Ok(())
}
