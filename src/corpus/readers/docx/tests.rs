//! Documents written here.

use proptest::prelude::*;

use super::super::archive::tests::{bomb, zipped};
use super::*;

fn read(bytes: &[u8]) -> Result<Reading, CorpusError> {
    let (options, names) = (ReadOptions::default(), Names::default());
    let contents = Contents::Binary(bytes.to_vec());
    Docx.read(File { path: "a.docx", extension: Some("docx"), contents, options: &options, names: &names })
}

fn document(inner: &str) -> Vec<u8> {
    let text = format!("<w:document xmlns:w='w'><w:body>{inner}</w:body></w:document>");
    zipped(&[(WORD.main, text)])
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A paragraph; `**` in front sets it in bold, `#` makes it a heading.
fn p(text: &str) -> String {
    let (style, text) = match text.strip_prefix("# ") {
        Some(text) => ("<w:pPr><w:pStyle w:val='Heading1'/></w:pPr>", text),
        None => ("", text),
    };
    let (bold, text) = match text.strip_prefix("**") {
        Some(text) => ("<w:rPr><w:b/></w:rPr>", text),
        None => ("", text),
    };
    let lines: Vec<String> =
        text.split('\n').map(|line| format!("<w:t xml:space='preserve'>{}</w:t>", escaped(line))).collect();
    format!("<w:p>{style}<w:r>{bold}{}</w:r></w:p>", lines.join("<w:br/>"))
}

fn table(rows: &[&[&str]]) -> String {
    let rows = rows.iter().map(|row| {
        let cells: String = row.iter().map(|cell| format!("<w:tc>{}</w:tc>", p(cell))).collect();
        format!("<w:tr>{cells}</w:tr>")
    });
    format!("<w:tbl>{}</w:tbl>", rows.collect::<String>())
}

/// Id, and speaker, place and words of the turns.
type Found = (Option<String>, Vec<(String, usize, String)>);

fn found(parts: &[String]) -> Vec<Found> {
    let reading = read(&document(&parts.concat())).unwrap();
    assert!(reading.failures.is_empty(), "{:?}", reading.failures);
    check(&reading);
    let turn = |turn: super::super::RawTurn| (turn.speaker.to_string(), turn.line, turn.text.to_string());
    let id = |t: &super::super::RawTranscript| t.id.as_deref().map(str::to_owned);
    reading.transcripts.into_iter().map(|t| (id(&t), t.turns.into_iter().map(turn).collect())).collect()
}

/// Every turn is exactly its span.
fn check(reading: &Reading) {
    for turn in reading.transcripts.iter().flat_map(|t| &t.turns) {
        let text = &reading.documents[turn.document].text;
        let slice: String = text.chars().skip(turn.span.start).take(turn.span.len()).collect();
        assert_eq!(slice, *turn.text);
        assert_eq!(turn.text.trim(), &*turn.text);
        assert!(!turn.text.is_empty());
    }
}

fn turns(turns: &[(&str, usize, &str)]) -> Vec<(String, usize, String)> {
    turns.iter().map(|&(speaker, line, text)| (speaker.to_owned(), line, text.to_owned())).collect()
}

#[test]
fn labels_in_paragraphs_are_read() {
    let parts = [
        p("**Interviewer: Why?"),
        p(""),
        p("**Maria: Because."),
        p("And so."),
        p("Interviewer: And?"),
        p("Maria: No.\nPros: none."),
    ];
    let expected = turns(&[
        ("Interviewer", 1, "Why?"),
        ("Maria", 3, "Because.\n\nAnd so."),
        ("Interviewer", 5, "And?"),
        ("Maria", 6, "No.\nPros: none."),
    ]);
    assert_eq!(found(&parts), [(None, expected)]);
}

#[test]
fn names_in_bold_or_underlined_are_speakers_without_a_colon() {
    let turn = |look: &str, name: &str, words: &str| {
        let words = format!("<w:r><w:t xml:space='preserve'>{words}</w:t></w:r>");
        format!("<w:p><w:r><w:rPr>{look}</w:rPr><w:t>{name}</w:t></w:r>{words}</w:p>")
    };
    for (look, mark) in [("<w:b/>", ""), ("<w:b/>", "."), ("<w:u w:val='single'/>", "")] {
        let said = [("Ann", " Why was it so?"), ("Tom", " It rained."), ("Ann", " And then?"), ("Tom", " We left.")];
        let parts: Vec<String> = said.iter().map(|(name, words)| turn(look, &format!("{name}{mark}"), words)).collect();
        let expected: Vec<(&str, usize, &str)> =
            said.iter().enumerate().map(|(n, (name, words))| (*name, n + 1, words.trim())).collect();
        assert_eq!(found(&parts), [(None, turns(&expected))]);
    }
    let parts = ["Ann", "Tom", "Ann", "Tom"].map(|name| turn("<w:u w:val='none'/>", name, " Why was it so?"));
    assert_eq!(read(&document(&parts.concat())).unwrap().failures.len(), 1);
}

#[test]
fn who_speaks_before_a_tab_goes_on_behind_one() {
    for (ann, tom) in [("I", "P"), ("Ann", "Tom"), ("AH", "TR"), ("Ann:", "Tom:")] {
        let parts = [
            p(&format!("{ann}\tHow long have you worked here?")),
            p(&format!("{tom}\tFor ten years or so.")),
            p("\tMy brother\tand me."),
            p("\tThe river: all of us."),
            p(&format!("{ann}\tWhy did you stay?")),
            p(&format!("{tom}\tThe people, mostly.")),
            p("\tYes\tindeed\tso."),
        ];
        let said = "For ten years or so.\n\nMy brother and me.\n\nThe river: all of us.";
        let (ann, tom) = (ann.trim_end_matches(':'), tom.trim_end_matches(':'));
        let expected = turns(&[
            (ann, 1, "How long have you worked here?"),
            (tom, 2, said),
            (ann, 5, "Why did you stay?"),
            (tom, 6, "The people, mostly.\n\nYes indeed so."),
        ]);
        assert_eq!(found(&parts), [(None, expected)], "{ann}");
    }
    // Labels behind a tab are labels, too.
    let parts = [p("\tAnn\tHow long was it?"), p("\tTom\tTen years."), p("\tAnn\tAnd why?"), p("\tTom\tI liked it.")];
    assert_eq!(found(&parts)[0].1.len(), 4);
}

#[test]
fn teams_writes_the_words_below_a_name_with_a_time() {
    let parts = [
        p("# Interview with Maria"),
        p("10 March 2026, 14:03"),
        p("Tom Reyes   0:04\nWhy?"),
        p("Maria Keller   0:11\nBecause."),
        p("Tom Reyes   0:14\nAnd?"),
        p("Maria Keller   0:16\nSo."),
        p("Tom Reyes stopped transcription"),
    ];
    let expected = turns(&[
        ("", 2, "10 March 2026, 14:03"),
        ("Tom Reyes", 3, "Why?"),
        ("Maria Keller", 4, "Because."),
        ("Tom Reyes", 5, "And?"),
        ("Maria Keller", 6, "So."),
        ("", 7, "Tom Reyes stopped transcription"),
    ]);
    assert_eq!(found(&parts), [(None, expected)]);
}

#[test]
fn a_header_stays_together() {
    let parts = [
        p("# Night shifts"),
        p("Date: 3 May"),
        p("Participant: ward_07"),
        p("Interviewer: Tom"),
        p("Tom: Why?"),
        p("Maria: So."),
        p("Tom: And?"),
        p("Maria: No."),
    ];
    let read = found(&parts);
    assert_eq!((read[0].0.as_deref(), read[0].1.len()), (Some("ward_07"), 4));
    let parts = [table(&[&["Participant ID", "ward_07"], &["Age", "34"]]), parts[4..].concat()];
    assert_eq!(found(&parts)[0].0.as_deref(), Some("ward_07"));
}

#[test]
fn headings_part_transcripts_and_are_nobodys_words() {
    let talk = [p("Q: Why?"), p("A: So."), p("# Work"), p("Q: And?"), p("A: No.")].concat();
    let read = found(&[p("# Interview 1"), talk.clone(), p("# Interview 2"), talk]);
    let ids: Vec<_> = read.iter().map(|(id, _)| id.as_deref()).collect();
    assert_eq!(ids, [Some("Interview 1"), Some("Interview 2")]);
    let expected = turns(&[("Q", 2, "Why?"), ("A", 3, "So."), ("", 4, "# Work"), ("Q", 5, "And?"), ("A", 6, "No.")]);
    assert_eq!(read[0].1, expected);
}

#[test]
fn labels_may_stand_alone() {
    let parts = [p("INTERVIEWER"), p("Why?"), p("MARIA KELLER"), p("Because."), p("More: much.")];
    let parts = [parts.concat(), p("INTERVIEWER"), p("And?"), p("MARIA KELLER"), p("No.")];
    let expected = turns(&[
        ("INTERVIEWER", 2, "Why?"),
        ("MARIA KELLER", 4, "Because.\n\nMore: much."),
        ("INTERVIEWER", 7, "And?"),
        ("MARIA KELLER", 9, "No."),
    ]);
    assert_eq!(found(&parts), [(None, expected)]);
}

#[test]
fn tables_may_hold_the_turns() {
    let first: [&[&str]; 4] = [
        &["Time", "Speaker", "Text"],
        &["0:04", "Tom", "Why?"],
        &["0:06", "Maria", "Because.\nReally."],
        &["", "", "And so on."],
    ];
    let second: [&[&str]; 2] = [&["Tom", "How?"], &["Maria", "Like so, mostly."]];
    let parts = [
        p("# Interview 1"),
        p("Recorded on the ward"),
        table(&first),
        p("# Interview 2"),
        table(&[second, second].concat()),
    ];
    let read = found(&parts);
    assert_eq!(read[0].0.as_deref(), Some("Interview 1"));
    let expected =
        turns(&[("", 2, "Recorded on the ward"), ("Tom", 8, "Why?"), ("Maria", 11, "Because.\nReally.\n\nAnd so on.")]);
    assert_eq!(read[0].1, expected);
    assert_eq!((read[1].0.as_deref(), read[1].1.len()), (Some("Interview 2"), 4));
}

#[test]
fn the_header_of_a_table_may_come_again() {
    let turns: [&[&str]; 5] =
        [&["Speaker", "Text"], &["Tom", "Why?"], &["Maria", "Because."], &["SPEAKER", "Text"], &["Tom", "How?"]];
    let last: [&[&str]; 2] = [&["Maria", "Like so, mostly."], &["Speaker", "It is loud."]];
    let read = found(&[table(&[&turns[..], &last[..]].concat())]);
    let said: Vec<&str> = read[0].1.iter().map(|turn| turn.2.as_str()).collect();
    assert_eq!(said, ["Why?", "Because.", "How?", "Like so, mostly.", "It is loud."]);
}

#[test]
fn what_is_no_word_document_is_refused() {
    let message = |bytes: &[u8]| read(bytes).map(|_| ()).unwrap_err().to_string();
    let odt = zipped(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<a/>")]);
    assert!(message(&odt).contains("it is an OpenDocument file, no Word document"));
    assert!(message(&zipped(&[("ppt/presentation.xml", "<a/>")])).contains("a PowerPoint presentation"));
    assert!(message(&document("<w:p/>")).contains("is empty"));
    assert!(message(&zipped(&[(WORD.main, "<w:document/>")])).contains("no body"));
    assert!(message(&zipped(&[(WORD.main, "<a><b></a>")])).contains("part `word/document.xml`, byte 6"));
    let entity = "<!DOCTYPE x [<!ENTITY a 'aaaa'>]><w:document><w:body><w:p>&a;</w:p></w:body></w:document>";
    assert!(message(&zipped(&[(WORD.main, entity)])).contains("a document type definition"));
    assert!(message(&bomb(WORD.main, "<w:document><w:body>", 20 << 20)).contains("is too large"));
    assert!(message(b"PK\x03\x04").contains("malformed `a.docx`, the archive"));
}

#[test]
fn words_without_a_speaker_are_a_failure() {
    let reading = read(&document(&[p("Just a note."), p("And another.")].concat())).unwrap();
    assert!(reading.transcripts.is_empty());
    assert!(reading.failures[0].to_string().contains("no speaker labels in `a.docx`, line 1"));
}

#[test]
fn mojibake_is_repaired() {
    let parts = [p("Q: Whyâ€”then?"), p("A: So."), p("Q: And?"), p("A: No.")];
    let reading = read(&document(&parts.concat())).unwrap();
    assert_eq!(reading.mojibake_repaired, 1);
    assert_eq!(&*reading.transcripts[0].turns[0].text, "Why—then?");
}

proptest! {
    /// Nothing begins like a gender: `Tom: m, a` and `Maria: f, b` on top describe people.
    #[test]
    fn turns_are_exactly_those_put_in(said in proptest::collection::vec("[a-eg-ln-vx-zé][a-zé ,—]{0,30}[a-zé.]", 4..20)) {
        let label = |n: usize| if n.is_multiple_of(2) { "Tom" } else { "Maria" };
        let paragraphs: String = said.iter().enumerate().map(|(n, words)| p(&format!("{}: {words}", label(n)))).collect();
        let rows: Vec<[&str; 2]> = said.iter().enumerate().map(|(n, words)| [label(n), words.as_str()]).collect();
        let rows: Vec<&[&str]> = rows.iter().map(|row| &row[..]).collect();
        let in_table = [&[&["Speaker", "Text"][..]], &rows[..]].concat();
        for inner in [paragraphs, table(&in_table)] {
            let reading = read(&document(&inner)).unwrap();
            check(&reading);
            let read: Vec<&str> = reading.transcripts[0].turns.iter().map(|turn| &*turn.text).collect();
            let put_in: Vec<&str> = said.iter().map(|words| words.trim()).collect();
            prop_assert_eq!(read, put_in);
        }
    }

    #[test]
    fn any_paragraphs_keep_their_positions(
        lines in proptest::collection::vec(
            "((# |\\*\\*)?(Tom|Maria|INTERVIEWER|Date|Participant ID)?(: | 0:1[0-9]\n|)[a-zA-Z .?—é]{0,20}|Interview [1-3]|\\PC{0,10})",
            0..16,
        ),
        cells in proptest::collection::vec("(Tom|Maria|Speaker|Text|0:03|[a-z ]{0,12}|)", 0..12),
        width in 1usize..5,
    ) {
        let lines: String = lines.iter().map(|line| p(line)).collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let rows: Vec<&[&str]> = cells.chunks(width).collect();
        let tabled = table(&rows);
        for inner in [format!("{lines}{tabled}{lines}"), lines] {
            if let Ok(reading) = read(&document(&inner)) {
                check(&reading);
            }
        }
    }

    #[test]
    fn damaged_files_are_read_or_refused(at in any::<prop::sample::Index>(), byte: u8) {
        let mut bytes = document(&[p("Q: Why?"), p("A: So."), table(&[&["Tom", "x"], &["Maria", "y"]])].concat());
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(reading) = read(&bytes) {
            check(&reading);
        }
    }
}

#[test]
fn codes_beside_a_transcript_are_left_out() {
    let parts = [
        p("Interview of 3 May"),
        table(&[
            &["Transcript", "Codes", "Memo"],
            &["Interviewer: Why is it hard?", "", ""],
            &["Tom: Being two short.", "staffing", "compare with Ida: she says so too"],
            &["Interviewer: And what helps?", "", ""],
            &["Tom: Someone at the door.", "staffing", ""],
        ]),
    ];
    let reading = read(&document(&parts.concat())).unwrap();
    check(&reading);
    let said: Vec<&str> = reading.transcripts[0].turns.iter().map(|turn| &*turn.text).collect();
    assert_eq!(said[said.len() - 3..], ["Being two short.", "And what helps?", "Someone at the door."]);
    assert_eq!(
        reading.warnings,
        ["`a.docx`: one column of a table is read as the transcript; left out beside it: `Codes`, `Memo`"]
    );
    // A table of another kind is read whole.
    let parts = [table(&[&["Interviewer: Why?", "Tom: So."], &["Interviewer: And?", "Tom: No."]])];
    assert!(read(&document(&parts.concat())).unwrap().warnings.is_empty());
}

#[test]
fn questions_beside_answers_are_turns() {
    let expected = |first: usize, [asks, answers]: [&str; 2]| {
        let said = [(asks, "Why so?"), (answers, "It rained."), (asks, "And then?"), (answers, "We left.")];
        let of_row = |(at, (speaker, words)): (usize, (&str, &str))| (speaker.to_owned(), first + at, words.to_owned());
        said.into_iter().enumerate().map(of_row).collect::<Vec<_>>()
    };
    let rows: [&[&str]; 2] = [&["Why so?", "It rained."], &["And then?", "We left."]];
    for titles in [["Interviewer", "Participant"], ["Question", "Answer"], ["Frage", "Antwort"]] {
        let talk = table(&[&titles, rows[0], rows[1]]);
        assert_eq!(found(&[talk]), [(None, expected(3, titles))]);
    }
    let untitled = table(&[rows[0], rows[1], &["Who was there?", "All of us."]]);
    let read = found(&[untitled]);
    assert_eq!(read[0].1[..4], expected(1, ["Question", "Answer"]));
    // Beside a transcript such a table is a form.
    let form: [&[&str]; 4] = [
        &["Question", "Answer"],
        &["How old are you?", "34"],
        &["Where do you live?", "Leeds"],
        &["Since when?", "2001"],
    ];
    let talk =
        [p("Interviewer: Why so?"), p("Maria: It rained."), p("Interviewer: And then?"), p("Maria: We left.")].concat();
    for form in [&form[..], &form[1..]] {
        let turns = &found(&[table(form), talk.clone()])[0].1;
        assert_eq!(turns.iter().filter(|turn| turn.0 == "Maria").count(), 2, "{turns:?}");
    }
}

#[test]
fn what_stands_beside_the_speakers_of_a_table_is_told() {
    let rows: [&[&str]; 3] =
        [&["No.", "Speaker", "Text", "Codes"], &["1", "Tom", "Why so?", ""], &["2", "Maria", "It rained.", "weather"]];
    let reading = read(&document(&table(&rows))).unwrap();
    let told = "`a.docx`: a table holds more than speakers and what they say; left out beside it: `Codes`";
    assert_eq!(reading.warnings, [told]);
    let rows: Vec<&[&str]> = rows.iter().map(|row| &row[..3]).collect();
    assert!(read(&document(&table(&rows))).unwrap().warnings.is_empty());
}

#[test]
fn a_document_of_text_boxes_is_named() {
    let boxed =
        |words: &str| format!("<w:p><w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r></w:p>", p(words));
    let error = read(&document(&boxed("Interviewer: Why so?"))).map(|_| ()).unwrap_err();
    assert!(error.to_string().contains("a document whose words all stand in text boxes"), "{error}");
    assert!(error.hint().unwrap().contains("out of the boxes"));
}

#[test]
fn questions_in_bold_or_italic_letters_are_asked_and_told() {
    let talk = [
        ("How did you come to it?", "My uncle needed somebody small enough."),
        ("What were you catching?", "Herring until the ban, and prawns afterwards."),
        ("Tell me about the harbour.", "You could cross it on decks."),
        ("Who was there?", "All of us, and a chaplain."),
        ("And then?", "The engine wanted forty thousand."),
    ];
    let bold = |(asked, said): &(&str, &str)| [p(&format!("**{asked}")), p(said)].concat();
    let italic = |(asked, said): &(&str, &str)| [p(&format!("**{asked}")).replace("w:b/", "w:i/"), p(said)].concat();
    let of = |parts: Vec<String>| read(&document(&parts.concat())).unwrap();
    for (letters, parts) in
        [("bold", talk.iter().map(bold).collect::<Vec<_>>()), ("italic", talk.iter().map(italic).collect())]
    {
        let reading = of([vec![p("About the harbour")], parts].concat());
        check(&reading);
        assert!(reading.failures.is_empty() && reading.transcripts.len() == 1, "{:?}", reading.failures);
        let spoken = reading.transcripts[0].turns.iter().filter(|turn| !turn.speaker.is_empty());
        let spoken: Vec<(&str, &str)> = spoken.map(|turn| (&*turn.speaker, &*turn.text)).collect();
        assert_eq!((spoken.len(), spoken[0], spoken[5]), (10, ("Question", talk[0].0), ("Answer", talk[2].1)));
        assert!(reading.warnings[0].contains(&format!("paragraphs in {letters} letters")), "{:?}", reading.warnings);
    }
    // Plain letters throughout, titles in bold, and labels.
    let plain = talk.iter().flat_map(|(asked, said)| [p(asked), p(said)]);
    assert!(of(plain.collect()).transcripts.is_empty());
    let titled = talk.iter().map(|(asked, said)| [p(&format!("**{}", asked.replace('?', ""))), p(said)].concat());
    assert!(of(titled.collect()).transcripts.is_empty());
    let labelled =
        talk.iter().map(|(asked, said)| [p(&format!("**Ann: {asked}")), p(&format!("Tom: {said}"))].concat());
    let reading = of(labelled.collect());
    assert_eq!((reading.warnings, &*reading.transcripts[0].turns[0].speaker), (Vec::<String>::new(), "Ann"));
}
