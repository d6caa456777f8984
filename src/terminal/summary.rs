//! The printed summary of an analysis.

use std::collections::HashMap;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::gate::harmless;
use super::layout::{counted, hanging, number, percent, prevalence, width, wrapped};
use super::method::{accumulation, stability};
use super::styled::{bar_line, lines};
use crate::analysis::{
    Analysis, EditRecord, GeneratedNames, Manifest, MarginNotes, Quote, RecurringSummary, SectionSummary, Status,
    StudyPrevalence, Summary, Theme,
};
use crate::embed::Origin;
use crate::guide::{AskedInStudy, QuestionKind};
use crate::theme::keywords::Keyword;
use crate::theme::naming::GeneratedName;
use crate::theme::numbers::{and_hidden, have_a_code_too, of_all, themes_of_a_passage, were};
use crate::theme::stability::{Firmness, recognised};

/// Keywords shown below the headline of a part or of a recurring theme.
const KEYWORDS_SHOWN: usize = 5;
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const SECTION: Style = AnsiColor::Cyan.on_default().bold();
/// Answers listed where there are too few for themes.
const LISTED: usize = 40;
/// Said above the recurring themes.
const NOT_ONE_OPINION: &str = "On the same matter, not always of the same opinion: read each theme.";
/// Recurring themes shown in full, unless all are asked for.
const RECURRING_SHOWN: usize = 10;

/// How much to print.
#[derive(Clone, Copy, Debug)]
pub struct SummaryOptions {
    /// Themes of each section; 0 for all.
    pub top: usize,
    /// Quotes of each theme.
    pub quotes: usize,
    /// Unclustered units of each section.
    pub unclustered: usize,
    /// The question before each quote.
    pub context: bool,
    /// The margin note below each quote.
    pub show_notes: bool,
}

/// Prints the summary.
///
/// # Errors
/// Those of the writer.
pub fn print(analysis: &Analysis, options: SummaryOptions, out: &mut dyn Write) -> io::Result<()> {
    let width = width();
    let notes = Notes::new(analysis, options);
    header(analysis, width, out)?;
    categories(&analysis.summary, width, out)?;
    recurring(analysis, options, width, out)?;
    for section in &analysis.summary.sections {
        if section.units > 0 {
            print_section(analysis, section, options, &notes, width, out)?;
        }
    }
    footer(analysis, width, out)
}

/// The margin notes that are printed below quotes: those of passages, not of the stretches quoted.
pub(super) struct Notes<'a> {
    of: HashMap<&'a str, &'a str>,
    /// What they are called.
    word: &'static str,
}

impl<'a> Notes<'a> {
    pub(super) fn new(analysis: &'a Analysis, options: SummaryOptions) -> Self {
        let units = analysis.units.iter().filter(|_| options.show_notes);
        let of = units.filter_map(|unit| Some((unit.id.as_str(), unit.note.as_deref()?))).collect();
        let is_a_models = analysis.summary.manifest.notes.as_ref().is_some_and(MarginNotes::are_a_models);
        Self { of, word: if is_a_models { "machine note" } else { "note" } }
    }

    fn print(&self, quote: &Quote, width: usize, out: &mut dyn Write) -> io::Result<()> {
        let Some(note) = self.of.get(quote.unit.as_str()) else { return Ok(()) };
        lines(out, &hanging(&format!("{}: {note}", self.word), 6, 8, width), DIM)
    }
}

