//! Sheets that tell of a workbook or its data: codebooks, legends, lists of participants.
//!
//! In: a workbook. Out: the sheet of the data, the first with the header of a table of interviews that says whose the
//! words are and is not called as such sheets are; where there is none, the first that may be read at all. It reads no
//! row of data.

use super::super::super::{CorpusError, ReadOptions, plain};
use super::super::archive::Archive;
use super::super::table;
use super::workbook::{Grid, Sheet, Workbook};
use super::{Top, sheet_of, top_of};

/// What such sheets are called, as titles are written plainly.
#[rustfmt::skip]
const ASIDE: &[&str] = &[
    "info", "infos", "information", "about", "readme", "readmefirst", "cover", "title", "contents", "toc", "index",
    "overview", "summary", "codebook", "code", "codes", "codelist", "codeliste", "legend", "key", "glossary",
    "dictionary", "datadictionary", "variables", "metadata", "guide", "interviewguide", "topicguide", "questions",
    "questionnaire", "instructions", "changelog", "changes", "history", "versions", "versionhistory", "notes", "note",
    "memos", "todo", "contact", "contacts", "participants", "people", "sample", "recruitment", "demographics",
    "hinweis", "hinweise", "liesmich", "deckblatt", "titel", "inhalt", "übersicht", "legende", "codebuch", "kodebuch",
    "variablen", "metadaten", "leitfaden", "interviewleitfaden", "fragen", "fragebogen", "anleitung", "änderungen",
    "notizen", "kontakt", "teilnehmer", "teilnehmende", "stichprobe", "lisezmoi", "légende", "aide", "apropos",
    "sommaire", "guideentretien", "guidedentretien", "consignes", "participantes", "leyenda", "léeme", "leeme",
    "guía", "guia", "indice", "índice", "leggimi", "legenda", "partecipanti", "leiame", "leesmij", "toelichting",
    "deelnemers", "uczestnicy", "informacje", "deltagare", "deltakere",
];

/// Whether a sheet is called as those are that tell of others.
pub(super) fn is_aside(sheet: &Sheet) -> bool {
    ASIDE.contains(&plain(&sheet.name).as_str())
}

/// The sheet of the data.
pub(super) fn data_of(
    workbook: &mut Workbook,
    archive: &mut Archive<'_>,
    options: &ReadOptions,
) -> Result<(Sheet, Grid, Top), CorpusError> {
    let first = sheet_of(workbook, archive, options)?;
    let is_sure = |sheet: &Sheet, top: &Top| !is_aside(sheet) && table::tells_whose(&top.header.titles, options);
    let fits = table::is_header(&first.2.header.titles, options);
    if first.0.is_hidden || !fits || options.names_columns() || is_sure(&first.0, &first.2) {
        return Ok(first);
    }
    for sheet in workbook.sheets.clone() {
        if sheet.is_hidden || sheet == first.0 || is_aside(&sheet) {
            continue;
        }
        let grid = workbook.grid(archive, &sheet)?;
        if grid.rows.is_empty() {
            continue;
        }
        let top = top_of(&grid, workbook, options);
        // What is called as data goes before what is not; else only a table that says whose its words are does.
        let is_better =
            if is_aside(&first.0) { table::is_header(&top.header.titles, options) } else { is_sure(&sheet, &top) };
        if is_better {
            return Ok((sheet, grid, top));
        }
    }
    Ok(first)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read, rows, workbook};

    #[test]
    fn what_tells_of_the_data_is_not_read_in_its_place() {
        let data = rows(&[
            &["Participant", "Question", "Answer"],
            &["ann", "Why bees?", "They came with the house."],
            &["ben", "Why bees?", "My uncle had a hive."],
        ]);
        let told = rows(&[&["Variable", "Text"], &["Answer", "What the person wrote."]]);
        let people = rows(&[&["Participant", "Comment"], &["ann", "Came late and left early."]]);
        let of = |sheets: &[(&str, &str, &str)]| {
            let reading = read(&workbook("", sheets)).unwrap();
            let ids: Vec<String> =
                reading.transcripts.iter().filter_map(|of| of.id.clone()).map(|id| id.to_string()).collect();
            (ids, reading.warnings.concat().contains("was read, not"))
        };
        for (name, other) in [("Codebook", &told), ("Participants", &people), ("Sheet1", &told), ("Hinweise", &told)] {
            let expected = (vec!["ann".to_owned(), "ben".to_owned()], true);
            assert_eq!(of(&[(name, "", other), ("Data", "", &data)]), expected, "{name}");
            assert_eq!(of(&[("Data", "", &data), (name, "", other)]), expected, "{name}");
        }
        // The only sheet is read, whatever it is called.
        assert_eq!(of(&[("Info", "", data.as_str())]).0, ["ann", "ben"]);
    }
}
