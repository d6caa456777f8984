//! Tables of a Word document that hold a transcript in one column, and beside it what researchers wrote on it:
//! codes, memos, notes.
//!
//! In: the rows of a table without a column of speakers. Out: which column holds the transcript, by the titles
//! of all, or since its cells alone start with speakers; or that it is no such table. It never reads what stands
//! beside.

use std::collections::{HashMap, HashSet};

use super::super::super::by_lines::ByLines;
use super::super::super::labels;
use super::super::super::speakers::{Names, key};
use super::body::{Paragraph, Row, words};

/// A column of a table with a transcript, and what stands beside it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Margin {
    column: usize,
    /// Cells of a full row.
    n: usize,
    has_header: bool,
    /// What the other columns are called.
    pub(super) others: Vec<String>,
}

/// Titles of a column with a transcript, as a whole or by their last word.
const TRANSCRIPT: &[&str] = &[
    "transcript",
    "transcription",
    "transcripts",
    "text",
    "interview",
    "data",
    "excerpt",
    "dialogue",
    "dialog",
    "conversation",
    "verbatim",
    "transkript",
    "transkription",
    "gespräch",
    "texte",
    "entretien",
    "transcripción",
    "entrevista",
    "texto",
    "trascrizione",
    "intervista",
    "testo",
    "transcriptie",
    "tekst",
];
/// Words in the titles of what researchers write beside it.
#[rustfmt::skip]
const WRITTEN: &[&str] = &[
    "code", "codes", "coding", "codings", "theme", "themes", "subtheme", "subthemes", "sub-theme", "sub-themes",
    "category", "categories", "subcategory", "subcategories", "memo", "memos", "note", "notes", "comment",
    "comments", "remark", "remarks", "observation", "observations", "reflection", "reflections", "analysis",
    "interpretation", "keyword", "keywords", "annotation", "annotations", "summary", "kode", "kodes",
    "kodierung", "kodierungen", "kategorie", "kategorien", "subkategorie", "unterkategorie", "oberkategorie",
    "notiz", "notizen", "anmerkung", "anmerkungen", "kommentar", "kommentare", "bemerkung", "bemerkungen",
    "thema", "themen", "paraphrase", "paraphrasen", "generalisierung", "reduktion", "catégorie", "catégories",
    "commentaire", "commentaires", "thème", "thèmes", "remarque", "remarques", "código", "códigos", "codigo",
    "codigos", "categoría", "categorías", "comentario", "comentarios", "nota", "notas", "tema", "temas", "codice",
    "codici", "categoria", "commento", "commenti", "opmerking", "opmerkingen",
];
/// Titles of columns that count.
#[rustfmt::skip]
const COUNTS: &[&str] = &[
    "", "#", "no", "no.", "nr", "nr.", "number", "line", "lines", "line number", "line no.", "zeile", "zeilen", "time",
    "timestamp", "zeit", "turn", "ligne", "línea", "linea", "regel",
];
/// A title has no more words.
const TITLE_WORDS: usize = 4;
/// The most columns.
const MAX_COLUMNS: usize = 8;
/// Without titles so many cells start with a speaker at least.
const FEWEST: usize = 3;

/// Finds the column of the transcript.
pub(super) fn find(rows: &[Row], names: &Names) -> Option<Margin> {
    let n = usual_width(rows, MAX_COLUMNS)?;
    titled(rows, n).or_else(|| labelled(rows, n, names))
}

/// Whether a title heads what is written beside a transcript, or counts its lines.
fn is_beside(title: &str) -> bool {
    let title = key(title.trim_end_matches(':'));
    COUNTS.contains(&title.as_str()) || is_written(&title)
}

fn is_written(title: &str) -> bool {
    title.split_whitespace().count() <= TITLE_WORDS && title.split([' ', '/']).any(|word| WRITTEN.contains(&word))
}

/// The number of cells most rows have, where those are not more than `most`.
pub(super) fn usual_width(rows: &[Row], most: usize) -> Option<usize> {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    rows.iter().for_each(|row| *counts.entry(row.len()).or_default() += 1);
    let (&width, _) = counts.iter().max_by_key(|&(&width, &count)| (count, width))?;
    (2..=most).contains(&width).then_some(width)
}

/// One title is a transcript's, and the others stand beside it.
pub(super) fn titled(rows: &[Row], n: usize) -> Option<Margin> {
    let header = rows.iter().find(|row| row.len() == n)?;
    let titles: Vec<String> = header.iter().map(|cell| words(cell)).collect();
    let is_transcript = |title: &&String| {
        let title = key(title.trim_end_matches(':'));
        let last = title.split_whitespace().next_back().unwrap_or_default();
        title.split_whitespace().count() <= TITLE_WORDS && TRANSCRIPT.contains(&last) && !is_written(&title)
    };
    let column = titles.iter().position(|title| is_transcript(&title))?;
    let others: Vec<&String> = (0..n).filter(|&at| at != column).map(|at| &titles[at]).collect();
    let fits = others.iter().all(|title| is_beside(title)) && others.iter().any(|title| is_written(&key(title)));
    let has_rows = rows.iter().filter(|row| row.len() == n).count() > 1;
    (fits && has_rows).then(|| {
        let others = others.into_iter().filter(|title| !title.is_empty()).map(|title| format!("`{title}`")).collect();
        Margin { column, n, has_header: true, others }
    })
}

