//! The build script: says whether the graphs of the bundled models are there to be compiled in.
//!
//! In a checkout they are. In the package in the registry, which may have 10 MB, they are not; a program that is built
//! from it looks for them when it runs (src/embed/models/bundled.rs). It reads and fetches nothing.

use std::path::Path;

const GRAPHS: [&str; 2] = ["models/theme-minilm-l6/model.onnx", "models/all-minilm-l6-v2/model.onnx"];

fn main() {
    println!("cargo::rustc-check-cfg=cfg(bundled_models)");
    for graph in GRAPHS {
        println!("cargo::rerun-if-changed={graph}");
    }
    if GRAPHS.iter().all(|graph| Path::new(graph).is_file()) {
        println!("cargo::rustc-cfg=bundled_models");
    }
}
