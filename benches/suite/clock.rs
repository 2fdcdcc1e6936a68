//! The clock of the turns: the CPU time of the process where the system counts it, since on a
//! shared machine wall time includes other processes. Rows of more than one thread would need wall
//! time.

/// Seconds since an arbitrary moment.
#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
pub fn now() -> f64 {
    use core::ffi::{c_int, c_long};

    #[repr(C)]
    struct Time {
        seconds: i64,
        nanoseconds: c_long,
    }
    unsafe extern "C" {
        fn clock_gettime(clock: c_int, to: *mut Time) -> c_int;
    }
    const CPU_TIME_OF_PROCESS: c_int = 2;
    let mut time = Time { seconds: 0, nanoseconds: 0 };
    // SAFETY: the structure has the layout that 64-bit Linux writes.
    let failed = unsafe { clock_gettime(CPU_TIME_OF_PROCESS, &mut time) };
    assert!(failed == 0, "Linux has this clock");
    time.seconds as f64 + time.nanoseconds as f64 * 1e-9
}

/// Seconds since an arbitrary moment.
#[cfg(not(all(target_os = "linux", target_pointer_width = "64")))]
pub fn now() -> f64 {
    use std::sync::OnceLock;
    use std::time::Instant;

    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed().as_secs_f64()
}
