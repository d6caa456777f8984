use super::*;

fn found(titles: &[&str]) -> Option<(Vec<usize>, [Option<usize>; 4])> {
    let header: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
    let columns = Columns::find("", &header, &ReadOptions::default()).unwrap()?;
    Some((columns.texts, [columns.id, columns.speaker, columns.question, columns.study]))
}

#[test]
fn titles_of_other_languages_are_known() {
    for titles in [
        &["Interview-ID", "Speaker", "Text"][..],
        &["Interview-Nr.", "Sprecher", "Äußerung"],
        &["Teilnehmer-ID", "Sprecher:in", "Aussage"],
        &["Entretien", "Locuteur", "Texte"],
        &["Identifiant", "Intervenant", "Propos"],
        &["Entrevista", "Hablante", "Texto"],
        &["ID participante", "Rol", "Intervencio\u{301}n"],
    ] {
        assert_eq!(found(titles), Some((vec![2], [Some(0), Some(1), None, None])), "{titles:?}");
    }
    for titles in
        [["Studie", "Frage", "Antwort"], ["Étude", "Question", "Réponse"], ["Estudio", "Pregunta", "Respuesta"]]
    {
        assert_eq!(found(&titles), Some((vec![2], [None, None, Some(1), Some(0)])), "{titles:?}");
    }
}

#[test]
fn what_was_said_is_known_beside_who_said_it() {
    for titles in
        [["Start", "speaker", "sentence"], ["Time", "Who", "What"], ["Début", "Interlocuteur", "Transcription"]]
            .into_iter()
            .chain([["Zeit", "Sprecherin", "Gesagtes"], ["Temps", "Intervenant", "Parole"]])
            .chain([["Hora", "Orador", "Discurso"]])
    {
        assert_eq!(found(&titles), Some((vec![2], [None, Some(1), None, None])), "{titles:?}");
    }
    assert_eq!(found(&["word", "sentence"]), None);
    assert_eq!(found(&["Alter", "Gesagtes"]), None);
}

#[test]
fn from_and_to_are_times_beside_who_speaks_and_not_who_writes_to_whom() {
    let of = |titles: &[&str]| {
        let header: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
        let columns = Columns::find("", &header, &ReadOptions::default()).unwrap().unwrap();
        (columns.times, columns.lasts, columns.clock)
    };
    for titles in [
        &["von", "bis", "Sprecher", "Text"][..],
        &["desde", "hasta", "hablante", "texto"],
        &["From", "To", "Speaker", "Text"],
        &["onset", "offset", "speaker", "text"],
        &["Van", "Tot", "Spreker", "Tekst"],
        &["from", "to", "duration", "speaker", "text"],
        &["התחלה", "סוף", "דובר", "טקסט"],
    ] {
        assert_eq!(of(titles), (Some([0, 1]), false, None), "{titles:?}");
    }
    assert_eq!(of(&["offset", "duration", "speaker", "text"]), (Some([0, 1]), true, None));
    assert_eq!(of(&["timestamp", "from", "to", "message"]), (None, false, Some(0)));
    assert_eq!(of(&["from", "to", "message"]), (None, false, None));
}

#[test]
fn question_and_answer_are_known_in_many_languages() {
    for titles in [
        ["Frage", "Antwort"],
        ["question", "réponse"],
        ["pregunta", "respuesta"],
        ["domanda", "risposta"],
        ["pergunta", "resposta"],
        ["vraag", "antwoord"],
        ["pytanie", "odpowiedź"],
        ["fråga", "svar"],
        ["Spørgsmål", "Svar"],
        ["spørsmål", "svar"],
        ["kysymys", "vastaus"],
        ["otázka", "odpověď"],
        ["ota\u{301}zka", "odpove\u{30c}d\u{30c}"],
        ["kérdés", "válasz"],
        ["soru", "cevap"],
        ["întrebare", "răspuns"],
        ["ερώτηση", "απάντηση"],
        ["вопрос", "ответ"],
        ["питання", "відповідь"],
        ["質問", "回答"],
        ["问题", "回答"],
        ["질문", "답변"],
    ] {
        assert_eq!(found(&titles), Some((vec![1], [None, None, Some(0), None])), "{titles:?}");
    }
}

#[test]
fn ids_of_survey_services_are_found() {
    const WHY: &str = "Why did you come here?";
    for title in ["Antwort ID", "Prolific ID", "PROLIFIC_PID", "#"] {
        assert_eq!(found(&["Status", title, WHY]), Some((vec![2], [Some(1), None, None, None])), "{title}");
    }
    // It numbers turns where somebody speaks, and nothing beside an id.
    assert_eq!(found(&["#", "speaker", "text"]), Some((vec![2], [None, Some(1), None, None])));
    assert_eq!(found(&["#", "id", WHY]), Some((vec![2], [Some(1), None, None, None])));
    assert_eq!(found(&["#1", WHY]).map(|(_, [id, ..])| id), Some(None));
}

#[test]
fn numbers_of_questions_are_questions() {
    for titles in [
        ["participant", "q1", "q2"],
        ["ID", "Q_1", "Q_2"],
        ["id", "Question 1", "Question 2"],
        ["Teilnehmer", "Frage 1", "Frage 2"],
        ["uczestnik", "pytanie1", "pytanie2"],
        ["id", "q1a", "q1b"],
        ["Response ID", "G01Q01", "G02Q11"],
        ["id", "G1Q1[SQ001]", "G1Q1[SQ002]"],
        ["Nr.", "q1", "q2"],
        ["id", "Antwort 1", "Antwort 12"],
        ["CASE", "Mögen: [01] (LI01_01)", "CH01_02a"],
    ] {
        assert_eq!(found(&titles), Some((vec![1, 2], [Some(0), None, None, None])), "{titles:?}");
        let header = titles.map(str::to_owned);
        assert!(!is_header(&header, &ReadOptions::default()), "they may head marks: {titles:?}");
    }
    for titles in [
        ["id", "LI01_01", "age"],
        ["id", "Li01_01", "LI01_1"],
        ["id", "q1", "age"],
        ["id", "q", "q2021"],
        ["id", "p1", "p2"],
        ["id", "t1", "t2"],
        ["id", "g1", "gq2"],
    ] {
        assert_eq!(found(&titles), None, "{titles:?}");
    }
    // Beside whole questions they are some, too.
    let (texts, _) = found(&["id", "q1", "What did you like?", "q3"]).unwrap();
    assert_eq!(texts, [1, 2, 3]);
}

#[test]
fn other_titles_stay_what_they_are() {
    assert_eq!(found(&["Alter", "Geschlecht", "Datum"]), None);
    assert_eq!(found(&["Âge", "Sexe", "Ville"]), None);
    // A survey that ends in a column of comments has its questions.
    let (texts, _) = found(&["ID", "Was hat Sie hierher gebracht?", "Warum bleiben Sie hier?", "Kommentar"]).unwrap();
    assert_eq!(texts, [1, 2, 3]);
}

#[test]
fn prompts_are_columns_beside_questions_alone() {
    let of = |titles: &[&str]| {
        let header: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
        let columns = Columns::find("", &header, &ReadOptions::default()).unwrap();
        columns.map(|columns| (columns.texts, columns.prompts))
    };
    let titles = ["ID", "Why?", "What did you like?", "Age", "Anything else", "E-Mail for comments"];
    assert_eq!(of(&titles), Some((vec![1, 2, 4], vec![1, 4])));
    assert_eq!(of(&["ID", "Why?", "Anything else"]), None, "no question");
    assert_eq!(of(&["ID", "Answer", "Why?"]), Some((vec![1], vec![])), "a column of text");
}
