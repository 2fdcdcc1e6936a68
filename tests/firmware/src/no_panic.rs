//! Programs that link only if no panic is reachable: their panic handler calls what is nowhere.

/// A program that does `$work`, which gets nothing and gives something to keep.
#[macro_export]
macro_rules! no_panic {
    ($($work:tt)*) => {
        #[cortex_m_rt::entry]
        fn main() -> ! {
            loop {
                core::hint::black_box({ $($work)* });
            }
        }

        #[panic_handler]
        fn panicked(_: &core::panic::PanicInfo<'_>) -> ! {
            unsafe extern "C" {
                fn a_panic_is_reachable() -> !;
            }
            // SAFETY: there is no such function: a program that is linked does not call it.
            unsafe { a_panic_is_reachable() }
        }
    };
}
