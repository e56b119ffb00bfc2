//! See the modules.

fn main() {}
