//! Workbooks written here, by hand and by rule.

use proptest::prelude::*;

use super::super::super::speakers::Names;
use super::super::archive::tests::{bomb, zipped};
use super::*;

fn read_with(bytes: &[u8], options: &ReadOptions) -> Result<Reading, CorpusError> {
    let names = Names::default();
    let contents = Contents::Binary(bytes.to_vec());
    Xlsx.read(File { path: "a.xlsx", extension: Some("xlsx"), contents, options, names: &names })
}

pub(in super::super) fn read(bytes: &[u8]) -> Result<Reading, CorpusError> {
    read_with(bytes, &ReadOptions::default())
}

const STYLES: &str = "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='yyyy\\-mm\\-dd'/>\
    <numFmt numFmtId='165' formatCode='000'/></numFmts><cellStyleXfs><xf numFmtId='9'/></cellStyleXfs>\
    <cellXfs><xf numFmtId='0'/><xf numFmtId='164'/><xf numFmtId='165'/></cellXfs></styleSheet>";

/// A workbook of sheets, each with its name, its attributes and its XML.
pub(in super::super) fn workbook(strings: &str, sheets: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut rels = "<Relationship Id='s' Type='x/styles' Target='styles.xml'/>\
        <Relationship Id='t' Type='x/sharedStrings' Target='sharedStrings.xml'/>"
        .to_owned();
    let mut listed = String::new();
    let mut parts: Vec<(String, String)> = Vec::new();
    for (n, (name, attributes, xml)) in sheets.iter().enumerate() {
        rels.push_str(&format!("<Relationship Id='r{n}' Type='x/worksheet' Target='/xl/worksheets/{n}.xml'/>"));
        listed.push_str(&format!("<sheet name='{name}' r:id='r{n}' {attributes}/>"));
        parts.push((format!("xl/worksheets/{n}.xml"), format!("<worksheet xmlns:r='r'>{xml}</worksheet>")));
    }
    parts.push((EXCEL.main.to_owned(), format!("<workbook xmlns:r='r'><sheets>{listed}</sheets></workbook>")));
    parts.push(("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships>{rels}</Relationships>")));
    parts.push(("xl/styles.xml".to_owned(), STYLES.to_owned()));
    parts.push(("xl/sharedStrings.xml".to_owned(), format!("<sst uniqueCount='99999999999'>{strings}</sst>")));
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, xml)| (name.as_str(), xml.as_str())).collect();
    zipped(&parts)
}

/// Rows of inline strings; an empty text is no cell.
pub(in super::super) fn rows(rows: &[&[&str]]) -> String {
    let row = |(n, row): (usize, &&[&str])| {
        let cells = row.iter().enumerate().filter(|(_, text)| !text.is_empty()).map(|(column, text)| {
            let place = format!("{}{}", char::from(b'A' + u8::try_from(column).unwrap()), n + 1);
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            format!("<c r='{place}' t='inlineStr'><is><t>{text}</t></is></c>")
        });
        format!("<row r='{}'>{}</row>", n + 1, cells.collect::<String>())
    };
    format!("<sheetData>{}</sheetData>", rows.iter().enumerate().map(row).collect::<String>())
}

fn one_sheet(of: &[&[&str]]) -> Reading {
    read(&workbook("", &[("Data", "", &rows(of))])).unwrap()
}

/// Speaker, line and words of every turn, a transcript after the other.
fn turns(reading: &Reading) -> Vec<(&str, usize, &str)> {
    check(reading);
    let turns = reading.transcripts.iter().flat_map(|transcript| &transcript.turns);
    turns.map(|turn| (&*turn.speaker, turn.line, &*turn.text)).collect()
}

fn ids(reading: &Reading) -> Vec<&str> {
    reading.transcripts.iter().filter_map(|transcript| transcript.id.as_deref()).collect()
}

fn check(reading: &Reading) {
    for turn in reading.transcripts.iter().flat_map(|t| &t.turns) {
        let document = &reading.documents[turn.document];
        let slice: String = document.text.chars().skip(turn.span.start).take(turn.span.len()).collect();
        assert_eq!(slice, *turn.text);
        assert_eq!(turn.text.trim(), &*turn.text);
        assert!(!turn.text.is_empty());
        assert!(document.cell.as_ref().is_some_and(|cell| cell.line <= turn.line));
    }
}

