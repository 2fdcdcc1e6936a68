//! Catches panics that report a mismatch, and checks that they are reported at the line of the
//! caller.

use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

/// The message of the panic of `of`, whose location must be in the caller's file.
#[track_caller]
pub fn refused<R>(of: impl FnOnce() -> R) -> String {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let hook = std::panic::take_hook();
    let place = Arc::new(Mutex::new(String::new()));
    let seen = place.clone();
    std::panic::set_hook(Box::new(move |panic| {
        *seen.lock().unwrap() =
            panic.location().map_or(String::new(), |location| location.file().to_owned());
    }));
    let result = catch_unwind(AssertUnwindSafe(of));
    std::panic::set_hook(hook);
    let message = match result {
        Ok(_) => panic!("not refused"),
        Err(message) => message,
    };
    let place = place.lock().unwrap().clone();
    assert_eq!(place, Location::caller().file(), "not told of the caller");
    message.downcast_ref::<String>().expect("a message with lengths").clone()
}
