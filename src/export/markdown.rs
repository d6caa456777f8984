//! The themes as a Markdown document (CommonMark with tables), such as one puts into an appendix.
//!
//! In: a summary. Out: studies, then for each section a table of its themes and each theme with
//! keywords, counts and quotes, then recurring themes, categories and notes, and at the end how it was made. Quotes read as they were said: what
//! Markdown would take for markup is escaped. Themes that the researcher hid are left out and counted.

use std::io::{self, Write};

use super::refi::hidden;
use super::{ExportError, Exporter, check_counts};
use crate::analysis::{Analysis, Quote, RecurringSummary, SectionSummary, StudyPrevalence, Summary, Theme, UnitRow};
use crate::embed::Origin;
use crate::theme::numbers::{and_hidden, counted, number, percent, prevalence, themes_of_a_passage, verb, whole};
use crate::theme::prevalence::Prevalence;
use crate::theme::stability::{Firmness, calibration};

/// Keywords of a part of a theme.
const KEYWORDS_OF_PART: usize = 5;

/// The document.
#[derive(Clone, Copy, Debug, Default)]
pub struct Markdown;

impl Exporter for Markdown {
    fn write(&self, analysis: &Analysis, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
        check_counts(analysis)?;
        let summary = &analysis.summary;
        header(summary, out)?;
        for section in summary.sections.iter().filter(|section| section.units > 0) {
            write_section(section, summary, out)?;
        }
        recurring(summary, out)?;
        categories(summary, out)?;
        memos(analysis, out)?;
        Ok(how_it_was_made(analysis, out)?)
    }

    fn notices(&self, analysis: &Analysis) -> Vec<String> {
        hidden(&analysis.summary)
    }
}

fn header(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    let names: Vec<&str> = summary.studies.iter().map(|study| study.name.as_str()).collect();
    writeln!(out, "# Candidate themes: {}\n", one_line(&names.join(", ")))?;
    writeln!(out, "| study | interviews | participants | answers | passages |")?;
    writeln!(out, "|---|--:|--:|--:|--:|")?;
    for study in &summary.studies {
        let counts = [study.transcripts, study.participants, study.answers, study.units].map(number);
        writeln!(out, "| {} | {} |", one_line(&study.name), counts.join(" | "))?;
    }
    let counts = &summary.counts;
    let mut text = format!(
        "\nOf {}, {} {} in {}, {} unclustered and {} set aside",
        counted(counts.units, "passage"),
        number(counts.in_themes),
        verb(counts.in_themes, "is", "are"),
        summary.themes_in_words(),
        number(counts.unclustered),
        number(counts.excluded_total())
    );
    if !counts.excluded.is_empty() {
        let reasons: Vec<String> =
            counts.excluded.iter().map(|(reason, units)| format!("{reason} {}", number(*units))).collect();
        text.push_str(&format!(" ({})", reasons.join(", ")));
    }
    let left_out: String = hidden(summary).into_iter().map(|notice| format!(" {notice}.")).collect();
    writeln!(out, "{text}.{left_out}")
}

fn write_section(section: &SectionSummary, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    let title = match (section.id.as_str(), section.question.as_str()) {
        ("T", _) => "All answers together".to_string(),
        (id, "") => format!("{id} Answers outside the guide"),
        (id, question) => format!("{id} {question}"),
    };
    writeln!(out, "\n## {}\n", one_line(&title))?;
    let asked: Vec<String> = section
        .asked
        .iter()
        .map(|study| format!("{} of {} ({})", number(study.asked), number(study.participants), one_line(&study.study)))
        .collect();
    let kept = format!("{}, {} unclustered", counted(section.units, "passage"), number(section.unclustered));
    writeln!(out, "Answered by {}. {kept}.", asked.join(", "))?;
    if let Some(reason) = &section.no_themes_because {
        return writeln!(out, "\nNo themes: {}.", one_line(reason));
    }
    let themes: Vec<&Theme> = section.themes.iter().filter(|theme| !theme.hidden).collect();
    if themes.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n| theme | participants | share | 95 % interval | mentions | stability |")?;
    writeln!(out, "|---|--:|--:|--:|--:|--:|")?;
    for theme in &themes {
        let people = &theme.prevalence;
        let why_unmeasured = || theme.why_unmeasured().or(theme.unchecked().map(str::to_owned)).unwrap_or_default();
        let stability = theme.stability.map_or_else(why_unmeasured, |stability| format!("{stability:.2}"));
        writeln!(
            out,
            "| {} {} | {} of {} | {} | {} | {} | {stability} |",
            theme.id,
            one_line(&theme.label),
            number(people.participants),
            number(people.asked),
            people.share.map(percent).unwrap_or_default(),
            interval(people),
            number(theme.mentions)
        )?;
    }
    for theme in &themes {
        write_theme(theme, summary, out)?;
    }
    if !section.isolated.is_empty() {
        writeln!(out, "\n### {} unclustered: the passages least like any other", section.id)?;
        section.isolated.iter().try_for_each(|unit| write_quote(&unit.quote, out))?;
    }
    Ok(())
}

