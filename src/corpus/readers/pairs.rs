//! Questions with their answers in records: `{"participant": "p1", "answers": [{"question": …, "answer": …}]}`, or
//! the pairs alone, or the answers by their questions: `{"answers": {"Why so?": …}}`.
//!
//! In: the names of the records' fields, then the records. Out: rows of an answer each, to [`table`](super::table),
//! which reads them as any others. A list of pairs within a record is one participant's, and so are pairs without an
//! id of which no question comes twice; where one does, nothing tells whose an answer is, and each is of somebody
//! else.

use std::collections::HashSet;

use super::super::one_persons::OnePersons;
use super::super::sentences::words;
use super::super::speakers::{Names, key};
use super::super::{CorpusError, ReadOptions};
use super::Reading;
use super::said::{Notes, OWN_IDS, OWNERS, SPEAKERS, Value, WORDS, first, label, take, text_of};
use super::table::{Columns, Header, Lines, Table, asks, column_of_ids, plain};

/// Names of lists of pairs, as [`plain`] writes them.
#[rustfmt::skip]
const LISTS: &[&str] = &[
    "answers", "responses", "questions", "qa", "qas", "qapairs", "pairs", "items", "entries", "results", "interview",
    "conversation", "dialog", "dialogue", "transcript", "antworten", "fragen", "réponses", "reponses", "respuestas",
    "preguntas", "risposte", "respostas", "antwoorden", "odpowiedzi", "svar",
];

/// Those of the names that can only be answers'.
#[rustfmt::skip]
const ANSWERS: &[&str] = &[
    "answers", "responses", "antworten", "réponses", "reponses", "respuestas", "risposte", "respostas", "antwoorden",
    "odpowiedzi", "svar",
];
/// What a question within an answer is called, and what is answered to it, beside the usual names.
#[rustfmt::skip]
const PROBES: &[&str] = &[
    "q", "probe", "probequestion", "probetext", "followup", "followupquestion", "followupprompt", "nachfrage", "relance",
    "repregunta",
];
#[rustfmt::skip]
const TO_PROBES: &[&str] = &[
    "a", "probeanswer", "proberesponse", "probereply", "followupanswer", "followupresponse", "followupreply", "answer",
    "response", "reply", "antwort", "réponse", "reponse", "respuesta",
];
/// Questions within answers within answers are followed so far.
const MOST_DEPTH: usize = 4;
/// What Typeform's interface calls a question, what kind of answer it has, and what was answered in words.
const OF_FORMS: [&str; 3] = ["field", "type", "text"];
/// By what a question is told that is a record.
const CALLED: &[&str] = &["title", "label", "text", "name", "ref", "id"];
/// What a question and its answer are called where a record holds answers by their questions.
const BY_QUESTION: [&str; 2] = ["question", "answer"];

/// The fields of the pairs that a record within a field is, if it holds answers by their questions: texts under names
/// that ask, or any under `answers`. `texts` are its fields, `None` for what is no text.
pub(super) fn by_question<'f>(
    name: &str,
    texts: impl Iterator<Item = (&'f str, Option<&'f str>)>,
) -> Option<Vec<String>> {
    if !may_hold(name) {
        return None;
    }
    let (mut n, mut asking, mut said) = (0, 0, 0);
    for (question, text) in texts {
        n += 1;
        asking += usize::from(asks(question));
        said += words(text?);
        if is_of_turns(question) {
            return None;
        }
    }
    let of_answers = ANSWERS.contains(&plain(name).as_str());
    (n > 0 && said > n && (asking == n || of_answers)).then(|| BY_QUESTION.map(str::to_owned).to_vec())
}

/// Whether a field says something of a turn, or of whose it is.
fn is_of_turns(name: &str) -> bool {
    let name = plain(name);
    [SPEAKERS, WORDS, OWN_IDS, OWNERS].iter().any(|names| names.contains(&name.as_str()))
}

/// Whether a field of this name may hold a list of pairs.
pub(super) fn may_hold(name: &str) -> bool {
    LISTS.contains(&plain(name).as_str())
}

/// Of the fields of records, each with those of the records in its list, the one that holds a list of pairs.
pub(super) fn list(names: &[String], items: &[Option<Vec<String>>], options: &ReadOptions) -> Option<usize> {
    let holds = |&at: &usize| may_hold(&names[at]) && items[at].as_deref().and_then(fields).is_some();
    if options.names_columns() { None } else { (0..names.len()).find(holds) }
}

