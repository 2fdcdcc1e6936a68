//! Programs of many shapes: the cost of a program that uses a few statements with many lengths,
//! such as a server of batches of any size.

/// An MLP's forward pass, generic over its batch size, for the batch sizes 1 to `batches`.
pub fn mlp(batches: usize) -> String {
    let mut text = String::from(
        "use shapewright::{Axis, Dim, Length, Tensor, prelude::*, shape};
pub struct Mlp {
    w1: Tensor<f32, shape![784, 128]>,
    b1: Tensor<f32, shape![128]>,
    w2: Tensor<f32, shape![128, 10]>,
    b2: Tensor<f32, shape![10]>,
}
impl Mlp {
    pub fn forward<N: Length>(&self, x: &Tensor<f32, (N, Dim<784>)>) -> Tensor<f32, (N, Dim<10>)> {
        let h = (x.matmul(&self.w1) + &self.b1).relu().to_tensor();
        (h.matmul(&self.w2) + &self.b2).softmax(Axis::<1>).to_tensor()
    }
}
",
    );
    for batch in 1..=batches {
        text += &format!(
            "pub fn of{batch}(m: &Mlp, x: &Tensor<f32, shape![{{{batch}}}, 784]>) -> Tensor<f32, shape![{{{batch}}}, 10]> {{ m.forward(x) }}\n"
        );
    }
    text
}

/// Thirteen operations, on each of `shapes` shapes.
pub fn operations(shapes: usize) -> String {
    const OPERATIONS: [&str; 13] = [
        "x + 1.0",
        "x * m",
        "x.relu()",
        "x.exp()",
        "x - x.mean_axis(Axis::<0>)",
        "(x - m) / (m + 1e-5).sqrt()",
        "x.sum_axis(Axis::<0>)",
        "x.sum_axis(Axis::<1>)",
        "x.mean_axis(Axis::<0>)",
        "x.var_axis(Axis::<1>)",
        "x.max_axis(Axis::<1>)",
        "x.softmax(Axis::<1>)",
        "x.matmul(x.permute_dims((Axis::<1>, Axis::<0>)))",
    ];
    let mut text = String::from("use shapewright::{Axis, Tensor, prelude::*, shape};\n");
    for shape in 0..shapes {
        let (rows, columns) = (3 + 3 * shape, 5 + (7 * shape) % 97 + shape);
        for (k, operation) in OPERATIONS.iter().enumerate() {
            text += &format!(
                "pub fn f{shape}_{k}(x: &Tensor<f32, shape![{rows}, {columns}]>, m: &Tensor<f32, shape![{columns}]>) -> f32 {{
    let _ = m;
    ({operation}).to_tensor().as_slice()[0]
}}
"
            );
        }
    }
    text
}
