use super::survey::SURVEY_QUESTION;
use super::*;

fn read(header: &[&str], rows: &[&[&str]]) -> Reading {
    let header: Vec<String> = header.iter().map(|title| (*title).to_owned()).collect();
    let (names, options) = (Names::default(), ReadOptions::default());
    let mut table = Table::new("x", Header::from(header), Lines::OfFile, &options, &names).unwrap();
    for (at, row) in rows.iter().enumerate() {
        table.push(at + 1, at + 2, row);
    }
    table.finish()
}

/// What was asked, in order, of the first who answered.
fn questions(reading: &Reading) -> Vec<&str> {
    let turns = reading.transcripts[0].turns.iter();
    turns.filter(|turn| &*turn.speaker == SURVEY_QUESTION).map(|turn| &*turn.text).collect()
}

fn warns(reading: &Reading, of: &str) -> bool {
    reading.warnings.iter().any(|warning| warning.contains(of))
}

#[test]
fn a_speaker_has_one_spelling() {
    let speakers = |given: &[&str]| -> Vec<String> {
        let rows: Vec<[&str; 2]> = given.iter().map(|speaker| [*speaker, "We left."]).collect();
        let rows: Vec<&[&str]> = rows.iter().map(<[&str; 2]>::as_slice).collect();
        let mut reading = read(&["speaker", "text"], &rows);
        reading.transcripts.remove(0).turns.into_iter().map(|turn| turn.speaker.to_string()).collect()
    };
    assert_eq!(speakers(&["Tom Reed", "TOM REED", "Tom  Reed", "Tom Reed:"]), ["Tom Reed"; 4]);
    assert_eq!(speakers(&["P01", "p01", "P1", "P02"]), ["P01", "P01", "P1", "P02"]);
    for other in
        ["\u{200b}TR", "TR\u{feff}", "**TR**", "\"TR\"", "“TR”", "TR,", "TR…", "TR*", ">TR", "TR 00:03", "TR (00:03)"]
    {
        assert_eq!(speakers(&["DB", other, "DB", "TR"]), ["DB", "TR", "DB", "TR"], "{other}");
        assert_eq!(speakers(&["DB", "TR", "DB", other]), ["DB", "TR", "DB", "TR"], "{other}");
    }
    assert_eq!(speakers(&["DB 0:01", "TR 0:02", "DB 0:05", "TR 0:09"]), ["DB", "TR", "DB", "TR"]);
    // How somebody speaks is no name; whether somebody does, or what else they are called, stays.
    assert_eq!(speakers(&["DB", "TR (laughing):", "TR [laughs]", "TR"]), ["DB", "TR", "TR", "TR"]);
    for apart in
        [["DB", "TR (unclear)", "DB", "TR"], ["DB", "TR (nurse)", "DB", "TR"], ["DB", "LF", "DB", "TR (laughs)"]]
    {
        assert_eq!(speakers(&apart), apart);
    }
    assert_eq!(speakers(&["Zoe\u{308}", "DB", "Zoë", "DB"]), ["Zoë", "DB", "Zoë", "DB"]);
    // Points stand behind titles and between initials.
    assert_eq!(speakers(&["Dr. Hall", "T.R.", "Dr Hall", "TR"]), ["Dr. Hall", "TR", "Dr. Hall", "TR"]);
    assert_eq!(speakers(&["J. P. Ash", "J P Ash", "Mrs Reed", "Mrs. Reed"])[2..], ["Mrs Reed"; 2]);
    let numbered = ["P1.2", "P12", "P1.2", "P12"];
    assert_eq!(speakers(&numbered), numbered);
    // A time may tell groups apart, and an accent people.
    let apart = ["Group 10:30", "Group 11:30", "Group 10:30", "Zoe", "Zoë"];
    assert_eq!(speakers(&apart), apart);
}

#[test]
fn a_husband_and_a_wife_are_two_and_a_name_misspelt_is_one() {
    let last = |asks: &str, usual: &str, rare: &str| -> String {
        let given = [asks, usual, asks, usual, asks, rare];
        let rows: Vec<[&str; 2]> = given.iter().map(|speaker| [*speaker, "We left."]).collect();
        let rows: Vec<&[&str]> = rows.iter().map(<[&str; 2]>::as_slice).collect();
        let mut reading = read(&["speaker", "text"], &rows);
        reading.transcripts.remove(0).turns.pop().map_or_else(String::new, |turn| turn.speaker.to_string())
    };
    for (usual, rare) in [("Mr Dunn", "Mrs Dunn"), ("Hr. Kessel", "Fr. Kessel"), ("Sra. Robles", "Sr. Robles")] {
        assert_eq!(last("Priya", usual, rare), rare);
    }
    assert_eq!(last("Interviewer", "Participant", "Particpant"), "Participant");
}

#[test]
fn the_time_may_stand_between_who_speaks_and_what_is_said() {
    let said = ["Who built it with you?", "My uncle and I did.", "And what came then?", "It took us two winters."];
    let row = |at: usize, time: &str| [["Mo", "Lu"][at % 2], time, said[at]].map(str::to_owned).to_vec();
    let times = ["0:00", "0:05", "0:09", "0:14"];
    let rows: Vec<Vec<String>> = (0..4).map(|at| row(at, times[at])).collect();
    let header = Header::of_turns(&rows[0], &rows[1..]).unwrap();
    assert_eq!((header.titles.as_slice(), header.rows), (["speaker", "time", "text"].map(str::to_owned).as_slice(), 0));
    let places: Vec<Vec<String>> = (0..4).map(|at| row(at, ["Hall", "Lund"][at % 2])).collect();
    assert_eq!(Header::of_turns(&places[0], &places[1..]), None);
}

/// What is said by whom in a table of turns.
fn turns_of(reading: &Reading) -> Vec<(&str, &str)> {
    let turns = reading.transcripts.iter().flat_map(|transcript| &transcript.turns);
    turns.map(|turn| (&*turn.speaker, &*turn.text)).collect()
}

#[test]
fn a_label_that_a_cell_says_again_is_no_word_of_the_turn() {
    let said = [("AH", "Why bees?"), ("TR", "They were: there."), ("AH", "And then?"), ("TR", "We left.")];
    let labels: [fn(&str) -> String; 2] = [|who| format!("{who}: "), |who| format!("**{}:** ", who.to_lowercase())];
    for label in labels {
        let cells = said.map(|(who, words)| [who.to_owned(), format!("{}{words}", label(who))]);
        let rows: Vec<[&str; 2]> = cells.iter().map(|[who, words]| [who.as_str(), words.as_str()]).collect();
        let rows: Vec<&[&str]> = rows.iter().map(<[&str; 2]>::as_slice).collect();
        let reading = read(&["speaker", "text"], &rows);
        assert_eq!(turns_of(&reading), said);
        assert!(reading.warnings.is_empty(), "{:?}", reading.warnings);
        for turn in &reading.transcripts[0].turns {
            let document = &reading.documents[turn.document].text;
            assert_eq!(document.chars().skip(turn.span.start).take(turn.span.len()).collect::<String>(), *turn.text);
        }
    }
}

