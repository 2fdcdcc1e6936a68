//! The shapes of files, written as in messages and as in code.

/// A shape as NumPy writes it: `(1000, 256)`, `(3,)`, `()`.
pub(crate) fn shape_of(lengths: &[u64]) -> String {
    let lengths: Vec<_> = lengths.iter().map(u64::to_string).collect();
    let comma = if lengths.len() == 1 { "," } else { "" };
    format!("({}{comma})", lengths.join(", "))
}

/// A shape as in `shape!`, where `{1}` is a length of 1 that does not stretch.
pub(crate) fn macro_of(lengths: &[u64]) -> String {
    let length = |&length: &u64| if length == 1 { "{1}".to_owned() } else { length.to_string() };
    format!("shape![{}]", lengths.iter().map(length).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        assert_eq!(
            (shape_of(&[]), shape_of(&[3]), shape_of(&[3, 4])),
            ("()".into(), "(3,)".into(), "(3, 4)".into())
        );
        assert_eq!(
            (macro_of(&[]), macro_of(&[3, 1])),
            ("shape![]".into(), "shape![3, {1}]".into())
        );
    }
}
