//! The macros that make a tensor of a literal, `tensor!` and `array!`, whose messages differ by
//! their names.

/// One of the two macros.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Maker {
    Tensor,
    Array,
}

impl Maker {
    /// The macro's name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Tensor => "tensor",
            Self::Array => "array",
        }
    }

    /// What the macro makes, with an article.
    pub(crate) fn described(self) -> &'static str {
        match self {
            Self::Tensor => "a tensor",
            Self::Array => "an array",
        }
    }
}
