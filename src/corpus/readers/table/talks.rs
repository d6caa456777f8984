//! Which column tells the interviews of a table apart.
//!
//! In: the rows of a [`Table`] with the ids they may have, and the columns whose values stand in runs. Out: the column
//! of ids, if there is one. Ids may be who speaks, go with the speaker or number the turns. Where there are none, a
//! column of files or recordings is one, and any other in whose runs the same questions begin again and others answer;
//! where one of the two does alone, that is told, and so are codes where labels come again that anybody may have. What is
//! called after groups or interviews tells them apart by its title. It never takes a column whose values are mixed.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::super::super::model::Role;
use super::super::super::sentences::words;
use super::super::super::speakers::{Names, ends_in_question, key};
use super::Table;
use super::columns::plain;
use super::groups;
use super::names::option;
use super::row::{Row, hash_of};
use super::runs::Run;
use super::titles::ANYBODYS;
use super::turns;

/// Mean number of turns from which they are an interview.
pub(in super::super) const FEWEST_TURNS: usize = 4;
/// Words from which a question that comes twice is no coincidence.
const TELLING: usize = 4;
/// Questions of a run that must come in others.
const FEWEST_AGAIN: usize = 2;

/// What the runs of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Are {
    Interviews,
    /// Perhaps interviews, since the same questions come again.
    Asked,
    /// Perhaps interviews, since other people answer to the same ones.
    Answered,
    /// Perhaps interviews, since they are called by codes, and labels that anybody may have come again.
    Called,
    Parts,
}

/// Who answers in the runs of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answering {
    /// Somebody else in each.
    Others,
    /// One who is called by a role alone.
    Roles,
    /// The same in several.
    Same,
}

impl Table<'_> {
    /// Finds out whether ids are who speaks, and whether they tell transcripts apart; returns what they do otherwise.
    pub(super) fn settle_ids(&mut self, rows: &mut [Row]) -> Option<String> {
        let columns = &mut self.columns;
        let is_anybodys = |id: &usize| ANYBODYS.contains(&plain(&self.header[*id]).as_str());
        let id = columns.id.filter(is_anybodys).filter(|_| !self.id_is_given && columns.question.is_none())?;
        if columns.speaker.is_none() {
            if turns::ids_speak(rows, self.names) {
                rows.iter_mut().for_each(|row| row.speaker = row.id.take());
                (columns.speaker, columns.id) = (Some(id), None);
            }
            return None;
        }
        let what = match turns::ids_of(rows, self.names) {
            turns::Ids::Transcripts => return None,
            turns::Ids::Speakers => "goes with the speaker",
            turns::Ids::Turns => "numbers the turns",
        };
        rows.iter_mut().for_each(|row| row.id = None);
        columns.id = None;
        Some(format!("`{}` {what}", self.header[id]))
    }

    /// Takes a column that tells interviews apart for that of ids, where there is none.
    pub(super) fn settle_talks(&mut self, rows: &mut [Row]) {
        let columns = &self.columns;
        let answer = columns.question.is_some() && columns.speaker.is_none();
        let is_known = answer && columns.id.or(columns.mail).or(columns.names).is_some();
        if is_known || (columns.speaker.is_none() && !answer) {
            return;
        }
        let found = std::mem::take(&mut self.runs).found();
        if columns.id.is_some() {
            let of_files = |run: &&Run| run.is_known && of_turns(run, rows, self.names) == Are::Interviews;
            if let Some(run) = found.iter().find(of_files).filter(|run| count_turns(run, rows)) {
                self.take_ids(run, rows);
            }
            return;
        }
        let names = self.names;
        let header = &self.header;
        let what = |run: &Run| match of_turns(run, rows, names) {
            _ if answer => of_answers(run, rows),
            Are::Parts if may_be_called(run, &header[run.column], rows, names) => Are::Called,
            are => are,
        };
        let judged: Vec<(Are, Run)> = found.into_iter().map(|run| (what(&run), run)).collect();
        if let Some((_, run)) = judged.iter().find(|(are, _)| *are == Are::Interviews) {
            if answer && !run.is_known {
                self.warn(format!(
                    "column `{}` was taken for who answered, as for each value the same questions come again; if it is \
                     not, name a column that is with `--id-column`",
                    self.header[run.column]
                ));
            }
            let is_group = groups::is_of_groups(&self.header[run.column]) && are_anybodys(rows, names);
            if !answer && !is_group && answering(run, rows, names) == Answering::Same {
                self.warn(format!(
                    "column `{}` was taken for that of interviews, and somebody answers under one name in several, who \
                     counts in each; if its values are parts of one interview, name a column that tells interviews \
                     apart with `--id-column`",
                    self.header[run.column]
                ));
            }
            return self.take_ids(run, rows);
        }
        let is_doubtful = |are: &Are| matches!(are, Are::Asked | Are::Answered | Are::Called);
        if let Some((are, run)) = judged.iter().find(|(are, _)| is_doubtful(are)) {
            let title = &self.header[run.column];
            let why = match are {
                Are::Asked => "the same questions come again",
                Are::Called => "the same labels come again, which may be other people's",
                _ => "other people answer",
            };
            let id = option("--id-column", title);
            self.warn(format!(
                "for each value of column `{title}` {why}, and all was taken for one interview; if each is one, pass \
                 {id}"
            ));
        }
    }

    /// Calls the transcripts of a table that holds one a row after their files, where nothing else names them.
    pub(super) fn name_transcripts(&mut self, rows: &mut [Row]) {
        let found = std::mem::take(&mut self.runs).found();
        let is_of_each = |run: &&Run| run.is_known && run.values.len() == rows.len();
        if let Some(run) = found.iter().find(is_of_each).filter(|_| self.columns.id.is_none()) {
            self.take_ids(run, rows);
        }
    }

    fn take_ids(&mut self, run: &Run, rows: &mut [Row]) {
        for (row, at) in rows.iter_mut().zip(run.of_rows()) {
            row.id = Some(Arc::clone(&run.values[at].0));
        }
        self.columns.id = Some(run.column);
    }
}