#[test]
fn values_of_every_kind_are_text() {
    let strings = "<si><t>id</t></si><si><r><rPr><b/></rPr><t>ans</t></r><r><t xml:space='preserve'>wer</t></r>\
                   <rPh><t>x</t></rPh></si><si><t>Because_x000D_\nof it.</t></si>";
    let sheet = "<dimension ref='A1:XFD1048576'/><sheetData>\
        <row><c t='s'><v>0</v></c><c t='s'><v>1</v></c></row>\
        <row r='3'><c r='A3'><v>7.0</v></c><c r='B3' t='s'><v>2</v></c></row>\
        <row r='4'><c r='A4' s='2'><v>8</v></c><c r='B4' t='str'><f>A1</f><v>Worked out.</v></c></row>\
        <row r='5'><c r='A5' s='1'><v>46091</v></c><c r='B5' t='b'><v>1</v></c></row>\
        <row r='6'><c r='A6'><v>9</v></c><c r='B6' t='e'><v>#REF!</v></c></row>\
        <row r='1048576'><c r='XFD1048576'><v>1</v></c></row></sheetData>";
    let reading = read(&workbook(strings, &[("Data", "", sheet)])).unwrap();
    assert_eq!(ids(&reading), ["7", "008", "2026-03-10"]);
    let said: Vec<_> = turns(&reading);
    assert_eq!(said, [("answer", 3, "Because\nof it."), ("answer", 4, "Worked out."), ("answer", 5, "TRUE")]);
    assert!(reading.warnings.iter().any(|w| w.contains("1 cell in columns without a title")), "{:?}", reading.warnings);
    assert!(reading.warnings.iter().any(|w| w.contains("1 cell holds an error and no value, first B6 (#REF!)")));
}

#[test]
fn a_column_without_a_title_that_counts_the_rows_is_not_told() {
    let told = |first: [&str; 3]| {
        let [a, b, c] = first;
        let talk: [&[&str]; 4] =
            [&["", "speaker", "text"], &[a, "Mo", "Why?"], &[b, "Lu", "Because."], &[c, "Mo", "Of what?"]];
        one_sheet(&talk).warnings.iter().any(|warning| warning.contains("without a title"))
    };
    for counted in [["0", "1", "2"], ["1", "2", "3"], ["4", "9", "12"]] {
        assert!(!told(counted), "{counted:?}");
    }
    for others in [["We left", "2", "3"], ["1", "1", "2"], ["", "", "see below"]] {
        assert!(told(others), "{others:?}");
    }
    let behind: [&[&str]; 3] = [&["speaker", "text"], &["Mo", "Why?", "1"], &["Lu", "Because.", "2"]];
    assert!(one_sheet(&behind).warnings.iter().any(|warning| warning.contains("2 cells in columns without a title")));
}

#[test]
fn a_table_of_pseudonyms_below_a_title_is_one_of_ours() {
    let below = |title: &str| {
        let of: [&[&str]; 5] =
            [&[title], &[], &["study", "participant", "pseudonym"], &["a", "ann", "P1"], &["a", "ben", "P2"]];
        read(&workbook("", &[("Data", "", &rows(&of))]))
    };
    let is_ours = |reading: Result<Reading, CorpusError>| reading.is_ok_and(|reading| reading.own_output.is_some());
    assert!(is_ours(below("For the meeting, 3 May")));
    let of: [&[&str]; 3] = [&["For the meeting, 3 May"], &[], &["study", "participant", "age"]];
    assert!(!is_ours(read(&workbook("", &[("Data", "", &rows(&of))]))));
}

