use shapewright::tensor;

fn upload<T: bytemuck::Pod>(_: &T) {}

fn main() {
    upload(&tensor![1.0f32, 2.0]);
}