/// The cells of one column start with speakers, those of others hold words and never do.
fn labelled(rows: &[Row], n: usize, names: &Names) -> Option<Margin> {
    let full = || rows.iter().filter(|row| row.len() == n);
    let filled = |column: usize| full().map(move |row| words(&row[column])).filter(|text| !text.is_empty());
    let speaker = |text: &str| {
        let line = text.by_lines().next().unwrap_or_default();
        labels::opening(line, names).filter(|opening| opening.words > 0 && !opening.is_stamp).map(|o| key(&o.label))
    };
    let speaks = |column: usize| {
        let speakers: Vec<String> = filled(column).filter_map(|text| speaker(&text)).collect();
        let different: HashSet<&String> = speakers.iter().collect();
        let recur = different.len() * 2 <= speakers.len() || different.iter().all(|key| names.strong(key).is_some());
        speakers.len() >= FEWEST && different.len() > 1 && recur && speakers.len() * 2 >= filled(column).count()
    };
    let mut columns = (0..n).filter(|&column| speaks(column));
    let (column, None) = (columns.next()?, columns.next()) else { return None };
    let others: Vec<usize> = (0..n).filter(|&at| at != column).collect();
    let is_silent = |&at: &usize| filled(at).all(|text| speaker(&text).is_none());
    let has_words = |&at: &usize| filled(at).any(|text| text.chars().any(char::is_alphabetic));
    (others.iter().all(is_silent) && others.iter().any(has_words)).then(|| {
        let others = others.iter().map(|at| format!("column {}", at + 1)).collect();
        Margin { column, n, has_header: false, others }
    })
}

impl Margin {
    /// The paragraphs of the transcript; of a row of another width all that stands in it, as `joined` says.
    pub(super) fn paragraphs(&self, rows: &[Row], joined: impl Fn(&Row) -> Option<Paragraph>) -> Vec<Paragraph> {
        let mut found = Vec::new();
        let mut below_header = !self.has_header;
        for row in rows {
            if row.len() != self.n {
                found.extend(joined(row));
            } else if below_header {
                found.extend(row[self.column].iter().cloned());
            }
            below_header |= row.len() == self.n;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(rows: &[&[&str]]) -> Option<(usize, Vec<String>, Vec<String>)> {
        let cell = |text: &&str| vec![Paragraph { text: (*text).to_owned(), ..Paragraph::default() }];
        let rows: Vec<Row> = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        let margin = find(&rows, &Names::default())?;
        let texts = margin.paragraphs(&rows, |_| None).into_iter().map(|paragraph| paragraph.text).collect();
        Some((margin.column, margin.others, texts))
    }

    #[test]
    fn the_transcript_is_told_by_the_titles() {
        let rows: [&[&str]; 3] =
            [&["Transcript", "Codes", "Memo"], &["Interviewer: Why?", "", ""], &["Tom: So.", "reasons", "as Ida"]];
        let texts = vec!["Interviewer: Why?".to_owned(), "Tom: So.".to_owned()];
        assert_eq!(found(&rows), Some((0, vec!["`Codes`".to_owned(), "`Memo`".to_owned()], texts.clone())));
        let rows: [&[&str]; 3] = [
            &["Line", "Interview transcript", "Initial codes"],
            &["1", "Interviewer: Why?", ""],
            &["2", "Tom: So.", "reasons"],
        ];
        assert_eq!(found(&rows), Some((1, vec!["`Line`".to_owned(), "`Initial codes`".to_owned()], texts)));
    }

    #[test]
    fn the_transcript_is_told_by_its_speakers() {
        let rows: [&[&str]; 4] =
            [&["I: Why?", ""], &["Tom: So.", "reasons"], &["I: And?", ""], &["Tom: No.", "reasons"]];
        let texts = ["I: Why?", "Tom: So.", "I: And?", "Tom: No."].map(str::to_owned).to_vec();
        assert_eq!(found(&rows), Some((0, vec!["column 2".to_owned()], texts)));
    }

    #[test]
    fn other_tables_are_read_whole() {
        let none: [&[&[&str]]; 6] = [
            &[&["Name", "Comments"], &["Tom", "quiet"]],
            &[&["Interviewer: why?", "Maria: so."], &["Interviewer: and?", "Maria: no."]],
            &[&["1", "I: Why?"], &["2", "Tom: So."], &["3", "I: And?"], &["4", "Tom: No."]],
            &[&["Text", "Place"], &["I: Why?", "ward"]],
            &[&["Transcript", "Codes"]],
            &[&["Line", "Transcript"], &["1", "I: Why?"]],
        ];
        for rows in none {
            assert_eq!(found(rows), None, "{rows:?}");
        }
    }
}
