//! What this program wrote itself, lying where interviews are looked for.
//!
//! In: a folder, the text of a file, or the columns and ids of a table. Out: what it is, as a phrase:
//! a saved analysis, a table of assignments, a coding sheet, what a command printed. It judges by what only this program
//! writes, never by a file's name, and it never reads an interview. A project of ours holds interviews, and is one of
//! our outputs only beside the same interviews.

mod lines;

use std::collections::{HashMap, HashSet};
use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::by_lines::ByLines;
use super::opening;

/// The file by which a folder is a saved analysis.
const SUMMARY: &str = "analysis.json";
/// The files of one; interviews may lie beside them.
pub(crate) const FILES: [&str; 4] = [SUMMARY, "answers.parquet", "vectors.npy", "codebook.toml"];

/// Whether a folder holds a saved analysis of this program.
pub(crate) fn is_analysis(folder: &Path) -> bool {
    let path = folder.join(SUMMARY);
    path.is_file() && opening::read(&path, opening::LARGEST_TABLE).is_ok_and(|bytes| is_summary(&bytes))
}

/// What tells an `analysis.json` of this program, or the same exported, from another's.
#[derive(Deserialize)]
struct Marks {
    #[serde(rename = "schema_version")]
    _schema_version: u32,
    manifest: Program,
}

#[derive(Deserialize)]
struct Program {
    program: String,
}

fn is_summary(bytes: &[u8]) -> bool {
    serde_json::from_slice::<Marks>(bytes).is_ok_and(|marks| marks.manifest.program.starts_with("leitmotif"))
}

/// What a text is, where this program wrote it and it is no table.
pub(crate) fn text(text: &str) -> Option<&'static str> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if is_report(text) {
        return Some("a report");
    }
    if is_markdown(text) {
        return Some(MARKDOWN);
    }
    let opens = text.starts_with('{') && text.contains("\"schema_version\"") && text.contains("\"manifest\"");
    if opens && is_summary(text.as_bytes()) {
        return Some("a saved analysis in JSON");
    }
    lines::told(text).or_else(|| printed_as_json(text)).or_else(|| printed(text))
}

const MARKDOWN: &str = "the themes of an analysis in Markdown";

/// How the themes begin, and the line below that holds their numbers.
const TITLE: &str = "Candidate themes: ";
const NUMBERS: [&str; 4] = [" passage", " are in ", " unclustered and ", " excluded"];

/// Whether a text is the themes in Markdown, below a heading of somebody's own or not, and as it reads in Word.
fn is_markdown(text: &str) -> bool {
    let has_numbers = |line: &str| line.starts_with("Of ") && NUMBERS.iter().all(|part| line.contains(part));
    let is_table = |line: &str| line.starts_with("| study | interviews | participants |");
    let head = &text[..text.floor_char_boundary(HEAD)];
    let Some(title) = head.by_lines().position(|line| line.trim_start_matches(['#', ' ']).starts_with(TITLE)) else {
        return false;
    };
    let below = || text[..text.floor_char_boundary(PRINTED_HEAD)].by_lines().skip(title + 1).map(str::trim);
    below().any(is_table) || below().any(has_numbers)
}

/// What the text of a document is, such as a Word file that the themes were copied into.
pub(super) fn document(text: &str) -> Option<&'static str> {
    if is_markdown(text) {
        return Some(MARKDOWN);
    }
    let text = &text[..text.floor_char_boundary(PRINTED_HEAD)];
    let mut lines = text.by_lines().map(str::trim).filter(|line| !line.is_empty());
    if has_bars(text) {
        return Some("printed themes");
    }
    let opening: Vec<&str> = lines.clone().take(LINES_ABOVE).collect();
    let is_page = |of: &[&str]| of[0] == REPORT_TOP[0] && of[1] == REPORT_TOP[1] && of[2].starts_with(REPORT_TOP[2]);
    if opening.windows(3).any(is_page) {
        return Some("a report");
    }
    if opening.windows(3).any(|of| is_inspection([of[0], of[1], of[2]])) {
        return Some("an inspection");
    }
    lines.by_ref().take(LINES_ABOVE).find(|line| *line == "Candidate themes")?;
    let counts = lines.next().is_some_and(|line| line.contains(" interview") && line.contains(" participant"));
    let below = lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
    (counts && below.contains(" divided into ") && below.contains("Framed ")).then_some("printed themes")
}

/// Whether three lines are those with which an inspection begins.
fn is_inspection([study, of, turns]: [&str; 3]) -> bool {
    let has = |line: &str, parts: [&str; 2]| parts.iter().all(|part| line.contains(part));
    let is_number = |line: &str| line.starts_with(|c: char| c.is_ascii_digit());
    study.starts_with("study ")
        && (is_number(of) && has(of, [" transcript", " participant"]))
        && (is_number(turns) && has(turns, [" participant turn", " interviewer turn"]))
}

