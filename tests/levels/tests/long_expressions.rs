//! The tests of long expressions, optimised.

#[path = "../../tests/long_expressions.rs"]
mod optimised;
