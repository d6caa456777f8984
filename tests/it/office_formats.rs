//! Word and Excel files from end to end through the library: one interview in every layout.

use std::fs;
use std::path::{Path, PathBuf};

use leitmotif::corpus::{Corpus, CorpusError, InputSpec, ReadOptions, Role, read};

const QUESTIONS: [&str; 3] = [
    "Thanks for taking the time. Could you tell me how a night shift usually begins?",
    "What makes a night hard for you?",
    "What would help?",
];
const ANSWERS: [&str; 4] = [
    "With the handover, always. We walk from bed to bed, and the evening nurse tells me what worried her — that \
     matters more than any screen.",
    "Being two people short. Last week I had nineteen patients, and I kept thinking that I would miss the one who \
     gets quiet.",
    "Satisfied: no. Tired, yes. And then the phone rings at 03:30 and it is the lab again.",
    "Someone at the door at four in the morning. Naïve as it sounds, a café that stays open would help too! 🙂",
];
/// The question of each answer.
const ASKED: [usize; 4] = [0, 1, 1, 2];
const SECONDS: [f64; 4] = [11.0, 28.0, 41.0, 55.0];

fn read_path(path: PathBuf) -> Result<Corpus, CorpusError> {
    read(&[InputSpec { study: None, path }], &ReadOptions::default())
}

fn fixture(name: &str) -> Corpus {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/transcripts").join(name);
    let corpus = read_path(path).unwrap();
    assert!(corpus.failures.is_empty(), "{:?}", corpus.failures);
    check(&corpus);
    corpus
}

fn written(name: &str, bytes: &[u8]) -> Result<Corpus, CorpusError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    read_path(path)
}

/// Every turn is exactly its span.
fn check(corpus: &Corpus) {
    for turn in corpus.transcripts.iter().flat_map(|transcript| &transcript.turns) {
        let text = &corpus.documents[turn.document].text;
        let slice: String = text.chars().skip(turn.span.start).take(turn.span.len()).collect();
        assert_eq!(slice, *turn.text);
        assert_eq!(turn.text.trim(), &*turn.text);
        assert!(!turn.text.is_empty());
    }
}

fn said(corpus: &Corpus) -> Vec<(String, String)> {
    let question = |answer| corpus.question_text(answer);
    corpus.answers.iter().map(|answer| (question(answer), corpus.turn_of(answer).text.to_string())).collect()
}

fn expected() -> Vec<(String, String)> {
    ASKED.iter().zip(ANSWERS).map(|(&asked, answer)| (QUESTIONS[asked].to_owned(), answer.to_owned())).collect()
}

/// Lines of the answers, and the second each is heard at.
fn places(corpus: &Corpus) -> (Vec<usize>, Vec<Option<f64>>) {
    let turns = || corpus.answers.iter().map(|answer| corpus.turn_of(answer));
    (turns().map(|turn| turn.line).collect(), turns().map(|turn| turn.seconds_at(turn.span.start)).collect())
}

fn speakers(corpus: &Corpus) -> Vec<(&str, Role, usize)> {
    corpus.transcripts[0].speakers.iter().map(|speaker| (speaker.label.as_str(), speaker.role, speaker.turns)).collect()
}

#[test]
fn a_teams_transcript_is_read() {
    let corpus = fixture("teams.docx");
    assert_eq!(said(&corpus), expected());
    let transcript = &corpus.transcripts[0];
    assert_eq!((transcript.study.as_str(), transcript.id.as_str()), ("transcripts", "teams"));
    // The title, the date and the notices of Teams are nobody's words.
    let speakers = speakers(&corpus);
    assert_eq!(
        speakers,
        [
            ("", Role::Other, 1),
            ("Tom Reyes", Role::Interviewer, 3),
            ("Maria Keller", Role::Participant, 4),
            ("(notice)", Role::Other, 2)
        ]
    );
    assert_eq!(places(&corpus), (vec![6, 8, 9, 11], SECONDS.map(Some).to_vec()));
    assert!(transcript.turns.iter().any(|turn| &*turn.text == "Tom Reyes stopped transcription"));
    assert_eq!((corpus.sources[0].format.as_str(), &corpus.sources[0].layout), ("docx", &None));
    assert!(corpus.warnings.is_empty(), "{:?}", corpus.warnings);
}

