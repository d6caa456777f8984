//! What `assign` prints: where new interviews fall among known themes, and where they go beyond them.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::layout::{counted, hanging, number, percent, prevalence, width, wrapped};
use super::styled::{bar_line, lines};
use super::summary::print_heading;
use crate::analysis::{AssignedSection, AssignedTheme, Assignment, LeftOut, PossibleTheme, Quote};
use crate::theme::numbers::were;

const SECTION: Style = AnsiColor::Cyan.on_default().bold();
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
/// Names listed before "and … more".
const NAMES: usize = 5;

/// How much to print.
#[derive(Clone, Copy, Debug)]
pub struct AssignOptions {
    /// Themes of each section, known and possible ones; 0 for all.
    pub top: usize,
    /// Quotes of each possible new theme.
    pub quotes: usize,
}

/// Prints an assignment.
///
/// # Errors
/// Those of the writer.
pub fn print(found: &Assignment, options: AssignOptions, out: &mut dyn Write) -> io::Result<()> {
    let width = width();
    header(found, width, out)?;
    for section in found.sections.iter().filter(|section| section.units > 0) {
        print_section(section, options, width, out)?;
    }
    unknown(found, options, width, out)?;
    footer(found, width, out)
}

fn header(found: &Assignment, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let counts = &found.counts;
    writeln!(out, "{BOLD}New interviews among known themes{BOLD:#}\n")?;
    for study in &found.studies {
        let interviews = counted(study.transcripts, "interview");
        let people = counted(study.participants, "participant");
        let text = format!("{}  {interviews}, {people}, {}", study.name, counted(study.answers, "answer"));
        lines(out, &hanging(&text, 2, 4, width), Style::new())?;
    }
    let mut sentences = vec![format!(
        "{} divided into {}: {} in known themes, {} unclustered, {} set aside.",
        were(counts.answers, "answer"),
        counted(counts.units, "passage"),
        number(counts.in_themes),
        number(counts.unclustered),
        number(counts.excluded_total())
    )];
    sentences.extend(drift(found));
    sentences.extend(known_participants(found));
    if let Some(seen) = &found.seen_again
        && seen.in_themes > 0
    {
        sentences.push(format!(
            "Of {} that the analysis has in a theme, {} ({}) came back to it.",
            counted(seen.in_themes, "passage"),
            number(seen.same_theme),
            percent(seen.same_theme as f64 / seen.in_themes as f64)
        ));
    }
    writeln!(out)?;
    lines(out, &wrapped(&sentences.join(" "), 2, width), Style::new())
}

/// The share of unclustered passages against that of the analysis.
fn drift(found: &Assignment) -> Option<String> {
    let new = found.unclustered?;
    let mut text = format!("Of those that answer a known question, {} are in no theme", percent(new));
    if let Some(before) = found.unclustered_before {
        text.push_str(&format!("; in the analysis {}", percent(before)));
    }
    let own = found.left_out.unclustered_share();
    if let Some(own) = own {
        text.push_str(&format!(", and {} when its own passages are placed as if they were new", percent(own)));
    }
    Some(format!("{text}. {}", left_over(new, own, found.drifts())))
}

/// What the share left over of new passages, against that of the analysis's `own`, amounts to; it says of the two what
/// their rounded shares do.
fn left_over(new: f64, own: Option<f64>, drifts: bool) -> String {
    let whole = |share: f64| (share * 100.0).round() as i64; // 0–100
    match own.map(|own| whole(new) - whole(own)) {
        None => "There are no passages in themes to compare that with.".into(),
        Some(_) if drifts => "The new interviews say much that the themes do not hold.".into(),
        Some(0) => "As much is in no theme as of the analysis's own passages.".into(),
        Some(less @ ..0) => format!("That is {} less than of the analysis's own passages.", points(-less)),
        Some(more) => format!(
            "That is {} more than of the analysis's own passages; from more than 10 on the new interviews are said to go \
             beyond the themes.",
            points(more)
        ),
    }
}

/// `1 point`, `7 points`
fn points(points: i64) -> String {
    counted(usize::try_from(points).unwrap_or_default(), "point")
}

fn known_participants(found: &Assignment) -> Option<String> {
    let known = &found.known_participants;
    if known.is_empty() {
        return None;
    }
    let names = known.iter().take(NAMES).cloned().collect::<Vec<_>>().join(", ");
    let more = if known.len() > NAMES { format!(" and {} more", number(known.len() - NAMES)) } else { String::new() };
    let verb = if known.len() == 1 { "is" } else { "are" };
    Some(format!("{} {verb} in the analysis already: {names}{more}.", counted(known.len(), "participant")))
}

fn print_section(
    section: &AssignedSection,
    options: AssignOptions,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out)?;
    print_heading(&section.id, &section.question, width, out)?;
    let asked: usize = section.asked.iter().map(|study| study.asked).sum();
    let facts = [
        format!("answered by {}", counted(asked, "participant")),
        counted(section.units, "passage"),
        format!("{} unclustered", number(section.unclustered)),
    ];
    lines(out, &wrapped(&facts.join(" · "), 4, width), DIM)?;
    let mut themes: Vec<&AssignedTheme> =
        section.themes.iter().filter(|theme| theme.mentions > 0 && !theme.hidden).collect();
    themes.sort_by_key(|theme| std::cmp::Reverse((theme.prevalence.participants, theme.mentions)));
    let shown = if options.top == 0 { themes.len() } else { options.top.min(themes.len()) };
    for theme in &themes[..shown] {
        writeln!(out)?;
        let heading = hanging(&format!("{}  {}", theme.id, theme.label), 2, theme.id.len() + 4, width);
        lines(out, &heading, BOLD)?;
        let people = format!("{} · {}", prevalence(&theme.prevalence), counted(theme.mentions, "mention"));
        bar_line(out, theme.prevalence.share, &people, 4, width)?;
        lines(out, &wrapped(&format!("in the analysis {}", prevalence(&theme.before)), 4, width), DIM)?;
    }
    if shown < themes.len() {
        let rest: Vec<String> = themes[shown..]
            .iter()
            .map(|theme| format!("{} {} ({})", theme.id, theme.label, theme.prevalence.participants))
            .collect();
        writeln!(out)?;
        lines(
            out,
            &wrapped(&format!("And in {}: {}", counted(rest.len(), "other theme"), rest.join("; ")), 4, width),
            DIM,
        )?;
    }
    let without = section.themes.iter().filter(|theme| theme.mentions == 0 && !theme.hidden).count();
    if without > 0 {
        writeln!(out)?;
        lines(out, &wrapped(&format!("{} without a new passage", counted(without, "theme")), 2, width), DIM)?;
    }
    possible_themes(&section.possible_themes, options, width, out)
}

