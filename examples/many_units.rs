//! Writes an analysis of any number of units, for measuring exports: `many_units N FOLDER ANALYSIS`. The
//! units of the saved analysis are repeated under new ids, as if more people had said the same.

use std::path::PathBuf;
use std::process::ExitCode;

use leitmotif::analysis::{Analysis, Status, Target, load, save};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [n, folder, like] = arguments.as_slice() else {
        eprintln!("error: three arguments are needed\nhint: many_units N FOLDER ANALYSIS");
        return ExitCode::from(2);
    };
    match run(n, folder, like) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(1)
        }
    }
}

fn run(n: &str, folder: &str, like: &str) -> Result<(), Box<dyn std::error::Error>> {
    let n: usize = n.parse()?;
    let few = load(&PathBuf::from(like))?;
    let many = repeated(&few, n);
    save(&many, None, &Target::check(&PathBuf::from(folder), false)?)?;
    Ok(())
}

/// `n` units like those of `few`; the counts of the whole follow, those of single themes do not.
fn repeated(few: &Analysis, n: usize) -> Analysis {
    let mut summary = few.summary.clone();
    let (mut units, mut participants, mut rows) = (Vec::with_capacity(n), Vec::new(), Vec::new());
    for round in 0..n.div_ceil(few.units.len()) {
        let again = |name: &str| format!("{name}-{round}");
        for person in &few.summary.participants {
            participants.push(leitmotif::analysis::ParticipantSummary {
                participant: again(&person.participant),
                transcript: person.transcript.as_deref().map(again),
                ..person.clone()
            });
        }
        for unit in few.units.iter().take(n - units.len()) {
            let mut unit = unit.clone();
            let end = unit.id.rfind('#').unwrap_or(unit.id.len());
            unit.id.insert_str(end, &format!("-{round}"));
            unit.participant = again(&unit.participant);
            // No two alike, as with people.
            unit.text.push_str(&format!(" ({round})"));
            unit.question = format!("{} ({round})", unit.question).into();
            if let Some(row) = unit.vector {
                unit.vector = Some(rows.len());
                rows.push(row);
            }
            units.push(unit);
        }
    }
    let counts = &mut summary.counts;
    let count = |wanted: &dyn Fn(Status) -> bool| units.iter().filter(|unit| wanted(unit.status)).count();
    counts.units = units.len();
    counts.in_themes = count(&|status| status == Status::Theme);
    counts.unclustered = count(&|status| status == Status::Unclustered);
    counts.excluded.clear();
    for unit in &units {
        if let Status::Excluded(reason) = unit.status {
            *counts.excluded.entry(reason.word().into()).or_default() += 1;
        }
    }
    summary.participants = participants;
    let vectors = few.vectors.select(ndarray::Axis(0), &rows);
    Analysis { summary, units, vectors }
}