pub(super) fn header(analysis: &Analysis, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let summary = &analysis.summary;
    let counts = &summary.counts;
    writeln!(out, "{BOLD}Candidate themes{BOLD:#}\n")?;
    let names: Vec<_> = summary.studies.iter().map(|study| harmless(&study.name)).collect();
    let name_width = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    for (study, name) in summary.studies.iter().zip(&names) {
        let interviews = counted(study.transcripts, "interview");
        let people = counted(study.participants, "participant");
        let answers = counted(study.answers, "answer");
        let padding = " ".repeat(name_width - name.chars().count());
        let counts = format!("{interviews}, {people}, {answers}");
        if name_width + 4 + counts.chars().count() <= width {
            writeln!(out, "  {BOLD}{name}{BOLD:#}{padding}  {counts}")?;
        } else {
            lines(out, &hanging(name, 2, 4, width), BOLD)?;
            lines(out, &wrapped(&counts, 4, width), Style::new())?;
        }
    }
    let divided = format!("{} divided into {}", were(counts.answers, "answer"), counted(counts.units, "passage"));
    let mut sentences = Vec::new();
    match counts.coverage() {
        Some(coverage) if summary.themes().next().is_some() => {
            sentences.push(format!(
                "{divided}: {} in {}, {} unclustered, {} set aside.",
                number(counts.in_themes),
                summary.themes_in_words(),
                number(counts.unclustered),
                number(counts.excluded_total()),
            ));
            let has_codes = summary.themes().any(|theme| theme.code.is_some());
            let who = if has_codes { "They" } else { "Themes" };
            sentences.push(format!("{who} cover {} of what was clustered.", percent(coverage)));
        }
        _ => sentences.push(format!(
            "{divided}{}. No themes.",
            match counts.excluded_total() {
                0 => String::new(),
                _ if counts.units == 1 => ", which was set aside".into(),
                n => format!(", {} of them set aside", number(n)),
            }
        )),
    }
    sentences.extend(firmness(summary));
    let reason = &summary.framing.reason;
    sentences.push(format!("Framed {}{reason}.", if reason.starts_with("all ") { "with " } else { "" }));
    if let Some(subject) = &summary.framing.subject {
        sentences.push(format!(
            "“{}” is what all are about ({} of the passages name it), so naming it makes no theme.",
            subject.word,
            percent(subject.share)
        ));
    }
    sentences.push(model(&summary.manifest));
    sentences.extend(summary.manifest.notes.as_ref().map(MarginNotes::sentence));
    sentences.extend(generated_names(&summary.manifest));
    sentences.extend(edits(summary));
    writeln!(out)?;
    lines(out, &wrapped(&sentences.join(" "), 2, width), Style::new())?;
    Ok(())
}

/// How many themes are to be trusted, where that was measured.
fn firmness(summary: &Summary) -> Option<String> {
    let verdicts: Vec<Firmness> = summary.themes().filter_map(|theme| theme.stability).map(Firmness::new).collect();
    let of = |verdict: Firmness| number(verdicts.iter().filter(|&&found| found == verdict).count());
    let is_open = |theme: &&Theme| theme.stability.is_none() && theme.code.is_none();
    let open = match summary.themes().filter(is_open).count() {
        0 => String::new(),
        n => format!(", {} not measured", number(n)),
    };
    (!verdicts.is_empty()).then(|| {
        let (firm, fair, loose) = (of(Firmness::Firm), of(Firmness::Fair), of(Firmness::Loose));
        let mark = Firmness::Loose.word();
        let are = if firm == "1" { "theme is" } else { "themes are" };
        let told = format!("{firm} {are} firm, {fair} fair, {loose} marked “{mark}”{open}; firm ones come first.");
        if summary.manifest.is_calibrated() {
            told
        } else {
            told + " With these vectors that says little of whether a coder would recognise them (docs/trust.md)."
        }
    })
}

/// What the researcher's codebook did.
fn edits(summary: &Summary) -> Option<String> {
    let edits = &summary.manifest.edits;
    if edits.is_empty() {
        return None;
    }
    let applied = EditRecord::edits(edits, |edit| edit.applied);
    let all = counted(EditRecord::edits(edits, |_| true), "edit");
    let mut text = format!("Of the {all} in codebook.toml, {} applied.", number(applied));
    if let Some(hidden) = summary.hidden_in_words() {
        text.push_str(&format!(" {hidden} hidden, but counted."));
    }
    Some(text)
}

/// Who gave the generated names, and what was sent for them.
fn generated_names(manifest: &Manifest) -> Option<String> {
    let names = manifest.generated_names.as_ref()?;
    let GeneratedNames { address, model, wanted, given, .. } = names;
    let all = if given == wanted { String::new() } else { format!(" (for {} of {})", number(*given), number(*wanted)) };
    Some(format!(
        "Names marked “generated” are {model}'s{all}: keywords and quotes of the themes were sent to {address}."
    ))
}

/// A generated name, beside the label, unless a person has named the theme.
fn print_generated(generated: Option<&GeneratedName>, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let Some(GeneratedName { name, sentence, .. }) = generated else { return Ok(()) };
    lines(out, &hanging(&format!("generated: {name} – {sentence}"), 4, 6, width), DIM)
}

