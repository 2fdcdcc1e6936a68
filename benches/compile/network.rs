//! The compile-time cost of a network of twenty layers, no two of which work on the same shapes, as
//! a struct with a `forward` and as nested sequences.

use std::fs;
use std::path::Path;

use crate::cost::{Built, cpu_seconds};
use crate::statements::code_bytes;

/// The layers: they map images `(8, 3, 64, 64)` to `(8, 10)`.
const LAYERS: [(&str, &str); 20] = [
    ("conv1", "Conv2d<Dim<3>, Dim<16>, 3, 1, 1>"),
    ("norm1", "BatchNorm<Dim<16>>"),
    ("relu1", "Relu"),
    ("conv2", "Conv2d<Dim<16>, Dim<24>, 3, 1, 1>"),
    ("norm2", "BatchNorm<Dim<24>>"),
    ("relu2", "Relu"),
    ("pool1", "MaxPool2d<2>"),
    ("conv3", "Conv2d<Dim<24>, Dim<40>, 5, 1, 2>"),
    ("norm3", "BatchNorm<Dim<40>>"),
    ("relu3", "Relu"),
    ("pool2", "AvgPool2d<2>"),
    ("conv4", "Conv2d<Dim<40>, Dim<48>, 3, 2, 1>"),
    ("norm4", "BatchNorm<Dim<48>>"),
    ("relu4", "Relu"),
    ("pool3", "MaxPool2d<2>"),
    ("flatten", "Flatten"),
    ("linear1", "Linear<Dim<768>, Dim<200>>"),
    ("norm5", "BatchNorm<Dim<200>>"),
    ("relu5", "Relu"),
    ("linear2", "Linear<Dim<200>, Dim<10>>"),
];

/// The forms of the program, with their names.
const FORMS: [(&str, fn() -> String); 3] = [
    ("nothing", nothing),
    ("a struct with a forward", structure),
    ("two sequences in a sequence", sequences),
];

const SCOPE: &str = "#![allow(unused)]
use shapewright::{Axis, Dim, Tensor, nn::{AvgPool2d, BatchNorm, Conv2d, Flatten, Layer, Linear, MaxPool2d, Relu, Sequential}, prelude::*, shape};
pub type Images = Tensor<f32, shape![8, 3, 64, 64]>;
pub type Logits = Tensor<f32, shape![8, 10]>;
";

fn nothing() -> String {
    SCOPE.to_owned()
}

/// A struct with a `forward` of its own, which is lazy except where the next layer needs a computed
/// operand.
fn structure() -> String {
    let is_field = |&&(name, _): &&(&str, &str)| {
        ["conv", "norm", "linear"].iter().any(|kind| name.starts_with(kind))
    };
    let fields: String = LAYERS
        .iter()
        .filter(is_field)
        .map(|(name, layer)| format!("    pub {name}: {layer},\n"))
        .collect();
    format!(
        "{SCOPE}pub struct Net {{
{fields}}}
impl Net {{
    pub fn forward(&self, x: &Images) -> Logits {{
        let x = self.norm1.forward(self.conv1.forward(x)).relu().to_tensor();
        let x = self.norm2.forward(self.conv2.forward(&x)).relu().to_tensor();
        let x = MaxPool2d::<2>.forward(&x).to_tensor();
        let x = self.norm3.forward(self.conv3.forward(&x)).relu().to_tensor();
        let x = AvgPool2d::<2>.forward(&x).to_tensor();
        let x = self.norm4.forward(self.conv4.forward(&x)).relu().to_tensor();
        let x = MaxPool2d::<2>.forward(&x).to_tensor();
        let x = self.norm5.forward(self.linear1.forward(x.flatten_from(Axis::<1>))).relu().to_tensor();
        self.linear2.forward(&x).to_tensor()
    }}
}}
"
    )
}

/// The layers in a `Sequential`, which computes and stores the output of each layer.
fn sequences() -> String {
    let half = |layers: &[(&str, &str)]| {
        let layers: Vec<_> = layers.iter().map(|(_, layer)| *layer).collect();
        format!("Sequential<({},)>", layers.join(", "))
    };
    let [first, second] = [half(&LAYERS[..10]), half(&LAYERS[10..])];
    format!(
        "{SCOPE}pub type Net = Sequential<({first}, {second})>;
pub fn forward(net: &Net, x: Images) -> Logits {{
    net.forward(x)
}}
"
    )
}

/// Prints, for each form, the seconds of a check and of a release build, and the kilobytes of code
/// beyond those of an empty program.
pub fn print(debug: &Built, optimised: &Built, folder: &Path, rounds: usize) {
    println!("\n{:<30}{:>10}{:>10}{:>10}", "a network of 20 layers", "check", "release", "KB");
    let mut nothing = [0.0; 3];
    for (k, (name, text)) in FORMS.into_iter().enumerate() {
        match costs(debug, optimised, &folder.join(format!("network-{k}.rs")), &text(), rounds) {
            Ok(costs) if k == 0 => nothing = costs,
            Ok(costs) => {
                let [check, release, bytes] = [0, 1, 2].map(|cost| costs[cost] - nothing[cost]);
                let cells = [
                    format!("{check:.2} s"),
                    format!("{release:.2} s"),
                    format!("{:.1}", bytes / 1e3),
                ];
                println!("  {name:<28}{}", cells.map(|cell| format!("{cell:>10}")).concat());
            }
            Err(error) => println!("  {name}: {error}"),
        }
    }
}

/// The seconds of a check and of a release build, and the bytes of code.
fn costs(
    debug: &Built,
    optimised: &Built,
    path: &Path,
    text: &str,
    rounds: usize,
) -> Result<[f64; 3], String> {
    fs::write(path, text).map_err(|error| error.to_string())?;
    let (mut check, mut release) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..rounds {
        check = check.min(cpu_seconds(&debug.check(path))?);
        release = release.min(cpu_seconds(&optimised.build(path))?);
    }
    Ok([check, release, code_bytes(&path.with_extension("o"))])
}
