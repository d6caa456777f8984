//! The station as a whole: files in, answers and units out.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::*;

const WARD: &str = "# Talk 3\n\n**Transcript ID:** ward_0003\n\n---\n\n\
    Interviewer: Hello! Any questions before we begin?\n\n\
    Participant: No, let’s get started.\n\n\
    Interviewer: How do you plan the rota, and who helps?\n\n\
    Participant: On paper, mostly. Naïve as it sounds, we trust each other more than any screen.\n\n\
    Satisfied:\nthe team at 17:30\n\n\
    Interviewer: Anything else?\n\n\
    Participant: No, that’s all. Thank you!\n";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> Result<Corpus, CorpusError> {
        self.read_with(name, &ReadOptions::default())
    }

    fn read_with(&self, name: &str, options: &ReadOptions) -> Result<Corpus, CorpusError> {
        super::read(&[InputSpec { study: None, path: self.path(name) }], options)
    }
}

fn read_one(name: &str, text: &str) -> Result<Corpus, CorpusError> {
    Folder::new(&[(name, text)]).read(name)
}

/// Every span is exactly its text, and the counts of the corpus agree.
fn check(corpus: &Corpus) {
    let slice = |document: usize, span: &std::ops::Range<usize>| -> String {
        corpus.documents[document].text.chars().skip(span.start).take(span.len()).collect()
    };
    for transcript in &corpus.transcripts {
        let mut turns = 0;
        for turn in &transcript.turns {
            assert_eq!(slice(turn.document, &turn.span), *turn.text);
            assert_eq!(turn.text.trim(), &*turn.text);
            assert!(!turn.text.is_empty());
            let document = &corpus.documents[turn.document];
            let line = document.cell.as_ref().map_or(1, |cell| cell.line);
            assert!(turn.line >= line);
        }
        for speaker in &*transcript.speakers {
            turns += speaker.turns;
        }
        assert_eq!(turns, transcript.turns.len());
    }
    let answers: usize =
        corpus.transcripts.iter().map(|t| t.turns.iter().filter(|turn| turn.role == Role::Participant).count()).sum();
    assert_eq!(answers, corpus.answers.len());
    for answer in &corpus.answers {
        let turns = &corpus.transcripts[answer.transcript].turns;
        assert!(answer.question_turns.iter().all(|&t| turns[t].role == Role::Interviewer));
    }
    for kind in [UnitKind::Auto, UnitKind::Passage, UnitKind::Answer, UnitKind::Sentence] {
        let units = divide(corpus, &UnitOptions { kind, min_words: 5 });
        let mut ids = HashSet::new();
        let mut said: Vec<String> = vec![String::new(); corpus.answers.len()];
        for unit in &units {
            let turn = corpus.turn_of(&corpus.answers[unit.answer]);
            assert_eq!(slice(turn.document, &unit.span), unit.text);
            assert!(turn.span.start <= unit.span.start && unit.span.end <= turn.span.end);
            assert!(ids.insert(&unit.id), "{}", unit.id);
            said[unit.answer].push_str(&unit.text);
        }
        for (answer, said) in corpus.answers.iter().zip(said) {
            let squeeze = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(squeeze(&said), squeeze(&corpus.turn_of(answer).text));
        }
    }
}

#[test]
fn a_transcript_becomes_answers() {
    let corpus = read_one("a.md", WARD).unwrap();
    check(&corpus);
    let transcript = &corpus.transcripts[0];
    assert_eq!((transcript.study.as_str(), transcript.id.as_str()), ("ward", "ward_0003"));
    assert_eq!(corpus.answers.len(), 3);
    let answer = &corpus.answers[1];
    assert_eq!(corpus.question_text(answer), "How do you plan the rota, and who helps?");
    let turn = corpus.turn_of(answer);
    assert!(turn.text.ends_with("Satisfied:\nthe team at 17:30"));
    assert_eq!(turn.line, 13);
    let units = divide(&corpus, &UnitOptions::default());
    let found: Vec<_> = units.iter().map(|unit| (unit.id.as_str(), unit.excluded)).collect();
    assert_eq!(
        found,
        [
            ("ward/ward_0003#1", Some(Exclusion::Courtesy)),
            ("ward/ward_0003#2", None),
            ("ward/ward_0003#3", Some(Exclusion::Courtesy))
        ]
    );
    assert_eq!(corpus.sources[0].blake3, blake3::hash(WARD.as_bytes()).to_hex().to_string());
    assert!(corpus.warnings.is_empty() && corpus.failures.is_empty());
}

#[test]
fn a_header_tells_who_is_who() {
    let text = "Talks on the allotment\n\nINTERVIEWER: Jon Moss\nINTERVIEWEE: Ida Lund\nDATE: 3 May 2019\n\n\
                JM: You were there first.\n\nIL: We were, with two spades and no plan at all.\n\nJM: And it rained.\n\n\
                IL: It did, until June.\n";
    let corpus = read_one("plot.txt", text).unwrap();
    check(&corpus);
    let roles: Vec<(&str, Role)> =
        corpus.transcripts[0].speakers.iter().map(|speaker| (speaker.label.as_str(), speaker.role)).collect();
    assert_eq!(roles, [("JM", Role::Interviewer), ("IL", Role::Participant)]);
    assert_eq!(corpus.transcripts[0].turns[0].line, 7);
    assert!(corpus.transcripts[0].speakers[0].reason.contains("Jon Moss"));
    assert_eq!(corpus.transcripts[0].id, "plot");
    assert!(corpus.warnings.is_empty(), "{:?}", corpus.warnings);
}

