//! Run-time lengths that do not fit a layer: each operation of layers that takes two shapes refuses
//! them, at the line of the caller, and so do windows that are longer than an axis.

use shapewright::nn::{
    AvgPool2d, ChannelMoments, Conv1d, Conv2d, Embedding, GlobalMaxPool2d, Layer, LayerNorm,
    Linear, MaxPool2d, NoBias, NoMask, RmsNorm, Sequential, attention, cross_entropy, mse,
};
use shapewright::{Dim, Dyn, Shape, Tensor, dim, prelude::*, shape};
use shapewright_tests::refused::refused;

dim!(Batch, In, Out, Height, Width);

fn ones<S: Shape>(shape: S) -> Tensor<f32, S> {
    Tensor::ones_of(shape)
}

#[test]
fn linear_layers() {
    let (weight, bias) = (ones(shape![Out.of(4), In.of(3)]), ones(shape![Out.of(4)]));
    let text = "cannot broadcast `(5,)` to `(4,)`: Out is 5, not 4";
    assert_eq!(refused(|| Linear::new(weight.clone(), ones(shape![Out.of(5)]))), text);
    let layer = Linear::new(weight.clone(), bias);
    assert_eq!(layer.forward(&ones(shape![2, In.of(3)])).to_tensor().shape().lengths(), [2, 4]);
    let text = "Linear over 3 features cannot take data of shape `(2, 5)`: the last axis is 5";
    let x = ones(shape![2, In.of(5)]);
    assert_eq!(refused(|| layer.forward(&x)), text);
    assert_eq!(refused(|| layer.forward(&x * 2.0)), text);
    assert_eq!(refused(|| Layer::forward(&layer, x.clone())), text);
    let net = Sequential((layer,));
    assert_eq!(refused(|| net.forward(x.clone())), text);
    let square: Linear<Dyn<In>, Dyn<In>, NoBias> =
        Linear::without_bias(ones(shape![In.of(4), In.of(3)]));
    assert_eq!(square.forward(&ones(shape![In.of(3)])).to_tensor().shape().lengths(), [4]);
    let text = "Linear over 3 features cannot take data of shape `(4,)`: the last axis is 4";
    assert_eq!(refused(|| [square].forward(ones(shape![In.of(4)]))), text);
}

#[test]
fn convolutions_of_images() {
    let weight = || ones(shape![Out.of(4), In.of(3), 3, 3]);
    let text = "cannot broadcast `(5,)` to `(4,)`: Out is 5, not 4";
    assert_eq!(refused(|| Conv2d::<_, _, 3>::new(weight(), ones(shape![Out.of(5)]))), text);
    let conv = Conv2d::<_, _, 3, 1, 1, 2>::new(weight(), ones(shape![Out.of(4)]));
    let images =
        |c: usize, h: usize, w: usize| ones(shape![2, In.of(c), Height.of(h), Width.of(w)]);
    assert_eq!(conv.forward(&images(3, 3, 4)).to_tensor().shape().lengths(), [2, 4, 1, 2]);
    let text = "Conv2d over 3 channels cannot take data of shape `(2, 5, 9, 9)`: axis 1 is 5";
    assert_eq!(
        refused(|| {
            let _ = conv.forward(&images(5, 9, 9));
        }),
        text
    );
    assert_eq!(refused(|| Layer::forward(&conv, images(5, 9, 9))), text);
    let text = "a window of 5 is longer than Height of padded length 4 of shape `(2, 3, 2, 9)`";
    assert_eq!(
        refused(|| {
            let _ = conv.forward(&images(3, 2, 9));
        }),
        text
    );
    let text = "a window of 5 is longer than Width of padded length 2 of shape `(2, 3, 9, 0)`";
    assert_eq!(
        refused(|| {
            let _ = conv.forward(&images(3, 9, 0));
        }),
        text
    );
    let plain: Conv2d<Dyn<In>, Dyn<Out>, 3, 1, 0, 1, 1, NoBias> = Conv2d::without_bias(weight());
    let text = "a window of 3 is longer than Width of length 2 of shape `(2, 3, 9, 2)`";
    assert_eq!(
        refused(|| {
            let _ = plain.forward(&images(3, 9, 2));
        }),
        text
    );
    // If the size is kept, an axis without elements has no windows.
    let same: Conv2d<Dyn<In>, Dyn<Out>, 3, 1, 1, 1, 1, NoBias> = Conv2d::without_bias(weight());
    let text = "a window of 3 is longer than Height of padded length 2 of shape `(2, 3, 0, 9)`";
    assert_eq!(
        refused(|| {
            let _ = same.forward(&images(3, 0, 9));
        }),
        text
    );
}