#[test]
fn titles_above_the_header_are_passed_over() {
    let reading = one_sheet(&[
        &["What did the night nurses of four wards tell us?"],
        &[],
        &["Exported", "2026-03-10"],
        &["id", "speaker", "text"],
        &["7", "Tom", "Why?"],
        &["7", "Maria", "Because."],
    ]);
    assert_eq!(turns(&reading), [("Tom", 5, "Why?"), ("Maria", 6, "Because.")]);
    let cell = reading.documents[0].cell.clone().unwrap();
    assert_eq!((cell.row, cell.line, &*cell.column), (1, 5, "text"));
    let asked: [&[&str]; 2] = [&["id", "What makes a night hard?"], &["7", "Being two people short."]];
    assert_eq!(ids(&one_sheet(&[&["Night survey"], &[], asked[0], asked[1]])), ["7"]);
}

#[test]
fn a_survey_has_a_question_a_column() {
    let reading = one_sheet(&[
        &["Timestamp", "Email Address", "What makes a night hard?", "Your ward?", "Comments"],
        &["2026", "a@x", "Being two people short.", "Surgery", "Thank you all for asking."],
        &["2026", "b@x", "The phone at half past three.", "A&E", ""],
    ]);
    let expected = [
        ("question", 1, "What makes a night hard?"),
        ("answer", 2, "Being two people short."),
        ("question", 1, "Comments"),
        ("answer", 2, "Thank you all for asking."),
        ("question", 1, "What makes a night hard?"),
        ("answer", 3, "The phone at half past three."),
    ];
    assert_eq!(turns(&reading), expected);
    assert!(reading.warnings.iter().any(|w| w.contains("closed questions: `Your ward?`")), "{:?}", reading.warnings);
}

#[test]
fn headers_of_survey_programs_take_several_rows() {
    let qualtrics: [&[&str]; 4] = [
        &["StartDate", "ResponseId", "Q1", "Q2"],
        &["Start Date", "Response ID", "What makes a night\nhard for you?", "What would help?"],
        &[
            "{\"ImportId\":\"startDate\"}",
            "{\"ImportId\":\"_recordId\"}",
            "{\"ImportId\":\"QID1_TEXT\"}",
            "{\"ImportId\":\"QID2_TEXT\"}",
        ],
        &["2026-03-10", "R_1", "Being two people short.", "Someone at the door."],
    ];
    let reading = one_sheet(&qualtrics);
    assert_eq!(ids(&reading), ["R_1"]);
    let expected = [
        ("question", 1, "What makes a night hard for you?"),
        ("answer", 4, "Being two people short."),
        ("question", 1, "What would help?"),
        ("answer", 4, "Someone at the door."),
    ];
    assert_eq!(turns(&reading), expected);
    // Columns may still be called as in the first row.
    let options = ReadOptions { text_columns: vec!["Q2".to_owned()], ..ReadOptions::default() };
    let reading = read_with(&workbook("", &[("Data", "", &rows(&qualtrics))]), &options).unwrap();
    assert_eq!(turns(&reading), [("What would help?", 4, "Someone at the door.")]);

    let reading = one_sheet(&[
        &["Respondent ID", "Start Date", "What makes a night hard for you?", "Where do you work?", ""],
        &["", "", "Open-Ended Response", "Response", "Other (please specify)"],
        &["114201", "2026-03-10", "Being two people short.", "Ward", "In between two wards, mostly."],
    ]);
    assert_eq!(ids(&reading), ["114201"]);
    let expected = [
        ("question", 1, "What makes a night hard for you?"),
        ("answer", 3, "Being two people short."),
        ("question", 1, "Where do you work? – Other (please specify)"),
        ("answer", 3, "In between two wards, mostly."),
    ];
    assert_eq!(turns(&reading), expected);
}

#[test]
fn cells_merged_downwards_count_for_each_row() {
    let mut sheet =
        rows(&[&["id", "question", "answer"], &["7", "Why?", "So."], &["", "And?", "No."], &["8", "Why?", "Hm."]]);
    sheet.push_str("<mergeCells><mergeCell ref='A2:A3'/><mergeCell ref='B1:C1'/></mergeCells>");
    let reading = read(&workbook("", &[("Data", "", &sheet)])).unwrap();
    assert_eq!(ids(&reading), ["7", "8"]);
    assert_eq!(reading.transcripts[0].turns.len(), 4);
}