#[test]
fn a_file_may_be_one_persons_own_words() {
    let text = "Monday\n\nI dug the beds: all of them. Was it worth it?\n\nTuesday\n\nRain.\n";
    let folder = Folder::new(&[("ida.txt", text)]);
    let refused = folder.read("ida.txt").unwrap_err();
    assert!(refused.hint().unwrap().contains("--participant \"ida.txt\""), "{:?}", refused.hint());
    let options = ReadOptions { participant: vec!["ida.txt".to_owned()], ..ReadOptions::default() };
    let corpus = folder.read_with("ida.txt", &options).unwrap();
    check(&corpus);
    assert_eq!((corpus.answers.len(), &*corpus.answers[0].participant), (1, "ida"));
    assert_eq!(&*corpus.turn_of(&corpus.answers[0]).text, text.trim());
    assert!(corpus.warnings.is_empty(), "{:?}", corpus.warnings);
}

#[test]
fn doubtful_speakers_are_said_with_their_line() {
    let text = "Interviewer: Why here?\n\nParticipant: It was free.\n\nInterviewer: And then?\n\n\
                Participant: We dug.\n\nZora: He forgets the spring.\n\nInterviewer: And now?\n\nParticipant: Beans.\n";
    let corpus = read_one("plot.txt", text).unwrap();
    check(&corpus);
    assert!(corpus.warnings[0].contains("plot.txt`, line 9: `Zora:` looks like a speaker"), "{:?}", corpus.warnings);
}

#[test]
fn numbers_of_lines_are_no_words() {
    let text =
        "001 I: Why did you\n002 come here?\n003 P: It was free,\n004 and near.\n005 I: And now?\n006 P: Beans.\n";
    let corpus = read_one("plot.txt", text).unwrap();
    check(&corpus);
    let turn = corpus.turn_of(&corpus.answers[0]);
    assert_eq!((&*turn.text, turn.line), ("It was free,\nand near.", 3));
    let turns = ["I: Why did you", "come here?", "P: It was free,", "and near.", "I: And now?", "P: Beans."].repeat(3);
    for at_end in [false, true] {
        let line = |(at, words): (usize, &&str)| match (at % 5 == 4, at_end) {
            (false, _) => format!("{words}\n"),
            (true, true) => format!("{words}   {}\n", at + 1),
            (true, false) => format!("{} {words}\n", at + 1),
        };
        let corpus = read_one("plot.txt", &turns.iter().enumerate().map(line).collect::<String>()).unwrap();
        check(&corpus);
        assert_eq!(corpus.sources[0].layout.as_deref(), Some("line numbers, which were taken off"));
        let said: Vec<&str> = corpus.answers.iter().map(|answer| &*corpus.turn_of(answer).text).collect();
        assert_eq!(said, ["It was free,\nand near.", "Beans."].repeat(3));
        assert_eq!(corpus.turn_of(&corpus.answers[3]).line, 12);
        assert_eq!(corpus.warnings, Vec::<String>::new());
    }
}

#[test]
fn a_table_may_hold_a_transcript_a_row() {
    let cell = |n: usize| format!("t_{n:03},\"Q: Why so {n}?\n\nA: Because \"\"{n}\"\".\n\nQ: And?\n\nA: So.\"\n");
    let text = format!("transcript_id,text\n{}{}", cell(1), cell(2));
    let corpus = read_one("wards.csv", &text).unwrap();
    check(&corpus);
    assert_eq!(corpus.transcripts.len(), 2);
    let second = &corpus.transcripts[1];
    assert_eq!((second.study.as_str(), second.id.as_str()), ("wards", "t_002"));
    assert_eq!(&*second.turns[1].text, "Because \"2\".");
    assert_eq!(second.turns.iter().map(|turn| turn.line).collect::<Vec<_>>(), [9, 11, 13, 15]);
    let cell = corpus.documents[1].cell.clone().unwrap();
    assert_eq!((cell.row, cell.line, &*cell.column), (2, 9, "text"));
}

#[test]
fn a_table_may_hold_an_answer_a_row() {
    let text = "Respondent ID;Question;Answer\r\n\
                7;Why, then?;Because of the night shifts: long ones.\r\n\
                8;Why, then?;\r\n\
                7;And now?;I left.\r\n\
                8;And now?;\"N/A\"\r\n";
    let corpus = read_one("exit.csv", text).unwrap();
    check(&corpus);
    assert_eq!(corpus.transcripts.iter().map(|t| t.id.as_str()).collect::<Vec<_>>(), ["7", "8"]);
    assert_eq!(corpus.answers.len(), 3);
    assert_eq!(corpus.question_text(&corpus.answers[1]), "And now?");
    assert_eq!(corpus.studies(), ["exit"]);
    assert_eq!(corpus.transcripts[0].speakers[1].reason, "the column of the answers");
    assert_eq!(corpus.warnings, [format!("`{}`: 1 row has nothing in column `Answer`", corpus.sources[0].path)]);
    let units = divide(&corpus, &UnitOptions::default());
    assert_eq!(units[2].excluded, Some(Exclusion::NonAnswer));
}

#[test]
fn a_table_may_hold_a_turn_a_row() {
    let text = "study\ttranscript\tspeaker\ttext\n\
                days\tA\tTom\tWhy?\ndays\tA\tMaria\tBecause.\ndays\tA\tTom\tAnd?\ndays\tA\tBen\tSo.\n\
                nights\tA\tTom\tWhy?\nnights\tA\tAda\tNo idea.\n";
    let corpus = read_one("turns.tsv", text).unwrap();
    check(&corpus);
    assert_eq!(corpus.studies(), ["days", "nights"]);
    let people: Vec<_> = corpus.answers.iter().map(|answer| &*answer.participant).collect();
    assert_eq!(people, ["A/Maria", "A/Ben", "A"]);
}

