use shapewright::assert_broadcasts;

assert_broadcasts!(shapewright::shape![1000, 256], shapewright::shape![256]);

fn main() {}
