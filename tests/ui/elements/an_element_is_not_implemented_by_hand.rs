use shapewright::Element;

#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
struct NonZero(u8);

impl std::fmt::Display for NonZero {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Element for NonZero {
    const ZERO: Self = NonZero(1);
}

fn main() {}