#[test]
fn a_survey_may_have_a_question_a_column() {
    let text = "sep=;\n\
                Timestamp;Participant;How satisfied are you with the rota?;What would help you most at night?;Age\n\
                3 May;P1;Very;Somebody at the door at four in the morning;34\n\
                3 May;P2;Not at all;\"A kettle that works; that is all I ask\";51\n\
                4 May;P3;Very;;29\n";
    let corpus = read_one("exit.csv", text).unwrap();
    check(&corpus);
    assert_eq!(corpus.answers.len(), 2);
    assert_eq!(corpus.question_text(&corpus.answers[1]), "What would help you most at night?");
    assert_eq!(corpus.turn_of(&corpus.answers[1]).line, 4);
    assert!(corpus.warnings[0].contains("left out as closed questions: `How satisfied are you with the rota?`"));
    let layout = corpus.sources[0].layout.as_deref().unwrap();
    assert!(layout.starts_with("a survey, one participant a row") && layout.contains("`Participant`"), "{layout}");
    let options = ReadOptions {
        text_columns: vec!["What would help you most at night?".to_owned(), "age".to_owned()],
        ..ReadOptions::default()
    };
    let folder = Folder::new(&[("exit.csv", text)]);
    assert_eq!(folder.read_with("exit.csv", &options).unwrap().answers.len(), 5);
}

#[test]
fn participants_may_be_described() {
    let talk = "Moderator: Why?\nAna: One thing.\nBen: Two things.\nModerator: And?\nBen: Three.\nAna: Four.\n";
    let single = "Q: Why?\nA: Because of the nights.\n";
    let read = |people: &str| {
        let folder = Folder::new(&[("in/g.txt", talk), ("in/P_07.txt", single), ("people.csv", people)]);
        let participants = Some(folder.path("people.csv"));
        folder.read_with("in", &ReadOptions { participants, ..ReadOptions::default() })
    };
    let corpus = read("Participant ID,ward,years\np_07,north,3\nAna,south,\nG/ben,north,12\nP_99,west,1\n").unwrap();
    check(&corpus);
    assert_eq!(corpus.attributes.names(), ["ward", "years"]);
    let of = |participant| corpus.attributes.of("in", participant).map(|values| values.join("|"));
    assert_eq!([of("P_07"), of("g/Ana"), of("g/Ben")], ["north|3", "south|", "north|12"].map(|v| Some(v.to_owned())));
    assert!(corpus.warnings.iter().any(|w| w.contains("but not interviewed: `P_99`")), "{:?}", corpus.warnings);
    let corpus = read("participant,ward\nP_07,north\n").unwrap();
    assert!(corpus.warnings.iter().any(|w| w.starts_with("2 participants are not in")), "{:?}", corpus.warnings);

    let message = |people: &str| read(people).unwrap_err().to_string();
    assert!(message("ward,years\nnorth,3\n").contains("no column with participants' ids"));
    assert!(message("id,ward\nP1,north\n").contains("it names `P1`, the interviews have `P_07`"));
    assert!(message("id,ward\nP_07,north\nP_07,south\n").contains("line 3: participant `P_07` differs from line 2"));
    assert!(message("id\nP_07\n").contains("no column but the ids"));
    assert!(message("id,ward\n,north\n").contains("line 2: no id in column `id`"));
}

#[test]
fn languages_are_told_and_mixtures_warned_of() {
    let english = "Q: Why?\nA: We walk from bed to bed, and the evening nurse tells me what worried her. That matters \
                   more to me than any screen, because nobody writes down who has gone quiet.\n";
    let german = "Q: Warum?\nA: Wir gehen von Bett zu Bett, und die Kollegin aus dem Spätdienst sagt mir, was ihr \
                  Sorgen gemacht hat. Das ist mir wichtiger als jeder Bildschirm, denn niemand schreibt es auf.\n";
    let other = english.replace("bed", "room");
    let folder = Folder::new(&[("in/a.txt", english), ("in/b.txt", german), ("in/c.txt", other.as_str())]);
    let corpus = folder.read("in").unwrap();
    let languages: Vec<_> = corpus.transcripts.iter().map(|t| t.language.map(Language::code)).collect();
    assert_eq!(languages, [Some("eng"), Some("deu"), Some("eng")]);
    assert_eq!(corpus.warnings, ["mixed languages in study `in`: most is English, but 1 transcript is German: `b`"]);
}

#[test]
fn contents_overrule_nothing_but_a_missing_extension() {
    let options = ReadOptions::default();
    let table = b"respondent,question,answer\n1,Why?,Because of the nights\n".to_vec();
    assert_eq!(super::read_bytes("export", table, &options).unwrap().sources[0].format, "csv");
    let talk = b"Q: Why?\nA: Because of the nights.\n".to_vec();
    assert_eq!(super::read_bytes("talk", talk, &options).unwrap().sources[0].format, "text");
}

#[test]
fn columns_may_be_named() {
    let text = "who,what they said,nr\nTom,Why?,1\nAda,So.,1\n";
    let error = read_one("x.csv", text).unwrap_err();
    assert!(error.to_string().contains("its columns are `who`, `what they said`, `nr`"), "{error}");
    assert!(error.hint().unwrap().contains("--text-column"));
    let options = ReadOptions {
        text_columns: vec!["What they said".to_owned()],
        id_column: Some("nr".to_owned()),
        ..ReadOptions::default()
    };
    let folder = Folder::new(&[("x.csv", text)]);
    assert_eq!(folder.read_with("x.csv", &options).unwrap().transcripts[0].id, "1");
    let options = ReadOptions { text_columns: vec!["said".to_owned()], ..ReadOptions::default() };
    let message = folder.read_with("x.csv", &options).unwrap_err().to_string();
    assert!(message.contains("no column `said` (from `--text-column`)"), "{message}");
}

