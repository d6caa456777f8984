use super::*;

fn header(titles: &str) -> Vec<String> {
    titles.split(',').map(str::to_owned).collect()
}

#[test]
fn tables_of_this_program_are_known_by_their_columns() {
    let ours = "unit,study,participant,answer,section,section_question,status,theme,theme_label,text";
    assert_eq!(table(&header(ours)), Some("a table of assignments"));
    for others in ["study,participant,answer,theme", "unit,study,text", "theme,quote,speaker,text", "tag,description"] {
        assert_eq!(table(&header(others)), None, "{others}");
    }
}

/// What rows with ids of passages in their first column are told to be.
fn told(titles: &str, rows: &[&[&str]]) -> Option<&'static str> {
    let mut of = Rows::of(&header(titles));
    rows.iter().for_each(|row| of.push(row));
    of.told()
}

#[test]
fn ids_of_passages_are_known_in_any_column() {
    assert!(told("id,text", &[&["a/p 1#2", "So."], &["a/g/Tom#12.3", "No."]]).is_some());
    assert!(told("unit,text", &[&["a/p1#2", "So."]]).is_some());
    assert!(told("text,my code,unit", &[&["So.", "x", "a/p1#2"], &["No.", "", "a/p1#3"]]).is_some());
    let others: [&[&[&str]]; 5] =
        [&[&["a/p1#2", ""], &["", "a/p1#3"]], &[&["p1#2", "So."]], &[&["a/p1", "So."]], &[&["a/b#x", "So."]], &[]];
    for others in others {
        assert!(told("id,text", others).is_none(), "{others:?}");
    }
}

#[test]
fn texts_to_embed_and_checklists_are_known() {
    let texts: [&[&str]; 2] = [&["question:1", "question", "Why?"], &["a/p1#2", "unit", "So."]];
    assert_eq!(told("id,kind,text", &texts), Some("texts to embed"));
    let reversed: [&[&str]; 2] = [&["Why?", "question", "question:1"], &["So.", "unit", "a/p1#2"]];
    assert_eq!(told("text,kind,id", &reversed), Some("texts to embed"));
    assert_eq!(told("id,text", &[&["question:1", "Why?"], &["a/p1#2", "So."]]), None);
    assert_eq!(told("id,kind,text", &[&["1", "question", "Why?"], &["2", "unit", "So."]]), None);
    let names: [&[&str]; 2] = [&["a/p1#2", "likely name", "Ida", "passage"], &["", "date", "2 May", "title"]];
    assert_eq!(told("unit,kind,text,place", &names), Some("a checklist of names"));
    assert_eq!(told("unit,kind,text,place", &[&["ward 3", "praise", "All went well.", "Hull"]]), None);
    let disagreed = "coder,disagreement,unit,study,participant,section,question,text,codes,theme,theme_label";
    assert_eq!(table(&header(disagreed)), Some("a table of disagreements"));
}

#[test]
fn texts_of_this_program_are_known() {
    let json = r#"{"schema_version": 3, "manifest": {"program": "leitmotif 1.0"}, "studies": []}"#;
    assert!(text(json).is_some());
    assert!(text(&json.replace("leitmotif", "another")).is_none());
    assert!(text("# Candidate themes: bees\n\n| study | interviews | participants | answers |\n").is_some());
    assert!(text("# Candidate themes: bees\n\nInterviewer: What is that?\n").is_none());
    assert!(text("# My own\n\n# Candidate themes: bees\n\n| study | interviews | participants |\n").is_some());
    let page = REPORT.join("\n<meta>\n");
    assert_eq!(text(&page), Some("a report"));
    assert!(text(&page.replace("script-src 'sha256-", "script-src 'self")).is_none());
}

