//! Projects written here, by hand and by rule.

use proptest::prelude::*;

use super::super::Case;
use super::super::archive::tests::{bomb, zipped};
use super::*;

fn read(bytes: Vec<u8>) -> Result<Reading, CorpusError> {
    let (options, names) = (ReadOptions::default(), Names::default());
    let contents = Contents::Binary(bytes);
    Qdpx.read(File { path: "a.qdpx", extension: Some("qdpx"), contents, options: &options, names: &names })
}

fn project(inner: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let list = format!("<Project xmlns=\"urn:QDA-XML:project:1.0\">{inner}</Project>");
    let mut all = vec![(MAIN, list.as_str())];
    all.extend(parts);
    zipped(&all)
}

const TALK: &str = "Interviewer: Why?\r\n\r\nParticipant: So it is.\r\n";

fn ids(reading: &Reading) -> Vec<(&str, Option<&str>, usize)> {
    let transcripts = reading.transcripts.iter();
    transcripts.map(|t| (t.id.as_deref().unwrap_or_default(), t.study.as_deref(), t.turns.len())).collect()
}

#[test]
fn cases_are_participants() {
    let inner = "<Variables><Variable guid=\"V\" name=\"study\" typeOfVariable=\"Text\"/></Variables>\
        <Cases><Case guid=\"C1\" name=\"wards/anna\"><VariableValue><VariableRef targetGUID=\"V\"/><TextValue>wards</TextValue></VariableValue>\
        <SourceRef targetGUID=\"S1\"/></Case>\
        <Case guid=\"C2\" name=\"ben\"><SourceRef targetGUID=\"S2\"/><SourceRef targetGUID=\"S3\"/></Case></Cases>\
        <Sources><TextSource guid=\"S1\" name=\"one\" plainTextPath=\"internal://S1.txt\"/>\
        <TextSource guid=\"S2\" name=\"two\" plainTextPath=\"internal://S2.txt\"/>\
        <TextSource guid=\"S3\" name=\"three\"><PlainTextContent>Interviewer: And?\n\nParticipant: No.</PlainTextContent></TextSource>\
        <TextSource guid=\"S4\" name=\"alone\" plainTextPath=\"internal://S1.txt\"/>\
        <PictureSource guid=\"S5\" name=\"photo\" path=\"internal://S5.png\"/></Sources>";
    let reading = read(project(inner, &[("Sources/S1.txt", TALK), ("sources/S2.txt", TALK)])).unwrap();
    assert_eq!(
        ids(&reading),
        [("anna", Some("wards"), 2), ("ben_01", None, 2), ("ben_02", None, 2), ("alone", None, 2)]
    );
    let told = &reading.warnings;
    assert_eq!(told[0], "`a.qdpx`: 1 source without words: `photo`");
    assert!(told[1].starts_with("`a.qdpx`: 1 case has several sources (`ben`): they count as interviews with one"));
    let persons: Vec<_> = reading.transcripts.iter().map(|transcript| transcript.person.as_deref()).collect();
    assert_eq!(persons, [None, Some("ben"), Some("ben"), None]);
    let turn = &reading.transcripts[2].turns[1];
    assert_eq!((turn.document, &*turn.text), (2, "No."));
}

#[test]
fn a_case_in_whose_sources_others_speak_is_no_person() {
    let inner = "<Cases><Case guid=\"C\" name=\"nurses\"><SourceRef targetGUID=\"S1\"/><SourceRef targetGUID=\"S2\"/></Case>\
        </Cases><Sources><TextSource guid=\"S1\" name=\"a\" plainTextPath=\"internal://S1.txt\"/>\
        <TextSource guid=\"S2\" name=\"b\" plainTextPath=\"internal://S2.txt\"/></Sources>";
    let with = |who: &str| format!("Interviewer: Why?\n\n{who}: So it is.\n\nInterviewer: And?\n\n{who}: No.\n");
    let parts = [with("Anna"), with("Berta")];
    let reading = read(project(inner, &[("sources/S1.txt", &parts[0]), ("sources/S2.txt", &parts[1])])).unwrap();
    assert_eq!(reading.transcripts.len(), 2);
    assert!(reading.transcripts.iter().all(|transcript| transcript.person.is_none()));
    let told = "(`nurses`): not the same speak in all of them";
    assert!(reading.warnings.iter().any(|warning| warning.contains(told)), "{:?}", reading.warnings);
}