#[test]
fn broken_rows_are_named_and_the_others_read() {
    let text =
        "id,text\n1,\"Q: Why?\nA: So.\nQ: And?\nA: No.\"\n2,broken,row\n\n3,\"Q: Why?\nA: Yes.\nQ: And?\nA: No.\"\n";
    let folder = Folder::new(&[("a.csv", text)]);
    let corpus = folder.read("a.csv").unwrap();
    assert_eq!(corpus.transcripts.len(), 2);
    assert_eq!(corpus.transcripts[1].turns[0].line, 8);
    assert_eq!(corpus.failures.len(), 1);
    assert!(corpus.failures[0].contains("line 6: row 2 has 3 fields, the header has 2"), "{:?}", corpus.failures);
    assert!(corpus.failures[0].contains("; hint: "));
    let strict = ReadOptions { strict: true, ..ReadOptions::default() };
    assert!(folder.read_with("a.csv", &strict).is_err());
    let open = read_one("b.csv", "id,text\n1,\"Q: Why?\nA: So.\n2,more\n").unwrap_err().to_string();
    assert!(open.contains("line 2: a quotation mark opens here and never closes"), "{open}");
}

#[test]
fn folders_are_read_in_order() {
    let talk = |word: &str| format!("Q: Why?\nA: Because of {word}.\nQ: And?\nA: So.\n");
    let (a, b, c) = (talk("a"), talk("b"), talk("c"));
    let folder = Folder::new(&[
        ("in/wards/b.txt", b.as_str()),
        ("in/wards/a.txt", a.as_str()),
        ("in/homes/c.md", c.as_str()),
        ("in/.hidden/d.txt", "Q: x"),
        ("in/notes.wpd", "?"),
        ("in/bad.txt", "nobody speaks here"),
        ("in/empty.txt", ""),
    ]);
    let corpus = folder.read("in").unwrap();
    check(&corpus);
    let found: Vec<_> = corpus.transcripts.iter().map(|t| (t.study.as_str(), t.id.as_str())).collect();
    assert_eq!(found, [("homes", "c"), ("wards", "a"), ("wards", "b")]);
    assert_eq!(corpus.failures.len(), 2);
    assert!(corpus.failures[0].contains("no speaker labels in") && corpus.failures[0].contains("line 1"));
    assert!(corpus.failures[1].contains("is empty"));
    assert!(corpus.warnings.iter().any(|w| w.contains("passed over 1 file of unknown format: notes.wpd")));
}

#[test]
fn ids_stay_unique() {
    let talk = |word: &str| format!("Q: Why?\nA: Because of {word}.\nQ: And?\nA: So.\n");
    let (a, b) = (talk("a"), talk("b"));
    let (x, y, z) = (talk("x"), talk("y"), talk("z"));
    let folder = Folder::new(&[
        ("x/one/a.txt", a.as_str()),
        ("x/one/z.txt", &z),
        ("x/two/a.txt", &b),
        ("x/two/y.txt", &y),
        ("x/zwei/a.txt", &a),
        ("x/zwei/x.txt", &x),
    ]);
    let inputs = [InputSpec { study: Some("all".to_owned()), path: folder.path("x") }];
    let corpus = super::read(&inputs, &ReadOptions::default()).unwrap();
    let ids: Vec<_> = corpus.transcripts.iter().map(|t| t.id.as_str()).collect();
    assert_eq!(ids, ["a", "z", "a~2", "y", "x"]);
    assert_eq!(corpus.warnings.len(), 2);
    assert!(corpus.warnings[0].contains("is called `a~2`"));
    assert!(corpus.warnings[1].contains("duplicate transcript `a`"));
}

#[test]
fn several_transcripts_in_one_file() {
    let text = format!("{WARD}\n---\n\n{}", WARD.replace("0003", "0004").replace("Talk 3", "Talk 4"));
    let corpus = read_one("a.md", &text).unwrap();
    check(&corpus);
    assert_eq!(corpus.documents.len(), 1);
    let ids: Vec<_> = corpus.transcripts.iter().map(|t| t.id.as_str()).collect();
    assert_eq!(ids, ["ward_0003", "ward_0004"]);
    assert!(corpus.transcripts[0].turns[5].text.ends_with("Thank you!"));
}

#[test]
fn what_cannot_be_used_is_an_error_with_a_hint() {
    let hint = |error: CorpusError| (error.to_string(), error.hint().unwrap_or_default());
    let (message, advice) = hint(super::read(&[], &ReadOptions::default()).unwrap_err());
    assert!(message.contains("no input") && advice.contains("standard input"));
    let (message, _) = hint(Folder::new(&[]).read("nowhere").unwrap_err());
    assert!(message.starts_with("no file or folder"));
    let (message, advice) = hint(read_one("a.txt", "AI: Why?\n\nAI: And?\n\nAssistant: So?").unwrap_err());
    assert!(message.contains("no participant turns in 1 transcript"), "{message}");
    assert!(message.contains("`AI` (interviewer)") && advice.contains("--participant"));
    let (message, _) = hint(read_one("a.wpd", "x").unwrap_err());
    assert!(message.contains("unknown format `.wpd`") && message.contains(".csv"), "{message}");
    let (message, _) = hint(Folder::new(&[("in/a.wpd", "x")]).read("in").unwrap_err());
    assert!(message.contains("no interviews in folder"), "{message}");
    let folder = Folder::new(&[("in/a.txt", ""), ("in/b.txt", "x")]);
    assert!(matches!(folder.read("in").unwrap_err(), CorpusError::AllFailed { failures } if failures.len() == 2));
}

