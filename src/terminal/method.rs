//! What a summary says of how its numbers were made.
//!
//! In: a summary. Out: sentences for its end. It prints nothing.

use super::layout::{number, percent};
use crate::analysis::Summary;
use crate::theme::accumulation::Accumulation;
use crate::theme::numbers::times;
use crate::theme::stability::calibration;

/// What the marks beside the themes mean.
pub(super) fn stability(summary: &Summary) -> Option<String> {
    let drawn = || summary.sections.iter().filter_map(|section| section.agreement);
    let (fewest, most) = (drawn().map(|it| it.resamples).min()?, drawn().map(|it| it.resamples).max()?);
    let drawn_times = if fewest == most { times(most) } else { format!("{} to {}", number(fewest), times(most)) };
    Some(format!(
        "Stability: {} of the participants were drawn {drawn_times}, and each draw searched for themes anew; the \
         number is a theme's mean overlap (Jaccard) with the best match. {}",
        percent(drawn().next()?.retained),
        calibration(summary.manifest.is_calibrated())
    ))
}

/// Where the stopping rule would have stopped, study by study.
pub(super) fn accumulation(studies: &[Accumulation]) -> Option<String> {
    let each: Vec<String> = studies
        .iter()
        .map(|study| {
            let name = if studies.len() > 1 { format!("{}: ", study.study) } else { String::new() };
            let reached = match (study.median, study.most) {
                (Some(median), Some(most)) => format!("{} (in 95 % of orders {})", number(median), number(most)),
                (Some(median), None) => number(median),
                _ => format!("not reached with {}", number(study.participants)),
            };
            format!("{name}{reached}")
        })
        .collect();
    (!each.is_empty()).then(|| {
        format!(
            "Theme accumulation: participants, in random order, after whom two more together add at most 5 % new \
             themes (of those of the first four; Guest, Namey & Chen 2020) – {}. It only describes: the themes come \
             from all interviews together.",
            each.join("; ")
        )
    })
}
