//! The map of vectors in a `.npy` file, which `benches/layout.py` measures:
//!
//! ```text
//! lay_out_vectors VECTORS.npy PLACES.npy
//! ```
//!
//! `VECTORS.npy` holds `f32`, `(n_units, n_dims)`; `PLACES.npy` will hold `f32`, `(n_units, 2)`. The
//! seconds of the layout, without reading and writing, go to standard error.

use std::time::Instant;

use leitmotif::cluster::layout;
use ndarray::Array2;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [vectors, places] = arguments.as_slice() else {
        return Err("the paths of two .npy files are wanted".into());
    };
    let vectors: Array2<f32> = ndarray_npy::read_npy(vectors)?;
    let start = Instant::now();
    let found = layout(vectors.view())?;
    eprintln!("{:.3}", start.elapsed().as_secs_f64());
    Ok(ndarray_npy::write_npy(places, &found)?)
}
