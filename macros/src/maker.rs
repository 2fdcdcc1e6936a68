//! The macros that make a tensor of a literal: what they say differs by their name.

/// Which of the two macros is expanded.
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

    /// What it makes, with its article.
    pub(crate) fn described(self) -> &'static str {
        match self {
            Self::Tensor => "a tensor",
            Self::Array => "an array",
        }
    }
}