#[test]
fn a_label_that_one_cell_starts_with_is_what_was_said() {
    let rows: [&[&str]; 4] =
        [&["AH", "Why bees?"], &["TR", "TR: that is me."], &["AH", "And then?"], &["TR", "We left."]];
    assert_eq!(turns_of(&read(&["speaker", "text"], &rows))[1], ("TR", "TR: that is me."));
    // Another speaker's label is told, and the row believed.
    let rows: Vec<[&str; 2]> = [["AH", "AH: Why bees?"], ["TR", "TR: They were there."]].repeat(3);
    let rows: Vec<&[&str]> = rows.iter().map(<[&str; 2]>::as_slice).chain([&["AH", "TR: We left."][..]]).collect();
    let reading = read(&["speaker", "text"], &rows);
    assert_eq!(turns_of(&reading).last(), Some(&("AH", "TR: We left.")));
    let told = "another speaker than their row has (1 row, the first on line 8)";
    assert!(warns(&reading, told), "{:?}", reading.warnings);
}

#[test]
fn one_id_in_two_encodings_is_one_participant() {
    let header = ["respondent", "question", "answer"];
    let rows: [&[&str]; 4] = [
        &["Zoë", "Why bees?", "My neighbour left me two hives."],
        &["张三", "Why bees?", "Nobody has noticed them so far."],
        &["Zoe\u{308}", "And then?", "I would start again in June."],
        &["张三", "And then?", "We sold all of it in a week."],
    ];
    let ids = read(&header, &rows).transcripts.into_iter().filter_map(|transcript| transcript.id);
    let ids: Vec<String> = ids.map(|id| id.to_string()).collect();
    assert_eq!(ids, ["Zoë", "张三"]);
}

#[test]
fn prompts_beside_questions_are_questions() {
    let reading = read(
        &["id", "Why?", "What did you like?", "Please describe your desk", "Any other comments", "Anything else"],
        &[
            &[
                "1",
                "More daylight in the room",
                "The neighbours brought us soup",
                "A door between two trestles",
                "no",
                "",
            ],
            &["2", "Better chairs for everyone", "Silence in the street at night", "It wobbles when I type", "", "no"],
            &["3", "", "I missed my friends at work", "", "Thank you all for asking me", "nothing"],
        ],
    );
    assert_eq!(questions(&reading), ["Why?", "What did you like?", "Please describe your desk", "Any other comments"]);
    assert!(!warns(&reading, "left out"), "{:?}", reading.warnings);
}

#[test]
fn prompts_without_sentences_are_none_and_told() {
    let reading = read(
        &["id", "What did you like?", "Consent?", "Why not?", "Please specify"],
        &[
            &["1", "The neighbours brought us soup", "yes", "", "7"],
            &["2", "Silence in the street at night", "yes", "too far", "8"],
            &["3", "I missed my friends at work", "no", "the bus", ""],
        ],
    );
    assert_eq!(questions(&reading), ["What did you like?"]);
    assert!(warns(&reading, "left out as closed questions: `Consent?`, `Why not?`"), "{:?}", reading.warnings);
}

#[test]
fn numbers_before_a_reason_are_no_answers() {
    let header = ["id", "How likely are you to recommend us?", "Why?"];
    let likely =
        read(&header, &[&["1", "9", "You answer the phone at night"], &["2", "3", "It rings for an hour or two"]]);
    assert_eq!(questions(&likely), ["Why?"]);
    assert!(warns(&likely, "closed questions: `How likely are you to recommend us?`"), "{:?}", likely.warnings);
    let short =
        read(&header, &[&["1", "Very", "You answer the phone at night"], &["2", "No", "It rings for an hour or two"]]);
    assert_eq!(questions(&short), [header[1], "Why?"], "words are answers, however few");
}

#[test]
fn columns_of_words_that_ask_nothing_are_named() {
    let rows: &[&[&str]] = &[
        &["1", "The neighbours brought us soup", "asked for a call on Monday", "nurse", "Mon Mar 12 10:00:00 GMT 2021"],
        &[
            "2",
            "Silence in the street at night",
            "wrote in pencil all through",
            "driver",
            "Mon Mar 12 10:05:00 GMT 2021",
        ],
        &["3", "I missed my friends at work", "", "cook", "Mon Mar 12 10:09:00 GMT 2021"],
    ];
    let reading = read(&["id", "What did you like?", "Interviewer comments", "Job", "Submitted"], rows);
    assert_eq!(questions(&reading), ["What did you like?"]);
    assert!(warns(&reading, "columns of words were left out: `Interviewer comments`; "), "{:?}", reading.warnings);
    // Beside a column of answers only those whose titles ask.
    let why = read(&["id", "answer", "Why?", "Job", "Submitted"], rows);
    assert!(warns(&why, "columns of words were left out: `Why?`; "), "{:?}", why.warnings);
    let followed = read(&["id", "answer", "Follow-up answer", "Job", "Submitted"], rows);
    assert!(warns(&followed, "columns of words were left out: `Follow-up answer`; "), "{:?}", followed.warnings);
    let memo = read(&["id", "answer", "memo", "Job", "Submitted"], rows);
    assert!(!warns(&memo, "left out"), "{:?}", memo.warnings);
}

#[test]
fn a_remark_in_few_rows_is_named() {
    let words = ["The soup was warm and good", "Nobody wrote after six", "A door that I could close"];
    let mut rows: Vec<[&str; 3]> = (0..40).map(|at| ["", words[at % 3], ""]).collect();
    rows[7][2] = "The form is far too long for me";
    let rows: Vec<&[&str]> = rows.iter().map(<[&str; 3]>::as_slice).collect();
    let reading = read(&["id", "What did you like?", "Remarks"], &rows);
    assert_eq!(questions(&reading), ["What did you like?"]);
    assert!(warns(&reading, "columns of words were left out: `Remarks`"), "{:?}", reading.warnings);
}

