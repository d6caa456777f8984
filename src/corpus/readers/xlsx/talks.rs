//! Workbooks with a sheet for each interview.
//!
//! In: a workbook whose first table was read, and is one talk. Out: the talks on the other sheets that have the same
//! columns, each called after its sheet. Sheets that a program numbered are none: who is on them is not known.

use std::collections::BTreeSet;

use super::super::super::error::some;
use super::super::archive::Archive;
use super::super::{File, Reading};
use super::workbook::{Sheet, Workbook};
use super::{read_sheet, top_of};

/// What programs call sheets, with a number.
const NUMBERED: [&str; 11] =
    ["sheet", "tabelle", "feuil", "hoja", "foglio", "blad", "planilha", "arkusz", "list", "ark", "лист"];

/// Adds the talks on other sheets to the first one's; the sheets that were read.
pub(super) fn read_others(
    file: &File<'_>,
    archive: &mut Archive<'_>,
    workbook: &mut Workbook,
    (first, titles): (&Sheet, &[String]),
    reading: &mut Reading,
) -> Vec<Sheet> {
    let mut read = vec![first.clone()];
    if !is_talk(reading) || is_numbered(&first.name) || first.is_hidden {
        return read;
    }
    let others: Vec<Sheet> = workbook.sheets.iter().filter(|sheet| *sheet != first).cloned().collect();
    for sheet in others.into_iter().filter(|sheet| !sheet.is_hidden && !is_numbered(&sheet.name)) {
        let Ok(grid) = workbook.grid(archive, &sheet) else { continue };
        if grid.rows.is_empty() {
            continue;
        }
        let top = top_of(&grid, workbook, file.options);
        if !are_alike(&top.header.titles, titles) {
            continue;
        }
        match read_sheet(file, workbook, &sheet, &grid, top) {
            Ok((mut other, _)) if is_talk(&other) => {
                name(&mut other, &sheet);
                add(reading, other);
                read.push(sheet);
            }
            _ => {}
        }
    }
    if read.len() > 1 {
        name(reading, first);
        let names: Vec<&str> = read.iter().map(|sheet| sheet.name.as_str()).collect();
        reading.layout =
            reading.layout.take().map(|layout| format!("sheets {} an interview each, {layout}", some(&names)));
    }
    read
}

/// Whether a sheet is what several people said in one talk, with no id for it.
fn is_talk(reading: &Reading) -> bool {
    let [talk] = &reading.transcripts[..] else { return false };
    let speakers: BTreeSet<&str> = talk.turns.iter().map(|turn| &*turn.speaker).filter(|s| !s.is_empty()).collect();
    talk.id.is_none() && talk.answers_column.is_none() && speakers.len() > 1 && reading.failures.is_empty()
}

fn are_alike(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.to_lowercase() == b.to_lowercase())
}

/// `Sheet2`, `Tabelle 1`.
fn is_numbered(name: &str) -> bool {
    let lower = name.to_lowercase();
    let word = lower.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '(' | ')'));
    word.is_empty() || NUMBERED.contains(&word)
}

/// Calls the talk that has no id, the first of a reading, after its sheet.
fn name(reading: &mut Reading, sheet: &Sheet) {
    if let Some(talk) = reading.transcripts.first_mut() {
        talk.id = Some(sheet.name.trim().into());
    }
}

fn add(reading: &mut Reading, mut more: Reading) {
    let shift = reading.documents.len();
    for turn in more.transcripts.iter_mut().flat_map(|talk| &mut talk.turns) {
        turn.document += shift;
    }
    reading.documents.append(&mut more.documents);
    reading.transcripts.append(&mut more.transcripts);
    reading.missing.extend(more.missing.into_iter().map(|document| document + shift));
    reading.warnings.append(&mut more.warnings);
}

/// Tells which sheets were not read.
pub(super) fn not_read(workbook: &Workbook, read: &[Sheet], path: &str) -> Option<String> {
    let others = workbook.sheets.iter().filter(|other| !read.contains(other));
    let others: Vec<String> =
        others.map(|other| format!("`{}`{}", other.name, if other.is_hidden { " (hidden)" } else { "" })).collect();
    let names: Vec<String> = read.iter().map(|sheet| format!("`{}`", sheet.name)).collect();
    let sheets = if read.len() == 1 { "sheet" } else { "sheets" };
    let were = if read.len() == 1 { "was" } else { "were" };
    (!others.is_empty()).then(|| {
        format!(
            "`{path}`: {sheets} {} {were} read, not {}; save a sheet as a file of its own to read it too",
            names.join(", "),
            others.join(", ")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read, rows, workbook};

    #[test]
    fn a_sheet_an_interview_is_read_where_all_have_the_columns() {
        let talk = |who: &str| {
            rows(&[&["Speaker", "Text"], &["Host", "Why bees?"], &[who, "They hum."], &["Host", "And?"], &[who, "No."]])
        };
        let (ada, ben) = (talk("Ada"), talk("Ben"));
        let notes = rows(&[&["Day", "What"], &["1", "Rain"]]);
        let sheets = [("ada", "", ada.as_str()), ("Notes", "", notes.as_str()), ("ben", "", ben.as_str())];
        let reading = read(&workbook("", &sheets)).unwrap();
        let ids: Vec<Option<&str>> = reading.transcripts.iter().map(|talk| talk.id.as_deref()).collect();
        assert_eq!(ids, [Some("ada"), Some("ben")]);
        assert!(reading.warnings[0].contains("sheets `ada`, `ben` were read, not `Notes`;"), "{:?}", reading.warnings);
        assert!(reading.layout.unwrap().starts_with("sheets `ada`, `ben` an interview each, one turn a row"));
        let last = reading.transcripts[1].turns.last().unwrap();
        assert_eq!(*reading.documents[last.document].text, *last.text);
        // Who is on a sheet that a program numbered is not known; nor is a hidden one read.
        for sheets in [
            [("Sheet1", "", ada.as_str()), ("Sheet2", "", &ben)],
            [("ada", "", &ada), ("Sheet2", "", &ben)],
            [("ada", "", &ada), ("ben", "state='hidden'", &ben)],
        ] {
            let reading = read(&workbook("", &sheets)).unwrap();
            assert_eq!((reading.transcripts.len(), reading.transcripts[0].id.as_deref()), (1, None), "{sheets:?}");
            assert!(reading.warnings[0].contains("was read, not"), "{:?}", reading.warnings);
        }
    }
}