/// What the vectors were made with, and where the text has been for it.
fn model(manifest: &Manifest) -> String {
    let name = &manifest.model.name;
    let mut text = match &manifest.vectors_from {
        Origin::Here => format!("Model: {name}, on this machine."),
        Origin::File { path, .. } => format!("Model: {name}; the vectors were made elsewhere and read from {path}."),
        Origin::Server { address } => {
            format!("Model: {name}. The text of the passages and questions was sent to {address}.")
        }
    };
    if manifest.keywords_by_passages {
        text.push_str(" Keywords were weighed by the passages they occur in, as they have no vectors of their own.");
    }
    text
}

fn recurring(analysis: &Analysis, options: SummaryOptions, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let found: Vec<&RecurringSummary> =
        analysis.summary.recurring.iter().filter(|recurring| !recurring.hidden).collect();
    if found.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{SECTION}Recurring across questions{SECTION:#}")?;
    lines(out, &wrapped(NOT_ONE_OPINION, 4, width), DIM)?;
    let shown = if options.top == 0 { found.len() } else { RECURRING_SHOWN.min(found.len()) };
    for theme in &found[..shown] {
        writeln!(out)?;
        let (hidden, members): (Vec<&Theme>, Vec<&Theme>) =
            theme.themes.iter().filter_map(|id| analysis.summary.theme(id)).partition(|member| member.hidden);
        let both = both_names(theme, &members);
        let name = format!("{}  {}", theme.id, both.as_ref().unwrap_or(&theme.label));
        lines(out, &hanging(&name, 2, theme.id.len() + 4, width), BOLD)?;
        print_generated(theme.generated.as_ref(), width, out)?;
        if theme.headline.is_some() && !theme.keywords.is_empty() {
            lines(out, &hanging(&keywords_line(&theme.keywords), 4, 14, width), DIM)?;
        }
        bar_line(out, theme.prevalence.share, &prevalence(&theme.prevalence), 4, width)?;
        if theme.by_study.len() > 1 {
            lines(out, &wrapped(&by_study(&theme.by_study), 4, width), DIM)?;
        }
        let named = |member: &&Theme| match both {
            Some(_) => member.id.clone(),
            None => format!("{} {}", member.id, member.label),
        };
        let mut members: Vec<String> = members.iter().map(named).collect();
        if !hidden.is_empty() {
            members.push(format!("{} hidden", hidden.len()));
        }
        lines(out, &wrapped(&members.join(" · "), 4, width), DIM)?;
    }
    if shown < found.len() {
        let short = |it: &&RecurringSummary| format!("{} {} ({})", it.id, it.label, it.prevalence.participants);
        let rest: Vec<String> = found[shown..].iter().map(short).collect();
        writeln!(out)?;
        lines(out, &wrapped(&format!("And {} more: {}", rest.len(), rest.join("; ")), 4, width), DIM)?;
    }
    Ok(())
}

/// The names of both themes of a recurring one where they have names of their own, as they may say different things;
/// `None` where a person named it, or it joins another number of `members`.
fn both_names(theme: &RecurringSummary, members: &[&Theme]) -> Option<String> {
    let [one, other] = members else { return None };
    let is_one_of_theirs = [&one.label, &other.label].contains(&&theme.label);
    let is_named = theme.edited.iter().any(|edit| edit == "name");
    let have_two = one.label != other.label && is_one_of_theirs && !is_named;
    have_two.then(|| format!("{} / {}", one.label, other.label))
}

pub(super) fn categories(summary: &Summary, width: usize, out: &mut dyn Write) -> io::Result<()> {
    if summary.categories.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{SECTION}Categories{SECTION:#}")?;
    for category in &summary.categories {
        writeln!(out)?;
        lines(out, &hanging(&category.name, 2, 4, width), BOLD)?;
        let people = format!("{} · {}", prevalence(&category.prevalence), counted(category.mentions, "mention"));
        bar_line(out, category.prevalence.share, &people, 4, width)?;
        if category.by_study.len() > 1 {
            lines(out, &wrapped(&by_study(&category.by_study), 4, width), DIM)?;
        }
        if let Some(description) = &category.description {
            lines(out, &wrapped(description, 4, width), Style::new())?;
        }
        let (members, hidden) = summary.members_of(category);
        let members = members.iter().map(|member| format!("{} {}", member.id, member.label));
        let members: Vec<String> = members.chain(and_hidden(hidden)).collect();
        lines(out, &wrapped(&members.join(" · "), 4, width), DIM)?;
    }
    Ok(())
}

/// `keywords: rota, swaps, night shift`
fn keywords_line(keywords: &[Keyword]) -> String {
    let terms: Vec<&str> = keywords.iter().take(KEYWORDS_SHOWN).map(|keyword| keyword.term.as_str()).collect();
    format!("keywords: {}", terms.join(", "))
}

/// `hospital 9 of 30 (30 %) · homecare 10 of 30 (33 %)`
fn by_study(studies: &[StudyPrevalence]) -> String {
    let each: Vec<String> = studies
        .iter()
        .map(|study| {
            let people = &study.prevalence;
            let share = people.share.map(percent).unwrap_or_default();
            format!("{} {} of {} ({share})", study.study, number(people.participants), number(people.asked))
        })
        .collect();
    each.join(" · ")
}

/// A section's id and question.
pub(super) fn print_heading(id: &str, question: &str, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let (title, indent) = match (id, question) {
        ("T", _) => ("All answers together".to_string(), 0),
        (id, "") => (format!("{id}  Answers outside the guide"), id.len() + 2),
        (id, question) => (format!("{id}  {question}"), id.len() + 2),
    };
    lines(out, &hanging(&title, 0, indent, width), SECTION)
}

fn print_section(
    analysis: &Analysis,
    section: &SectionSummary,
    options: SummaryOptions,
    notes: &Notes,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out)?;
    print_heading(&section.id, &section.question, width, out)?;
    let mut facts = vec![asked(&section.asked), counted(section.units, "passage")];
    if section.kind == QuestionKind::Closing {
        facts.push("closing question".into());
    }
    if section.unclustered > 0 && section.no_themes_because.is_none() {
        facts.push(format!("{} unclustered", number(section.unclustered)));
    }
    lines(out, &wrapped(&facts.join(" · "), 4, width), DIM)?;
    if let Some(reason) = &section.no_themes_because {
        writeln!(out)?;
        lines(out, &wrapped(&format!("No themes: {reason}. The answers:"), 4, width), Style::new())?;
        return list_answers(analysis, section, width, out);
    }
    if let Some(missing) = section.shortfall {
        let text = format!("{} fewer than asked for: the rest did not hold together.", counted(missing, "theme"));
        lines(out, &wrapped(&text, 4, width), DIM)?;
    }
    let mut themes: Vec<&Theme> = section.themes.iter().filter(|theme| !theme.hidden).collect();
    // Firm ones first; among equals the order stays, most participants first.
    themes.sort_by_key(|theme| theme.stability.map(Firmness::new));
    let is_calibrated = analysis.summary.manifest.is_calibrated();
    let (summary, with_code) = (&analysis.summary, HashMap::new());
    let printing = Printing { summary, section, options, notes, is_calibrated, with_code, width };
    printing.themes(&themes, |rest| if rest == 1 { " theme" } else { " themes" }, out)?;
    printing.isolated(out)
}

/// What is printed of a section's themes and passages, and how.
pub(super) struct Printing<'a> {
    pub(super) summary: &'a Summary,
    pub(super) section: &'a SectionSummary,
    pub(super) options: SummaryOptions,
    pub(super) notes: &'a Notes<'a>,
    /// Whether stability says what a coder would recognise.
    pub(super) is_calibrated: bool,
    /// For each theme beside given codes how many of its passages have a code, too.
    pub(super) with_code: HashMap<&'a str, usize>,
    pub(super) width: usize,
}