#[test]
fn a_word_document_with_labels_is_read() {
    let corpus = fixture("word.docx");
    assert_eq!(said(&corpus), expected());
    let transcript = &corpus.transcripts[0];
    assert_eq!((transcript.study.as_str(), transcript.id.as_str()), ("Night shifts", "night_07"));
    let speakers = speakers(&corpus);
    assert_eq!(
        speakers,
        [("Tom Reyes", Role::Interviewer, 3), ("Maria Keller", Role::Participant, 4), ("", Role::Other, 1)]
    );
    assert_eq!(places(&corpus).0, [8, 10, 11, 14]);
    let text = &corpus.documents[0].text;
    for left_out in ["eighteen", "Confidential", "page 1"] {
        assert!(!text.contains(left_out), "{left_out}");
    }
    assert!(corpus.warnings.is_empty(), "{:?}", corpus.warnings);
}

#[test]
fn a_table_with_a_speaker_column_is_read() {
    let corpus = fixture("table.docx");
    assert_eq!(said(&corpus), expected());
    assert_eq!(corpus.transcripts[0].id, "night_07");
    let speakers = speakers(&corpus);
    assert_eq!(speakers, [("Tom Reyes", Role::Interviewer, 3), ("Maria Keller", Role::Participant, 4)]);
    assert_eq!(places(&corpus), (vec![11, 17, 20, 26], SECONDS.map(Some).to_vec()));
    assert_eq!(corpus.sources[0].layout.as_deref(), Some("a table with a speaker column"));
}

#[test]
fn a_workbook_of_turns_is_read() {
    let corpus = fixture("turns.xlsx");
    assert_eq!(said(&corpus), expected());
    let transcript = &corpus.transcripts[0];
    assert_eq!((corpus.transcripts.len(), transcript.id.as_str()), (1, "night_07"));
    assert_eq!(places(&corpus).0, [5, 7, 8, 10]);
    let cell = corpus.documents[corpus.turn_of(&corpus.answers[0]).document].cell.clone().unwrap();
    assert_eq!((cell.row, cell.line, &*cell.column), (2, 5, "Text"));
    assert_eq!(corpus.sources[0].format, "xlsx");
    assert!(corpus.warnings.is_empty(), "{:?}", corpus.warnings);
}

#[test]
fn a_workbook_of_a_survey_is_read() {
    let corpus = fixture("survey.xlsx");
    let ids: Vec<_> = corpus.transcripts.iter().map(|transcript| transcript.id.as_str()).collect();
    assert_eq!(ids, ["007", "008"]);
    // A cell holds what was said to one question.
    let cell = format!("{}\n{}", ANSWERS[1], ANSWERS[2]);
    let maria: Vec<_> = [(0, ANSWERS[0]), (1, &cell), (2, ANSWERS[3])]
        .into_iter()
        .map(|(asked, answer)| (QUESTIONS[asked].to_owned(), answer.to_owned()))
        .collect();
    assert_eq!(said(&corpus)[..3], maria);
    assert_eq!(corpus.answers.len(), 5);
    let layout = corpus.sources[0].layout.as_deref().unwrap();
    assert!(layout.starts_with("sheet `Form Responses 1`, a survey"), "{layout}");
    let warnings = corpus.warnings.join("\n");
    assert!(warnings.contains("left out as closed questions: `Would you do it again?`"), "{warnings}");
    assert!(warnings.contains("sheet `Form Responses 1` was read, not `Codebook`"), "{warnings}");
}

#[test]
fn contents_win_over_an_extension_that_is_wrong() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/transcripts");
    let corpus = written("teams.txt", &fs::read(folder.join("teams.docx")).unwrap()).unwrap();
    assert_eq!(said(&corpus), expected());
    assert!(corpus.warnings[0].contains("was read as docx"), "{:?}", corpus.warnings);
    let corpus = written("turns.docx", &fs::read(folder.join("turns.xlsx")).unwrap()).unwrap();
    assert_eq!(said(&corpus), expected());
}

#[test]
fn what_is_no_office_file_is_explained() {
    let explained = |name: &str, bytes: &[u8]| {
        let error = written(name, bytes).unwrap_err();
        format!("{error}; {}", error.hint().unwrap())
    };
    let message = explained("a.docx", b"Interviewer: Why?\nMaria: So.\n");
    assert!(message.contains("it is plain text, no Word document") && message.contains("extension"), "{message}");
    let message = explained("a.xlsx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on");
    assert!(message.contains("old Office file, or one with a password"), "{message}");
    assert!(message.contains("without a password"), "{message}");
    let message = explained("a.docx", b"PK\x03\x04 cut off");
    assert!(message.contains("a damaged zip archive") && message.contains("save it again"), "{message}");
}