#[test]
fn words_in_merged_cells_are_read_once() {
    let said: &[&[&str]] =
        &[&["id", "question", "answer"], &["7", "Why?", "It was far too cold."], &["8", "Why?"], &["9", "Why?", "Hm."]];
    let mut sheet = rows(said);
    sheet.push_str("<mergeCells><mergeCell ref='C2:C3'/></mergeCells>");
    let reading = read(&workbook("", &[("Data", "", &sheet)])).unwrap();
    assert_eq!(ids(&reading), ["7", "9"]);
    let told = "`a.xlsx`, sheet `Data`: 1 cell of words is merged with the one above";
    assert!(reading.warnings.iter().any(|warning| warning.starts_with(told)), "{:?}", reading.warnings);
    assert!(read(&workbook("", &[("Data", "", &rows(said))])).unwrap().warnings.iter().all(|w| !w.contains("merged")));
}

#[test]
fn the_sheet_with_a_text_column_is_read() {
    let notes = rows(&[&["Key", "Meaning"], &["1", "agree"]]);
    let data = rows(&[&["id", "answer"], &["7", "Being two people short."]]);
    let sheets = [("Hidden", "state='hidden'", data.as_str()), ("Notes", "", &notes), ("Data", "", &data)];
    let reading = read(&workbook("", &sheets)).unwrap();
    assert_eq!(ids(&reading), ["7"]);
    assert!(reading.layout.as_deref().is_some_and(|layout| layout.starts_with("sheet `Data`, one answer a row")));
    let warning = "`a.xlsx`: sheet `Data` was read, not `Hidden` (hidden), `Notes`;";
    assert!(reading.warnings.iter().any(|w| w.starts_with(warning)), "{:?}", reading.warnings);
}

#[test]
fn a_table_is_looked_for_on_every_sheet_that_is_shown() {
    let notes = rows(&[&["notes", "more"], &["about the codes", "x"]]);
    let codes = rows(&[&["code", "definition"], &["swaps", "Shifts are exchanged."]]);
    let header = |sheets: &[(&str, &str, &str)], title: &str| {
        let contents = Contents::Binary(workbook("", sheets));
        let (options, names) = (ReadOptions::default(), Names::default());
        let file = File { path: "a.xlsx", extension: None, contents, options: &options, names: &names };
        Xlsx.grid_that(file, &|header| header.iter().any(|other| other == title), &|_, _| false).unwrap().header
    };
    let both = [("Notes", "", notes.as_str()), ("Codes", "", codes.as_str())];
    assert_eq!(header(&both, "code"), ["code", "definition"]);
    assert_eq!(header(&both, "nothing"), ["notes", "more"], "the first where none has it");
    let hidden = [("Notes", "", notes.as_str()), ("Codes", "state=\"hidden\"", codes.as_str())];
    assert_eq!(header(&hidden, "code"), ["notes", "more"]);
}