/// The same where the record says whose they are.
pub(super) fn list_of_one(names: &[String], items: &[Option<Vec<String>>], options: &ReadOptions) -> Option<usize> {
    list(names, items, options).filter(|_| column_of_ids(names, options).is_some())
}

/// The names of the fields of a question and its answer, where no other field says whose they are.
pub(super) fn fields(names: &[String]) -> Option<[String; 2]> {
    let columns = Columns::find("", names, &ReadOptions::default()).ok().flatten()?;
    let is_own = columns.id.is_none_or(|id| OWN_IDS.contains(&plain(&names[id]).as_str()));
    if let Some(question) = columns.question {
        let is_pair = columns.speaker.is_none() && columns.mail.is_none() && is_own;
        return is_pair.then_some([names[question].clone(), names[columns.text()?].clone()]);
    }
    let of_forms = OF_FORMS.map(|name| names.iter().position(|own| plain(own) == name));
    let [Some(question), Some(_), Some(answer)] = of_forms else { return None };
    Some([names[question].clone(), names[answer].clone()])
}

/// The same of a record within an answer: a question that followed up.
fn fields_of_probe(names: &[String]) -> Option<[String; 2]> {
    let called = |usual: &[&str]| names.iter().find(|name| usual.contains(&plain(name).as_str())).cloned();
    fields(names).or_else(|| Some([called(PROBES)?, called(TO_PROBES)?]))
}

/// What was asked: a text, or a record that names it.
fn asked(value: Value, notes: &mut Notes) -> String {
    match &value {
        Value::Record(fields) => {
            first(fields, CALLED, |value| Some(label(value)).filter(|label| !label.is_empty())).unwrap_or_default()
        }
        _ => text_of(value, notes).unwrap_or_default(),
    }
}

/// An answer and what it answers.
struct Pair {
    line: usize,
    id: Option<String>,
    study: Option<String>,
    question: String,
    answer: String,
}

/// Whose pairs are being read, and where they stand.
struct Whose {
    line: usize,
    id: Option<String>,
    study: Option<String>,
}

impl Whose {
    /// A question and its answer, in the fields that are named, and behind them those that followed up.
    fn pair(&self, fields: Vec<(String, Value)>, named: &[String; 2], notes: &mut Notes, depth: usize) -> Vec<Pair> {
        let [mut question, mut answer] = [String::new(), String::new()];
        let mut within = Vec::new();
        for (name, value) in fields {
            if name == named[0] {
                question = asked(value, notes);
            } else if name == named[1] {
                answer = text_of(value, notes).unwrap_or_default();
            } else if matches!(value, Value::List(_) | Value::Record(_)) {
                within.push((self.line, value));
            }
        }
        // Of forms, numbers and choices are no words.
        let is_of_words = !answer.is_empty() || plain(&named[0]) != OF_FORMS[0];
        let own = Pair { line: self.line, id: self.id.clone(), study: self.study.clone(), question, answer };
        let mut pairs: Vec<Pair> = is_of_words.then_some(own).into_iter().collect();
        let followed = within.into_iter().flat_map(|(line, value)| match value {
            Value::List(items) => items.into_iter().map(|item| (item.line.max(line), item.value)).collect(),
            value => vec![(line, value)],
        });
        for (line, value) in followed {
            let Value::Record(fields) = value else { continue };
            let names: Vec<String> = fields.iter().map(|(name, _)| name.clone()).collect();
            if let Some(named) = fields_of_probe(&names).filter(|_| depth > 0) {
                let whose = Self { line, id: self.id.clone(), study: self.study.clone() };
                pairs.extend(whose.pair(fields, &named, notes, depth - 1));
            }
        }
        pairs
    }
}

/// Pairs being read.
pub(super) struct Pairs {
    /// The field of the records that holds a list of them; the records are pairs themselves without one.
    list: Option<usize>,
    id: Option<usize>,
    study: Option<usize>,
    /// What a question and an answer are called.
    fields: [String; 2],
    /// The names of the records' fields.
    names: Vec<String>,
    records: usize,
    found: Vec<Pair>,
}

