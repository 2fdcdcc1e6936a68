//! Writes a number, bit by bit, as a type of `typenum`, so that a named length of any size can be
//! used in type-level arithmetic.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// The typenum number of a value that the macro knows.
pub(crate) fn of_literal(root: &TokenStream, value: u64) -> TokenStream {
    let typenum = quote!(#root::__private::typenum);
    let significant = u64::BITS - value.leading_zeros();
    (0..significant).rev().fold(quote!(#typenum::UTerm), |higher, position| {
        let bit = format_ident!("B{}", (value >> position) & 1);
        quote!(#typenum::UInt<#higher, #typenum::#bit>)
    })
}

/// The typenum number of the constant `number`, whose value only the compiler knows.
pub(crate) fn of_constant(root: &TokenStream, number: &TokenStream) -> TokenStream {
    // The number is converted to `u64`, because a `usize` may have 32 bits, and a shift of it by 32
    // or more would be an error.
    (0..u64::BITS).rev().fold(quote!(#root::__private::typenum::UTerm), |higher, position| {
        let position = proc_macro2::Literal::u32_unsuffixed(position);
        quote! {
            <#higher as #root::__private::PushBit<{
                ((#number as ::core::primitive::u64) >> #position) & 1 == 1
            }>>::Out
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::expands;

    #[test]
    fn literals() {
        for (value, expected) in [
            (0, "kr::__private::typenum::UTerm"),
            (
                1,
                "kr::__private::typenum::UInt<kr::__private::typenum::UTerm, kr::__private::typenum::B1>",
            ),
            (
                2,
                "kr::__private::typenum::UInt<kr::__private::typenum::UInt<kr::__private::typenum::UTerm, \
                 kr::__private::typenum::B1>, kr::__private::typenum::B0>",
            ),
        ] {
            expands(Ok(of_literal(&quote!(kr), value)), expected);
        }
        let count = |value| of_literal(&quote!(kr), value).to_string().matches("UInt").count();
        assert_eq!((count(255), count(256), count(u64::MAX)), (8, 9, 64));
    }

    #[test]
    fn constants_are_pushed_bit_by_bit() {
        let text = of_constant(&quote!(kr), &quote!(N)).to_string();
        assert_eq!(text.matches("PushBit").count(), 64);
        let first = text.find(">> 63").expect("the highest bit");
        let last = text.find(">> 0)").expect("the lowest bit");
        assert!(first < last, "the most significant bit goes first");
    }
}