/// Lines of somebody's own above what was copied into a document.
const LINES_ABOVE: usize = 10;

/// Whether the list of a REFI-QDA project says that this program wrote it.
pub(super) fn is_project(list: &str) -> bool {
    let head = &list[..list.floor_char_boundary(HEAD)];
    head.find("<Project ").is_some_and(|at| {
        let tag = &head[at..];
        tag[..tag.find('>').unwrap_or(tag.len())].contains(" origin=\"Leitmotif ")
    })
}

/// Words from which on a turn that comes twice is no coincidence, and the share of such turns that come again where
/// it is the same interview: names may have become pseudonyms.
const TELLING_TURN: usize = 6;
const SAME_INTERVIEW: f64 = 0.75;

/// Whether each of some interviews, turns by turns, is among what is said elsewhere.
pub(super) fn all_repeated<'a>(
    interviews: impl Iterator<Item = Vec<&'a str>>,
    elsewhere: impl Iterator<Item = &'a str>,
) -> bool {
    let words = |text: &str| -> Option<String> {
        let words: Vec<String> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        (words.len() >= TELLING_TURN).then(|| words.join(" "))
    };
    let known: HashSet<String> = elsewhere.filter_map(words).collect();
    let mut interviews = interviews.peekable();
    !known.is_empty()
        && interviews.peek().is_some()
        && interviews.all(|turns| {
            let turns: Vec<String> = turns.into_iter().filter_map(words).collect();
            let again = turns.iter().filter(|turn| known.contains(*turn)).count();
            again > 0 && again as f64 >= turns.len() as f64 * SAME_INTERVIEW
        })
}

/// What commands print with `--json`, by fields that nobody else's have together.
const PRINTED_FIELDS: [(&[&str], &str); 5] = [
    (
        &["inputs", "studies", "roles", "guide", "clustered_on", "excluded_examples", "mojibake_repaired"],
        "an inspection",
    ),
    (&["schema_version", "program", "same_participants", "left_out", "shuffles", "themes"], "a comparison"),
    (&["a", "b", "sections", "shared", "relations"], "two analyses side by side"),
    (&["studies", "counts", "known_participants", "unclustered_before", "unknown_questions"], "an assignment"),
    (&["level", "draws", "coders"], "an evaluation"),
];

fn printed_as_json(text: &str) -> Option<&'static str> {
    let may_be = |fields: &[&str]| fields.iter().all(|field| text.contains(&format!("\"{field}\"")));
    let (fields, what) = PRINTED_FIELDS.iter().find(|(fields, _)| text.starts_with('{') && may_be(fields))?;
    let found: HashMap<String, IgnoredAny> = serde_json::from_str(text).ok()?;
    fields.iter().all(|field| found.contains_key(*field)).then_some(*what)
}

/// What commands print on standard output, redirected to a file, warnings above it or not.
fn printed(text: &str) -> Option<&'static str> {
    let mut text = text;
    while text.starts_with("warning: ") {
        text = text.split_once('\n')?.1;
    }
    if is_of_edits(text) {
        return Some("what became of edits");
    }
    if is_list_of_models(text) {
        return Some("a list of models");
    }
    if !PRINTED_TITLES.iter().any(|title| text.starts_with(title)) {
        return has_bars(text).then_some("printed themes");
    }
    let text = &text[..text.floor_char_boundary(PRINTED_HEAD)];
    let lines: Vec<&str> = text.by_lines().map(str::trim_end).collect();
    let has = |line: &str| lines.contains(&line);
    let begins = |part: &str| lines.iter().any(|line| line.starts_with(part));
    let is_set_off = || lines.get(1) == Some(&"") && lines.get(2).is_some_and(|line| line.starts_with("  "));
    let holds = |part: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").contains(part);
    match *lines.first()? {
        first if first.starts_with("study ") => {
            let counts =
                |line: &&str| line.starts_with("  ") && line.contains(" transcript") && line.contains(" participant");
            (lines.iter().any(counts) && has("speakers") && begins("  participants: ")).then_some("an inspection")
        }
        "Candidate themes" => (is_set_off() && holds(" divided into ") && holds("Framed ")).then_some("printed themes"),
        "New interviews among known themes" => (is_set_off() && holds(" divided into ")).then_some("an assignment"),
        "Themes of two analyses" => {
            (is_set_off() && begins("  A ") && begins("  B ")).then_some("two analyses side by side")
        }
        first if first.starts_with("Themes compared by ") => {
            let findings = ["Clear differences (", "Likely differences (", "No clear difference (", "Too few to say ("];
            (lines.get(1) == Some(&"") && findings.into_iter().any(begins)).then_some("a comparison")
        }
        first if first.starts_with("Codes of ") && first.ends_with(" against the themes") => {
            is_set_off().then_some("an evaluation")
        }
        _ => None,
    }
}

