//! L1 to L6: layers, and the network of `examples/digits`, for inference. Each makes a new result,
//! as networks do.
//!
//! There are no hand-written kernels for them: the limit is the fastest peer.
//! `benches/torch_rows.py` has the same rows with PyTorch.

pub mod attention;
pub mod convolution;
pub mod digits;
pub mod layer_norm;
pub mod linear;
pub mod pooling;

use super::{Peer, Run};

/// Runs the selected layers.
pub(super) fn run(run: &mut Run<'_>) {
    let add = <dyn Peer>::linear;
    run.run("L1 linear (64, 784) to 128", || linear::Given::new(128), linear::layer::<128>, add);
    run.run("L1 linear (64, 784) to 512", || linear::Given::new(512), linear::layer::<512>, add);

    let add = <dyn Peer>::convolution;
    for shape in convolution::SHAPES {
        run.run(&shape.name(), || convolution::Given::new(shape), convolution::layer, add);
    }
    let add = <dyn Peer>::max_pool;
    run.run("L3 max pool 2x2 (8, 64, 28, 28)", pooling::given, pooling::layer, add);

    let add = <dyn Peer>::attention;
    let given = |causal| move || attention::Given::new(causal);
    run.run("L4 attention (1, 8, 128, 64)", given(false), attention::attention, add);
    run.run("L4 attention (1, 8, 128, 64), causal", given(true), attention::attention, add);

    let add = <dyn Peer>::norm_of_rows;
    run.run("L5 layer norm (1000, 256)", layer_norm::Given::new, layer_norm::layer, add);

    let add = <dyn Peer>::digits;
    run.run("L6 digits, batch of 1", || digits::Given::new(1), digits::network::<1>, add);
    run.run("L6 digits, batch of 32", || digits::Given::new(32), digits::network::<32>, add);
    run.run("L6 digits, batch of 360", || digits::Given::new(360), digits::network::<360>, add);
}
