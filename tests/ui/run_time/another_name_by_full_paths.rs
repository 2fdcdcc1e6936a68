//! The same with nothing imported.

shapewright::dim!(Batch, Rows);

fn add(
    x: &shapewright::Tensor<f32, shapewright::shape![?Batch, 3]>,
    y: &shapewright::Tensor<f32, shapewright::shape![?Rows, 3]>,
) {
    let _ = x + y;
}

fn main() {}