/// What the runs of rows are that are turns.
fn of_turns(run: &Run, rows: &[Row], names: &Names) -> Are {
    let n = run.values.len();
    if rows.len() < FEWEST_TURNS * n {
        return Are::Parts;
    }
    if run.is_known || run.values.iter().all(|(value, _)| is_file(value)) {
        return Are::Interviews;
    }
    let asked = rows.iter().zip(run.of_rows()).filter_map(|(row, at)| {
        let text = row.text().text.trim();
        (ends_in_question(text) && words(text) >= TELLING).then(|| (hash_of(key(text)), at))
    });
    let asked = Asked::of(asked, n);
    let (most, some) = (asked.of_runs(2) * 4 >= n * 3, asked.of_runs(4) == n);
    match (asked.are_distinct() && most, asked.are_distinct() && some, answering(run, rows, names)) {
        (true, _, Answering::Others) => Are::Interviews,
        (true, _, Answering::Roles) | (_, true, Answering::Roles) => Are::Asked,
        (_, _, Answering::Others) => Are::Answered,
        _ => Are::Parts,
    }
}

/// Whether runs under a title that no list knows may be interviews: they have codes, are long enough, and labels that
/// anybody may have come in several.
fn may_be_called(run: &Run, title: &str, rows: &[Row], names: &Names) -> bool {
    rows.len() >= FEWEST_TURNS * run.values.len()
        && !groups::is_of_parts(title)
        && groups::are_codes(run.values.iter().map(|(value, _)| &**value))
        && answering(run, rows, names) != Answering::Others
        && are_anybodys(rows, names)
}

/// Whether all who speak are called by parts that they play, codes or letters.
fn are_anybodys(rows: &[Row], names: &Names) -> bool {
    let speakers: HashSet<&str> = rows.iter().filter_map(|row| row.speaker.as_deref()).collect();
    speakers.len() > 1 && speakers.into_iter().all(|who| groups::is_anybodys(who, names.is_known(&key(who))))
}