#[test]
fn convolutions_of_lines() {
    let weight = || ones(shape![Out.of(4), In.of(3), 3]);
    let text = "cannot broadcast `(5,)` to `(4,)`: Out is 5, not 4";
    assert_eq!(refused(|| Conv1d::<_, _, 3>::new(weight(), ones(shape![Out.of(5)]))), text);
    let conv: Conv1d<Dyn<In>, Dyn<Out>, 3, 2, 1, 1, 1, NoBias> = Conv1d::without_bias(weight());
    let lines = |c: usize, l: usize| ones(shape![2, In.of(c), Width.of(l)]);
    assert_eq!(conv.forward(&lines(3, 1)).to_tensor().shape().lengths(), [2, 4, 1]);
    let text = "Conv1d over 3 channels cannot take data of shape `(2, 5, 9)`: axis 1 is 5";
    assert_eq!(
        refused(|| {
            let _ = conv.forward(&lines(5, 9));
        }),
        text
    );
    let text = "a window of 3 is longer than Width of padded length 2 of shape `(2, 3, 0)`";
    assert_eq!(
        refused(|| {
            let _ = conv.forward(&lines(3, 0));
        }),
        text
    );
    assert_eq!(refused(|| Layer::forward(&conv, lines(3, 0))), text);
}

#[test]
fn pools() {
    let images = |h: usize, w: usize| ones(shape![2, 3, Height.of(h), Width.of(w)]);
    assert_eq!(MaxPool2d::<2>.forward(&images(5, 4)).to_tensor().shape().lengths(), [2, 3, 2, 2]);
    let text = "a window of 2 is longer than Height of length 1 of shape `(2, 3, 1, 4)`";
    assert_eq!(
        refused(|| {
            let _ = MaxPool2d::<2>.forward(&images(1, 4));
        }),
        text
    );
    assert_eq!(
        refused(|| {
            let _ = AvgPool2d::<2>.forward(&images(1, 4));
        }),
        text
    );
    assert_eq!(refused(|| Layer::forward(&MaxPool2d::<2>, images(1, 4))), text);
    assert_eq!(refused(|| Layer::forward(&AvgPool2d::<2>, images(1, 4))), text);
    let text = "a window of 3 is longer than Width of padded length 2 of shape `(2, 3, 4, 0)`";
    assert_eq!(
        refused(|| {
            let _ = AvgPool2d::<3, 2, 1>.forward(&images(4, 0));
        }),
        text
    );
    let text = "max of no elements: Width of shape `(2, 3, 4, 0)` has length 0";
    assert_eq!(
        refused(|| {
            let _ = GlobalMaxPool2d.forward(&images(4, 0));
        }),
        text
    );
    assert_eq!(refused(|| Layer::forward(&GlobalMaxPool2d, images(4, 0))), text);
}

