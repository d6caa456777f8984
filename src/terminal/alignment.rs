//! What `compare A B` prints: the themes of two analyses, one beside the other. A hidden theme is named nowhere, and
//! counted.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::layout::{counted, hanging, number, percent, prevalence, width, wrapped};
use super::styled::lines;
use crate::analysis::{AlignedAnalysis, AlignedPair, AlignedTheme, Alignment, Quote, SectionMatch, ThemeRelation};
use crate::stats::matching::Kind;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const SECTION: Style = AnsiColor::Cyan.on_default().bold();
/// The kinds with their headings, in the order of the table.
const KINDS: [(Kind, &str); 7] = [
    (Kind::Matched, "Matched: the same theme in both"),
    (Kind::Split, "Split: one theme of A, several of B"),
    (Kind::Merged, "Merged: several themes of A, one of B"),
    (Kind::Regrouped, "Regrouped: several of A, several of B"),
    (Kind::Alike, "Alike: near each other, but not the same passages"),
    (Kind::OnlyA, "Vanished: in A only"),
    (Kind::OnlyB, "New: in B only"),
];

/// How much to print.
#[derive(Clone, Copy, Debug)]
pub struct AlignmentOptions {
    /// Relations of each kind; 0 for all.
    pub top: usize,
    /// Quotes of each theme.
    pub quotes: usize,
}

/// Prints an alignment; `names`: what the two are called.
///
/// # Errors
/// Those of the writer.
pub fn print(found: &Alignment, names: (&str, &str), options: AlignmentOptions, out: &mut dyn Write) -> io::Result<()> {
    let width = width();
    writeln!(out, "{BOLD}Themes of two analyses{BOLD:#}\n")?;
    for (letter, name, side) in [("A", names.0, &found.a), ("B", names.1, &found.b)] {
        let text = format!(
            "{letter}  {name}: {}, {}, {}",
            side.studies.join(", "),
            counted(side.participants, "participant"),
            counted(side.themes, "theme")
        );
        lines(out, &hanging(&text, 2, 5, width), Style::new())?;
    }
    if found.a.notes != found.b.notes {
        let by = |side: &AlignedAnalysis| match &side.notes {
            Some(whose) => format!("margin notes by {whose} and words"),
            None => "words alone".to_owned(),
        };
        let text = format!(
            "A was clustered by {}, B by {}: themes may differ for that, and passages that both hold lie apart.",
            by(&found.a),
            by(&found.b)
        );
        lines(out, &wrapped(&text, 2, width), Style::new())?;
    }
    writeln!(out)?;
    lines(out, &wrapped(&[summed_up(found), hidden(found)].concat(), 2, width), Style::new())?;
    sections(found, width, out)?;
    for (kind, title) in KINDS {
        let of_kind: Vec<&ThemeRelation> = found.of(kind).filter(|relation| is_shown(relation)).collect();
        if matches!(kind, Kind::OnlyA | Kind::OnlyB) {
            let (both, one): (Vec<_>, Vec<_>) =
                of_kind.into_iter().partition(|relation| found.is_asked_in_both(relation));
            let (here, there) = if kind == Kind::OnlyA { ("A", "B") } else { ("B", "A") };
            print_kind(title, &both, true, options, width, out)?;
            let title = format!("Asked in {here} only, and like nothing in {there}");
            print_kind(&title, &one, true, options, width, out)?;
        } else {
            print_kind(title, &of_kind, false, options, width, out)?;
        }
    }
    footer(width, out)
}

fn print_kind(
    title: &str,
    relations: &[&ThemeRelation],
    alone: bool,
    options: AlignmentOptions,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    if relations.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    lines(out, &wrapped(&format!("{title} ({})", number(relations.len())), 0, width), SECTION)?;
    if alone {
        writeln!(out)?;
    }
    let shown = if options.top == 0 { relations.len() } else { options.top.min(relations.len()) };
    for relation in &relations[..shown] {
        print_relation(relation, alone, options, width, out)?;
    }
    if shown < relations.len() {
        writeln!(out)?;
        lines(out, &wrapped(&format!("and {} more", number(relations.len() - shown)), 2, width), DIM)?;
    }
    Ok(())
}

fn summed_up(found: &Alignment) -> String {
    let words =
        [(Kind::Matched, "matched"), (Kind::Split, "split"), (Kind::Merged, "merged"), (Kind::Regrouped, "regrouped")];
    let mut counts: Vec<String> =
        words.iter().map(|&(kind, word)| format!("{} {word}", number(found.of(kind).count()))).collect();
    let (across, near): (Vec<_>, Vec<_>) = found.of(Kind::Alike).partition(|relation| relation.across_questions);
    counts.push(format!(
        "{} alike, {} of them across questions",
        number(near.len() + across.len()),
        number(across.len())
    ));
    for (kind, here) in [(Kind::OnlyA, "A"), (Kind::OnlyB, "B")] {
        let unasked = found.of(kind).filter(|relation| !found.is_asked_in_both(relation)).count();
        let alone = found.of(kind).count();
        let why =
            if unasked > 0 { format!(", {} of them never asked of the other", number(unasked)) } else { String::new() };
        counts.push(format!("{} in {here} only{why}", number(alone)));
    }
    let mut text = format!("{}.", counts.join("; "));
    match &found.shared {
        Some(shared) => text.push_str(&format!(
            " On the {} that both hold, they agree by {:.2} (ARI) and {:.2} (AMI); 1 is the same partition, 0 chance.",
            counted(shared.passages, "passage"),
            shared.ari,
            shared.ami
        )),
        None => text.push_str(" They share no passages."),
    }
    text
}

