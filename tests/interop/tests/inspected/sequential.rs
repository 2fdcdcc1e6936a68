use shapewright::nn::Linear;
use shapewright::Dim;

// let net: Net = WeightsFile::read(path)?.load()?;
pub type Net = (
    Linear<Dim<6>, Dim<8>>, // 0
    (), // 1: nothing in the file, as `Relu` or `MaxPool2d` have
    Linear<Dim<8>, Dim<5>>, // 2
    (), // 3: nothing in the file, as `Relu` or `MaxPool2d` have
    Linear<Dim<5>, Dim<3>>, // 4
);