#[test]
fn groups_have_participants_of_their_own() {
    let text = "Moderator: Why?\nAna: One thing.\nBen: Two things.\nModerator: And?\nBen: Three.\nAna: Four.\n";
    let corpus = read_one("g.txt", text).unwrap();
    check(&corpus);
    let people: Vec<_> = corpus.answers.iter().map(|a| (&*a.participant, a.number, a.question_turns.len())).collect();
    assert_eq!(people, [("g/Ana", 1, 1), ("g/Ben", 1, 1), ("g/Ben", 2, 1), ("g/Ana", 2, 1)]);
}

#[test]
fn a_speaker_who_goes_on_answers_the_same_question() {
    let text = "Tom  0:03\nWhy?\n\nAda  0:05\nBecause.\n\nAda  0:09\nReally.\n\nTom  0:12\nSo?\n\nAda  0:15\nYes.\n";
    let corpus = read_one("g.txt", text).unwrap();
    check(&corpus);
    let found: Vec<_> = corpus.answers.iter().map(|a| a.question_turns.to_vec()).collect();
    assert_eq!(found, [vec![0], vec![0], vec![3]]);
    assert_eq!(corpus.turn_of(&corpus.answers[1]).times[0].seconds, 9.0);
}

#[test]
fn repetitions_are_set_aside() {
    let said = "It is the long nights that wear us down most.";
    let text = format!("Q: Why?\nA: {said}\nQ: And?\nA: {said}\nQ: So?\nA: Nothing\nQ: Else?\nA: Hm, so so.\n");
    let corpus = read_one("a.txt", &text).unwrap();
    let found: Vec<_> = divide(&corpus, &UnitOptions::default()).into_iter().map(|unit| unit.excluded).collect();
    use Exclusion::{Duplicate, NonAnswer, TooShort};
    assert_eq!(found, [None, Some(Duplicate), Some(NonAnswer), Some(TooShort)]);
}

fn read_bytes(name: &str, bytes: &[u8]) -> Result<Corpus, CorpusError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    super::read(&[InputSpec { study: None, path }], &ReadOptions::default())
}

/// Lines that readers have to tell apart, in any order.
fn lines() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        "(Q|A|AI|User|Tom|\\*\\*Ana:\\*\\*|\\[Ben\\]|@Eva): [a-zé—“”â€ ,.?!]{0,60}",
        "[A-Z][a-z]{2,8}  [0-9]{1,2}:[0-5][0-9]",
        "(# Dialog 7|---|Transcript ID: x_07|Participant: p7|Satisfied:|Re: it|17:30|)",
        "[-0-9A-Za-z.,;\"'…:|# \tÃ©”]{0,80}",
        "\\PC{0,40}",
    ];
    proptest::collection::vec(line, 0..30).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400), table: bool) {
        if let Ok(corpus) = read_bytes(if table { "a.csv" } else { "a.txt" }, &bytes) {
            check(&corpus);
        }
    }

    #[test]
    fn any_lines_keep_their_positions(text in lines(), table: bool) {
        let text = if table { format!("id,text\n1,\"{}\"\n", text.replace('"', "\"\"")) } else { text };
        if let Ok(corpus) = read_bytes(if table { "a.csv" } else { "a.txt" }, text.as_bytes()) {
            check(&corpus);
        }
    }

    #[test]
    fn sentences_hold_every_character(text in lines()) {
        let mut at = 0;
        for range in sentences(&text) {
            prop_assert!(text[at..range.start].trim().is_empty());
            prop_assert!(!range.is_empty());
            prop_assert_eq!(text[range.clone()].trim(), &text[range.clone()]);
            at = range.end;
        }
        prop_assert!(text[at..].trim().is_empty());
    }

    #[test]
    fn any_argument_is_an_input(text in "\\PC{0,30}") {
        let input = InputSpec::parse(OsStr::new(&text));
        let whole = match &input.study {
            Some(_) => text.split_once('=').map(|(_, path)| Path::new(path).to_owned()),
            None => Some(PathBuf::from(&text)),
        };
        prop_assert_eq!(Some(input.path), whole);
    }
}

#[test]
fn tables_of_one_interview_are_one_study() {
    let talk = |who: &str| format!("speaker,text\nInterviewer,Why so late?\n{who},The bus never comes on time.\n");
    let (ada, ben) = (talk("Ada"), talk("Ben"));
    let folder = Folder::new(&[("talks/ada.csv", &ada), ("talks/ben.csv", &ben)]);
    let corpus = folder.read("talks").unwrap();
    check(&corpus);
    let named: Vec<_> = corpus.transcripts.iter().map(|t| (t.study.as_str(), t.id.as_str())).collect();
    assert_eq!(named, [("talks", "ada"), ("talks", "ben")]);
    // A table of several transcripts is a study of its own.
    let several = "transcript,speaker,text\na,Q,Why?\na,A,So.\nb,Q,Why?\nb,A,No.\n";
    assert_eq!(read_one("wards.csv", several).unwrap().studies(), ["wards"]);
}

#[test]
fn waves_of_one_person_count_once() {
    let mut text = "transcript_id,speaker,text\n".to_owned();
    for (who, n) in [("ada", 1), ("ada", 2), ("ben", 1), ("ben", 2), ("cleo", 1), ("cleo", 2)] {
        text.push_str(&format!("{who}_{n},Interviewer,Why?\n{who}_{n},Participant,Because of {who} in wave {n}.\n"));
    }
    let corpus = read_one("years.csv", &text).unwrap();
    check(&corpus);
    assert_eq!((corpus.studies(), corpus.transcripts.len()), (vec!["years"], 6));
    let answers: Vec<_> = corpus.answers.iter().map(|answer| (&*answer.participant, answer.number)).collect();
    assert_eq!(answers, [("ada", 1), ("ada", 2), ("ben", 1), ("ben", 2), ("cleo", 1), ("cleo", 2)]);
    assert!(corpus.warnings.iter().any(|warning| warning.contains("3 participants interviewed several times")));
}