impl Pairs {
    /// Of records that hold lists of pairs in the field `list`, with the fields of those.
    pub(super) fn of_lists(names: &[String], list: usize, items: &[String], options: &ReadOptions) -> Option<Self> {
        let text_columns = vec![names[list].clone()];
        let columns = Columns::find("", names, &ReadOptions { text_columns, ..options.clone() }).ok().flatten()?;
        Some(Self { list: Some(list), ..Self::new(names, fields(items)?, columns.id, columns.study) })
    }

    /// Of records that are pairs and say nothing of whose they are.
    pub(super) fn alone(names: &[String], columns: &Columns, options: &ReadOptions) -> Option<Self> {
        let fields = fields(names).filter(|_| columns.id.or(columns.names).is_none() && !options.names_columns())?;
        Some(Self::new(names, fields, None, columns.study))
    }

    fn new(names: &[String], fields: [String; 2], id: Option<usize>, study: Option<usize>) -> Self {
        Self { list: None, id, study, fields, names: names.to_vec(), records: 0, found: Vec::new() }
    }

    /// Of a record of people, each with answers by their questions.
    pub(super) fn of_people() -> Self {
        let names = ["answers".to_owned()];
        Self { list: Some(0), id: Some(0), ..Self::new(&names, BY_QUESTION.map(str::to_owned), None, None) }
    }

    /// Adds an answer of somebody.
    pub(super) fn add(&mut self, line: usize, id: String, question: String, answer: String) {
        self.found.push(Pair { line, id: Some(id), study: None, question, answer });
    }

    /// Whether a field of the records is looked at.
    pub(super) fn wants(&self, at: usize) -> bool {
        match self.list {
            Some(list) => [Some(list), self.id, self.study].contains(&Some(at)),
            None => self.study == Some(at) || self.fields.contains(&self.names[at]),
        }
    }

    /// Takes a record: its 1-based number, the line it starts on, and the fields that are looked at.
    pub(super) fn push(&mut self, number: usize, line: usize, mut record: Vec<(usize, Value)>, notes: &mut Notes) {
        self.records += 1;
        let short = |value: Option<Value>| value.map(|value| label(&value)).filter(|text| !text.is_empty());
        let study = short(self.study.and_then(|at| take(&mut record, at)));
        let Some(list) = self.list else {
            let named = record.into_iter().map(|(at, value)| (self.names[at].clone(), value)).collect();
            return self.pair(line, None, study, named, notes);
        };
        let id = short(self.id.and_then(|at| take(&mut record, at)));
        notes.without_id += usize::from(self.id.is_some() && id.is_none());
        let id = id.unwrap_or_else(|| format!("record {number}"));
        let before = self.found.len();
        match take(&mut record, list) {
            Some(Value::List(items)) => {
                for item in items {
                    if let Value::Record(fields) = item.value {
                        self.pair(item.line.max(line), Some(id.clone()), study.clone(), fields, notes);
                    }
                }
            }
            // Answers by their questions.
            Some(Value::Record(fields)) => {
                for (question, answer) in fields {
                    let (id, study) = (Some(id.clone()), study.clone());
                    let answer = text_of(answer, notes).unwrap_or_default();
                    self.found.push(Pair { line, id, study, question, answer });
                }
            }
            _ => {}
        }
        notes.without_turns += usize::from(self.found.len() == before);
    }

    fn pair(
        &mut self,
        line: usize,
        id: Option<String>,
        study: Option<String>,
        fields: Vec<(String, Value)>,
        notes: &mut Notes,
    ) {
        let whose = Whose { line, id, study };
        let names = self.fields.clone();
        self.found.extend(whose.pair(fields, &names, notes, MOST_DEPTH));
    }

