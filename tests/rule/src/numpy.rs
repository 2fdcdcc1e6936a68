//! NumPy's results, as `make_table.py` wrote them.

use shapewright::{Tensor, io::npy, shape};

/// The lengths of the 341 shapes of rank 0 to 4 over the lengths 0, 1, 2, 3, in the numbering of
/// `make_table.py`.
#[must_use]
pub fn shapes() -> Vec<Vec<usize>> {
    let mut shapes = vec![vec![]];
    // The shapes of the previous rank begin here; each is extended by each length.
    let mut last = 0;
    for _ in 1..=4 {
        let shorter = shapes.split_off(last);
        let longer = shorter
            .iter()
            .flat_map(|shape| (0..4).map(move |length| [&shape[..], &[length]].concat()));
        let longer: Vec<_> = longer.collect();
        shapes.extend(shorter);
        last = shapes.len();
        shapes.extend(longer);
    }
    shapes
}

/// NumPy's results for each pair of the shapes.
#[derive(Debug)]
pub struct Pairs(Tensor<u16, shape![341, 341]>);

impl Pairs {
    /// The table as it is committed.
    ///
    /// # Panics
    /// If the file is not the table.
    #[must_use]
    pub fn read() -> Self {
        Self(
            npy::from_bytes(include_bytes!("../numpy/pairs.npy"))
                .expect("the table, as NumPy saved it"),
        )
    }

    /// The number of the shape that the shapes `left` and `right` broadcast to, or `None` if NumPy
    /// refuses.
    #[must_use]
    pub fn joined(&self, left: usize, right: usize) -> Option<usize> {
        match self.0.as_slice()[left * 341 + right] {
            u16::MAX => None,
            number => Some(number.into()),
        }
    }
}

/// NumPy's results for lists of three to five shapes: a list, and the shape, or `None` if NumPy
/// refuses.
///
/// # Panics
/// If the file does not have the format of `make_table.py`.
pub fn lists() -> impl Iterator<Item = (Vec<Vec<usize>>, Option<Vec<usize>>)> {
    let lines = include_str!("../numpy/lists.txt").lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| {
        let (list, joined) = line.split_once(" = ").expect("a list = a shape");
        let joined = (joined != "refused").then(|| read_shape(joined));
        (list.split(' ').map(read_shape).collect(), joined)
    })
}

/// The lengths in `(2,3)`, `(3,)` or `()`.
fn read_shape(text: &str) -> Vec<usize> {
    let lengths =
        text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).expect("parentheses");
    lengths.split_terminator(',').map(|length| length.parse().expect("a length")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_shapes() {
        let shapes = shapes();
        assert_eq!(shapes.len(), 341);
        assert_eq!((&shapes[0][..], &shapes[1][..], &shapes[4][..]), (&[][..], &[0][..], &[3][..]));
        assert_eq!(
            (&shapes[5][..], &shapes[9][..], &shapes[340][..]),
            (&[0, 0][..], &[1, 0][..], &[3; 4][..])
        );
    }

    #[test]
    fn shapes_of_lists() {
        assert_eq!(
            [read_shape("()"), read_shape("(3,)"), read_shape("(2,3)")],
            [vec![], vec![3], vec![2, 3]]
        );
        let (fit, refused): (Vec<_>, Vec<_>) = lists().partition(|(_, joined)| joined.is_some());
        assert_eq!((fit.len() + refused.len(), fit.len().min(refused.len()) > 1000), (3000, true));
    }
}
