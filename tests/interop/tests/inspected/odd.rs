use shapewright::nn::RmsNorm;
use shapewright::{Dim, Tensor, Weights, shape};

#[derive(Weights)]
pub struct Net {
    #[weights(rename = "0a")]
    pub _0a: Part0a,
    pub Tensor: Tensor_,
    pub bn: Bn,
    pub both: Tensor<f32, shape![2]>,
    #[weights(rename = "both.weight")]
    pub both_weight: Tensor<f32, shape![2]>,
    #[weights(rename = "größe")]
    pub gr__e: Tensor<f32, shape![2]>,
    pub h: (
        H, // 0
        H, // 1
        (), // 2: nothing in the file, as `Relu` or `MaxPool2d` have
        (), // 3: nothing in the file, as `Relu` or `MaxPool2d` have
        (), // 4: nothing in the file, as `Relu` or `MaxPool2d` have
        (), // 5: nothing in the file, as `Relu` or `MaxPool2d` have
        (), // 6: nothing in the file, as `Relu` or `MaxPool2d` have
        (), // 7: nothing in the file, as `Relu` or `MaxPool2d` have
        (), // 8: nothing in the file, as `Relu` or `MaxPool2d` have
        (), // 9: nothing in the file, as `Relu` or `MaxPool2d` have
        H, // 10
    ),
    pub linear: Linear_,
    pub lone: Lone,
    pub many: Many_,
    #[weights(eps = 1e-5)]
    pub norms: [RmsNorm<Dim<2>>; 3],
    #[weights(rename = "self")]
    pub self_: Self_,
    #[weights(rename = "type")]
    pub type_: Tensor<f32, shape![]>,
}

#[derive(Weights)]
pub struct Self_ {
    #[weights(rename = "self")]
    pub self_: Tensor<f32, shape![{1}, 2]>,
}

#[derive(Weights)]
pub struct Many_ {
    #[weights(rename = "3")]
    pub _3: Many,
    #[weights(rename = "40")]
    pub _40: Many,
}

#[derive(Weights)]
pub struct Many {
    pub x: Tensor<f32, shape![{1}]>,
}

#[derive(Weights)]
pub struct Lone {
    pub running_mean: Tensor<f32, shape![3]>,
}

#[derive(Weights)]
pub struct Linear_ {
    pub bias: Tensor<f32, shape![2]>,
    pub weight: Tensor<f32, shape![2, 3, 4, 5]>,
}

#[derive(Weights)]
pub struct H {
    pub attn: Attn,
}

#[derive(Weights)]
pub struct Attn {
    pub c_attn: CAttn,
}

#[derive(Weights)]
pub struct CAttn {
    pub bias: Tensor<f32, shape![2]>,
    pub weight: Tensor<f32, shape![4, 2]>,
}

#[derive(Weights)]
pub struct Bn {
    pub bias: Tensor<f32, shape![3]>,
    pub weight: Tensor<f32, shape![2]>,
}

#[derive(Weights)]
pub struct Tensor_ {
    pub x: Tensor<f32, shape![2]>,
}

#[derive(Weights)]
pub struct Part0a {
    #[weights(rename = "b-c")]
    pub b_c: Tensor<f32, shape![3]>,
    #[weights(rename = "b_c")]
    pub b_c_: Tensor<f32, shape![3]>,
}
