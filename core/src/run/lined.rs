//! Memory that begins at a cache line.

/// What is loaded and stored by whole vectors: one that lies across two cache lines takes two
/// accesses. Where there are no vectors it needs no more than its own alignment.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(
    any(target_arch = "x86", target_arch = "x86_64", target_arch = "aarch64"),
    repr(align(64))
)]
pub(crate) struct Lined<T>(pub(crate) T);