/// A form ends in prompts, and says where it was tried out and who was not asked.
#[test]
fn prompts_and_codes_of_a_survey_are_told_from_answers() {
    let text = "ResponseId,Status,What makes a night hard?,Why?,Any other comments,Desk notes\n\
                R_0,Survey Preview,test,test,test,test\n\
                R_1,IP Address,Being two people short,Nobody covers the ward,Question not displayed,rang back on Monday\n\
                R_2,IP Address,The phone at half past three,It is the lab again,Thank you all for asking,wrote it all by hand\n\
                R_3,IP Address,Question not displayed,Question not displayed,No,\n";
    let corpus = written("night.csv", text.as_bytes()).unwrap();
    check(&corpus);
    let asked = ["What makes a night hard?", "Why?", "Any other comments"];
    let ids: Vec<_> = corpus.transcripts.iter().map(|transcript| transcript.id.as_str()).collect();
    assert_eq!(ids, ["R_1", "R_2", "R_3"]);
    let expected = [
        (asked[0], "Being two people short"),
        (asked[1], "Nobody covers the ward"),
        (asked[2], "Question not displayed"),
        (asked[0], "The phone at half past three"),
        (asked[1], "It is the lab again"),
        (asked[2], "Thank you all for asking"),
    ];
    assert_eq!(said(&corpus)[..6], expected.map(|(asked, answer)| (asked.to_owned(), answer.to_owned())));
    assert_eq!(corpus.documents.iter().filter(|document| document.is_missing).count(), 3);
    let warnings = corpus.warnings.join("\n");
    for warning in [
        "1 row is a preview of the survey and was left out, as column `Status` tells",
        "columns of words were left out: `Desk notes`; to read them",
        "3 cells hold codes for a missing answer, which nobody gave: `Question not displayed` 3 times",
    ] {
        assert!(warnings.contains(warning), "{warning}: {warnings}");
    }
}

#[test]
fn survey_programs_write_headers_of_several_rows() {
    let questions = QUESTIONS.map(|question| format!("\"{question}\"")).join(",");
    let answers = [ANSWERS[0], ANSWERS[1], ANSWERS[3]].map(|answer| format!("\"{answer}\"")).join(",");
    let expected: Vec<_> =
        [0, 1, 2].map(|n| (QUESTIONS[n].to_owned(), [ANSWERS[0], ANSWERS[1], ANSWERS[3]][n].to_owned())).to_vec();
    let import = |id: &str| format!("\"{{\"\"ImportId\"\":\"\"{id}\"\"}}\"");
    let imports = ["startDate", "_recordId", "QID1_TEXT", "QID2_TEXT", "QID3_TEXT"].map(import).join(",");
    let qualtrics = format!(
        "StartDate,ResponseId,Q1,Q2,Q3\nStart Date,Response ID,{questions}\n{imports}\n2026-03-10,R_1,{answers}\n"
    );
    let monkey = format!(
        "Respondent ID,Start Date,{questions}\n,,Open-Ended Response,Open-Ended Response,Open-Ended Response\n\
         R_1,2026-03-10,{answers}\n"
    );
    for (text, line) in [(qualtrics, 4), (monkey, 3)] {
        let corpus = written("survey.csv", text.as_bytes()).unwrap();
        check(&corpus);
        assert_eq!(corpus.transcripts[0].id, "R_1");
        assert_eq!(said(&corpus), expected);
        assert_eq!(places(&corpus).0, [line; 3]);
        assert!(corpus.warnings.is_empty() && corpus.failures.is_empty(), "{:?}", corpus.warnings);
    }
}

/// A workbook of participants with a sheet for each ward, and one of something else.
#[test]
fn participants_on_sheets_with_the_same_columns_are_read_and_other_sheets_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("people.xlsx");
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, rows) in [
        ("East", [["id", "ward"], ["hospital_01", "east"]]),
        ("West", [["id", "ward"], ["hospital_02", "west"]]),
        ("Pay", [["id", "band"], ["hospital_01", "5"]]),
    ] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
    }
    workbook.save(&path).unwrap();
    let options = ReadOptions { participants: Some(path), ..ReadOptions::default() };
    let hospital = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/hospital");
    let corpus = read(&[InputSpec { study: None, path: hospital }], &options).unwrap();
    let of = |id: &str| corpus.attributes.of("hospital", id).unwrap().to_vec();
    assert_eq!((of("hospital_01"), of("hospital_02")), (vec!["east".to_owned()], vec!["west".to_owned()]));
    let told = |warning: &String| warning.contains("sheets `East`, `West` were read, not `Pay`;");
    assert!(corpus.warnings.iter().any(told), "{:?}", corpus.warnings);
}
