use shapewright::{Element, Shape, Storage};

struct Everywhere;

unsafe impl Storage for Everywhere {
    type Layout = <shapewright::Heap as Storage>::Layout;
    type Buffer<T: Element, S: Shape> = ();
    type Kept<S: Copy + Send + Sync> = S;
    fn shape<S: Shape>(kept: S) -> S {
        kept
    }
    fn pointer<T: Element, S: Shape>(_: &()) -> *const T {
        core::ptr::null()
    }
    fn strides<T: Element, S: Shape>(_: &(), _: S) -> [isize; 8] {
        [0; 8]
    }
}

fn main() {}
