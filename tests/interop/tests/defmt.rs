//! The bytes that a tensor sends to `defmt`'s logger: the number of each text, the lengths, and the
//! elements. In its test mode `defmt` numbers the texts in the order in which they are sent.

use defmt::Format;
use defmt::export::{fetch_bytes, fetch_string_index, make_formatter};
use shapewright::{Array, array, prelude::*, shape};

/// The texts and values that were sent, in their order: each text as its number, counted from the
/// first.
struct Sent {
    first: u16,
    bytes: Vec<u8>,
}
impl Sent {
    fn by(x: &impl Format) -> Self {
        let first = fetch_string_index();
        x.format(make_formatter());
        Self { first, bytes: fetch_bytes() }
    }
    /// Takes the next `count` texts.
    fn texts(&mut self, count: u16) {
        for _ in 0..count {
            assert_eq!(self.take::<2>(), self.first.to_le_bytes());
            self.first += 1;
        }
    }
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let bytes = self.bytes[..N].try_into().unwrap();
        self.bytes.drain(..N);
        bytes
    }
    /// Takes a length.
    fn length(&mut self, len: u32) {
        self.texts(1);
        assert_eq!(self.take::<4>(), len.to_le_bytes());
    }
    /// Takes an element: "{}", and the name of its type.
    fn element(&mut self, x: f32) {
        self.texts(2);
        assert_eq!(self.take::<4>(), x.to_le_bytes());
    }
}

#[test]
fn a_matrix() {
    let x = array![[0.5f32, 1.0], [2.0, -4.0]];
    for mut sent in [Sent::by(&x), Sent::by(&x.view()), Sent::by(&x.t().to_tensor().t().view())] {
        sent.texts(1); // "("
        sent.length(2);
        sent.texts(2); // "," " "
        sent.length(2);
        sent.texts(3); // ") " "[" "["
        sent.element(0.5);
        sent.texts(1); // ", "
        sent.element(1.0);
        sent.texts(3); // "]" ", " "["
        sent.element(2.0);
        sent.texts(1); // ", "
        sent.element(-4.0);
        sent.texts(2); // "]" "]"
        assert!(sent.bytes.is_empty());
    }
}

#[test]
fn a_vector_a_number_and_nothing() {
    let mut sent = Sent::by(&array![0.5f32]);
    sent.texts(1);
    sent.length(1);
    sent.texts(3); // "," ") " "["
    sent.element(0.5);
    sent.texts(1);
    assert!(sent.bytes.is_empty());
    let mut sent = Sent::by(&array![2.5f32;]);
    sent.texts(2); // "(" ") "
    sent.element(2.5);
    assert!(sent.bytes.is_empty());
    let mut sent = Sent::by(&Array::<f32, shape![0]>::zeros());
    sent.texts(1);
    sent.length(0);
    sent.texts(4); // "," ") " "[" "]"
    assert!(sent.bytes.is_empty());
}
