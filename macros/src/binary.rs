//! The statics in the expansion of a macro that includes a file: the table of tensors, and their
//! bytes.

use crate::file::File;
use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};

/// The source of the bytes of the data.
#[derive(Debug)]
pub(crate) enum Data {
    /// The last bytes of the file: as many as this number.
    Tail(usize),
    /// Bytes that the macro has converted or moved.
    Copied(Vec<u8>),
}

/// A tensor in the table: its name, the name of its element type in the `.safetensors` format, its
/// lengths, and the range of its elements in the data.
#[derive(Debug)]
pub(crate) struct Row<'a> {
    pub(crate) name: &'a str,
    pub(crate) dtype: &'static str,
    pub(crate) shape: &'a [u64],
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The statics `TENSORS` and `DATA`.
///
/// For both kinds of `data` the expansion names the file by `include_bytes!`, so that the compiler
/// recompiles the crate when the file changes. If the bytes are [`Data::Copied`], the
/// `include_bytes!` is in a constant that nothing uses, which adds nothing to the binary.
pub(crate) fn statics(
    root: &TokenStream,
    at: Span,
    file: &File,
    rows: &[Row<'_>],
    data: &Data,
) -> TokenStream {
    let private = quote_spanned!(at=> #root::__private);
    let (path, variables) = (&file.path, &file.variables);
    let file = quote_spanned!(at=> ::core::include_bytes!(#path));
    let (len, bytes, unused) = match data {
        Data::Tail(len) => (*len, quote_spanned!(at=> #private::data_of(#file)), None),
        Data::Copied(bytes) => {
            let literal = Literal::byte_string(bytes);
            (
                bytes.len(),
                quote!(*#literal),
                Some(quote_spanned!(at=> const _: &[::core::primitive::u8] = #file;)),
            )
        }
    };
    let (len, count) = (Literal::usize_unsuffixed(len), Literal::usize_unsuffixed(rows.len()));
    let tensors = rows.iter().map(|row| row.to_tokens(&private, at));
    quote_spanned! {at=>
        #unused
        #(const _: &::core::primitive::str = ::core::env!(#variables);)*
        static TENSORS: [#private::IncludedTensor; #count] = [#(#tensors),*];
        static DATA: #private::Aligned<[::core::primitive::u8; #len]> =
            #private::Aligned::new(#bytes, &TENSORS);
    }
}

impl Row<'_> {
    fn to_tokens(&self, private: &TokenStream, at: Span) -> TokenStream {
        let Self { name, dtype, .. } = self;
        let shape = self.shape.iter().map(|&length| Literal::u64_unsuffixed(length));
        let (start, end) =
            (Literal::usize_unsuffixed(self.start), Literal::usize_unsuffixed(self.end));
        quote_spanned!(at=> #private::IncludedTensor::new(#name, #dtype, &[#(#shape),*], #start, #end))
    }
}
