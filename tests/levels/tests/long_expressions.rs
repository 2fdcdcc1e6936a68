//! The tests of long expressions of the package `shapewright-tests`, optimised.

#[path = "../../tests/long_expressions.rs"]
mod optimised;