#[test]
fn what_this_program_wrote_is_passed_over() {
    let talk = "Interviewer: Why?\nParticipant: Because of the bus.\n";
    let analysis = r#"{"schema_version": 1, "manifest": {"program": "leitmotif 0.1.0"}}"#;
    let assignments = "unit,study,participant,answer,section,status,theme,text\nx/a#1,x,a,1,T,theme,T.1,Because.\n";
    let folder = Folder::new(&[
        ("in/talk.txt", talk),
        ("in/run/analysis.json", analysis),
        ("in/run/answers.parquet", ""),
        ("in/who.csv", assignments),
        ("in/sheet.csv", "id,question,text,code,notes\nin/talk#1,Why?,Because of the bus.,,\n"),
        ("in/~$talk.txt", "lock"),
    ]);
    let corpus = folder.read("in").unwrap();
    assert_eq!(corpus.transcripts.len(), 1);
    assert!(corpus.failures.is_empty() && corpus.warnings.len() == 1, "{:?}", corpus.warnings);
    assert!(corpus.warnings[0].contains("passed over what this program wrote itself"));
    let error = folder.read("in/run").unwrap_err();
    assert!(matches!(&error, CorpusError::OwnOutput { what: "a saved analysis", .. }), "{error}");
    assert!(matches!(folder.read("in/who.csv"), Err(CorpusError::OwnOutput { .. })));
    let page = include_str!("../report/templates/report.html").replace("{{ script_hash }}", "sha256-abc=");
    let folder = Folder::new(&[("in/talk.txt", talk), ("in/report.html", &page), ("in/other.css", "p {}")]);
    let corpus = folder.read("in").unwrap();
    let told = |what: &str| corpus.warnings.iter().filter(|warning| warning.contains(what)).count();
    assert_eq!((told("report.html` (a report)"), told("format: other.css"), told("report.html")), (1, 1, 1));
    assert!(matches!(folder.read("in/report.html"), Err(CorpusError::OwnOutput { what: "a report", .. })));
}

#[test]
fn cells_are_read_as_people_read_them() {
    let text =
        "speaker,words\nAda:,Why&#8212;then?\nBen,<p>Because of <b>R&amp;D</b>.</p>\nAda,And <sighs>?\nBen :,So.\n";
    let corpus = read_one("talk.csv", text).unwrap();
    check(&corpus);
    let turns: Vec<_> = corpus.transcripts[0].turns.iter().map(|turn| (&*turn.speaker, &*turn.text)).collect();
    assert_eq!(turns, [("Ada", "Why—then?"), ("Ben", "Because of R&D."), ("Ada", "And <sighs>?"), ("Ben", "So.")]);
}

#[test]
fn codes_for_missing_answers_are_counted_and_nobodys() {
    let text = "CASE;STARTED;Q1;Q2\n\
                Interview number;Time of the start;What do you like about the bus?;What would you change about it?\n\
                11;2024-05-01 10:00;The drivers greet everybody who gets on;-99\n\
                12;2024-05-01 11:00;-99;It should come on Sundays as well\n\
                13;2024-05-02 09:00;-99;NULL\n";
    let corpus = read_one("bus.csv", text).unwrap();
    check(&corpus);
    assert_eq!(corpus.transcripts.iter().map(|t| t.id.as_str()).collect::<Vec<_>>(), ["11", "12", "13"]);
    let units = divide(&corpus, &UnitOptions::default());
    let missing = units.iter().filter(|unit| unit.excluded == Some(Exclusion::Missing)).count();
    assert_eq!((units.len(), missing), (6, 4));
    assert!(corpus.warnings.iter().any(|warning| warning.contains("4 cells hold codes")), "{:?}", corpus.warnings);
    let code = ReadOptions { text_columns: vec!["Q1".to_owned(), "Q2".to_owned()], ..ReadOptions::default() };
    let folder = Folder::new(&[("bus.csv", text)]);
    assert_eq!(folder.read_with("bus.csv", &code).unwrap().transcripts.len(), 3, "columns by their short names");
}

#[test]
fn what_tells_that_a_question_was_not_shown_is_nobodys_or_told() {
    let rows = |code: &str| {
        let row = |n: usize| match n % 2 {
            0 => format!("{n},{code},The drivers greet everybody on line {n}\n"),
            _ => format!("{n},It should come on Sundays as well as on day {n},{code}\n"),
        };
        let rows: String = (1..=12).map(row).collect();
        let header = "id,What would you change about the bus?,What do you like about it?";
        read_one("bus.csv", &format!("{header}\n{rows}")).unwrap()
    };
    let corpus = rows("Question was not displayed to respondent");
    check(&corpus);
    let units = divide(&corpus, &UnitOptions::default());
    assert_eq!(units.iter().filter(|unit| unit.excluded == Some(Exclusion::Missing)).count(), 12);
    let corpus = rows("Frage entfiel laut Filter");
    let units = divide(&corpus, &UnitOptions::default());
    assert!(units.iter().all(|unit| unit.excluded != Some(Exclusion::Missing)));
    let is_told = |warning: &String| warning.contains("line 3: `Frage entfiel laut Filter` stands in 6 cells");
    assert!(corpus.warnings.iter().any(is_told), "{:?}", corpus.warnings);
}

