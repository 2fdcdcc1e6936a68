//! `include_npy!`: puts a `.npy` file's bytes in the binary and makes a view of them. The type that
//! the code around the macro states for the view is compared with that of the file.

use crate::binary::{Data, Row, statics};
use crate::convert::{reversed, to_f32};
use crate::dtype::{Dtype, F16, F32};
use crate::error::Errors;
use crate::file::{File, Folder};
use crate::npy::Npy;
use crate::root::split_root;
use crate::shape::MAX_RANK;
use crate::written::{macro_of, shape_of};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote_spanned;
use syn::spanned::Spanned;

const NAME: &str = "include_npy";

/// The expansion of `include_npy!`.
pub(crate) fn expand(input: TokenStream, folder: Folder) -> TokenStream {
    let expand = || {
        let (root, input) = split_root(input, NAME)?;
        let file = File::read(input, NAME, folder)?;
        let npy = Npy::read(&file.bytes).map_err(|problem| file.error(&problem))?;
        let (dtype, data) = data(&file, &npy).map_err(|problem| file.error(&problem))?;
        Ok(view(&root, &file, &npy, dtype, &data))
    };
    expand().unwrap_or_else(|errors: Errors| errors.as_expression())
}

/// The element type and the bytes after conversion.
fn data(file: &File, npy: &Npy<'_>) -> Result<(Dtype, Data), String> {
    let (dtype, width) = (npy.dtype, npy.dtype.width());
    if npy.shape.len() > MAX_RANK {
        return Err(format!("it has {} axes, a shape has at most {MAX_RANK}", npy.shape.len()));
    }
    let is_as_it_is = !(file.as_f32 && dtype != F32 || npy.big_endian && width > 1);
    if is_as_it_is {
        return Ok((dtype, Data::Tail(npy.data.len())));
    }
    let little = if npy.big_endian { reversed(npy.data, width) } else { npy.data.to_vec() };
    if !file.as_f32 {
        return Ok((dtype, Data::Copied(little)));
    }
    if !dtype.is_float() {
        let name = dtype.rust.unwrap_or_default();
        return Err(format!(
            "it is {name} {}, and `as f32` converts floats alone",
            shape_of(&npy.shape)
        ));
    }
    Ok((F32, Data::Copied(to_f32(&little, dtype)?)))
}

/// A constant view of the data. Its type is the one that the code around the macro states, or the
/// type of the file if the code states none. A stated type that does not match the file is a
/// compile error.
///
/// The compiler infers the types of `stated` in this order:
///
/// 1. The view comes first, in the branch `if true`. If the code around the macro states a type for
///    the view, `stated` gets its element type and shape.
/// 2. `Guess` is implemented for `Stated` of the file's shape, and for references to any `Stated`.
///    If the shape of `stated` is still unknown, method lookup finds the first impl, and so the
///    shape becomes that of the file. If another shape is known, method lookup finds the second
///    impl, and nothing changes.
/// 3. `Holds::holds` compares the element type and the shape of `stated` with those of the file. If
///    they differ, this is the only error.
fn view(root: &TokenStream, file: &File, npy: &Npy<'_>, dtype: Dtype, data: &Data) -> TokenStream {
    let at = Span::mixed_site().located_at(file.place.span());
    let end = match data {
        Data::Tail(len) => *len,
        Data::Copied(bytes) => bytes.len(),
    };
    let row = Row { name: &file.name, dtype: dtype.name, shape: &npy.shape, start: 0, end };
    let statics = statics(root, at, file, &[row], data);
    let name = dtype.rust.unwrap_or_default();
    let axes = npy.shape.iter().map(|&length| Literal::u64_unsuffixed(length));
    let shape = quote_spanned!(at=> (#(#root::Dim<#axes>,)*));
    let element = Ident::new(name, at);
    let element = if name.contains("f16") {
        quote_spanned!(at=> #root::#element)
    } else {
        quote_spanned!(at=> ::core::primitive::#element)
    };
    let private = quote_spanned!(at=> #root::__private);

    let (called, written) = (escaped(&file.name), escaped(&macro_of(&npy.shape)));
    let message =
        format!("{called} is {name} {}, and the type here says {{T}} {{S}}", shape_of(&npy.shape));
    let mut note = format!("the file is a `TensorView<'static, {name}, {written}>`");
    if dtype.is_float() && dtype != F32 {
        note += &format!("; `include_npy!(\"{called}\" as f32)` converts it");
    }
    let view = quote_spanned! {at=>
        const {
            #[diagnostic::on_unimplemented(
                message = #message,
                label = "not what the file holds",
                note = #note,
            )]
            trait Holds<T, S> {
                fn holds(_: #private::Stated<T, S>, _: Self)
                where
                    Self: ::core::marker::Sized,
                {
                }
            }
            struct File;
            #[diagnostic::do_not_recommend]
            impl<S: #root::StaticShape + #root::__relations::Renames<#shape>> Holds<#element, S> for File {}
            trait Guess {
                fn __shapewright_guess(&self) {}
            }
            impl<T> Guess for #private::Stated<T, #shape> {}
            impl<T, S> Guess for &#private::Stated<T, S> {}
            #statics
            let stated = #private::Stated::new();
            if true {
                #private::included(stated, &TENSORS[0], &DATA)
            } else {
                let _ = || {
                    (&stated).__shapewright_guess();
                    Holds::holds(stated, File);
                };
                ::core::unreachable!()
            }
        }
    };
    if dtype != F16 {
        return view;
    }
    let problem = format!(
        "{}: it is f16 {}, of the feature `half`; without it `include_npy!(\"{}\" as f32)` converts it",
        file.name,
        shape_of(&npy.shape),
        file.name,
    );
    quote_spanned!(at=> #root::__half!(#problem, #view))
}

/// `text` with braces escaped, as diagnostic attributes require.
fn escaped(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}