#[test]
fn turns_without_a_speaker_are_told() {
    let rows: &[&[&str]] = &[
        &["Ann", "Why?"],
        &["", "Because of the bus."],
        &["Ann", "And then?"],
        &["nan", "We left."],
        &["", ""],
        &["Tom", "It was late."],
    ];
    let reading = read(&["speaker", "text"], rows);
    assert!(warns(&reading, "2 turns have no speaker, so nobody is taken to have said them (the first on line 3)"));
    let one = read(&["speaker", "text"], &rows[..3]);
    assert!(warns(&one, "1 turn has no speaker, so nobody is taken to have said it (line 3)"), "{:?}", one.warnings);
    let none = read(&["speaker", "text"], &[rows[0], rows[5], &["Nan", "I am his grandmother."]]);
    assert!(!warns(&none, "no speaker"), "{:?}", none.warnings);
    let remark = read(&["speaker", "text"], &[rows[0], &["", "[Recording stops]"], rows[5]]);
    assert!(!warns(&remark, "no speaker"), "{:?}", remark.warnings);
    let said = read(&["speaker", "text"], &[rows[0], &["", "[Well], it rained [a lot]"], rows[5]]);
    assert!(warns(&said, "1 turn has no speaker"), "{:?}", said.warnings);
    assert_eq!(&*none.transcripts[0].turns[2].speaker, "Nan");
}

#[test]
fn previews_are_nobodys() {
    let header = ["ResponseId", "Status", "Distribution Channel", "What did you like?"];
    let rows: &[&[&str]] = &[
        &["R_1", "Survey Preview", "preview", "test"],
        &["R_2", "IP Address", "anonymous", "The neighbours brought us soup"],
        &["R_3", "1", "preview", "trying out the second page"],
        &["R_4", "IP Address", "email", "Silence in the street at night"],
    ];
    let reading = read(&header, rows);
    let ids: Vec<_> = reading.transcripts.iter().filter_map(|transcript| transcript.id.as_deref()).collect();
    assert_eq!(ids, ["R_2", "R_4"]);
    assert!(warns(&reading, "2 rows are previews of the survey and were left out, as column `Status` tells"));
    // A table of previews alone is what is being tried.
    assert_eq!(read(&header, &[rows[0], rows[2]]).transcripts.len(), 2);
    let own = read(
        &["id", "Status", "What did you like?"],
        &[&["1", "test", "The neighbours brought us soup"], &["2", "", "Silence"]],
    );
    assert_eq!(own.transcripts.len(), 2, "a column of the study's own");
}

#[test]
fn numbers_of_questions_are_read_where_people_answer_in_words() {
    let header = ["participant", "q1", "q2", "q3"];
    let rows: &[&[&str]] = &[
        &["1", "The neighbours brought us soup", "5", "yes"],
        &["2", "Silence in the street at night", "4", "no"],
        &["3", "I missed my friends at work", "5", "yes"],
    ];
    let reading = read(&header, rows);
    assert_eq!(questions(&reading), ["q1"]);
    assert!(warns(&reading, "left out as closed questions: `q2`, `q3`"), "{:?}", reading.warnings);
    let marks: Vec<[&str; 4]> = rows.iter().map(|row| [row[0], row[2], row[2], row[3]]).collect();
    let marks: Vec<&[&str]> = marks.iter().map(<[&str; 4]>::as_slice).collect();
    let reading = read(&header, &marks);
    assert!(reading.transcripts.is_empty());
    assert!(reading.failures[0].to_string().contains("no text column in `x`; its columns are `participant`, `q1`"));
}

#[test]
fn what_all_say_in_the_same_words_was_chosen() {
    let said = [
        "They came in May",
        "We lost two hives",
        "Nobody counted them in time",
        "The rain was late",
        "It hummed all day",
    ];
    let consent = "Yes, I consent to take part";
    let header = ["id", "Do you consent to take part?", "What happened to the bees?"];
    let rows: Vec<[&str; 3]> = said.iter().map(|said| [*said, consent, *said]).collect();
    let rows: Vec<&[&str]> = rows.iter().map(<[&str; 3]>::as_slice).collect();
    let reading = read(&header, &rows);
    assert_eq!(questions(&reading), ["What happened to the bees?"]);
    assert!(warns(&reading, "left out as closed questions: `Do you consent to take part?`"), "{:?}", reading.warnings);
    assert_eq!(questions(&read(&header, &rows[..4])).len(), 2, "of four people less is told");
    let alone: Vec<&[&str]> = rows.iter().map(|row| &row[..2]).collect();
    assert_eq!(questions(&read(&header[..2], &alone)).len(), 1, "there is nothing else to read");
}

#[test]
fn addresses_have_titles_in_other_languages() {
    for title in ["Adresse e-mail", "Dirección de correo electrónico", "Indirizzo email", "E-mailadres"] {
        let rows: &[&[&str]] = &[
            &["a@hive.example", "The neighbours brought us soup"],
            &["b@hive.example", "Silence in the street at night"],
            &["A@hive.example", "A door that I could close"],
        ];
        let reading = read(&[title, "What did you like?"], rows);
        assert_eq!(reading.transcripts.len(), 2, "{title}");
    }
}

#[test]
fn remarks_in_other_languages_are_answers() {
    for title in ["Inne uwagi", "Övriga synpunkter", "Andre kommentarer", "Muita kommentteja", "Другие комментарии"]
    {
        let rows: &[&[&str]] = &[
            &["1", "The neighbours brought us soup", "More daylight in the room"],
            &["2", "Silence in the street at night", "A door that I could close"],
        ];
        let reading = read(&["id", "Co Ci się podobało?", title], rows);
        assert_eq!(questions(&reading), ["Co Ci się podobało?", title]);
    }
}

/// Ids, and who speaks how often, of each transcript.
fn whose(reading: &Reading) -> Vec<(Option<&str>, Vec<&str>)> {
    reading.transcripts.iter().map(|transcript| (transcript.id.as_deref(), speakers_of(transcript))).collect()
}

fn speakers_of(transcript: &RawTranscript) -> Vec<&str> {
    transcript.turns.iter().map(|turn| &*turn.speaker).collect()
}

const TALK: [&str; 6] = [
    "Who built the boat?",
    "My uncle and I did, in the yard.",
    "How long did it take?",
    "Two winters, since we had no shed.",
    "What became of it?",
    "It lies below the bridge still.",
];