    /// Turns the pairs into transcripts.
    ///
    /// # Errors
    /// When the fields are those of a table that this program wrote.
    pub(super) fn finish(self, path: &str, names: &Names) -> Result<Reading, CorpusError> {
        let is_one = self.list.is_none() && are_one_persons(&self.found);
        let asked = self.found.first().map(|pair| key(&pair.question)).unwrap_or_default();
        let [question, answer] = &self.fields;
        let [ask, say] = if plain(question) == OF_FORMS[0] { BY_QUESTION } else { [question.as_str(), answer] };
        let mut titles = vec!["study".to_owned(), ask.to_owned(), say.to_owned()];
        let has_ids = is_one || self.list.is_some();
        if has_ids {
            titles.push("participantid".to_owned());
        }
        let mut table = Table::new(path, Header::from(titles), Lines::OfCell, &ReadOptions::default(), names)?;
        for (at, pair) in self.found.iter().enumerate() {
            let [id, study] = [&pair.id, &pair.study].map(|text| text.as_deref().unwrap_or_default());
            let id = if is_one { "1" } else { id };
            let cells = [study, &pair.question, &pair.answer, id];
            table.push(at + 1, pair.line, if has_ids { &cells } else { &cells[..3] });
        }
        let mut reading = table.finish();
        let list = self.list.map(|list| format!("one participant a record: pairs in `{}`, ", self.names[list]));
        let list = list.as_deref().unwrap_or("one answer a record: ");
        reading.layout = Some(format!("{list}questions in `{question}`, words in `{answer}`"));
        // The only participant of a file is called after it.
        if is_one || (self.records == 1 && self.id.is_none() && self.list.is_some()) {
            reading.transcripts.iter_mut().for_each(|transcript| transcript.id = None);
        }
        if is_one {
            let warning = format!(
                "`{path}`: no field tells participants apart and no question comes twice, so all answers were taken for \
                 one participant's; give the records a field `id` where they are not"
            );
            reading.warnings.push(warning.clone());
            reading.one_persons = Some(OnePersons { first: asked, warning, is_sure: true });
        }
        Ok(reading)
    }
}

/// Whether pairs without an id are one participant's: several, and no question comes twice.
fn are_one_persons(pairs: &[Pair]) -> bool {
    let mut asked = HashSet::new();
    pairs.len() > 1 && pairs.iter().all(|pair| !pair.question.trim().is_empty() && asked.insert(key(&pair.question)))
}

#[cfg(test)]
mod tests {
    use super::super::super::{Corpus, CorpusError, ReadOptions, read_bytes};

    fn read(name: &str, text: &str) -> Result<Corpus, CorpusError> {
        read_bytes(name, text.as_bytes().to_vec(), &ReadOptions::default())
    }

    /// Ids with what was asked of each and answered, and how many warnings there are.
    fn found(text: &str) -> (Vec<String>, Vec<String>, usize) {
        let corpus = read("talk.json", text).unwrap();
        let ids = corpus.transcripts.iter().map(|transcript| transcript.id.to_string()).collect();
        let said = |answer| format!("{}/{}", corpus.question_text(answer), corpus.turn_of(answer).text);
        (ids, corpus.answers.iter().map(said).collect(), corpus.warnings.len())
    }

    const PAIRS: &str =
        r#"[{"question": "Why so?", "answer": "It rained."}, {"question": "And then?", "answer": "We left."}]"#;
    const SAID: [&str; 2] = ["Why so?/It rained.", "And then?/We left."];