/// Whether a value is the name of a file: `anna.mp3`.
fn is_file(value: &str) -> bool {
    let is_kind = |kind: &str| (2..=4).contains(&kind.len()) && kind.bytes().all(|b| b.is_ascii_alphanumeric());
    value.rsplit_once('.').is_some_and(|(name, kind)| {
        !name.is_empty() && is_kind(kind) && kind.starts_with(|c: char| c.is_ascii_alphabetic())
    })
}

/// Whether the ids of rows number the turns of each run.
fn count_turns(run: &Run, rows: &[Row]) -> bool {
    let mut seen = HashSet::new();
    rows.iter().zip(run.of_rows()).all(|(row, at)| row.id.as_deref().is_some_and(|id| seen.insert((at, id))))
}

/// What the runs of rows are that are answers beside questions: one person's where nothing was asked twice in one.
fn of_answers(run: &Run, rows: &[Row]) -> Are {
    let question = |row: &Row| row.question.as_ref().map(|question| hash_of(key(&question.text)));
    let pairs: Option<Vec<(u64, usize)>> =
        rows.iter().zip(run.of_rows()).map(|(row, at)| Some((question(row)?, at))).collect();
    let Some(pairs) = pairs else { return Are::Parts };
    let distinct: HashSet<&(u64, usize)> = pairs.iter().collect();
    let n = run.values.len();
    if distinct.len() < pairs.len() {
        return Are::Parts;
    }
    let asked = Asked::of(pairs.into_iter(), n);
    let begins_again = rows.len() >= 2 * n && asked.of_runs(2) * 4 >= n * 3;
    if run.is_known || begins_again { Are::Interviews } else { Are::Parts }
}

/// What is asked in runs of rows.
struct Asked {
    /// Questions, and different ones within their runs.
    n: [usize; 2],
    /// For each run its different questions, and those of them that others have.
    runs: Vec<[usize; 2]>,
}

impl Asked {
    /// Of the hashes of questions, each with its run of `n`.
    fn of(asked: impl Iterator<Item = (u64, usize)>, n: usize) -> Self {
        let (mut all, mut own) = (0, HashSet::new());
        for pair in asked {
            all += 1;
            own.insert(pair);
        }
        let mut counts: HashMap<u64, usize> = HashMap::new();
        own.iter().for_each(|(question, _)| *counts.entry(*question).or_default() += 1);
        let mut runs = vec![[0, 0]; n];
        for (question, run) in &own {
            runs[*run][0] += 1;
            runs[*run][1] += usize::from(counts[question] > 1);
        }
        Self { n: [all, own.len()], runs }
    }

    /// Whether few questions come twice in one run, as where it holds several interviews.
    fn are_distinct(&self) -> bool {
        self.n[1] * 4 >= self.n[0] * 3
    }

    /// How many runs have two questions of others, or more, and one in so many of theirs.
    fn of_runs(&self, one_in: usize) -> usize {
        self.runs.iter().filter(|[all, again]| *again >= FEWEST_AGAIN && again * one_in >= *all).count()
    }
}

/// Turns of a speaker, those that ask, the runs they stand in, and the last of these.
#[derive(Default)]
struct Voice {
    turns: usize,
    asking: usize,
    runs: usize,
    last: Option<usize>,
}

/// Who answers in each run, beside those who ask in all.
fn answering(run: &Run, rows: &[Row], names: &Names) -> Answering {
    let n = run.values.len();
    let mut voices: HashMap<&str, Voice> = HashMap::new();
    for (row, at) in rows.iter().zip(run.of_rows()) {
        let Some(speaker) = row.speaker.as_deref() else { continue };
        let voice = voices.entry(speaker).or_default();
        voice.turns += 1;
        voice.asking += usize::from(ends_in_question(row.text().text.trim()));
        voice.runs += usize::from(voice.last.replace(at) != Some(at));
    }
    let mut answered = vec![false; n];
    let (mut asks, mut roles) = (false, false);
    for (speaker, voice) in &voices {
        let role = names.by_name(&key(speaker));
        match voice.last {
            Some(at) if voice.runs == 1 => answered[at] = true,
            _ if role == Some(Role::Interviewer) || (voice.runs == n && voice.asking * 2 >= voice.turns) => asks = true,
            _ if role.is_some() => roles = true,
            _ => return Answering::Same,
        }
    }
    let others = asks && !roles && answered.into_iter().all(|answered| answered);
    match others {
        true => Answering::Others,
        false if roles => Answering::Roles,
        false => Answering::Same,
    }
}