/// Whether a text ends as what `codebook` prints does: `2 of 3 edits applied`, `1 of 3 edits would be applied`,
/// `1 of 3 edits applied already, 2 would be applied`.
fn is_of_edits(text: &str) -> bool {
    let last = text.trim_end().rsplit('\n').next().unwrap_or_default();
    let words: Vec<&str> = last.split(' ').collect();
    let [n, "of", all, "edit" | "edits", done @ ..] = &words[..] else { return false };
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let is_done = match done {
        ["applied"] | ["would", "be", "applied"] => true,
        ["applied", "already,", more, "would", "be", "applied"] => is_number(more),
        _ => false,
    };
    is_number(n) && is_number(all) && is_done
}

/// Whether a text begins with the titles that `models list` prints.
fn is_list_of_models(text: &str) -> bool {
    let first = text.by_lines().next().unwrap_or_default();
    first.split_whitespace().eq(["model", "languages", "dims", "window", "MB", "here"])
}

/// Whether a text holds two bars of themes, which stand in front of their numbers: `█▎···· 2 of 9 participants (22 %,
/// 6–55)`. Their head may be cut off.
fn has_bars(text: &str) -> bool {
    const NUMBERS: &str = " participants (";
    let head = &text[..text.floor_char_boundary(PRINTED_HEAD)];
    let is_bar = |word: &str| word.chars().count() == BAR && word.chars().all(|c| matches!(c, '█'..='▏' | '·'));
    let is_of_theme = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().take(4).collect();
        matches!(words[..], [bar, _, "of", _] if is_bar(bar)) && line.contains(NUMBERS)
    };
    head.contains(NUMBERS) && head.by_lines().filter(|line| is_of_theme(line)).nth(1).is_some()
}

/// Characters of such a bar.
const BAR: usize = 12;

/// How what is printed begins.
const PRINTED_TITLES: [&str; 6] = [
    "study ",
    "Candidate themes",
    "New interviews among known themes",
    "Themes of two analyses",
    "Themes compared by ",
    "Codes of ",
];
/// Bytes within which what was printed shows what it is.
const PRINTED_HEAD: usize = 64 << 10;

/// How a report begins: no other page lets only its own style and script run, sends no address and stands in no
/// index, in this order.
const REPORT: [&str; 4] = [
    "<!DOCTYPE html>\n<html lang=\"en\">",
    "content=\"default-src 'none'; script-src 'sha256-",
    "<meta name=\"referrer\" content=\"no-referrer\">",
    "<meta name=\"robots\" content=\"noindex\">",
];
/// How it begins where only its words were kept, as in Word.
const REPORT_TOP: [&str; 3] = ["Skip to the content", "Leitmotif", "Candidate themes in "];
/// Bytes of a page within which that stands.
pub(crate) const HEAD: usize = 4096;

/// Whether the page that begins with `text` is a report of this program.
pub(crate) fn is_report(text: &str) -> bool {
    let mut rest = &text[..text.floor_char_boundary(HEAD)];
    text.starts_with(REPORT[0])
        && REPORT.iter().all(|mark| match rest.split_once(mark) {
            Some((_, below)) => {
                rest = below;
                true
            }
            None => false,
        })
}

/// Tables by columns that nobody else's have together.
const TABLES: [(&[&str], &str); 9] = [
    (&["coder", "disagreement", "unit", "codes", "theme", "theme_label"], "a table of disagreements"),
    (&["unit", "study", "participant", "answer", "section", "status", "theme"], "a table of assignments"),
    (&["section", "section_question", "theme", "label", "keywords", "mentions"], "a table of themes"),
    (&["theme", "theme_label", "rank", "kind", "quote", "locator"], "a table of quotes"),
    (&["tag", "description", "number of highlights", "number of documents"], "a codebook"),
    (&["theme", "theme_label", "section", "verdict", "finding", "effect"], "a table of comparisons"),
    (&["theme", "theme_label", "hidden", "by", "group", "asked"], "a table of themes by group"),
    (&["theme", "theme_label", "hidden", "section", "question_number", "asked"], "a table of themes by question"),
    (&["theme_a", "theme_a_label", "theme_b", "theme_b_label", "passages_both"], "a table of themes by themes"),
];