#[test]
fn an_answer_that_begins_like_notes_is_said() {
    let notes = "Field notes: that is what my son calls his diary.";
    let survey = format!(
        "id,What do you write?,What else?\n1,{notes},I write letters to my aunt\n2,A diary of the bees,{notes}\n"
    );
    let talk = format!(
        "speaker,text\nInterviewer,What is it?\nParticipant,{notes}\nInterviewer,And then?\nParticipant,We read it.\n"
    );
    let text = format!(
        "Interviewer: What is it?\n\nParticipant: {notes}\n\nInterviewer: And then?\n\nParticipant: We read it.\n"
    );
    for (name, text, n) in [("a.csv", survey, 4), ("b.csv", talk, 2), ("c.txt", text, 2)] {
        let corpus = read_one(name, &text).unwrap();
        check(&corpus);
        assert_eq!(corpus.answers.len(), n, "{name}");
    }
}

#[test]
fn whom_a_column_of_speakers_doubts_is_told() {
    let row = |who: &str, said: &str| format!("t1,{who},{said}\n");
    let talk = [
        ("Moderator", "What of the buses?"),
        ("Ann", "They are late."),
        ("Tom", "Mine are on time."),
        ("Tom?", "So it is."),
        ("P?", "It is the same for me."),
        ("Moderator", "And the tickets?"),
        ("Ann", "They cost too much."),
        ("Tom", "There is a card."),
    ];
    let rows: String = talk.iter().map(|(who, said)| row(who, said)).collect();
    let corpus = read_one("talk.csv", &format!("transcript,speaker,text\n{rows}")).unwrap();
    check(&corpus);
    let of = |who: &str| corpus.answers.iter().filter(|answer| answer.participant.ends_with(who)).count();
    assert_eq!((corpus.answers.len(), of("Tom"), of("Ann")), (5, 3, 2));
    let is_told = |warning: &String| warning.contains("`Tom?` was taken for `Tom`, of whom the transcript is not sure");
    assert!(corpus.warnings.iter().any(is_told), "{:?}", corpus.warnings);
}

#[test]
fn a_first_row_of_answers_is_no_header() {
    let text = "id,age,What do you like about the bus?\n\
                P1,unknown,The drivers greet everybody\nP2,34,It comes every ten minutes\nP3,51,Nothing at all I fear\n";
    assert_eq!(read_one("bus.csv", text).unwrap().transcripts.len(), 3);
}

#[test]
fn addresses_identify_and_are_not_told() {
    let text = "Timestamp,Email Address,What do you like about the bus?,Your email address if you want to hear of it?\n\
                1,a@example.org,The drivers greet everybody,a@example.org\n\
                2,b@example.org,It comes every ten minutes,\n\
                3,A@example.org,And it is warm in there,\n";
    let corpus = read_one("bus.csv", text).unwrap();
    check(&corpus);
    let people: Vec<_> = corpus.answers.iter().map(|answer| &*answer.participant).collect();
    assert_eq!(people, ["row 1", "row 1", "row 2"]);
    let told = format!("{:?} {:?} {:?}", corpus.warnings, corpus.sources, corpus.transcripts);
    assert!(!told.contains("example.org"), "{told}");
    let named = ReadOptions { id_column: Some("Email Address".to_owned()), ..ReadOptions::default() };
    let folder = Folder::new(&[("bus.csv", text)]);
    assert_eq!(folder.read_with("bus.csv", &named).unwrap().answers[0].participant.to_string(), "a@example.org");
}

#[test]
fn speakers_nobody_knows_are_no_participants() {
    let text = "Interviewer: Why?\nParticipant: Because of the bus.\nInterviewer: And?\nUnknown speaker: Hear, hear!\n\
                Interviewer: So?\nParticipant: It is late.\nSeveral: Yes!\nInterviewer: Really?\nSeveral: Yes.\n";
    let corpus = read_one("talk.txt", text).unwrap();
    check(&corpus);
    assert!(corpus.answers.iter().all(|answer| &*answer.participant == "talk"));
    assert_eq!(corpus.answers.len(), 2);
}

#[test]
fn segments_without_names_are_nobodys() {
    let table = |texts: [&str; 4]| {
        let rows = texts.iter().enumerate().map(|(n, text)| format!("{}\t{}\t{text}\n", n * 9000, n * 9000 + 8000));
        format!("start\tend\ttext\n{}", rows.collect::<String>())
    };
    let named = table(["[SPEAKER_00]: Why?", "[SPEAKER_01]: So.", "[SPEAKER_00]: And?", "[SPEAKER_01]: No."]);
    let corpus = read_one("talk.tsv", &named).unwrap();
    check(&corpus);
    assert_eq!((corpus.transcripts[0].id.as_str(), corpus.answers.len()), ("talk", 2));
    assert_eq!(corpus.transcripts[0].turns[1].times[0].seconds, 9.0);
    // Start and end of filling in a form are no times of a recording.
    let form = "id,start,end,answer\n1,2024-05-01 10:00,2024-05-01 10:04,It is late.\n2,2024-05-01 09:00,2024-05-01 09:02,So.\n";
    assert_eq!(read_one("form.csv", form).unwrap().answers.len(), 2);
    let error = read_one("talk.tsv", &table(["Why?", "So it is.", "And then?", "No."])).unwrap_err();
    assert!(matches!(error, CorpusError::NoSpeakers { .. }), "{error}");
}