impl Printing<'_> {
    /// As many themes as were asked for, and the names of the rest; `what` calls so many of them.
    pub(super) fn themes(
        &self,
        themes: &[&Theme],
        what: impl Fn(usize) -> &'static str,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let shown = if self.options.top == 0 { themes.len() } else { self.options.top.min(themes.len()) };
        let (shown, rest) = themes.split_at(shown);
        shown.iter().try_for_each(|theme| self.theme(theme, out))?;
        if rest.is_empty() {
            return Ok(());
        }
        let labels: Vec<String> = rest.iter().map(|theme| in_short(theme)).collect();
        writeln!(out)?;
        let text = format!("And {} more{}: {}", number(rest.len()), what(rest.len()), labels.join("; "));
        lines(out, &wrapped(&text, 4, self.width), DIM)
    }

    /// The unclustered units that are least like anything else.
    pub(super) fn isolated(&self, out: &mut dyn Write) -> io::Result<()> {
        let isolated = &self.section.isolated;
        let shown = &isolated[..self.options.unclustered.min(isolated.len())];
        if shown.is_empty() {
            return Ok(());
        }
        writeln!(out)?;
        lines(out, &wrapped("Unclustered, the most isolated first", 2, self.width), BOLD)?;
        shown.iter().try_for_each(|unit| self.quote(&unit.quote, out))
    }

    /// With its margin note, where these are shown.
    fn quote(&self, quote: &Quote, out: &mut dyn Write) -> io::Result<()> {
        print_quote(quote, self.options.context, self.width, out)?;
        self.notes.print(quote, self.width, out)
    }

    fn theme(&self, theme: &Theme, out: &mut dyn Write) -> io::Result<()> {
        let width = self.width;
        writeln!(out)?;
        let heading = hanging(&format!("{}  {}", theme.id, theme.label), 2, theme.id.len() + 4, width);
        lines(out, &heading, BOLD)?;
        if !theme.edited.iter().any(|edit| edit == "name") {
            print_generated(theme.generated.as_ref(), width, out)?;
        }
        let unchecked = if theme.unchecked().is_some() { " · not checked" } else { "" };
        let people = format!("{} · {}{unchecked}", prevalence(&theme.prevalence), counted(theme.mentions, "mention"));
        bar_line(out, theme.prevalence.share, &people, 4, width)?;
        if let Some(too) = self.with_code.get(theme.id.as_str()).and_then(|&n| have_a_code_too(n)) {
            lines(out, &wrapped(&too, 4, width), DIM)?;
        }
        if theme.by_study.len() > 1 {
            lines(out, &wrapped(&by_study(&theme.by_study), 4, width), DIM)?;
        }
        if let Some(description) = &theme.description {
            lines(out, &wrapped(description, 4, width), Style::new())?;
        }
        if let Some(memo) = &theme.memo {
            lines(out, &hanging(&format!("note: {memo}"), 4, 10, width), Style::new())?;
        }
        if !theme.edited.is_empty() {
            let merged =
                if theme.merged.is_empty() { String::new() } else { format!(" ({})", theme.merged.join(", ")) };
            let edited: Vec<String> = theme
                .edited
                .iter()
                .map(|edit| if edit == "merge" { format!("{edit}{merged}") } else { edit.clone() })
                .collect();
            lines(out, &wrapped(&format!("edited by hand: {}", edited.join(", ")), 4, width), DIM)?;
        }
        let in_label: Vec<&str> = theme.label.split(", ").collect();
        let by_keywords = !theme.is_by_hand()
            && theme.headline.is_none()
            && theme.code.is_none()
            && !theme.edited.iter().any(|edit| edit == "name");
        let more_word = if by_keywords { "also" } else { "keywords" };
        let more: Vec<&str> = theme
            .keywords
            .iter()
            .map(|keyword| keyword.term.as_str())
            .filter(|term| !in_label.contains(term))
            .collect();
        if !more.is_empty() {
            lines(out, &hanging(&format!("{more_word}: {}", more.join(", ")), 4, 6 + more_word.len(), width), DIM)?;
        }
        if let Some(stability) = theme.stability {
            let mut text = format!("{}: stability {stability:.2}", Firmness::new(stability).word());
            if self.is_calibrated {
                text += &format!(", {} of such themes are a coder's too", percent(recognised(stability)));
            }
            lines(out, &wrapped(&text, 4, width), DIM)?;
        } else if let Some(why) = theme.why_unmeasured() {
            lines(out, &wrapped(&format!("stability: {why}"), 4, width), DIM)?;
        } else if let Some(mark) = theme.unchecked() {
            lines(out, &wrapped(mark, 4, width), DIM)?;
        }
        if let Some(recurring) = self.summary.shown_recurring(theme) {
            lines(out, &wrapped(&format!("recurs in other questions: {}", recurring.id), 4, width), DIM)?;
        }
        if theme.follows_the_question {
            lines(out, &wrapped("follows the question: nearly all of it answers one question", 4, width), DIM)?;
        }
        for part in &theme.sub_themes {
            let text = format!("{}  {} – {}", part.id, part.label, prevalence(&part.prevalence));
            lines(out, &hanging(&text, 4, 6 + part.id.len(), width), Style::new())?;
            if part.headline.is_some() && !part.keywords.is_empty() {
                let indent = 6 + part.id.len();
                lines(out, &hanging(&keywords_line(&part.keywords), indent, indent + 10, width), DIM)?;
            }
        }
        if !theme.sub_themes.is_empty() {
            let share = percent(theme.mentions as f64 / self.section.units.max(1) as f64);
            let broad = format!("a broad theme ({share} of the section), with its parts above");
            lines(out, &wrapped(&broad, 4, width), DIM)?;
        }
        theme.quotes.iter().take(self.options.quotes).try_for_each(|quote| self.quote(quote, out))
    }
}