fn possible_themes(
    themes: &[PossibleTheme],
    options: AssignOptions,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let shown = if options.top == 0 { themes.len() } else { options.top.min(themes.len()) };
    themes[..shown].iter().try_for_each(|theme| possible(theme, options, width, out))?;
    if shown < themes.len() {
        let rest = themes[shown..].iter().map(|theme| format!("{} ({})", theme.label, theme.prevalence.participants));
        let rest: Vec<String> = rest.collect();
        writeln!(out)?;
        lines(out, &wrapped(&format!("And possibly {} more: {}", rest.len(), rest.join("; ")), 4, width), DIM)?;
    }
    Ok(())
}

fn possible(theme: &PossibleTheme, options: AssignOptions, width: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out)?;
    lines(out, &hanging(&format!("Possibly a new theme: {}", theme.label), 2, 4, width), BOLD)?;
    let people = format!(
        "{} of {}, of {} who were asked",
        counted(theme.mentions, "passage"),
        counted(theme.prevalence.participants, "participant"),
        number(theme.prevalence.asked)
    );
    lines(out, &wrapped(&people, 4, width), Style::new())?;
    let in_label: Vec<&str> = theme.label.split(", ").collect();
    let more: Vec<&str> =
        theme.keywords.iter().map(|keyword| keyword.term.as_str()).filter(|term| !in_label.contains(term)).collect();
    if !more.is_empty() {
        lines(out, &hanging(&format!("also: {}", more.join(", ")), 4, 10, width), DIM)?;
    }
    theme.quotes.iter().take(options.quotes).try_for_each(|quote| print_quote(quote, width, out))
}

fn print_quote(quote: &Quote, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let before = if quote.cut_before { "[…] " } else { "" };
    let after = if quote.cut_after { " […]" } else { "" };
    lines(out, &hanging(&format!("“{before}{}{after}”", quote.text), 4, 5, width), Style::new())?;
    lines(out, &wrapped(&format!("— {}", quote.locator()), 6, width), DIM)
}

fn unknown(found: &Assignment, options: AssignOptions, width: usize, out: &mut dyn Write) -> io::Result<()> {
    if found.unknown_questions.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    lines(out, &wrapped("Answers to questions that the analysis does not know", 0, width), SECTION)?;
    for question in &found.unknown_questions {
        writeln!(out)?;
        let title = match question.question.as_str() {
            "" => "No question of the analysis precedes them",
            question => question,
        };
        lines(out, &hanging(title, 2, 4, width), BOLD)?;
        let facts = format!(
            "{} of {} · {}, in no theme",
            counted(question.answers, "answer"),
            counted(question.participants, "participant"),
            counted(question.units, "passage")
        );
        lines(out, &wrapped(&facts, 4, width), DIM)?;
        possible_themes(&question.possible_themes, options, width, out)?;
    }
    Ok(())
}

fn footer(found: &Assignment, width: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out)?;
    let mut notes = Vec::new();
    if found.counts.excluded_total() > 0 {
        let reasons: Vec<String> =
            found.counts.excluded.iter().map(|(reason, units)| format!("{reason} {}", number(*units))).collect();
        notes.push(format!("Set aside: {}.", reasons.join(", ")));
    }
    let LeftOut { in_themes, own_theme, in_none, .. } = found.left_out;
    if in_themes > 0 {
        let share = |n: usize| percent(n as f64 / in_themes as f64);
        notes.push(format!(
            "A passage goes where most of its nearest passages are, unless it is further off than nearly all of the \
             theme. Placed like this, each left out of the analysis, {} of the passages in themes come back to their \
             own, {} fall into another and {} into none.",
            share(own_theme),
            share(in_themes - own_theme - in_none),
            share(in_none)
        ));
    }
    if !found.unknown_questions.is_empty() || found.sections.iter().any(|section| !section.possible_themes.is_empty()) {
        notes.push("New themes are found for good by `leitmotif themes` on all interviews together.".into());
    }
    lines(out, &wrapped(&notes.join(" "), 0, width), DIM)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_over_is_told_as_the_two_shares_are() {
        let told = |new: f64, own: f64, drifts: bool| left_over(new, Some(own), drifts);
        assert!(told(0.27, 0.2, false).starts_with("That is 7 points more than of the analysis's own passages;"));
        assert!(told(0.21, 0.2, false).contains("is 1 point more than"));
        assert!(told(0.19, 0.2, false).ends_with("That is 1 point less than of the analysis's own passages."));
        assert!(told(0.204, 0.196, false).starts_with("As much is in no theme"));
        assert!(told(0.35, 0.2, true).contains("say much that the themes do not hold"));
        assert!(left_over(0.35, None, false).starts_with("There are no passages in themes"));
    }
}