fn interval(people: &Prevalence) -> String {
    match (people.low, people.high) {
        (Some(low), Some(high)) => format!("{}–{}", whole(low), whole(high)),
        _ => String::new(),
    }
}

fn by_study(studies: &[StudyPrevalence]) -> String {
    let each = |study: &StudyPrevalence| format!("{} {}", one_line(&study.study), prevalence(&study.prevalence));
    studies.iter().map(each).collect::<Vec<_>>().join("; ")
}

fn write_theme(theme: &Theme, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n### {} {}\n", theme.id, one_line(&theme.label))?;
    if let Some(description) = &theme.description {
        writeln!(out, "{}\n", paragraph(description, ""))?;
    }
    if let Some(memo) = &theme.memo {
        writeln!(out, "Note: {}\n", paragraph(memo, ""))?;
    }
    writeln!(out, "{}, {}.", prevalence(&theme.prevalence), counted(theme.mentions, "mention"))?;
    let mut facts = Vec::new();
    if theme.by_study.len() > 1 {
        facts.push(format!("By study: {}", by_study(&theme.by_study)));
    }
    if let Some(headline) = &theme.headline {
        facts.push(format!("Headline: “{}” — {}", one_line(&headline.label()), one_line(&headline.locator())));
    }
    let keywords: Vec<String> = theme.keywords.iter().map(|keyword| one_line(&keyword.term)).collect();
    if !keywords.is_empty() {
        facts.push(format!("Keywords: {}", keywords.join(", ")));
    }
    if let Some(stability) = theme.stability {
        facts.push(format!("Stability: {stability:.2}, {}", Firmness::new(stability).word()));
    } else if let Some(why) = theme.why_unmeasured() {
        facts.push(format!("Stability: {why}"));
    }
    if let Some(recurring) = summary.shown_recurring(theme) {
        facts.push(format!("Recurs in other questions: {} {}", recurring.id, one_line(&recurring.label)));
    }
    if theme.follows_the_question {
        facts.push("Follows the question: nearly all of it answers one question".into());
    }
    if !theme.edited.is_empty() {
        let merged = if theme.merged.is_empty() { String::new() } else { format!(" ({})", theme.merged.join(", ")) };
        facts.push(format!("Edited by hand: {}{merged}", theme.edited.join(", ")));
    }
    for part in &theme.sub_themes {
        let mentions = counted(part.mentions, "mention");
        let terms: Vec<String> = part.keywords.iter().take(KEYWORDS_OF_PART).map(|k| one_line(&k.term)).collect();
        let keywords = if terms.is_empty() { String::new() } else { format!("; keywords: {}", terms.join(", ")) };
        let label = one_line(&part.label);
        facts.push(format!("Part {} {label}: {}, {mentions}{keywords}", part.id, prevalence(&part.prevalence)));
    }
    if !facts.is_empty() {
        writeln!(out)?;
    }
    for fact in facts {
        writeln!(out, "- {fact}")?;
    }
    theme.quotes.iter().try_for_each(|quote| write_quote(quote, out))?;
    if let Some(quote) = &theme.boundary_quote {
        writeln!(out, "\nThe least typical passage, where the theme ends:")?;
        write_quote(quote, out)?;
    }
    Ok(())
}

fn write_quote(quote: &Quote, out: &mut dyn Write) -> io::Result<()> {
    let before = if quote.cut_before { "\\[…\\] " } else { "" };
    let after = if quote.cut_after { " \\[…\\]" } else { "" };
    let pinned = if quote.pinned { ", chosen by hand" } else { "" };
    let locator = one_line(&quote.locator());
    writeln!(out, "\n> “{before}{}{after}”\\\n> — {locator}{pinned}", paragraph(&quote.text, "> "))
}

fn recurring(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    let shown: Vec<&RecurringSummary> = summary.recurring.iter().filter(|recurring| !recurring.hidden).collect();
    if shown.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## Recurring across questions\n")?;
    writeln!(out, "| theme | of those who answered one of the questions | themes |")?;
    writeln!(out, "|---|---|---|")?;
    for theme in shown {
        let members = theme.themes.iter().filter_map(|id| summary.theme(id)).filter(|member| !member.hidden);
        let members: Vec<String> = members.map(|member| format!("{} {}", member.id, one_line(&member.label))).collect();
        let label = one_line(&theme.label);
        writeln!(out, "| {} {label} | {} | {} |", theme.id, prevalence(&theme.prevalence), members.join("; "))?;
    }
    Ok(())
}

fn categories(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    if summary.categories.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## Categories\n")?;
    writeln!(out, "| category | of those who answered one of the questions | themes |")?;
    writeln!(out, "|---|---|---|")?;
    for category in &summary.categories {
        let (members, hidden) = summary.members_of(category);
        let members = members.iter().map(|member| format!("{} {}", member.id, one_line(&member.label)));
        let members: Vec<String> = members.chain(and_hidden(hidden)).collect();
        let people = prevalence(&category.prevalence);
        writeln!(out, "| {} | {people} | {} |", one_line(&category.name), members.join("; "))?;
    }
    let described = summary.categories.iter().filter_map(|it| Some((&it.name, it.description.as_ref()?)));
    for (name, description) in described {
        writeln!(out, "\n**{}**: {}", one_line(name), paragraph(description, ""))?;
    }
    Ok(())
}