/// `Q1.5 there's a menu (6, do not rely on it)`
fn in_short(theme: &Theme) -> String {
    let loose = theme.stability.map(Firmness::new).filter(|verdict| *verdict == Firmness::Loose);
    let mark = loose.map(Firmness::word).or(theme.unchecked()).map(|mark| format!(", {mark}")).unwrap_or_default();
    format!("{} {} ({}{mark})", theme.id, theme.label, theme.prevalence.participants)
}

pub(super) fn print_quote(quote: &Quote, context: bool, width: usize, out: &mut dyn Write) -> io::Result<()> {
    if context && !quote.question.is_empty() {
        lines(out, &hanging(&format!("asked: {}", quote.question), 4, 11, width), DIM)?;
    }
    let before = if quote.cut_before { "[…] " } else { "" };
    let after = if quote.cut_after { " […]" } else { "" };
    lines(out, &hanging(&format!("“{before}{}{after}”", quote.text), 4, 5, width), Style::new())?;
    let pinned = if quote.pinned { " · pinned" } else { "" };
    lines(out, &wrapped(&format!("— {}{pinned}", quote.locator()), 6, width), DIM)
}

fn list_answers(analysis: &Analysis, section: &SectionSummary, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let listed: Vec<_> = analysis
        .units
        .iter()
        .filter(|unit| unit.section.as_deref() == Some(&section.id) && unit.status == Status::Unclustered)
        .collect();
    for unit in listed.iter().take(LISTED) {
        lines(out, &hanging(&format!("“{}”", unit.text), 4, 5, width), Style::new())?;
        let locator = format!("— {}", unit.locator());
        lines(out, &wrapped(&locator, 6, width), DIM)?;
    }
    if listed.len() > LISTED {
        let rest = counted(listed.len() - LISTED, "more passage");
        lines(out, &wrapped(&format!("and {rest}; `export --to csv` lists all"), 4, width), DIM)?;
    }
    Ok(())
}

