//! How the numbers of an attribute make groups: an option of every command that makes groups.

use clap::Args;

use crate::analysis::{Banding, By};

/// Options of groups.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct GroupOptions {
    /// What makes the groups: `study`, `question` (of `--frame all`), or a column of `--participants`; more than
    /// seven different numbers become bands [default: study]
    #[arg(long, value_name = "study|question|ATTRIBUTE")]
    pub(super) by: Option<String>,
    /// Where the bands of an attribute's numbers begin, as in `18,30,45,60`; `quartiles` for a quarter of the
    /// participants each; `none` for a group a number
    #[arg(long, value_name = "N,N,…|quartiles|none", value_parser = banding, requires = "by")]
    pub(super) bands: Option<Banding>,
}

impl GroupOptions {
    /// What makes the groups.
    pub(super) fn by(&self) -> By {
        match self.by.as_deref() {
            None | Some("study") => By::Study,
            Some("question") => By::Question,
            Some(attribute) => By::Attribute(attribute.into()),
        }
    }

    /// The attribute whose bands were named, and these.
    pub(super) fn named_bands(&self) -> Option<(&str, &Banding)> {
        self.by.as_deref().zip(self.bands.as_ref())
    }

    /// How numbers make them.
    pub(super) fn banding(&self) -> Banding {
        self.bands.clone().unwrap_or_default()
    }
}

/// Bands as they are typed.
pub(super) fn banding(text: &str) -> Result<Banding, String> {
    match text {
        "quartiles" => return Ok(Banding::Quartiles),
        "none" => return Ok(Banding::Each),
        _ => {}
    }
    let starts: Option<Vec<f64>> =
        text.split(',').map(|start| start.trim().parse().ok().filter(|number: &f64| number.is_finite())).collect();
    match starts {
        Some(starts) if starts.windows(2).all(|pair| pair[0] < pair[1]) => Ok(Banding::From(starts)),
        Some(_) => Err("the numbers have to be in ascending order, each once".into()),
        None => Err("numbers with commas between them are allowed, `quartiles` and `none`".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_read_or_refused() {
        assert_eq!(banding("18, 30,45.5"), Ok(Banding::From(vec![18.0, 30.0, 45.5])));
        assert_eq!((banding("quartiles"), banding("none")), (Ok(Banding::Quartiles), Ok(Banding::Each)));
        for text in ["30,18", "18,18", "", "18,,30", "inf", "young,old"] {
            assert!(banding(text).is_err(), "{text}");
        }
    }
}