/// What a table with these columns is, where this program wrote it.
pub(crate) fn table(header: &[String]) -> Option<&'static str> {
    let has = |name: &&str| header.iter().any(|title| title == name);
    TABLES.iter().find(|(columns, _)| columns.iter().all(has)).map(|(_, what)| *what)
}

/// What a table is in which no column holds words, where this program wrote it: participants by themes, which are
/// called `Q1.2` or `T3`, or by pseudonyms.
pub(crate) fn without_words(header: &[String]) -> Option<&'static str> {
    let titles: Vec<&str> = header.iter().map(String::as_str).collect();
    match titles[..] {
        ["study", "participant", "pseudonym"] | ["participant", "pseudonym"] => Some("a table of pseudonyms"),
        ["study", "participant", first, ..] if is_theme(first) => Some("a table of participants by themes"),
        _ => None,
    }
}

fn is_theme(title: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let of_question = title.strip_prefix('Q').and_then(|rest| rest.split_once('.'));
    of_question.is_some_and(|(question, theme)| digits(question) && digits(theme))
        || title.strip_prefix('T').is_some_and(digits)
}

/// Columns of the texts that are exported to be embedded elsewhere, and those of a checklist of names.
const TEXTS: [&str; 3] = ["id", "kind", "text"];
const CHECKLIST: [&str; 4] = ["unit", "kind", "text", "place"];

/// What the rows of a table show of it: a column of ids of passages, as only this program gives them,
/// `study/participant#2` and `study/participant#2.1`; in [`TEXTS`] questions stand beside them, in a [`CHECKLIST`]
/// some rows have none.
pub(crate) struct Rows {
    n: usize,
    /// Columns in which nothing else stands.
    of_units: Vec<usize>,
    /// Those of the ids and the kinds of texts.
    of_texts: Option<[usize; 2]>,
    /// That of the passages to check.
    of_check: Option<usize>,
}

/// The columns by which [`Rows`] tell a table of texts or a checklist, where a reader takes no others.
pub(crate) fn telling_columns(header: &[String]) -> Vec<usize> {
    let place = |title: &&str| header.iter().position(|other| other == title);
    let all = |titles: &[&str]| titles.iter().map(place).collect::<Option<Vec<usize>>>();
    all(&TEXTS).or_else(|| all(&CHECKLIST).filter(|_| header.len() == CHECKLIST.len())).unwrap_or_default()
}

impl Rows {
    /// Before the first row.
    pub(crate) fn of(header: &[String]) -> Self {
        let place = |title: &str| header.iter().position(|other| other == title);
        let has_all = |titles: &[&str]| titles.iter().all(|title| place(title).is_some());
        Self {
            n: 0,
            of_units: (0..header.len()).collect(),
            of_texts: place("id").zip(place("kind")).filter(|_| has_all(&TEXTS)).map(<[usize; 2]>::from),
            of_check: place("unit").filter(|_| header.len() == CHECKLIST.len() && has_all(&CHECKLIST)),
        }
    }

    /// Takes the next row.
    pub(crate) fn push(&mut self, cells: &[&str]) {
        let cell = |column: usize| cells.get(column).copied().unwrap_or_default().trim();
        self.n += 1;
        self.of_units.retain(|&column| is_unit(cell(column)));
        self.of_texts = self.of_texts.filter(|&[id, kind]| is_text(cell(id), cell(kind)));
        self.of_check = self.of_check.filter(|&unit| cell(unit).is_empty() || is_unit(cell(unit)));
    }

    /// What the table is, where this program wrote it.
    pub(crate) fn told(&self) -> Option<&'static str> {
        match self {
            Self { n: 0, .. } => None,
            Self { of_texts: Some(_), .. } => Some("texts to embed"),
            Self { of_check: Some(_), .. } => Some("a checklist of names"),
            Self { of_units, .. } => (!of_units.is_empty()).then_some("a table of passages"),
        }
    }
}

/// Whether a text to embed has the id that one of its kind has: `question:5f…`.
fn is_text(id: &str, kind: &str) -> bool {
    let is_of_kind = || id.strip_prefix(kind).is_some_and(|rest| rest.starts_with(':'));
    if kind == "unit" { is_unit(id) } else { !kind.is_empty() && is_of_kind() }
}

fn is_unit(id: &str) -> bool {
    let Some((who, number)) = id.rsplit_once('#') else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let numbered = match number.split_once('.') {
        Some((answer, passage)) => digits(answer) && digits(passage),
        None => digits(number),
    };
    numbered && who.split_once('/').is_some_and(|(study, person)| !study.is_empty() && !person.is_empty())
}

#[cfg(test)]
mod tests;