#[test]
fn norms() {
    let ones_of = |n: usize| ones(shape![In.of(n)]);
    let text = "cannot broadcast `(5,)` to `(3,)`: In is 5, not 3";
    assert_eq!(refused(|| LayerNorm::new(ones_of(3), ones_of(5), 1e-5)), text);
    let (layer, rms) =
        (LayerNorm::new(ones_of(3), ones_of(3), 1e-5), RmsNorm::new(ones_of(3), 1e-5));
    let x = ones(shape![2, In.of(5)]);
    let text = "LayerNorm over 3 features cannot take data of shape `(2, 5)`: the last axis is 5";
    assert_eq!(refused(|| layer.forward(&x)), text);
    assert_eq!(refused(|| Layer::forward(&layer, x.clone())), text);
    let text = "RmsNorm over 3 features cannot take data of shape `(2, 5)`: the last axis is 5";
    assert_eq!(refused(|| rms.forward(&x)), text);
    assert_eq!(refused(|| Layer::forward(&rms, x.clone())), text);
    let text = "cannot broadcast `(5,)` to `(3,)`: In is 5, not 3";
    let of = |n: usize| ChannelMoments::of(&ones(shape![2, In.of(n)]));
    assert_eq!(refused(|| of(3).merge(of(5))), text);
}

#[test]
fn attention_of_other_lengths() {
    dim!(Heads, Queries, Keys, Size);
    let of = |h: usize, t: usize, d: usize| ones(shape![Heads.of(h), Keys.of(t), Size.of(d)]);
    let (q, k) = (ones(shape![Heads.of(2), Queries.of(3), Size.of(4)]), of(2, 5, 4));
    assert_eq!(attention(&q, &k, &k, NoMask).shape().lengths(), [2, 3, 4]);
    let text = |k: &str, v: &str| {
        format!(
            "attention of queries `(2, 3, 4)` to keys `{k}` with values `{v}`: they are to be (.., t, d), \
             (.., s, d) and (.., s, e)"
        )
    };
    let differ = |k: &Tensor<_, _>, v: &Tensor<_, _>| refused(|| attention(&q, k, v, NoMask));
    assert_eq!(differ(&of(2, 5, 6), &k), text("(2, 5, 6)", "(2, 5, 4)"));
    assert_eq!(differ(&k, &of(2, 6, 4)), text("(2, 5, 4)", "(2, 6, 4)"));
    assert_eq!(differ(&of(1, 5, 4), &k), text("(1, 5, 4)", "(2, 5, 4)"));
    assert_eq!(differ(&k, &of(3, 5, 4)), text("(2, 5, 4)", "(3, 5, 4)"));
    let mask = Tensor::<bool, _>::full_of(shape![Queries.of(3), Keys.of(6)], true);
    let text = "cannot broadcast `(3, 6)` to `(2, 3, 5)`: Keys is 6, not 5";
    assert_eq!(refused(|| attention(&q, &k, &k, &mask)), text);
    let mask = ones(shape![Queries.of(4), Keys.of(5)]);
    let text = "cannot broadcast `(4, 5)` to `(2, 3, 5)`: Queries is 4, not 3";
    assert_eq!(refused(|| attention(&q, &k, &k, &mask)), text);
}

#[test]
fn losses() {
    let (x, y) = (ones(shape![Batch.of(3), 2]), ones(shape![Batch.of(4), 2]));
    assert_eq!(
        refused(|| mse(&x, &y)),
        "Batch is 3 on the left, 4 on the right: `(3, 2)` with `(4, 2)`"
    );
    let classes = Tensor::<u8, _>::zeros_of(shape![Batch.of(4)]);
    let text = "cannot broadcast `(4,)` to `(3,)`: Batch is 4, not 3";
    assert_eq!(refused(|| cross_entropy(&x, &classes)), text);
}

#[test]
fn embeddings() {
    let embedding: Embedding<Dyn<In>, Dim<2>> = Embedding::new(ones(shape![In.of(3), 2]));
    assert_eq!(embedding.forward([0, 2]).to_tensor().shape().lengths(), [2, 2]);
    let text = "index 3 is out of range for In of length 3 of shape (3, 2)";
    assert_eq!(refused(|| embedding.forward([0, 3])), text);
}
