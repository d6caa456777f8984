//! What `inspect` prints: everything that was decided before clustering, with reasons.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anstyle::Style;

use super::layout::{counted, hanging, number, percent, width, wrapped};
use crate::analysis::{ExcludedInspection, GuideQuestionSummary, Inspection, StudyInspection};
use crate::corpus::Role;
use crate::embed::Origin;
use crate::guide::QuestionKind;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
/// Example texts shown for each reason to set passages aside.
const EXAMPLES: usize = 3;

/// Prints an inspection.
///
/// # Errors
/// Those of the writer.
pub fn print(found: &Inspection, out: &mut dyn Write) -> io::Result<()> {
    let width = width();
    for study in &found.studies {
        for line in hanging(&format!("study {}", study.name), 0, 2, width) {
            writeln!(out, "{BOLD}{line}{BOLD:#}")?;
        }
        let who = [counted(study.transcripts, "transcript"), counted(study.participants, "participant")];
        lines(out, &hanging(&who.join(", "), 2, 4, width))?;
        let mut turns = vec![
            counted(study.participant_turns, "participant turn"),
            counted(study.interviewer_turns, "interviewer turn"),
        ];
        if study.other_turns > 0 {
            turns.push(counted(study.other_turns, "other turn"));
        }
        lines(out, &hanging(&turns.join(", "), 2, 4, width))?;
        let words = format!(
            "{} by participants, divided into {}",
            counted(study.participant_words, "word"),
            counted(study.units, "passage")
        );
        lines(out, &hanging(&words, 2, 4, width))?;
        if !study.excluded.is_empty() {
            lines(out, &hanging(&set_aside(study), 2, 4, width))?;
        }
        if !study.languages.is_empty() {
            let languages: Vec<String> =
                study.languages.iter().map(|(language, n)| format!("{language} ({})", number(*n))).collect();
            let text = format!("language of the transcripts: {}", languages.join(", "));
            lines(out, &hanging(&text, 2, 4, width))?;
        }
        if !found.attributes.is_empty() {
            let known = format!("known of {} of them: {}", number(study.with_attributes), found.attributes.join(", "));
            lines(out, &hanging(&known, 2, 4, width))?;
        }
        let dots = if study.participants > study.example_participants.len() { ", …" } else { "" };
        let people = format!("participants: {}{dots}", study.example_participants.join(", "));
        lines(out, &hanging(&people, 2, 4, width))?;
    }

    writeln!(out, "\n{BOLD}speakers{BOLD:#}")?;
    for role in &found.roles {
        let label = if role.label.is_empty() { "(no label)" } else { &role.label };
        let text = format!(
            "{label}: {}, {} in {} ({})",
            role.role,
            counted(role.turns, "turn"),
            counted(role.transcripts, "transcript"),
            role.reason
        );
        lines(out, &hanging(&text, 2, 4, width))?;
    }
    if !found.roles.iter().any(|role| role.role == Role::Interviewer) {
        lines(out, &wrapped("no interviewer: every turn counts as an answer", 2, width))?;
    }

    writeln!(out, "\n{BOLD}guide{BOLD:#}")?;
    for (question, place) in found.guide.iter().zip(GuideQuestionSummary::numbers(&found.guide)) {
        let numbered = place.map_or_else(|| "greeting".to_owned(), |place| format!("question {place}"));
        let id = question.section.as_deref().unwrap_or(&numbered);
        lines(out, &hanging(&format!("{id}  {}", question.wording), 2, id.chars().count() + 4, width))?;
        let asked: Vec<String> = question
            .asked
            .iter()
            .filter(|study| study.asked > 0)
            .map(|study| {
                let share = percent(study.asked as f64 / study.participants.max(1) as f64);
                format!("{} {} of {} ({share})", study.study, number(study.asked), number(study.participants))
            })
            .collect();
        let closing = if question.kind == QuestionKind::Closing { " · closing" } else { "" };
        let text = match asked.is_empty() {
            true => format!("asked of nobody{closing}"),
            false => format!("asked: {} · mean cosine {:.2}{closing}", asked.join(", "), question.cohesion),
        };
        lines(out, &wrapped(&text, id.chars().count() + 4, width).iter().map(|l| styled(l)).collect::<Vec<_>>())?;
    }
    let framing = match (&found.framing, &found.guide_error) {
        (Some(framing), _) => format!("framing: {framing}"),
        (None, _) => "not looked for: the embedding failed (see the warning)".into(),
    };
    lines(out, &wrapped(&framing, 2, width))?;
    if let Some(follow_ups) = found.follow_ups.filter(|_| !found.guide.is_empty()) {
        lines(
            out,
            &wrapped(
                &format!("follow-ups: {} to questions outside the guide", counted(follow_ups, "answer")),
                2,
                width,
            ),
        )?;
    }

    let where_embedded = match &found.vectors_from {
        Origin::Here => None,
        Origin::File { path, .. } => Some(format!("vectors of the questions: made elsewhere, read from {path}")),
        Origin::Server { address } => Some(format!("the interviewer's questions were sent to {address}")),
    };
    if let Some(text) = where_embedded {
        lines(out, &hanging(&text, 2, 4, width))?;
    }

    writeln!(out, "\n{BOLD}passages{BOLD:#}")?;
    writeln!(out, "  {} to cluster", number(found.clustered_on))?;
    for (reason, units) in &found.excluded {
        lines(out, &hanging(&format!("{} set aside: {reason}", number(*units)), 2, 4, width))?;
        for example in found.excluded_examples.get(reason).into_iter().flatten().take(EXAMPLES) {
            let short: String = example.chars().take(width.saturating_sub(10)).collect();
            let dots = if short.len() < example.len() { "…" } else { "" };
            lines(out, &wrapped(&format!("“{short}{dots}”"), 6, width).iter().map(|l| styled(l)).collect::<Vec<_>>())?;
        }
    }

    writeln!(out, "\n{BOLD}text{BOLD:#}")?;
    let mut encodings: BTreeMap<(&str, &str, Option<&str>), usize> = BTreeMap::new();
    for source in &found.inputs {
        *encodings.entry((&source.format, &source.encoding, source.line_ends.as_deref())).or_default() += 1;
    }
    for ((format, encoding, ends), files) in encodings {
        let ends = ends.map(|ends| format!("; lines end in {ends}, which positions count as one character"));
        let files = counted(files, "file");
        let text = format!("{files} read as {format}, {encoding}{}", ends.unwrap_or_default());
        lines(out, &hanging(&text, 2, 4, width))?;
    }
    let mut layouts: Vec<(&str, usize, &str)> = Vec::new();
    for source in &found.inputs {
        let Some(layout) = &source.layout else { continue };
        match layouts.iter_mut().find(|(known, _, _)| known == layout) {
            Some((_, files, _)) => *files += 1,
            None => layouts.push((layout, 1, &source.path)),
        }
    }
    for (layout, files, path) in layouts {
        let others = if files > 1 { format!(" and {} more", number(files - 1)) } else { String::new() };
        lines(out, &hanging(&format!("{path}{others}: {layout}"), 2, 4, width))?;
    }
    let repaired = number(found.mojibake_repaired);
    let counts = if found.mojibake_repaired > 0 { ", and positions count the repaired text" } else { "" };
    writeln!(out, "  {repaired} mojibake repaired{counts}")?;
    for warning in &found.warnings {
        lines(out, &hanging(&format!("warning: {warning}"), 2, 4, width))?;
    }
    Ok(())
}

/// `set aside beside them: 45 turns, 45 words in 45 passages (missing 45); 274 passages in all`; the numbers in
/// brackets are of passages.
fn set_aside(study: &StudyInspection) -> String {
    let by_reason = &study.excluded;
    let sum = |of: fn(&ExcludedInspection) -> usize| by_reason.values().map(of).sum::<usize>();
    let reasons: Vec<String> =
        by_reason.iter().map(|(reason, found)| format!("{reason} {}", number(found.units))).collect();
    let passages = sum(|found| found.units);
    format!(
        "set aside beside them: {}, {} in {} ({}); {} in all",
        counted(sum(|found| found.turns), "turn"),
        counted(sum(|found| found.words), "word"),
        counted(passages, "passage"),
        reasons.join(", "),
        counted(study.units + passages, "passage")
    )
}

fn styled(line: &str) -> String {
    let text = line.trim_start();
    format!("{}{DIM}{text}{DIM:#}", &line[..line.len() - text.len()])
}

fn lines(out: &mut dyn Write, lines: &[String]) -> io::Result<()> {
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))
}
