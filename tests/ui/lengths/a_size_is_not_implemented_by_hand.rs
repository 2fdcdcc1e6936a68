use shapewright::Size;

#[derive(Clone, Copy, Debug)]
struct Huge;

impl Size for Huge {
    const STATIC: Option<usize> = Some(1_000_000);
    type Array<T: Copy> = [T; 1];
}

fn main() {}
