use shapewright::nn::ChannelMoments;
use shapewright_tests::subtypes::{Sub, Super};

fn pass_off(x: ChannelMoments<Sub>) -> ChannelMoments<Super> {
    x
}

fn main() {}