#[test]
fn a_table_of_participants_beside_the_interviews_is_passed_over() {
    let talk = "Interviewer: Why?\nParticipant: Because of the bus.\n";
    let people = "participant,age\nada,31\nben,40\n";
    let others = "participant,age\nida,31\njon,40\n";
    let read = |table: &str, is_given: bool| {
        let folder = Folder::new(&[("in/ada.txt", talk), ("in/ben.txt", talk), ("in/people.csv", table)]);
        let participants = is_given.then(|| folder.path("in/people.csv"));
        let corpus = folder.read_with("in", &ReadOptions { participants, ..ReadOptions::default() }).unwrap();
        let told = corpus.warnings.iter().filter(|warning| warning.contains("is read with `--participants ")).count();
        (corpus.failures.len(), told, corpus.attributes.names.len())
    };
    assert_eq!(read(people, false), (0, 1, 0));
    assert_eq!(read(people, true), (0, 0, 1));
    // Whom nobody interviewed a table of other things may be of.
    assert_eq!(read(others, false), (1, 0, 0));
}

#[test]
fn a_talk_in_another_format_is_left_out_however_its_turns_are_parted() {
    let talk = [
        ("Mo", "Why did you leave the farm?"),
        ("Lu", "It rained for a year."),
        ("Lu", "And the cows were ill."),
        ("Mo", "And then?"),
        ("Lu", "We moved to my sister's."),
        ("Mo", "Was that for long?"),
        ("Lu", "It was for the whole winter."),
    ];
    let (who, said): (Vec<&str>, Vec<&str>) = talk.into_iter().unzip();
    let text: String = talk.iter().map(|(who, said)| format!("{who}: {said}\n\n")).collect();
    let rows: String = (0..talk.len()).map(|n| format!("{n},{n}.9,{},{}\n", who[n], said[n])).collect();
    let table = format!("start,end,speaker,text\n{rows}");
    let corpus = Folder::new(&[("in/talk.csv", &table), ("in/talk.txt", &text)]).read("in").unwrap();
    assert_eq!((corpus.transcripts.len(), corpus.answers.len()), (1, 3));
    assert!(corpus.warnings.iter().any(|warning| warning.contains("duplicate transcript `talk`")));
    // Who says the same words is somebody else.
    let other = text.replace("Lu:", "Al:");
    let corpus = Folder::new(&[("in/talk.csv", &table), ("in/talk.txt", &other)]).read("in").unwrap();
    assert_eq!(corpus.transcripts.len(), 2);
}

#[test]
fn a_number_that_all_tables_have_is_no_id() {
    let talk = |id: &str, who: &str| {
        format!("id,speaker,text\n{id},Interviewer,Why so late?\n{id},{who},The bus never comes on time.\n")
    };
    let ids = |first: &str, second: &str| {
        let (ada, ben) = (talk(first, "Ada"), talk(second, "Ben"));
        let corpus = Folder::new(&[("talks/ada.csv", &ada), ("talks/ben.csv", &ben)]).read("talks").unwrap();
        let told = corpus.warnings.iter().any(|warning| warning.contains("have the id `1`"));
        (corpus.transcripts.iter().map(|talk| talk.id.to_string()).collect::<Vec<_>>(), told)
    };
    assert_eq!(ids("1", "1"), (vec!["ada".to_owned(), "ben".to_owned()], true));
    assert_eq!(ids("1", "2"), (vec!["1".to_owned(), "2".to_owned()], false));
}

#[test]
fn a_label_track_is_read_by_its_names() {
    let track = |texts: [&str; 4]| -> String {
        texts.iter().enumerate().map(|(n, text)| format!("{n}.000000\t{n}.900000\t{text}\n")).collect()
    };
    let named = track(["Mo: Why did you leave?", "Lu: It rained.", "Lu: A lot.", "Mo: And then?"]);
    let corpus = read_one("labels.txt", &named).unwrap();
    check(&corpus);
    let said: Vec<&str> = corpus.transcripts[0].turns.iter().map(|turn| &*turn.text).collect();
    assert_eq!(said, ["Why did you leave?", "It rained. A lot.", "And then?"]);
    let error = read_one("labels.txt", &track(["Why?", "It rained.", "A lot.", "And then?"])).unwrap_err();
    assert!(matches!(error, CorpusError::NoSpeakers { .. }), "{error}");
}

#[test]
fn a_column_that_no_file_has_is_an_error() {
    let options = ReadOptions { speaker_column: Some("who".to_owned()), ..ReadOptions::default() };
    let talk = "Interviewer: Why?\nParticipant: Because.\n";
    let folder = Folder::new(&[("a.txt", talk), ("in/a.txt", talk), ("in/b.csv", "who,text\nQ,Why?\nA,So.\n")]);
    let error = folder.read_with("a.txt", &options).unwrap_err();
    assert!(error.to_string().contains("no column `who` (from `--speaker-column`)"), "{error}");
    assert_eq!(folder.read_with("in", &options).unwrap().transcripts.len(), 2);
}

#[test]
fn many_files_are_read_in_their_order_and_whoever_watches_hears_of_every_byte() {
    let talks: Vec<(String, String)> = (1..=150)
        .map(|n| (format!("talk {n}.txt"), format!("I: What is number {n}?\nP: It is the answer {n}.\n")))
        .collect();
    let files: Vec<(&str, &str)> = talks.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = Folder::new(&files);
    let input = [InputSpec { study: None, path: folder.path("") }];
    let mut heard = Vec::new();
    let corpus = read_watched(&input, &ReadOptions::default(), &mut |done, total| heard.push((done, total))).unwrap();
    let ids: Vec<&str> = corpus.transcripts.iter().map(|transcript| transcript.id.as_str()).collect();
    assert_eq!(ids, (1..=150).map(|n| format!("talk {n}")).collect::<Vec<_>>());
    let bytes = files.iter().map(|(_, text)| text.len()).sum();
    assert_eq!((heard[0], heard.last()), ((0, bytes), Some(&(bytes, bytes))));
    assert!(heard.len() > 2 && heard.is_sorted());
}
