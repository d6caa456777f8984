//! Themes of vectors in a `.npy` file, one label a line on standard output, −1 for none:
//!
//! ```text
//! cluster_vectors VECTORS.npy [--themes N] [--granularity G] [--balance B]
//!     [--exact-up-to N] [--cut]
//! ```
//!
//! `VECTORS.npy` holds `f32`, `(n_units, n_dims)`. `--cut` writes the cut of the merge tree before units
//! are set aside. The seconds of the fit, without reading the file, go to standard error.

use std::io::Write;
use std::time::Instant;

use leitmotif::cluster::ThemeClustering;
use linfa::DatasetBase;
use linfa::traits::Fit;
use ndarray::Array2;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("the path of a .npy file is missing")?;
    let mut params = ThemeClustering::params();
    let mut cut = false;
    while let Some(option) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{option} needs a value"));
        params = match option.as_str() {
            "--themes" => params.themes(Some(value()?.parse()?)),
            "--granularity" => params.granularity(value()?.parse()?),
            "--balance" => params.balance(value()?.parse()?),
            "--exact-up-to" => params.exact_up_to(value()?.parse()?),
            "--cut" => {
                cut = true;
                params
            }
            _ => return Err(format!("there is no option {option}").into()),
        };
    }
    let vectors: Array2<f32> = ndarray_npy::read_npy(path)?;
    let dataset = DatasetBase::from(vectors);
    let start = Instant::now();
    let themes = params.fit(&dataset)?;
    eprintln!("{:.3}", start.elapsed().as_secs_f64());
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (label, cluster) in themes.labels().iter().zip(themes.assigned_before_set_aside()) {
        match (cut, label) {
            (true, _) => writeln!(out, "{cluster}")?,
            (false, Some(theme)) => writeln!(out, "{theme}")?,
            (false, None) => writeln!(out, "-1")?,
        }
    }
    Ok(out.flush()?)
}