/// A table of the talk, with the cells that stand before the words of each turn.
fn talk<const N: usize>(header: &[&str], before: impl Fn(usize) -> [&'static str; N]) -> Reading {
    let rows: Vec<Vec<&str>> = TALK.iter().enumerate().map(|(n, said)| [&before(n)[..], &[*said]].concat()).collect();
    read(header, &rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

const NUMBERS: [&str; 6] = ["1", "2", "3", "4", "5", "6"];

#[test]
fn ids_that_go_with_the_speaker_or_number_the_turns_are_no_transcripts() {
    let names = ["Mo Ash", "Lu Birk"];
    for id in ["participant_id", "user_id", "id"] {
        let reading = talk(&[id, "speaker", "text"], |n| [["7", "8"][n % 2], names[n % 2]]);
        assert_eq!(whose(&reading), [(None, names.repeat(3))], "{id}");
        assert!(reading.layout.is_some_and(|layout| layout.contains("goes with the speaker")));
    }
    let reading = talk(&["id", "speaker", "text"], |n| [NUMBERS[n], names[n % 2]]);
    assert_eq!(whose(&reading), [(None, names.repeat(3))]);
    assert!(reading.layout.is_some_and(|layout| layout.contains("numbers the turns")));
}

#[test]
fn other_ids_beside_speakers_are_transcripts() {
    let names = ["Mo Ash", "Lu Birk"];
    let of = |reading: &Reading| reading.transcripts.len();
    assert_eq!(of(&talk(&["transcript_id", "speaker", "text"], |n| [["7", "8"][n % 2], names[n % 2]])), 2);
    assert_eq!(of(&talk(&["id", "speaker", "text"], |n| [["7", "8"][n / 3], names[n % 2]])), 2, "three turns each");
    let apart = talk(&["id", "speaker", "text"], |n| [["7", "8"][n / 3], names[n / 3]]);
    assert_eq!(of(&apart), 2, "one after the other");
    let rows: Vec<[&str; 3]> = (0..6).map(|n| [NUMBERS[n], ["nurse", "porter"][n % 2], "We carry it up."]).collect();
    let rows: Vec<&[&str]> = rows.iter().map(<[&str; 3]>::as_slice).collect();
    assert_eq!(of(&read(&["id", "role", "answer"], &rows)), 6, "nobody asks");
}

#[test]
fn who_takes_turns_in_a_column_speaks() {
    let names = ["Mo Ash", "Lu Birk"];
    for title in ["Name", "Speaker ID", "user_name", "Participante", "Interlocuteur"] {
        let reading = talk(&[title, "text"], |n| [names[n % 2]]);
        assert_eq!(whose(&reading), [(None, names.repeat(3))], "{title}");
    }
    assert_eq!(whose(&talk(&["Who", "What was said"], |n| [names[n % 2]])), [(None, names.repeat(3))]);
    let each = ["Ann", "Ben", "Cy", "Di", "Ed", "Flo"];
    assert_eq!(talk(&["Name", "comment"], |n| [each[n]]).transcripts.len(), 6, "each once");
    let rows: Vec<[&str; 2]> = (0..6).map(|n| [["p1", "p2"][n % 2], "We carry it up."]).collect();
    let rows: Vec<&[&str]> = rows.iter().map(<[&str; 2]>::as_slice).collect();
    assert_eq!(whose(&read(&["participant", "answer"], &rows)).len(), 2, "nobody asks");
}

#[test]
fn marks_around_a_speaker_and_slips_are_nobody_else() {
    let said = |given: [&'static str; 6]| {
        let reading = talk(&["speaker", "text"], |n| [given[n]]);
        (speakers_of(&reading.transcripts[0]).join(" "), reading.warnings.len())
    };
    assert_eq!(said(["I.", "P", "I", "P.", "I:", "[P]:"]), ("I P I P I P".into(), 0));
    assert_eq!(said(["[MA]", "Lu –", "MA", "Lu", "MA", "Lu -"]), ("MA Lu MA Lu MA Lu".into(), 0));
    assert_eq!(said(["I.", "P.", "I.", "P.", "I.", "P."]), ("I. P. I. P. I. P.".into(), 0));
    let slip = said(["Interviewer", "Participant", "Inteviewer", "Participant", "Interviewer", "Particpant"]);
    assert_eq!(slip, (["Interviewer Participant"; 3].join(" "), 2));
    let people = ["Martin", "Martina", "Martin", "P1", "P2", "Martin"];
    assert_eq!(said(people), (people.join(" "), 0));
    let (with_pause, warnings) = said(["Mo", "Lu", "[PAUSE]", "Lu", "Mo", "Lu"]);
    assert_eq!((with_pause.as_str(), warnings), ("Mo Lu  Lu Mo Lu", 1));
}

#[test]
fn columns_may_be_called_after_those_who_speak() {
    let rows: Vec<&[&str]> = TALK.chunks(2).collect();
    let reading = read(&["Interviewer", "Participant"], &rows);
    assert_eq!(whose(&reading), [(None, ["Interviewer", "Participant"].repeat(3))]);
    let rows: Vec<[&str; 3]> =
        (0..6).map(|n| if n % 2 == 0 { ["0:01", TALK[n], ""] } else { ["0:02", "", TALK[n]] }).collect();
    let rows: Vec<&[&str]> = rows.iter().map(<[&str; 3]>::as_slice).collect();
    assert_eq!(whose(&read(&["Time", "Mo Ash", "Lu Birk"], &rows)), [(None, ["Mo Ash", "Lu Birk"].repeat(3))]);
    let roster: &[&[&str]] = &[&["Ann", "p1"], &["Ann", "p2"], &["Ben", "p3"]];
    assert!(read(&["Interviewer", "Participant"], roster).transcripts.is_empty());
    assert!(read(&["Colour", "Shape"], &TALK.chunks(2).collect::<Vec<_>>()).transcripts.is_empty(), "both in a row");
}

#[test]
fn a_sheet_may_have_a_question_a_row_and_a_participant_a_column() {
    let rows: [&[&str]; 3] = [
        &["What do you like about it?", "It hums all day long", "The honey that we have", "They know the way"],
        &["What is hard?", "The winter kills many", "", "Carrying it in summer"],
        &["Anything else", "I would move them north", "More time in the morning", ""],
    ];
    for first in ["Question", "", "Fragen"] {
        let reading = read(&[first, "K1", "Ida", "Jon"], &rows);
        assert_eq!(whose(&reading).iter().map(|(id, _)| id.unwrap()).collect::<Vec<_>>(), ["K1", "Ida", "Jon"]);
        assert_eq!(questions(&reading), ["What do you like about it?", "What is hard?", "Anything else"]);
        let second = &reading.transcripts[1];
        assert_eq!(second.turns.len(), 4, "an answer is missing");
        assert_eq!(&*second.turns[3].text, "More time in the morning");
        assert!(second.turns[2].document == reading.transcripts[0].turns[4].document, "one question for all");
    }
    // Who asks has a column of their own, or nothing is asked.
    let reading = read(
        &["Question", "Participant"],
        &[&["Why did you come?", "It was near to us"], &["Why stay?", "They are kind to me"]],
    );
    assert_eq!(whose(&reading), [(None, ["Question", "Participant"].repeat(2))]);
    let kept: [&[&str]; 2] =
        [&["Shift work", "it tires us out", "we sleep in the day"], &["Pay", "it is too low", "it is fine for me"]];
    let reading = read(&["Question", "Ida", "Jon"], &kept);
    assert!(reading.transcripts.is_empty() && !reading.failures.is_empty(), "topics are no questions");
}

#[test]
fn questions_that_come_once_are_one_participants() {
    let pairs: Vec<&[&str]> = TALK.chunks(2).collect();
    let reading = read(&["Question", "Answer"], &pairs);
    assert_eq!((reading.transcripts.len(), reading.transcripts[0].id.as_deref()), (1, None));
    assert!(warns(&reading, "one participant's"));
    let again = [pairs[0], pairs[1], &["Who built the boat?", "Nobody knows that any more."]];
    assert_eq!(read(&["Question", "Answer"], &again).transcripts.len(), 3, "a question comes twice");
    let with_id: Vec<[&str; 3]> = (0..3).map(|n| [["a", "b", "c"][n], TALK[2 * n], TALK[2 * n + 1]]).collect();
    let with_id: Vec<&[&str]> = with_id.iter().map(<[&str; 3]>::as_slice).collect();
    assert_eq!(read(&["id", "Question", "Answer"], &with_id).transcripts.len(), 3);
}

#[test]
fn a_session_is_no_participant_of_a_survey() {
    let rows: &[&[&str]] = &[&["s1", "1", "The light in the hall"], &["s1", "2", "A door that closes well"]];
    let ids =
        |header: &[&str]| read(header, rows).transcripts.iter().map(|t| t.id.clone().unwrap()).collect::<Vec<_>>();
    assert_eq!(ids(&["SessionID", "Response ID", "What did you like?"]), ["1", "2"]);
    assert_eq!(ids(&["SessionID", "Age", "What did you like?"]), ["s1"]);
}

/// A table of answers of three people, five of each, with the cells that stand before the words.
fn answers<const N: usize>(header: &[&str], before: impl Fn(usize) -> [&'static str; N]) -> Reading {
    let rows: Vec<Vec<String>> = (0..15)
        .map(|n| {
            let cells = before(n).into_iter().map(str::to_owned);
            cells.chain([format!("We carry the {n} hives up in May.")]).collect()
        })
        .collect();
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    read(header, &rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

const PEOPLE: [&str; 3] = ["Ann", "Bob", "Cleo"];
const ASKED: [&str; 5] = ["How did it start?", "What is hard?", "Who helps?", "What is next?", "What else?"];

fn ids(reading: &Reading) -> Vec<&str> {
    reading.transcripts.iter().map(|transcript| transcript.id.as_deref().unwrap_or_default()).collect()
}

#[test]
fn roles_of_people_who_answer_are_no_speakers() {
    let jobs = ["nurse", "doctor", "nurse"];
    for title in ["Name", "First name", "Staff member", "Vorname", "Prénom"] {
        let reading = answers(&[title, "Role", "Answer"], |n| [PEOPLE[n / 5], jobs[n / 5]]);
        assert_eq!(ids(&reading), PEOPLE, "{title}");
        assert!(reading.layout.is_some_and(|layout| layout.contains("`Role` says what people are")), "{title}");
        let all_one = answers(&[title, "Role", "Answer"], |n| [PEOPLE[n % 3], "nurse"]);
        assert_eq!(ids(&all_one), PEOPLE, "{title}");
    }
    let asked = answers(&["id", "Role", "Question", "Answer"], |n| [PEOPLE[n / 5], jobs[n / 5], ASKED[n % 5]]);
    assert_eq!((ids(&asked), asked.transcripts[0].turns.len()), (PEOPLE.to_vec(), 10), "questions are kept");
    let session = answers(&["session", "Name", "Role", "Text"], |n| ["s1", PEOPLE[n % 3], jobs[n % 3]]);
    assert_eq!(whose(&session), [(Some("s1"), PEOPLE.repeat(5))], "in one session they speak");
    let mail = answers(&["Email", "Role", "Answer"], |n| [["a@x.org", "b@x.org", "c@x.org"][n / 5], jobs[n / 5]]);
    assert_eq!(mail.transcripts.len(), 3, "addresses tell who they are");
    let talk = talk(&["Name", "Role", "Text"], |n| [["Mo Ash", "Lu Birk"][n % 2], "nurse"]);
    assert_eq!(whose(&talk), [(None, ["Mo Ash", "Lu Birk"].repeat(3))], "one of them asks");
}

#[test]
fn parts_in_a_talk_are_speakers() {
    for roles in [["Interviewer", "Participant"], ["teacher", "pupil"]] {
        let reading = talk(&["Name", "Role", "Text"], |n| [["Mo Ash", "Lu Birk"][n % 2], roles[n % 2]]);
        assert_eq!(whose(&reading), [(None, roles.repeat(3))]);
        assert!(!warns(&reading, "for one speaker"), "{:?}", reading.warnings);
    }
    let group = talk(&["Name", "Role", "Text"], |n| {
        [["Mo", "Lu", "Mo", "Di", "Mo", "Ed"][n], ["Moderator", "Participant"][n % 2]]
    });
    assert_eq!(whose(&group).len(), 1);
    assert!(warns(&group, "up to 3 people of column `Name` for one speaker"), "{:?}", group.warnings);
    assert!(warns(&group, "`--speaker-column Name`"), "{:?}", group.warnings);
    let both = answers(&["Name", "Role", "Text"], |n| [PEOPLE[n / 5], ["A", "B"][n % 2]]);
    assert_eq!(whose(&both)[0].1, ["A", "B"].repeat(8)[..15], "each name has both");
}

#[test]
fn names_that_recur_are_who_answered() {
    let reading = answers(&["Name", "Question", "Answer"], |n| [PEOPLE[n / 5], ASKED[n % 5]]);
    assert_eq!(ids(&reading), PEOPLE);
    assert_eq!((reading.transcripts[0].turns.len(), reading.warnings.len()), (10, 0), "{:?}", reading.warnings);
    let reading = answers(&["Name", "Position", "Answer"], |n| [PEOPLE[n / 5], "nurse"]);
    assert_eq!(ids(&reading), PEOPLE);
    assert!(warns(&reading, "column `Name` was taken for who answered: 3 people in 15 rows"));
}

#[test]
fn names_that_may_be_shared_are_offered() {
    let each: [&str; 15] =
        ["Al", "Bo", "Cy", "Di", "Ed", "Flo", "Gil", "Hal", "Ida", "Jo", "Kit", "Lu", "Mo", "Al", "Bo"];
    let reading = answers(&["First name", "Answer"], |n| [each[n]]);
    assert_eq!(reading.transcripts.len(), 15);
    assert!(warns(&reading, "pass `--id-column \"First name\"`"), "{:?}", reading.warnings);
    let again = answers(&["Name", "Question", "Answer"], |n| [PEOPLE[n / 5], ASKED[n % 2]]);
    assert_eq!(again.transcripts.len(), 15, "asked twice");
    assert!(warns(&again, "pass `--id-column Name`"), "{:?}", again.warnings);
    let text = answers(&["Question", "Comment"], |n| [ASKED[n % 5]]);
    assert!(!warns(&text, "--id-column"), "{:?}", text.warnings);
}

#[test]
fn participants_of_a_session_may_speak() {
    let group = talk(&["session", "participant", "text"], |n| ["s1", ["Moderator", "P1", "Moderator", "P2"][n % 4]]);
    assert_eq!(whose(&group)[0].0, Some("s1"));
    assert_eq!(whose(&group)[0].1[..2], ["Moderator", "P1"]);
    let silent = answers(&["session", "participant", "text"], |n| ["s1", PEOPLE[n / 5]]);
    assert!(warns(&silent, "`--speaker-column participant`"), "{:?}", silent.warnings);
    let alone = answers(&["session", "participant", "text"], |n| [PEOPLE[n / 5], ["P1", "P2", "P3"][n / 5]]);
    assert_eq!(ids(&alone), PEOPLE);
    assert!(!warns(&alone, "--speaker-column"), "{:?}", alone.warnings);
}

#[test]
fn a_column_under_an_unknown_title_that_takes_turns_is_told() {
    let names = ["Mo Ash", "Lu Birk"];
    assert_eq!(whose(&talk(&["spk", "content"], |n| [names[n % 2]])), [(None, names.repeat(3))]);
    let reading = talk(&["mouth", "content"], |n| [names[n % 2]]);
    assert!(warns(&reading, "`--speaker-column mouth`"), "{:?}", reading.warnings);
    let wards = answers(&["ward", "content"], |n| [["north", "south"][n % 2]]);
    assert!(!warns(&wards, "--speaker-column"), "nobody asks: {:?}", wards.warnings);
}

#[test]
fn lines_beside_who_speaks_are_words_unless_they_are_numbers() {
    let names = ["Mo Ash", "Lu Birk"];
    assert_eq!(whose(&talk(&["Talker", "Line"], |n| [names[n % 2]])), [(None, names.repeat(3))]);
    let rows: Vec<[&str; 3]> = (0..6).map(|n| [names[n % 2], NUMBERS[n], TALK[n]]).collect();
    let rows: Vec<&[&str]> = rows.iter().map(<[&str; 3]>::as_slice).collect();
    let reading = read(&["speaker", "line", "xyz"], &rows);
    assert!(reading.transcripts.is_empty() && !reading.failures.is_empty());
    assert_eq!(whose(&read(&["speaker", "line", "text"], &rows)), [(None, names.repeat(3))]);
}

#[test]
fn the_only_row_of_a_table_is_called_after_its_file() {
    let header = ["Why did you come to the bees?", "Who taught you to keep them?"];
    let rows: [&[&str]; 2] = [
        &["My uncle had hives by the river", "He taught me all of it"],
        &["I saw a card in a window", "Old Mrs Pratt from next door"],
    ];
    let only = read(&header, &rows[..1]);
    assert_eq!(only.transcripts.iter().map(|of| of.id.as_deref()).collect::<Vec<_>>(), [None]);
    assert!(!warns(&only, "no id column"), "{:?}", only.warnings);
    let both = read(&header, &rows);
    assert_eq!((ids(&both), warns(&both, "no id column")), (vec!["row 1", "row 2"], true));
}

#[test]
fn rows_without_ids_are_participants_of_their_own_and_ids_that_come_again_are_not() {
    let words = ["It was cold and wet", "We had no boat", "So we walked home", "It was late by then"];
    let of = |header: &[&str], before: &[&[&'static str]]| -> Vec<(String, usize)> {
        let rows: Vec<Vec<&str>> = before.iter().zip(words).map(|(cells, said)| [*cells, &[said]].concat()).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let transcripts = read(header, &rows).transcripts.into_iter();
        transcripts.map(|t| (t.id.as_deref().unwrap_or_default().to_owned(), t.turns.len())).collect()
    };
    let counts = |of: &[(&str, usize)]| of.iter().map(|&(id, n)| (id.to_owned(), n)).collect::<Vec<_>>();
    assert_eq!(of(&["id", "answer"], &[&["a"], &["b"], &["c"]]), counts(&[("a", 1), ("b", 1), ("c", 1)]));
    assert_eq!(of(&["id", "answer"], &[&["a"], &["b"], &["a"]]), counts(&[("a", 2), ("b", 1)]));
    assert_eq!(of(&["answer"], &[&[], &[]]), counts(&[("row 1", 1), ("row 2", 1)]));
    assert_eq!(of(&["id", "answer"], &[&["row 2"], &[""], &["c"]]), counts(&[("row 2", 2), ("c", 1)]));
    let studies: [&[&str]; 3] = [&["x", "a"], &["y", "a"], &["x", "a"]];
    assert_eq!(of(&["study", "id", "answer"], &studies), counts(&[("a", 2), ("a", 1)]));
}

/// Rows of an id, what stands in a column, and a sentence of its own.
fn beside_sentences(cells: &[&str]) -> Vec<[String; 3]> {
    let row =
        |(at, cell): (usize, &&str)| [at.to_string(), (*cell).to_owned(), format!("The {at}th bus never came at all")];
    cells.iter().enumerate().map(row).collect()
}

/// What was asked of those who answered so, beside another question, and the warnings.
fn asked_beside(title: &str, cells: &[&str]) -> (Vec<String>, Vec<String>) {
    let rows = beside_sentences(cells);
    let rows: Vec<[&str; 3]> = rows.iter().map(|row| row.each_ref().map(String::as_str)).collect();
    let rows: Vec<&[&str]> = rows.iter().map(<[&str; 3]>::as_slice).collect();
    let reading = read(&["id", title, "What happened?"], &rows);
    (questions(&reading).into_iter().map(str::to_owned).collect(), reading.warnings)
}

#[test]
fn options_that_recur_are_what_was_chosen() {
    const TITLE: &str = "Which of these do you use? (Select all that apply)";
    let options = ["A car of my own", "The bus or the tram", "Walking, on foot"];
    for between in [", ", ";", "|", "\n", "; "] {
        let cell = |at: usize| -> String {
            let chosen: Vec<&str> = (0..3).filter(|option| (at + 1) >> option & 1 == 1).map(|at| options[at]).collect();
            chosen.join(between)
        };
        let mut cells: Vec<String> = (0..7).cycle().take(14).map(cell).collect();
        cells.push("The bus or the tram, My neighbour drives me".to_owned());
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let (asked, warnings) = asked_beside(TITLE, &cells);
        assert_eq!(asked, ["What happened?"], "{between:?}");
        assert!(warnings.iter().any(|told| told.contains(&format!("left out as closed questions: `{TITLE}`"))));
    }
    let whole = ["I agree with all of it", "I agree with some of it", "I agree with none of it"].repeat(4);
    assert_eq!(asked_beside("How far do you agree with it?", &whole).0, ["What happened?"]);
}

#[test]
fn sentences_with_commas_are_answers() {
    let said: Vec<String> = (0..12)
        .map(|at| {
            format!("Well, the {at}th time, and that was in May, it rained; we walked, of course, all {at} of us")
        })
        .collect();
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    assert_eq!(asked_beside("How did you get here?", &said).0.len(), 2);
    // Nor are sentences options that ten people wrote.
    let again = ["The seats are clean and it is warm.", "It comes when it should come, on most days."].repeat(5);
    assert_eq!(asked_beside("What do you like about it?", &again).0.len(), 2);
    let long = ["We keep a list of stories and cut it often"; 3].into_iter().chain(said.iter().copied());
    assert_eq!(asked_beside("How do you write it down?", &long.collect::<Vec<_>>()).0.len(), 2);
    // Where nothing else is open, what recurs is read, and told.
    let recur = ["I agree with all of it", "I agree with some of it"].repeat(5);
    let rows: Vec<[&str; 2]> = recur.iter().map(|said| ["1", *said]).collect();
    let rows: Vec<&[&str]> = rows.iter().map(<[&str; 2]>::as_slice).collect();
    let reading = read(&["id", "How far do you agree with it?"], &rows);
    assert!(warns(&reading, "a few texts come again and again in `How far do you agree with it?`"));
}

#[test]
fn statements_of_any_length_are_chosen_where_a_few_come_again_and_again() {
    const TITLE: &str = "Which statement fits you best?";
    let statements = [
        "My work gives me enough time for my family.",
        "My work leaves me too little time for my family, which is hard. I often think of leaving for that alone.",
        "I come for the people and would miss them",
        "I have no family to care for at the moment.",
    ];
    for n in [15, 40, 200] {
        let cells: Vec<&str> = statements.into_iter().cycle().take(n).collect();
        let (asked, warnings) = asked_beside(TITLE, &cells);
        assert_eq!(asked, ["What happened?"], "{n}");
        assert!(warnings.iter().any(|told| told.contains(&format!("left out as closed questions: `{TITLE}`"))));
    }
    // Sentences that come again a few times stay answers where nobody is asked to choose, very many do not.
    for (n, columns) in [(15, 2), (40, 2), (200, 1)] {
        let cells: Vec<&str> = statements
            .map(|said| said.trim_end_matches('.'))
            .map(|said| format!("{said}."))
            .map(|said| -> &str { said.leak() })
            .into_iter()
            .cycle()
            .take(n)
            .collect();
        assert_eq!(asked_beside("How do you manage?", &cells).0.len(), columns, "{n}");
    }
    // One sentence that several wrote, and each one's own.
    let mut said: Vec<String> = (0..11).map(|at| format!("The {at}th was the best that we had.")).collect();
    said.extend(statements[..1].repeat(4).into_iter().map(str::to_owned));
    assert_eq!(asked_beside(TITLE, &said.iter().map(String::as_str).collect::<Vec<_>>()).0.len(), 2);
    // Answers of four people, which stand in many rows each.
    let rows: Vec<[String; 3]> = (0..16)
        .map(|at| [format!("P{}", at % 4), statements[at % 4].to_owned(), format!("The {at}th bus never came at all")])
        .collect();
    let rows: Vec<[&str; 3]> = rows.iter().map(|row| row.each_ref().map(String::as_str)).collect();
    let rows: Vec<&[&str]> = rows.iter().map(<[&str; 3]>::as_slice).collect();
    let asked: Vec<String> =
        questions(&read(&["id", TITLE, "What happened?"], &rows)).into_iter().map(str::to_owned).collect();
    assert!(asked.iter().any(|asked| asked == TITLE), "{asked:?}");
}

#[test]
fn what_few_wrote_beside_other_belongs_to_the_closed_question() {
    const TITLE: &str = "How did you hear about us?";
    let read_of = |n: usize, other: &str| {
        let row = |at: usize| {
            let said = if at < n { format!("My {at}th aunt told me all about it") } else { String::new() };
            [at.to_string(), ["Friend", "Poster"][at % 2].to_owned(), said, format!("The {at}th bus never came at all")]
        };
        let rows: Vec<[String; 4]> = (0..40).map(row).collect();
        let rows: Vec<[&str; 4]> = rows.iter().map(|row| row.each_ref().map(String::as_str)).collect();
        let rows: Vec<&[&str]> = rows.iter().map(<[&str; 4]>::as_slice).collect();
        read(&["id", TITLE, other, "What happened?"], &rows)
    };
    let of = |n: usize, other: &str| questions(&read_of(n, other)).len();
    assert_eq!(of(1, "How did you hear about us? [Other]"), 1);
    assert!(warns(&read_of(1, "How did you hear about us? [Other]"), "us?`, `How did you hear about us? [Other]`"));
    assert_eq!(of(12, "How did you hear about us? [Other]"), 2, "many wrote there");
    assert_eq!(of(1, "What did your aunt tell you?"), 2, "a question of its own");
}

#[test]
fn translations_beside_answers_are_left_out_and_told() {
    let read_of = |title: &str, is_beside: bool| {
        let row = |at: usize| {
            let said = [format!("Der {at}. Bus kam gar nicht an"), format!("The {at}th bus never came at all")];
            let [own, other] = said;
            let own = if is_beside || at < 3 { own } else { String::new() };
            let other = if is_beside || at >= 3 { other } else { String::new() };
            [at.to_string(), own, other]
        };
        let rows: Vec<[String; 3]> = (0..6).map(row).collect();
        let rows: Vec<[&str; 3]> = rows.iter().map(|row| row.each_ref().map(String::as_str)).collect();
        let rows: Vec<&[&str]> = rows.iter().map(<[&str; 3]>::as_slice).collect();
        read(&["id", "Was fehlt Ihnen hier?", title], &rows)
    };
    let reading = read_of("Was fehlt Ihnen hier? (English)", true);
    assert_eq!(questions(&reading), ["Was fehlt Ihnen hier?"]);
    assert!(warns(&reading, "left out as translations of the answers beside them: `Was fehlt Ihnen hier? (English)`"));
    // Other people answered in the other language, or to another question.
    let reading = read_of("Was fehlt Ihnen hier? (English)", false);
    assert_eq!(questions(&reading), ["Was fehlt Ihnen hier?"]);
    let last = reading.transcripts.last().map(|last| last.turns[1].text.to_string());
    assert_eq!(last.as_deref(), Some("The 5th bus never came at all"));
    assert_eq!(questions(&read_of("Was fehlt Ihnen hier? (am Abend)", true)).len(), 2);
}

#[test]
fn dates_and_links_are_no_answers() {
    for cells in [
        ["2024-05-01 10:00:00", "2024-05-01 10:03:59", "2024-05-02 09:00:00"],
        ["https://example.org/p/1", "https://example.org/p/2", "https://example.org/p/3"],
        ["00:03:12", "00:12:40", "01:00:09"],
        ["ann@example.org", "tom@example.org", "eva@example.org"],
    ] {
        let (asked, warnings) = asked_beside("Time when the data was most recently updated", &cells);
        assert_eq!(asked, ["What happened?"], "{cells:?}");
        assert!(warnings.iter().any(|told| told.contains("`Time when the data was most recently updated`")));
    }
    let said = ["On 3 May we left for good", "It was about 10 in the morning", "We met in 2019 or in 2020"];
    assert_eq!(asked_beside("When was it?", &said).0.len(), 2);
}

#[test]
fn one_short_text_in_most_cells_closes_no_question() {
    for short in ["None", "No", "x", "0", "#REF!", "n/a"] {
        let mut cells = vec![short; 14];
        cells.extend([
            "The seats are dirty at night",
            "My mother cannot walk so far",
            "It is late every day",
            "Too few of them run on Sundays",
            "The driver never waits for us",
            "We wait in the rain for it",
        ]);
        let (asked, warnings) = asked_beside("What would you change?", &cells);
        assert_eq!(asked.len(), 2, "{short}");
        let told = format!("`{short}` stands in 14 cells of `What would you change?` and was taken for an answer");
        assert_eq!(warnings.iter().any(|warning| warning.contains(&told)), matches!(short, "x" | "0"), "{warnings:?}");
    }
    let closed = ["Yes", "Yes", "Yes", "No", "No", "Sometimes", "It depends on the day of the week", "Yes"];
    assert_eq!(asked_beside("Do you use it?", &closed).0.len(), 1);
    let mut chosen = [["Yes"; 12].as_slice(), &["No"; 5]].concat();
    chosen.extend(["Only when it rains and I am late", "My sister takes me there", "On some days, not on others"]);
    assert_eq!(asked_beside("Do you use it?", &chosen).0.len(), 1, "few named something else");
}

#[test]
fn what_says_nothing_in_most_cells_is_told_where_few_say_more() {
    let few = ["The seats are dirty at night", "It is late every day", "Too few of them run on Sundays"];
    let told = |nothing: &[&'static str], more: &[&'static str]| -> Option<String> {
        let cells: Vec<&str> = nothing.iter().chain(more).copied().collect();
        let (asked, warnings) = asked_beside("Anything else?", &cells);
        assert_eq!(asked.len(), 2, "{nothing:?}");
        warnings.into_iter().find(|warning| warning.contains("most cells answer nothing"))
    };
    for nothing in ["No", "None", "n/a", "Nothing"] {
        let told = told(&[nothing; 17], &few).unwrap();
        assert!(told.contains(&format!("`Anything else?` (17 of 20, such as `{nothing}`)")), "{told}");
    }
    let mixed = [["No"; 6].as_slice(), &["-"; 5], &["None"; 6]].concat();
    assert!(told(&mixed, &few).is_some_and(|told| told.contains("(17 of 20, such as `")));
    assert_eq!(told(&["No"; 2], &few), None, "most say something");
    let many: Vec<String> = (0..12).map(|at| format!("Line {at} is late every day")).collect();
    let rows: Vec<&'static str> = many.into_iter().map(|said| &*said.leak()).collect();
    assert_eq!(told(&["No"; 50], &rows), None, "many say more");
}

#[test]
fn long_options_are_what_was_chosen() {
    let scale = ["Very satisfied with the service", "Not at all satisfied with the service of it"];
    for times in [8, 15, 30] {
        assert_eq!(asked_beside("How satisfied are you?", &scale.repeat(times)).0, ["What happened?"], "{times}");
    }
    let once = [scale.repeat(8), vec!["They let my mother wait in the rain for an hour"]].concat();
    assert_eq!(asked_beside("How satisfied are you?", &once).0.len(), 1, "one wrote beside them");
    let own = [
        "They let my mother wait in the rain for an hour",
        "Nobody told us that the bus had left before its time",
        "My uncle drives it, so I had better say nothing",
        "It was warm and it was there, what more do you want",
        "I only took it once, when the car would not start",
    ];
    assert_eq!(asked_beside("How satisfied are you?", &[scale.repeat(8), own.to_vec()].concat()).0.len(), 2);
}

#[test]
fn items_of_sosci_survey_are_questions() {
    let variables = ["CASE", "STARTED", "LI01_01", "CH01_01", "LASTDATA"];
    let labels = [
        "Interview-Nummer (fortlaufend)",
        "Zeitpunkt zu dem das Interview begonnen hat (Europe/Berlin)",
        "Mögen: [01]",
        "Ändern: [01]",
        "Zeitpunkt als der Datensatz das letzte mal geändert wurde",
    ];
    let owned = |row: &[&str]| -> Vec<String> { row.iter().map(|cell| (*cell).to_owned()).collect() };
    let data = [
        ["31", "2024-05-01 10:00:00", "The app is clear and quick", "More of them on Sundays", "2024-05-01 10:03:59"],
        ["32", "2024-05-01 10:01:00", "It is cheap for what it does", "Nobody tells us why", "2024-05-01 10:04:59"],
        ["33", "2024-05-01 10:02:00", "The drivers wait when I run", "The stop is too far away", "2024-05-01 10:05:59"],
    ];
    let below: Vec<Vec<String>> = std::iter::once(owned(&labels)).chain(data.iter().map(|row| owned(row))).collect();
    let header = Header::of(owned(&variables), &below);
    let (names, options) = (Names::default(), ReadOptions::default());
    let mut table = Table::new("x", header, Lines::OfFile, &options, &names).unwrap();
    data.iter().enumerate().for_each(|(at, row)| table.push(at + 3, at + 3, row));
    let reading = table.finish();
    assert_eq!(questions(&reading), ["Mögen: [01] (LI01_01)", "Ändern: [01] (CH01_01)"]);
    assert!(warns(&reading, "left out as closed questions: `Zeitpunkt zu dem"), "{:?}", reading.warnings);
}