#[test]
fn what_cannot_be_read_is_named() {
    let message = |bytes: &[u8]| read(bytes).map(|_| ()).unwrap_err().to_string();
    assert!(message(&zipped(&[("word/document.xml", "<a/>")])).contains("it is a Word document, no Excel workbook"));
    assert!(message(&zipped(&[("xl/workbook.bin", "")])).contains("a binary Excel workbook (.xlsb)"));
    assert!(message(&workbook("", &[("Data", "", "<sheetData/>")])).contains("is empty"));
    let only_header = rows(&[&["id", "answer"]]);
    assert!(message(&workbook("", &[("Data", "", &only_header)])).contains("sheet `Data`: a header and no rows"));
    let numbers = rows(&[&["id", "age"], &["1", "34"]]);
    let error = message(&workbook("", &[("Data", "", &numbers)]));
    assert!(error.contains("no text column") && error.contains("`id`, `age`"), "{error}");
    for (cell, words) in [
        ("<row r='1'><c r='A1' t='s'><v>5</v></c></row>", "cell A1 refers to a text that is not there"),
        ("<row r='1'><c r='ZZZZ1'><v>5</v></c></row>", "a cell of row 1 at a place that no sheet has"),
        ("<row r='99999999999'/>", "a row with a number that no sheet has"),
        ("<row r='1'><c", "part `xl/worksheets/0.xml`, byte "),
    ] {
        let error = message(&workbook("", &[("Data", "", &format!("<sheetData>{cell}</sheetData>"))]));
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn bombs_are_refused() {
    let mut parts = bomb("xl/sharedStrings.xml", "<sst><si><t>", 300 << 20);
    assert!(Archive::open("a", &parts).unwrap().part("xl/sharedStrings.xml").is_err());
    parts.clear();
    // One long text, shown by many cells.
    let long = format!("<si><t>answer</t></si><si><t>{}</t></si>", "word ".repeat(200_000));
    let row = |n: usize| format!("<row r='{n}'><c r='A{n}'><v>{n}</v></c><c r='B{n}' t='s'><v>1</v></c></row>");
    let header = "<row r='1'><c r='A1' t='inlineStr'><is><t>id</t></is></c><c r='B1' t='s'><v>0</v></c></row>";
    let sheet = format!("<sheetData>{header}{}</sheetData>", (2..400).map(row).collect::<String>());
    let error = read(&workbook(&long, &[("Data", "", &sheet)])).map(|_| ()).unwrap_err().to_string();
    assert!(error.contains("the text of sheet `Data` has 257 MB, at most 256 MB"), "{error}");
    // Many columns times many rows, most of them empty.
    let header: String = (0..16_384).map(|_| "<c t='inlineStr'><is><t>What is it like?</t></is></c>").collect();
    let sheet = format!("<sheetData><row>{header}</row>{}</sheetData>", "<row><c><v>1</v></c></row>".repeat(1100));
    let error = read(&workbook("", &[("Data", "", &sheet)])).map(|_| ()).unwrap_err().to_string();
    assert!(error.contains("1100 rows of 16384 columns are more than"), "{error}");
}

proptest! {
    #[test]
    fn turns_are_exactly_those_put_in(said in proptest::collection::vec("[a-zé<&\"][a-zé ,—]{0,30}[a-zé.]", 1..20)) {
        let table: Vec<[&str; 3]> = said.iter().map(|words| ["7", "Maria", words.as_str()]).collect();
        let mut all: Vec<&[&str]> = vec![&["transcript", "speaker", "text"]];
        all.extend(table.iter().map(|row| &row[..]));
        let reading = one_sheet(&all);
        let read: Vec<&str> = turns(&reading).into_iter().map(|turn| turn.2).collect();
        prop_assert_eq!(read, said.iter().map(|words| words.trim()).collect::<Vec<_>>());
    }

    #[test]
    fn any_cells_are_read_or_refused(
        cells in proptest::collection::vec(
            ("(A|B|C|XFD|Z)[0-9]{1,2}|", "(s|b|e|n|d|str|inlineStr|x|)", "(<v>[0-9.eE-]{0,6}</v>|<is><t>[a-zA-Z ?]{0,30}</t></is>|<f>A1</f>|<v>text</v>|<c>)", "[0-9]{1,3}"),
            0..24,
        ),
        merges in "([AB][1-9]:[AB][1-9]|:|A)",
    ) {
        let cells: Vec<String> = cells
            .iter()
            .map(|(place, kind, value, style)| format!("<c r='{place}' t='{kind}' s='{style}'>{value}</c>").replace(" r=''", ""))
            .collect();
        let rows: String = cells.chunks(3).map(|row| format!("<row>{}</row>", row.concat())).collect();
        let sheet = format!("<sheetData>{rows}</sheetData><mergeCells><mergeCell ref='{merges}'/></mergeCells>");
        for sheet in [sheet.clone(), sheet.replace("<c>", "")] {
            if let Ok(reading) = read(&workbook("<si><t>text</t></si><si><t>id</t></si>", &[("Data", "", &sheet)])) {
                check(&reading);
            }
        }
    }

    #[test]
    fn damaged_files_are_read_or_refused(at in any::<prop::sample::Index>(), byte: u8) {
        let sheet = rows(&[&["id", "answer"], &["7", "Being two people short."]]);
        let mut bytes = workbook("", &[("Data", "", &sheet)]);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(reading) = read(&bytes) {
            check(&reading);
        }
    }
}