    #[test]
    fn lists_of_pairs_are_one_participants() {
        for list in ["answers", "responses", "Q_A"] {
            let record = |id: &str| format!(r#"{{"participant": "{id}", "{list}": {PAIRS}}}"#);
            assert_eq!(found(&record("p7")), (vec!["p7".to_owned()], SAID.map(str::to_owned).to_vec(), 0));
            let two = format!("[{}, {}]", record("p1"), record("p2").replace("We left", "They left"));
            let (ids, said, warnings) = found(&two);
            assert_eq!(
                (ids, said.len(), said[3].as_str(), warnings),
                (vec!["p1".into(), "p2".into()], 4, "And then?/They left.", 0)
            );
            let lines = format!("{}\n{}\n", record("p1"), record("p2"));
            assert_eq!(read("talk.jsonl", &lines).unwrap().transcripts.len(), 2);
            let below = format!(r#"{{"study": "bees", "people": {two}}}"#);
            let corpus = read("talk.json", &below).unwrap();
            assert_eq!((corpus.transcripts.len(), corpus.transcripts[0].study.as_str()), (2, "bees"));
        }
        let nameless = format!(r#"[{{"answers": {PAIRS}}}, {{"answers": {}}}]"#, PAIRS.replace("left", "slept"));
        assert_eq!(found(&nameless).0, ["record 1", "record 2"]);
    }

    #[test]
    fn pairs_alone_are_one_participants_where_no_question_comes_twice() {
        for text in [PAIRS.to_owned(), format!(r#"{{"answers": {PAIRS}}}"#)] {
            assert_eq!(found(&text), (vec!["talk".to_owned()], SAID.map(str::to_owned).to_vec(), 1), "{text}");
        }
        let again = PAIRS.replace("And then?", "Why so?");
        let (ids, said, _) = found(&again);
        assert_eq!((ids.len(), said.len()), (2, 2), "whose each is, nothing tells");
    }

    #[test]
    fn answers_may_stand_under_their_questions() {
        let answers = r#"{"Why so?": "It rained.", "And then?": "We left."}"#;
        assert_eq!(
            found(&format!(r#"{{"answers": {answers}}}"#)),
            (vec!["talk".to_owned()], SAID.map(str::to_owned).to_vec(), 0)
        );
        for list in ["answers", "Responses", "interview"] {
            let record = |id: &str| format!(r#"{{"id": "{id}", "{list}": {answers}}}"#);
            assert_eq!(found(&record("p7")), (vec!["p7".to_owned()], SAID.map(str::to_owned).to_vec(), 0), "{list}");
            let (ids, said, _) = found(&format!("[{}, {}]", record("p1"), record("p2")));
            assert_eq!((ids, said.len()), (vec!["p1".to_owned(), "p2".to_owned()], 4), "{list}");
        }
        assert_eq!(
            found(r#"{"id": "p1", "answers": {"q1": "It rained a lot.", "q2": "We left."}}"#).1[0],
            "q1/It rained a lot."
        );
        for other in [
            r#"{"id": "p1", "answers": {"q1": 3, "q2": 4}}"#,
            r#"{"id": "p1", "interview": {"place": "at home, upstairs", "room": "the one at the back"}}"#,
        ] {
            assert!(read("talk.json", other).is_err(), "{other}");
        }
    }

    #[test]
    fn answers_to_what_followed_up_stand_behind_their_answers() {
        for within in [
            r#""probes": [{"question": "How come?", "answer": "The river rose."}]"#,
            r#""follow_up": {"prompt": "How come?", "response": "The river rose."}"#,
            r#""followUps": [{"q": "How come?", "a": "The river rose."}]"#,
        ] {
            let json = format!(
                r#"[{{"id": "p1", "answers": [{{"question": "Why so?", "answer": "It rained.", {within}}},
                    {{"question": "And then?", "answer": "We left."}}]}}]"#
            );
            let (ids, said, warnings) = found(&json);
            assert_eq!((ids, warnings), (vec!["p1".to_owned()], 0), "{within}");
            assert_eq!(said, ["Why so?/It rained.", "How come?/The river rose.", "And then?/We left."], "{within}");
        }
        let other = r#"[{"id": "p1", "answers": [{"question": "Why so?", "answer": "It rained.",
            "coding": {"code": "weather", "note": "see p2"}, "tags": ["river"]}]}]"#;
        assert_eq!(found(other).1, ["Why so?/It rained."]);
    }

    #[test]
    fn forms_tell_their_questions_by_names() {
        let record = |token: &str| {
            format!(
                r#"{{"token": "{token}", "answers": [
                    {{"field": {{"id": "f1", "ref": "why_rain"}}, "type": "text", "text": "It rained all week."}},
                    {{"field": {{"id": "f2", "ref": "grade"}}, "type": "number", "number": 3}}]}}"#
            )
        };
        let (ids, said, _) = found(&format!(r#"{{"items": [{}, {}]}}"#, record("a"), record("b")));
        assert_eq!((ids.len(), said), (2, vec!["why_rain/It rained all week.".to_owned(); 2]));
    }

    #[test]
    fn records_that_say_whose_they_are_stay_a_table() {
        let rows = r#"{"responses": [{"respondent": 1, "question": "Why so?", "answer": "It rained."},
                       {"respondent": 2, "question": "And then?", "answer": "We left."}]}"#;
        assert_eq!(found(rows).0, ["1", "2"]);
        let turns = r#"[{"question": "Why?", "speaker": "Tom", "text": "It rained."}]"#;
        assert!(read("talk.json", turns).is_ok());
        assert!(read("talk.json", r#"[{"id": 1, "answers": [{"question": "Why?", "score": 3}]}]"#).is_err());
    }
}
