use shapewright::io::safetensors::SafeTensorsWriter;
use shapewright::tensor;

fn main() {
    let counts = tensor![1usize, 2];
    let _ = SafeTensorsWriter::new().with("counts", &counts);
}