#[test]
fn variables_say_what_is_known_of_cases() {
    let variable = |id: &str, name: &str| format!("<Variable guid=\"{id}\" name=\"{name}\" typeOfVariable=\"Text\"/>");
    let value = |id: &str, kind: &str, value: &str| {
        format!("<VariableValue><VariableRef targetGUID=\"{id}\"/><{kind}>{value}</{kind}></VariableValue>")
    };
    let inner = format!(
        "<Variables>{}{}{}</Variables><Cases><Case guid=\"C1\" name=\"anna\">{}{}{}<SourceRef targetGUID=\"S1\"/>\
         <SourceRef targetGUID=\"S2\"/></Case><Case guid=\"C2\" name=\"ben\"><SourceRef targetGUID=\"S3\"/></Case></Cases>\
         <Sources><TextSource guid=\"S1\" name=\"a\" plainTextPath=\"internal://S1.txt\">{}</TextSource></Sources>",
        variable("V1", "ward"),
        variable("V2", "age"),
        variable("V3", "note"),
        value("V1", "TextValue", " north "),
        value("V2", "IntegerValue", "34"),
        value("V3", "TextValue", ""),
        value("V3", "TextValue", "of the source"),
    );
    let reading = read(project(&inner, &[("sources/S1.txt", TALK)])).unwrap();
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let ids = ["anna", "anna_01", "anna_02"].map(str::to_owned).to_vec();
    let expected = Case { study: None, ids, values: vec![pair("ward", "north"), pair("age", "34")] };
    assert_eq!(reading.cases, [expected]);
}

#[test]
fn sets_of_sources_are_known_of_their_people() {
    let source = |id: &str| format!("<TextSource guid=\"{id}\" name=\"{id}\" plainTextPath=\"internal://S1.txt\"/>");
    let set = |name: &str, members: &[&str]| {
        let members: String = members.iter().map(|id| format!("<MemberSource targetGUID=\"{id}\"/>")).collect();
        format!("<Set guid=\"x\" name=\"{name}\">{members}</Set>")
    };
    let inner = format!(
        "<Variables><Variable guid=\"V\" name=\"ward\" typeOfVariable=\"Text\"/></Variables><Cases>\
         <Case guid=\"C1\" name=\"anna\"><VariableValue><VariableRef targetGUID=\"V\"/><TextValue>north</TextValue></VariableValue>\
         <SourceRef targetGUID=\"S1\"/></Case><Case guid=\"C2\" name=\"ben\"><SourceRef targetGUID=\"S2\"/>\
         <SourceRef targetGUID=\"S3\"/></Case></Cases><Sources>{}{}{}{}</Sources><Sets>{}{}{}{}</Sets>",
        source("S1"),
        source("S2"),
        source("S3"),
        source("S4"),
        set("nights", &["S2", "S3", "S4"]),
        set("ward", &["S1", "S2"]),
        set("only codes", &[]),
        set("elsewhere", &["S9"]),
    );
    let reading = read(project(&inner, &[("sources/S1.txt", TALK)])).unwrap();
    let known: Vec<String> = reading.cases[1..]
        .iter()
        .map(|case| {
            let values: Vec<String> = case.values.iter().map(|(name, value)| format!("{name}: {value}")).collect();
            format!("{} = {}", case.ids.join(", "), values.join(", "))
        })
        .collect();
    assert_eq!(
        known,
        [
            "anna = nights: no, ward (set): yes",
            "ben_01 = nights: yes, ward (set): yes",
            "ben_02 = nights: yes, ward (set): no",
            "S4 = nights: yes, ward (set): no",
            "ben = nights: yes",
        ]
    );
}

#[test]
fn a_group_has_stretches_of_one_source() {
    let inner = "<Cases><Case guid=\"C1\" name=\"g/Ana\"><SelectionRef targetGUID=\"X1\"/></Case>\
        <Case guid=\"C2\" name=\"g/Ben\"><SelectionRef targetGUID=\"X2\"/></Case></Cases>\
        <Sources><TextSource guid=\"S1\" name=\"s_g\" plainTextPath=\"internal://S1.txt\">\
        <PlainTextSelection guid=\"X1\" startPosition=\"0\" endPosition=\"1\"/><PlainTextSelection guid=\"X2\"/></TextSource></Sources>";
    let reading = read(project(
        inner,
        &[("sources/S1.txt", "Moderator: Why?\nAna: One.\nBen: Two.\nModerator: And?\nBen: Three.\nAna: Four.\n")],
    ))
    .unwrap();
    assert_eq!(ids(&reading), [("g", None, 6)]);
}

