//! The fields of a struct that derives `Weights`: the functions that the macro's expansion calls.

use super::Weights;
use super::needs::{MetBy, Numbers};
use super::reader::Reader;
use super::writer::Writer;

/// A field of type `W`. Only the function [`field`], which makes a `Field`, has bounds: `W` has
/// weights, and the numbers that `W` needs are given. So a mistake in the type of a field is
/// reported once, although the field is both read and written.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "it is made and used within an expansion")]
pub struct Field<W> {
    name: &'static str,
    eps: f64,
    read: fn(&mut Reader<'_>, &str, f64) -> Option<W>,
    write: for<'a> fn(&'a W, &mut Writer<'a>),
}

/// The field `name`, to which the numbers `given` are passed.
#[must_use]
pub fn field<W: Weights, Given: Numbers>(name: &'static str, given: Given) -> Field<W>
where
    W::Needs: MetBy<Given, W>,
{
    let read = |reader: &mut Reader<'_>, name: &str, eps| reader.part_with(name, eps);
    Field { name, eps: given.eps(), read, write: W::write }
}

impl<W> Field<W> {
    /// Reads the value of the field; `None` if it cannot be read.
    pub fn read(self, reader: &mut Reader<'_>) -> Option<W> {
        (self.read)(reader, self.name, self.eps)
    }

    /// Writes the value of the field.
    pub fn write<'a>(self, value: &'a W, writer: &mut Writer<'a>) {
        writer.below(self.name, |writer| (self.write)(value, writer));
    }
}

/// Reads a tuple: calls `read` with a reader of the tensors whose names begin with `name` and a
/// dot.
pub fn read_below<W>(
    reader: &mut Reader<'_>,
    name: &str,
    read: impl FnOnce(&mut Reader<'_>) -> Option<W>,
) -> Option<W> {
    reader.below(name, read)
}

/// Writes a tuple: calls `write` with a writer that puts `name` and a dot before each name.
pub fn write_below<'a>(writer: &mut Writer<'a>, name: &str, write: impl FnOnce(&mut Writer<'a>)) {
    writer.below(name, write);
}

/// The value of a field that is not in the file.
#[must_use]
pub fn skipped<T: HasDefault>() -> T {
    T::default()
}

/// The same as [`Default`], but with an error message for fields that are skipped.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no default, which a field has that is skipped: derive `Default` for it, or write `#[weights(skip = ..)]`",
    label = "has no default",
    note = "a field that `#[weights(skip)]` stands above is `Default::default()`; with `skip = Act::new(0.1)` it is that value"
)]
pub trait HasDefault: Default {}
#[diagnostic::do_not_recommend]
impl<T: Default> HasDefault for T {}