#[test]
fn what_commands_print_is_known() {
    let inspection = "study bees\n  3 transcripts, 3 participants\n  9 participant turns, 9 interviewer turns\n  \
                      participants: a, b, c\n\nspeakers\n  I: interviewer, 9 turns in 3 transcripts (known \
                      name)\n\nguide\n  framing: all answers together\n\nunits\n  9 to cluster\n";
    assert_eq!(text(inspection), Some("an inspection"));
    assert_eq!(text(&format!("warning: `a.txt`: odd\nwarning: `b.txt`: odd\n{inspection}")), Some("an inspection"));
    let themes = "Candidate themes\n\n  bees  3 interviews, 3 participants, 9 answers\n\n  9 answers were divided \
                  into\n  12 passages: 7 in 2 themes. Framed by section: a guide.\n";
    assert_eq!(text(themes), Some("printed themes"));
    let compared = "Themes compared by ward\n\n  north  3 participants\n\nClear differences (1 theme)\n";
    assert_eq!(text(compared), Some("a comparison"));
    let compared = "Themes of two analyses\n\n  A run: bees, 3 participants, 2 themes\n  B run2: bees, 3 \
                    participants, 2 themes\n";
    assert_eq!(text(compared), Some("two analyses side by side"));
    let models = "model    languages   dims window    MB here\nbundled  English      384    256    24  yes\n";
    assert_eq!(text(models), Some("a list of models"));
    for edits in [
        "0 of 0 edits would be applied\n",
        "line 3: label of T1 → Bees: applied\n\n1 of 1 edit applied\n",
        "line 3: label of T1: applied already\n\n1 of 2 edits applied already, 1 would be applied\n",
    ] {
        assert_eq!(text(edits), Some("what became of edits"), "{edits}");
    }
    let json = r#"{"inputs": [], "studies": [], "roles": [], "guide": [], "clustered_on": 3,
        "excluded_examples": {}, "mojibake_repaired": 0}"#;
    assert_eq!(text(json), Some("an inspection"));
    assert_eq!(text(r#"{"level": "answer", "draws": 10, "coders": []}"#), Some("an evaluation"));
    for others in [
        "study bees\n\nI: Why?\nP: Because the guide and the speakers said so.\n",
        "Candidate themes\n\nI: What divided into two?\nP: Framed by trees.\n",
        "Themes compared by ward\n\nI: Which?\nP: Clear differences (1 theme)\n",
        "Codes of honour against the themes\nI: Why?\n",
        "Themes of two analyses\n\nI: Which?\nP:   A B and C.\n",
        "I: How many of them applied?\nP: 2 of 3 people applied\n",
        "I: How many?\nP: 2 of 3 edits applied\n",
        "model languages\nI: Which?\nP: All of them here.\n",
        r#"{"inputs": [], "studies": [], "roles": [], "guide": []}"#,
        r#"{"turns": [{"level": 1, "draws": 2, "coders": 3}]}"#,
        "warning: I talk a lot",
    ] {
        assert_eq!(text(others), None, "{others}");
    }
}

#[test]
fn tables_without_words_are_known_by_their_titles() {
    let by_group = "theme,theme_label,hidden,by,group,participants,asked,share,mentions";
    assert_eq!(table(&header(by_group)), Some("a table of themes by group"));
    let told = |titles: &str| without_words(&header(titles)).is_some();
    for ours in [
        "study,participant,Q1.1,Q1.2,age",
        "study,participant,T1,T2",
        "study,participant,pseudonym",
        "participant,pseudonym",
    ] {
        assert!(told(ours), "{ours}");
    }
    for others in [
        "study,participant,Q1,Q2",
        "study,participant,Time",
        "participant,Q1.1,Q1.2",
        "study,participant",
        "participant,pseudonym,age",
        "pseudonym",
    ] {
        assert!(!told(others), "{others}");
    }
}

#[test]
fn a_report_in_a_document_is_known_by_its_top() {
    let page = "Candidate themes in a\nSkip to the content\nLeitmotif\nCandidate themes in a\n60 participants\n";
    assert_eq!(document(page), Some("a report"));
    let talk = "Candidate themes in a\nI: What is a leitmotif?\nP: Skip to the content\nLeitmotif\nA tune.\n";
    assert_eq!(document(talk), None);
}

#[test]
fn themes_in_a_document_are_known() {
    let printed = "My comments\n\nCandidate themes\n\nbees  3 interviews, 3 participants, 9 answers\n\n9 answers \
                   were divided into 12 passages: 7 in 2 themes. Framed by section: a guide.\n";
    assert_eq!(document(printed), Some("printed themes"));
    let written = "Mine\n\nCandidate themes: bees\n\nOf 12 passages, 7 are in 2 themes, 3 unclustered and 2 \
                   excluded.\n";
    assert_eq!(document(written), Some(MARKDOWN));
    let bars = "Q1.1 Bees\n███▊········ 6 of 19 participants (32 %, 15–54)\nkeywords: bees\nQ1.2 Wasps\n\
                ············ 0 of 19 participants (0 %, 0–17) · 0 mentions\n";
    assert_eq!((document(bars), text(bars)), (Some("printed themes"), Some("printed themes")));
    let inspection = "My check\n\nstudy bees\n\n3 transcripts, 3 participants\n\n9 participant turns, 9 \
                      interviewer turns\n\nspeakers\n";
    assert_eq!(document(inspection), Some("an inspection"));
    for others in [
        "Candidate themes\n\nI: What was divided into two?\n\nP: Framed by trees.\n",
        "Candidate themes: bees\n\nI: Of what?\n\nP: Of 12 passages, some are in here.\n",
        "I: Which study?\n\nstudy bees\n\n3 participants took turns in it.\n\nP: I did.\n",
        "············\nI: How many?\n············\nP: 6 of 19 participants (32 %).\n············ 3\n",
        "I: And the candidate themes?\n\nP: 3 interviews, 3 participants divided into two. Framed by trees.\n",
    ] {
        assert_eq!(document(others), None, "{others}");
    }
}

#[test]
fn a_project_of_ours_is_known_by_its_origin_and_repeated_by_its_words() {
    assert!(is_project("<?xml version=\"1.0\"?>\n<Project name=\"a\" origin=\"Leitmotif 1.2\" x=\"\">"));
    assert!(!is_project("<Project name=\"Leitmotif\" origin=\"NVivo 14\"><A origin=\"Leitmotif 1\"/>"));
    let said = ["They stand at the end of the garden.", "Nobody comes there but the cat and me.", "Yes."];
    let repeated =
        |interviews: &[&[&'static str]]| all_repeated(interviews.iter().map(|turns| turns.to_vec()), said.into_iter());
    assert!(repeated(&[&["They stand at the end of the garden!", "No."], &[said[1]]]));
    assert!(!repeated(&[&[said[0]], &["Something else was said by somebody else."]]), "one interview is new");
    assert!(!repeated(&[&["Yes."]]), "what is short tells nothing");
    assert!(!repeated(&[]));
}

#[test]
fn tables_without_words_are_passed_over_beside_interviews() {
    let read = |tables: &[(&str, &str)]| {
        let folder = tempfile::tempdir().unwrap();
        let talk = "Interviewer: Why bees?\n\nParticipant: For the smell of the hives in June.\n";
        for (name, text) in [&[("ann.txt", talk)][..], tables].concat() {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let input = crate::corpus::InputSpec { study: None, path: folder.path().to_owned() };
        let corpus = crate::corpus::read(&[input], &crate::corpus::ReadOptions::default()).unwrap();
        (corpus.transcripts.len(), corpus.failures.len(), corpus.warnings.join(" "))
    };
    let matrix = "study,participant,Q1.1,Q1.2\na,ann,1,0\na,ben,0,\na,cem,1,1\n";
    let names = "study,participant,pseudonym\na,ann,P1\na,ben,P2\n";
    let (transcripts, failures, warnings) = read(&[("m.csv", matrix), ("p.csv", names)]);
    assert_eq!((transcripts, failures), (1, 0), "{warnings}");
    assert!(warnings.contains("(a table of participants by themes)") && warnings.contains("(a table of pseudonyms)"));
    // Texts to embed, also where a reader takes the columns that it needs alone.
    let unit = |n: usize| format!("{{\"id\":\"a/ann#{n}\",\"kind\":\"unit\",\"text\":\"We keep {n} hives.\"}}\n");
    let question = "{\"id\":\"question:5f\",\"kind\":\"question\",\"text\":\"Why bees?\"}\n";
    let texts: String = (1..9).map(unit).chain([question.to_owned()]).collect();
    let (transcripts, failures, warnings) = read(&[("u.jsonl", &texts)]);
    assert_eq!((transcripts, failures), (1, 0), "{warnings}");
    assert!(warnings.contains("(texts to embed)"), "{warnings}");
    // Answers in words under the same numbers are a survey.
    let answers: String =
        (1..7).map(|n| format!("a,p{n},We keep bees since {n} years.,They sting us {n} times in a year.\n")).collect();
    let (transcripts, failures, warnings) = read(&[("s.csv", &format!("study,participant,Q1.1,Q1.2\n{answers}"))]);
    assert!(!warnings.contains("this program wrote") && transcripts + failures > 1, "{transcripts} {warnings}");
}