#[test]
fn transcripts_of_recordings_and_documents_are_read() {
    let document = zipped(&[(
        "word/document.xml",
        "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>Interviewer: Why?</w:t></w:r></w:p>\
         <w:p><w:r><w:t>Participant: So.</w:t></w:r></w:p></w:body></w:document>",
    )]);
    let list = "<Project><Sources><AudioSource guid=\"A\" name=\"tape\" path=\"internal://A.mp3\">\
        <Transcript guid=\"T\" plainTextPath=\"internal://T.txt\"/></AudioSource>\
        <TextSource guid=\"W\" name=\"word\" richTextPath=\"internal://W.docx\"/></Sources></Project>";
    let parts: [(&str, &[u8]); 3] =
        [(MAIN, list.as_bytes()), ("sources/T.txt", TALK.as_bytes()), ("sources/W.docx", &document)];
    let reading = read(zipped(&parts)).unwrap();
    assert_eq!(ids(&reading), [("tape", None, 2), ("word", None, 2)]);
    assert!(reading.warnings.is_empty());
}

#[test]
fn what_is_missing_or_hostile_is_an_error() {
    let source =
        |address: &str| format!("<Sources><TextSource guid=\"S\" name=\"s\" plainTextPath=\"{address}\"/></Sources>");
    let message = |inner: &str, parts: &[(&str, &str)]| read(project(inner, parts)).unwrap_err().to_string();
    assert!(message(&source("absolute:///etc/passwd"), &[]).contains("they lie outside the project"));
    assert!(message(&source("internal://../../etc/passwd"), &[]).contains("the project has no"));
    assert!(message(&source("internal://x.txt"), &[("sources/x.txt", "no speaker at all")]).contains("no speaker"));
    assert!(message("", &[]).contains("no transcript among them"));
    let nested = project(&source("internal://p.qdpx"), &[]);
    let list = format!("<Project>{}</Project>", source("internal://p.qdpx"));
    let parts: [(&str, &[u8]); 2] = [(MAIN, list.as_bytes()), ("sources/p.qdpx", &nested)];
    assert!(read(zipped(&parts)).unwrap_err().to_string().contains("a zip archive"));
    assert!(read(bomb(MAIN, "<Project>", 20 << 20)).unwrap_err().to_string().contains("too large"));
    let entity = zipped(&[(MAIN, "<!DOCTYPE a [<!ENTITY b \"b\">]><Project/>")]);
    assert!(read(entity).unwrap_err().to_string().contains("document type definition"));
}

proptest! {
    #[test]
    fn any_list_is_read_or_refused(inner in "(<Cases>|</Cases>|<Case name='a/b'>|</Case>|<SourceRef targetGUID='S'/>|<Sources>|\
        </Sources>|<TextSource guid='S' name='s' plainTextPath='internal://S.txt'>|</TextSource>|<Transcript>|</Transcript>|\
        <PlainTextContent>|</PlainTextContent>|<PlainTextSelection guid='x'/>|<SelectionRef targetGUID='x'/>|Tom: a){0,30}") {
        let _ = read(project(&inner, &[("sources/S.txt", TALK)]));
    }
}

#[test]
fn sources_that_are_told_by_the_bare_name_of_their_part_are_read() {
    let of = |address: &str| {
        let inner = format!("<Sources><TextSource guid=\"S1\" plainTextPath=\"{address}\"/></Sources>");
        read(project(&inner, &[("sources/board_2017.txt", TALK)]))
    };
    for address in ["board_2017.txt", "internal://board_2017.txt"] {
        assert_eq!(ids(&of(address).unwrap()), [("board_2017", None, 2)], "{address}");
    }
    for address in ["relative:///board_2017.txt", "/home/ann/board_2017.txt", "C:\\board_2017.txt", "board_2018.txt"] {
        assert!(of(address).is_err(), "{address}");
    }
}