fn themes(relation: &ThemeRelation) -> impl Iterator<Item = &AlignedTheme> {
    relation.a.iter().chain(&relation.b)
}

/// Whether a theme of it is not hidden.
fn is_shown(relation: &ThemeRelation) -> bool {
    themes(relation).any(|theme| !theme.hidden)
}

/// ` 2 themes hidden, but counted.`
fn hidden(found: &Alignment) -> String {
    match found.relations.iter().flat_map(themes).filter(|theme| theme.hidden).count() {
        0 => String::new(),
        n => format!(" {} hidden, but counted.", counted(n, "theme")),
    }
}

fn sections(found: &Alignment, width: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out)?;
    if found.sections.is_empty() {
        lines(out, &wrapped("No question of A is asked in B.", 2, width), Style::new())?;
    }
    for pair in &found.sections {
        let why = match pair.why {
            SectionMatch::SameQuestion => "the same question",
            SectionMatch::SamePassages => "the same passages",
            SectionMatch::Closing => "both close the interview",
            SectionMatch::LikeQuestion => "a question like it",
            SectionMatch::Everything => "one side was clustered together, so each is taken as a whole",
        };
        let text = match pair.why {
            SectionMatch::Everything => format!("A and B: {why}"),
            _ => format!("A {} and B {}: {why}: {}", pair.a.join(", "), pair.b.join(", "), pair.questions.0),
        };
        lines(out, &hanging(&text, 2, 4, width), Style::new())?;
    }
    for (letter, side) in [("A", &found.a), ("B", &found.b)] {
        others(letter, side, width, out)?;
    }
    Ok(())
}

fn others(letter: &str, side: &AlignedAnalysis, width: usize, out: &mut dyn Write) -> io::Result<()> {
    if side.other_sections.is_empty() {
        return Ok(());
    }
    let ids: Vec<&str> = side.other_sections.iter().map(|(id, _)| id.as_str()).collect();
    let text = format!("asked in {letter} only: {}", ids.join(", "));
    lines(out, &hanging(&text, 2, 4, width), DIM)
}

fn print_relation(
    relation: &ThemeRelation,
    alone: bool,
    options: AlignmentOptions,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    if !alone {
        writeln!(out)?;
    }
    let style = if alone { Style::new() } else { BOLD };
    for (letter, themes) in [("A", &relation.a), ("B", &relation.b)] {
        for theme in themes {
            if theme.hidden {
                lines(out, &hanging(&format!("{letter} a hidden theme"), 2, 4, width), style)?;
                continue;
            }
            let text = format!("{letter} {}  {}", theme.id, theme.label);
            lines(out, &hanging(&text, 2, theme.id.len() + 6, width), style)?;
            let text = format!("{} · {}", prevalence(&theme.prevalence), counted(theme.mentions, "mention"));
            lines(out, &wrapped(&text, 6, width), Style::new())?;
            quotes(theme, options.quotes, width, out)?;
        }
    }
    if relation.across_questions {
        let questions = relation.a.iter().chain(&relation.b).map(|theme| format!("“{}”", theme.question));
        let questions: Vec<String> = questions.collect();
        lines(out, &wrapped(&format!("asked: {}", questions.join(" and ")), 4, width), DIM)?;
    }
    let several = relation.links.len() > 1;
    let is_hidden = |id: &str, of: &[AlignedTheme]| of.iter().any(|theme| theme.hidden && theme.id == id);
    for link in &relation.links {
        // Of several themes a link says which it joins.
        if several && (is_hidden(&link.a, &relation.a) || is_hidden(&link.b, &relation.b)) {
            continue;
        }
        lines(out, &hanging(&evidence(link, several), 4, 6, width), DIM)?;
    }
    Ok(())
}

fn quotes(theme: &AlignedTheme, wanted: usize, width: usize, out: &mut dyn Write) -> io::Result<()> {
    for quote in theme.quotes.iter().take(wanted) {
        let Quote { text, cut_before, cut_after, .. } = quote;
        let (before, after) = (if *cut_before { "[…] " } else { "" }, if *cut_after { " […]" } else { "" });
        lines(out, &hanging(&format!("“{before}{text}{after}”"), 6, 7, width), Style::new())?;
        lines(out, &wrapped(&format!("— {}", quote.locator()), 8, width), DIM)?;
    }
    Ok(())
}

/// `cosine 0.83 (by chance 0.45) · 78 % of A's passages in B's theme, 71 % of B's in A's`
fn evidence(link: &AlignedPair, several: bool) -> String {
    let pair = if several { format!("{} and {}: ", link.a, link.b) } else { String::new() };
    let mut text = format!("{pair}cosine {:.2} (by chance {:.2})", link.cosine, link.by_chance);
    if let (Some(of_a), Some(of_b)) = (link.of_a, link.of_b) {
        text.push_str(&format!(" · {} of A's passages in B's theme, {} of B's in A's", percent(of_a), percent(of_b)));
    }
    text
}

fn footer(width: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out)?;
    let note = "Matched themes point the same way, by more than random groups do in 99 % of the deals and by a cosine of \
                0.6 at least, and 45 % of the passages of either fall into the other; passages that both analyses \
                have are where each has them, others where `assign` puts them. Alike is less than the same: read \
                both. That a theme is in one analysis only may mean that nobody was asked, that too few answered for \
                any theme, or that its passages went into several themes.";
    lines(out, &wrapped(note, 0, width), DIM)
}