#[cfg(test)]
mod tests {
    use crate::corpus::{Corpus, ReadOptions, read_bytes};

    const ASKED: [&str; 4] = [
        "How did you come to the bees?",
        "Who taught you to keep them?",
        "What was the worst winter like?",
        "What would you do in another way?",
    ];

    /// A table with what `before` writes in front of each turn, by the interview and its turn, and what is asked.
    fn talks(header: &str, before: impl Fn(usize, usize) -> String, asks: impl Fn(usize, usize) -> String) -> Corpus {
        let mut csv = format!("{header}\n");
        for talk in 0..3 {
            for turn in 0..4 {
                csv += &format!("{},{}\n", before(talk, 2 * turn), asks(talk, turn));
                csv += &format!("{},My uncle {talk} said it on day {turn} of June.\n", before(talk, 2 * turn + 1));
            }
        }
        read(&csv)
    }

    fn read(csv: &str) -> Corpus {
        read_bytes("talk.csv", csv.as_bytes().to_vec(), &ReadOptions::default()).unwrap()
    }

    fn ids(corpus: &Corpus) -> Vec<&str> {
        corpus.transcripts.iter().map(|transcript| &*transcript.id).collect()
    }

    fn who(turn: usize) -> &'static str {
        ["Interviewer", "Participant"][turn % 2]
    }

    fn same(_: usize, turn: usize) -> String {
        ASKED[turn].to_owned()
    }

    fn other(talk: usize, turn: usize) -> String {
        format!("And what came in year {talk} and month {turn}?")
    }

    fn is_told(corpus: &Corpus) -> bool {
        corpus.warnings.iter().any(|warning| warning.contains("--id-column"))
    }

    #[test]
    fn files_and_recordings_are_interviews() {
        for title in ["file", "File Name", "doc_id", "Interview No", "Datei", "fichier", "archivo", "episode"] {
            for asks in [same, other] {
                let corpus =
                    talks(&format!("{title},speaker,text"), |talk, turn| format!("t{talk},{}", who(turn)), asks);
                assert_eq!(ids(&corpus), ["t0", "t1", "t2"], "{title}");
                assert!(!is_told(&corpus), "{title}: {:?}", corpus.warnings);
            }
        }
        let corpus = talks("file,speaker,text", |talk, turn| format!("a.mp3,{}{talk}", who(turn)), other);
        assert_eq!(corpus.transcripts.len(), 1, "one file");
        let corpus = talks("file,speaker,text", |talk, turn| format!("{talk}-{turn}.wav,{}", who(turn)), same);
        assert_eq!(corpus.transcripts.len(), 1, "a file for each turn");
    }

    #[test]
    fn ids_that_count_the_turns_of_each_file_are_no_interviews() {
        let corpus = talks("file,id,speaker,text", |talk, turn| format!("t{talk},{turn},{}", who(turn)), same);
        assert_eq!(ids(&corpus), ["t0", "t1", "t2"]);
        let corpus = talks("file,id,speaker,text", |talk, turn| format!("t{},p{talk},{}", talk / 2, who(turn)), same);
        assert_eq!(ids(&corpus), ["p0", "p1", "p2"]);
    }

    #[test]
    fn records_may_say_which_file_they_are_of() {
        let record = |talk: usize, turn: usize| {
            let said =
                if turn.is_multiple_of(2) { same(talk, turn / 2) } else { format!("My uncle {talk} said {turn}.") };
            format!(r#"{{"file": "t{talk}", "speaker": "{}", "text": "{said}"}}"#, who(turn))
        };
        let of = |n: usize| {
            let records: Vec<String> = (0..8 * n).map(|at| record(at / 8, at % 8)).collect();
            let json = format!("[{}]", records.join(","));
            read_bytes("all.json", json.into_bytes(), &ReadOptions::default()).unwrap()
        };
        assert_eq!(ids(&of(3)), ["t0", "t1", "t2"]);
        assert_eq!(of(1).transcripts.len(), 1);
    }

    #[test]
    fn values_that_are_names_of_files_are_interviews() {
        let corpus = talks("clip,speaker,text", |talk, turn| format!("t{talk}.mp3,{}", who(turn)), other);
        assert_eq!(corpus.transcripts.len(), 3);
        let corpus = talks("clip,speaker,text", |talk, turn| format!("No. {talk}.5,{}", who(turn)), other);
        assert_eq!((corpus.transcripts.len(), is_told(&corpus)), (1, false));
    }

    /// Somebody who asks in all talks, and somebody else who answers in each.
    fn named(talk: usize, turn: usize) -> &'static str {
        ["Ann Hall", ["Bo Ray", "Cy Fox", "Di Lee"][talk]][turn % 2]
    }

    #[test]
    fn runs_in_which_the_same_questions_come_again_are_interviews_where_others_answer() {
        let corpus = talks("visit,speaker,text", |talk, turn| format!("t{talk},{}", named(talk, turn)), same);
        assert_eq!((ids(&corpus), is_told(&corpus)), (vec!["t0", "t1", "t2"], false));
        let corpus = talks("visit,speaker,text", |talk, turn| format!("t{talk},{}", who(turn)), same);
        assert_eq!((corpus.transcripts.len(), is_told(&corpus)), (1, true), "roles are anybody's");
        let corpus = talks("vignette,speaker,text", |talk, turn| format!("t{talk},{}", named(0, turn)), same);
        assert_eq!((corpus.transcripts.len(), is_told(&corpus)), (1, false), "one person answers");
        let corpus = talks("visit,speaker,text", |talk, turn| format!("t{talk},{}", who(turn)), other);
        assert_eq!((corpus.transcripts.len(), is_told(&corpus)), (1, true), "parts of one interview, or several");
        let corpus = talks("visit,speaker,text", |talk, turn| format!("t{},{}", talk / 2, who(turn)), same);
        assert_eq!((corpus.transcripts.len(), is_told(&corpus)), (1, true), "two of them have one value");
    }

    #[test]
    fn runs_in_which_others_answer_are_told() {
        let corpus = talks("visit,speaker,text", |talk, turn| format!("t{talk},{}", named(talk, turn)), other);
        assert_eq!((corpus.transcripts.len(), is_told(&corpus)), (1, true));
        let group = |turn: usize| ["Ann Hall", "Bo Ray", "Ann Hall", "Cy Fox"][turn % 4];
        let corpus = talks("part,speaker,text", |talk, turn| format!("t{talk},{}", group(turn)), other);
        assert!(!is_told(&corpus), "{:?}", corpus.warnings);
    }

    /// A table of answers: who, what was asked, and what was said.
    fn answers(header: &str, before: impl Fn(usize, usize) -> String) -> Corpus {
        let row = |who: usize, at: usize| format!("{},{},We did it {who} times.\n", before(who, at), ASKED[at]);
        let rows: String = (0..12).map(|n| row(n / 4, n % 4)).collect();
        read(&format!("{header}\n{rows}"))
    }

    #[test]
    fn answers_of_a_file_are_one_persons() {
        for title in ["filename", "visit"] {
            let corpus = answers(&format!("{title},question,answer"), |who, _| format!("t{who}"));
            assert_eq!((ids(&corpus), is_told(&corpus)), (vec!["t0", "t1", "t2"], title == "visit"), "{title}");
        }
        // Nobody is asked the same twice.
        let corpus = answers("source,question,answer", |who, _| format!("s{}", who / 2));
        assert_eq!(corpus.transcripts.len(), 12);
    }

    #[test]
    fn transcripts_a_row_are_called_after_their_files() {
        let talk = "\"Interviewer: Why bees?\nParticipant: For the smell of the hives in June.\n\nInterviewer: And \
                    then?\nParticipant: Then came the winter.\"";
        let corpus = read(&format!("file,text\nann.txt,{talk}\nbo.txt,{}\n", talk.replace("June", "May")));
        assert_eq!(ids(&corpus), ["ann.txt", "bo.txt"]);
    }
}