/// The researcher's notes on passages, told by where these stand; never as quotes.
fn memos(analysis: &Analysis, out: &mut dyn Write) -> io::Result<()> {
    let memos = &analysis.summary.memos;
    if memos.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## Notes on passages\n")?;
    for memo in memos {
        let unit = analysis.units.iter().find(|unit| unit.id == memo.unit);
        let place = unit.map_or_else(|| memo.unit.clone(), UnitRow::locator);
        writeln!(out, "- {} ({}): {}", one_line(&memo.unit), one_line(&place), one_line(&memo.text))?;
    }
    Ok(())
}

fn how_it_was_made(analysis: &Analysis, out: &mut dyn Write) -> io::Result<()> {
    let summary = &analysis.summary;
    let manifest = &summary.manifest;
    let vectors = match &manifest.vectors_from {
        Origin::Here => "on one machine, without network".to_string(),
        Origin::File { path, .. } => format!("elsewhere, and read from {}", one_line(path)),
        Origin::Server { address } => format!("by a server, {}, to which the text was sent", one_line(address)),
    };
    writeln!(out, "\n## How this was made\n")?;
    let created = manifest.created.as_ref().map(|time| format!(" on {time}")).unwrap_or_default();
    writeln!(
        out,
        "Made with {}{created}. Answers were divided into passages; a language model ({}) gave each a vector, {vectors}; \
         passages that resemble each other became candidate themes. What they mean is for people to say. Framing: {}.\n",
        one_line(&manifest.program),
        one_line(&manifest.model.name),
        one_line(&summary.framing.reason)
    )?;
    if let Some(notes) = &manifest.notes {
        writeln!(out, "{}\n", one_line(&notes.sentence()))?;
    }
    writeln!(
        out,
        "Shares are of the participants who were asked, with Wilson 95 % intervals; a participant counts once a theme. \
         {} Quotes are verbatim; \\[…\\] marks what was left out.",
        themes_of_a_passage(analysis.has_several_themes_a_passage())
    )?;
    if let Some(pseudonyms) = manifest.pseudonyms {
        writeln!(out, "\n{}", pseudonyms.sentence())?;
    }
    if summary.themes().any(|theme| theme.stability.is_some()) {
        writeln!(
            out,
            "\nStability is a theme's mean overlap (Jaccard) with its best match when participants are drawn anew. {}",
            calibration(manifest.is_calibrated())
        )?;
    }
    Ok(())
}

/// Text as a paragraph: line breaks kept, each line begun with `prefix`, but for the first.
fn paragraph(text: &str, prefix: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<String> = text.split('\n').map(|line| escaped(line.trim())).collect();
    let mut written = String::new();
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            // A hard break needs text on both sides; an empty line is one by itself.
            let breaks = !line.is_empty() && !lines[at - 1].is_empty();
            written.push_str(if breaks { "\\\n" } else { "\n" });
            written.push_str(if line.is_empty() { prefix.trim_end() } else { prefix });
        }
        written.push_str(line);
    }
    written
}

/// Text in one line, for headings and tables.
fn one_line(text: &str) -> String {
    escaped(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Text without line breaks that Markdown shows as it stands (CommonMark 0.31, 2.4).
fn escaped(line: &str) -> String {
    let mut written = String::with_capacity(line.len() + 8);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    for (at, c) in line.char_indices() {
        let always = match c {
            // Within a word, as in `ward_07`, it marks nothing.
            '_' => !is_word(line[..at].chars().next_back()) || !is_word(line[at + 1..].chars().next()),
            _ => matches!(c, '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$'),
        };
        let at_start = at == 0 && matches!(c, '#' | '+' | '-' | '=');
        let after_number = at > 0 && at == digits && matches!(c, '.' | ')');
        if always || at_start || after_number {
            written.push('\\');
        }
        written.push(c);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_words_is_shown_as_words() {
        assert_eq!(escaped("*so* _what_ `x` <b> [a](b) | c"), "\\*so\\* \\_what\\_ \\`x\\` \\<b\\> \\[a\\](b) \\| c");
        assert_eq!(escaped("ward_07 a__b _c"), "ward_07 a\\_\\_b \\_c");
        assert_eq!(
            ["# no", "1. no", "12) no", "- no", "a # b", "in 1. b"].map(escaped),
            ["\\# no", "1\\. no", "12\\) no", "\\- no", "a # b", "in 1. b"]
        );
    }

    #[test]
    fn line_breaks_and_empty_lines_stay() {
        assert_eq!(paragraph("a\nb\n\n# c", "> "), "a\\\n> b\n>\n> \\# c");
    }
}
