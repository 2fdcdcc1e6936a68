//! Programs that link only if no panic is reachable: their panic handler calls an undefined
//! function.

/// A program that runs `$work`, which takes no arguments and returns a value to keep.
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
            // SAFETY: the function is not defined anywhere, so a program that links does not call
            // it.
            unsafe { a_panic_is_reachable() }
        }
    };
}
