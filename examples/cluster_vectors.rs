//! Themes of vectors in a `.npy` file, one label a line on standard output, −1 for none:
//!
//! ```text
//! cluster_vectors VECTORS.npy [--themes N] [--granularity G] [--balance B | --ward]
//!     [--exact-up-to N] [--cut] [--sections SECTIONS.npy]
//! ```
//!
//! `VECTORS.npy` holds `f32`, `(n_units, n_dims)`. `--cut` writes the cut of the merge tree before units
//! are set aside. `SECTIONS.npy` holds `i64`, `(n_units)`: the units of each section are clustered on
//! their own, as the program does with the sections of an interview guide, and theme numbers go on from
//! section to section; units of section −1 are left out. The seconds of the fit, without reading the file, go to standard error.

use std::collections::BTreeMap;
use std::io::Write;
use std::time::Instant;

use leitmotif::cluster::{Linkage, ThemeClustering};
use linfa::DatasetBase;
use linfa::traits::Fit;
use ndarray::{Array1, Array2, Axis, CowArray};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("the path of a .npy file is missing")?;
    let mut params = ThemeClustering::params();
    let mut cut = false;
    let mut sections: Option<Array1<i64>> = None;
    while let Some(option) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{option} needs a value"));
        params = match option.as_str() {
            "--themes" => params.themes(Some(value()?.parse()?)),
            "--granularity" => params.granularity(value()?.parse()?),
            "--balance" => params.linkage(Linkage::Modularity { balance: value()?.parse()? }),
            "--ward" => params.linkage(Linkage::Ward),
            "--exact-up-to" => params.exact_up_to(value()?.parse()?),
            "--sections" => {
                sections = Some(ndarray_npy::read_npy(value()?)?);
                params
            }
            "--cut" => {
                cut = true;
                params
            }
            _ => return Err(format!("there is no option {option}").into()),
        };
    }
    let vectors: Array2<f32> = ndarray_npy::read_npy(path)?;
    let sections = sections.unwrap_or_else(|| Array1::zeros(vectors.nrows()));
    if sections.len() != vectors.nrows() {
        return Err(format!("{} sections of {} vectors", sections.len(), vectors.nrows()).into());
    }
    let mut units_of_sections: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (unit, &section) in sections.iter().enumerate().filter(|&(_, &section)| section >= 0) {
        units_of_sections.entry(section).or_default().push(unit);
    }
    let mut labels: Vec<Option<usize>> = vec![None; vectors.nrows()];
    let mut n_labels = 0;
    let start = Instant::now();
    for units in units_of_sections.values() {
        let is_all = units.len() == vectors.nrows();
        let selected = if is_all { CowArray::from(&vectors) } else { vectors.select(Axis(0), units).into() };
        let themes = params.fit(&DatasetBase::from(selected))?;
        let clusters = themes.assigned_before_set_aside();
        for (&unit, (label, &cluster)) in units.iter().zip(themes.labels().iter().zip(clusters)) {
            labels[unit] = if cut { Some(cluster) } else { *label }.map(|label| n_labels + label);
        }
        n_labels = labels.iter().flatten().max().map_or(0, |last| last + 1);
    }
    eprintln!("{:.3}", start.elapsed().as_secs_f64());
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for label in labels {
        match label {
            Some(label) => writeln!(out, "{label}")?,
            None => writeln!(out, "-1")?,
        }
    }
    Ok(out.flush()?)
}
