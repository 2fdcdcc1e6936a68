//! `include_safetensors!`: puts the tensors of a `.safetensors` file in the binary, as a table of
//! the tensors and the bytes of their elements.

use crate::binary::{Data, Row, statics};
use crate::convert::to_f32;
use crate::dtype::{Dtype, F32};
use crate::error::Errors;
use crate::file::{File, Folder};
use crate::root::split_root;
use crate::safetensors::{Entry, SafeTensors, quoted};
use proc_macro2::{Literal, Span, TokenStream};
use quote::quote_spanned;
use syn::spanned::Spanned;

const NAME: &str = "include_safetensors";

/// The expansion of `include_safetensors!`.
pub(crate) fn expand(input: TokenStream, folder: Folder) -> TokenStream {
    let expand = || {
        let (root, input) = split_root(input, NAME)?;
        let file = File::read(input, NAME, folder)?;
        let read = SafeTensors::read(&file.bytes).map_err(|problem| file.error(&problem))?;
        let (rows, data) = rows(&read, file.as_f32).map_err(|problem| file.error(&problem))?;
        let at = Span::mixed_site().located_at(file.place.span());
        let (name, statics) = (&file.name, statics(&root, at, &file, &rows, &data));
        let places = places(&rows).into_iter().map(|(hash, place)| {
            let (hash, place) = (Literal::u32_unsuffixed(hash), Literal::usize_unsuffixed(place));
            quote_spanned!(at=> (#hash, #place))
        });
        let count = Literal::usize_unsuffixed(rows.len());
        Ok(quote_spanned! {at=>
            const {
                #statics
                static PLACES: [#root::__private::Place; #count] = [#(#places),*];
                #root::io::Included::__new(#name, &TENSORS, &PLACES, &DATA)
            }
        })
    };
    expand().unwrap_or_else(|errors: Errors| errors.as_expression())
}

/// The rows of the table, in the order of the data, and the data. The data is that of the file,
/// unchanged, if each tensor is aligned in the file and nothing is converted.
fn rows<'a>(read: &'a SafeTensors<'_>, as_f32: bool) -> Result<(Vec<Row<'a>>, Data), String> {
    let converts = |entry: &Entry| as_f32 && entry.dtype.is_float() && entry.dtype != F32;
    let is_aligned = |entry: &Entry| entry.start.is_multiple_of(entry.dtype.width());
    if read.tensors.iter().all(|(_, entry)| is_aligned(entry) && !converts(entry)) {
        let row = |(name, entry): &'a (String, Entry)| {
            row(name, entry, entry.dtype, entry.start..entry.end)
        };
        return Ok((read.tensors.iter().map(row).collect(), Data::Tail(read.data.len())));
    }
    let mut data = Vec::with_capacity(read.data.len());
    let rows = read.tensors.iter().map(|(name, entry)| {
        let bytes = &read.data[entry.start..entry.end];
        let dtype = if converts(entry) { F32 } else { entry.dtype };
        let converted = if converts(entry) { Some(to_f32(bytes, entry.dtype)) } else { None };
        let converted =
            converted.transpose().map_err(|problem| format!("{}: {problem}", quoted(name)))?;
        data.resize(data.len().next_multiple_of(dtype.width()), 0);
        let start = data.len();
        data.extend_from_slice(converted.as_deref().unwrap_or(bytes));
        Ok(row(name, entry, dtype, start..data.len()))
    });
    let rows = rows.collect::<Result<_, String>>()?;
    Ok((rows, Data::Copied(data)))
}

/// For each tensor, the hash of its name, and its index; sorted by hash. The hash is FNV-1a of 32
/// bits, which `core/src/io/included/table.rs` computes for the names that are looked up.
fn places(rows: &[Row<'_>]) -> Vec<(u32, usize)> {
    let hash = |name: &str| {
        name.bytes()
            .fold(0x811c_9dc5u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
    };
    let mut places: Vec<_> =
        rows.iter().enumerate().map(|(place, row)| (hash(row.name), place)).collect();
    places.sort_unstable();
    places
}

fn row<'a>(name: &'a str, entry: &'a Entry, dtype: Dtype, at: std::ops::Range<usize>) -> Row<'a> {
    Row { name, dtype: dtype.name, shape: &entry.shape, start: at.start, end: at.end }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::safetensors;

    fn placed(
        header: &str,
        data: &[u8],
        as_f32: bool,
    ) -> Result<(Vec<(String, &'static str, usize, usize)>, Data), String> {
        let file = safetensors(header, data);
        let read = SafeTensors::read(&file).expect("a file");
        let (rows, data) = rows(&read, as_f32)?;
        Ok((
            rows.iter().map(|row| (row.name.to_owned(), row.dtype, row.start, row.end)).collect(),
            data,
        ))
    }

    const ODD: &str = r#"{"mask":{"dtype":"BOOL","shape":[1],"data_offsets":[0,1]},
        "b":{"dtype":"F64","shape":[1],"data_offsets":[1,9]},"a":{"dtype":"I16","shape":[1],"data_offsets":[9,11]}}"#;

    #[test]
    fn what_is_aligned_stays_where_it_is() {
        let header = r#"{"b":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"a":{"dtype":"BOOL","shape":[1],"data_offsets":[8,9]}}"#;
        let (rows, data) = placed(header, &[0; 9], false).unwrap();
        assert_eq!(rows, [("b".into(), "F64", 0, 8), ("a".into(), "BOOL", 8, 9)]);
        assert!(matches!(data, Data::Tail(9)));
    }

    #[test]
    fn what_is_not_aligned_is_moved() {
        let (rows, data) =
            placed(ODD, &[1, 10, 11, 12, 13, 14, 15, 16, 17, 20, 21], false).unwrap();
        assert_eq!(
            rows,
            [
                ("mask".into(), "BOOL", 0, 1),
                ("b".into(), "F64", 8, 16),
                ("a".into(), "I16", 16, 18)
            ]
        );
        let Data::Copied(data) = data else { panic!("moved") };
        assert_eq!(data, [1, 0, 0, 0, 0, 0, 0, 0, 10, 11, 12, 13, 14, 15, 16, 17, 20, 21]);
    }

    #[test]
    fn floats_are_converted_and_nothing_else() {
        let data = [&[1][..], &0.1f64.to_le_bytes(), &[20, 21]].concat();
        let (rows, data) = placed(ODD, &data, true).unwrap();
        assert_eq!(
            rows,
            [("mask".into(), "BOOL", 0, 1), ("b".into(), "F32", 4, 8), ("a".into(), "I16", 8, 10)]
        );
        let Data::Copied(data) = data else { panic!("converted") };
        assert_eq!(data, [&[1, 0, 0, 0], &0.1f32.to_le_bytes()[..], &[20, 21]].concat());
        let data = [&[1][..], &1e300f64.to_le_bytes(), &[20, 21]].concat();
        assert_eq!(
            placed(ODD, &data, true).unwrap_err(),
            "`b`: element 0 is 1e300, which is too large for f32"
        );
    }
}