pub(super) fn footer(analysis: &Analysis, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let counts = &analysis.summary.counts;
    writeln!(out)?;
    let mut notes = Vec::new();
    if counts.excluded_total() > 0 {
        let reasons: Vec<String> =
            counts.excluded.iter().map(|(reason, units)| format!("{reason} {}", number(*units))).collect();
        notes.push(format!("Set aside before clustering: {}.", reasons.join(", ")));
    }
    if counts.in_themes > 0 {
        let of_a_passage = themes_of_a_passage(analysis.has_several_themes_a_passage());
        notes.push(format!(
            "Percentages are of the participants who were asked, with Wilson 95 % intervals; a participant counts \
             once a theme. {of_a_passage}"
        ));
    }
    notes.extend(stability(&analysis.summary));
    notes.extend(accumulation(&analysis.summary.accumulation));
    lines(out, &wrapped(&notes.join(" "), 0, width), DIM)
}

/// `asked of 123 of 125 (creatives), 598 of 600 (workforce)`
fn asked(studies: &[AskedInStudy]) -> String {
    if let [only] = studies {
        return format!("answered by {}", of_all(only.asked, only.participants, "participant"));
    }
    let (reached, others): (Vec<_>, Vec<_>) = studies.iter().partition(|study| study.asked > 0);
    let people: Vec<String> = reached
        .iter()
        .map(|study| format!("{} of {} {}", number(study.asked), number(study.participants), study.study))
        .collect();
    let mut text = format!("answered by {}", people.join(", "));
    if !others.is_empty() {
        let names: Vec<&str> = others.iter().map(|study| study.study.as_str()).collect();
        text.push_str(&format!("; not asked in {}", names.join(", ")));
    }
    text
}
